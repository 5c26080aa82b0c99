package store

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"os"
	"path/filepath"
	"time"

	"github.com/gabriel-vasile/mimetype"

	"mitan/bot"
)

// arriving is the pattern of the files that are still being written, and
// staleArrival the age at which one must be left over from a crash.
const (
	arriving     = "arriving-*"
	staleArrival = 24 * time.Hour
)

const mediaColumns = `SELECT id, message, ref, channel, name, claimed, type, size, duration,
	sha256, state, attempts, error FROM media `

func scanMedia(scan func(...any) error) (d bot.Media, err error) {
	var duration int64
	err = scan(&d.ID, &d.Message, &d.Ref, &d.Channel, &d.Name, &d.Claimed, &d.Type, &d.Size, &duration,
		&d.SHA256, &d.State, &d.Attempts, &d.Error)
	d.Duration = time.Duration(duration) * time.Millisecond
	return d, err
}

// PendingMedia reads media that are to be fetched, those that were tried least
// first, so that one that cannot be had holds up no other.
func (s *Store) PendingMedia(ctx context.Context, limit int) ([]bot.Media, error) {
	var pending []bot.Media
	err := s.read.rows(ctx, mediaColumns+`WHERE state = 'pending' ORDER BY attempts, id LIMIT ?`, []any{limit},
		func(scan func(...any) error) error {
			d, err := scanMedia(scan)
			pending = append(pending, d)
			return err
		})
	if err != nil {
		return nil, fmt.Errorf("pending media: %w", err)
	}
	return pending, nil
}

// Media reads a medium.
func (s *Store) Media(ctx context.Context, id int64) (bot.Media, error) {
	d, err := scanMedia(func(into ...any) error {
		return s.read.row(ctx, mediaColumns+`WHERE id = ?1 AND `+mediaInSight, append([]any{id}, sightArgs(ctx)...), into...)
	})
	if err != nil {
		return bot.Media{}, fmt.Errorf("media: %w", err)
	}
	return d, nil
}

// OpenMedia opens a medium's file; ErrNotFound until it is kept.
func (s *Store) OpenMedia(ctx context.Context, id int64) (io.ReadSeekCloser, error) {
	d, err := s.Media(ctx, id)
	if err == nil && d.State != bot.MediaKept {
		err = bot.ErrNotFound
	}
	if err != nil {
		return nil, fmt.Errorf("open media: %w", err)
	}
	file, err := os.Open(s.mediaPath(d.SHA256))
	if err != nil {
		return nil, fmt.Errorf("open media: %w", err)
	}
	return file, nil
}

// FailMedia counts an attempt; final says that there will be no other.
func (s *Store) FailMedia(ctx context.Context, id int64, reason string, final bool) error {
	state := bot.MediaPending
	if final {
		state = bot.MediaFailed
	}
	err := s.write.submit(ctx, func(tx *tx) error {
		n, err := tx.change(`UPDATE media SET attempts = attempts + 1, error = ?, state = ?
			WHERE id = ? AND state = 'pending'`, reason, string(state), id)
		if err != nil || n == 1 {
			return err
		}
		return refused(tx.row(`SELECT 1 FROM media WHERE id = ?`, []any{id}, new(int)))
	})
	if err != nil {
		return fmt.Errorf("fail media: %w", err)
	}
	return nil
}

// KeepMedia writes a medium's bytes, then its row: a row that says kept has its
// file, whenever the power goes.
func (s *Store) KeepMedia(ctx context.Context, id int64, r io.Reader, limit int64) (bot.Media, error) {
	d, err := s.Media(ctx, id)
	if err == nil {
		err = s.keep(ctx, &d, r, limit)
	}
	if err != nil {
		return bot.Media{}, fmt.Errorf("keep media: %w", err)
	}
	return d, nil
}

func (s *Store) keep(ctx context.Context, d *bot.Media, r io.Reader, limit int64) error {
	path, err := s.arrive(d, r, limit)
	if err != nil {
		return err
	}
	defer os.Remove(path) //nolint:errcheck // it has moved if all went well

	s.placing.RLock()
	err = s.place(path, d.SHA256)
	if err == nil {
		err = s.noteKept(ctx, d)
	}
	s.placing.RUnlock()
	if errors.Is(err, bot.ErrNotFound) { // erased meanwhile
		return errors.Join(err, s.removeGone(context.WithoutCancel(ctx)))
	}
	return err
}

