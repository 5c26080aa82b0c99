package inbox

import (
	"context"
	"errors"
	"fmt"
	"net/http"

	"mitan/bot"
)

// A handoverPage is the sheet of what an officer holds, with the form that
// offers it to the next.
type handoverPage struct {
	framed
	Rows    []handoverRow
	To      []colleague
	At      moment
	Offered bool   // at least one of the rows is offered to somebody
	Refused string // a key of words: why it was not done
	Reason  string // what was written
	Chosen  string // to whom
}

// A handoverRow is one conversation on the sheet.
type handoverRow struct {
	row
	Case  string // its number; "" if it has none
	Kind  string // of fraud; "" if not known
	Note  string // the last one
	Offer *offer // nil if it is offered to nobody
}

func (in *Inbox) handoverPage(w http.ResponseWriter, r *http.Request, v visit) error {
	return in.showHandover(w, r, v, http.StatusOK, handoverPage{})
}

func (in *Inbox) showHandover(w http.ResponseWriter, r *http.Request, v visit, status int, data handoverPage) error {
	var err error
	if data.framed, err = in.framed(r, v, "handover.title"); err != nil {
		return err
	}
	if data.To, err = in.colleagues(r.Context(), v); err != nil {
		return err
	}
	if data.Rows, err = in.held(r.Context(), v); err != nil {
		return err
	}
	for _, row := range data.Rows {
		data.Offered = data.Offered || row.Offer != nil && row.Offer.Gone == ""
	}
	data.At = *momentOf(in.clock.Now(), in.clock.Now())
	return in.views.render(w, status, v.lang, "handover", data)
}

// held are the conversations that an officer holds.
func (in *Inbox) held(ctx context.Context, v visit) ([]handoverRow, error) {
	open, err := in.store.Conversations(ctx, bot.ConversationFilter{
		States: []bot.ConversationState{bot.Claimed}, Officer: v.officer.ID, Limit: queueLimit,
	})
	if err != nil {
		return nil, fmt.Errorf("read what the officer holds: %w", err)
	}
	offers, err := in.offers(ctx, v)
	if err != nil {
		return nil, err
	}
	var rows []handoverRow
	for _, c := range open {
		if c.Officer != v.officer.ID {
			continue
		}
		one := handoverRow{row: in.row(v, c), Offer: offers[c.Resident.ID]}
		if err := in.sheetFacts(ctx, v, &one); err != nil {
			return nil, err
		}
		rows = append(rows, one)
	}
	return rows, nil
}

// sheetFacts adds what the next officer must know.
func (in *Inbox) sheetFacts(ctx context.Context, v visit, one *handoverRow) error {
	cases, err := in.store.CasesOf(ctx, one.Resident)
	if err != nil {
		return fmt.Errorf("read cases: %w", err)
	}
	if len(cases) > 0 {
		one.Case = cases[0].Number
		if cases[0].Kind != "" {
			one.Kind = in.kind(v.lang, cases[0].Kind)
		}
	}
	if loss, ok := currentLoss(cases); ok {
		one.Case, one.Lost, one.Golden = loss.Number, rupees(loss.Lost()), goldenOf(loss, in.clock.Now())
	}
	notes, err := in.store.Notes(ctx, one.Resident)
	if err != nil {
		return fmt.Errorf("read notes: %w", err)
	}
	if len(notes) > 0 {
		one.Note = plain(notes[len(notes)-1].Text)
	}
	return nil
}

// handover offers all that the officer holds to another officer or a thana.
func (in *Inbox) handover(w http.ResponseWriter, r *http.Request, v visit) error {
	if err := r.ParseForm(); err != nil {
		return formError(err)
	}
	officer, thana := receiver(r)
	reason := r.PostFormValue("reason")
	refused := handoverPage{Reason: reason, Chosen: r.PostFormValue("to")}
	status := http.StatusUnprocessableEntity
	n, err := in.desk.Handover(context.WithoutCancel(r.Context()), v.officer, officer, thana, reason)
	switch {
	case errors.Is(err, bot.ErrNoReason):
		refused.Refused = "refused.reason"
	case errors.Is(err, bot.ErrTooLong):
		refused.Refused = "refused.reason_long"
	case errors.Is(err, bot.ErrNobody):
		refused.Refused = "refused.nobody"
	case errors.Is(err, bot.ErrNotYours):
		status, refused.Refused = http.StatusConflict, "refused.stale"
	case err != nil:
		return &unsent{err, reason}
	case n == 0:
		refused.Refused = "handover.none"
	default:
		http.Redirect(w, r, "/handover", http.StatusSeeOther)
		return nil
	}
	return in.showHandover(w, r, v, status, refused)
}
