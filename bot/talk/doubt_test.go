package talk_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"mitan/bot"
	"mitan/bot/talk"
)

// doubt has the security code of the resident's phone change.
func (s *stage) doubt() { s.conversation.Resident.Changed = s.now }

// What was being talked about is put aside and not told again: a loss is the
// officers', an attempt is given up. The resident learns of it with the next
// message, once, and a new report works.
func TestTalkOfAnotherPerson(t *testing.T) {
	t.Parallel()
	s := newStage(t, nil)
	s.say("पैसा कट गया", "25000")
	s.doubt()
	first := s.say("आज सुबह 9 बजे")
	first.requireSaid("talk.changed", "menu.what")
	assert.Equal(t, []bot.Escalate{{Reason: bot.ReasonStalled, Urgent: true, Case: 1}}, effects[bot.Escalate](first))
	s.say("0").requireSaid("menu.what")
	s.say("पैसा कट गया").requireSaid("report.call_now", "report.amount")
	s.say("4000").requireSaid("report.when")

	s = newStage(t, nil)
	s.say("0", "1", "2")
	s.doubt()
	first = s.say("पैसा कट गया")
	first.requireSaid("report.call_now", "talk.changed", "report.amount")
	assert.Equal(t, []bot.AbandonCase{{Case: 1}}, effects[bot.AbandonCase](first))

	s = newStage(t, nil)
	s.doubt()
	s.say("0").requireSaid("menu.what")
}

// A reminder would tell what was being talked about: there is none, but the
// officers get the loss.
func TestReminderOfAnotherPerson(t *testing.T) {
	t.Parallel()
	s := newStage(t, nil)
	s.say("पैसा कट गया", "25000")
	s.doubt()
	woken := s.after(talk.RemindAfter)
	assert.Empty(t, woken.Replies)
	assert.Equal(t, []bot.Escalate{{Reason: bot.ReasonStalled, Urgent: true, Case: 1}}, effects[bot.Escalate](woken))
	assert.Zero(t, s.wake)
	s.say("SBI").requireSaid("talk.changed", "menu.what")
}

// The name is not told, and not replaced: it may be somebody else's.
func TestNameOfAnotherPerson(t *testing.T) {
	t.Parallel()
	s := newStage(t, func(t *talk.Talk) {
		t.SayText("[" + t.OwnName() + "]")
		t.Do(bot.SetName{Name: t.PersonName("report.own_name")})
		t.SayText("[" + t.OwnName() + "]")
	})
	s.conversation.Resident.Name = "रामलाल"
	s.doubt()
	assert.Equal(t, "[]", s.say("टिप").Replies[0])
	named := s.say("श्यामलाल")
	assert.True(t, strings.HasPrefix(named.Replies[0], "[श्यामलाल]"))
	assert.Empty(t, effects[bot.SetName](named))
	assert.Equal(t, "रामलाल", s.conversation.Resident.Name)
}

// Once an officer has confirmed who it is, the talk goes on as ever; a second
// change is a new doubt.
func TestDoubtEndsAndComesAgain(t *testing.T) {
	t.Parallel()
	s := newStage(t, nil)
	s.doubt()
	s.say("पैसा कट गया")
	s.conversation.Resident.Changed = time.Time{}
	s.say("25000").requireSaid("report.when")
	s.now = s.now.Add(time.Hour)
	s.doubt()
	s.say("आज").requireSaid("talk.changed", "menu.what")
}
