package inbox

import (
	"context"
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"mitan/bot"
)

// An offer is a transfer as an officer sees it.
type offer struct {
	Mine   bool   // the officer offers it
	ToMe   bool   // the officer may take it
	From   string // who offers it
	To     string // to whom: an officer, or a thana in the language of the page
	Reason string
	At     moment
	Until  int64  // when it comes back, in Unix milliseconds
	Left   string // minutes and seconds when the page was made
	Gone   string // "" while it is open; lapsed or declined
}

// A colleague is somebody to whom a conversation may go.
type colleague struct {
	Value string // of the form's field
	Name  string
	Thana bool
}

// offers reads the transfers that concern an officer, by resident.
func (in *Inbox) offers(ctx context.Context, v visit) (map[int64]*offer, error) {
	all, err := in.store.Transfers(ctx)
	if err != nil {
		return nil, fmt.Errorf("read transfers: %w", err)
	}
	found := map[int64]*offer{}
	now := in.clock.Now()
	for _, t := range all {
		back := t.At.Add(bot.TransferTime)
		shown := &offer{
			Mine: t.Sender == v.officer.ID, ToMe: t.For(v.officer), From: plain(t.SenderName), To: plain(t.OfficerName),
			Reason: plain(t.Reason), At: *momentOf(t.At, now), Until: back.UnixMilli(), Left: minutes(back.Sub(now)), Gone: string(t.Outcome),
		}
		if t.Officer == 0 {
			shown.To = in.thanaName(v.lang, t.Thana)
		}
		if shown.Mine || shown.ToMe {
			found[t.Resident] = shown
		}
	}
	return found, nil
}

// colleagues are the officers who could answer, and the thanas that have one.
func (in *Inbox) colleagues(ctx context.Context, v visit) ([]colleague, error) {
	all, err := in.store.Officers(ctx)
	if err != nil {
		return nil, fmt.Errorf("read officers: %w", err)
	}
	var officers, thanas []colleague
	known := map[string]bool{}
	for _, o := range all {
		if o.ID == v.officer.ID || o.Disabled || !o.Role.May(bot.RoleOfficer) {
			continue
		}
		officers = append(officers, colleague{Value: "officer " + strconv.FormatInt(o.ID, 10), Name: plain(o.Name)})
		if o.Thana != "" && !known[o.Thana] {
			known[o.Thana] = true
			thanas = append(thanas, colleague{Value: "thana " + o.Thana, Name: in.thanaName(v.lang, o.Thana), Thana: true})
		}
	}
	return append(officers, thanas...), nil
}

// receiver reads to whom a form gives a conversation.
func receiver(r *http.Request) (officer int64, thana string) {
	kind, value, _ := strings.Cut(r.PostFormValue("to"), " ")
	if kind == "thana" {
		return 0, value
	}
	return readSeen(value), ""
}

// transfer offers a conversation to another officer or a thana.
func (in *Inbox) transfer(w http.ResponseWriter, r *http.Request, v visit) error {
	resident, err := id(r, "resident")
	if err != nil {
		return err
	}
	if err := r.ParseForm(); err != nil {
		return formError(err)
	}
	officer, thana := receiver(r)
	reason := r.PostFormValue("reason")
	if err := in.desk.Transfer(context.WithoutCancel(r.Context()), v.officer, resident, officer, thana, reason); err != nil {
		return in.refuse(w, r, v, resident, err, refusal{Form: "transfer", Text: reason, To: r.PostFormValue("to")})
	}
	toConversation(w, r, resident)
	return nil
}

// acceptTransfer takes a conversation that is offered.
func (in *Inbox) acceptTransfer(w http.ResponseWriter, r *http.Request, v visit) error {
	return in.settleTransfer(w, r, v, in.desk.AcceptTransfer)
}

// endTransfer declines a conversation that is offered, or takes an offer back.
func (in *Inbox) endTransfer(w http.ResponseWriter, r *http.Request, v visit) error {
	return in.settleTransfer(w, r, v, in.desk.EndTransfer)
}

func (in *Inbox) settleTransfer(w http.ResponseWriter, r *http.Request, v visit, do func(context.Context, bot.Officer, int64) error) error {
	resident, err := id(r, "resident")
	if err != nil {
		return err
	}
	ctx := context.WithoutCancel(r.Context())
	if _, err := in.store.Conversation(ctx, resident); err != nil {
		return fmt.Errorf("read the conversation: %w", err)
	}
	err = do(ctx, v.officer, resident)
	if isNotFound(err) { // it was taken, taken back or came to its end meanwhile
		err = errNoOffer
	}
	if err != nil {
		return in.refuse(w, r, v, resident, err, refusal{})
	}
	toConversation(w, r, resident)
	return nil
}
