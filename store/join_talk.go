package store

import (
	"fmt"

	"mitan/bot"
)

// side is the conversation of one of two residents who are joined.
type side struct {
	resident int64
	state    bot.ConversationState
	urgent   bool
	reason   string
	waiting  int64
	officer  int64
	unread   int
	messages int
	lastAt   int64
	lastText string
	channel  string
	address  string
	session  []byte
	version  int64
	thana    string
	wrote    int64 // id of the resident's last message; 0 if there is none
}

func (t *tx) side(resident int64) (s side, err error) {
	err = t.row(`SELECT resident, state, urgent, reason, waiting_since, COALESCE(officer, 0), unread, messages,
			last_at, last_text, channel, address, session, version, thana,
			COALESCE((SELECT id FROM message m WHERE m.resident = c.resident AND m.by = 'resident' ORDER BY id DESC LIMIT 1), 0)
		FROM conversation c WHERE resident = ?`, []any{resident},
		&s.resident, &s.state, &s.urgent, &s.reason, &s.waiting, &s.officer, &s.unread, &s.messages,
		&s.lastAt, &s.lastText, &s.channel, &s.address, &s.session, &s.version, &s.thana, &s.wrote)
	return s, err
}

// need is how much a conversation needs a human.
func (s side) need() int {
	switch s.state {
	case bot.Claimed:
		return 3
	case bot.Waiting:
		return 2
	case bot.WithBot:
		return 1
	}
	return 0
}

// unitedWith is the conversation that two become. The talk goes on where the
// resident wrote last; the desk sees it as the one of the two that needs a human
// more, as urgent as either, waiting since the earlier.
func (s side) unitedWith(other side) side {
	last, first := s, other
	if other.wrote > s.wrote {
		last, first = other, s
	}
	desk, less := last, first
	if first.need() > last.need() {
		desk, less = first, last
	}
	u := last
	u.thana = orElse(last.thana, first.thana)
	u.state, u.officer, u.urgent, u.reason, u.waiting = desk.state, desk.officer, desk.urgent, desk.reason, desk.waiting
	if less.need() >= 2 {
		if u.reason == "" || (less.urgent && !u.urgent) {
			u.reason = less.reason
		}
		u.urgent = u.urgent || less.urgent
		if u.waiting == 0 || (less.waiting != 0 && less.waiting < u.waiting) {
			u.waiting = less.waiting
		}
	}
	u.unread, u.messages = s.unread+other.unread, s.messages+other.messages
	u.lastAt, u.version = max(s.lastAt, other.lastAt), max(s.version, other.version)+1
	return u
}

// uniteConversations gives the older resident the conversation that the two
// become. One session ends: its draft of an attempt is given up, as when an
// officer closes a conversation.
func (t *tx) uniteConversations(older, younger int64) error {
	a, err := t.side(older)
	if err != nil {
		return fmt.Errorf("conversation: %w", err)
	}
	b, err := t.side(younger)
	if err != nil {
		return fmt.Errorf("conversation: %w", err)
	}
	u, ends := a.unitedWith(b), a
	if u.resident == older {
		ends = b
	}
	err = t.steps(older, younger, []string{`DELETE FROM conversation WHERE resident = ?2`})
	if err == nil {
		_, err = t.exec(`UPDATE conversation SET version = ?, state = ?, urgent = ?, reason = ?, waiting_since = ?, officer = ?,
			unread = ?, messages = ?, last_at = ?, last_text = ?, channel = ?, address = ?, session = ?, thana = ? WHERE resident = ?`,
			u.version, string(u.state), u.urgent, u.reason, u.waiting, reference(u.officer),
			u.unread, u.messages, u.lastAt, u.lastText, u.channel, u.address, u.session, u.thana, older)
	}
	if err != nil {
		return fmt.Errorf("conversation: %w", err)
	}
	if _, err := t.exec(`UPDATE cases SET state = 'abandoned' WHERE resident = ? AND state = 'draft' AND money_gone = 0`, ends.resident); err != nil {
		return fmt.Errorf("draft: %w", err)
	}
	if err := t.clearTimer(ends.resident, bot.TimerTalk); err != nil {
		return err
	}
	return t.steps(older, younger, []string{
		`INSERT INTO timer (resident, kind, due) SELECT ?1, kind, due FROM timer WHERE resident = ?2
			ON CONFLICT (resident, kind) DO UPDATE SET due = MIN(due, excluded.due)`,
		`DELETE FROM timer WHERE resident = ?2`,
	})
}

