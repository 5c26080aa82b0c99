package store

import (
	"context"
	"fmt"

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
	if known, err := t.enter(turn); err != nil || known {
		return known, err
	}
	if turn.In != nil {
		if err := t.insertDetails(turn.In); err != nil {
			return false, err
		}
		if err := t.markOriginal(turn.In); err != nil {
			return false, err
		}
	}
	for _, id := range turn.Answers {
		if _, err := t.exec(`UPDATE message SET held = 0 WHERE id = ? AND resident = ?`, id, turn.Resident); err != nil {
			return false, fmt.Errorf("answer held message: %w", err)
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
	if err := t.tellWords(turn); err != nil {
		return false, err
	}
	for _, effect := range turn.Effects {
		if err := t.apply(turn, effect); err != nil {
			return false, fmt.Errorf("%T: %w", effect, err)
		}
	}
	return false, nil
}

// enter writes the turn's message and moves the conversation. It tells whether
// the message was there already. A turn that is refused leaves no trace.
func (t *tx) enter(turn *bot.Turn) (known bool, err error) {
	fresh := false
	if turn.In != nil {
		if turn.In.Kind == bot.Unreadable || turn.In.Again {
			if known, err := t.readBefore(turn); err != nil || known {
				return known, err
			}
		}
		if fresh, err = t.insertIncoming(turn.Resident, turn.In); err != nil {
			return false, err
		}
	}
	if turn.In == nil || fresh {
		if current, err := t.moveConversation(turn, false); err != nil || current {
			return false, err
		}
	}
	if turn.In == nil {
		return false, refuse(bot.ErrStale)
	}
	if fresh {
		if _, err := t.exec(`DELETE FROM message WHERE id = ?`, turn.In.ID); err != nil {
			return false, fmt.Errorf("undo message: %w", err)
		}
	}
	if replaced, err := t.replaceUnreadable(turn); err != nil || replaced {
		return false, err
	}
	if fresh {
		return false, refuse(bot.ErrStale)
	}
	return true, nil
}

// moveConversation writes the conversation of a turn; false if its version is
// not the turn's, or the turn's message is to take the place of an unreadable
// one. What officers see rises only while it is theirs. A message that has
// taken another's place is none more; the version then rises by two, so that
// whoever remembers the conversation reads it again.
func (t *tx) moveConversation(turn *bot.Turn, replaced bool) (current bool, err error) {
	messages, last := len(turn.Out), int64(0)
	if messages > 0 {
		last = millis(turn.At)
	}
	var n int64
	if turn.In == nil {
		n, err = t.change(`
			UPDATE conversation SET version = version + 1, session = iif(?, session, ?),
				messages = messages + ?, last_at = MAX(last_at, ?)
			WHERE resident = ? AND version = ?`,
			turn.Kept, turn.Session, messages, last, turn.Resident, turn.Version)
	} else {
		more, steps := 1, 1
		if replaced {
			more, steps = 0, 2
		}
		n, err = t.change(`
			UPDATE conversation SET version = version + ?1, session = iif(?2, session, ?3),
				messages = messages + ?4, last_at = MAX(last_at, ?5),
				last_text = iif(?6, last_text, ?7), channel = ?8, address = ?9,
				unread = unread + (NOT ?6 AND state IN ('waiting', 'claimed')),
				state = iif(NOT ?6 AND state = 'closed', 'bot', state)
			WHERE resident = ?10 AND version = ?11 AND NOT EXISTS (SELECT 1 FROM message u
				WHERE u.kind = 'unreadable' AND u.resident = ?10 AND u.external_id = ?12 AND u.id <> ?13)`,
			steps, turn.Kept, turn.Session, messages+more, max(last, millis(turn.In.At)),
			wordless(turn.In.Kind), bot.LastText(turn.In.Text), turn.In.Channel, turn.In.Address,
			turn.Resident, turn.Version, turn.In.ExternalID, turn.In.ID)
	}
	if err != nil {
		return false, fmt.Errorf("conversation: %w", err)
	}
	return n == 1, nil
}

// wordless tells the kinds that add nothing to read: a list goes on showing the
// text before, and nobody has to look.
func wordless(kind bot.MessageKind) bool {
	return kind == bot.Deletion || kind == bot.Reaction || kind == bot.Unreadable
}
