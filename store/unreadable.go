package store

import (
	"errors"
	"fmt"

	"mitan/bot"
)

// settleUnreadable looks whether a message could not be read when it came
// before, or is one that cannot be read now. It tells whether the message is
// known already, or takes the place of an unreadable one, which it removes. A
// message that comes again may carry another stamp, so the two are the same by
// the resident and the channel's id.
func (t *tx) settleUnreadable(turn *bot.Turn) (known, replaced bool, err error) {
	in := turn.In
	var unreadable int64
	err = t.row(`SELECT id, edited, deleted FROM message WHERE kind = 'unreadable' AND resident = ? AND external_id = ?`,
		[]any{turn.Resident, in.ExternalID}, &unreadable, moment{&in.Edited}, moment{&in.Deleted})
	switch {
	case err == nil && in.Kind == bot.Unreadable:
		return true, false, nil
	case err == nil:
		return false, true, t.makeRoom(turn, unreadable)
	case !errors.Is(err, bot.ErrNotFound):
		return false, false, fmt.Errorf("unreadable: %w", err)
	case in.Kind != bot.Unreadable:
		return false, false, nil
	}
	err = t.row(`SELECT 1 FROM message WHERE resident = ? AND by = 'resident' AND external_id = ? ORDER BY id DESC LIMIT 1`,
		[]any{turn.Resident, in.ExternalID}, new(int))
	if errors.Is(err, bot.ErrNotFound) {
		return false, false, nil
	}
	return err == nil, false, err
}

// makeRoom removes the unreadable message in whose place the turn's comes, once
// the turn is known to be current: a refused turn leaves it.
func (t *tx) makeRoom(turn *bot.Turn, unreadable int64) error {
	var version int64
	if err := t.row(`SELECT version FROM conversation WHERE resident = ?`, []any{turn.Resident}, &version); err != nil {
		return fmt.Errorf("unreadable: %w", err)
	}
	if version != turn.Version {
		return refuse(bot.ErrStale)
	}
	return t.removeMessage(unreadable)
}

// removeMessage removes a message with all that hangs on it. Its file is noted
// as one to remove.
func (t *tx) removeMessage(id int64) error {
	for _, step := range []string{
		`DELETE FROM evidence WHERE message = ?`,
		`DELETE FROM message_fts WHERE docid IN (SELECT id FROM message WHERE id = ? AND indexed = 1)`,
		`INSERT INTO media_gone (sha256) SELECT sha256 FROM media WHERE message = ? AND sha256 <> '' ON CONFLICT DO NOTHING`,
		`DELETE FROM media WHERE message = ?`,
		`DELETE FROM message WHERE id = ?`,
	} {
		if _, err := t.exec(step, id); err != nil {
			return fmt.Errorf("remove message: %w", err)
		}
	}
	return nil
}
