package store

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"time"

	"mitan/bot"
)

// SaveUnsent keeps a draft in place of the one before; without text it goes.
// ErrNotFound if there is no such resident, or out of sight.
func (s *Store) SaveUnsent(ctx context.Context, d bot.Unsent) error {
	err := s.write.submit(ctx, func(tx *tx) error {
		if err := tx.row(`SELECT 1 FROM resident WHERE id = ?`, []any{d.Resident}, new(int)); err != nil {
			return refused(err)
		}
		err := tx.sees(ctx, d.Resident)
		if err != nil {
			return err
		}
		if d.Text == "" {
			_, err = tx.exec(`DELETE FROM unsent WHERE officer = ? AND resident = ? AND form = ?`, d.Officer, d.Resident, string(d.Form))
		} else {
			_, err = tx.exec(`INSERT INTO unsent (officer, resident, form, text, at) VALUES (?, ?, ?, ?, ?)
				ON CONFLICT DO UPDATE SET text = excluded.text, at = excluded.at`,
				d.Officer, d.Resident, string(d.Form), d.Text, millis(d.At))
		}
		return err
	})
	if err != nil {
		return fmt.Errorf("save unsent: %w", err)
	}
	return nil
}

// UnsentOf reads an officer's drafts beside a conversation.
func (s *Store) UnsentOf(ctx context.Context, officer, resident int64) ([]bot.Unsent, error) {
	if err := s.sees(ctx, resident); err != nil {
		return nil, fmt.Errorf("unsent: %w", err)
	}
	var drafts []bot.Unsent
	err := s.read.rows(ctx, `SELECT officer, resident, form, text, at FROM unsent WHERE officer = ? AND resident = ? ORDER BY form`,
		[]any{officer, resident}, func(scan func(...any) error) error {
			var d bot.Unsent
			err := scan(&d.Officer, &d.Resident, &d.Form, &d.Text, moment{&d.At})
			drafts = append(drafts, d)
			return err
		})
	if err != nil {
		return nil, fmt.Errorf("unsent: %w", err)
	}
	return drafts, nil
}

// Withdraw takes back an officer's own message that is queued, not due yet and
// was never tried.
func (s *Store) Withdraw(ctx context.Context, resident, officer, message int64, now, silence time.Time) error {
	err := s.write.submit(ctx, func(tx *tx) error {
		var delivery bot.Delivery
		var text, reason string
		var due int64
		var attempts int
		if err := tx.sees(ctx, resident); err != nil {
			return err
		}
		err := tx.row(`SELECT delivery, text, due, attempts, error FROM message
			WHERE id = ? AND resident = ? AND by = 'officer' AND officer = ?`,
			[]any{message, resident, officer}, &delivery, &text, &due, &attempts, &reason)
		if err != nil {
			return refused(err)
		}
		if delivery != bot.Queued || due <= millis(now) || attempts > 0 || reason != "" {
			return refuse(bot.ErrTooLate)
		}
		return tx.withdraw(bot.Message{ID: message, Resident: resident, Officer: officer, Text: text}, now, silence)
	})
	if err != nil {
		return fmt.Errorf("withdraw: %w", err)
	}
	return nil
}

func (t *tx) withdraw(m bot.Message, now, silence time.Time) error {
	if _, err := t.exec(`UPDATE message SET delivery = 'withdrawn' WHERE id = ?`, m.ID); err != nil {
		return err
	}
	if m.Text != "" {
		_, err := t.exec(`INSERT INTO unsent (officer, resident, form, text, at) VALUES (?, ?, 'reply', ?, ?)
			ON CONFLICT DO UPDATE SET text = excluded.text || char(10) || text, at = excluded.at`,
			m.Officer, m.Resident, m.Text, millis(now))
		if err != nil {
			return err
		}
	}
	if err := t.waitsAgain(m.Resident, silence); err != nil {
		return err
	}
	if _, err := t.exec(`UPDATE conversation SET version = version + 1 WHERE resident = ?`, m.Resident); err != nil {
		return err
	}
	return t.audit(bot.AuditEntry{
		At: now, Officer: m.Officer, Action: actionUndo, Resident: m.Resident, Detail: "message " + strconv.FormatInt(m.ID, 10),
	})
}

