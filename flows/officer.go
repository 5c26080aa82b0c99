package flows

import (
	"mitan/bot"
	"mitan/bot/talk"
)

// Officer hands the conversation over at once, with what is known, says the
// place in the queue and the hours, and lets the resident go on writing.
func Officer(t *talk.Talk) {
	reason := t.Once("officer.reason", func() string { return string(bot.ReasonAsked) })
	t.Do(bot.Escalate{Reason: bot.EscalationReason(reason)})
	ahead := t.Ahead()
	switch hours := t.Unit().Hours; {
	case !t.Unit().Open(t.Now("officer.asked")):
		t.Say("officer.handed_closed", "open", hours.Open.String())
	case ahead == 0:
		t.Say("officer.handed_first")
	default:
		t.Say("officer.handed", "ahead", ahead)
	}
	t.Listen("officer.listen")
}
