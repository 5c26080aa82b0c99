package inbox

import (
	"cmp"
	"context"
	"fmt"
	"net/http"
	"slices"

	"mitan/bot"
	"mitan/locales"
)

const (
	// queueLimit is how many open conversations the list shows.
	queueLimit = 200
	// lossLimit is how many urgent rows show their case's sum and clock; each
	// costs a read.
	lossLimit = 30
)

// The tabs of the queue, by their query parameter.
const (
	tabAll  = "all"
	tabMine = "mine"
	tabFree = "free"
)

type tab struct {
	Key     string
	Count   int
	Current bool
}

// A queue is the list of open conversations as one officer sees it.
type queue struct {
	Tab     string
	Tabs    []tab
	Rows    []row
	Golden  []row // those whose golden hour runs, the least time left first
	Waiting int   // unclaimed conversations, for the title
	Full    bool  // there are more than the list shows
}

// A row is one conversation of the list.
type row struct {
	Resident int64
	Name     string // "" if never given
	Phone    string
	Initials string
	Script   locales.Lang
	Last     string          // the resident's last words
	LastKind bot.MessageKind // what they came with, where it is not words alone
	At       string
	Unread   int
	Urgent   bool
	Gentle   bool // danger or thoughts of suicide
	Reason   bot.EscalationReason
	Free     bool
	Mine     bool
	Holder   string
	Selected bool
	Golden   *golden
	Lost     string
	Offer    *offer // nil unless it is offered, by or to this officer
}

type deskPage struct {
	page
	Queue  queue
	Open   *conversation // nil on the queue's own page
	View   string        // queue, chat or facts: what a phone shows
	Reload string        // the address that brings this page again
	Now    int64         // the server's clock in Unix milliseconds
}

func (in *Inbox) queuePage(w http.ResponseWriter, r *http.Request, v visit) error {
	data := deskPage{page: in.page(r, v, "queue.title"), View: "queue", Now: in.clock.Now().UnixMilli()}
	var err error
	if data.Queue, err = in.queue(r.Context(), v, chosenTab(r), 0); err != nil {
		return err
	}
	data.Reload = "/?tab=" + data.Queue.Tab
	return in.renderDesk(w, r, http.StatusOK, v, data)
}

// renderDesk writes the whole page, or what of it an open page does not have.
func (in *Inbox) renderDesk(w http.ResponseWriter, r *http.Request, status int, v visit, data deskPage) error {
	if page := pageOrPart(r); page != "live" {
		return in.views.render(w, status, v.lang, page, data)
	}
	return in.views.renderParts(w, status, v.lang, "live", data, hadParts(r))
}

// pageOrPart is the whole page, or what of it changes, for an open page that
// asks for it.
func pageOrPart(r *http.Request) string {
	if r.URL.Query().Get("part") == "live" {
		return "live"
	}
	return "desk"
}

func chosenTab(r *http.Request) string {
	switch chosen := r.URL.Query().Get("tab"); chosen {
	case tabMine, tabFree:
		return chosen
	}
	return tabAll
}

// queue reads the open conversations for an officer.
func (in *Inbox) queue(ctx context.Context, v visit, chosen string, selected int64) (queue, error) {
	open, err := in.store.Conversations(ctx, bot.ConversationFilter{
		States: []bot.ConversationState{bot.Waiting, bot.Claimed}, Limit: queueLimit + 1,
	})
	if err != nil {
		return queue{}, fmt.Errorf("read the queue: %w", err)
	}
	q := queue{Tab: chosen, Full: len(open) > queueLimit}
	open = open[:min(len(open), queueLimit)]
	slices.SortStableFunc(open, byNeed)
	unread, offers, err := in.ofOfficer(ctx, v, open)
	if err != nil {
		return queue{}, err
	}

	counts := map[string]int{tabAll: len(open)}
	rows := make([]row, 0, len(open))
	for _, c := range open {
		row := in.row(v, c)
		row.Selected = c.Resident.ID == selected
		row.Offer = offers[c.Resident.ID]
		if n, looked := unread[c.Resident.ID]; looked {
			row.Unread = n
		}
		if row.Mine || row.toMe() {
			counts[tabMine]++
		}
		if row.Free {
			counts[tabFree]++
		}
		rows = append(rows, row)
	}
	if err := in.addLosses(ctx, rows); err != nil {
		return queue{}, err
	}
	slices.SortStableFunc(rows, byTimeLeft)
	q.Waiting = counts[tabFree]
	for _, key := range []string{tabAll, tabMine, tabFree} {
		q.Tabs = append(q.Tabs, tab{Key: key, Count: counts[key], Current: key == chosen})
	}
	for _, row := range rows {
		if chosen == tabAll || chosen == tabMine && (row.Mine || row.toMe()) || chosen == tabFree && row.Free {
			q.Rows = append(q.Rows, row)
		}
		if row.Golden != nil {
			q.Golden = append(q.Golden, row)
		}
	}
	slices.SortStableFunc(q.Golden, func(a, b row) int { return cmp.Compare(a.Golden.left, b.Golden.left) })
	return q, nil
}

