package store

import (
	"context"
	"errors"
	"fmt"
	"time"

	"mitan/bot"
)

// EnsureResident finds the resident with an address on a channel, or makes one
// with a conversation. A phone is filled in where it was unknown.
func (s *Store) EnsureResident(ctx context.Context, channel, address, phone string, now time.Time) (int64, error) {
	const find = `SELECT r.id, r.phone FROM alias a JOIN resident r ON r.id = a.resident
		WHERE a.channel = ? AND a.address = ?`
	var id int64
	var known string
	err := s.read.row(ctx, find, []any{channel, address}, &id, &known)
	if err == nil && (known != "" || phone == "") {
		return id, nil
	}
	if err == nil || errors.Is(err, bot.ErrNotFound) {
		err = s.write.submit(ctx, func(tx *tx) error {
			err := tx.row(find, []any{channel, address}, &id, &known)
			if errors.Is(err, bot.ErrNotFound) {
				known = ""
				id, err = tx.insertResident(channel, address, now)
			}
			if err != nil || phone == "" || known != "" {
				return err
			}
			return tx.setPhone(id, phone)
		})
	}
	if err != nil {
		return 0, fmt.Errorf("ensure resident: %w", err)
	}
	return id, nil
}

// insertResident makes a resident. The id of one who was joined to another is
// not given again: the audit still has it.
func (t *tx) insertResident(channel, address string, now time.Time) (int64, error) {
	id, err := t.insert(`INSERT INTO resident (id, since) VALUES (
		1 + MAX(COALESCE((SELECT MAX(id) FROM resident), 0), COALESCE((SELECT MAX(younger) FROM joined), 0)), ?)`, millis(now))
	if err != nil {
		return 0, err
	}
	if _, err := t.exec(`INSERT INTO alias (channel, address, resident) VALUES (?, ?, ?)`, channel, address, id); err != nil {
		return 0, err
	}
	_, err = t.exec(`INSERT INTO conversation (resident, channel, address) VALUES (?, ?, ?)`, id, channel, address)
	return id, err
}

func (t *tx) setPhone(resident int64, phone string) error {
	if _, err := t.exec(`UPDATE resident SET phone = ? WHERE id = ?`, phone, resident); err != nil {
		return err
	}
	if _, err := t.exec(`UPDATE conversation SET version = version + 1 WHERE resident = ?`, resident); err != nil {
		return err
	}
	return t.insertIdentifier(resident, 0, phone)
}

// conversationColumns are what scanConversation reads, without the session.
const conversationColumns = `
	c.resident, r.name, r.phone, r.lang, r.since, r.changed, c.state, c.urgent, c.reason, c.waiting_since,
	COALESCE(c.officer, 0), COALESCE(o.name, ''), c.unread, c.last_at, c.last_text, c.messages,
	COALESCE((SELECT k.kind FROM message k WHERE k.resident = c.resident AND k.by = 'resident'
		AND k.kind NOT IN ('deletion', 'reaction', 'unreadable') ORDER BY k.id DESC LIMIT 1), ''),
	(SELECT COUNT(*) FROM message h WHERE h.resident = c.resident AND h.held = 1 AND h.kind <> 'unreadable'),
	c.version, c.channel, c.address, c.thana`

const conversationTables = ` FROM conversation c
	JOIN resident r ON r.id = c.resident LEFT JOIN officer o ON o.id = c.officer `

func scanConversation(scan func(...any) error, more ...any) (bot.Conversation, error) {
	var c bot.Conversation
	err := scan(append([]any{
		&c.Resident.ID, &c.Resident.Name, &c.Resident.Phone, &c.Resident.Lang,
		moment{&c.Resident.Since},
		moment{&c.Resident.Changed},
		&c.State, &c.Urgent, &c.Reason,
		moment{&c.WaitingSince},
		&c.Officer, &c.OfficerName, &c.Unread,
		moment{&c.LastAt},
		&c.LastText, &c.Messages, &c.LastKind, &c.Held,
		&c.Version, &c.Channel, &c.Address, &c.Thana,
	}, more...)...)
	return c, err
}

// Conversation reads a conversation with its session.
func (s *Store) Conversation(ctx context.Context, resident int64) (bot.Conversation, error) {
	if err := s.sees(ctx, resident); err != nil {
		return bot.Conversation{}, fmt.Errorf("conversation: %w", err)
	}
	var session []byte
	c, err := scanConversation(func(into ...any) error {
		return s.read.row(ctx, `SELECT`+conversationColumns+`, c.session`+conversationTables+`WHERE c.resident = ?`,
			[]any{resident}, into...)
	}, &session)
	if err != nil {
		return bot.Conversation{}, fmt.Errorf("conversation: %w", err)
	}
	c.Session = session
	return c, nil
}

// Ahead counts the waiting conversations that come before this one.
func (s *Store) Ahead(ctx context.Context, resident int64) (n int, err error) {
	err = s.read.row(ctx, `
		SELECT COUNT(*) FROM conversation q JOIN conversation me ON me.resident = ?
		WHERE q.state <> 'bot' AND q.state = 'waiting' AND q.resident <> me.resident AND (
			me.state <> 'waiting' OR q.urgent > me.urgent OR (q.urgent = me.urgent
			AND (q.waiting_since, q.resident) < (me.waiting_since, me.resident)))`,
		[]any{resident}, &n)
	if err != nil {
		return 0, fmt.Errorf("ahead: %w", err)
	}
	return n, nil
}
