package store

import (
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/x509"
	"encoding/base64"
	"encoding/hex"
	"encoding/pem"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
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

// checkpointText begins the words that are signed.
const checkpointText = "mitan audit checkpoint 1"

// checkpointWords are what a checkpoint signs: that the row had the hash.
func checkpointWords(c bot.AuditCheckpoint) string {
	return fmt.Sprintf("%s\nrow: %d\nhash: %s\nat: %s\n", checkpointText, c.Row, hex.EncodeToString(c.Hash), c.At.UTC().Format(time.RFC3339Nano))
}

// FormatCheckpoint writes a checkpoint as a file to keep elsewhere.
func FormatCheckpoint(c bot.AuditCheckpoint) string {
	return checkpointWords(c) + "key: " + base64.StdEncoding.EncodeToString(c.Key) +
		"\nsignature: " + base64.StdEncoding.EncodeToString(c.Signature) + "\n"
}

// errCheckpoint means that a file is no checkpoint, or was changed.
var errCheckpoint = errors.New("this is no checkpoint of the audit, or it was changed")

// ParseCheckpoint reads what FormatCheckpoint has written, and checks its
// signature.
func ParseCheckpoint(text string) (c bot.AuditCheckpoint, err error) {
	lines := strings.Split(strings.TrimSpace(strings.ReplaceAll(text, "\r\n", "\n")), "\n")
	names := []string{"row: ", "hash: ", "at: ", "key: ", "signature: "}
	if len(lines) != 1+len(names) || lines[0] != checkpointText {
		return c, errCheckpoint
	}
	values := make([]string, len(names))
	for i, name := range names {
		var found bool
		if values[i], found = strings.CutPrefix(lines[1+i], name); !found {
			return c, errCheckpoint
		}
	}
	var problems [5]error
	c.Row, problems[0] = strconv.ParseInt(values[0], 10, 64)
	c.Hash, problems[1] = hex.DecodeString(values[1])
	c.At, problems[2] = time.Parse(time.RFC3339Nano, values[2])
	c.Key, problems[3] = base64.StdEncoding.DecodeString(values[3])
	c.Signature, problems[4] = base64.StdEncoding.DecodeString(values[4])
	if errors.Join(problems[:]...) != nil || !signed(c) {
		return bot.AuditCheckpoint{}, errCheckpoint
	}
	return c, nil
}

// signed tells whether a checkpoint's signature is its key's.
func signed(c bot.AuditCheckpoint) bool {
	return len(c.Key) == ed25519.PublicKeySize && ed25519.Verify(c.Key, []byte(checkpointWords(c)), c.Signature)
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
	c.Signature = ed25519.Sign(t.key, []byte(checkpointWords(c)))
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
