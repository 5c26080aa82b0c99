package flows

import (
	"mitan/bot"
	"mitan/bot/talk"
	"mitan/flows/fraud"
)

// Check takes a doubtful message, typed, forwarded or as a picture, keeps it as
// evidence, and says by what signs a fraud is known. It never calls one safe.
func Check(t *talk.Talk) {
	text := t.Message("check.show")
	t.Say("check.signs")
	if kind, ok := fraud.Match(text); ok {
		t.Say("advice." + kind)
	}
	switch t.Choose("check.next",
		talk.Option{ID: talk.OfficerFlow, Label: "check.ask_officer"},
		talk.Option{ID: talk.ReportFlow, Label: "check.report"},
		talk.Option{ID: talk.CheckFlow, Label: "check.another"},
		talk.Option{ID: talk.MenuFlow, Label: "check.nothing"}) {
	case talk.OfficerFlow:
		t.Do(bot.Escalate{Reason: bot.ReasonCheck})
		t.Go(talk.OfficerFlow)
	case talk.ReportFlow:
		t.Go(talk.ReportFlow)
	case talk.CheckFlow:
		t.Go(talk.CheckFlow)
	}
	t.Say("check.bye")
}
