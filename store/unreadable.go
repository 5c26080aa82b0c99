package store

import (
	"errors"
	"fmt"

	"mitan/bot"
)

// errTwice means that two unreadable messages have one id, which readBefore and
// Join prevent.
var errTwice = errors.New("there is more than one unreadable message with this id")

// replaceUnreadable writes the turn's message in the place of an unreadable one
// with its id and moves the conversation; false if there is none. A message that comes
// again may carry another stamp, so the two are the same by the resident and
// the channel's id. It is done once the turn is known to be current: a refused
// turn leaves what is there.
func (t *tx) replaceUnreadable(turn *bot.Turn) (bool, error) {
	var unreadable, version int64
	in := turn.In
	err := t.row(`SELECT m.id, m.edited, m.deleted, c.version FROM message m JOIN conversation c ON c.resident = m.resident
		WHERE m.kind = 'unreadable' AND m.resident = ? AND m.external_id = ?`, []any{turn.Resident, in.ExternalID},
		&unreadable, moment{&in.Edited}, moment{&in.Deleted}, &version)
	if errors.Is(err, bot.ErrNotFound) {
		return false, nil
	}
	if err == nil && version != turn.Version {
		return false, refuse(bot.ErrStale)
	}
	if err == nil {
		err = t.removeMessage(unreadable)
	}
	if err == nil {
		_, err = t.insertIncoming(turn.Resident, in)
	}
	moved := false
	if err == nil {
		moved, err = t.moveConversation(turn, true)
	}
	if err == nil && !moved {
		err = errTwice
	}
	if err != nil {
		return false, fmt.Errorf("replace unreadable: %w", err)
	}
	return true, nil
}

// readBefore tells whether a message is there already under whatever stamp: one
// that cannot be read now, in any form; one that can, in a form that could.
func (t *tx) readBefore(turn *bot.Turn) (bool, error) {
	err := t.row(`SELECT m.id FROM message m WHERE m.resident = ? AND m.by = 'resident' AND m.external_id = ?
		AND (m.kind <> 'unreadable' OR ?)`+newestFirst,
		[]any{turn.Resident, turn.In.ExternalID, turn.In.Kind == bot.Unreadable}, new(int64))
	if errors.Is(err, bot.ErrNotFound) {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("unreadable: %w", err)
	}
	return true, nil
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
