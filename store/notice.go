package store

import (
	"context"
	"fmt"
	"time"

	"mitan/bot"
)

// Untold reads open escalations since a time of which the officers' group has
// no notice, the oldest first.
func (s *Store) Untold(ctx context.Context, since time.Time, limit int) ([]bot.OpenEscalation, error) {
	var untold []bot.OpenEscalation
	err := s.read.rows(ctx, `SELECT e.id, e.resident, e.reason, e.urgent, e.at FROM escalation e
		WHERE e.resolved = 0 AND e.at >= ? AND NOT EXISTS (SELECT 1 FROM notice n WHERE n.escalation = e.id)
		ORDER BY e.at, e.id LIMIT ?`, []any{millis(since), limit}, func(scan func(...any) error) error {
		var e bot.OpenEscalation
		err := scan(&e.ID, &e.Resident, &e.Reason, &e.Urgent, moment{&e.At})
		untold = append(untold, e)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("untold: %w", err)
	}
	return untold, nil
}

// AddNotice writes a notice down, to be sent, once for an escalation.
func (s *Store) AddNotice(ctx context.Context, n bot.Notice) error {
	err := s.write.submit(ctx, func(tx *tx) error {
		_, err := tx.exec(`INSERT INTO notice (external_id, resident, escalation, text, at) VALUES (?, ?, ?, ?, ?)
			ON CONFLICT (escalation) DO NOTHING`, n.ExternalID, n.Resident, n.Escalation, n.Text, millis(n.At))
		return err
	})
	if err != nil {
		return fmt.Errorf("add notice: %w", err)
	}
	return nil
}

const noticeColumns = `SELECT id, external_id, resident, escalation, text, at, sent FROM notice `

func scanNotice(scan func(...any) error) (n bot.Notice, err error) {
	err = scan(&n.ID, &n.ExternalID, &n.Resident, &n.Escalation, &n.Text, moment{&n.At}, &n.Sent)
	return n, err
}

// UnsentNotices reads notices that are to be sent, the oldest first.
func (s *Store) UnsentNotices(ctx context.Context, limit int) ([]bot.Notice, error) {
	var unsent []bot.Notice
	err := s.read.rows(ctx, noticeColumns+`WHERE sent = 0 ORDER BY id LIMIT ?`, []any{limit},
		func(scan func(...any) error) error {
			n, err := scanNotice(scan)
			unsent = append(unsent, n)
			return err
		})
	if err != nil {
		return nil, fmt.Errorf("unsent notices: %w", err)
	}
	return unsent, nil
}

// NoticeSent says that a notice has been sent.
func (s *Store) NoticeSent(ctx context.Context, id int64) error {
	err := s.write.submit(ctx, func(tx *tx) error {
		n, err := tx.change(`UPDATE notice SET sent = 1 WHERE id = ?`, id)
		if err == nil && n == 0 {
			return refuse(bot.ErrNotFound)
		}
		return err
	})
	if err != nil {
		return fmt.Errorf("notice sent: %w", err)
	}
	return nil
}

// NoticeByExternalID finds the notice that a message of the group is.
func (s *Store) NoticeByExternalID(ctx context.Context, externalID string) (bot.Notice, error) {
	n, err := scanNotice(func(into ...any) error {
		return s.read.row(ctx, noticeColumns+`WHERE external_id = ?`, []any{externalID}, into...)
	})
	if err != nil {
		return bot.Notice{}, fmt.Errorf("notice by its external id: %w", err)
	}
	return n, nil
}

// AnswerOfGroup finds an officer's answer by its id, in the conversations that
// the newest notices tell of.
func (s *Store) AnswerOfGroup(ctx context.Context, externalID string) (resident int64, err error) {
	err = s.read.row(ctx, `SELECT m.resident FROM (SELECT resident FROM notice ORDER BY id DESC LIMIT 5000) old
		JOIN message m ON m.resident = old.resident AND m.external_id = ? AND m.by = 'officer' LIMIT 1`,
		[]any{externalID}, &resident)
	if err != nil {
		return 0, fmt.Errorf("answer of the group: %w", err)
	}
	return resident, nil
}
