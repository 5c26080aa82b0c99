package talk

import (
	"time"

	"mitan/bot"
)

// beside answers what is no answer to any question: a call, a change of an
// earlier message, what the helpline cannot look at. It tells whether nothing
// is left to be answered.
func (t *Talk) beside() bool {
	switch t.in.Kind {
	case bot.Call:
		t.call()
		return true
	case bot.Edit, bot.Vote:
		// Before the language is known nothing has been answered: an edit is
		// read as a first message is.
		if t.in.Kind == bot.Edit && t.conv.Resident.Lang == "" {
			return false
		}
		t.edited()
		return true
	case bot.ViewOnce:
		t.unseen("talk.view_once")
		return t.text == ""
	case bot.Other:
		if t.text == "" {
			t.unseen("talk.unsupported")
		}
		return t.text == ""
	}
	return false
}

// call answers a call, which nobody can take here. The officers learn of each,
// the resident is answered once in a while.
func (t *Talk) call() {
	t.out.Effects = append(t.out.Effects, bot.Escalate{Reason: bot.ReasonVoice})
	if t.now.Sub(time.Unix(t.s.CallAt, 0)) < CallQuiet {
		return
	}
	t.s.CallAt = t.now.Unix()
	t.reply("talk.call", t.inAllLanguages("talk.call"))
}

// edited answers the change of an earlier message, or a vote in a poll that no
// longer stands. What is urgent counts here too; else it is kept, and the talk
// stays where it is: an answer is changed by going back.
func (t *Talk) edited() {
	if t.in.Kind == bot.Edit {
		before := len(t.out.Replies)
		if t.urgent() || t.moneyGone() {
			t.helpFirst(before)
			return
		}
		if t.s.Kind == askListen {
			t.run(true)
			return
		}
		t.keepForCase()
	}
	t.reply("talk.edited", t.inAllLanguages("talk.edited"))
}

// unseen says that the helpline cannot look at something, and asks the question
// that stands again. It is no miss.
func (t *Talk) unseen(key string) {
	t.reply(key, t.inAllLanguages(key))
	if t.text != "" {
		return
	}
	t.s.Offered = false
	switch {
	case t.s.Kind == askStory || t.s.Kind == askListen:
	case t.s.Flow != "" && t.s.Asked != "":
		t.run(false)
	default:
		t.menu()
	}
}
