package store

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"mitan/bot"
)

// CheckAudit goes through the whole audit, as it stands, and says whether each
// row still is what was written, and each checkpoint still true.
func (s *Store) CheckAudit(ctx context.Context) (bot.AuditCheck, error) {
	rows := func(query string, args []any, each func(scan func(...any) error) error) error {
		return s.read.rows(ctx, query, args, each)
	}
	check, err := checkAudit(rows, s.write.tx.key.Public().(ed25519.PublicKey), nil)
	if err != nil {
		return bot.AuditCheck{}, fmt.Errorf("check audit: %w", err)
	}
	return check, nil
}

// VerifyAudit is CheckAudit on a data folder that no program need have open. It
// writes nothing. Kept is a checkpoint that was kept elsewhere; nil for none.
func VerifyAudit(ctx context.Context, dir string, kept *bot.AuditCheckpoint) (check bot.AuditCheck, err error) {
	path, err := filepath.Abs(filepath.Join(dir, File))
	if err == nil {
		_, err = os.Stat(path)
	}
	if err != nil {
		return check, fmt.Errorf("verify audit: %w", err)
	}
	read, err := openReader(path, busyTimeout)
	if err != nil {
		return check, fmt.Errorf("verify audit: %w", err)
	}
	defer func() { err = errors.Join(err, read.db.Close()) }()
	var chain int
	err = read.row(ctx, `SELECT COUNT(*) FROM sqlite_schema WHERE name = 'audit_checkpoint'`, nil, &chain)
	if err == nil && chain == 0 {
		err = errors.New("the database is of an older mitan, which kept no chain: start the new one on it once")
	}
	if err != nil {
		return check, fmt.Errorf("verify audit: %w", err)
	}
	var own ed25519.PublicKey
	if key, err := readAuditKey(filepath.Join(dir, AuditKeyFile)); err == nil {
		own = key.Public().(ed25519.PublicKey)
	}
	rows := func(query string, args []any, each func(scan func(...any) error) error) error {
		return read.rows(ctx, query, args, each)
	}
	if check, err = checkAudit(rows, own, kept); err != nil {
		return check, fmt.Errorf("verify audit: %w", err)
	}
	return check, nil
}

// A chainCheck goes through the audit row by row.
type chainCheck struct {
	bot.AuditCheck
	former []byte
	due    []bot.AuditCheckpoint // that are not looked at yet, by row
}

// checkAudit reads the audit and its checkpoints. The first row that is wrong
// ends it.
func checkAudit(rows rowsFunc, own ed25519.PublicKey, kept *bot.AuditCheckpoint) (bot.AuditCheck, error) {
	c := &chainCheck{former: noHash()}
	// The checkpoints first: rows that are added meanwhile have none yet.
	if err := c.readCheckpoints(rows, own); err != nil || c.Broken != 0 {
		return c.AuditCheck, err
	}
	if kept != nil {
		c.keep(*kept)
	}
	for c.Broken == 0 {
		n := 0
		err := rows(`SELECT id, at, COALESCE(officer, 0), action, COALESCE(resident, 0), detail, hash
			FROM audit WHERE id > ? ORDER BY id LIMIT ?`, []any{c.Last, auditPage}, func(scan func(...any) error) error {
			var hash []byte
			e, err := scanAudit(scan, &hash)
			if n++; err == nil && c.Broken == 0 {
				c.row(e, hash)
			}
			return err
		})
		if err != nil {
			return c.AuditCheck, err
		}
		if n < auditPage {
			break
		}
	}
	if c.Broken == 0 && len(c.due) > 0 {
		c.breaks(c.due[0].Row, bot.AuditCutOff, time.Time{})
	}
	c.Hash = c.former
	return c.AuditCheck, nil
}

func (c *chainCheck) readCheckpoints(rows rowsFunc, own ed25519.PublicKey) error {
	return rows(`SELECT id, at, hash, key, signature FROM audit_checkpoint ORDER BY id`, nil, func(scan func(...any) error) error {
		var p bot.AuditCheckpoint
		if err := scan(&p.Row, moment{&p.At}, &p.Hash, &p.Key, &p.Signature); err != nil || c.Broken != 0 {
			return err
		}
		if !signed(p) {
			c.breaks(p.Row, bot.AuditForged, p.At)
			return nil
		}
		if own != nil && !bytes.Equal(own, p.Key) {
			c.OtherKeys++
		}
		c.Checkpoints++
		c.Newest = p
		c.due = append(c.due, p)
		return nil
	})
}

// keep looks at a checkpoint that was kept elsewhere like at those in the store.
func (c *chainCheck) keep(kept bot.AuditCheckpoint) {
	for i, p := range c.due {
		if p.Row >= kept.Row {
			c.due = append(c.due[:i:i], append([]bot.AuditCheckpoint{kept}, c.due[i:]...)...)
			return
		}
	}
	c.due = append(c.due, kept)
}

func (c *chainCheck) row(e bot.AuditEntry, hash []byte) {
	if !bytes.Equal(chained(c.former, e), hash) {
		why := bot.AuditChanged
		if e.ID != c.Last+1 {
			why = bot.AuditMissing
		}
		c.breaks(e.ID, why, e.At)
		return
	}
	for len(c.due) > 0 && c.due[0].Row <= e.ID {
		if c.due[0].Row < e.ID { // its row is gone, and the chain was made anew
			c.breaks(c.due[0].Row, bot.AuditMissing, c.due[0].At)
			return
		}
		if !bytes.Equal(c.due[0].Hash, hash) {
			c.breaks(e.ID, bot.AuditRewritten, e.At)
			return
		}
		c.due = c.due[1:]
	}
	c.Rows, c.Last, c.LastAt, c.former = c.Rows+1, e.ID, e.At, hash
}

func (c *chainCheck) breaks(row int64, why bot.AuditBreak, at time.Time) {
	c.Broken, c.Why, c.BrokenAt = row, why, at
}
