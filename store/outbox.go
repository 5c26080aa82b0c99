package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"mitan/bot"
)

// Outbox reads queued messages that are due: replies first, then bulk, each in
// the order of their ids. A message is left out while an earlier one to the
// same resident waits for its time, except that a tip never holds up a reply.
func (s *Store) Outbox(ctx context.Context, now time.Time, limit int) ([]bot.Message, error) {
	ids, err := s.dueIDs(ctx, millis(now), limit)
	if err != nil {
		return nil, fmt.Errorf("outbox: %w", err)
	}
	if len(ids) == 0 {
		return nil, nil
	}
	list, err := json.Marshal(ids)
	if err != nil {
		return nil, fmt.Errorf("outbox: %w", err)
	}
	// What was sent or withdrawn meanwhile is no longer queued.
	queue, err := s.messages(ctx, `SELECT`+messageColumns+messageTables+`
		WHERE m.id IN (SELECT value FROM json_each(?)) AND m.delivery = 'queued' ORDER BY m.bulk, m.id`, string(list))
	if err != nil {
		return nil, fmt.Errorf("outbox: %w", err)
	}
	return queue, nil
}

// errEnough ends a reading of rows early.
var errEnough = errors.New("enough")

func (s *Store) dueIDs(ctx context.Context, now int64, limit int) ([]int64, error) {
	var ids []int64
	held := map[int64]bool{} // residents with a reply that waits
	err := s.read.rows(ctx, `SELECT id, resident, due FROM message
		WHERE delivery = 'queued' AND bulk = 0 ORDER BY id`, nil, func(scan func(...any) error) error {
		if len(ids) >= limit {
			return errEnough
		}
		var id, resident, due int64
		if err := scan(&id, &resident, &due); err != nil {
			return err
		}
		if due > now {
			held[resident] = true
		} else if !held[resident] {
			ids = append(ids, id)
		}
		return nil
	})
	if err != nil && !errors.Is(err, errEnough) {
		return nil, err
	}
	if len(ids) >= limit {
		return ids, nil
	}
	// The plus makes SQLite take those that are due by their index and sort
	// them, instead of going through the whole log in the order of its ids.
	err = s.read.rows(ctx, `SELECT id FROM message m
		WHERE delivery = 'queued' AND bulk = 1 AND due <= ?1 AND NOT EXISTS (
			SELECT 1 FROM message e
			WHERE e.resident = m.resident AND e.id < m.id AND e.delivery = 'queued' AND e.due > ?1)
		AND NOT EXISTS ( -- the bot is silent where an officer talks
			SELECT 1 FROM conversation c WHERE c.resident = m.resident AND c.state = 'claimed')
		ORDER BY +id LIMIT ?2`, []any{now, limit - len(ids)}, func(scan func(...any) error) error {
		var id int64
		err := scan(&id)
		ids = append(ids, id)
		return err
	})
	return ids, err
}

// NextDue is when the next queued message is due, long ago if it is at once;
// zero if there is none. Of several replies to one resident the first is next.
func (s *Store) NextDue(ctx context.Context) (time.Time, error) {
	var reply, tip time.Time
	err := s.read.row(ctx, `SELECT
		COALESCE((SELECT MIN(MAX(due, 1)) FROM (SELECT due, MIN(id) FROM message
			WHERE delivery = 'queued' AND bulk = 0 GROUP BY resident)), 0),
		COALESCE((SELECT MIN(MAX(due, 1)) FROM message WHERE delivery = 'queued' AND bulk = 1), 0)`,
		nil, moment{&reply}, moment{&tip})
	if err != nil {
		return time.Time{}, fmt.Errorf("next due: %w", err)
	}
	if reply.IsZero() || (!tip.IsZero() && tip.Before(reply)) {
		return tip, nil
	}
	return reply, nil
}

// LastBulkDue is when the last queued bulk message is due; zero if none is.
func (s *Store) LastBulkDue(ctx context.Context) (due time.Time, err error) {
	err = s.read.row(ctx, `SELECT COALESCE(MAX(due), 0) FROM message WHERE delivery = 'queued' AND bulk = 1`,
		nil, moment{&due})
	if err != nil {
		return due, fmt.Errorf("last bulk due: %w", err)
	}
	return due, nil
}

