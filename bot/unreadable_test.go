package bot_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"mitan/bot"
)

// unanswered counts the nth resident's messages that are held.
func (h *house) unanswered(n int) (held int) {
	h.Helper()
	messages, err := h.store.HeldOf(h.Context(), h.resident(n))
	require.NoError(h, err)
	return len(messages)
}

// What could not be read is asked for again after a minute, and an officer is
// told; the talk and its reminder stay as they are.
func TestUnreadable(t *testing.T) {
	t.Parallel()
	h := newHouse(t, waker)
	h.say(1, "x")
	before := h.conversation(1)
	h.kind(1, bot.Unreadable, "", "")
	h.kind(1, bot.Unreadable, "", "")
	garbled := h.clock.Now()
	h.clock.Set(garbled.Add(bot.UnreadableWait - 2*time.Millisecond))
	h.drain()
	assert.Empty(t, h.replies(1))
	assert.Equal(t, 2, h.unanswered(1))

	h.clock.Set(garbled.Add(bot.UnreadableWait))
	h.drain()
	require.Len(t, h.replies(1), 1, "one for both")
	assert.Contains(t, h.replies(1)[0], text("talk.unreadable"))
	after := h.conversation(1)
	assert.Equal(t, before.Session, after.Session)
	assert.Equal(t, bot.Waiting, after.State)
	assert.Equal(t, bot.ReasonUnread, after.Reason)
	assert.Zero(t, h.unanswered(1))

	h.pass(9 * time.Minute)
	assert.Len(t, h.replies(1), 2, "the talk's own timer has fired")
}

// A message that comes once more and can be read is answered, and nothing is
// asked for.
func TestUnreadableComesAgain(t *testing.T) {
	t.Parallel()
	for name, late := range map[string]bool{"at once": false, "in the backlog": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := newHouse(t, echo)
			m := h.kind(1, bot.Unreadable, "", "")
			m.Kind, m.Text, m.Backlog = bot.Text, "one", late
			require.NoError(t, h.bot.Receive(t.Context(), m))
			h.pass(2 * bot.UnreadableWait)
			assert.Equal(t, []string{"one"}, h.told(1))
			assert.Equal(t, []string{"re: one"}, h.replies(1))
			assert.Equal(t, bot.WithBot, h.conversation(1).State)
			h.say(1, "two")
			assert.Equal(t, []string{"re: one", "re: two"}, h.replies(1))
		})
	}
}

// What cannot be read does not hold up what can, and is not answered with it.
func TestMessageBesideAnUnreadable(t *testing.T) {
	t.Parallel()
	h := newHouse(t, echo)
	h.kind(1, bot.Unreadable, "", "")
	h.say(1, "one")
	assert.Equal(t, []string{"re: one"}, h.replies(1))
	h.late(1, "two")
	h.release()
	assert.Equal(t, "re: two", h.replies(1)[1])
	assert.Equal(t, 1, h.unanswered(1))
	h.pass(bot.UnreadableWait)
	assert.Len(t, h.replies(1), 3)
	assert.Zero(t, h.unanswered(1))
}

// While an officer holds the conversation, the officer sees it and must answer.
func TestUnreadableWhileClaimed(t *testing.T) {
	t.Parallel()
	h := newHouse(t, echo)
	h.say(1, "one")
	meena := h.officer("meena", bot.RoleOfficer)
	require.NoError(t, h.bot.Claim(t.Context(), meena, h.resident(1), false))
	_, err := h.bot.Reply(t.Context(), meena, h.resident(1), bot.Answer{Text: "yes?"})
	require.NoError(t, err)
	h.kind(1, bot.Unreadable, "", "")
	h.pass(bot.UnreadableWait)
	assert.Equal(t, []string{"re: one", "yes?"}, h.replies(1))
	assert.Equal(t, bot.Claimed, h.conversation(1).State)
	assert.Zero(t, h.unanswered(1))
	h.pass(time.Duration(h.unit.Hours.SilenceMinutes) * time.Minute)
	assert.Equal(t, bot.ReasonSilence, h.conversation(1).Reason)
}

// A deletion, a reaction and a vote that is taken back are written down; the
// talk does not hear of them, and no officer must answer them.
func TestQuietMessages(t *testing.T) {
	t.Parallel()
	for _, kind := range []bot.MessageKind{bot.Deletion, bot.Reaction, bot.Vote} {
		t.Run(string(kind), func(t *testing.T) {
			t.Parallel()
			h := newHouse(t, script(func(s bot.Situation) bot.Outcome {
				if s.Message != nil && !s.Keep {
					assert.Equal(t, bot.Text, s.Message.Kind)
				}
				return waker(s)
			}))
			h.say(1, "x")
			about := h.kind(1, bot.Text, "y", "")
			before := h.conversation(1)
			h.clock.Set(h.clock.Now().Add(5 * time.Minute))
			h.kind(1, kind, "", about.ID)
			assert.Equal(t, before.Session, h.conversation(1).Session)
			assert.Empty(t, h.replies(1))
			h.pass(5 * time.Minute)
			assert.Len(t, h.replies(1), 1, "the talk's timer has stayed")

			meena := h.officer("meena", bot.RoleOfficer)
			require.NoError(t, h.bot.Claim(t.Context(), meena, h.resident(1), false))
			_, err := h.bot.Reply(t.Context(), meena, h.resident(1), bot.Answer{Text: "done"})
			require.NoError(t, err)
			h.kind(1, kind, "", about.ID)
			h.pass(24 * time.Hour)
			assert.Equal(t, bot.Claimed, h.conversation(1).State)
		})
	}
}
