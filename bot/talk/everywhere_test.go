package talk_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"mitan/bot"
	"mitan/bot/talk"
	"mitan/locales"
)

// The question whether money is gone takes the words that mean it everywhere.
func TestMoneyGoneAnswersItsOwnQuestion(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"पैसा कट गया", "paisa kat gaya", "my money is gone"} {
		s := newStage(t, nil)
		s.say("0", "1").requireSaid("report.money_gone")
		s.say(text).requireSaid("report.call_now", "report.amount")
	}
	told := newStage(t, nil) // what is told beside it is read back, not asked again
	told.say("0", "1").requireSaid("report.money_gone")
	told.say("25000 kat gaye").requireSaid("report.call_now", "report.heard")
	told.say("1").requireSaid("report.when")
	s := newStage(t, nil)
	s.say("0", "1")
	s.say("नहीं कटा").requireSaid("report.kind")
}

// fruits are eleven options.
func fruits() (options []talk.Option) {
	for _, name := range strings.Fields("आम केला सेब अनार अंगूर पपीता अमरूद संतरा लीची बेर जामुन") {
		options = append(options, talk.Option{ID: name, Name: name})
	}
	return options
}

// A menu of more than five is shown in pages: the last line turns the page,
// back turns it back, and a number means what it means on the page that stands.
func TestPages(t *testing.T) {
	t.Parallel()
	chosen := ""
	s := newStage(t, func(t *talk.Talk) {
		chosen = t.Choose("report.kind", fruits()...)
		t.Say("enrol.stayed")
	})
	lines := func(reply string) int { return strings.Count(reply, "\n*") }
	first := s.say("टिप")
	assert.Contains(t, first.Replies[0], "*1* आम\n")
	assert.Equal(t, talk.PageSize, lines(first.Replies[0]))
	second := s.say("5")
	assert.Contains(t, second.Replies[0], "*1* अंगूर\n")
	assert.Contains(t, s.say("वापस").Replies[0], "*1* आम\n")
	third := s.say("5", "5")
	assert.Equal(t, 3, lines(third.Replies[0]), "what is left, without another page")
	s.say("2").requireSaid("enrol.stayed")
	assert.Equal(t, "बेर", chosen)

	s.say("टिप", "संतरा")
	assert.Equal(t, "संतरा", chosen, "a label counts from whichever page")
}

// needed asks twice for what nobody can leave unknown.
func needed(t *talk.Talk) {
	t.YesNo("report.another_leg")
	t.Text("enrol.place")
	t.Say("enrol.stayed")
}

// The first miss is answered in other words, the second with an officer's
// help, the third by an officer. An answer in between starts the count anew.
func TestMisses(t *testing.T) {
	t.Parallel()
	s := newStage(t, needed)
	s.say("टिप")
	s.say("qwxz").requireSaid("talk.not_understood")
	s.say("1") // understood
	s.say("12").requireSaid("talk.not_understood")
	s.say("12").requireSaid("talk.offer_officer")
	s.say("2").requireSaid("enrol.place")
	s.say("12").requireSaid("talk.not_understood")
	s.say("12").requireSaid("talk.offer_officer")
	handed := s.say("1")
	assert.Equal(t, []bot.Escalate{{Reason: bot.ReasonMisses}}, effects[bot.Escalate](handed))

	s = newStage(t, needed)
	handed = s.say("टिप", "qwxz", "qwxz", "qwxz")
	assert.Equal(t, []bot.Escalate{{Reason: bot.ReasonMisses}}, effects[bot.Escalate](handed))
	assert.NotEmpty(t, handed.Replies)
}

// An offer of an officer is not taken for the question: an answer to the
// question still counts.
func TestAnswerInsteadOfTheOffer(t *testing.T) {
	t.Parallel()
	s := newStage(t, func(t *talk.Talk) { t.Text("enrol.place"); t.Say("enrol.stayed") })
	s.say("टिप", "12", "12")
	s.say("पेंडरवा").requireSaid("enrol.stayed")
}

// Where not knowing is an answer, two misses are one: the words are kept, an
// officer will ask, and the talk goes on.
func TestMissesWhereNotKnowingIsAnAnswer(t *testing.T) {
	t.Parallel()
	s := newStage(t, nil)
	s.say("पैसा कट गया")
	s.say("qwxz").requireSaid("talk.not_understood")
	moved := s.say("qwxz")
	moved.requireSaid("talk.moving_on", "report.when")
	assert.Equal(t, []bot.KeepEvidence{{Case: 1}}, effects[bot.KeepEvidence](moved))
	assert.Equal(t, []bot.Escalate{{Reason: bot.ReasonMisses, Case: 1}}, effects[bot.Escalate](moved))
}

