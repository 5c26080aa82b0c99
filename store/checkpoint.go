package store

import (
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"mitan/bot"
)

// AuditKeyFile is the name in the data folder of the Ed25519 key that signs the
// audit's checkpoints.
const AuditKeyFile = "audit.key"

// A checkpoint is due after so many rows, or with the first row after so long.
const (
	checkpointRows  = 1000
	checkpointEvery = 24 * time.Hour
)

// auditKey reads the key of a data folder, and makes one, private to the user,
// where there is none.
func auditKey(dir string) (ed25519.PrivateKey, error) {
	path := filepath.Join(dir, AuditKeyFile)
	key, err := readAuditKey(path)
	if errors.Is(err, os.ErrNotExist) {
		if err = makeAuditKey(path); err == nil {
			key, err = readAuditKey(path)
		}
	}
	if err != nil {
		return nil, fmt.Errorf("key of the audit: %w", err)
	}
	return key, nil
}

func readAuditKey(path string) (ed25519.PrivateKey, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	block, _ := pem.Decode(data)
	if block == nil {
		return nil, fmt.Errorf("%s is no PEM file", path)
	}
	parsed, err := x509.ParsePKCS8PrivateKey(block.Bytes)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	key, ok := parsed.(ed25519.PrivateKey)
	if !ok {
		return nil, fmt.Errorf("%s is no Ed25519 key", path)
	}
	return key, nil
}

// makeAuditKey writes a new key whole or not at all; one that another process
// has made meanwhile stays.
func makeAuditKey(path string) error {
	_, key, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		return err
	}
	der, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		return err
	}
	file, err := os.CreateTemp(filepath.Dir(path), AuditKeyFile+"-*") // 0600
	if err != nil {
		return err
	}
	defer func() { _ = os.Remove(file.Name()) }()
	err = pem.Encode(file, &pem.Block{Type: "PRIVATE KEY", Bytes: der})
	if err == nil {
		err = file.Sync()
	}
	if err = errors.Join(err, file.Close()); err != nil {
		return err
	}
	if err := os.Link(file.Name(), path); err != nil && !errors.Is(err, os.ErrExist) {
		return err
	}
	return syncDir(filepath.Dir(path))
}

// checkpointIfDue signs the end of the chain if the last checkpoint is far behind.
func (t *tx) checkpointIfDue(id int64, at time.Time, hash []byte) error {
	var row int64
	var last time.Time
	err := t.row(`SELECT id, at FROM audit_checkpoint WHERE id = (SELECT MAX(id) FROM audit_checkpoint)`, nil, &row, moment{&last})
	switch {
	case errors.Is(err, bot.ErrNotFound):
	case err != nil:
		return err
	case id-row < checkpointRows && at.Sub(last) < checkpointEvery:
		return nil
	}
	_, err = t.checkpoint(id, at, hash)
	return err
}

func (t *tx) checkpoint(id int64, at time.Time, hash []byte) (bot.AuditCheckpoint, error) {
	c := bot.AuditCheckpoint{Row: id, At: at.UTC().Truncate(time.Millisecond), Hash: hash, Key: t.key.Public().(ed25519.PublicKey)}
	c.Signature = ed25519.Sign(t.key, []byte(c.Words()))
	_, err := t.exec(`INSERT INTO audit_checkpoint (id, at, hash, key, signature) VALUES (?, ?, ?, ?, ?)`,
		c.Row, millis(c.At), c.Hash, c.Key, c.Signature)
	return c, err
}

// CheckpointAudit writes down that an officer takes a checkpoint, and signs the
// chain with that row as its end.
func (s *Store) CheckpointAudit(ctx context.Context, officer int64, now time.Time) (c bot.AuditCheckpoint, err error) {
	err = s.write.submit(ctx, func(tx *tx) error {
		if err := tx.audit(bot.AuditEntry{At: now, Officer: officer, Action: actionCheckpoint}); err != nil {
			return err
		}
		id, hash, err := lastAudit(tx.row)
		if err != nil {
			return err
		}
		err = tx.row(`SELECT id, at, hash, key, signature FROM audit_checkpoint WHERE id = ?`, []any{id},
			&c.Row, moment{&c.At}, &c.Hash, &c.Key, &c.Signature)
		if errors.Is(err, bot.ErrNotFound) {
			c, err = tx.checkpoint(id, now, hash)
		}
		return err
	})
	if err != nil {
		return bot.AuditCheckpoint{}, fmt.Errorf("checkpoint: %w", err)
	}
	return c, nil
}
