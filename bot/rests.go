package bot

import (
	"context"
	"strings"
	"sync"
	"time"
)

// How long the outbox waits where the service does not let the helpline write
// to a person. WhatsApp does not say when it will; asking often makes it worse.
const (
	BarredWait        = 4 * time.Hour // after the first time; then twice as long each time
	longestBarredWait = 24 * time.Hour
)

// rests are the channels that the outbox leaves alone for a while.
type rests struct {
	mu      sync.Mutex
	offline map[string]time.Time // by channel: when it was last found offline, by the machine's clock
	tips    map[string]time.Time // by channel: no tip goes before
}

func newRests() rests {
	return rests{offline: map[string]time.Time{}, tips: map[string]time.Time{}}
}

// setOffline lets a channel rest until it wakes the bot, or for idlePause.
func (r *rests) setOffline(channel string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.offline[channel] = time.Now()
}

func (r *rests) isOffline(channel string) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	since, offline := r.offline[channel]
	return offline && time.Since(since) < idlePause
}

// end lets all channels be tried again.
func (r *rests) end() {
	r.mu.Lock()
	defer r.mu.Unlock()
	clear(r.offline)
}

// restTips sends no tip on a channel before a time.
func (r *rests) restTips(channel string, until time.Time) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.tips[channel] = later(r.tips[channel], until)
}

func (r *rests) tipsUntil(channel string) time.Time {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.tips[channel]
}

// nextTips is when the next channel may send tips again that may not now; zero
// if there is none.
func (r *rests) nextTips(now time.Time) (next time.Time) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, until := range r.tips {
		if until.After(now) && (next.IsZero() || until.Before(next)) {
			next = until
		}
	}
	return next
}

// Wake tells the bot that a channel is connected again: what waits for it is
// sent now.
func (b *Bot) Wake() {
	b.rests.end()
	b.wake()
}

// waitBarred puts off a message that the service does not let through now, and
// tells an officer the first time. The tips of its channel rest as long.
func (b *Bot) waitBarred(ctx context.Context, m Message) error {
	now := b.clock.Now()
	wait := barredWait(m, now)
	b.rests.restTips(m.Channel, now.Add(wait))
	b.log.Warn("the service does not let a message through; it waits", "message", m.ID, "resident", m.Resident, "hours", wait.Hours())
	if !wasBarred(m) {
		// First, for a crash between the two: the queue takes it once only.
		if err := b.tellUndelivered(ctx, m); err != nil {
			return err
		}
	}
	return b.store.Postpone(ctx, m.ID, now.Add(wait), ErrBarred.Error())
}

// wasBarred tells whether a message was kept back by the service before.
func wasBarred(m Message) bool { return strings.HasPrefix(m.Error, ErrBarred.Error()) }

// barredWait is how long a message waits that is barred now. It is reckoned from
// the message's age, which makes it twice as long each time: tries that were
// barred are not counted.
func barredWait(m Message, now time.Time) time.Duration {
	if !wasBarred(m) {
		return BarredWait
	}
	return min(max(now.Sub(m.At), 0)+BarredWait, longestBarredWait)
}