// A resident who falls silent is reminded once; a loss then goes to an officer
// as it is; after a day an unfinished talk is forgotten.
func TestSilenceInALoss(t *testing.T) {
	t.Parallel()
	s := newStage(t, nil)
	s.say("पैसा कट गया", "25000")
	heard := s.now
	assert.WithinDuration(t, heard.Add(talk.RemindAfter), s.wake, time.Second)
	reminded := s.after(talk.RemindAfter)
	reminded.requireSaid("talk.reminder", "report.when")
	assert.Empty(t, effects[bot.Escalate](reminded))

	assert.WithinDuration(t, heard.Add(talk.StallAfter), s.wake, time.Second)
	stalled := s.after(talk.StallAfter - talk.RemindAfter)
	stalled.requireSaid("talk.stalled")
	escalations := effects[bot.Escalate](stalled)
	require.Len(t, escalations, 1)
	assert.Equal(t, bot.Escalate{Reason: bot.ReasonStalled, Urgent: true, Case: 1}, escalations[0])

	assert.WithinDuration(t, heard.Add(talk.KeepDraft), s.wake, time.Second)
	forgotten := s.after(talk.KeepDraft - talk.StallAfter)
	assert.Empty(t, forgotten.Replies)
	assert.Empty(t, effects[bot.AbandonCase](forgotten), "a loss stays with the officers")
	assert.Zero(t, s.wake)
}

// Before the day is over the resident goes on where they stood.
func TestAnswerAfterTheReminder(t *testing.T) {
	t.Parallel()
	s := newStage(t, nil)
	s.say("पैसा कट गया", "25000")
	s.after(talk.RemindAfter)
	s.after(talk.StallAfter)
	s.say("आज सुबह 9 बजे").requireSaid("report.bank")
	assert.WithinDuration(t, s.now.Add(talk.RemindAfter), s.wake, time.Second, "and is reminded anew")
}

// An attempt that is left half-way is reminded of, stalls nobody, and is given
// up after a day.
func TestSilenceInAnAttempt(t *testing.T) {
	t.Parallel()
	s := newStage(t, nil)
	s.say("0", "1", "2")
	reminded := s.after(talk.RemindAfter)
	require.NotEmpty(t, reminded.Replies)
	reminded = s.after(talk.StallAfter)
	assert.Empty(t, reminded.Replies)
	forgotten := s.after(talk.KeepDraft)
	assert.Equal(t, []bot.AbandonCase{{Case: 1}}, effects[bot.AbandonCase](forgotten))
	assert.Zero(t, s.wake)
}

// Thirty messages in a minute are answered; beyond that one notice and one
// call for an officer, and all is kept; a minute later the bot answers again.
func TestBurst(t *testing.T) {
	t.Parallel()
	s := newStage(t, nil)
	s.say("0")
	s.now = s.now.Add(talk.BurstWindow)
	for n := range 3 * talk.BurstLimit {
		m := bot.Message{Kind: bot.Text, Text: fmt.Sprint("संदेश ", n)}
		out := s.step(&m)
		assert.Equal(t, m.Text, out.Text)
		switch {
		case n < talk.BurstLimit:
			require.NotEmpty(t, out.Replies, n)
		case n == talk.BurstLimit:
			out.requireSaid("talk.too_many")
			assert.Equal(t, []bot.Effect{bot.Escalate{Reason: bot.ReasonFlood}}, out.Effects)
		default:
			require.Empty(t, out.Replies, n)
			require.Empty(t, out.Effects, n)
		}
	}
	s.now = s.now.Add(talk.BurstWindow)
	s.say("0").requireSaid("menu.what")
}

// In a flood, too, what belongs to a case is kept as its evidence.
func TestBurstInACase(t *testing.T) {
	t.Parallel()
	s := newStage(t, nil)
	s.say("0", "1", "2", "otp", "पता नहीं") // an attempt, up to its story
	for range 2 * talk.BurstLimit {
		out := s.step(&bot.Message{Kind: bot.Text, Text: "फिर उसने फ़ोन किया"})
		require.Equal(t, []bot.KeepEvidence{{Case: 1}}, effects[bot.KeepEvidence](out))
	}
}

