package talk_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"mitan/bot"
	"mitan/bot/talk"
	"mitan/locales"
)

// edit changes an earlier message.
func (s *stage) edit(text string) turn {
	s.Helper()
	return s.give(bot.Message{Kind: bot.Edit, Text: text, QuoteID: "earlier"})
}

// A change of an earlier message is noted as evidence and is no answer: the
// question that stands is answered by the next message.
func TestEditIsNoAnswer(t *testing.T) {
	t.Parallel()
	s := newStage(t, nil)
	s.say("पैसा कट गया", "25000").requireSaid("report.when")
	edited := s.edit("26000")
	edited.requireSaid("talk.edited")
	assert.Equal(t, []bot.KeepEvidence{{Case: 1}}, effects[bot.KeepEvidence](edited))
	assert.Empty(t, effects[bot.SaveCase](edited))
	s.edit("0").requireSaid("talk.edited")
	s.say("आज सुबह 9 बजे").requireSaid("report.bank")

	s = newStage(t, nil)
	s.say("0")
	s.edit("x").requireSaid("talk.edited")
	assert.Empty(t, effects[bot.KeepEvidence](s.edit("x")), "of no case")
	s.say("9")
	s.edit("और एक बात").requireSaid("officer.listen_more")
}

// What cannot wait counts in a change too, before and within a report.
func TestUrgentEdit(t *testing.T) {
	t.Parallel()
	s := newStage(t, nil)
	s.say("0")
	s.edit("पैसा कट गया").requireSaid("report.call_now", "report.amount")
	s = newStage(t, nil)
	s.say("0", "1", "2").requireSaid("report.kind")
	lost := s.edit("पैसा कट गया")
	lost.requireSaid("report.call_now", "report.amount")
	assert.Equal(t, []bot.Escalate{{Reason: bot.ReasonLoss, Urgent: true, Case: 1}}, effects[bot.Escalate](lost))
	s.edit("मैं मरना चाहता हूं").requireSaid("urgent.suicide", "urgent.listen")

	s = newStage(t, nil)
	s.conversation.State = bot.Claimed
	lost = s.edit("पैसा कट गया")
	assert.Empty(t, lost.Replies)
	assert.Equal(t, []bot.Escalate{{Reason: bot.ReasonLoss, Urgent: true}}, effects[bot.Escalate](lost))
}

// A secret in a change is masked, a bare code too.
func TestSecretInAnEdit(t *testing.T) {
	t.Parallel()
	s := newStage(t, nil)
	s.say("0")
	for _, text := range []string{"482913", "मेरा OTP 482913"} {
		edited := s.edit(text)
		edited.requireSaid("talk.secret", "talk.edited")
		assert.NotContains(t, edited.Text, "482913")
	}
}

// Before a language is chosen nothing has been answered: a changed first
// message is read like one.
func TestEditOfTheFirstMessage(t *testing.T) {
	t.Parallel()
	s := newStage(t, nil)
	s.conversation.Resident.Lang = ""
	s.say("helo").requireSaid("welcome.language")
	s.edit("hindi please").requireSaid("welcome.us", "menu.what")
}

// A vote in a poll that no longer stands changes nothing, and is no evidence.
func TestVoteInAnOldPoll(t *testing.T) {
	t.Parallel()
	s := newStage(t, nil)
	s.say("पैसा कट गया")
	voted := s.give(bot.Message{Kind: bot.Vote, Text: "2"})
	voted.requireSaid("talk.edited")
	assert.Empty(t, voted.Effects)
	s.say("25000").requireSaid("report.when")
	s.conversation.State = bot.Claimed
	assert.Empty(t, s.give(bot.Message{Kind: bot.Vote, Text: "2"}).Effects)
}

// What the helpline cannot look at is said, and the question asked again, as
// often as it comes: it is no miss and no evidence.
func TestUnseen(t *testing.T) {
	t.Parallel()
	for kind, key := range map[bot.MessageKind]string{bot.ViewOnce: "talk.view_once", bot.Other: "talk.unsupported"} {
		t.Run(string(kind), func(t *testing.T) {
			t.Parallel()
			s := newStage(t, nil)
			unseen := bot.Message{Kind: kind}
			s.give(unseen).requireSaid(key, "menu.what")
			s.say("पैसा कट गया")
			for range talk.MaxMisses + 1 {
				seen := s.give(unseen)
				seen.requireSaid(key, "report.amount")
				assert.Empty(t, seen.Effects)
			}
			s.say("25000").requireSaid("report.when")
			s.say("9")
			s.give(unseen).requireSaid(key)
			s.conversation.State = bot.Claimed
			assert.Empty(t, s.give(unseen).Effects)

			s = newStage(t, nil)
			s.conversation.Resident.Lang = ""
			first := s.give(unseen)
			first.requireSaid(key, "welcome.language")
			assert.Contains(t, first.Replies[0], catalog().Text(locales.English, key, nil))
		})
	}
}

// Words that were held beside what cannot be seen are read.
func TestWordsBesideWhatIsUnseen(t *testing.T) {
	t.Parallel()
	s := newStage(t, nil)
	s.say("पैसा कट गया")
	s.give(bot.Message{Kind: bot.ViewOnce, Text: "25000"}).requireSaid("talk.view_once", "report.when")
}

