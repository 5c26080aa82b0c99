package store

import (
	"context"
	"crypto/ed25519"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"time"

	_ "github.com/mattn/go-sqlite3" // the driver

	"mitan/bot"
)

// Names in the data folder.
const (
	File      = "mitan.db"
	mediaName = "media"
)

const (
	// busyTimeout is how long SQLite waits for another process's lock.
	busyTimeout = 10 * time.Second
	// checkpointPages lets the WAL grow to 64 MB before it is copied back:
	// fewer copies of the pages that every turn touches.
	checkpointPages = 16_000
	// writerCacheKB and readerCacheKB are page caches of a connection, in KiB. A
	// reader's is emptied by each write, so a large one only scatters pages over
	// the C library's arenas, which keep them.
	writerCacheKB = 16 << 10
	readerCacheKB = 2 << 10
	readers       = 6
)

// Store is a [bot.Store] on SQLite. It is safe for concurrent use.
type Store struct {
	read    *reader
	write   *writer
	numbers numbers

	media string // the folder of the files
	// placing is held for reading between the writing of a file and of its
	// row, and for writing while files without a row are removed.
	placing sync.RWMutex
}

var _ bot.Store = (*Store)(nil)

// Open opens the store in a data folder, makes it where there is none, and
// brings an older database up to date. Files are private to the user.
func Open(ctx context.Context, dir string) (*Store, error) {
	s, err := open(ctx, dir, busyTimeout)
	if err != nil {
		return nil, fmt.Errorf("open store: %w", err)
	}
	return s, nil
}

func open(ctx context.Context, dir string, busy time.Duration) (_ *Store, err error) {
	s := &Store{media: filepath.Join(dir, mediaName)}
	if err := os.MkdirAll(s.media, 0o700); err != nil {
		return nil, err
	}
	path, err := filepath.Abs(filepath.Join(dir, File))
	if err != nil {
		return nil, err
	}
	if err := private(path); err != nil {
		return nil, err
	}

	key, err := auditKey(dir)
	if err != nil {
		return nil, err
	}
	if s.write, err = openWriter(ctx, path, busy, key); err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, s.Close())
		}
	}()
	if s.read, err = openReader(path, busy); err != nil {
		return nil, err
	}
	s.numbers.load = s.lastNumber
	return s, s.tidyMedia(ctx)
}

// private makes a database's file where there is none. SQLite would make it with
// the umask's mode; the WAL takes over this one.
func private(path string) error {
	file, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return err
	}
	return file.Close()
}

// Close waits for the writes that have begun and closes the database. Later
// calls fail.
func (s *Store) Close() error {
	var err error
	if s.read != nil {
		err = s.read.db.Close()
	}
	err = errors.Join(err, s.write.close()) // the last to close: it puts the WAL into the database
	if err != nil {
		return fmt.Errorf("close store: %w", err)
	}
	return nil
}

// openWriter opens the one connection that writes, migrates the database and
// starts the writer.
func openWriter(ctx context.Context, path string, busy time.Duration, key ed25519.PrivateKey) (*writer, error) {
	db, err := sql.Open("sqlite3", address(path, busy, url.Values{
		"_journal_mode": {"WAL"},
		// The driver's own default in WAL is NORMAL, which a power cut undoes.
		"_synchronous":  {"FULL"},
		"_foreign_keys": {"1"},
		"_txlock":       {"immediate"},
		"_mutex":        {"no"}, // only one goroutine uses it
		"_cache_size":   {strconv.Itoa(-writerCacheKB)},
	}))
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(1)
	conn, err := db.Conn(ctx)
	if err != nil {
		return nil, errors.Join(err, db.Close())
	}
	_, err = conn.ExecContext(ctx, "PRAGMA wal_autocheckpoint = "+strconv.Itoa(checkpointPages))
	if err == nil {
		err = migrate(ctx, conn)
	}
	if err != nil {
		return nil, errors.Join(err, conn.Close(), db.Close())
	}
	return startWriter(db, conn, key), nil
}

func openReader(path string, busy time.Duration) (*reader, error) {
	db, err := sql.Open("sqlite3", address(path, busy, url.Values{
		"mode":        {"ro"},
		"_query_only": {"1"},
		"_cache_size": {strconv.Itoa(-readerCacheKB)},
	}))
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(readers)
	db.SetMaxIdleConns(readers)
	return &reader{db: db}, nil
}

func address(path string, busy time.Duration, options url.Values) string {
	options.Set("_busy_timeout", strconv.FormatInt(busy.Milliseconds(), 10))
	return (&url.URL{Scheme: "file", Path: path, RawQuery: options.Encode()}).String()
}
