package flows

import (
	"mitan/bot"
	"mitan/bot/talk"
	"mitan/locales"
)

// Urgent is for danger to a life, which is no matter of cyber fraud: the right
// number at once, and an officer.
func Urgent(t *talk.Talk) {
	switch locales.Command(t.Once("urgent.matter", func() string { return string(locales.CmdViolence) })) {
	case locales.CmdSuicide:
		t.Say("urgent.suicide")
		t.Do(bot.Escalate{Reason: bot.ReasonSuicide, Urgent: true})
	case locales.CmdChild:
		t.Say("urgent.child")
		t.Do(bot.Escalate{Reason: bot.ReasonDanger, Urgent: true})
	default:
		t.Say("urgent.violence")
		t.Do(bot.Escalate{Reason: bot.ReasonDanger, Urgent: true})
	}
	t.Listen("urgent.listen")
}
