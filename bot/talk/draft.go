package talk

import (
	"time"

	"mitan/bot"
)

// Draft is the case that the flow is taking down, as its effects have made it
// so far.
func (t *Talk) Draft() bot.Case { return *t.openDraft() }

// Evidence keeps the message of this turn as evidence: of the case that is
// being taken down, if there is one.
func (t *Talk) Evidence() { t.Do(bot.KeepEvidence{}) }

// File confirms the draft and returns its number. Back does not go past it.
func (t *Talk) File() string {
	at := t.once("file", func() (string, error) { return t.now.Format(time.RFC3339Nano), nil })
	when, _ := time.Parse(time.RFC3339Nano, at)
	t.Do(bot.ConfirmCase{At: when})
	t.s.find("=file").Fixed = true
	t.s.Case.Filed = true
	return t.openDraft().Number
}

// openDraft is the draft, opened where there is none.
func (t *Talk) openDraft() *bot.Case {
	if t.draft != nil {
		return t.draft
	}
	if t.s.Case == nil {
		id, err := t.rec.Next(bot.CaseIDSeries)
		t.check(err)
		count, err := t.rec.Next(bot.CaseSeries(t.now))
		t.check(err)
		t.s.Case = &caseRef{
			ID: id, Number: bot.CaseNumber(t.d.unit.Unit.Prefix, t.now, count), Opened: t.now.UnixMilli(),
		}
	}
	ref := t.s.Case
	t.draft = &bot.Case{
		ID: ref.ID, Number: ref.Number, Opened: time.UnixMilli(ref.Opened).UTC(), State: bot.Draft,
		Resident: t.conv.Resident.ID,
		Reporter: bot.Person{Name: t.conv.Resident.Name, Phone: t.conv.Resident.Phone},
	}
	return t.draft
}

// saveDraft hands the draft to the store if it has changed in this turn. It
// comes before the effects that point at it.
func (t *Talk) saveDraft() {
	if t.draft == nil || !t.amend {
		return
	}
	t.s.Case.Loss = t.draft.MoneyGone
	t.out.Effects = append([]bot.Effect{bot.SaveCase{Case: *t.draft}}, t.out.Effects...)
	t.amend = false
}