// waitsAgain sets the silence timer where the message that was taken back was
// all that the resident had been told: since they last wrote, or since they came
// into the queue.
func (t *tx) waitsAgain(resident int64, silence time.Time) error {
	if silence.IsZero() {
		return nil
	}
	_, err := t.exec(`INSERT INTO timer (resident, kind, due) SELECT resident, 'silence', ?1 FROM conversation c
		WHERE resident = ?2 AND state = 'claimed' AND (
			(SELECT MAX(id) FROM message WHERE resident = ?2 AND by = 'resident')
				> COALESCE((SELECT MAX(id) FROM message WHERE resident = ?2 AND by <> 'resident' AND bulk = 0 AND delivery <> 'withdrawn'), 0)
			OR waiting_since > 0 AND NOT EXISTS (SELECT 1 FROM message WHERE resident = ?2 AND by = 'officer'
				AND delivery <> 'withdrawn' AND at >= c.waiting_since))
		ON CONFLICT DO NOTHING`, millis(silence), resident)
	if err != nil {
		return fmt.Errorf("set silence timer: %w", err)
	}
	return nil
}

// ClaimedAt is when the officer who holds a conversation got it, as the audit
// says; zero if nobody does.
func (s *Store) ClaimedAt(ctx context.Context, resident int64) (at time.Time, err error) {
	if err := s.sees(ctx, resident); err != nil {
		return at, fmt.Errorf("claimed at: %w", err)
	}
	err = s.read.row(ctx, `SELECT COALESCE((SELECT a.at FROM audit a JOIN conversation c ON c.resident = a.resident
		WHERE a.resident = ? AND c.state = 'claimed' AND a.officer = c.officer AND a.action IN ('claim', 'take_over', 'transfer_accept')
		ORDER BY a.id DESC LIMIT 1), 0)`, []any{resident}, moment{&at})
	if err != nil {
		return at, fmt.Errorf("claimed at: %w", err)
	}
	return at, nil
}

// Looked writes down that an officer has seen a thread up to a message. Nothing
// is written where they had seen it before.
func (s *Store) Looked(ctx context.Context, officer, resident, message int64) error {
	var known bool
	err := s.read.row(ctx, `SELECT EXISTS (SELECT 1 FROM reading WHERE officer = ? AND resident = ? AND message >= ?)`,
		[]any{officer, resident, message}, &known)
	if err == nil && !known {
		err = s.write.submit(ctx, func(tx *tx) error {
			_, err := tx.exec(`INSERT INTO reading (officer, resident, message) SELECT ?1, c.resident, ?2 FROM conversation c WHERE c.resident = ?3 AND `+inSight+`
				ON CONFLICT DO UPDATE SET message = MAX(message, excluded.message)`, append([]any{officer, message, resident}, sightArgs(ctx)...)...)
			return err
		})
	}
	if err != nil {
		return fmt.Errorf("looked: %w", err)
	}
	return nil
}

// UnreadOf counts for an officer what residents have written since the officer
// last looked.
func (s *Store) UnreadOf(ctx context.Context, officer int64, residents []int64) (map[int64]int, error) {
	list, err := json.Marshal(residents)
	if err != nil {
		return nil, fmt.Errorf("unread: %w", err)
	}
	unread := map[int64]int{}
	err = s.read.rows(ctx, `SELECT r.resident, (SELECT COUNT(*) FROM message m WHERE m.resident = r.resident AND m.id > r.message
			AND m.by = 'resident' AND m.kind NOT IN ('reaction', 'deletion', 'unreadable'))
		FROM reading r WHERE r.officer = ? AND r.resident IN (SELECT value FROM json_each(?))`, []any{officer, string(list)},
		func(scan func(...any) error) error {
			var resident int64
			var n int
			err := scan(&resident, &n)
			unread[resident] = n
			return err
		})
	if err != nil {
		return nil, fmt.Errorf("unread: %w", err)
	}
	return unread, nil
}

// MediaResident is whose message a medium came with, or went to.
func (s *Store) MediaResident(ctx context.Context, media int64) (resident int64, err error) {
	err = s.read.row(ctx, `SELECT m.resident FROM media JOIN message m ON m.id = media.message WHERE media.id = ?1 AND `+mediaInSight,
		append([]any{media}, sightArgs(ctx)...), &resident)
	if err != nil {
		return 0, fmt.Errorf("media resident: %w", err)
	}
	return resident, nil
}
