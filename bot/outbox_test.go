package bot_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"mitan/bot"
	"mitan/locales"
)

var errNetwork = errors.New("no network")

// three answers each message with three replies.
var three = script(func(s bot.Situation) bot.Outcome {
	if s.Message == nil {
		return bot.Outcome{}
	}
	return bot.Outcome{Replies: []string{s.Message.Text + "1", s.Message.Text + "2", s.Message.Text + "3"}}
})

// A message that does not go holds up those behind it to the same resident,
// and nobody else's; it is tried again after longer and longer pauses.
func TestOutboxKeepsOrder(t *testing.T) {
	t.Parallel()
	h := newHouse(t, three)
	h.say(1, "a")
	h.say(2, "b")
	var tries []time.Time
	h.phone.fail(func(_ context.Context, m bot.Message) error {
		if m.Text == "a2" && len(tries) < 5 {
			tries = append(tries, h.clock.Now())
			return errNetwork
		}
		return nil
	})
	h.drain()
	assert.Equal(t, []string{"a1", "b1", "b2", "b3"}, h.phone.screen())

	h.say(1, "c")
	h.pass(time.Hour)
	assert.Equal(t, []string{"a1", "b1", "b2", "b3", "a2", "a3", "c1", "c2", "c3"}, h.phone.screen())
	require.Len(t, tries, 5)
	for i := 2; i < len(tries); i++ {
		assert.Greater(t, tries[i].Sub(tries[i-1]), tries[i-1].Sub(tries[i-2]), "try %d", i)
	}
	assert.Equal(t, bot.WithBot, h.conversation(1).State)
}

// Messages to different residents are with the channel at the same time.
func TestOutboxSendsToSeveralAtOnce(t *testing.T) {
	t.Parallel()
	h := newHouse(t, echo)
	h.say(1, "a")
	h.say(2, "b")
	second := make(chan struct{})
	h.phone.fail(func(ctx context.Context, m bot.Message) error {
		if m.Text == "re: b" {
			close(second)
			return nil
		}
		select {
		case <-second: // the first one ends after the second
			return nil
		case <-ctx.Done():
			return ctx.Err()
		}
	})
	h.drain()
	assert.ElementsMatch(t, []string{"re: a", "re: b"}, h.phone.screen())
}

// A clock that is set back holds up no reply.
func TestClockSetBack(t *testing.T) {
	t.Parallel()
	h := newHouse(t, echo)
	h.say(1, "a")
	h.clock.Set(h.clock.Now().Add(-time.Hour))
	h.say(1, "b")
	h.drain()
	assert.Equal(t, []string{"re: a", "re: b"}, h.phone.screen())
}

// A message that can never be sent is marked and calls an officer, and those
// behind it go.
func TestMessageThatCannotBeSent(t *testing.T) {
	t.Parallel()
	h := newHouse(t, three)
	h.say(1, "a")
	h.phone.fail(func(_ context.Context, m bot.Message) error {
		if m.Text == "a1" {
			return fmt.Errorf("no such number: %w", bot.ErrForbidden)
		}
		return nil
	})
	h.drain()
	assert.Equal(t, []string{"a2", "a3"}, h.phone.screen())
	failed := h.thread(1)[1]
	assert.Equal(t, bot.Failed, failed.Delivery)
	assert.Contains(t, failed.Error, "no such number")
	assert.Equal(t, bot.Waiting, h.conversation(1).State)
	assert.Equal(t, bot.ReasonUndeliver, h.conversation(1).Reason)
	h.pass(24 * time.Hour)
	assert.Len(t, h.phone.sends(), 3, "it is not tried again")
}

// A message that never goes is given up in the end, and an officer is called.
func TestTriesEnd(t *testing.T) {
	t.Parallel()
	h := newHouse(t, echo)
	h.say(1, "a")
	h.phone.fail(func(context.Context, bot.Message) error { return errNetwork })
	h.pass(24 * time.Hour)
	assert.Equal(t, bot.Failed, h.thread(1)[1].Delivery)
	assert.Equal(t, bot.ReasonUndeliver, h.conversation(1).Reason)
	assert.Len(t, h.phone.sends(), 20)
}

// A crash after the sending and before its mark sends the same message again,
// under the same id, and the resident sees it once.
func TestCrashAfterSending(t *testing.T) {
	t.Parallel()
	h := newHouse(t, three)
	h.say(1, "a")
	h.faults.once("MarkSent", errDisk)
	require.ErrorIs(t, h.bot.Drain(t.Context()), errDisk)
	h.reopen()
	h.drain()
	sends := h.phone.sends()
	require.Len(t, sends, 6)
	for i := range 3 {
		assert.Equal(t, sends[i].ExternalID, sends[i+3].ExternalID)
	}
	assert.Equal(t, []string{"a1", "a2", "a3"}, h.phone.screen())
}

