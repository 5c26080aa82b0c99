package store

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"mitan/bot"
)

// fired refuses the turn of a timer that has been moved or removed since it
// was read.
func (t *tx) fired(turn *bot.Turn) error {
	var due int64
	err := t.row(`SELECT COALESCE(MAX(due), 0) FROM timer WHERE resident = ? AND kind = ?`,
		[]any{turn.Resident, string(turn.Timer)}, &due)
	if err != nil {
		return fmt.Errorf("timer: %w", err)
	}
	if due == 0 || due > millis(turn.At) {
		return refuse(bot.ErrStale)
	}
	return nil
}

// turnTimers removes the timer that fired and sets those that the turn asks for.
func (t *tx) turnTimers(turn *bot.Turn) error {
	if turn.Timer != "" {
		if err := t.clearTimer(turn.Resident, turn.Timer); err != nil {
			return err
		}
	}
	if turn.Timer == bot.TimerSilence {
		if err := t.silence(turn); err != nil {
			return err
		}
	}
	if err := t.talkTimer(turn); err != nil {
		return err
	}
	if !turn.Silence.IsZero() {
		if err := t.setTimer(turn.Resident, bot.TimerSilence, turn.Silence); err != nil {
			return err
		}
	}
	for _, timer := range turn.Set {
		if err := t.setTimer(turn.Resident, timer.Kind, timer.Due); err != nil {
			return err
		}
	}
	return nil
}

// talkTimer sets or removes the talk's timer, unless the talk was not stepped.
func (t *tx) talkTimer(turn *bot.Turn) error {
	switch {
	case turn.Kept:
		return nil
	case !turn.Wake.IsZero():
		_, err := t.exec(`
			INSERT INTO timer (resident, kind, due) VALUES (?, 'talk', ?)
			ON CONFLICT (resident, kind) DO UPDATE SET due = excluded.due WHERE due <> excluded.due`,
			turn.Resident, millis(turn.Wake))
		if err != nil {
			return fmt.Errorf("set talk timer: %w", err)
		}
		return nil
	case turn.Timer == bot.TimerSilence || turn.Timer == bot.TimerUnreadable:
		return nil
	}
	return t.clearTimer(turn.Resident, bot.TimerTalk)
}

// setTimer sets a timer where the resident has none of its kind.
func (t *tx) setTimer(resident int64, kind bot.TimerKind, due time.Time) error {
	_, err := t.exec(`INSERT INTO timer (resident, kind, due) VALUES (?, ?, ?) ON CONFLICT DO NOTHING`,
		resident, string(kind), millis(due))
	if err != nil {
		return fmt.Errorf("set %s timer: %w", kind, err)
	}
	return nil
}

func (t *tx) clearTimer(resident int64, kind bot.TimerKind) error {
	if _, err := t.exec(`DELETE FROM timer WHERE resident = ? AND kind = ?`, resident, string(kind)); err != nil {
		return fmt.Errorf("clear %s timer: %w", kind, err)
	}
	return nil
}

// silence gives a claimed conversation back to the queue.
func (t *tx) silence(turn *bot.Turn) error {
	_, officer, err := t.holder(turn.Resident)
	if err != nil {
		return err
	}
	n, err := t.change(`
		UPDATE conversation SET state = 'waiting', officer = NULL, reason = ?, waiting_since = ?
		WHERE resident = ? AND state = 'claimed'`,
		string(bot.ReasonSilence), millis(turn.At), turn.Resident)
	if err != nil || n == 0 {
		return err
	}
	if err := t.logEscalation(turn, bot.Escalate{Reason: bot.ReasonSilence}); err != nil {
		return err
	}
	return t.audit(bot.AuditEntry{
		At: turn.At, Action: actionSilence, Resident: turn.Resident, Detail: "from officer " + strconv.FormatInt(officer, 10),
	})
}

// DueTimers reads timers that are due by now, the earliest first.
func (s *Store) DueTimers(ctx context.Context, now time.Time, limit int) ([]bot.Timer, error) {
	var timers []bot.Timer
	err := s.read.rows(ctx, `SELECT resident, kind, due FROM timer WHERE due <= ? ORDER BY due, resident LIMIT ?`,
		[]any{millis(now), limit}, func(scan func(...any) error) error {
			var t bot.Timer
			err := scan(&t.Resident, &t.Kind, moment{&t.Due})
			timers = append(timers, t)
			return err
		})
	if err != nil {
		return nil, fmt.Errorf("due timers: %w", err)
	}
	return timers, nil
}

// NextTimer is when the next timer is due; zero if there is none.
func (s *Store) NextTimer(ctx context.Context) (due time.Time, err error) {
	err = s.read.row(ctx, `SELECT COALESCE(MIN(due), 0) FROM timer`, nil, moment{&due})
	if err != nil {
		return due, fmt.Errorf("next timer: %w", err)
	}
	return due, nil
}

// HurryTimers makes all timers of a kind due now.
func (s *Store) HurryTimers(ctx context.Context, kind bot.TimerKind, now time.Time) error {
	err := s.write.submit(ctx, func(tx *tx) error {
		_, err := tx.exec(`UPDATE timer SET due = ?1 WHERE due > ?1 AND kind = ?2`, millis(now), string(kind))
		return err
	})
	if err != nil {
		return fmt.Errorf("hurry timers: %w", err)
	}
	return nil
}