// A contact is the fraudster's where that is asked for, a name or a number
// where these are, and never a command; elsewhere it is kept.
func TestContact(t *testing.T) {
	t.Parallel()
	card := bot.Message{Kind: bot.Contact, Text: "Police Ravi 9000000095"}
	s := newStage(t, func(t *talk.Talk) {
		amount := t.Amount("report.amount")
		suspects := t.Suspects("report.suspect")
		name := t.PersonName("report.victim_name")
		phone := t.Phone("report.victim_phone")
		t.Do(bot.SetVictim{Victim: bot.Person{Name: name, Phone: phone}})
		t.Do(bot.AddSuspects(suspects))
		t.Do(bot.PutLeg{N: 1, Leg: bot.Leg{Amount: amount}})
		t.Say("enrol.stayed")
	})
	s.say("टिप")
	s.give(card).requireSaid("talk.got_file", "report.amount")
	s.say("25000").requireSaid("report.suspect")
	s.give(card).requireSaid("report.victim_name")
	s.give(card).requireSaid("report.victim_phone")
	done := s.give(card)
	done.requireSaid("enrol.stayed")
	saved := effects[bot.SaveCase](done)
	require.Len(t, saved, 1)
	assert.Equal(t, bot.Person{Name: "Police Ravi", Phone: "9000000095"}, saved[0].Case.Victim)
	assert.Equal(t, []bot.Suspect{{Type: "phone", Value: "9000000095"}}, saved[0].Case.Suspects)

	s = newStage(t, nil)
	unasked := s.give(bot.Message{Kind: bot.Contact, Text: "Cyber Mitan 9000000095"})
	unasked.requireSaid("check.cannot_tell", "check.question_send_message", "check.next")
	assert.NotEmpty(t, effects[bot.KeepEvidence](unasked))
}

// A location is a place where one is asked for, else it is kept: its numbers
// are no answers.
func TestLocation(t *testing.T) {
	t.Parallel()
	place := bot.Message{Kind: bot.Location, Text: "22.0797,82.1409 Bilaspur"}
	bare := bot.Message{Kind: bot.Location, Text: "22.0797,82.1409"}
	named := ""
	s := newStage(t, func(t *talk.Talk) {
		t.Amount("report.amount")
		named = t.Text("enrol.place")
		t.Suspects("report.suspect")
		t.Say("enrol.stayed")
	})
	s.say("टिप")
	s.give(place).requireSaid("talk.got_file", "report.amount")
	s.say("25000").requireSaid("enrol.place")
	s.give(bare).requireSaid("talk.got_file", "enrol.place")
	s.give(place).requireSaid("report.suspect")
	assert.Equal(t, "Bilaspur", named)
	s.give(place).requireSaid("enrol.stayed")

	s = newStage(t, nil)
	unasked := s.give(place)
	unasked.requireSaid("talk.got_file", "menu.what")
	assert.Equal(t, []bot.KeepEvidence{{}}, effects[bot.KeepEvidence](unasked))
	s.say("पैसा कट गया")
	assert.Equal(t, []bot.KeepEvidence{{Case: 1}}, effects[bot.KeepEvidence](s.give(place)))
}

// The officers learn of each call; the resident is told once in a while what
// to do instead, in both languages until one is known.
func TestEachCall(t *testing.T) {
	t.Parallel()
	s := newStage(t, nil)
	s.conversation.Resident.Lang = ""
	call := bot.Message{Kind: bot.Call, Text: "C1"}
	first := s.give(call)
	first.requireSaid("talk.call")
	assert.Contains(t, first.Replies[0], "If money is gone, call")
	second := s.give(call)
	assert.Empty(t, second.Replies)
	assert.Equal(t, []bot.Escalate{{Reason: bot.ReasonVoice}}, effects[bot.Escalate](second))
	s.now = s.now.Add(talk.CallQuiet - 15*time.Second) // and 5 s pass with each message
	assert.Empty(t, s.give(call).Replies)
	s.give(call).requireSaid("talk.call")
}

// The labels of the choices under the last reply go with it; other replies have
// none.
func TestChoices(t *testing.T) {
	t.Parallel()
	s := newStage(t, nil)
	menu := s.say("0")
	require.Len(t, menu.Choices, talk.PageSize)
	assert.Equal(t, text("menu.report"), menu.Choices[0])
	assert.Equal(t, text("talk.more"), menu.Choices[4])
	assert.Equal(t, menu.Choices, s.say("qwxz").Choices, "the second try")
	assert.Equal(t, []string{text("talk.yes"), text("talk.offer_retry")}, s.say("qwxz").Choices)
	assert.Contains(t, s.say("2", "5").Choices, text("menu.complaint"), "the second page")
	assert.Empty(t, s.say("पैसा कट गया").Choices)
	s.say("25000", "पता नहीं", "पता नहीं")
	assert.Equal(t, []string{text("talk.yes"), text("talk.no")}, s.say("पता नहीं").Choices)
	assert.Empty(t, s.say("टिप", "3").Choices, "the flow has ended")
}

// A message that is only kept is masked as the question that stands would have
// it, and changes nothing.
func TestMessageThatIsKept(t *testing.T) {
	t.Parallel()
	s := newStage(t, nil)
	s.say("पैसा कट गया")
	keep := func(text string) bot.Outcome {
		out, err := s.dialogue.Step(bot.Situation{
			Now: s.now, Conversation: s.conversation, Message: &bot.Message{Kind: bot.Text, Text: text}, Recall: s, Keep: true,
		})
		require.NoError(t, err)
		return out
	}
	session := s.conversation.Session
	assert.Equal(t, bot.Outcome{Text: "4821", Session: session}, keep("4821"), "an amount is asked for")
	assert.Equal(t, bot.Outcome{Text: "मेरा OTP ••••••", Masked: true, Session: session}, keep("मेरा OTP 482913"))
	s.say("0")
	assert.True(t, keep("4821").Masked)
}
