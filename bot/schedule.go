package bot

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"sync"
	"time"
)

// Limits of the schedule.
const (
	timerBatch  = 100
	tipBatch    = 100
	scheduleGap = time.Second // how often the schedule is looked at
)

func (b *Bot) runSchedule(ctx context.Context) {
	tick := time.NewTicker(scheduleGap)
	defer tick.Stop()
	var pruned time.Time
	for {
		if err := b.wakeTimers(ctx); err != nil && !ended(ctx, err) {
			b.log.Error("timers cannot be woken", "error", err)
		}
		if err := b.queueTips(ctx); err != nil && !ended(ctx, err) {
			b.log.Error("tips cannot be queued", "error", err)
		}
		if err := b.lapseTransfers(ctx); err != nil && !ended(ctx, err) {
			b.log.Error("transfers cannot be ended", "error", err)
		}
		if now := b.clock.Now(); now.Sub(pruned) >= 24*time.Hour {
			pruned = now
			b.prune(ctx)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		case <-b.hurry:
		}
	}
}

// prune removes messages that have outlived the unit's retention.
func (b *Bot) prune(ctx context.Context) {
	if b.unit.Retention.MessagesDays == 0 {
		return
	}
	n, err := b.store.Prune(ctx, b.clock.Now().AddDate(0, 0, -b.unit.Retention.MessagesDays))
	if err != nil && !ended(ctx, err) {
		b.log.Error("old messages cannot be removed", "error", err)
	} else if n > 0 {
		b.log.Info("old messages removed", "count", n)
	}
}

// wakeTimers steps the talks whose timers are due.
func (b *Bot) wakeTimers(ctx context.Context) error {
	for {
		timers, err := b.store.DueTimers(ctx, b.clock.Now(), timerBatch)
		if err != nil {
			return fmt.Errorf("wake timers: %w", err)
		}
		if err := b.wakeAll(ctx, timers); err != nil {
			return fmt.Errorf("wake timers: %w", err)
		}
		if len(timers) < timerBatch {
			return nil
		}
	}
}

// wakeAll runs the turns of timers, those of one resident in their order, and
// those of several at the same time, so that they share commits: after an
// outage many fall due at once. One that fails holds up no other.
func (b *Bot) wakeAll(ctx context.Context, timers []Timer) error {
	ofResident := map[int64][]Timer{}
	for _, t := range timers {
		ofResident[t.Resident] = append(ofResident[t.Resident], t)
	}
	var running sync.WaitGroup
	failed := make(chan error, len(timers))
	for _, timers := range ofResident {
		running.Go(func() {
			for _, t := range timers {
				failed <- b.wakeTimer(ctx, t)
			}
		})
	}
	running.Wait()
	close(failed)
	var all error
	for err := range failed {
		all = errors.Join(all, err)
	}
	return all
}

