package handset

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"time"
)

const (
	// MaxUpload is the largest file that a phone sends, in bytes.
	MaxUpload = 16 << 20
	// keepUploads is how long a file may wait to be fetched.
	keepUploads = 30 * 24 * time.Hour
)

// ErrTooLarge means that a file is larger than [MaxUpload].
var ErrTooLarge = fmt.Errorf("the file is larger than %d MB", MaxUpload>>20)

// uploads is the folder where what residents send waits for the bot.
type uploads string

var uploadRule = regexp.MustCompile(`^[0-9a-f]{64}$`)

// keep writes what r gives, durably, and returns the name to fetch it by. The
// name follows from the message, so that a message handed over again finds its
// file again; the first bytes that came under a name stay.
func (u uploads) keep(address, id string, r io.Reader) (name string, size int64, err error) {
	sum := sha256.Sum256([]byte(address + "\x00" + id))
	name = hex.EncodeToString(sum[:])
	if info, err := os.Stat(u.path(name)); err == nil {
		return name, info.Size(), nil
	}
	tmp, err := os.CreateTemp(string(u), "incoming-*")
	if err != nil {
		return "", 0, fmt.Errorf("keep an upload: %w", err)
	}
	defer os.Remove(tmp.Name())
	size, err = io.Copy(tmp, io.LimitReader(r, MaxUpload+1))
	err = errors.Join(err, tmp.Sync(), tmp.Close())
	if err == nil && size > MaxUpload {
		return "", 0, ErrTooLarge
	}
	if err == nil {
		err = os.Link(tmp.Name(), u.path(name))
	}
	if err == nil {
		err = syncDir(string(u))
	}
	if err != nil && !errors.Is(err, os.ErrExist) {
		return "", 0, fmt.Errorf("keep an upload: %w", err)
	}
	return name, size, nil
}

// open opens a file that keep has named.
func (u uploads) open(name string) (*os.File, error) {
	if !uploadRule.MatchString(name) {
		return nil, os.ErrNotExist
	}
	return os.Open(u.path(name))
}

func (u uploads) path(name string) string { return filepath.Join(string(u), name) }

// sweep removes what has waited too long, and what a crash has left half-written.
func (u uploads) sweep(now time.Time) error {
	entries, err := os.ReadDir(string(u))
	if err != nil {
		return err
	}
	for _, entry := range entries {
		info, err := entry.Info()
		if err != nil || !info.Mode().IsRegular() {
			continue
		}
		half, _ := filepath.Match("incoming-*", entry.Name())
		old := uploadRule.MatchString(entry.Name()) && now.Sub(info.ModTime()) > keepUploads
		if half || old {
			if err := os.Remove(u.path(entry.Name())); err != nil {
				return err
			}
		}
	}
	return nil
}

func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}
