package talk

import (
	"mitan/bot"
	"mitan/locales"
)

// everywhere answers what counts at each question and between them. It tells
// whether it has answered.
func (t *Talk) everywhere() bool {
	if t.hasMedia() && t.text == "" {
		return false
	}
	if t.in.Forwarded || t.isCard() {
		return false // somebody else's words
	}
	if t.signs() {
		return true
	}
	if t.urgent() || t.moneyGone() || t.enrol() {
		return true
	}
	return t.obey()
}

// urgent answers danger to a life before anything else.
func (t *Talk) urgent() bool {
	matter := t.d.catalog.Urgent(t.text)
	if matter == "" || t.s.Kind == askShow {
		return false
	}
	t.park()
	t.start(UrgentFlow, entry{Key: "=urgent.matter", Value: string(matter), Result: true})
	return true
}

// moneyGone starts the report at "money is gone", or turns a report of an
// attempt into one of a loss.
func (t *Talk) moneyGone() bool {
	if t.s.Kind == askShow || t.reading().Intent != Intent(locales.CmdMoneyGone) {
		return false
	}
	if t.s.Kind == askListen && t.s.Parked.unfinishedLoss() {
		return false // the officers have it, and hear this too
	}
	if t.s.Flow == ReportFlow && (t.s.Case == nil || !t.s.Case.Filed) {
		gone := t.s.find(MoneyGoneKey)
		if gone != nil && gone.Value != no {
			return false // it is known; the question that stands reads it
		}
		t.restartReport()
		return true
	}
	t.park()
	if t.s.Parked.unfinishedLoss() {
		t.resumeLoss() // most likely the same money
		return true
	}
	t.beginReport(entry{Key: MoneyGoneKey, Value: yes})
	return true
}

// resumeLoss goes on with a loss that was left half-way, first things first.
func (t *Talk) resumeLoss() {
	t.reply("report.call_now", t.render("report.call_now"))
	t.out.Effects = append(t.out.Effects,
		bot.KeepEvidence{Case: t.s.Parked.Case.ID},
		bot.Escalate{Reason: bot.ReasonLoss, Urgent: true, Case: t.s.Parked.Case.ID})
	t.s.matter, t.s.Parked = *t.s.Parked, nil
	t.s.Asked, t.s.Kind = "", ""
	t.run(false)
}

// restartReport runs the report anew from "money is gone", which is its first
// question. The case that was begun goes on.
func (t *Talk) restartReport() {
	begun := t.s.Case
	t.s.matter = matter{Flow: ReportFlow, Journal: []entry{{Key: MoneyGoneKey, Value: yes}}, Case: begun}
	t.s.Told = t.d.extract(t.d.catalog, t.text, t.now)
	t.input, t.live, t.amend = false, true, true
	t.runFlow()
	t.live = true
	t.Evidence()
}

// beginReport starts the report with the message as its first evidence and
// with what the message tells unasked.
func (t *Talk) beginReport(known ...entry) {
	t.begin(ReportFlow, known...)
	t.s.Told = t.d.extract(t.d.catalog, t.text, t.now)
	for _, e := range known {
		delete(t.s.Told, e.Key)
	}
	t.input, t.live = false, true
	t.runFlow()
	if t.s.Case == nil {
		t.openDraft() // for the message to be its evidence
		t.amend = true
	}
	t.live = true
	t.Evidence()
}

// enrol starts the enrolment at its phrase, in any of its spellings.
func (t *Talk) enrol() bool {
	if t.s.Kind == askStory || t.s.Kind == askShow || !t.namesMitan() {
		return false
	}
	if t.s.Flow == EnrolFlow && t.s.Asked != "" {
		t.run(false) // asks again: the phrase may stand in its opposite
		return true
	}
	t.park()
	t.start(EnrolFlow)
	return true
}

// namesMitan tells whether the message has the phrase of the enrolment. It may
// stand in its opposite, or in a question: what a Cyber Mitan does is told, and
// that it is wanted must be confirmed. A yes or a no is an answer.
func (t *Talk) namesMitan() bool {
	return t.d.catalog.EnrolPhrase(t.text) && t.reading().Intent != yes && t.reading().Intent != no
}

