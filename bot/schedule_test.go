package bot_test

import (
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"mitan/bot"
	"mitan/bot/talk"
)

// waker asks to be woken ten minutes after each message.
var waker = script(func(s bot.Situation) bot.Outcome {
	if s.Message == nil {
		return bot.Outcome{Replies: []string{"still there?"}}
	}
	return bot.Outcome{Wake: s.Now.Add(10 * time.Minute)}
})

// A timer fires once, though two programs look at the schedule at the same time.
func TestTimersFireOnce(t *testing.T) {
	t.Parallel()
	h := newHouse(t, waker)
	const residents = 40
	for n := range residents {
		h.say(n, "x")
	}
	h.clock.Set(h.clock.Now().Add(10 * time.Minute))
	programs := []*bot.Bot{h.bot, h.another(), h.another()}
	var all sync.WaitGroup
	for _, b := range programs {
		all.Go(func() { assert.NoError(t, b.Drain(t.Context())) })
	}
	all.Wait()
	for n := range residents {
		assert.Equal(t, []string{"still there?"}, h.replies(n))
	}
	assert.Len(t, h.phone.screen(), residents, "and each reply is seen once")
}

// A message that comes as its resident's timer is due moves the timer.
func TestMessageBeforeTimer(t *testing.T) {
	t.Parallel()
	h := newHouse(t, waker)
	h.say(1, "x")
	h.clock.Set(h.clock.Now().Add(10 * time.Minute))
	h.say(1, "y")
	h.drain()
	assert.Empty(t, h.replies(1))
	h.pass(10 * time.Minute)
	assert.Len(t, h.replies(1), 1)
}

// A turn that fails, of a timer too, hurts nobody else's.
func TestTimerThatFails(t *testing.T) {
	t.Parallel()
	h := newHouse(t, waker)
	for n := range 3 {
		h.say(n, "x")
	}
	h.clock.Set(h.clock.Now().Add(10 * time.Minute))
	first := h.resident(0)
	h.faults.set(func(op string, resident int64) error {
		if op == "CommitTurn" && resident == first {
			return errDisk
		}
		return nil
	})
	require.ErrorIs(t, h.bot.Drain(t.Context()), errDisk)
	assert.Empty(t, h.replies(0))
	assert.Len(t, h.replies(1), 1)
	assert.Len(t, h.replies(2), 1)
	h.faults.set(nil)
	h.drain()
	assert.Len(t, h.replies(0), 1)
}

// Timers outlive the program.
func TestTimersAfterRestart(t *testing.T) {
	t.Parallel()
	h := newHouse(t, nil)
	h.say(1, "पैसा कट गया")
	h.reopen()
	h.pass(talk.RemindAfter)
	assert.Equal(t, 1, count(h.replies(1), "talk.reminder"))
	h.reopen()
	h.pass(talk.StallAfter)
	assert.Equal(t, 1, count(h.replies(1), "talk.stalled"))
	assert.Equal(t, 1, h.counted("escalation WHERE reason = ?", string(bot.ReasonStalled)))
}

// The clock stops at each moment at which something is due, so that what
// happens in three hours happens in its order and at its time.
func TestAdvance(t *testing.T) {
	t.Parallel()
	h := newHouse(t, waker)
	h.say(1, "x")
	start := h.clock.Now()
	h.pass(3 * time.Hour)
	assert.Equal(t, start.Add(10*time.Minute), h.thread(1)[1].At)
	assert.Equal(t, start.Add(3*time.Hour), h.clock.Now())
}

// An officer who holds a conversation and does not answer loses it to the
// queue after the unit's time, and the resident is told, once.
func TestSilenceOfTheOfficer(t *testing.T) {
	t.Parallel()
	h := newHouse(t, nil)
	meena := h.officer("meena", bot.RoleOfficer)
	silence := time.Duration(h.unit.Hours.SilenceMinutes) * time.Minute
	h.say(1, "पैसा कट गया")
	require.NoError(t, h.bot.Claim(t.Context(), meena, h.resident(1), false))
	h.say(1, "कोई है?")
	h.pass(silence - time.Second)
	assert.Equal(t, bot.Claimed, h.conversation(1).State)
	h.say(1, "हैलो?") // does not put the end off
	h.pass(time.Second)
	c := h.conversation(1)
	assert.Equal(t, bot.Waiting, c.State)
	assert.Zero(t, c.Officer)
	assert.True(t, c.Urgent, "it stays as urgent as it was")
	h.pass(2 * silence)
	assert.Equal(t, 1, count(h.replies(1), "officer.silent"))
}

// An officer who claims what waits and then says nothing at all loses it too:
// the resident has been waiting since before the claim.
func TestSilenceAfterTheClaim(t *testing.T) {
	t.Parallel()
	h := newHouse(t, nil)
	meena := h.officer("meena", bot.RoleOfficer)
	h.say(1, "पैसा कट गया")
	require.NoError(t, h.bot.Claim(t.Context(), meena, h.resident(1), false))
	h.pass(time.Duration(h.unit.Hours.SilenceMinutes) * time.Minute)
	assert.Equal(t, bot.Waiting, h.conversation(1).State)
	assert.Equal(t, 1, count(h.replies(1), "officer.silent"))
}

// An officer who has answered is not silent, however long the resident is.
func TestAnsweredOfficerKeepsTheConversation(t *testing.T) {
	t.Parallel()
	h := newHouse(t, nil)
	meena := h.officer("meena", bot.RoleOfficer)
	h.say(1, "पैसा कट गया")
	require.NoError(t, h.bot.Claim(t.Context(), meena, h.resident(1), false))
	h.say(1, "कोई है?")
	_, err := h.bot.Reply(t.Context(), meena, h.resident(1), bot.Answer{Text: "जी, मैं देख रही हूँ।"})
	require.NoError(t, err)
	h.pass(24 * time.Hour)
	assert.Equal(t, bot.Claimed, h.conversation(1).State)
}
