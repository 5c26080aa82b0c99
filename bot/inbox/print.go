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
	data := printPage{casePage: around, PrintedAt: *momentOf(in.clock.Now(), in.clock.Now().AddDate(-2, 0, 0))}
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
	for i := range data.Transcript {
		e := &data.Transcript[i]
		e.Answer, e.Long = "", false
		if e.Day != nil { // "today" says nothing on paper
			d := dayOf(e.At, e.At.Add(-3*365*24*time.Hour))
			e.Day = &d
		}
	}
	err = in.store.Audit(r.Context(), bot.AuditEntry{
		At: in.clock.Now(), Officer: v.officer.ID, Action: auditPrint, Resident: data.Resident, Detail: fmt.Sprintf("case %d", data.Case.ID),
	})
	if err != nil {
		return fmt.Errorf("write the audit: %w", err)
	}
	return in.views.render(w, http.StatusOK, v.lang, "print", data)
}
