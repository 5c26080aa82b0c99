package flows

import (
	"strings"

	"mitan/bot"
	"mitan/bot/talk"
)

// Delete erases what law and open cases allow, and says what stays and why.
func Delete(t *talk.Talk) {
	if t.Changed() { // it may be somebody else's data
		t.Say("talk.changed")
		t.Do(bot.Escalate{Reason: bot.ReasonErasure})
		t.Go(talk.OfficerFlow)
	}
	stays := t.Once("delete.stays", func() string { return keptNumbers(t.Cases()) })
	if stays != "" {
		t.Say("delete.stays", "numbers", stays)
	}
	if !t.YesNo("delete.confirm") {
		t.Say("delete.kept")
		return
	}
	t.Do(bot.Erase{})
	t.Say("delete.done")
	if stays != "" && t.YesNo("delete.ask_officer") {
		t.Do(bot.Escalate{Reason: bot.ReasonErasure})
		t.Go(talk.OfficerFlow)
	}
}

// keptNumbers are the cases that are not erased: those that were confirmed or
// are about a loss.
func keptNumbers(cases []bot.Case) string {
	var numbers []string
	for _, c := range cases {
		if c.State == bot.Filed || c.State == bot.CaseClosed || (c.State == bot.Draft && c.MoneyGone) {
			numbers = append(numbers, c.Number)
		}
	}
	if len(numbers) > maxCases {
		numbers = append(numbers[:maxCases], "…")
	}
	return strings.Join(numbers, ", ")
}
