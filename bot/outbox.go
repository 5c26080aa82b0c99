package bot

import (
	"context"
	"errors"
	"time"
)

// Limits of the outbox.
const (
	outboxBatch    = 200              // messages read at a time
	SendDeadline   = 90 * time.Second // a send that takes longer is tried again
	maxSendTries   = 20               // then the message has failed
	firstBackoff   = 2 * time.Second  // doubles with each try
	longestBackoff = 15 * time.Minute
	idlePause      = 5 * time.Second // how often the outbox is looked at without a reason
)

func (b *Bot) runOutbox(ctx context.Context) {
	for ctx.Err() == nil {
		sent, err := b.sendDue(ctx)
		if err != nil && !ended(ctx, err) {
			b.log.Error("the outbox cannot be read", "error", err)
		}
		if sent > 0 && err == nil {
			continue
		}
		b.pause(ctx, b.untilDue(ctx))
	}
}

// untilDue is how long the outbox may rest.
func (b *Bot) untilDue(ctx context.Context) time.Duration {
	due, err := b.store.NextDue(ctx)
	if err != nil || due.IsZero() {
		return idlePause
	}
	return min(max(due.Sub(b.clock.Now()), 50*time.Millisecond), idlePause)
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
// how many it handled.
func (b *Bot) sendDue(ctx context.Context) (int, error) {
	b.sending.Lock()
	defer b.sending.Unlock()
	messages, err := b.store.Outbox(ctx, b.clock.Now(), outboxBatch)
	if err != nil {
		return 0, err
	}
	held := map[int64]bool{} // residents whose earlier message did not go
	for _, m := range messages {
		if ctx.Err() != nil {
			return 0, ctx.Err()
		}
		if held[m.Resident] {
			continue
		}
		if ok, err := b.send(ctx, m); err != nil {
			return 0, err
		} else if !ok {
			held[m.Resident] = true
		}
	}
	return len(messages), nil
}

// send hands one message to its channel and writes down what came of it. It
// tells whether the next message of that resident may go.
func (b *Bot) send(ctx context.Context, m Message) (bool, error) {
	channel := b.channels[m.Channel]
	var err error
	if channel == nil {
		err = errors.New("its channel is not running")
	} else {
		sending, cancel := context.WithTimeout(ctx, SendDeadline)
		err = channel.Send(sending, m)
		cancel()
	}
	defer b.changes.tell(Change{Resident: m.Resident})
	switch {
	case err == nil:
		return true, b.store.SetDelivery(ctx, m.ID, Sent, "")
	case ctx.Err() != nil:
		return false, ctx.Err()
	case errors.Is(err, ErrForbidden), m.Attempts+1 >= maxSendTries:
		b.log.Error("a message could not be sent", "message", m.ID, "resident", m.Resident, "tries", m.Attempts+1)
		return true, b.undeliverable(ctx, m, err)
	default:
		b.log.Warn("a message will be sent again", "message", m.ID, "resident", m.Resident, "tries", m.Attempts+1)
		return false, b.store.Retry(ctx, m.ID, b.clock.Now().Add(backoff(m.Attempts)), err.Error())
	}
}

// undeliverable marks a message as failed and calls an officer.
func (b *Bot) undeliverable(ctx context.Context, m Message, cause error) error {
	if err := b.store.SetDelivery(ctx, m.ID, Failed, cause.Error()); err != nil {
		return err
	}
	if m.Bulk {
		return nil // a tip that does not arrive needs no officer
	}
	return b.store.EscalateNow(ctx, m.Resident, Escalate{Reason: ReasonUndeliver}, b.clock.Now())
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
