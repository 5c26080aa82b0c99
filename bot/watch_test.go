package bot_test

import (
	"context"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"mitan/bot"
)

// A link is what a test says it is.
type link struct {
	mu  sync.Mutex
	now bot.Link
}

func (l *link) Link() bot.Link {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.now
}

func (l *link) StartLinking(context.Context) error { return nil }
func (l *link) Reconnect(context.Context) error    { return nil }

func (l *link) set(state bot.LinkState, reason string, at time.Time) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.now = bot.Link{State: state, Since: at, Reason: reason}
}

// bell is an Alerter that counts, and fails where a test wants it to.
type bell struct {
	mu    sync.Mutex
	rung  []bot.Link
	fails int // how many of the next alerts
	hold  chan struct{}
}

func (b *bell) Alert(ctx context.Context, l bot.Link) error {
	if b.hold != nil {
		select {
		case <-b.hold:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.rung = append(b.rung, l)
	if b.fails > 0 {
		b.fails--
		return errNetwork
	}
	return nil
}

func (b *bell) states() (states []bot.LinkState) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, l := range b.rung {
		states = append(states, l.State)
	}
	return states
}

// linked is a house whose link is watched by hand.
type linked struct {
	*house
	link *link
	bell *bell
}

func newLinked(t *testing.T) *linked {
	h := &linked{house: newHouse(t, echo), link: &link{}, bell: &bell{}}
	h.linker, h.alerter = h.link, h.bell
	h.link.set(bot.LinkConnecting, "", noon)
	h.bot = h.another()
	return h
}

// look lets the watch look at the link, and lets an alert come to its end.
func (h *linked) look() {
	h.Helper()
	require.NoError(h, h.bot.LookAtLink(h.Context()))
	h.bot.AlertDone()
}

// becomes changes the link's state and has the watch see it.
func (h *linked) becomes(state bot.LinkState, reason string) {
	h.Helper()
	h.link.set(state, reason, h.clock.Now())
	h.look()
}

// watchFor lets time pass, with a look each ten seconds.
func (h *linked) watchFor(d time.Duration) {
	h.Helper()
	for end := h.clock.Now().Add(d); h.clock.Now().Before(end); {
		h.clock.Set(h.clock.Now().Add(10 * time.Second))
		h.look()
	}
}

// events are the states that were written down, the oldest first.
func (h *linked) events() (states []string) {
	h.Helper()
	events, err := h.store.LinkEvents(h.Context(), 1000)
	require.NoError(h, err)
	for _, e := range events {
		said := string(e.State)
		if e.Reason != "" {
			said += " " + e.Reason
		}
		states = append([]string{said}, states...)
	}
	return states
}

// after is the unit's time until an alert.
func (h *linked) after() time.Duration { return time.Duration(h.unit.Alert.AfterMinutes) * time.Minute }

// Each change of the link is written down once, with its reason, and told to
// those who watch.
func TestLinkEvents(t *testing.T) {
	t.Parallel()
	h := newLinked(t)
	changes, stop := h.bot.Watch()
	defer stop()
	h.look()
	h.look()
	h.becomes(bot.LinkOnline, "")
	h.becomes(bot.LinkOffline, "503")
	h.look()
	h.becomes(bot.LinkOnline, "")
	assert.Equal(t, []string{"connecting", "online", "offline 503", "online"}, h.events())
	require.Len(t, changes, 4)
	assert.Equal(t, bot.Change{}, <-changes, "of no resident")
	assert.Empty(t, h.bell.states())
	assert.Equal(t, bot.LinkOnline, h.bot.Link().State)
}

// A helpline without a link has none, and nobody watches it.
func TestNoLink(t *testing.T) {
	t.Parallel()
	h := newHouse(t, echo)
	assert.Equal(t, bot.Link{State: bot.LinkNone}, h.bot.Link())
	ctx, stop := context.WithCancel(t.Context())
	stop()
	require.NoError(t, h.bot.Run(ctx))
	events, err := h.store.LinkEvents(t.Context(), 10)
	require.NoError(t, err)
	assert.Empty(t, events)
}

// When an alert is given.
func TestAlertIsDue(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		state  bot.LinkState
		atOnce bool
	}{
		{bot.LinkNone, false},
		{bot.LinkConnecting, false},
		{bot.LinkOffline, false},
		{bot.LinkLoggedOut, true},
		{bot.LinkBanned, true},
		{bot.LinkReplaced, true},
		{bot.LinkOutdated, true},
	} {
		t.Run(string(c.state), func(t *testing.T) {
			t.Parallel()
			h := newLinked(t)
			h.becomes(bot.LinkOnline, "")
			h.becomes(c.state, "")
			if c.atOnce {
				assert.Equal(t, []bot.LinkState{c.state}, h.bell.states())
			} else {
				h.watchFor(h.after() - 10*time.Second)
				assert.Empty(t, h.bell.states())
			}
			h.watchFor(24 * time.Hour)
			assert.Equal(t, []bot.LinkState{c.state}, h.bell.states(), "once in an outage")
			assert.Equal(t, []string{"online", string(c.state), "alerted " + string(c.state)}, h.events())
		})
	}
}

