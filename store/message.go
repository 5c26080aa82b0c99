package store

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"
	"unicode"

	"github.com/mattn/go-sqlite3"

	"mitan/bot"
)

// messageColumns are what scanMessage reads, from message m and its medium d.
const messageColumns = `
	m.id, m.resident, m.by, COALESCE(m.officer, 0), m.channel, m.address, m.external_id,
	m.kind, m.text, m.forwarded, m.quote_id, m.masked, m.at,
	m.held, m.edited, m.deleted, m.delivery, m.bulk, m.payload, m.attempts, m.due, m.error,
	COALESCE(d.id, 0), COALESCE(d.channel, ''), COALESCE(d.name, ''), COALESCE(d.claimed, ''),
	COALESCE(d.type, ''), COALESCE(d.size, 0), COALESCE(d.duration, 0), COALESCE(d.sha256, ''),
	COALESCE(d.state, ''), COALESCE(d.attempts, 0), COALESCE(d.error, ''), d.ref`

const messageTables = ` FROM message m LEFT JOIN media d ON d.message = m.id `

func scanMessage(scan func(...any) error) (bot.Message, error) {
	var m bot.Message
	var d bot.Media
	var duration int64
	err := scan(&m.ID, &m.Resident, &m.By, &m.Officer, &m.Channel, &m.Address, &m.ExternalID,
		&m.Kind, &m.Text, &m.Forwarded, &m.QuoteID, &m.Masked, moment{&m.At},
		&m.Held, moment{&m.Edited}, moment{&m.Deleted}, &m.Delivery, &m.Bulk, &m.Payload, &m.Attempts, moment{&m.Due}, &m.Error,
		&d.ID, &d.Channel, &d.Name, &d.Claimed,
		&d.Type, &d.Size, &duration, &d.SHA256,
		&d.State, &d.Attempts, &d.Error, &d.Ref)
	if d.ID != 0 {
		d.Message, d.Duration = m.ID, time.Duration(duration)*time.Millisecond
		m.Media = &d
	}
	return m, err
}

func (s *Store) messages(ctx context.Context, query string, args ...any) ([]bot.Message, error) {
	var messages []bot.Message
	err := s.read.rows(ctx, query, args, func(scan func(...any) error) error {
		m, err := scanMessage(scan)
		messages = append(messages, m)
		return err
	})
	return messages, err
}

// Thread reads messages before an id (0: from the newest), the oldest first.
func (s *Store) Thread(ctx context.Context, resident, before int64, limit int) ([]bot.Message, error) {
	if before == 0 {
		before = 1<<63 - 1
	}
	if err := s.sees(ctx, resident); err != nil {
		return nil, fmt.Errorf("thread: %w", err)
	}
	messages, err := s.messages(ctx, `SELECT`+messageColumns+messageTables+
		`WHERE m.resident = ? AND m.id < ? ORDER BY m.id DESC LIMIT ?`, resident, before, limit)
	if err != nil {
		return nil, fmt.Errorf("thread: %w", err)
	}
	slices.Reverse(messages)
	return messages, nil
}

// HeldOf reads the messages of a resident that are held, in their order.
func (s *Store) HeldOf(ctx context.Context, resident int64) ([]bot.Message, error) {
	held, err := s.messages(ctx, `SELECT`+messageColumns+messageTables+
		`WHERE m.resident = ? AND m.held = 1 ORDER BY m.at, m.id`, resident)
	if err != nil {
		return nil, fmt.Errorf("held messages: %w", err)
	}
	return held, nil
}

// insertIncoming writes the row of a message from a resident and sets its id;
// false if it is there already. Its words are left to insertDetails, for when
// the turn is known to be current. ErrNotFound if the resident is no more: see
// Join.
func (t *tx) insertIncoming(resident int64, m *bot.Message) (fresh bool, err error) {
	result, err := t.exec(`
		INSERT INTO message (resident, by, at, channel, address, external_id, kind, text,
			forwarded, quote_id, masked, indexed, held, edited, deleted)
		VALUES (?, 'resident', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
		resident, millis(m.At), m.Channel, m.Address, m.ExternalID, string(m.Kind), m.Text,
		m.Forwarded, m.QuoteID, m.Masked, hasWords(m.Text), m.Held, millis(m.Edited), millis(m.Deleted))
	var broken sqlite3.Error
	if errors.As(err, &broken) && broken.ExtendedCode == sqlite3.ErrConstraintForeignKey {
		return false, refuse(bot.ErrNotFound)
	}
	if err != nil {
		return false, fmt.Errorf("message: %w", err)
	}
	if n, err := result.RowsAffected(); err != nil || n == 0 {
		return false, err
	}
	m.Resident, m.By = resident, bot.ByResident
	m.ID, err = result.LastInsertId()
	return true, err
}

// insertDetails writes what hangs on a message: its words for search, unless
// they are the bot's own, and its medium.
func (t *tx) insertDetails(m *bot.Message) error {
	if m.By != bot.ByBot && hasWords(m.Text) {
		// Ids only rise, which is the order in which FTS4 writes fast.
		if _, err := t.exec(`INSERT INTO message_fts (docid, text) VALUES (?, ?)`, m.ID, m.Text); err != nil {
			return fmt.Errorf("search index: %w", err)
		}
	}
	if m.Media == nil {
		return nil
	}
	d := m.Media
	if d.State == "" {
		d.State = bot.MediaPending
	}
	if d.Channel == "" {
		d.Channel = m.Channel
	}
	kind, sum := "", "" // are read from the bytes, once they are kept
	if d.State == bot.MediaKept {
		kind, sum = d.Type, d.SHA256
	}
	id, err := t.insert(`
		INSERT INTO media (message, ref, channel, name, claimed, type, size, duration, sha256, state, error)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		m.ID, d.Ref, d.Channel, d.Name, d.Claimed, kind, d.Size, d.Duration.Milliseconds(), sum, string(d.State), d.Error)
	if err != nil {
		return fmt.Errorf("medium: %w", err)
	}
	d.ID, d.Message = id, m.ID
	return nil
}

// insertOutgoing queues a message to a resident and sets its id. What it
// leaves open is filled in: the bot as its author, and at as its time.
func (t *tx) insertOutgoing(resident int64, at time.Time, m *bot.Message) (err error) {
	m.Resident, m.Delivery = resident, bot.Queued
	if m.By == "" {
		m.By = bot.ByBot
	}
	if m.Kind == "" {
		m.Kind = bot.Text
	}
	if m.At.IsZero() {
		m.At = at
	}
	m.ID, err = t.insert(`
		INSERT INTO message (resident, by, officer, at, channel, address, external_id, kind, text,
			quote_id, masked, indexed, delivery, bulk, due, payload)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'queued', ?, ?, ?)`,
		resident, m.By, reference(m.Officer), millis(m.At), m.Channel, m.Address, m.ExternalID, string(m.Kind), m.Text,
		m.QuoteID, m.Masked, m.By != bot.ByBot && hasWords(m.Text), m.Bulk, millis(m.Due), m.Payload)
	if err != nil {
		return fmt.Errorf("outgoing message: %w", err)
	}
	return t.insertDetails(m)
}

// hasWords tells whether a text is worth the search index: a menu's "1" or an
// amount alone is not; identifiers are found by FindIdentifier.
func hasWords(text string) bool {
	for _, r := range text {
		if unicode.IsLetter(r) {
			return true
		}
	}
	return false
}