// uniteMessages makes two threads one, in the order in which messages came. A
// message that came at both addresses is one.
func (t *tx) uniteMessages(older, younger int64) error {
	pairs, err := t.pairs(`SELECT iif(o.kind = 'unreadable', y.id, o.id), iif(o.kind = 'unreadable', o.id, y.id)
		FROM message y JOIN message o ON o.at = y.at AND o.external_id = y.external_id
		WHERE y.resident = ?2 AND y.by = 'resident' AND o.resident = ?1 AND o.by = 'resident'`, older, younger)
	if err != nil {
		return err
	}
	if err := t.foldMessages(older, pairs); err != nil {
		return err
	}
	if err := t.steps(older, younger, []string{`UPDATE message SET resident = ?1 WHERE resident = ?2`}); err != nil {
		return fmt.Errorf("messages: %w", err)
	}
	// What could not be read at one address may have come to the other, with
	// another stamp.
	pairs, err = t.pairs(`SELECT m.id, p.id FROM message p JOIN message m ON m.resident = p.resident AND m.external_id = p.external_id
		WHERE p.kind = 'unreadable' AND p.resident = ?1 AND m.by = 'resident' AND m.id <> p.id
			AND (m.kind <> 'unreadable' OR m.id < p.id) AND ?2 <> 0
		GROUP BY p.id ORDER BY p.id DESC`, older, younger)
	if err != nil {
		return err
	}
	return t.foldMessages(older, pairs)
}

// pair are two rows that are one message.
type pair struct{ stays, goes int64 }

func (t *tx) pairs(query string, older, younger int64) (pairs []pair, err error) {
	err = t.rows(query, []any{older, younger}, func(scan func(...any) error) error {
		var p pair
		err := scan(&p.stays, &p.goes)
		pairs = append(pairs, p)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("same messages: %w", err)
	}
	return pairs, nil
}

// foldMessages makes one message of each two. What hangs on the one that goes
// stays: that it is evidence, its medium, that it was answered or changed.
func (t *tx) foldMessages(resident int64, pairs []pair) error {
	for _, p := range pairs {
		err := t.steps(p.stays, p.goes, []string{
			`INSERT INTO evidence (message, case_id) SELECT ?1, case_id FROM evidence WHERE message = ?2
				ON CONFLICT (message) DO UPDATE SET case_id = COALESCE(case_id, excluded.case_id)`,
			`DELETE FROM media WHERE message = ?1 AND state <> 'kept'
				AND EXISTS (SELECT 1 FROM media WHERE message = ?2 AND state = 'kept')`,
			`UPDATE media SET message = ?1 WHERE message = ?2 AND NOT EXISTS (SELECT 1 FROM media WHERE message = ?1)`,
			`UPDATE message SET held = iif(g.kind = 'unreadable', message.held, MIN(message.held, g.held)),
					edited = MAX(message.edited, g.edited), deleted = MAX(message.deleted, g.deleted)
				FROM (SELECT kind, held, edited, deleted FROM message WHERE id = ?2) AS g WHERE message.id = ?1`,
		})
		if err == nil {
			err = t.removeMessage(p.goes)
		}
		if err != nil {
			return fmt.Errorf("same message: %w", err)
		}
	}
	_, err := t.exec(`UPDATE conversation SET messages = messages - ? WHERE resident = ?`, len(pairs), resident)
	return err
}
