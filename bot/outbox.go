package bot

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"
)

// Limits of the outbox.
const (
	outboxBatch    = 1000                   // messages read at a time
	outboxSlice    = 250 * time.Millisecond // of sending; then what was sent is written down and the outbox read anew
	SendDeadline   = 90 * time.Second       // a send that takes longer is tried again; see sendDeadline
	slowestUpload  = 32 << 10               // bytes a second, by which a file's send may take longer
	maxFlying      = 16                     // sends to different residents at a time
	slowSend       = 2 * time.Second        // a send that takes longer goes on beside the others
	maxSlow        = 32                     // sends beside the others; then the others wait
	maxSendTries   = 20                     // then the message has failed
	firstBackoff   = 2 * time.Second        // doubles with each try
	longestBackoff = 15 * time.Minute
	idlePause      = 5 * time.Second      // how often the outbox is looked at without a reason
	gather         = 2 * time.Millisecond // that the first reply waits for others to be read with it
)

// outbox is what is kept between two readings of the queued messages.
type outbox struct {
	sync.Mutex                    // held while messages are sent, so that order holds
	slow       map[int64]*sending // by resident: messages that are still with their channel
	sent       []Message          // that are still to be written down as sent
	work       sync.WaitGroup
	nextTip    time.Time // no tip is sent before
}

// A sending is a message on its way to its channel.
type sending struct {
	message Message
	done    chan struct{}
	err     error // from when done is closed
}

func (b *Bot) runOutbox(ctx context.Context) {
	for ctx.Err() == nil {
		sent, err := b.sendDue(ctx, slowSend)
		if err != nil && !ended(ctx, err) {
			b.log.Error("the outbox cannot be sent", "error", err)
		}
		if sent > 0 && err == nil {
			continue
		}
		b.pause(ctx, b.untilDue(ctx))
		time.Sleep(gather)
	}
	b.outbox.work.Wait()
	b.outbox.Lock()
	defer b.outbox.Unlock()
	for resident, s := range b.outbox.slow {
		delete(b.outbox.slow, resident)
		if s.err == nil {
			b.outbox.sent = append(b.outbox.sent, s.message)
		}
	}
	if err := b.markSent(ctx); err != nil {
		b.log.Error("what was sent last cannot be written down and will be sent again", "error", err)
	}
}

// untilDue is how long the outbox may rest. What is due and yet was not sent
// waits for a slow sending, whose end wakes the outbox, or for the time of tips.
func (b *Bot) untilDue(ctx context.Context) time.Duration {
	due, err := b.store.NextDue(ctx)
	now := b.clock.Now()
	if err == nil && !due.IsZero() && !due.After(now) {
		due = b.tipsResume()
	}
	if err != nil || !due.After(now) {
		return idlePause
	}
	return min(due.Sub(now), idlePause)
}

func (b *Bot) pause(ctx context.Context, d time.Duration) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-timer.C:
	case <-b.wakeup:
	}
}

// sendDue sends the queued messages that are due, in their order, and tells
// how many it handled. One that takes longer than patience goes on beside the
// others and holds up its own resident only.
func (b *Bot) sendDue(ctx context.Context, patience time.Duration) (int, error) {
	b.outbox.Lock()
	defer b.outbox.Unlock()
	err := b.settleSlow(ctx)
	if err = errors.Join(err, b.markSent(ctx)); err != nil {
		return 0, err
	}
	for limit := outboxBatch; ; limit *= 2 {
		messages, err := b.store.Outbox(ctx, b.clock.Now(), limit)
		if err != nil {
			return 0, err
		}
		handled, resting, err := b.sendAll(ctx, messages, patience)
		err = errors.Join(err, b.markSent(ctx))
		// What waits for a channel that is offline does not keep the others' messages from being read.
		if err != nil || handled > 0 || !resting || len(messages) < limit {
			return handled, err
		}
	}
}

