package talk_test

import (
	"errors"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"mitan/bot"
	"mitan/bot/talk"
)

// twoNames asks for a name and a place, and acts at each answer.
func twoNames(t *talk.Talk) {
	t.Say("enrol.not_now")
	name := t.Text("enrol.name")
	t.Do(bot.SetName{Name: name})
	t.Say("enrol.minor")
	place := t.Text("enrol.place")
	t.Do(bot.SetName{Name: name + ", " + place})
	t.Say("enrol.stayed")
}

// However often a flow runs again, what it says and does happens once, in the
// turn of the answer that led to it.
func TestSaysAndDoesOnce(t *testing.T) {
	t.Parallel()
	s := newStage(t, twoNames)
	first := s.say("टिप")
	first.requireSaid("enrol.not_now", "enrol.name")
	assert.Empty(t, first.Effects)

	second := s.say("रामलाल")
	second.requireSaid("enrol.minor", "enrol.place")
	assert.Equal(t, []bot.SetName{{Name: "रामलाल"}}, effects[bot.SetName](second))

	third := s.say("पेंडरवा")
	third.requireSaid("enrol.stayed")
	assert.Equal(t, []bot.SetName{{Name: "रामलाल, पेंडरवा"}}, effects[bot.SetName](third))
	assert.Zero(t, third.Wake, "a flow that has ended reminds of nothing")
}

// To hear the question again changes nothing.
func TestRepeat(t *testing.T) {
	t.Parallel()
	s := newStage(t, twoNames)
	s.say("टिप", "रामलाल")
	again := s.say("फिर से")
	again.requireSaid("enrol.place")
	assert.Empty(t, again.Effects)
	s.say("पेंडरवा").requireSaid("enrol.stayed")
}

// Back drops the last answer and asks for it again; before the first one is
// the menu.
func TestBack(t *testing.T) {
	t.Parallel()
	s := newStage(t, twoNames)
	s.say("टिप", "रामलाल")
	back := s.say("वापस")
	back.requireSaid("enrol.name")
	assert.Empty(t, back.Effects)
	other := s.say("गीता")
	assert.Equal(t, []bot.SetName{{Name: "गीता"}}, effects[bot.SetName](other))
	s.say("वापस").requireSaid("enrol.name")
	s.say("वापस").requireSaid("menu.what")
}

// A fact that a flow has read stays the same on each later run, until back goes
// before it.
func TestFactsStay(t *testing.T) {
	t.Parallel()
	reads := 0
	var seen []string
	s := newStage(t, func(t *talk.Talk) {
		t.Text("enrol.name")
		seen = append(seen, t.Once("fact", func() string {
			reads++
			return []string{"first", "second"}[reads-1]
		}))
		t.Text("enrol.place")
		t.Text("report.victim_name")
	})
	s.say("टिप", "रामलाल", "पेंडरवा", "फिर से")
	assert.Equal(t, 1, reads)
	s.say("वापस") // before the place, behind the fact
	assert.Equal(t, 1, reads)
	s.say("वापस", "गीता") // before the name, and so before the fact
	assert.Equal(t, 2, reads)
	assert.Equal(t, []string{"first", "first", "first", "first", "second"}, seen)
}

// A number of a series is taken once, and given again on each run.
func TestNumbersAreTakenOnce(t *testing.T) {
	t.Parallel()
	var seen []int64
	s := newStage(t, func(t *talk.Talk) {
		seen = append(seen, t.Next(bot.VolunteerSeries))
		t.Text("enrol.name")
		t.Text("enrol.place")
	})
	s.say("टिप", "रामलाल", "वापस", "गीता", "पेंडरवा")
	for _, n := range seen {
		assert.EqualValues(t, 1, n)
	}
	assert.EqualValues(t, 1, s.numbers[bot.VolunteerSeries])
}

// A question in a loop is another one in each round.
func TestLoop(t *testing.T) {
	t.Parallel()
	var names []string
	s := newStage(t, func(t *talk.Talk) {
		names = nil
		for more := true; more; more = t.YesNo("report.another_leg") {
			names = append(names, t.Text("enrol.name"))
		}
		t.Say("enrol.stayed")
	})
	s.say("टिप", "एक", "हां", "दो", "हां", "तीन")
	s.say("वापस", "चार")
	s.say("नहीं").requireSaid("enrol.stayed")
	assert.Equal(t, []string{"एक", "दो", "चार"}, names)
}

// AskAgain forgets answers, in each round of a loop, and keeps the others.
func TestAskAgain(t *testing.T) {
	t.Parallel()
	var places []string
	s := newStage(t, func(t *talk.Talk) {
		t.Text("enrol.name")
		places = []string{t.Text("enrol.place"), t.Text("enrol.place")}
		if !t.YesNo("report.confirm", "lines", "x") {
			t.AskAgain("enrol.place", "report.confirm")
		}
		t.Say("enrol.stayed")
	})
	s.say("टिप", "रामलाल", "पेंडरवा", "बिल्हा")
	s.say("नहीं").requireSaid("enrol.place")
	s.say("कोटा").requireSaid("enrol.place")
	s.say("सीपत", "हां").requireSaid("enrol.stayed")
	assert.Equal(t, []string{"कोटा", "सीपत"}, places)
}

