package inbox

import (
	"fmt"
	"net/http"
	"time"

	"mitan/bot"
)

// printLimit is how many messages of a transcript are printed, the newest; the
// evidence has them all.
const printLimit = 1000

// auditPrint is the action of the audit for a case that was opened for print.
const auditPrint = "print"

// A printPage is a case and its transcript for paper.
type printPage struct {
	casePage
	Transcript []entry
	Cut        bool
	PrintedAt  moment
}

func (in *Inbox) printPage(w http.ResponseWriter, r *http.Request, v visit) error {
	around, err := in.caseData(r, v)
	if err != nil {
		return err
	}
	data := printPage{casePage: around, PrintedAt: moment{Day: dateOf(in.clock.Now()), Time: clock(in.clock.Now())}}
	data.Title = "print.title"
	messages, err := in.store.Thread(r.Context(), data.Resident, 0, printLimit+1)
	if err != nil {
		return fmt.Errorf("read the thread: %w", err)
	}
	if data.Cut = len(messages) > printLimit; data.Cut {
		messages = messages[1:]
	}
	if data.Transcript, err = in.entries(r.Context(), messages); err != nil {
		return err
	}
	data.dated()
	err = in.store.Audit(r.Context(), bot.AuditEntry{
		At: in.clock.Now(), Officer: v.officer.ID, Action: auditPrint, Resident: data.Resident, Detail: fmt.Sprintf("case %d", data.Case.ID),
	})
	if err != nil {
		return fmt.Errorf("write the audit: %w", err)
	}
	return in.views.render(w, http.StatusOK, v.lang, "print", data)
}

// dated writes each day with its year: "today" says nothing on paper.
func (p *printPage) dated() {
	p.Case.Opened = dateOf(p.stored.Opened)
	for i, leg := range p.stored.Legs {
		if !leg.When.IsZero() {
			d := dateOf(leg.When)
			p.Case.Legs[i].Day = &d
		}
	}
	for i := range p.Transcript {
		if e := &p.Transcript[i]; e.Day != nil {
			d := dateOf(e.At)
			e.Day = &d
		}
	}
}

// dateOf is a day with its year.
func dateOf(t time.Time) day { return dayOf(t, t.AddDate(-3, 0, 0)) }