// follows tells whether a delivery may come after another. A message that
// failed or was withdrawn stays so.
func follows(to, from bot.Delivery) bool {
	rank := map[bot.Delivery]int{bot.Queued: 1, bot.Sent: 2, bot.Delivered: 3, bot.Read: 4}
	switch to {
	case bot.Failed:
		return from == bot.Queued || from == bot.Sent
	case bot.Withdrawn:
		return from == bot.Queued
	}
	return rank[from] > 0 && rank[to] > rank[from]
}

// SetDelivery moves a message forward, never back.
func (s *Store) SetDelivery(ctx context.Context, id int64, to bot.Delivery, reason string) error {
	err := s.write.submit(ctx, func(tx *tx) error {
		var from bot.Delivery
		if err := tx.row(`SELECT delivery FROM message WHERE id = ? AND by <> 'resident'`, []any{id}, &from); err != nil {
			return refused(err)
		}
		_, err := tx.deliver(id, from, to, reason)
		return err
	})
	if err != nil {
		return fmt.Errorf("set delivery: %w", err)
	}
	return nil
}

// MarkSent moves queued messages on to sent. It may wait a moment for a turn
// whose commit it can share.
func (s *Store) MarkSent(ctx context.Context, ids []int64) error {
	err := s.write.submitLater(ctx, func(tx *tx) error {
		for _, id := range ids {
			if _, err := tx.exec(`UPDATE message SET delivery = 'sent', error = '' WHERE id = ? AND delivery = 'queued'`, id); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("mark sent: %w", err)
	}
	return nil
}

// SetDeliveryByExternalID is SetDelivery for a channel's receipt, which may
// even come before the sending is noted. It tells whose message has moved, 0 if
// none has; one that was read or has failed no longer moves.
func (s *Store) SetDeliveryByExternalID(ctx context.Context, channel, externalID string, to bot.Delivery) (resident int64, err error) {
	err = s.write.submit(ctx, func(tx *tx) error {
		resident = 0
		for _, state := range []string{`delivery IN ('sent', 'delivered')`, `delivery = 'queued' AND bulk = 0`, `delivery = 'queued' AND bulk = 1`} {
			var id, whose int64
			var from bot.Delivery
			err := tx.row(`SELECT id, resident, delivery FROM message
				WHERE external_id = ? AND channel = ? AND `+state, []any{externalID, channel}, &id, &whose, &from)
			if errors.Is(err, bot.ErrNotFound) {
				continue
			}
			if err != nil {
				return err
			}
			moved, err := tx.deliver(id, from, to, "")
			if moved {
				resident = whose
			}
			return err
		}
		return nil
	})
	if err != nil {
		return 0, fmt.Errorf("set delivery by external id: %w", err)
	}
	return resident, nil
}

func (t *tx) deliver(id int64, from, to bot.Delivery, reason string) (moved bool, err error) {
	if !follows(to, from) {
		return false, nil
	}
	_, err = t.exec(`UPDATE message SET delivery = ?, error = ? WHERE id = ?`, string(to), reason, id)
	return err == nil, err
}

// Retry counts an attempt and sets when the next one is due. A message that is
// no longer queued stays as it is.
func (s *Store) Retry(ctx context.Context, id int64, due time.Time, reason string) error {
	if err := s.putOff(ctx, id, 1, due, reason); err != nil {
		return fmt.Errorf("retry: %w", err)
	}
	return nil
}

// Postpone sets when a message is due, and counts no attempt. A message that is
// no longer queued stays as it is.
func (s *Store) Postpone(ctx context.Context, id int64, due time.Time, reason string) error {
	if err := s.putOff(ctx, id, 0, due, reason); err != nil {
		return fmt.Errorf("postpone: %w", err)
	}
	return nil
}

func (s *Store) putOff(ctx context.Context, id int64, attempts int, due time.Time, reason string) error {
	return s.write.submit(ctx, func(tx *tx) error {
		n, err := tx.change(`UPDATE message SET attempts = attempts + ?, due = ?, error = ?
			WHERE id = ? AND delivery = 'queued'`, attempts, millis(due), reason, id)
		if err != nil || n == 1 {
			return err
		}
		return refused(tx.row(`SELECT 1 FROM message WHERE id = ?`, []any{id}, new(int)))
	})
}

// refused makes bot.ErrNotFound a refusal, where nothing was written before.
func refused(err error) error {
	if errors.Is(err, bot.ErrNotFound) {
		return refuse(err)
	}
	return err
}
