package store

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"time"

	"mitan/bot"
)

// ReadyReplies reads all, by their thanas and names; within a sight, the whole
// unit's and the thana's.
func (s *Store) ReadyReplies(ctx context.Context) ([]bot.ReadyReply, error) {
	var all []bot.ReadyReply
	err := s.read.rows(ctx, `SELECT id, thana, name, hi, en FROM ready_reply
		WHERE ?1 = '' OR thana IN ('', ?1) ORDER BY thana, name`, []any{bot.SightOf(ctx).Thana},
		func(scan func(...any) error) error {
			var r bot.ReadyReply
			err := scan(&r.ID, &r.Thana, &r.Name, &r.Hi, &r.En)
			all = append(all, r)
			return err
		})
	if err != nil {
		return nil, fmt.Errorf("ready replies: %w", err)
	}
	return all, nil
}

// SaveReadyReply adds a ready reply, or with an id changes one. ErrTooLarge if
// there are too many.
func (s *Store) SaveReadyReply(ctx context.Context, r bot.ReadyReply, officer int64, now time.Time) error {
	err := s.write.submit(ctx, func(tx *tx) error {
		var same int64
		err := tx.row(`SELECT id FROM ready_reply WHERE thana = ? AND name = ?`, []any{r.Thana, r.Name}, &same)
		if err != nil && !errors.Is(err, bot.ErrNotFound) {
			return err
		}
		if same != 0 && same != r.ID {
			return refuse(bot.ErrExists)
		}
		if r.ID == 0 {
			var n int
			if err := tx.row(`SELECT COUNT(*) FROM ready_reply`, nil, &n); err != nil {
				return err
			}
			if n >= bot.MaxReadyReplies {
				return refuse(bot.ErrTooLarge)
			}
			r.ID, err = tx.insert(`INSERT INTO ready_reply (thana, name, hi, en) VALUES (?, ?, ?, ?)`, r.Thana, r.Name, r.Hi, r.En)
		} else {
			var changed int64
			changed, err = tx.change(`UPDATE ready_reply SET thana = ?, name = ?, hi = ?, en = ? WHERE id = ?`, r.Thana, r.Name, r.Hi, r.En, r.ID)
			if err == nil && changed == 0 {
				return refuse(bot.ErrNotFound)
			}
		}
		if err != nil {
			return err
		}
		return tx.audit(bot.AuditEntry{At: now, Officer: officer, Action: actionReady, Detail: "ready reply " + strconv.FormatInt(r.ID, 10)})
	})
	if err != nil {
		return fmt.Errorf("save ready reply: %w", err)
	}
	return nil
}

// RemoveReadyReply removes a ready reply.
func (s *Store) RemoveReadyReply(ctx context.Context, id, officer int64, now time.Time) error {
	err := s.write.submit(ctx, func(tx *tx) error {
		n, err := tx.change(`DELETE FROM ready_reply WHERE id = ?`, id)
		if err != nil {
			return err
		}
		if n == 0 {
			return refuse(bot.ErrNotFound)
		}
		return tx.audit(bot.AuditEntry{At: now, Officer: officer, Action: actionUnready, Detail: "ready reply " + strconv.FormatInt(id, 10)})
	})
	if err != nil {
		return fmt.Errorf("remove ready reply: %w", err)
	}
	return nil
}