// A start is no outage, unless it takes too long.
func TestAlertAfterAStart(t *testing.T) {
	t.Parallel()
	h := newLinked(t)
	h.look()
	h.watchFor(h.after() - 10*time.Second)
	h.becomes(bot.LinkOnline, "")
	h.watchFor(time.Hour)
	assert.Empty(t, h.bell.states())

	slow := newLinked(t)
	slow.look()
	slow.watchFor(slow.after())
	assert.Equal(t, []bot.LinkState{bot.LinkConnecting}, slow.bell.states())
}

// A link that tries again and again is down all the time; one that comes back
// in between is not.
func TestAlertWhileTheLinkFlaps(t *testing.T) {
	t.Parallel()
	h := newLinked(t)
	h.becomes(bot.LinkOnline, "")
	for range 10 {
		h.becomes(bot.LinkOffline, "")
		h.watchFor(h.after() / 5)
		h.becomes(bot.LinkConnecting, "")
		h.watchFor(h.after() / 5)
	}
	assert.Len(t, h.bell.states(), 1)

	h.becomes(bot.LinkOnline, "")
	for range 10 {
		h.becomes(bot.LinkOffline, "")
		h.watchFor(h.after() / 2)
		h.becomes(bot.LinkOnline, "")
	}
	assert.Len(t, h.bell.states(), 1)
	h.becomes(bot.LinkLoggedOut, "401")
	assert.Equal(t, bot.LinkLoggedOut, h.bell.states()[1], "the next outage alerts again")
}

// The outage that was told of is not told again after a restart.
func TestAlertAfterARestart(t *testing.T) {
	t.Parallel()
	h := newLinked(t)
	h.becomes(bot.LinkOnline, "")
	h.becomes(bot.LinkLoggedOut, "401")
	for _, state := range []bot.LinkState{bot.LinkConnecting, bot.LinkLoggedOut, bot.LinkNone} {
		h.reopen()
		h.becomes(state, "")
		h.watchFor(2 * h.after())
	}
	assert.Len(t, h.bell.states(), 1)
	assert.Equal(t, []string{"online", "logged_out 401", "alerted logged_out", "connecting", "logged_out", "none"}, h.events())

	for range 400 { // a long night
		for _, state := range []bot.LinkState{bot.LinkOffline, bot.LinkConnecting} {
			require.NoError(t, h.store.AddLinkEvent(t.Context(), bot.LinkEvent{At: h.clock.Now(), State: state}))
		}
	}
	h.reopen()
	h.becomes(bot.LinkLoggedOut, "")
	assert.Len(t, h.bell.states(), 1)

	h.becomes(bot.LinkOnline, "")
	h.reopen()
	h.becomes(bot.LinkOffline, "")
	h.watchFor(h.after())
	assert.Len(t, h.bell.states(), 2, "it has been online since")
}