// arrive writes the bytes of a medium, durably, to a file that has yet to be
// placed, and notes what they are.
func (s *Store) arrive(d *bot.Media, r io.Reader, limit int64) (path string, err error) {
	file, err := os.CreateTemp(s.media, arriving) // its mode is 0600
	if err != nil {
		return "", err
	}
	defer func() {
		if err != nil {
			_ = os.Remove(file.Name()) // else it is removed at a later start
		}
	}()
	sum := sha256.New()
	size, err := copyAtMost(file, sum, r, limit)
	if err == nil {
		err = file.Sync()
	}
	if err = errors.Join(err, file.Close()); err != nil {
		return "", err
	}
	kind, err := mimetype.DetectFile(file.Name())
	if err != nil {
		return "", err
	}
	d.Type, d.Size, d.SHA256 = kind.String(), size, hex.EncodeToString(sum.Sum(nil))
	d.State, d.Error = bot.MediaKept, ""
	return file.Name(), nil
}

func copyAtMost(file io.Writer, sum hash.Hash, r io.Reader, limit int64) (int64, error) {
	size, err := io.Copy(io.MultiWriter(file, sum), io.LimitReader(r, limit+1))
	if err == nil && size > limit {
		err = fmt.Errorf("%w: more than %d bytes", bot.ErrTooLarge, limit)
	}
	return size, err
}

// place moves a complete file under its name, durably. The same bytes may be
// there already; then they are replaced by themselves.
func (s *Store) place(from, sum string) error {
	to := s.mediaPath(sum)
	err := os.Mkdir(filepath.Dir(to), 0o700)
	if err == nil {
		err = syncDir(s.media)
	}
	if err != nil && !errors.Is(err, os.ErrExist) {
		return err
	}
	if err := os.Rename(from, to); err != nil {
		return err
	}
	return syncDir(filepath.Dir(to))
}

// noteKept writes the row of a file that has been placed. Where the medium was
// erased meanwhile, the file is one to remove.
func (s *Store) noteKept(ctx context.Context, d *bot.Media) error {
	erased := false
	err := s.write.submit(ctx, func(tx *tx) error {
		n, err := tx.change(`UPDATE media SET type = ?, size = ?, sha256 = ?, state = 'kept', error = '' WHERE id = ?`,
			d.Type, d.Size, d.SHA256, d.ID)
		erased = n == 0
		if err != nil || !erased {
			return err
		}
		_, err = tx.exec(`INSERT INTO media_gone (sha256) VALUES (?) ON CONFLICT DO NOTHING`, d.SHA256)
		return err
	})
	if err == nil && erased {
		return bot.ErrNotFound
	}
	return err
}

// removeGone removes the files that no message has any more. It waits for
// those that are being placed, and first forgets what a row still needs.
func (s *Store) removeGone(ctx context.Context) error {
	s.placing.Lock()
	defer s.placing.Unlock()
	err := s.write.submit(ctx, func(tx *tx) error {
		_, err := tx.exec(`DELETE FROM media_gone WHERE sha256 IN (SELECT sha256 FROM media WHERE sha256 <> '')`)
		return err
	})
	if err != nil {
		return fmt.Errorf("remove files: %w", err)
	}
	var gone []string
	err = s.read.rows(ctx, `SELECT sha256 FROM media_gone`, nil, func(scan func(...any) error) error {
		var sum string
		err := scan(&sum)
		gone = append(gone, sum)
		return err
	})
	if err != nil {
		return fmt.Errorf("remove files: %w", err)
	}
	for _, sum := range gone {
		if err := os.Remove(s.mediaPath(sum)); err != nil && !errors.Is(err, os.ErrNotExist) {
			return fmt.Errorf("remove file: %w", err)
		}
		err := s.write.submit(ctx, func(tx *tx) error {
			_, err := tx.exec(`DELETE FROM media_gone WHERE sha256 = ?`, sum)
			return err
		})
		if err != nil {
			return fmt.Errorf("remove files: %w", err)
		}
	}
	return nil
}

// tidyMedia removes what a crash may have left.
func (s *Store) tidyMedia(ctx context.Context) error {
	left, err := filepath.Glob(filepath.Join(s.media, arriving))
	if err != nil {
		return fmt.Errorf("tidy media: %w", err)
	}
	for _, path := range left {
		// A younger one may be another process's.
		info, err := os.Stat(path)
		if err == nil && time.Since(info.ModTime()) > staleArrival {
			err = os.Remove(path)
		}
		if err != nil && !errors.Is(err, os.ErrNotExist) {
			return fmt.Errorf("tidy media: %w", err)
		}
	}
	return s.removeGone(ctx)
}

// mediaPath is where the bytes with a SHA-256 are.
func (s *Store) mediaPath(sum string) string {
	return filepath.Join(s.media, sum[:2], sum[2:])
}

func syncDir(path string) error {
	dir, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(dir.Sync(), dir.Close())
}