// toMe tells whether the conversation is offered to the officer.
func (r row) toMe() bool { return r.Offer != nil && r.Offer.ToMe }

// ofOfficer is what differs from officer to officer: what each has not read,
// and what is offered to them.
func (in *Inbox) ofOfficer(ctx context.Context, v visit, open []bot.Conversation) (map[int64]int, map[int64]*offer, error) {
	residents := make([]int64, len(open))
	for i, c := range open {
		residents[i] = c.Resident.ID
	}
	unread, err := in.store.UnreadOf(ctx, v.officer.ID, residents)
	if err != nil {
		return nil, nil, fmt.Errorf("read what is unread: %w", err)
	}
	offers, err := in.offers(ctx, v)
	return unread, offers, err
}

// byTimeLeft puts first who is in danger and has nobody, since a life goes
// before money; then the golden hours, the least time left first. The others
// stay as they are.
func byTimeLeft(a, b row) int {
	class := func(r row) int {
		switch {
		case r.Gentle && r.Free:
			return 0
		case r.Golden != nil:
			return 1
		}
		return 2
	}
	if class(a) != class(b) || class(a) != 1 {
		return cmp.Compare(class(a), class(b))
	}
	return cmp.Compare(a.Golden.left, b.Golden.left)
}

// byNeed puts first what nobody has; of these and of the others the urgent,
// then who has waited longest.
func byNeed(a, b bot.Conversation) int {
	class := func(c bot.Conversation) int {
		n := 0
		if c.State != bot.Waiting {
			n += 2
		}
		if !c.Urgent {
			n++
		}
		return n
	}
	return cmp.Or(cmp.Compare(class(a), class(b)), a.WaitingSince.Compare(b.WaitingSince))
}

func (in *Inbox) row(v visit, c bot.Conversation) row {
	kind, last := lastOf(c)
	return row{
		Resident: c.Resident.ID,
		Name:     plain(c.Resident.Name),
		Phone:    phoneFor(v.officer, c.Resident.Phone),
		Initials: initials(c.Resident.Name),
		Script:   script(c.Resident.Name),
		Last:     wordsFor(v.officer, plain(last)),
		LastKind: kind,
		At:       clock(c.LastAt),
		Unread:   c.Unread,
		Urgent:   c.Urgent,
		Gentle:   c.Reason == bot.ReasonDanger || c.Reason == bot.ReasonSuicide,
		Reason:   c.Reason,
		Free:     c.State == bot.Waiting,
		Mine:     c.State == bot.Claimed && c.Officer == v.officer.ID,
		Holder:   plain(c.OfficerName),
	}
}

// lastOf is the resident's last message for a list: its kind, unless it is words
// alone, and its words, unless they are a mark for the program.
func lastOf(c bot.Conversation) (bot.MessageKind, string) {
	switch c.LastKind {
	case bot.Text, bot.Edit:
		return "", c.LastText
	case bot.Call, bot.Vote:
		return c.LastKind, ""
	}
	return c.LastKind, c.LastText
}

// addLosses gives urgent rows the sum and the golden hour of their loss.
func (in *Inbox) addLosses(ctx context.Context, rows []row) error {
	read := 0
	for i := range rows {
		if !rows[i].Urgent || rows[i].Gentle || read == lossLimit {
			continue
		}
		read++
		cases, err := in.store.CasesOf(ctx, rows[i].Resident)
		if err != nil {
			return fmt.Errorf("read cases: %w", err)
		}
		if loss, ok := currentLoss(cases); ok {
			rows[i].Golden = goldenOf(loss, in.clock.Now())
			rows[i].Lost = rupees(loss.Lost())
		}
	}
	return nil
}

// phoneFor shows a resident's number, its end only to a viewer.
func phoneFor(o bot.Officer, phone string) string {
	switch {
	case phone == "":
		return ""
	case o.Role.May(bot.RoleOfficer):
		return locales.FormatPhone(phone)
	}
	return maskedPhone(phone)
}

// rupees is an amount for people; "" for one that is not known.
func rupees(p bot.Paise) string {
	if p == 0 {
		return ""
	}
	return locales.Rupees(int64(p))
}