// sendAll sends messages that were read, several at a time but one to a
// resident. It tells how many it handled, and whether some rest with a channel
// that is offline.
func (b *Bot) sendAll(ctx context.Context, messages []Message, patience time.Duration) (handled int, resting bool, err error) {
	start := time.Now()
	f := flights{bot: b, patience: patience, held: map[int64]bool{}}
	for _, m := range messages {
		if err = ctx.Err(); err != nil {
			break
		}
		if err = f.makeWay(ctx, m); err != nil {
			break
		}
		if f.held[m.Resident] || b.outbox.slow[m.Resident] != nil {
			continue
		}
		if b.rests.isOffline(m.Channel) {
			f.held[m.Resident], resting = true, true
			continue
		}
		if time.Since(start) > outboxSlice {
			break
		}
		if m.Bulk && !b.takeTip(m.Channel) {
			continue
		}
		handled++
		f.flying = append(f.flying, b.send(ctx, m))
	}
	return handled, resting, errors.Join(err, f.land(ctx, 0))
}

// flights are the sends that are under way, the oldest first, each to another
// resident.
type flights struct {
	bot      *Bot
	patience time.Duration
	flying   []*sending
	held     map[int64]bool // residents whose earlier message did not go
}

// makeWay waits until a message may be sent: after the one before to the same
// resident, when there is room, and a tip when nothing else is under way.
func (f *flights) makeWay(ctx context.Context, m Message) error {
	if m.Bulk {
		return f.land(ctx, 0)
	}
	for i, s := range f.flying {
		if s.message.Resident == m.Resident {
			return f.land(ctx, len(f.flying)-i-1)
		}
	}
	return f.land(ctx, maxFlying-1)
}

// land waits for the oldest until no more than some are under way, and writes
// down what came of them, also when one fails. One that takes longer than
// patience goes on beside.
func (f *flights) land(ctx context.Context, some int) (err error) {
	b := f.bot
	for len(f.flying) > some {
		s := f.flying[0]
		f.flying = f.flying[1:]
		if !s.wait(f.patience) && len(b.outbox.slow) < maxSlow {
			b.outbox.slow[s.message.Resident] = s
			b.outbox.work.Go(func() { <-s.done; b.wake() })
			continue
		}
		<-s.done
		ok, settled := b.settle(ctx, s)
		f.held[s.message.Resident] = !ok
		err = errors.Join(err, settled)
	}
	return err
}

// takeTip tells whether a tip may go now, and then lets the next one wait.
// Tips that are late, because they failed or the program was down, are sent as
// slowly and only by day as those in time. The caller holds the outbox.
func (b *Bot) takeTip(channel string) bool {
	now := b.clock.Now()
	if b.rests.tipsUntil(channel).After(now) {
		return false
	}
	b.outbox.nextTip = b.daytime(later(b.outbox.nextTip, now))
	if b.outbox.nextTip.After(now) {
		return false
	}
	b.outbox.nextTip = now.Add(b.tipGap())
	return true
}

// tipsResume is when the next tip may go: the end of the pause between two, or
// of a channel's rest.
func (b *Bot) tipsResume() time.Time {
	b.outbox.Lock()
	defer b.outbox.Unlock()
	if now := b.clock.Now(); !b.outbox.nextTip.After(now) {
		return b.rests.nextTips(now)
	}
	return b.outbox.nextTip
}

// send hands one message to its channel.
func (b *Bot) send(ctx context.Context, m Message) *sending {
	s := &sending{message: m, done: make(chan struct{})}
	b.outbox.work.Go(func() {
		defer close(s.done)
		channel := b.channels[m.Channel]
		if channel == nil {
			s.err = fmt.Errorf("its channel is not running: %w", ErrOffline)
			return
		}
		ctx, cancel := context.WithTimeout(ctx, sendDeadline(m))
		defer cancel()
		s.err = channel.Send(ctx, m)
	})
	return s
}

// sendDeadline is how long a send may take: longer where a file has to be
// uploaded first.
func sendDeadline(m Message) time.Duration {
	if m.Media == nil || m.Payload != nil {
		return SendDeadline
	}
	return SendDeadline + time.Duration(m.Media.Size/slowestUpload)*time.Second
}

// wait tells whether the sending has come to its end within a time.
func (s *sending) wait(patience time.Duration) bool {
	timer := time.NewTimer(patience)
	defer timer.Stop()
	select {
	case <-s.done:
		return true
	case <-timer.C:
		return false
	}
}