// Secrets are masked before anything is kept; a bare code is one wherever no
// number is asked for.
func TestMasks(t *testing.T) {
	t.Parallel()
	menu, amount, utr := []string{"0"}, []string{"पैसा कट गया"}, []string{"पैसा कट गया", "25000", "पता नहीं", "SBI"}
	for _, test := range []struct {
		before []string
		text   string
		secret string // "" if all of it may be kept
	}{
		{menu, "482913", "482913"},
		{menu, "4829", "4829"},
		{menu, "४८२९१३", "४८२९१३"},
		{menu, "मेरा OTP 482913 है", "482913"},
		{menu, "upi pin 4829", "4829"},
		{menu, "cvv 482", "482"},
		{menu, "25000", ""},
		{menu, "5000", ""},
		{menu, "3", ""},
		{amount, "482913", ""},
		{amount, "1930", ""},
		{utr, "482913750284", ""},
		{utr, "otp 482913", "482913"},
	} {
		s := newStage(t, nil)
		s.say(test.before...)
		out := s.say(test.text)
		if test.secret == "" {
			assert.Equal(t, test.text, out.Text)
			assert.False(t, out.Masked, test.text)
			continue
		}
		assert.True(t, out.Masked, test.text)
		assert.NotContains(t, out.Text, test.secret)
		assert.NotContains(t, string(out.Session), test.secret)
		assert.Contains(t, strings.Join(out.Replies, "\n"), text("talk.secret"))
		assert.NotContains(t, strings.Join(out.Replies, "\n"), test.secret)
		assert.NotContains(t, fmt.Sprint(out.Effects), test.secret)
	}
}

// While an officer holds the conversation secrets are masked all the same.
func TestMasksWhileClaimed(t *testing.T) {
	t.Parallel()
	s := newStage(t, nil)
	s.conversation.State = bot.Claimed
	out := s.say("OTP 482913")
	assert.True(t, out.Masked)
	assert.NotContains(t, out.Text, "482913")
}

// What was left half-way is offered again: yes goes on where it stood, no
// starts anew and gives the attempt up.
func TestResume(t *testing.T) {
	t.Parallel()
	left := func() *stage {
		s := newStage(t, nil)
		s.say("0", "1", "2") // an attempt
		s.say("0").requireSaid("menu.what")
		return s
	}
	s := left()
	s.say("1").requireSaid("resume.offer")
	s.say("हां").requireSaid("report.kind")
	assert.EqualValues(t, 1, s.numbers["case"], "it is the same case")

	s = left()
	s.say("1").requireSaid("resume.offer")
	no := s.say("नहीं")
	no.requireSaid("report.money_gone")
	assert.Equal(t, []bot.AbandonCase{{Case: 1}}, effects[bot.AbandonCase](no))
}

// A flow in which nothing was answered is not offered again.
func TestNothingToResume(t *testing.T) {
	t.Parallel()
	s := newStage(t, nil)
	started := s.say("शिकायत")
	assert.Zero(t, started.Wake, "nor reminded of")
	s.say("0")
	s.say("शिकायत")
	assert.Equal(t, started.Replies, s.say("फिर से").Replies)
}

// A loss that was left half-way is gone on with at once when money is gone
// again: it is most likely the same.
func TestMoneyGoneAgain(t *testing.T) {
	t.Parallel()
	s := newStage(t, nil)
	s.say("पैसा कट गया", "25000", "0")
	again := s.say("पैसा कट गया")
	again.requireSaid("report.call_now", "report.when")
	assert.Equal(t, []bot.KeepEvidence{{Case: 1}}, effects[bot.KeepEvidence](again))
	assert.EqualValues(t, 1, s.numbers["case"])
}

// Menu, officer and the other language work at each question of a flow, and
// the answers given so far are still there when it goes on.
func TestWaysOut(t *testing.T) {
	t.Parallel()
	for _, zero := range []string{"0", "०", "0️⃣", "मेनू", "menu"} {
		s := newStage(t, twoNames)
		s.say("टिप", "रामलाल")
		s.say(zero).requireSaid("menu.what")
	}
	for _, nine := range []string{"9", "९", "9️⃣", "पुलिस", "officer"} {
		s := newStage(t, twoNames)
		s.say("टिप", "रामलाल")
		asked := s.say(nine)
		assert.Equal(t, []bot.Escalate{{Reason: bot.ReasonAsked}}, effects[bot.Escalate](asked), nine)
	}
	s := newStage(t, twoNames)
	s.say("टिप", "रामलाल")
	english := s.say("english")
	assert.Equal(t, []bot.SetLanguage{{Lang: locales.English}}, effects[bot.SetLanguage](english))
	assert.Equal(t, catalog().Text(locales.English, "enrol.place", nil), english.Replies[1])
}

// A call gets one answer in ten minutes; each is kept.
func TestCalls(t *testing.T) {
	t.Parallel()
	s := newStage(t, twoNames)
	s.say("टिप")
	call := bot.Message{Kind: bot.Call, Text: "id"}
	s.give(call).requireSaid("talk.call")
	assert.Empty(t, s.give(call).Replies)
	s.now = s.now.Add(talk.CallQuiet)
	s.give(call).requireSaid("talk.call")
	s.say("रामलाल").requireSaid("enrol.minor", "enrol.place")
}
