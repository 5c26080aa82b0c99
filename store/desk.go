package store

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strconv"
	"time"

	"mitan/bot"
)

// Actions of the audit that the store writes itself.
const (
	actionClaim    = "claim"
	actionTakeOver = "take_over"
	actionReply    = "reply"
	actionNote     = "note"
	actionClose    = "close"
	actionErase    = "erase"
	actionIdentity = "identity"
	actionJoin     = "join"
	actionOfficer  = "officer_add"
	actionPassword = "password"
	actionPhone    = "phone"

	actionCheckpoint = "checkpoint"
	actionChange     = "officer_change"
	actionTOTP       = "totp"
	actionTOTPGone   = "totp_remove"
	actionPasskey    = "passkey"
	actionNoPasskey  = "passkey_remove"
	actionEverywhere = "sign_out_all"
)

// Claim gives a conversation to an officer. One who takes over has as much time
// to answer as the first.
func (s *Store) Claim(ctx context.Context, resident, officer int64, takeOver bool, now, silence time.Time) error {
	err := s.write.submit(ctx, func(tx *tx) error {
		if err := tx.sees(ctx, resident); err != nil {
			return err
		}
		state, holder, err := tx.holder(resident)
		if err != nil {
			return refused(err)
		}
		entry := bot.AuditEntry{At: now, Officer: officer, Action: actionClaim, Resident: resident}
		if state == bot.Claimed {
			if holder == officer {
				return nil
			}
			if !takeOver {
				return refuse(bot.ErrTaken)
			}
			entry.Action, entry.Detail = actionTakeOver, "from officer "+strconv.FormatInt(holder, 10)
		}
		_, err = tx.exec(`UPDATE conversation SET state = 'claimed', officer = ?, version = version + 1
			WHERE resident = ?`, officer, resident)
		if err != nil {
			return err
		}
		if err := tx.startSilence(resident, state, silence); err != nil {
			return err
		}
		return tx.audit(entry)
	})
	if err != nil {
		return fmt.Errorf("claim: %w", err)
	}
	return nil
}

// startSilence sets the timer of a claim: where the resident waits in the
// queue, or still waits for the officer from whom it is taken over.
func (t *tx) startSilence(resident int64, from bot.ConversationState, due time.Time) error {
	var err error
	switch {
	case due.IsZero():
	case from == bot.Waiting:
		_, err = t.exec(`INSERT INTO timer (resident, kind, due) VALUES (?, 'silence', ?)
			ON CONFLICT (resident, kind) DO UPDATE SET due = excluded.due`, resident, millis(due))
	case from == bot.Claimed:
		_, err = t.exec(`UPDATE timer SET due = ? WHERE resident = ? AND kind = 'silence'`, millis(due), resident)
	}
	if err != nil {
		return fmt.Errorf("set silence timer: %w", err)
	}
	return nil
}

// holder tells who holds a conversation.
func (t *tx) holder(resident int64) (state bot.ConversationState, officer int64, err error) {
	return holder(t.row, resident)
}

func holder(row rowFunc, resident int64) (state bot.ConversationState, officer int64, err error) {
	err = row(`SELECT state, COALESCE(officer, 0) FROM conversation WHERE resident = ?`,
		[]any{resident}, &state, &officer)
	return state, officer, err
}

// held refuses unless the officer holds the conversation.
func (t *tx) held(resident, officer int64) error { return holds(t.row, resident, officer) }

func holds(row rowFunc, resident, officer int64) error {
	state, holder, err := holder(row, resident)
	if err != nil {
		return refused(err)
	}
	if state != bot.Claimed || holder != officer {
		return refuse(bot.ErrNotYours)
	}
	return nil
}

// send queues a message outside a turn, and counts it in its conversation.
func (t *tx) send(m *bot.Message) error {
	if m.Address == "" {
		err := t.row(`SELECT channel, address FROM conversation WHERE resident = ?`,
			[]any{m.Resident}, &m.Channel, &m.Address)
		if err != nil {
			return err
		}
	}
	if err := t.insertOutgoing(m.Resident, m.At, m); err != nil {
		return err
	}
	_, err := t.exec(`UPDATE conversation SET version = version + 1, messages = messages + 1,
		last_at = MAX(last_at, ?) WHERE resident = ?`, millis(m.At), m.Resident)
	return err
}

// AddNote writes a note beside a conversation.
func (s *Store) AddNote(ctx context.Context, n bot.Note) error {
	err := s.write.submit(ctx, func(tx *tx) error {
		if err := tx.sees(ctx, n.Resident); err != nil {
			return err
		}
		id, err := tx.insert(`INSERT INTO note (resident, officer, text, at) VALUES (?, ?, ?, ?)`,
			n.Resident, n.Officer, n.Text, millis(n.At))
		if err != nil {
			return err
		}
		return tx.audit(bot.AuditEntry{
			At: n.At, Officer: n.Officer, Action: actionNote, Resident: n.Resident,
			Detail: "note " + strconv.FormatInt(id, 10),
		})
	})
	if err != nil {
		return fmt.Errorf("add note: %w", err)
	}
	return nil
}

