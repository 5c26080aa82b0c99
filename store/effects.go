package store

import (
	"context"
	"errors"
	"fmt"
	"time"

	"mitan/bot"
)

// errForeignEffect means that the dialogue let through an effect that is its
// own to apply.
var errForeignEffect = errors.New("not an effect that a store applies")

// apply does one effect of a turn.
func (t *tx) apply(turn *bot.Turn, effect bot.Effect) error {
	switch e := effect.(type) {
	case bot.SaveCase:
		return t.saveCase(turn.Resident, &e.Case)
	case bot.AbandonCase:
		_, err := t.exec(`UPDATE cases SET state = ? WHERE id = ? AND resident = ? AND state = ?`,
			string(bot.Abandoned), e.Case, turn.Resident, string(bot.Draft))
		return err
	case bot.KeepEvidence:
		return t.keepEvidence(turn, e.Case)
	case bot.AwaitWords:
		return t.awaitWords(turn)
	case bot.Escalate:
		return t.escalate(turn, e)
	case bot.SetLanguage:
		_, err := t.exec(`UPDATE resident SET lang = ? WHERE id = ?`, string(e.Lang), turn.Resident)
		return err
	case bot.SetName:
		_, err := t.exec(`UPDATE resident SET name = ? WHERE id = ?`, e.Name, turn.Resident)
		return err
	case bot.Enrol:
		return t.enrol(turn.Resident, &e.Volunteer)
	case bot.LeaveVolunteers:
		return t.leaveVolunteers(turn)
	case bot.Subscribe:
		return t.subscribe(turn)
	case bot.Unsubscribe:
		return t.unsubscribe(turn.Resident)
	case bot.Erase:
		return t.erase(turn)
	}
	return errForeignEffect
}

// keepEvidence marks the turn's message and the held ones that it answers. A
// timer's turn may have none to mark.
func (t *tx) keepEvidence(turn *bot.Turn, of int64) error {
	for _, id := range turn.Answers {
		if err := t.markEvidence(id, of); err != nil {
			return err
		}
	}
	if turn.In == nil {
		return nil
	}
	return t.markEvidence(turn.In.ID, of)
}

func (t *tx) markEvidence(message, of int64) error {
	_, err := t.exec(`
		INSERT INTO evidence (message, case_id) VALUES (?, ?)
		ON CONFLICT (message) DO UPDATE SET case_id = COALESCE(excluded.case_id, case_id)`,
		message, reference(of))
	return err
}

// EscalateNow is the effect Escalate outside of a turn.
func (s *Store) EscalateNow(ctx context.Context, resident int64, e bot.Escalate, now time.Time) error {
	err := s.write.submit(ctx, func(tx *tx) error {
		n, err := tx.change(`UPDATE conversation SET version = version + 1 WHERE resident = ?`, resident)
		if err != nil {
			return err
		}
		if n == 0 {
			return refuse(bot.ErrNotFound)
		}
		return tx.escalate(&bot.Turn{Resident: resident, At: now}, e)
	})
	if err != nil {
		return fmt.Errorf("escalate: %w", err)
	}
	return nil
}

// escalate puts the conversation into the queue, or makes it more urgent where
// it is there or claimed. An urgent reason takes the place of one that was not.
func (t *tx) escalate(turn *bot.Turn, e bot.Escalate) error {
	_, err := t.exec(`
		UPDATE conversation SET
			waiting_since = CASE WHEN state IN ('bot', 'closed') THEN ?1 ELSE waiting_since END,
			unread = CASE WHEN state IN ('bot', 'closed') THEN ?2 ELSE unread END,
			reason = CASE WHEN state IN ('bot', 'closed') OR reason = '' OR ?3 > urgent THEN ?4 ELSE reason END,
			urgent = MAX(urgent, ?3),
			state = CASE WHEN state IN ('bot', 'closed') THEN 'waiting' ELSE state END
		WHERE resident = ?5`,
		millis(turn.At), unseen(turn), e.Urgent, string(e.Reason), turn.Resident)
	if err != nil {
		return err
	}
	return t.logEscalation(turn, e)
}

// unseen is how many messages of a turn an officer has yet to see.
func unseen(turn *bot.Turn) int {
	if turn.In != nil && !wordless(turn.In.Kind) {
		return 1
	}
	return len(turn.Answers)
}

// logEscalation notes why a human was needed, once until it is resolved.
func (t *tx) logEscalation(turn *bot.Turn, e bot.Escalate) error {
	_, err := t.exec(`
		INSERT INTO escalation (resident, reason, urgent, case_id, at) VALUES (?, ?, ?, ?, ?)
		ON CONFLICT DO NOTHING`,
		turn.Resident, string(e.Reason), e.Urgent, reference(e.Case), millis(turn.At))
	return err
}

func orElse[T comparable](value, otherwise T) T {
	var zero T
	if value == zero {
		return otherwise
	}
	return value
}
