package bot_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"mitan/bot"
	"mitan/locales"
)

// secondPhone is another channel beside the phone of a house.
type secondPhone struct{ phone }

func (p *secondPhone) Name() string { return "second" }

func offline(context.Context, bot.Message) error {
	return fmt.Errorf("send: %w", bot.ErrOffline)
}

// What does not go, and what happens then. Each row sends one reply that meets
// an error for ever, and lets two days pass.
func TestWhatAnErrorMeans(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name     string
		err      error
		sends    int // how often the channel is asked
		attempts int // how many of them count
		delivery bot.Delivery
		officer  bool
	}{
		{"passing: tried again until the tries end", errNetwork, 20, 19, bot.Failed, true},
		{"forbidden: given up at once", bot.ErrForbidden, 1, 0, bot.Failed, true},
		{"barred: waits 4, 8, 16 and 24 hours, and an officer knows", bot.ErrBarred, 4, 0, bot.Queued, true},
		{"offline: waits until the channel is back", bot.ErrOffline, 1, 0, bot.Queued, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			h := newHouse(t, echo)
			h.say(1, "a")
			h.phone.fail(func(context.Context, bot.Message) error { return fmt.Errorf("send: %w", c.err) })
			h.pass(48 * time.Hour)
			reply := h.thread(1)[1]
			assert.Len(t, h.phone.sends(), c.sends)
			assert.Equal(t, c.attempts, reply.Attempts)
			assert.Equal(t, c.delivery, reply.Delivery)
			assert.Equal(t, c.officer, h.conversation(1).State == bot.Waiting)
		})
	}
}

// While a channel is offline nothing is written and the residents' messages
// keep their order; when it is back everything goes.
func TestOfflineChannel(t *testing.T) {
	t.Parallel()
	h := newHouse(t, three)
	h.say(1, "a")
	h.say(2, "b")
	h.phone.fail(offline)
	before := h.thread(1)
	h.drain()
	h.say(1, "c")
	h.drain()
	assert.Len(t, h.phone.sends(), 1, "one message has found out; the others wait without a try")
	assert.Equal(t, before, h.thread(1)[:4])

	h.phone.fail(nil)
	h.drain()
	assert.Empty(t, h.phone.screen(), "it rests until it is woken")
	h.bot.Wake()
	h.drain()
	first, second := h.phone.screen(), h.phone.screen()
	isSecond := func(text string) bool { return text[0] == 'b' }
	assert.Equal(t, []string{"a1", "a2", "a3", "c1", "c2", "c3"}, slices.DeleteFunc(first, isSecond))
	assert.Equal(t, []string{"b1", "b2", "b3"}, slices.DeleteFunc(second, func(text string) bool { return !isSecond(text) }))
}

// However much waits for a channel that is offline, another sends.
func TestOfflineHoldsUpNoOtherChannel(t *testing.T) {
	t.Parallel()
	h := newHouse(t, echo)
	second := &secondPhone{phone{seen: map[string]bool{}}}
	h.channels = []bot.Channel{second}
	h.bot = h.another()
	h.phone.fail(offline)
	const waiting = 2100 // more than the outbox reads at a time, twice
	for n := range waiting {
		h.say(n, "a")
	}
	other := h.message(waiting, "b")
	other.Channel = second.Name()
	require.NoError(t, h.bot.Receive(t.Context(), other))
	h.drain()
	assert.Empty(t, h.phone.screen())
	assert.Equal(t, []string{"re: b"}, second.screen())
}

// A channel that this program does not run is like one that is offline: its
// messages wait for a program that does.
func TestChannelThatIsNotRunning(t *testing.T) {
	t.Parallel()
	h := newHouse(t, echo)
	strange := h.message(1, "a")
	strange.Channel = "elsewhere"
	require.NoError(t, h.bot.Receive(t.Context(), strange))
	h.say(2, "b")
	h.pass(48 * time.Hour)
	assert.Equal(t, []string{"re: b"}, h.phone.screen())
	assert.Equal(t, 1, h.counted("message WHERE channel = 'elsewhere' AND delivery = 'queued' AND attempts = 0"))
}

