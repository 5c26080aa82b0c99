package store

import (
	"context"
	"errors"
	"fmt"

	"mitan/bot"
)

// What is looked for by a channel's id is nearly always recent: the resident's
// thread is read from its end.
const newestFirst = ` ORDER BY m.id DESC LIMIT 1`

// MessageOf reads a message of a resident's thread, either way, by the
// channel's id.
func (s *Store) MessageOf(ctx context.Context, resident int64, externalID string) (bot.Message, error) {
	if err := s.sees(ctx, resident); err != nil {
		return bot.Message{}, fmt.Errorf("message by its external id: %w", err)
	}
	m, err := scanMessage(func(into ...any) error {
		return s.read.row(ctx, `SELECT`+messageColumns+messageTables+
			`WHERE m.resident = ? AND m.external_id = ?`+newestFirst, []any{resident, externalID}, into...)
	})
	if err != nil {
		return bot.Message{}, fmt.Errorf("message by its external id: %w", err)
	}
	return m, nil
}

// PollOf reads a poll of ours, and whether nothing was written to the resident
// after it.
func (s *Store) PollOf(ctx context.Context, resident int64, externalID string) (poll bot.Message, newest bool, err error) {
	poll, err = scanMessage(func(into ...any) error {
		return s.read.row(ctx, `SELECT`+messageColumns+messageTables+`
			WHERE m.resident = ? AND m.external_id = ? AND m.kind = 'poll' AND m.by <> 'resident'`+newestFirst,
			[]any{resident, externalID}, into...)
	})
	if err == nil {
		err = s.read.row(ctx, `SELECT NOT EXISTS (SELECT 1 FROM message WHERE resident = ? AND id > ? AND by <> 'resident')`,
			[]any{resident, poll.ID}, &newest)
	}
	if err != nil {
		return bot.Message{}, false, fmt.Errorf("poll: %w", err)
	}
	return poll, newest, nil
}

// SetPayload fixes the final bytes of a queued message. One that is no longer
// queued stays as it is.
func (s *Store) SetPayload(ctx context.Context, id int64, payload []byte) error {
	err := s.write.submit(ctx, func(tx *tx) error {
		n, err := tx.change(`UPDATE message SET payload = ? WHERE id = ? AND delivery = 'queued'`, payload, id)
		if err != nil || n == 1 {
			return err
		}
		return refused(tx.row(`SELECT 1 FROM message WHERE id = ?`, []any{id}, new(int)))
	})
	if err != nil {
		return fmt.Errorf("set payload: %w", err)
	}
	return nil
}

// Requeue puts a message that was sent, and has not arrived, back into the
// outbox, unless it has had so many tries. It returns how far it is, and whether
// it was put back just now.
func (s *Store) Requeue(ctx context.Context, channel, externalID string, tries int) (at bot.Delivery, fresh bool, err error) {
	err = s.write.submit(ctx, func(tx *tx) error {
		n, err := tx.change(`UPDATE message SET delivery = 'queued', due = 0, attempts = attempts + 1
			WHERE external_id = ? AND delivery IN ('sent', 'delivered') -- as the index of receipts has it
			AND delivery = 'sent' AND channel = ? AND by <> 'resident' AND attempts < ?`,
			externalID, channel, tries)
		if fresh = n > 0; fresh || err != nil {
			at = bot.Queued
			return err
		}
		at = bot.Failed
		for _, state := range []string{`delivery = 'queued' AND bulk = 0`, `delivery = 'queued' AND bulk = 1`, `delivery IN ('sent', 'delivered') AND delivery = 'delivered'`} {
			err := tx.row(`SELECT delivery FROM message WHERE external_id = ? AND channel = ? AND by <> 'resident' AND `+state,
				[]any{externalID, channel}, &at)
			if !errors.Is(err, bot.ErrNotFound) {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return "", false, fmt.Errorf("requeue: %w", err)
	}
	return at, fresh, nil
}

// Payload reads the final bytes of a message of ours to the resident with an
// address, any of theirs.
func (s *Store) Payload(ctx context.Context, channel, address, externalID string) (payload []byte, err error) {
	err = s.read.row(ctx, `SELECT m.payload FROM message m
		WHERE m.payload IS NOT NULL AND m.by <> 'resident' AND m.channel = ?1 AND m.external_id = ?2
		AND m.resident = (SELECT resident FROM alias WHERE channel = ?1 AND address = ?3)`+newestFirst,
		[]any{channel, externalID, address}, &payload)
	if err != nil {
		return nil, fmt.Errorf("payload: %w", err)
	}
	return payload, nil
}

// markOriginal marks the message that an edit or a deletion is about, where it
// is the resident's and is kept. Of several edits the time of the last counts.
func (t *tx) markOriginal(m *bot.Message) error {
	var mark string
	switch {
	case m.QuoteID == "":
		return nil
	case m.Kind == bot.Edit:
		mark = `UPDATE message SET edited = MAX(edited, ?) WHERE id = ?`
	case m.Kind == bot.Deletion:
		mark = `UPDATE message SET deleted = MAX(deleted, ?) WHERE id = ?`
	default:
		return nil
	}
	var original int64
	err := t.row(`SELECT m.id FROM message m WHERE m.resident = ? AND m.by = 'resident' AND m.external_id = ?
		AND m.kind NOT IN ('edit', 'deletion')`+newestFirst, []any{m.Resident, m.QuoteID}, &original)
	if errors.Is(err, bot.ErrNotFound) {
		return nil // older than what is kept
	}
	if err == nil {
		_, err = t.exec(mark, millis(m.At), original)
	}
	if err != nil {
		return fmt.Errorf("mark original: %w", err)
	}
	return nil
}
