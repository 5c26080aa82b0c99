package store

import (
	"context"
	"fmt"
	"time"

	"mitan/bot"
)

// prunePage is how many messages Prune looks at in a transaction, so that no
// turn waits for it long.
const prunePage = 1000

// erase removes what is known of a resident. What stays: the cases that are
// filed or about a loss, with their evidence, and of all else that it happened.
func (t *tx) erase(turn *bot.Turn) error {
	resident := turn.Resident
	// Messages that are queued keep their words until they are sent: one of
	// them tells the resident what was erased.
	const words = `SELECT id FROM message WHERE resident = ?1 AND delivery <> 'queued'
		AND NOT EXISTS (SELECT 1 FROM evidence e WHERE e.message = message.id)`
	const drafts = `SELECT id FROM cases WHERE resident = ?1 AND state IN ('draft', 'abandoned') AND money_gone = 0`
	if err := t.unsubscribe(resident); err != nil {
		return err
	}
	if err := t.leaveVolunteers(turn); err != nil {
		return err
	}
	for _, step := range []string{
		`DELETE FROM subscription WHERE resident = ?1`,
		`UPDATE volunteer SET name = '', place = '' WHERE resident = ?1`,
		`UPDATE resident SET name = '' WHERE id = ?1`,
		`UPDATE conversation SET last_text = '' WHERE resident = ?1`,
		`DELETE FROM evidence WHERE case_id IN (` + drafts + `)`,
		`DELETE FROM evidence WHERE case_id IS NULL AND message IN (SELECT id FROM message WHERE resident = ?1)`,
		`DELETE FROM cases WHERE id IN (` + drafts + `)`,
		`DELETE FROM message_fts WHERE docid IN (` + words + ` AND indexed = 1)`,
		`INSERT INTO media_gone (sha256) SELECT DISTINCT sha256 FROM media
			WHERE sha256 <> '' AND message IN (` + words + `) ON CONFLICT DO NOTHING`,
		`DELETE FROM media WHERE message IN (` + words + `)`,
		`UPDATE message SET held = 0 WHERE resident = ?1 AND held = 1`,
		// A notice that was not sent yet is written anew, without the words.
		`DELETE FROM notice WHERE resident = ?1 AND sent = 0`,
		`UPDATE notice SET text = '' WHERE resident = ?1`,
		`UPDATE message SET text = '', indexed = 0, payload = NULL WHERE id IN (` + words + `)`,
	} {
		if _, err := t.exec(step, resident); err != nil {
			return err
		}
	}
	return t.audit(bot.AuditEntry{At: turn.At, Action: actionErase, Resident: resident})
}

// Prune removes messages older than before, with their media, that are no
// evidence of a case, and the words of notices as old. It tells how many
// messages it removed. Those that came in late, out of the order of their time,
// may stay until their neighbours go.
func (s *Store) Prune(ctx context.Context, before time.Time) (int, error) {
	removed := 0
	for last := int64(0); ; {
		page, old, err := s.prunable(ctx, last, before)
		if err != nil {
			return removed, fmt.Errorf("prune: %w", err)
		}
		if page == last || old == 0 {
			break
		}
		n := 0
		err = s.write.submit(ctx, func(tx *tx) (err error) {
			n, err = tx.prune(last, page, millis(before))
			return err
		})
		if err != nil {
			return removed, fmt.Errorf("prune: %w", err)
		}
		last, removed = page, removed+n
	}
	err := s.write.submit(ctx, func(tx *tx) error {
		_, err := tx.exec(`UPDATE notice SET text = '' WHERE at < ? AND text <> '' AND sent = 1`, millis(before))
		if err == nil {
			_, err = tx.exec(`DELETE FROM unsent WHERE at < ?`, millis(before))
		}
		return err
	})
	if err != nil {
		return removed, fmt.Errorf("prune notices and drafts: %w", err)
	}
	if err := s.removeGone(ctx); err != nil {
		return removed, fmt.Errorf("prune: %w", err)
	}
	return removed, nil
}

// prunable finds the last id of the page of messages behind an id, and how
// many in it are older than before.
func (s *Store) prunable(ctx context.Context, last int64, before time.Time) (page int64, old int, err error) {
	err = s.read.row(ctx, `
		SELECT COALESCE(MAX(id), ?1), COUNT(*) FILTER (WHERE at < ?2)
		FROM (SELECT id, at FROM message WHERE id > ?1 ORDER BY id LIMIT ?3)`,
		[]any{last, millis(before), prunePage}, &page, &old)
	return page, old, err
}

// prune removes what is old between two ids and no evidence of a case.
func (t *tx) prune(from, to, before int64) (int, error) {
	const old = `SELECT id FROM message WHERE id > ?1 AND id <= ?2 AND at < ?3 AND delivery <> 'queued'
		AND NOT EXISTS (SELECT 1 FROM evidence e WHERE e.message = message.id AND e.case_id IS NOT NULL)`
	for _, step := range []string{
		`UPDATE conversation SET version = version + 1, messages = messages - old.n,
				last_text = CASE WHEN EXISTS (SELECT 1 FROM message m WHERE m.resident = conversation.resident
					AND m.by = 'resident' AND m.at >= ?3) THEN last_text ELSE '' END
			FROM (SELECT resident, COUNT(*) AS n FROM message WHERE id IN (` + old + `) GROUP BY resident) AS old
			WHERE conversation.resident = old.resident`,
		`DELETE FROM evidence WHERE message IN (` + old + `)`,
		`DELETE FROM message_fts WHERE docid IN (` + old + ` AND indexed = 1)`,
		`INSERT INTO media_gone (sha256) SELECT DISTINCT sha256 FROM media
			WHERE sha256 <> '' AND message IN (` + old + `) ON CONFLICT DO NOTHING`,
		`DELETE FROM media WHERE message IN (` + old + `)`,
	} {
		if _, err := t.exec(step, from, to, before); err != nil {
			return 0, err
		}
	}
	n, err := t.change(`DELETE FROM message WHERE id IN (`+old+`)`, from, to, before)
	return int(n), err
}