// While the bot runs, a channel that is offline is asked now and then, not all
// the time, and what waits goes once it is back, also without a word of it.
func TestOfflineWhileRunning(t *testing.T) {
	t.Parallel()
	h := newHouse(t, echo)
	h.phone.fail(offline)
	h.say(1, "a")
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- h.bot.Run(ctx) }()
	require.Eventually(t, func() bool { return len(h.phone.sends()) > 0 }, time.Minute, time.Millisecond)
	for range 50 {
		h.say(2, "b") // each wakes the outbox
	}
	assert.Less(t, len(h.phone.sends()), 10)
	h.phone.fail(nil)
	assert.Eventually(t, func() bool { return len(h.phone.screen()) == 51 }, time.Minute, 10*time.Millisecond)
	stop()
	require.NoError(t, <-ended)
}

// A person to whom the service lets us write no more: an officer is told once,
// though the message waits longer and longer, and it goes when it may.
func TestBarred(t *testing.T) {
	t.Parallel()
	h := newHouse(t, echo)
	h.say(1, "a")
	start := h.clock.Now()
	var tries []time.Duration
	h.phone.fail(func(_ context.Context, m bot.Message) error {
		if m.Text != "re: a" {
			return nil
		}
		tries = append(tries, h.clock.Now().Sub(start).Round(time.Minute))
		switch len(tries) {
		case 3:
			return errNetwork // in between something else goes wrong
		case 7:
			return nil
		}
		return bot.ErrBarred
	})
	h.pass(bot.BarredWait - time.Minute)
	assert.Equal(t, bot.ReasonUndeliver, h.conversation(1).Reason)
	meena := h.officer("meena", bot.RoleOfficer)
	require.NoError(t, h.bot.Claim(t.Context(), meena, h.resident(1), false))
	require.NoError(t, h.bot.CloseConversation(t.Context(), meena, h.resident(1)))
	h.pass(96 * time.Hour)
	assert.Equal(t, []time.Duration{0, 4 * time.Hour, 12 * time.Hour, 12 * time.Hour, 28 * time.Hour, 52 * time.Hour, 76 * time.Hour}, tries)
	assert.Equal(t, bot.Sent, h.thread(1)[1].Delivery)
	assert.Equal(t, 1, h.counted("escalation WHERE reason = ?", string(bot.ReasonUndeliver)))
	assert.Equal(t, 1, h.thread(1)[1].Attempts, "only the try that met another error counts")
}

// Where a person is barred, the tips of the channel rest as long, and no
// officer is called for a tip.
func TestTipsRestWhereBarred(t *testing.T) {
	t.Parallel()
	h := newHouse(t, subscriber)
	h.unit.Tips.From, h.unit.Tips.Until = 0, 24*60-1
	const subscribers = 5
	for n := range subscribers {
		h.say(n, "tips")
	}
	var tries []time.Time
	h.phone.fail(func(context.Context, bot.Message) error {
		tries = append(tries, h.clock.Now())
		if len(tries) == 1 {
			return bot.ErrBarred
		}
		return nil
	})
	h.clock.Set(time.Date(2026, 11, 25, 11, 0, 0, 0, locales.IST)) // the Wednesday
	h.pass(24 * time.Hour)
	require.Len(t, tries, subscribers+1)
	assert.GreaterOrEqual(t, tries[1].Sub(tries[0]), bot.BarredWait)
	h.requirePacedByDay(tries)
	assert.Equal(t, bot.WithBot, h.conversation(0).State)
}

// A reply does not wait behind the tips, however many are due before it.
func TestReplyGoesBeforeTips(t *testing.T) {
	t.Parallel()
	h := newHouse(t, subscriber)
	const subscribers = 50
	for n := range subscribers {
		h.say(n, "tips")
	}
	h.clock.Set(time.Date(2026, 11, 25, 10, 59, 59, 0, locales.IST))
	h.phone.fail(offline)
	h.pass(time.Hour) // all tips are queued and late
	h.say(subscribers, "stop")
	var order []bool
	h.phone.fail(func(_ context.Context, m bot.Message) error {
		order = append(order, m.Bulk)
		return nil
	})
	h.bot.Wake()
	h.drain()
	require.NotEmpty(t, order)
	assert.False(t, order[0], "the reply is first")
	assert.LessOrEqual(t, len(order), 2, "and at most one tip goes at a time")
}
