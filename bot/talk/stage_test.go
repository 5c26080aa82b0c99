package talk_test

import (
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"mitan/bot"
	"mitan/bot/talk"
	"mitan/flows"
	"mitan/locales"
)

var noon = time.Date(2026, 11, 22, 6, 30, 0, 0, time.UTC)

var catalog = sync.OnceValue(func() *locales.Catalog {
	c, err := locales.Load(nil)
	if err != nil {
		panic(err)
	}
	return c
})

// stage is one resident's talk, in Hindi, with the store left out: it takes
// what a step gives to the next step, as the store would.
type stage struct {
	*testing.T
	dialogue     bot.Dialogue
	conversation bot.Conversation
	now          time.Time
	numbers      map[string]int64
	wake         time.Time
	failed       error // of each read
}

// turn is what one message led to.
type turn struct {
	bot.Outcome
	stage *stage
}

// newStage has the helpline's flows, with one of the test's in the place of
// the tips: it starts at "टिप".
func newStage(t *testing.T, flow func(*talk.Talk)) *stage {
	return &stage{
		T: t, dialogue: dialogue(flow), now: noon, numbers: map[string]int64{},
		conversation: bot.Conversation{State: bot.WithBot, Resident: bot.Resident{ID: 1, Phone: "9000000001", Lang: locales.Hindi}},
	}
}

func dialogue(flow func(*talk.Talk)) bot.Dialogue {
	all := flows.All()
	for i := range all {
		if all[i].Name == "tips" && flow != nil {
			all[i].Run, all[i].Keeps = flow, true
		}
	}
	return talk.New(catalog(), bot.DefaultUnit(), flows.Extract, flows.Tell, all...)
}

// change puts a new version of the program in place of the one that runs.
func (s *stage) change(flow func(*talk.Talk)) { s.dialogue = dialogue(flow) }

// say gives messages and returns what the last one led to.
func (s *stage) say(texts ...string) (last turn) {
	s.Helper()
	for _, text := range texts {
		last = s.give(bot.Message{Kind: bot.Text, Text: text})
	}
	return last
}

func (s *stage) give(m bot.Message) turn {
	s.Helper()
	s.now = s.now.Add(5 * time.Second)
	return s.step(&m)
}

// after lets time pass and wakes the talk, if it asked for that.
func (s *stage) after(d time.Duration) turn {
	s.Helper()
	s.now = s.now.Add(d)
	if s.wake.IsZero() || s.wake.After(s.now) {
		return turn{stage: s}
	}
	return s.step(nil)
}

func (s *stage) step(m *bot.Message) turn {
	s.Helper()
	out, err := s.dialogue.Step(bot.Situation{Now: s.now, Conversation: s.conversation, Message: m, Recall: s})
	require.NoError(s, err)
	s.conversation.Session, s.wake = out.Session, out.Wake
	for _, e := range out.Effects {
		switch e := e.(type) {
		case bot.SetLanguage:
			s.conversation.Resident.Lang = e.Lang
		case bot.SetName:
			s.conversation.Resident.Name = e.Name
		}
	}
	return turn{out, s}
}

func (s *stage) Cases() ([]bot.Case, error)         { return nil, s.failed }
func (s *stage) Story(int64) ([]bot.Message, error) { return nil, s.failed }
func (s *stage) Volunteer() (bot.Volunteer, error)  { return bot.Volunteer{}, bot.ErrNotFound }
func (s *stage) Subscribed() (bool, error)          { return false, s.failed }
func (s *stage) Ahead() (int, error)                { return 0, s.failed }
func (s *stage) Reported(bot.Suspect) (int, error)  { return 0, s.failed }
func (s *stage) Next(series string) (int64, error) {
	s.numbers[series]++
	return s.numbers[series], s.failed
}

// text is a text of the catalog in Hindi, up to its first variable.
func text(key string) string {
	begin, _, _ := strings.Cut(catalog().Text(locales.Hindi, key, nil), locales.NoValue)
	return begin
}

// requireSaid checks the replies: the texts of the keys, in their order, as
// far as they go before a variable or a list of choices.
func (t turn) requireSaid(keys ...string) {
	t.stage.Helper()
	require.Len(t.stage, t.Replies, len(keys), "%q", t.Replies)
	for i, key := range keys {
		require.True(t.stage, strings.HasPrefix(t.Replies[i], text(key)), "%s: %q", key, t.Replies[i])
	}
}

// effects are the effects of a kind.
func effects[E bot.Effect](t turn) (found []E) {
	for _, e := range t.Effects {
		if e, ok := e.(E); ok {
			found = append(found, e)
		}
	}
	return found
}
