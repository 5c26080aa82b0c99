package talk

import (
	"mitan/bot"
	"mitan/locales"
)

// wholeStory is the least length, in characters, of a message that is read as
// a story rather than as a word that was not understood.
const wholeStory = 25

// unasked answers a message that comes when nothing is being asked.
func (t *Talk) unasked() {
	switch {
	case t.hasMedia():
		t.mediaAlone()
	case t.in.Forwarded:
		t.startWith(CheckFlow)
	case t.isKindWord() || t.closesTalk():
		if !t.greeted {
			t.reply("talk.kind_word", t.render("talk.kind_word"))
		}
		t.start(MenuFlow)
	case t.tellsStory() && !locales.FirstPerson(t.text):
		t.greet()
		t.startWith(CheckFlow)
	case t.tellsStory():
		t.greet()
		t.beginReport()
	default:
		t.greet()
		t.begin(MenuFlow)
		t.input, t.live = len([]rune(t.text)) <= wholeStory, true
		t.runFlow()
	}
}

// closesTalk tells whether the message, which answers no question, only ends
// the talk: "ok", "bas".
func (t *Talk) closesTalk() bool {
	switch t.command() {
	case locales.CmdYes, locales.CmdNo, locales.CmdDone, locales.CmdDontKnow:
		return true
	}
	return false
}

// mediaAlone answers a picture, a recording or a file that comes unasked: it
// is most likely something to be checked; a voice must be heard by a person.
func (t *Talk) mediaAlone() {
	switch t.in.Kind {
	case bot.Sticker:
		t.reply("talk.kind_word", t.render("talk.kind_word"))
		t.start(MenuFlow)
	case bot.Voice, bot.Video:
		t.out.Effects = append(t.out.Effects, bot.KeepEvidence{}, bot.Escalate{Reason: bot.ReasonVoice})
		t.keepForCase()
		t.reply("talk.got_voice", t.render("talk.got_voice"))
		t.start(MenuFlow)
	case bot.Location:
		t.out.Effects = append(t.out.Effects, bot.KeepEvidence{})
		t.keepForCase()
		t.reply("talk.got_file", t.render("talk.got_file"))
		t.start(MenuFlow)
	default:
		t.startWith(CheckFlow)
	}
}

// tellsStory tells whether the message is a story of a fraud rather than a
// word: long, and with something in it that the report would ask for.
func (t *Talk) tellsStory() bool {
	return len([]rune(t.text)) >= wholeStory && len(t.d.extract(t.d.catalog, t.text, t.now)) > 0
}

// Heard reads back what the first message told unasked, for one yes or no. A
// no forgets it, and the questions are asked. It tells whether something was
// told, and is right.
func (t *Talk) Heard(key string) bool {
	if len(t.s.Told) == 0 && t.s.find(key) == nil {
		return false
	}
	right := t.YesNo(key, "told", t.told())
	if !right {
		t.s.Told = nil
	}
	return right
}

// Told tells whether the first message answered the question of that key, with
// its count in a loop.
func (t *Talk) Told(key string) bool {
	_, ok := t.s.Told[key]
	return ok
}

// ToldOf is what the first message answered to the question of that key, and the
// resident has not denied; "" if nothing.
func (t *Talk) ToldOf(key string) string {
	return t.Once("told."+key, func() string { return t.s.Told[key] })
}

// told is what the first message told, in words, a line each.
func (t *Talk) told() string {
	return t.d.tell(t, t.s.Told)
}

// timer wakes a talk whose resident is silent.
func (t *Talk) timer() {
	kept := t.s.kept(t.d.flows)
	if kept == nil {
		return
	}
	standing := kept == &t.s.matter
	silent := t.now.Unix() - t.s.HeardAt
	switch {
	case silent >= int64(KeepDraft.Seconds()):
		t.forget(kept, standing)
	case silent >= int64(StallAfter.Seconds()) && t.s.Stage < stalled && kept.unfinishedLoss():
		t.s.Stage = stalled
		t.live = true
		t.out.Effects = append(t.out.Effects, bot.Escalate{Reason: bot.ReasonStalled, Urgent: true, Case: kept.Case.ID})
		t.reply("talk.stalled", t.render("talk.stalled"))
	case silent >= int64(RemindAfter.Seconds()) && t.s.Stage == notReminded && standing:
		t.s.Stage = reminded
		t.reply("talk.reminder", t.render("talk.reminder"))
		t.run(false)
	}
}

// forget ends a flow that was left half-way a day ago. A loss stays with the
// officers; an attempt is given up.
func (t *Talk) forget(kept *matter, standing bool) {
	t.giveUp(kept)
	if standing {
		t.s.matter = matter{}
	}
	t.s.Parked = nil
}

// giveUp ends the case of a flow that is not gone on with, if it is an attempt
// that was not confirmed.
func (t *Talk) giveUp(m *matter) {
	if m != nil && m.Case != nil && !m.Case.Filed && !m.Case.Loss {
		t.out.Effects = append(t.out.Effects, bot.AbandonCase{Case: m.Case.ID})
	}
}

// resume offers to go on with a flow that was left half-way. It tells whether
// it has asked.
func (t *Talk) resume(flow string) bool {
	if t.s.Parked == nil || t.s.Parked.Flow != flow {
		return false
	}
	t.start(ResumeFlow)
	return true
}

// Parked tells whether a flow waits half-way, and which.
func (t *Talk) Parked() string {
	return t.Once("parked", func() string {
		if t.s.Parked == nil {
			return ""
		}
		return t.s.Parked.Flow
	})
}

// Resume goes on with the flow that waits half-way, in this turn.
func (t *Talk) Resume() { panic(resumeParked{}) }

// Discard forgets the flow that waits half-way.
func (t *Talk) Discard() {
	if t.live && t.s.Parked != nil {
		t.giveUp(t.s.Parked)
		t.s.Parked = nil
	}
}

type resumeParked struct{}

// unpark runs the flow that waits half-way, up to the question that stood.
func (t *Talk) unpark() (next string, waits bool) {
	if t.s.Parked == nil {
		return MenuFlow, false
	}
	t.s.matter, t.s.Parked = *t.s.Parked, nil
	t.s.Asked, t.s.Kind = "", ""
	t.input, t.live = false, false
	return t.runOnce()
}