// obey answers the words that are a command when they stand alone.
func (t *Talk) obey() bool {
	c := t.command()
	if t.wantsOfficer() {
		c = locales.CmdOfficer
	}
	switch c {
	case locales.CmdMenu, locales.CmdHelp:
		t.menu()
	case locales.CmdOfficer:
		if len(t.lines) > 0 {
			t.keepForCase() // what was said beside it
		}
		t.officer()
	case locales.CmdBack:
		t.back()
	case locales.CmdRepeat:
		t.again()
	case locales.CmdHindi:
		t.switchTo(locales.Hindi)
	case locales.CmdEnglish:
		t.switchTo(locales.English)
	default:
		return t.startsFlow(c)
	}
	return true
}

// The numbers that mean the same at every question.
const (
	menuNumber    = 0
	officerNumber = 9
)

// wantsOfficer tells whether the message asks for an officer, in words or by
// the number.
func (t *Talk) wantsOfficer() bool {
	if t.anyLine(t.wantsOfficerAlone) {
		return true
	}
	return t.wantsOfficerAlone()
}

func (t *Talk) wantsOfficerAlone() bool {
	return t.command() == locales.CmdOfficer
}

// startsFlow starts the flow that a command names. Where an answer in free
// words is asked for, or the flow is the one that stands, the words are read
// by its question.
func (t *Talk) startsFlow(c locales.Command) bool {
	flow, ok := t.d.starts[c]
	if !ok || flow == t.s.Flow || (t.s.Asked != "" && t.s.Kind.freeText() && t.s.Kind != askListen && t.s.Kind != askWords && c != locales.CmdStopTips) {
		return false
	}
	if t.s.Asked != "" && t.s.Kind == askYesNo && t.isYesNo() {
		return false
	}
	t.park()
	if t.resume(flow) {
		return true
	}
	if t.d.catalog.Command(t.text) == "" && t.startsTelling(flow) {
		return true
	}
	t.start(flow, entry{Key: "=command", Value: string(c), Result: true})
	return true
}

// startsTelling starts the flows that read what a sentence tells beside asking
// for them: the report of a fraud, and the check of what was pasted.
func (t *Talk) startsTelling(flow string) bool {
	switch {
	case flow == ReportFlow && len([]rune(t.text)) >= wholeStory:
		t.beginReport()
	case flow == CheckFlow && len(locales.Identifiers(t.text)) > 0:
		t.startWith(CheckFlow)
	default:
		return false
	}
	return true
}

// Command is the command that started the flow; "" if something else did.
func (t *Talk) Command() locales.Command {
	if e := t.s.find("=command"); e != nil {
		return locales.Command(e.Value)
	}
	return ""
}

func (t *Talk) menu() {
	if t.conv.Resident.Lang == "" {
		t.start(WelcomeFlow)
		return
	}
	t.park()
	t.start(MenuFlow)
}

func (t *Talk) officer() {
	t.park()
	t.start(OfficerFlow)
}

// back drops the last answer and asks for it again; before the first one is
// the menu. In a long menu it turns a page back.
func (t *Talk) back() {
	if t.s.Flow == "" || t.s.Flow == MenuFlow {
		t.menu()
		return
	}
	if t.s.Page > 0 {
		t.s.Page--
		t.run(false)
		return
	}
	before := len(t.s.Journal)
	var last string
	for i := before - 1; i >= 0 && last == ""; i-- {
		if e := t.s.Journal[i]; !e.Result && !e.Open {
			last = e.Key
		}
	}
	if !t.s.back() {
		t.menu()
		return
	}
	delete(t.s.Told, last)
	t.s.Asked, t.s.Kind = "", ""
	t.amend = t.s.Case != nil
	t.run(false)
}

// again says the question that stands once more.
func (t *Talk) again() {
	if t.s.Flow == "" || t.s.Asked == "" {
		t.menu()
		return
	}
	t.run(false)
}