// settleSlow writes down what came of slow sendings that have come to their end.
func (b *Bot) settleSlow(ctx context.Context) error {
	for resident, s := range b.outbox.slow {
		select {
		case <-s.done:
			if _, err := b.settle(ctx, s); err != nil {
				return err
			}
			delete(b.outbox.slow, resident)
		default:
		}
	}
	return nil
}

// settle writes down what came of a sending, or leaves that to markSent. It
// tells whether the next message of that resident may go.
func (b *Bot) settle(ctx context.Context, s *sending) (bool, error) {
	m := s.message
	switch {
	case s.err == nil:
		b.outbox.sent = append(b.outbox.sent, m)
		return true, nil
	case ctx.Err() != nil:
		return false, ctx.Err()
	case errors.Is(s.err, ErrOffline):
		b.rests.setOffline(m.Channel)
		return false, nil
	}
	defer b.changes.tell(Change{Resident: m.Resident})
	switch {
	case errors.Is(s.err, ErrBarred):
		return false, b.waitBarred(ctx, m)
	case errors.Is(s.err, ErrForbidden), m.Attempts+1 >= maxSendTries:
		b.log.Error("a message could not be sent", "message", m.ID, "resident", m.Resident, "tries", m.Attempts+1)
		return true, b.undeliverable(ctx, m, s.err)
	}
	b.log.Warn("a message will be sent again", "message", m.ID, "resident", m.Resident, "tries", m.Attempts+1)
	reason := s.err.Error()
	if wasBarred(m) {
		reason = ErrBarred.Error() + "; " + reason
	}
	return false, b.store.Retry(ctx, m.ID, b.clock.Now().Add(backoff(m.Attempts)), reason)
}

// markSent writes down, in one commit, what was sent; even when the program
// ends, so that it is not sent again at the next start. After an error it is
// tried again before anything else is sent.
func (b *Bot) markSent(ctx context.Context) error {
	if len(b.outbox.sent) == 0 {
		return nil
	}
	ids := make([]int64, 0, len(b.outbox.sent))
	for _, m := range b.outbox.sent {
		ids = append(ids, m.ID)
	}
	if err := b.store.MarkSent(context.WithoutCancel(ctx), ids); err != nil {
		return err
	}
	for _, m := range b.outbox.sent {
		b.changes.tell(Change{Resident: m.Resident})
	}
	b.outbox.sent = b.outbox.sent[:0]
	return nil
}

// undeliverable marks a message as failed and calls an officer.
func (b *Bot) undeliverable(ctx context.Context, m Message, cause error) error {
	// First, for a crash between the two: the queue takes it once only.
	if err := b.tellUndelivered(ctx, m); err != nil {
		return err
	}
	return b.store.SetDelivery(ctx, m.ID, Failed, cause.Error())
}

// tellUndelivered calls an officer, because a message does not go. A tip that
// does not arrive needs none.
func (b *Bot) tellUndelivered(ctx context.Context, m Message) error {
	if m.Bulk {
		return nil
	}
	b.recent.forget(m.Resident)
	return b.store.EscalateNow(ctx, m.Resident, Escalate{Reason: ReasonUndeliver}, b.clock.Now())
}

// SendAgain puts a message that was sent back into the outbox, because the
// resident's phone has said that it could not read it. It returns how far the
// message is: Queued if it will be sent; Delivered if another phone of theirs
// has it; Failed if it was tried too often or is not known. One that is just
// being sent is still Queued and not fresh: ask again in a moment.
func (b *Bot) SendAgain(ctx context.Context, channel, externalID string) (at Delivery, fresh bool, err error) {
	at, fresh, err = b.store.Requeue(ctx, channel, externalID, maxSendTries)
	if fresh {
		b.wake()
	}
	return at, fresh, err
}

// backoff is how long to wait after a number of failed tries.
func backoff(tries int) time.Duration {
	return min(firstBackoff<<min(tries, 20), longestBackoff)
}

// SetDelivery writes down a channel's receipt for a message of ours.
func (b *Bot) SetDelivery(ctx context.Context, channel, externalID string, to Delivery) error {
	resident, err := b.store.SetDeliveryByExternalID(ctx, channel, externalID, to)
	if err != nil {
		return err
	}
	if resident != 0 {
		b.changes.tell(Change{Resident: resident})
	}
	return nil
}