// CloseConversation ends a claimed conversation at the farewell's time. A
// farewell without text is not sent.
func (s *Store) CloseConversation(ctx context.Context, resident, officer int64, farewell bot.Message) error {
	farewell.Resident = resident
	err := s.write.submit(ctx, func(tx *tx) error {
		if err := tx.sees(ctx, resident); err != nil {
			return err
		}
		if err := tx.held(resident, officer); err != nil {
			return err
		}
		_, err := tx.exec(`
			UPDATE conversation SET state = 'closed', officer = NULL, urgent = 0, reason = '', waiting_since = 0,
				unread = 0, session = NULL, version = version + 1
			WHERE resident = ?`, resident)
		if err != nil {
			return err
		}
		// What is held or could not be read still has to be answered.
		if _, err := tx.exec(`DELETE FROM timer WHERE resident = ? AND kind IN ('talk', 'silence')`, resident); err != nil {
			return err
		}
		// The session's draft went with it: an attempt that was not confirmed is
		// given up. A loss stays with the officers.
		_, err = tx.exec(`UPDATE cases SET state = 'abandoned' WHERE resident = ? AND state = 'draft' AND money_gone = 0`, resident)
		if err != nil {
			return err
		}
		_, err = tx.exec(`UPDATE escalation SET resolved = ?, officer = ? WHERE resident = ? AND resolved = 0`,
			millis(farewell.At), officer, resident)
		if err != nil {
			return err
		}
		if farewell.Text != "" {
			if err := tx.send(&farewell); err != nil {
				return err
			}
		}
		return tx.audit(bot.AuditEntry{At: farewell.At, Officer: officer, Action: actionClose, Resident: resident})
	})
	if err != nil {
		return fmt.Errorf("close conversation: %w", err)
	}
	return nil
}

// Seen sets the conversation's unread count to 0 if the officer holds it.
func (s *Store) Seen(ctx context.Context, resident, officer int64) error {
	err := s.write.submit(ctx, func(tx *tx) error {
		_, err := tx.exec(`UPDATE conversation SET unread = 0, version = version + 1
			WHERE resident = ? AND officer = ? AND unread > 0`, resident, officer)
		return err
	})
	if err != nil {
		return fmt.Errorf("seen: %w", err)
	}
	return nil
}

// Notes reads the notes beside a conversation, the oldest first.
func (s *Store) Notes(ctx context.Context, resident int64) ([]bot.Note, error) {
	if err := s.sees(ctx, resident); err != nil {
		return nil, fmt.Errorf("notes: %w", err)
	}
	var notes []bot.Note
	err := s.read.rows(ctx, `
		SELECT n.id, n.resident, n.officer, o.name, n.text, n.at
		FROM note n JOIN officer o ON o.id = n.officer WHERE n.resident = ? ORDER BY n.id`,
		[]any{resident}, func(scan func(...any) error) error {
			var n bot.Note
			err := scan(&n.ID, &n.Resident, &n.Officer, &n.Name, &n.Text, moment{&n.At})
			notes = append(notes, n)
			return err
		})
	if err != nil {
		return nil, fmt.Errorf("notes: %w", err)
	}
	return notes, nil
}

// lists say how each state's conversations are read for a list. Those with the
// bot are nearly all that there are, so only what was written lately is looked
// at: a list by time over all would cost an index that each turn has to move.
// The others say outright that they are not with the bot, which is how SQLite
// knows that the index of the desk has them.
var lists = []struct {
	state bot.ConversationState
	where string
}{
	{bot.Waiting, `WHERE c.state <> 'bot' AND c.state = 'waiting' AND @holder = 0 AND ` + inSight + ` ORDER BY c.urgent DESC, c.waiting_since, c.resident LIMIT @limit`},
	{bot.Claimed, `WHERE c.state <> 'bot' AND c.state = 'claimed' AND (@holder = 0 OR c.officer = @holder) AND ` + inSight + ` ORDER BY c.last_at DESC, c.resident LIMIT @limit`},
	{bot.WithBot, `WHERE c.state = 'bot' AND @holder = 0 AND c.resident IN (
			SELECT resident FROM (SELECT resident FROM message ORDER BY id DESC LIMIT 5000)
			UNION SELECT resident FROM (SELECT resident FROM conversation ORDER BY resident DESC LIMIT 500))
		AND ` + inSight + ` ORDER BY c.last_at DESC, c.resident LIMIT @limit`},
	{bot.Closed, `WHERE c.state <> 'bot' AND c.state = 'closed' AND @holder = 0 AND ` + inSight + ` ORDER BY c.last_at DESC, c.resident LIMIT @limit`},
}

// Conversations reads conversations for a list, without their sessions: the
// waiting ones in the order of the queue, then the claimed ones, then the
// others, the latest first. Of those with the bot it reads only residents of
// the newest 5,000 messages and the newest 500 residents. A limit of 0 means 100.
func (s *Store) Conversations(ctx context.Context, f bot.ConversationFilter) ([]bot.Conversation, error) {
	limit := orElse(f.Limit, 100)
	var found []bot.Conversation
	for _, list := range lists {
		if len(f.States) > 0 && !slices.Contains(f.States, list.state) {
			continue
		}
		err := s.read.rows(ctx, `SELECT`+conversationColumns+conversationTables+list.where,
			append(sightArgs(ctx), sql.Named("holder", f.Officer), sql.Named("limit", limit)), func(scan func(...any) error) error {
				c, err := scanConversation(scan)
				found = append(found, c)
				return err
			})
		if err != nil {
			return nil, fmt.Errorf("conversations: %w", err)
		}
	}
	slices.SortStableFunc(found, func(a, b bot.Conversation) int {
		if rankA, rankB := listRank(a.State), listRank(b.State); rankA != rankB {
			return rankA - rankB
		}
		if a.State == bot.Waiting {
			return 0 // in the queue's order already
		}
		return b.LastAt.Compare(a.LastAt)
	})
	return found[:min(len(found), limit)], nil
}

func listRank(state bot.ConversationState) int {
	switch state {
	case bot.Waiting:
		return 0
	case bot.Claimed:
		return 1
	}
	return 2
}
