package store

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"errors"
	"fmt"
	"strconv"

	"mitan/bot"
)

// auditPage is how many rows of the audit are looked at in one read.
const auditPage = 1000

// chained is the hash of a row of the audit: SHA-256 of the former row's hash
// (32 zero bytes before the first) and of the row's fields, each as a netstring,
// its length in bytes, a colon, the bytes and a comma: id, time in Unix
// milliseconds, officer (0 for none), action, resident (0 for none), detail.
func chained(former []byte, e bot.AuditEntry) []byte {
	sum := sha256.New()
	sum.Write(former)
	for _, field := range []string{
		strconv.FormatInt(e.ID, 10), strconv.FormatInt(millis(e.At), 10), strconv.FormatInt(e.Officer, 10),
		e.Action, strconv.FormatInt(e.Resident, 10), e.Detail,
	} {
		fmt.Fprintf(sum, "%d:%s,", len(field), field)
	}
	return sum.Sum(nil)
}

// noHash stands for the hash of what is before the first row.
func noHash() []byte { return make([]byte, sha256.Size) }

// lastAudit is the end of the chain.
func lastAudit(row rowFunc) (id int64, hash []byte, err error) {
	err = row(`SELECT id, hash FROM audit WHERE id = (SELECT MAX(id) FROM audit)`, nil, &id, &hash)
	if errors.Is(err, bot.ErrNotFound) {
		return 0, noHash(), nil
	}
	return id, hash, err
}

// audit adds an entry to the chain, and a checkpoint where one is due.
func (t *tx) audit(e bot.AuditEntry) error {
	id, former, err := lastAudit(t.row)
	if err == nil {
		e.ID = id + 1
		hash := chained(former, e)
		_, err = t.exec(insertAudit, e.ID, millis(e.At), reference(e.Officer), e.Action, reference(e.Resident), e.Detail, hash)
		if err == nil {
			err = t.checkpointIfDue(e.ID, e.At, hash)
		}
	}
	if err != nil {
		return fmt.Errorf("audit: %w", err)
	}
	return nil
}

const insertAudit = `INSERT INTO audit (id, at, officer, action, resident, detail, hash) VALUES (?, ?, ?, ?, ?, ?, ?)`

// chainAudit moves the rows that an older program has written into the chain.
func chainAudit(ctx context.Context, tx *sql.Tx) error {
	former := noHash()
	for last := int64(0); ; {
		page, err := unchained(ctx, tx, last)
		if err != nil {
			return fmt.Errorf("read the audit: %w", err)
		}
		if len(page) == 0 {
			break
		}
		for _, e := range page {
			last, former = e.ID, chained(former, e)
			_, err := tx.ExecContext(ctx, insertAudit, e.ID, millis(e.At), reference(e.Officer), e.Action, reference(e.Resident), e.Detail, former)
			if err != nil {
				return fmt.Errorf("chain the audit: %w", err)
			}
		}
	}
	_, err := tx.ExecContext(ctx, `DROP TABLE audit_unchained`)
	return err
}

func unchained(ctx context.Context, tx *sql.Tx, after int64) (page []bot.AuditEntry, err error) {
	rows, err := tx.QueryContext(ctx, `SELECT id, at, COALESCE(officer, 0), action, COALESCE(resident, 0), detail
		FROM audit_unchained WHERE id > ? ORDER BY id LIMIT ?`, after, auditPage)
	if err != nil {
		return nil, err
	}
	err = eachRow(rows, func(scan func(...any) error) error {
		e, err := scanAudit(scan)
		page = append(page, e)
		return err
	})
	return page, err
}

func scanAudit(scan func(...any) error, more ...any) (e bot.AuditEntry, err error) {
	err = scan(append([]any{&e.ID, moment{&e.At}, &e.Officer, &e.Action, &e.Resident, &e.Detail}, more...)...)
	return e, err
}

// Audit writes an entry by itself, for what changes nothing else.
func (s *Store) Audit(ctx context.Context, e bot.AuditEntry) error {
	return s.write.submit(ctx, func(tx *tx) error { return tx.audit(e) })
}

// AuditLog reads entries before an id (0: from the newest), the newest first.
func (s *Store) AuditLog(ctx context.Context, before int64, limit int) ([]bot.AuditEntry, error) {
	return s.FindAudit(ctx, bot.AuditFilter{Before: before, Limit: limit})
}

// FindAudit reads entries, the newest first. Those of a resident who turned out
// to be another are told as of who they are now.
func (s *Store) FindAudit(ctx context.Context, f bot.AuditFilter) ([]bot.AuditEntry, error) {
	if f.Before == 0 {
		f.Before = 1<<63 - 1
	}
	until := int64(1<<63 - 1)
	if !f.Until.IsZero() {
		until = millis(f.Until)
	}
	sight := bot.SightOf(ctx)
	// Each kind of filter is a query of its own, so that each reads an index.
	where, at := `WHERE a.id < ?1 `, `a.at`
	switch {
	case f.Resident != 0:
		where += `AND a.resident IN (SELECT ?4 UNION ALL SELECT younger FROM joined WHERE older = ?4) `
	case f.Officer != 0:
		where += `AND a.officer = ?3 `
	case f.Action != "":
		where += `AND a.action = ?5 `
	case f.From.IsZero() && f.Until.IsZero():
		at = `+a.at` // the ids say the order; the index of times would be read whole
	}
	var entries []bot.AuditEntry
	err := s.read.rows(ctx, `
		SELECT a.id, a.at, COALESCE(a.officer, 0), a.action, COALESCE(j.older, a.resident, 0), a.detail
		FROM audit a LEFT JOIN joined j ON j.younger = a.resident LEFT JOIN officer o ON o.id = a.officer `+where+`
			AND `+at+` BETWEEN ?6 AND ?7 - 1
			AND (?3 = 0 OR a.officer = ?3) AND (?4 = 0 OR a.resident IS NOT NULL) AND (?5 = '' OR a.action = ?5)
			AND (?8 = '' OR o.thana = ?8 
				OR EXISTS (SELECT 1 FROM conversation c WHERE c.resident = COALESCE(j.older, a.resident) AND c.thana = ?8))
		ORDER BY a.id DESC LIMIT ?2`,
		[]any{f.Before, f.Limit, f.Officer, f.Resident, f.Action, millis(f.From), until, sight.Thana},
		func(scan func(...any) error) error {
			e, err := scanAudit(scan)
			entries = append(entries, e)
			return err
		})
	if err != nil {
		return nil, fmt.Errorf("audit log: %w", err)
	}
	return entries, nil
}

// AuditActions are the actions that the audit has, in their order.
func (s *Store) AuditActions(ctx context.Context) ([]string, error) {
	var actions []string
	// Each step looks up the next action: the index is not read from end to end.
	err := s.read.rows(ctx, `
		WITH RECURSIVE kind (action) AS (
			SELECT MIN(action) FROM audit
			UNION ALL SELECT (SELECT MIN(action) FROM audit WHERE action > kind.action) FROM kind WHERE kind.action IS NOT NULL)
		SELECT action FROM kind WHERE action IS NOT NULL`, nil, func(scan func(...any) error) error {
		var action string
		err := scan(&action)
		actions = append(actions, action)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("audit actions: %w", err)
	}
	return actions, nil
}
