package inbox

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"

	"mitan/bot"
	"mitan/locales"
)

// A conversation is the thread with one resident, as one officer sees it.
type conversation struct {
	Resident int64
	Name     string
	Phone    string
	Initials string
	Script   locales.Lang
	Lang     locales.Lang // the resident's; "" until chosen
	State    bot.ConversationState
	Urgent   bool
	Reason   bot.EscalationReason
	Unread   int
	Mine     bool
	Holder   string  // who has it, if another
	Since    *moment // since when an officer has it

	Entries []entry
	Older   int64 // the message before which there are more; 0 if none
	Earlier bool  // these are not the newest

	May       actions
	MostFile  int        // bytes of a file that may be sent
	Answering *answering // nil if the officer answers no message
	Refused   *refusal   // what was just refused, and why
	Changed   *moment    // when the security code of the phone did; nil if all is confirmed
	Facts     facts
	Golden    *golden // nil unless one runs

	Seen    int64 // the newest message that is shown here; 0 for none
	Ready   []ready
	Writing writing
	Offer   *offer      // nil unless it is offered, by or to this officer
	To      []colleague // to whom it may be offered
	Reveal  bool        // the number is masked, and may be asked for
}

// actions are what the officer may do here, now.
type actions struct{ Claim, TakeOver, Reply, Note, Close, Confirm bool }

// A refusal is an action that could not be done. What was written is kept.
type refusal struct {
	Key  string  // of words: why
	Name string  // who holds the conversation
	Form string  // reply, note, transfer, or "" for a button
	To   string  // to whom, of a transfer
	When *moment // since when another holds the conversation
	Text string
	File bool   // a file was given, too, and must be chosen again
	ID   string // the channel's, of the message that was to be answered
}

func (in *Inbox) conversationPage(w http.ResponseWriter, r *http.Request, v visit) error {
	resident, err := id(r, "resident")
	if err != nil {
		return err
	}
	c, err := in.store.Conversation(r.Context(), resident)
	if err != nil {
		return fmt.Errorf("read the conversation: %w", err)
	}
	mine := c.State == bot.Claimed && c.Officer == v.officer.ID
	if name := pageOrPart(r); name == "desk" && mine && c.Unread > 0 {
		if err := in.desk.Seen(r.Context(), v.officer, resident); err != nil {
			return fmt.Errorf("mark as seen: %w", err)
		}
		c.Unread = 0
	}
	return in.showConversation(w, r, v, http.StatusOK, c, nil)
}