// A send that the program's end breaks off is no failed try.
func TestStopWhileSending(t *testing.T) {
	t.Parallel()
	h := newHouse(t, echo)
	h.say(1, "a")
	ctx, cancel := context.WithCancel(t.Context())
	h.phone.fail(func(ctx context.Context, _ bot.Message) error {
		cancel()
		<-ctx.Done()
		return ctx.Err()
	})
	require.ErrorIs(t, h.bot.Drain(ctx), context.Canceled)
	waiting := h.thread(1)[1]
	assert.Equal(t, bot.Queued, waiting.Delivery)
	assert.Zero(t, waiting.Attempts)
}

// While the bot runs, a message that takes long holds up its own resident
// only, and the run ends when it is told to.
func TestSlowMessageHoldsUpNobodyElse(t *testing.T) {
	t.Parallel()
	h := newHouse(t, three)
	release := make(chan struct{})
	h.phone.fail(func(ctx context.Context, m bot.Message) error {
		if m.Text != "a1" {
			return nil
		}
		select {
		case <-release:
			return nil
		case <-ctx.Done():
			return ctx.Err()
		}
	})
	h.say(1, "a")
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- h.bot.Run(ctx) }()
	require.Eventually(t, func() bool { return len(h.phone.sends()) > 0 }, time.Minute, time.Millisecond)
	h.say(2, "b")
	seen := func(want ...string) func() bool {
		return func() bool { return slices.Equal(want, h.phone.screen()) }
	}
	assert.Eventually(t, seen("b1", "b2", "b3"), 10*time.Second, time.Millisecond)
	close(release)
	assert.Eventually(t, seen("b1", "b2", "b3", "a1", "a2", "a3"), time.Minute, time.Millisecond)
	stop()
	require.NoError(t, <-ended)
}

// A receipt moves a message forward, never back, and one for no message of
// ours is no error.
func TestReceipts(t *testing.T) {
	t.Parallel()
	h := newHouse(t, echo)
	h.say(1, "a")
	h.drain()
	id := h.thread(1)[1].ExternalID
	for _, step := range []struct{ receipt, then bot.Delivery }{
		{bot.Delivered, bot.Delivered},
		{bot.Sent, bot.Delivered},
		{bot.Read, bot.Read},
		{bot.Delivered, bot.Read},
		{bot.Failed, bot.Read},
	} {
		require.NoError(t, h.bot.SetDelivery(t.Context(), h.phone.Name(), id, step.receipt))
		assert.Equal(t, step.then, h.thread(1)[1].Delivery, "after %s", step.receipt)
	}
	require.NoError(t, h.bot.SetDelivery(t.Context(), h.phone.Name(), "unknown", bot.Read))
	require.NoError(t, h.bot.SetDelivery(t.Context(), h.phone.Name(), "M1", bot.Read), "a message of the resident's own")
	assert.Equal(t, bot.Delivery(""), h.thread(1)[0].Delivery)
}

// subscriber is a dialogue in which "tips" subscribes and "stop" ends it.
var subscriber = script(func(s bot.Situation) bot.Outcome {
	switch {
	case s.Message == nil:
	case s.Message.Text == "tips":
		return bot.Outcome{Effects: []bot.Effect{bot.Subscribe{}}}
	case s.Message.Text == "stop":
		return bot.Outcome{Effects: []bot.Effect{bot.Unsubscribe{}}, Replies: []string{"stopped"}}
	}
	return bot.Outcome{}
})

// tipSends are the times at which the phone was given a message, for each.
func (h *house) tipSends() *[]time.Time {
	var at []time.Time
	h.phone.fail(func(context.Context, bot.Message) error {
		at = append(at, h.clock.Now())
		return nil
	})
	return &at
}

func (h *house) requirePacedByDay(at []time.Time) {
	h.Helper()
	gap := time.Minute / time.Duration(h.unit.Tips.PerMinute)
	for i, sent := range at {
		local := sent.In(locales.IST)
		minute := bot.DayTime(local.Hour()*60 + local.Minute())
		require.GreaterOrEqual(h, minute, h.unit.Tips.From, "tip %d at %s", i, local)
		require.Less(h, minute, h.unit.Tips.Until, "tip %d at %s", i, local)
		if i > 0 {
			require.GreaterOrEqual(h, sent.Sub(at[i-1]), gap, "tip %d", i)
		}
	}
}

