package bot_test

import (
	"fmt"
	"log/slog"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"mitan/bot"
	"mitan/flows"
	"mitan/locales"
)

// messenger is a phone with the manners of a messenger service.
type messenger struct {
	*phone
	polls bool
	pause time.Duration
	typed *[]string
}

func (m messenger) Encode(msg bot.Message) []byte { return []byte(string(msg.Kind) + ":" + msg.Text) }
func (m messenger) Polls() bool                   { return m.polls }
func (m messenger) Pause() time.Duration          { return m.pause }
func (m messenger) Typing(address string)         { *m.typed = append(*m.typed, address) }

// by has the bot speak by a messenger.
func (h *house) by(m messenger) {
	h.bot = bot.New(bot.Options{
		Store: h.faults, Dialogue: h.dialogue, Clock: h.clock, Unit: h.unit, Catalog: catalog(),
		Tips: flows.TipList, Log: slog.New(slog.DiscardHandler), Channels: []bot.Channel{m},
	})
}

// sent are the rows of the nth resident's thread that are ours.
func (h *house) sent(n int) (ours []bot.Message) {
	h.Helper()
	for _, m := range h.thread(n) {
		if m.By != bot.ByResident {
			ours = append(ours, m)
		}
	}
	return ours
}

// choosing is a talk that says two things and asks for a choice, as text says.
func choosing(question string) script {
	return func(s bot.Situation) bot.Outcome {
		if s.Message.Text == "talk" {
			return bot.Outcome{Replies: []string{"only words"}}
		}
		return bot.Outcome{
			Replies: []string{"first", question + "\n*1* yes\n*2* no\n*3* don't know"},
			Choices: []string{"yes", "no", "don't know"},
		}
	}
}

// A menu is also sent as a poll, after the last reply, where the channel has
// polls: the question that stands above the choices, and their labels.
func TestPollUnderAMenu(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		question, asked string
		lang            locales.Lang // that this very message has chosen
		polls           bool
	}{
		"a question":               {"Tell us:\nIs *money* gone?", "Is money gone?", "", true},
		"no question in its place": {"Is money gone?\nIf not sure, type *3*", "Tap one of these:", locales.English, true},
		"no language either":       {"Is money gone?\nIf not sure, type *3*", text("talk.poll") + " / Tap one of these:", "", true},
		"no polls":                 {"Is money gone?", "", "", false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			ask := choosing(test.question)
			h := newHouse(t, script(func(s bot.Situation) bot.Outcome {
				out := ask(s)
				if test.lang != "" {
					out.Effects = []bot.Effect{bot.SetLanguage{Lang: test.lang}}
				}
				return out
			}))
			h.by(messenger{phone: h.phone, polls: test.polls})
			h.say(1, "x")
			sent := h.sent(1)
			if !test.polls {
				require.Len(t, sent, 2)
				return
			}
			require.Len(t, sent, 3)
			poll := sent[2]
			assert.Equal(t, bot.Poll, poll.Kind)
			assert.Equal(t, test.asked+"\nyes\nno\ndon't know", poll.Text)
			assert.Equal(t, "poll:"+poll.Text, string(poll.Payload))
			h.say(1, "talk")
			assert.Len(t, h.sent(1), 4, "words have no poll")
		})
	}
}

// A tap in the poll that stands is read as the number that it is; in an older
// one, as a change of an answer.
func TestVote(t *testing.T) {
	t.Parallel()
	var read []string
	ask := choosing("Is money gone?")
	h := newHouse(t, script(func(s bot.Situation) bot.Outcome {
		if !s.Keep {
			read = append(read, fmt.Sprint(s.Message.Kind, " ", s.Message.Text))
		}
		return ask(s)
	}))
	h.by(messenger{phone: h.phone, polls: true})
	h.say(1, "x")
	first := h.sent(1)[2].ExternalID
	h.kind(1, bot.Vote, "2", first)
	second := h.sent(1)[5].ExternalID
	h.kind(1, bot.Vote, "1", first)
	h.kind(1, bot.Vote, "3", "no poll of ours")
	h.kind(1, bot.Vote, "3", second)
	assert.Equal(t, []string{"text x", "text 2", "vote 1", "vote 3", "vote 3"}, read)
	assert.Equal(t, bot.Vote, h.thread(1)[4].Kind, "kept as what it was")
}

// Replies wait while they seem to be written, one after the other, and the
// resident sees that; a channel without that gets them at once.
func TestPauseBeforeReplies(t *testing.T) {
	t.Parallel()
	h := newHouse(t, choosing("Is money gone?"))
	var typed []string
	h.by(messenger{phone: h.phone, polls: true, pause: 2 * time.Second, typed: &typed})
	h.say(1, "x")
	now := h.clock.Now()
	sent := h.sent(1)
	require.Len(t, sent, 3)
	for i, m := range sent {
		assert.Equal(t, now.Add(time.Duration(2+i)*time.Second), m.Due)
	}
	assert.Equal(t, []string{number(1)}, typed)
	h.drain()
	assert.Empty(t, h.phone.screen())
	h.clock.Set(now.Add(2 * time.Second))
	h.drain()
	assert.Equal(t, []string{"first"}, h.phone.screen())
	h.pass(2 * time.Second)
	assert.Len(t, h.phone.screen(), 3)

	h.by(messenger{phone: h.phone, typed: &typed})
	h.say(1, "talk")
	assert.Zero(t, h.sent(1)[3].Due)
	assert.Len(t, typed, 1)
}
