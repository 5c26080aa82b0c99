package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"path/filepath"

	"github.com/mattn/go-sqlite3"
)

// DevicesFile is the name in the data folder of the database with the linked
// device's keys. It is whatsmeow's own, apart from ours: when the device is
// logged out, all in it goes. An old copy must never be put back.
const DevicesFile = "whatsapp.db"

// OpenDevices opens that database, and makes the file, private to the user,
// where there is none. The caller closes it.
func OpenDevices(ctx context.Context, dir string) (*sql.DB, error) {
	path, err := filepath.Abs(filepath.Join(dir, DevicesFile))
	if err == nil {
		err = private(path)
	}
	if err != nil {
		return nil, fmt.Errorf("open devices: %w", err)
	}
	db := sql.OpenDB(deviceConnector{sqlite: &sqlite3.SQLiteDriver{}, address: address(path, busyTimeout, url.Values{
		"_journal_mode": {"WAL"},
		"_foreign_keys": {"1"},
		// A message key that was used must not come back after a power cut.
		"_synchronous": {"FULL"},
		// Else a transaction that reads first and then writes can find the
		// database locked, without waiting.
		"_txlock": {"immediate"},
	})})
	db.SetMaxOpenConns(1)
	if err := db.PingContext(ctx); err != nil {
		return nil, fmt.Errorf("open devices: %w", errors.Join(err, db.Close()))
	}
	return db, nil
}