// Tips go one a week to each who asked, slowly and by day, over into the next
// day where the day is too short.
func TestTipsArePacedAndByDay(t *testing.T) {
	t.Parallel()
	h := newHouse(t, subscriber)
	h.unit.Tips.PerMinute = 1
	h.unit.Tips.Until = h.unit.Tips.At + 20 // minutes
	const subscribers = 30
	for n := range subscribers {
		h.say(n, "tips")
	}
	at := h.tipSends()
	h.clock.Set(time.Date(2026, 11, 25, 11, 0, 0, 0, locales.IST)) // the Wednesday
	h.pass(5 * 24 * time.Hour)
	assert.Len(t, *at, subscribers)
	h.requirePacedByDay(*at)
	assert.Greater(t, (*at)[subscribers-1].Sub((*at)[0]), 12*time.Hour, "some had to wait for the next day")
	for n := range subscribers {
		assert.Len(t, h.replies(n), 1)
	}
	h.pass(7 * 24 * time.Hour)
	assert.Len(t, *at, 2*subscribers)
	assert.NotEqual(t, h.replies(0)[0], h.replies(0)[1], "another tip each week")
}

// Tips that fell due while the program was down, or that failed in the evening,
// are not sent at night, nor all at once in the morning.
func TestLateTips(t *testing.T) {
	t.Parallel()
	h := newHouse(t, subscriber)
	const subscribers = 10
	for n := range subscribers {
		h.say(n, "tips")
	}
	h.clock.Set(time.Date(2026, 11, 25, 19, 59, 0, 0, locales.IST))
	h.phone.fail(func(context.Context, bot.Message) error { return errNetwork })
	h.drain()
	h.reopen()
	at := h.tipSends()
	h.clock.Set(time.Date(2026, 11, 25, 23, 0, 0, 0, locales.IST)) // back at night
	h.drain()
	assert.Empty(t, *at)
	h.pass(4 * 24 * time.Hour)
	assert.Len(t, *at, subscribers)
	h.requirePacedByDay(*at)
}

// One who stops the tips gets none that was queued already.
func TestStopWithdrawsTips(t *testing.T) {
	t.Parallel()
	h := newHouse(t, subscriber)
	h.say(1, "tips")
	h.say(2, "tips")
	h.clock.Set(time.Date(2026, 11, 25, 10, 59, 59, 0, locales.IST))
	h.phone.fail(func(context.Context, bot.Message) error { return errNetwork })
	h.pass(time.Minute) // both are queued and tried
	h.phone.fail(nil)
	h.say(1, "stop")
	h.pass(24 * time.Hour)
	assert.Equal(t, bot.Withdrawn, h.thread(1)[1].Delivery)
	assert.Equal(t, bot.Sent, h.thread(2)[1].Delivery)
	screen := h.phone.screen()
	require.Len(t, screen, 2)
	assert.Contains(t, screen, "stopped", "the rest of the helpline goes on")
}

// A tip that can never be sent needs no officer.
func TestTipThatCannotBeSent(t *testing.T) {
	t.Parallel()
	h := newHouse(t, subscriber)
	h.say(1, "tips")
	h.phone.fail(func(context.Context, bot.Message) error { return bot.ErrForbidden })
	h.clock.Set(time.Date(2026, 11, 25, 11, 0, 0, 0, locales.IST))
	h.pass(time.Hour)
	assert.Equal(t, bot.Failed, h.thread(1)[1].Delivery)
	assert.Equal(t, bot.WithBot, h.conversation(1).State)
}

// A file may take longer to send than words, by its size, until it is uploaded.
func TestSendDeadline(t *testing.T) {
	t.Parallel()
	large := &bot.Media{Size: bot.MaxMedia}
	for name, c := range map[string]struct {
		message bot.Message
		want    time.Duration
	}{
		"words":            {bot.Message{Kind: bot.Text}, bot.SendDeadline},
		"a small picture":  {bot.Message{Media: &bot.Media{Size: 1000}}, bot.SendDeadline},
		"the largest file": {bot.Message{Media: large}, bot.SendDeadline + 2048*time.Second},
		"once uploaded":    {bot.Message{Media: large, Payload: []byte{1}}, bot.SendDeadline},
	} {
		assert.Equal(t, c.want, bot.SendDeadlineOf(c.message), name)
	}
}
