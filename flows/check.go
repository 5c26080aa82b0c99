package flows

import (
	"encoding/json"
	"slices"

	"mitan/bot"
	"mitan/bot/talk"
	"mitan/flows/fraud"
	"mitan/locales"
)

// Check takes a doubtful message, typed, forwarded or as a picture, keeps it as
// evidence, and says how it looks, by what, and what to do. It never calls one
// safe. What only a person can judge goes to an officer.
func Check(t *talk.Talk) {
	said := t.Message(talk.ShownKey)
	shown := t.Shown()
	if shown == talk.ShownPicture {
		t.Words(talk.WordsKey)
	}
	f := look(t, shown, said)
	if f.Person {
		t.Do(bot.Escalate{Reason: bot.ReasonCheck})
		t.Say(personKey(shown))
	} else {
		t.SayText(f.verdict(t))
		f.advise(t)
		if k, ok := fraud.Find(f.Kind); ok && k.Gentle {
			t.Do(bot.Escalate{Reason: bot.ReasonCheck, Urgent: true}) // a person, and at once
		}
	}
	f.goOn(t)
}

// maxAsked is of how many numbers and links of a message the helpline's memory is
// asked.
const maxAsked = 20

// maxSuspects is how many of them a report takes over.
const maxSuspects = 5

// A finding is what the check makes of a message.
type finding struct {
	fraud.Judgement
	Reports int  `json:",omitempty"` // other residents who have reported what stands in it
	Person  bool `json:",omitempty"` // only a person can judge it
	// Suspects are numbers and links in what looks like a fraud.
	Suspects []bot.Suspect `json:",omitempty"`
}

// look judges the message of this turn, once: said is what came with a picture.
func look(t *talk.Talk, shown talk.Shown, said string) finding {
	value := t.Once("check.finding", func() string {
		data, err := json.Marshal(judge(t, shown, said))
		if err != nil {
			panic(err) // texts and numbers always marshal
		}
		return string(data)
	})
	var f finding
	if err := json.Unmarshal([]byte(value), &f); err != nil {
		return finding{Person: true} // kept by another version of the program
	}
	return f
}

func judge(t *talk.Talk, shown talk.Shown, said string) finding {
	words := t.Seen()
	if shown == talk.ShownOther || (shown == talk.ShownPicture && words == "") {
		return finding{Person: true}
	}
	if shown == talk.ShownPicture {
		words = said + "\n" + words
	}
	var f finding
	asked := 0
	f.Judgement = fraud.Check(words, func(id locales.Identifier) int {
		if asked++; asked > maxAsked {
			return 0
		}
		n := t.Reported(bot.Suspect{Type: string(id.Type), Value: id.Value})
		f.Reports = max(f.Reports, n)
		return n
	})
	if f.Verdict != fraud.CannotTell {
		f.Suspects = reachable(words)
	}
	f.Reasons = f.Reasons[:min(len(f.Reasons), maxReasons)]
	f.Person = f.Verdict == fraud.CannotTell && shown == talk.ShownFile
	if shown == talk.ShownPicture && f.Question == sendMessage {
		f.Question = "" // it is here
	}
	return f
}

// reachable are the numbers, ids and links by which the writer of a message wants
// to be reached or paid.
func reachable(words string) []bot.Suspect {
	var found []bot.Suspect
	for _, id := range locales.Identifiers(words) {
		s := bot.Suspect{Type: id.Type, Value: id.Value}
		if id.Type != locales.TypeUTR && len(found) < maxSuspects && !slices.Contains(found, s) {
			found = append(found, s)
		}
	}
	return found
}

// told is what a report need not ask again, as the resident's own answers.
func (f finding) told() map[string]string {
	told := map[string]string{}
	if f.Kind != "" {
		told["report.kind"], told[advisedKey] = f.Kind, f.Kind
	}
	if len(f.Suspects) > 0 {
		data, err := json.Marshal(f.Suspects)
		if err != nil {
			panic(err) // texts always marshal
		}
		told["report.suspect"] = string(data)
	}
	return told
}

// sendMessage is the checker's question for the message itself.
const sendMessage = "send_message"

// personKey is the text for what only a person can judge.
func personKey(shown talk.Shown) string {
	switch shown {
	case talk.ShownPicture:
		return "check.illegible"
	case talk.ShownFile:
		return "check.file"
	}
	return "check.person"
}

// goOn offers what may come next: to report a fraud where it looks like one,
// else to ask an officer.
func (f finding) goOn(t *talk.Talk) {
	officer := talk.Option{ID: talk.OfficerFlow, Label: "check.ask_officer"}
	report := talk.Option{ID: talk.ReportFlow, Label: "check.report"}
	options := []talk.Option{report, officer}
	switch {
	case f.Person: // an officer has it
		options = options[:1]
	case f.Verdict != fraud.Danger:
		options = []talk.Option{officer, report}
	}
	options = append(options,
		talk.Option{ID: talk.CheckFlow, Label: "check.another"},
		talk.Option{ID: talk.MenuFlow, Label: "check.nothing"})
	switch t.Choose("check.next", options...) {
	case talk.OfficerFlow:
		t.Do(bot.Escalate{Reason: bot.ReasonCheck})
		t.Go(talk.OfficerFlow)
	case talk.ReportFlow:
		t.GoTelling(talk.ReportFlow, f.told())
	case talk.CheckFlow:
		t.Go(talk.CheckFlow)
	}
	t.Say("check.bye")
}