// An alert that fails is given again after longer and longer pauses, five times.
func TestAlertThatFails(t *testing.T) {
	t.Parallel()
	h := newLinked(t)
	h.bell.fails = 2
	h.becomes(bot.LinkOnline, "")
	h.becomes(bot.LinkBanned, "")
	h.watchFor(time.Hour)
	assert.Len(t, h.bell.states(), 3)

	h.becomes(bot.LinkOnline, "")
	h.bell.fails = 100
	h.becomes(bot.LinkBanned, "")
	start := h.clock.Now()
	var pauses []time.Duration
	for tries := 1; len(pauses) < 4; {
		h.watchFor(10 * time.Second)
		if n := len(h.bell.states()) - 3; n > tries {
			pauses = append(pauses, h.clock.Now().Sub(start).Truncate(time.Minute))
			start, tries = h.clock.Now(), n
		}
		require.Less(t, h.clock.Now().Sub(start), time.Hour)
	}
	assert.Equal(t, []time.Duration{time.Minute, 2 * time.Minute, 4 * time.Minute, 8 * time.Minute}, pauses)
	h.watchFor(6 * time.Hour)
	assert.Len(t, h.bell.states(), 3+5, "then it is given up")
}

// An alert that fails is not given again once the link is back.
func TestAlertEndsWithTheOutage(t *testing.T) {
	t.Parallel()
	h := newLinked(t)
	h.bell.fails = 1
	h.becomes(bot.LinkLoggedOut, "")
	h.becomes(bot.LinkOnline, "")
	h.watchFor(time.Hour)
	assert.Len(t, h.bell.states(), 1)
}

// An alert that hangs holds up nothing: the link is watched on.
func TestAlertThatHangs(t *testing.T) {
	t.Parallel()
	h := newLinked(t)
	h.bell.hold = make(chan struct{})
	for _, state := range []bot.LinkState{bot.LinkOnline, bot.LinkLoggedOut, bot.LinkOnline, bot.LinkOffline} {
		h.link.set(state, "", h.clock.Now())
		require.NoError(t, h.bot.LookAtLink(t.Context()))
	}
	assert.Equal(t, []string{"online", "logged_out", "alerted logged_out", "online", "offline"}, h.events())
	close(h.bell.hold)
	h.bot.AlertDone()
	assert.Len(t, h.bell.states(), 1)
}

// What cannot be written down is tried again; an alert that cannot be is given.
func TestLinkWhenTheDiskIsFull(t *testing.T) {
	t.Parallel()
	h := newLinked(t)
	h.look()
	h.link.set(bot.LinkOnline, "", h.clock.Now())
	h.faults.once("AddLinkEvent online", errDisk)
	require.ErrorIs(t, h.bot.LookAtLink(t.Context()), errDisk)
	h.look()
	assert.Equal(t, []string{"connecting", "online"}, h.events())

	h.faults.once("AddLinkEvent alerted", errDisk)
	h.becomes(bot.LinkLoggedOut, "")
	h.watchFor(time.Hour)
	assert.Len(t, h.bell.states(), 1)
}

// Run watches the link, and ends with an alert under way.
func TestRunWatchesTheLink(t *testing.T) {
	t.Parallel()
	h := newLinked(t)
	h.bell.hold = make(chan struct{}) // never opened
	h.link.set(bot.LinkBanned, "", noon)
	changes, unwatch := h.bot.Watch()
	defer unwatch()
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- h.bot.Run(ctx) }()
	<-changes
	require.Eventually(t, func() bool { return len(h.events()) == 2 }, time.Minute, time.Millisecond)
	h.link.set(bot.LinkOnline, "", noon)
	<-changes
	stop()
	require.NoError(t, <-ended)
}
