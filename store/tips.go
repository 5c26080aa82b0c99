package store

import (
	"context"
	"errors"
	"fmt"
	"time"

	"mitan/bot"
)

// Subscribed tells whether a resident wants the weekly tips.
func (s *Store) Subscribed(ctx context.Context, resident int64) (active bool, err error) {
	err = s.read.row(ctx, `SELECT active FROM subscription WHERE resident = ?`, []any{resident}, &active)
	if errors.Is(err, bot.ErrNotFound) {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("subscribed: %w", err)
	}
	return active, nil
}

// DueSubscriptions reads up to limit subscriptions that began before the given
// time and had no tip since, the oldest first.
func (s *Store) DueSubscriptions(ctx context.Context, since time.Time, limit int) ([]bot.Subscription, error) {
	var due []bot.Subscription
	err := s.read.rows(ctx, `SELECT resident, since, sent, last_at FROM subscription
		WHERE active = 1 AND last_at < ?1 AND since < ?1 ORDER BY last_at, resident LIMIT ?2`,
		[]any{millis(since), limit}, func(scan func(...any) error) error {
			var sub bot.Subscription
			err := scan(&sub.Resident, moment{&sub.Since}, &sub.Sent, moment{&sub.LastAt})
			due = append(due, sub)
			return err
		})
	if err != nil {
		return nil, fmt.Errorf("due subscriptions: %w", err)
	}
	return due, nil
}

// QueueTip queues m as bulk for a subscriber and counts it, unless the
// resident has unsubscribed or got one since the given time.
func (s *Store) QueueTip(ctx context.Context, m bot.Message, since time.Time) (queued bool, err error) {
	m.Bulk = true
	err = s.write.submit(ctx, func(tx *tx) error {
		n, err := tx.change(`UPDATE subscription SET sent = sent + 1, last_at = ?
			WHERE resident = ? AND active = 1 AND last_at < ?`, millis(m.At), m.Resident, millis(since))
		queued = n == 1
		if err != nil || !queued {
			return err
		}
		return tx.send(&m)
	})
	if err != nil {
		return false, fmt.Errorf("queue tip: %w", err)
	}
	return queued, nil
}

func (t *tx) subscribe(turn *bot.Turn) error {
	_, err := t.exec(`
		INSERT INTO subscription (resident, since) VALUES (?, ?)
		ON CONFLICT (resident) DO UPDATE SET active = 1, since = excluded.since WHERE active = 0`,
		turn.Resident, millis(turn.At))
	return err
}

// unsubscribe also withdraws the tips that are still to be sent.
func (t *tx) unsubscribe(resident int64) error {
	if _, err := t.exec(`UPDATE subscription SET active = 0 WHERE resident = ?`, resident); err != nil {
		return err
	}
	_, err := t.exec(`UPDATE message SET delivery = 'withdrawn'
		WHERE resident = ? AND delivery = 'queued' AND bulk = 1`, resident)
	return err
}
