package store

import (
	"context"
	"fmt"
	"time"

	"mitan/bot"
)

// CommitTurn writes a turn whole or not at all, and sets the ids of its
// messages. It tells whether the message was there already.
func (s *Store) CommitTurn(ctx context.Context, t *bot.Turn) (duplicate bool, err error) {
	err = s.write.submit(ctx, func(tx *tx) (err error) {
		duplicate, err = tx.turn(t)
		return err
	})
	if err != nil {
		return false, fmt.Errorf("commit turn: %w", err)
	}
	for _, effect := range t.Effects {
		switch e := effect.(type) {
		case bot.SaveCase:
			s.numbers.raise(bot.CaseIDSeries, e.Case.ID)
			s.numbers.raise(numberSeries(e.Case.Number))
		case bot.Enrol:
			s.numbers.raise(bot.VolunteerSeries, e.Volunteer.ID)
		case bot.Erase:
			// The words are gone; files that cannot be removed now are at the
			// next start.
			_ = s.removeGone(context.WithoutCancel(ctx))
		}
	}
	return duplicate, nil
}

// turn does the work in the order that finds a duplicate or a stale turn
// before much is written.
func (t *tx) turn(turn *bot.Turn) (duplicate bool, err error) {
	if turn.Timer != "" {
		if err := t.fired(turn); err != nil {
			return false, err
		}
	}
	if turn.In != nil {
		if fresh, err := t.insertIncoming(turn.Resident, turn.In); err != nil || !fresh {
			return !fresh && err == nil, err
		}
	}
	current, err := t.moveConversation(turn)
	if err != nil {
		return false, err
	}
	if !current {
		if turn.In != nil {
			if _, err := t.exec(`DELETE FROM message WHERE id = ?`, turn.In.ID); err != nil {
				return false, fmt.Errorf("undo message: %w", err)
			}
		}
		return false, refuse(bot.ErrStale)
	}
	if turn.In != nil {
		if err := t.insertDetails(turn.In); err != nil {
			return false, err
		}
	}
	for i := range turn.Out {
		if err := t.insertOutgoing(turn.Resident, turn.At, &turn.Out[i]); err != nil {
			return false, err
		}
	}
	if err := t.turnTimers(turn); err != nil {
		return false, err
	}
	for _, effect := range turn.Effects {
		if err := t.apply(turn, effect); err != nil {
			return false, fmt.Errorf("%T: %w", effect, err)
		}
	}
	return false, nil
}

// moveConversation writes the conversation of a turn; false if its version is
// not the turn's. What officers see rises only while it is theirs.
func (t *tx) moveConversation(turn *bot.Turn) (current bool, err error) {
	messages, last := len(turn.Out), int64(0)
	if messages > 0 {
		last = millis(turn.At)
	}
	var n int64
	if turn.In == nil {
		n, err = t.change(`
			UPDATE conversation SET version = version + 1, session = ?,
				messages = messages + ?, last_at = MAX(last_at, ?)
			WHERE resident = ? AND version = ?`,
			turn.Session, messages, last, turn.Resident, turn.Version)
	} else {
		n, err = t.change(`
			UPDATE conversation SET version = version + 1, session = ?,
				messages = messages + ?, last_at = MAX(last_at, ?),
				last_text = ?, channel = ?, address = ?,
				unread = unread + (state IN ('waiting', 'claimed')),
				state = CASE state WHEN 'closed' THEN 'bot' ELSE state END
			WHERE resident = ? AND version = ?`,
			turn.Session, messages+1, max(last, millis(turn.In.At)),
			bot.LastText(turn.In.Text), turn.In.Channel, turn.In.Address,
			turn.Resident, turn.Version)
	}
	if err != nil {
		return false, fmt.Errorf("conversation: %w", err)
	}
	return n == 1, nil
}

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
	if turn.Wake.IsZero() && turn.Timer != bot.TimerSilence {
		if err := t.clearTimer(turn.Resident, bot.TimerTalk); err != nil {
			return err
		}
	} else if !turn.Wake.IsZero() {
		_, err := t.exec(`
			INSERT INTO timer (resident, kind, due) VALUES (?, 'talk', ?)
			ON CONFLICT (resident, kind) DO UPDATE SET due = excluded.due WHERE due <> excluded.due`,
			turn.Resident, millis(turn.Wake))
		if err != nil {
			return fmt.Errorf("set talk timer: %w", err)
		}
	}
	if turn.Silence.IsZero() {
		return nil
	}
	_, err := t.exec(`INSERT INTO timer (resident, kind, due) VALUES (?, 'silence', ?) ON CONFLICT DO NOTHING`,
		turn.Resident, millis(turn.Silence))
	if err != nil {
		return fmt.Errorf("set silence timer: %w", err)
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
	n, err := t.change(`
		UPDATE conversation SET state = 'waiting', officer = NULL, reason = ?, waiting_since = ?
		WHERE resident = ? AND state = 'claimed'`,
		string(bot.ReasonSilence), millis(turn.At), turn.Resident)
	if err != nil || n == 0 {
		return err
	}
	return t.logEscalation(turn, bot.Escalate{Reason: bot.ReasonSilence})
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