// refuse shows the conversation again with the reason why an action could not
// be done, and with what was written.
func (in *Inbox) refuse(w http.ResponseWriter, r *http.Request, v visit, resident int64, cause error, refused refusal) error {
	status, key := http.StatusConflict, ""
	form, text := refused.Form, refused.Text
	switch {
	case errors.Is(cause, bot.ErrTaken):
		key = "refused.taken"
	case errors.Is(cause, bot.ErrNotYours):
		key = "refused.not_yours"
	case errors.Is(cause, bot.ErrStale):
		key = "refused.stale"
	case errors.Is(cause, bot.ErrNewer):
		key = "refused.newer"
	case errors.Is(cause, bot.ErrTooLate):
		key = "refused.late"
	case errors.Is(cause, errNoOffer):
		key = "refused.no_offer"
	case errors.Is(cause, bot.ErrNoReason):
		status, key = http.StatusUnprocessableEntity, "refused.reason"
	case errors.Is(cause, bot.ErrNobody):
		status, key = http.StatusUnprocessableEntity, "refused.nobody"
	case errors.Is(cause, bot.ErrUnfilled):
		status, key = http.StatusUnprocessableEntity, "refused.unfilled"
	case errors.Is(cause, bot.ErrTooLong) && form == "transfer":
		status, key = http.StatusUnprocessableEntity, "refused.reason_long"
	case errors.Is(cause, bot.ErrEmpty):
		status, key = http.StatusUnprocessableEntity, "refused.empty"
	case errors.Is(cause, bot.ErrTooLong):
		status, key = http.StatusUnprocessableEntity, "refused.long"
	case errors.Is(cause, bot.ErrTooLarge):
		status, key = http.StatusRequestEntityTooLarge, "refused.file_large"
	case errors.Is(cause, errEmptyFile):
		status, key = http.StatusUnprocessableEntity, "refused.file_empty"
	case text == "" && !refused.File || errors.Is(cause, bot.ErrForbiddenRole) || errors.Is(cause, bot.ErrNotFound):
		return &unsent{cause, text}
	default: // ours: say so, but give the words back
		in.log.Error("inbox: action failed", "form", form, "resident", resident, "officer", v.officer.ID, "error", cause)
		status, key = http.StatusInternalServerError, "refused.failed"
	}
	c, err := in.store.Conversation(r.Context(), resident)
	if err != nil {
		return &unsent{fmt.Errorf("read the conversation: %w", err), text}
	}
	refused.Key, refused.Name = key, plain(c.OfficerName)
	if key == "refused.taken" {
		at, err := in.store.ClaimedAt(r.Context(), resident)
		if err != nil {
			return &unsent{fmt.Errorf("read since when it is held: %w", err), text}
		}
		refused.When = momentOf(at, in.clock.Now())
	}
	if err := in.showConversation(w, r, v, status, c, &refused); err != nil {
		return &unsent{err, text}
	}
	return nil
}

// errNoOffer means that a conversation is not offered, or no longer.
var errNoOffer = errors.New("the conversation is not offered")

func isNotFound(err error) bool { return errors.Is(err, bot.ErrNotFound) }

func (in *Inbox) showConversation(w http.ResponseWriter, r *http.Request, v visit, status int, c bot.Conversation, refused *refusal) error {
	resident := c.Resident.ID
	data := deskPage{page: in.page(r, v, "queue.title"), View: chosenView(r), Now: in.clock.Now().UnixMilli()}
	data.Back = "/conversations/" + strconv.FormatInt(resident, 10)
	var err error
	if data.Queue, err = in.queue(r.Context(), v, chosenTab(r), resident); err != nil {
		return err
	}
	if data.Open, err = in.conversation(r.Context(), v, c, before(r)); err != nil {
		return err
	}
	if err := in.addDesk(r, v, data.Open); err != nil {
		return err
	}
	answer := r.URL.Query().Get("answer")
	if refused != nil {
		data.Open.Refused, answer = refused, refused.ID
	}
	if data.Open.Answering, err = in.answering(r.Context(), resident, answer); err != nil {
		return err
	}
	if data.Open.Facts.Pick, err = in.pickOf(r, v, resident, data.Back); err != nil {
		return err
	}
	again := url.Values{"tab": {data.Queue.Tab}}
	if p := data.Open.Facts.Pick; p != nil {
		again.Set("pick", strconv.FormatInt(p.Message, 10))
	}
	if data.View == "facts" {
		again.Set("view", "facts")
	}
	if n := before(r); n > 0 {
		again.Set("before", strconv.FormatInt(n, 10))
	}
	data.Open.offerAnswers(data.Back, again)
	data.Open.offerPicks(data.Back, data.Queue.Tab)
	if a := data.Open.Answering; a != nil {
		again.Set("answer", a.ID)
	}
	data.Reload = data.Back + "?" + again.Encode()
	return in.renderDesk(w, r, status, v, data)
}

func chosenView(r *http.Request) string {
	if r.URL.Query().Get("view") == "facts" {
		return "facts"
	}
	return "chat"
}

// before is the message before which an older part of the thread is asked for.
func before(r *http.Request) int64 {
	n, err := strconv.ParseInt(r.URL.Query().Get("before"), 10, 64)
	if err != nil || n < 0 {
		return 0
	}
	return n
}