// wakeTimer runs the turn of one timer. A timer that has been moved or removed
// since it was read is stale for good, and so is one of a resident who has been
// joined with another; that is no error.
func (b *Bot) wakeTimer(ctx context.Context, t Timer) error {
	c, err := b.store.Conversation(ctx, t.Resident)
	if errors.Is(err, ErrNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	lane := laneOf(c.Channel, c.Address)
	leave := b.lanes.enter(lane)
	defer leave()
	b.recent.forget(t.Resident)
	err = b.turn(ctx, lane, unread(t.Resident), nil, t.Kind)
	if errors.Is(err, ErrStale) {
		return nil
	}
	return err
}

// silenceTurn gives a conversation back to the queue because the officer who
// holds it has not answered, and tells the resident.
func (b *Bot) silenceTurn(c Conversation, now time.Time) *Turn {
	t := &Turn{Resident: c.Resident.ID, Version: c.Version, At: now, Timer: TimerSilence, Session: c.Session}
	if c.State == Claimed {
		text := b.catalog.Text(c.Resident.Lang, "officer.silent", nil)
		t.Out = []Message{b.outgoing(c.Resident.ID, c.Channel, c.Address, text, now)}
	}
	return t
}

// queueTips queues this week's tip for subscribers who have not got it, at the
// unit's pace, within the hours of the day that the unit has set.
func (b *Bot) queueTips(ctx context.Context) error {
	start := b.tipTime(b.clock.Now())
	if len(b.tips) == 0 || b.clock.Now().Before(start) {
		return nil
	}
	for {
		due, err := b.store.DueSubscriptions(ctx, start, tipBatch)
		if err != nil || len(due) == 0 {
			return err
		}
		at, err := b.store.LastBulkDue(ctx)
		if err != nil {
			return err
		}
		at = later(at, b.clock.Now())
		for _, s := range due {
			at = b.daytime(at.Add(b.tipGap()))
			if err := b.queueTip(ctx, s, start, at); err != nil {
				return err
			}
		}
	}
}

func (b *Bot) queueTip(ctx context.Context, s Subscription, since, at time.Time) error {
	c, err := b.store.Conversation(ctx, s.Resident)
	if err != nil {
		return err
	}
	tip := b.tips[s.Sent%len(b.tips)]
	text := b.catalog.Text(c.Resident.Lang, tip.Key, nil) + "\n\n" + b.catalog.Text(c.Resident.Lang, "tips.weekly_footer", nil)
	m := b.outgoing(s.Resident, c.Channel, c.Address, text, b.clock.Now())
	m.Bulk, m.Due = true, at
	_, err = b.store.QueueTip(ctx, m, since)
	return err
}

// tipGap is the time from one tip to the next: the unit's pace with jitter.
func (b *Bot) tipGap() time.Duration {
	gap := time.Minute / time.Duration(b.unit.Tips.PerMinute)
	return gap + rand.N(gap/2) //nolint:gosec // spreads the load only
}

// tipTime is when the tips of the week of now start: the latest one that has
// come, or today's.
func (b *Bot) tipTime(now time.Time) time.Time {
	at := b.unit.Tips.At.On(now)
	back := (int(at.Weekday()) - int(b.unit.Tips.Day) + 7) % 7
	return at.AddDate(0, 0, -back).UTC()
}

// daytime is t, or the next moment within the hours for tips.
func (b *Bot) daytime(t time.Time) time.Time {
	from, until := b.unit.Tips.From.On(t), b.unit.Tips.Until.On(t)
	switch {
	case t.Before(from):
		return from.UTC()
	case t.Before(until):
		return t
	default:
		return from.AddDate(0, 0, 1).UTC()
	}
}

// maxRounds bounds Drain: a turn leads to a few replies, and these to none.
const maxRounds = 1000

// forever is the patience of Drain: it waits for each message.
const forever = time.Duration(1<<63 - 1)

// Drain does everything that is due now (timers, tips, media, the outbox)
// until there is nothing left to do. It is for the terminal and for tests;
// Run does the same as time passes.
func (b *Bot) Drain(ctx context.Context) error {
	for range maxRounds {
		if err := b.wakeTimers(ctx); err != nil {
			return err
		}
		if err := b.queueTips(ctx); err != nil {
			return err
		}
		if err := b.lapseTransfers(ctx); err != nil {
			return err
		}
		fetched, err := b.fetchMedia(ctx, forever)
		if err != nil {
			return err
		}
		read, err := b.readPicture(ctx)
		if err != nil {
			return err
		}
		sent, err := b.sendDue(ctx, forever)
		if err != nil {
			return err
		}
		if fetched == 0 && read == 0 && sent == 0 {
			return nil
		}
	}
	return errors.New("drain: there is always something left to do")
}

// Advance moves the clock to a time, stopping at each moment at which
// something falls due, and does it.
func (b *Bot) Advance(ctx context.Context, clock *ManualClock, to time.Time) error {
	if err := b.Drain(ctx); err != nil {
		return err
	}
	for {
		next, err := b.nextMoment(ctx, clock.Now())
		if err != nil {
			return err
		}
		if next.IsZero() || next.After(to) {
			break
		}
		clock.Set(next)
		if err := b.Drain(ctx); err != nil {
			return err
		}
	}
	clock.Set(to)
	return b.Drain(ctx)
}

// nextMoment is the next time after now at which something falls due.
func (b *Bot) nextMoment(ctx context.Context, now time.Time) (time.Time, error) {
	timer, err := b.store.NextTimer(ctx)
	if err != nil {
		return time.Time{}, err
	}
	message, err := b.store.NextDue(ctx)
	if err != nil {
		return time.Time{}, err
	}
	tips := b.tipTime(now)
	if !tips.After(now) {
		tips = b.tipTime(now.AddDate(0, 0, 7))
	}
	next := time.Time{}
	for _, t := range []time.Time{timer, message, tips, b.tipsResume()} {
		if t.After(now) && (next.IsZero() || t.Before(next)) {
			next = t
		}
	}
	return next, nil
}