// A newer program with one more question in the middle asks it, and keeps what
// was answered behind it.
func TestQuestionAddedInTheMiddle(t *testing.T) {
	t.Parallel()
	s := newStage(t, func(t *talk.Talk) {
		t.Text("enrol.name")
		t.Text("enrol.place")
		t.Text("report.victim_name")
	})
	s.say("टिप", "रामलाल", "पेंडरवा")
	var name, amount, place any
	s.change(func(t *talk.Talk) {
		name = t.Text("enrol.name")
		amount = t.Amount("report.amount")
		place = t.Text("enrol.place")
		t.Say("enrol.stayed")
	})
	s.say("गीता").requireSaid("report.amount")
	s.say("25000").requireSaid("enrol.stayed")
	assert.Equal(t, []any{"रामलाल", bot.Paise(25_000_00), "पेंडरवा"}, []any{name, amount, place})
}

// A newer program without the question that stands asks the next one; the
// message is not taken for an answer to what nobody asked.
func TestQuestionRemoved(t *testing.T) {
	t.Parallel()
	s := newStage(t, func(t *talk.Talk) { t.Text("enrol.name"); t.Text("enrol.place") })
	s.say("टिप", "रामलाल")
	s.change(func(t *talk.Talk) { t.Text("enrol.name"); t.Amount("report.amount") })
	s.say("पेंडरवा").requireSaid("report.amount")
}

// An answer that a newer program no longer accepts is asked for again, and the
// others are kept.
func TestAnswerNoLongerAccepted(t *testing.T) {
	t.Parallel()
	both := []talk.Option{{ID: "old", Name: "पुराना"}, {ID: "new", Name: "नया"}}
	ask := func(options ...talk.Option) func(*talk.Talk) {
		return func(t *talk.Talk) {
			t.Text("enrol.name")
			t.Choose("report.kind", options...)
			t.Text("enrol.place")
		}
	}
	s := newStage(t, ask(both...))
	s.say("टिप", "रामलाल", "1")
	s.change(ask(both[1]))
	s.say("पेंडरवा").requireSaid("report.kind")
	s.say("1").requireSaid("enrol.place")
}

// A flow that panics ends with an officer: nothing that it said or did in that
// run counts, and the next message finds a talk that works.
func TestPanic(t *testing.T) {
	t.Parallel()
	s := newStage(t, func(t *talk.Talk) {
		name := t.Text("enrol.name")
		t.Do(bot.SetName{Name: name})
		t.Say("enrol.minor")
		var nobody *bot.Case
		nobody.Kind = name
	})
	s.say("टिप")
	broken := s.say("रामलाल")
	broken.requireSaid("talk.broken")
	assert.Equal(t, []bot.Effect{bot.Escalate{Reason: bot.ReasonBroken}}, broken.Effects)
	assert.Contains(t, broken.Broken, "tips at mitan/bot/talk_test.TestPanic")
	assert.NotContains(t, broken.Broken, "रामलाल", "no words in the log")
	assert.Equal(t, "रामलाल", broken.Text)
	s.say("0").requireSaid("menu.what")
}

// A flow that panics in the middle of a loss is urgent.
func TestPanicInALoss(t *testing.T) {
	t.Parallel()
	s := newStage(t, func(t *talk.Talk) {
		t.Do(bot.SetMoneyGone{Gone: true})
		t.Text("enrol.name")
		panic("x")
	})
	s.say("टिप")
	assert.Equal(t, []bot.Effect{bot.Escalate{Reason: bot.ReasonBroken, Urgent: true}}, s.say("रामलाल").Effects)
}

// A flow that panics while nobody writes is found and ended too.
func TestPanicOfATimer(t *testing.T) {
	t.Parallel()
	s := newStage(t, twoNames)
	s.say("टिप", "रामलाल")
	s.change(func(*talk.Talk) { panic("x") })
	woken := s.after(talk.RemindAfter)
	woken.requireSaid("talk.broken")
	assert.Zero(t, woken.Wake)
}

// Flows that hand over to one another for ever are broken, not endless.
func TestCircle(t *testing.T) {
	t.Parallel()
	s := newStage(t, func(t *talk.Talk) { t.Go("tips") })
	s.say("टिप").requireSaid("talk.broken")
}

// A session that cannot be read ends as a broken flow does.
func TestUnreadableSession(t *testing.T) {
	t.Parallel()
	for _, session := range []string{"{", "null and void", `{"flow":7}`, `{"flow":"gone","journal":[{"k":"x","v":"y"}],"asked":"x"}`} {
		s := newStage(t, nil)
		s.conversation.Session = []byte(session)
		broken := s.say("25000")
		broken.requireSaid("talk.broken")
		assert.NotEmpty(t, broken.Broken)
		s.say("0").requireSaid("menu.what")
	}
}

// While an officer holds the conversation, not even a session that cannot be
// read makes the bot speak.
func TestUnreadableSessionWhileClaimed(t *testing.T) {
	t.Parallel()
	s := newStage(t, nil)
	s.conversation.State, s.conversation.Session = bot.Claimed, []byte("{")
	claimed := s.say("25000")
	assert.Empty(t, claimed.Replies)
	assert.Equal(t, []byte("{"), claimed.Session)
}

// A read that fails is an error of the step, not a broken flow: the message
// comes again.
func TestFailedRead(t *testing.T) {
	t.Parallel()
	s := newStage(t, nil)
	s.failed = errors.New("the disk has a fault")
	_, err := s.dialogue.Step(bot.Situation{
		Now: s.now, Conversation: s.conversation, Message: &bot.Message{Kind: bot.Text, Text: "मेरे केस"}, Recall: s,
	})
	require.ErrorIs(t, err, s.failed)
}