func (in *Inbox) conversation(ctx context.Context, v visit, c bot.Conversation, before int64) (*conversation, error) {
	thread, err := in.thread(ctx, c.Resident.ID, before)
	if err != nil {
		return nil, err
	}
	beside, err := in.facts(ctx, v, c)
	if err != nil {
		return nil, err
	}
	mine := c.State == bot.Claimed && c.Officer == v.officer.ID
	open := &conversation{
		Resident: c.Resident.ID,
		Name:     plain(c.Resident.Name),
		Phone:    numberFor(in.showsNumber(ctx, v, c.Resident.ID), c.Resident.Phone),
		Initials: initials(c.Resident.Name),
		Script:   script(c.Resident.Name),
		Lang:     c.Resident.Lang,
		State:    c.State,
		Urgent:   c.Urgent,
		Reason:   c.Reason,
		Unread:   c.Unread,
		Mine:     mine,
		Entries:  thread.entries,
		Older:    thread.older,
		Earlier:  before > 0,
		Changed:  momentOf(c.Resident.Changed, in.clock.Now()),
		Facts:    beside,
		Golden:   beside.golden(),
		MostFile: maxFile,
		May:      may(v.officer, c.State, mine),
	}
	if !v.officer.Role.May(bot.RoleOfficer) {
		maskEntries(open.Entries)
		open.Reveal = !in.showsNumber(ctx, v, c.Resident.ID) && c.Resident.Phone != ""
	}
	if c.State == bot.Claimed && !mine {
		open.Holder = plain(c.OfficerName)
	}
	return open, nil
}

// addDesk adds what the officer has at hand in a conversation, and notes how
// far it was looked at.
func (in *Inbox) addDesk(r *http.Request, v visit, c *conversation) error {
	c.offerUndo(v.officer, fmt.Sprintf("/conversations/%d", c.Resident), chosenTab(r), in.clock.Now())
	for _, e := range c.Entries {
		c.Seen = max(c.Seen, e.Message)
	}
	if pageOrPart(r) == "desk" && r.Method == http.MethodGet && !c.Earlier && c.Seen > 0 {
		if err := in.desk.Looked(r.Context(), v.officer, c.Resident, c.Seen); err != nil {
			return fmt.Errorf("mark as looked at: %w", err)
		}
	}
	if err := in.veil(r.Context(), c); err != nil {
		return err
	}
	c.offerRelease(v.officer)
	at, err := in.store.ClaimedAt(r.Context(), c.Resident)
	if err != nil {
		return fmt.Errorf("read since when it is held: %w", err)
	}
	c.Since = momentOf(at, in.clock.Now())
	offers, err := in.offers(r.Context(), v)
	if err != nil {
		return err
	}
	c.Offer = offers[c.Resident]
	if !c.May.Note { // a viewer writes nothing
		return nil
	}
	if c.Mine {
		if c.To, err = in.colleagues(r.Context(), v); err != nil {
			return err
		}
	}
	if c.Ready, err = in.ready(r, v, c); err != nil {
		return err
	}
	c.Writing, err = in.writing(r, v, c)
	return err
}

// may says what an officer can do with a conversation. The desk checks it
// again; this only decides which buttons there are.
func may(o bot.Officer, state bot.ConversationState, mine bool) actions {
	if !o.Role.May(bot.RoleOfficer) {
		return actions{}
	}
	return actions{
		Claim:    state != bot.Claimed,
		TakeOver: state == bot.Claimed && !mine && o.Role.May(bot.RoleCharge),
		Reply:    mine,
		Note:     true,
		Close:    mine,
		Confirm:  true,
	}
}

// toConversation leads back to a conversation after something was done.
func toConversation(w http.ResponseWriter, r *http.Request, resident int64) {
	address := fmt.Sprintf("/conversations/%d", resident)
	if tab := chosenTab(r); tab != tabAll {
		address += "?tab=" + tab
	}
	http.Redirect(w, r, address, http.StatusSeeOther)
}
