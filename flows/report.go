package flows

import (
	"mitan/bot"
	"mitan/bot/talk"
	"mitan/flows/fraud"
	"mitan/locales"
)

// MaxLegs is how many transactions one report asks for. What is beyond goes
// into the story.
const MaxLegs = 10

// advisedKey is the kind against which an attempt was advised before the report.
const advisedKey = "advised"

// Report takes down a fraud, or an attempt, from its first word to its case
// number. Whether money is gone comes first, and 1930 before any long question.
func Report(t *talk.Talk) {
	gone := t.Choose(talk.MoneyGoneKey,
		talk.Option{ID: "yes", Label: "report.gone_yes"},
		talk.Option{ID: "no", Label: "report.gone_no"},
		talk.Option{ID: talk.Unknown, Label: "report.gone_unknown"})
	loss := gone != "no" // who does not know is helped as if it were gone
	t.Do(bot.SetMoneyGone{Gone: loss})
	if loss {
		t.Say("report.call_now")
		t.Do(bot.Escalate{Reason: bot.ReasonLoss, Urgent: true})
	}
	heard := t.Heard("report.heard")
	told := t.ToldOf("report.kind")
	if loss || told != t.ToldOf(advisedKey) {
		advise(t, told, loss) // some must do at once what others need not: see remote_access
	}
	if loss {
		askLegs(t)
	}
	kind := askKind(t)
	if k, ok := fraud.Find(kind); ok && k.Gentle {
		t.Do(bot.Escalate{Reason: bot.ReasonAsked, Urgent: true}) // a person handles it, and at once
	}
	if kind != told {
		advise(t, kind, loss)
	}
	t.Do(bot.AddSuspects(t.Suspects("report.suspect")))
	parts := t.Story("report.story", "heard", heard)
	askWho(t)
	confirm(t, parts)
	file(t, loss)
}

// askLegs asks for each transaction. "I don't know" is always an answer.
func askLegs(t *talk.Talk) {
	for n := 1; n <= MaxLegs; n++ {
		askLeg(t, n)
		if n < MaxLegs && !t.Another("report.another_leg") {
			return
		}
	}
}

// askLeg asks for one transaction. Each answer is put down at once, so that a
// report that is left half-way reaches the officers as far as it went.
func askLeg(t *talk.Talk, n int) {
	var leg bot.Leg
	leg.Amount = t.Amount("report.amount")
	t.Do(bot.PutLeg{N: n, Leg: leg})
	leg.When = t.When("report.when", "of", ofLeg(t, n, leg))
	t.Do(bot.PutLeg{N: n, Leg: leg})
	leg.Bank = t.Bank("report.bank", "of", ofLeg(t, n, leg))
	t.Do(bot.PutLeg{N: n, Leg: leg})
	leg.UTR = t.UTR("report.utr", "of", ofLeg(t, n, leg))
	t.Do(bot.PutLeg{N: n, Leg: leg})
}

// ofLeg names the payment that a question is about, where there are several;
// "" where it is plain.
func ofLeg(t *talk.Talk, n int, leg bot.Leg) string {
	if leg.Amount == 0 || n == 1 && !t.Told(nth("report.amount", 2)) {
		return ""
	}
	return locales.Rupees(int64(leg.Amount))
}

// askKind asks how the thief went about it; "" if the resident does not know.
func askKind(t *talk.Talk) string {
	kind := t.ChooseBy("report.kind", fraud.Match, kindOptions()...)
	if kind == talk.Unknown {
		return ""
	}
	t.Do(bot.SetKind{Kind: kind})
	return kind
}

// kindOptions are the kinds of fraud, the ones that residents name most first.
func kindOptions() []talk.Option {
	var options []talk.Option
	for _, k := range fraud.Kinds() {
		options = append(options, talk.Option{ID: k.Key, Label: "kind." + k.Key})
	}
	return append(options, talk.Option{ID: talk.Unknown, Label: "report.kind_unknown"})
}

// askWho asks for whom the resident reports, and for the names.
func askWho(t *talk.Talk) {
	who := t.ChooseBy("report.who", whoIn,
		talk.Option{ID: "self", Label: "report.who_self"},
		talk.Option{ID: "someone", Label: "report.who_someone"})
	if who == "someone" {
		t.Do(bot.SetVictim{Victim: bot.Person{
			Name:  t.PersonName("report.victim_name"),
			Phone: t.Phone("report.victim_phone"),
		}})
	}
	known := t.Once("own_name", t.OwnName)
	if known == "" {
		name := t.PersonName("report.own_name")
		t.Do(bot.SetName{Name: name})
		t.Do(bot.SetReporter{Name: name})
	}
}

// confirm reads the report back until the resident says that it is right.
func confirm(t *talk.Talk, parts int) {
	if t.YesNo("report.confirm", "lines", readBack(t, t.Draft(), parts)) {
		return
	}
	again := map[string][]string{
		"money":   {"report.heard", "report.amount", "report.when", "report.bank", "report.utr", "report.another_leg"},
		"kind":    {"report.kind"},
		"suspect": {"report.suspect"},
		"story":   {"report.story"},
		"who":     {"report.who", "report.victim_name", "report.victim_phone", "report.own_name", "=own_name"},
	}
	options := []talk.Option{
		{ID: "kind", Label: "report.change_kind"},
		{ID: "suspect", Label: "report.change_suspect"},
		{ID: "story", Label: "report.change_story"},
		{ID: "who", Label: "report.change_who"},
	}
	if t.Draft().MoneyGone {
		options = append([]talk.Option{{ID: "money", Label: "report.change_money"}}, options...)
	}
	what := t.Choose("report.change", options...)
	t.AskAgain(append(again[what], "report.change", "report.confirm")...)
}

// file gives the case its standing and says what comes next.
func file(t *talk.Talk, loss bool) {
	number := t.File()
	if !loss {
		t.Say("report.filed_attempt", "number", number)
		t.Say("report.chakshu")
		return
	}
	t.Say("report.filed_loss", "number", number)
	draft := t.Draft()
	if t.YesNo("report.portal_text") {
		draft.Story = t.StoryOf(draft.ID)
		t.Say("complaint.copy_intro")
		t.SayText(portalText(t, draft))
	}
	t.Say("report.last_word", "number", number)
}
