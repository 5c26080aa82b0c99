package store_test

import (
	"database/sql"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"mitan/bot"
	"mitan/store"
)

// The linked device's database is private and durable, and one connection uses
// it, so that no transaction finds it locked.
func TestOpenDevices(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "a folder? 100% #1 & हिंदी")
	_, err := store.OpenDevices(t.Context(), dir)
	require.ErrorContains(t, err, "open devices", "there is no folder")
	require.NoError(t, os.Mkdir(dir, 0o700))
	db, err := store.OpenDevices(t.Context(), dir)
	require.NoError(t, err)
	defer db.Close() //nolint:errcheck // the folder goes with it
	for pragma, want := range map[string]string{
		"journal_mode": "wal", "synchronous": "2", "foreign_keys": "1", "busy_timeout": "10000",
	} {
		var got string
		require.NoError(t, db.QueryRow("PRAGMA "+pragma).Scan(&got))
		assert.Equal(t, want, got, pragma)
	}
	assert.Equal(t, 1, db.Stats().MaxOpenConnections)

	// A transaction has the lock from its beginning.
	tx, err := db.Begin()
	require.NoError(t, err)
	second, err := store.OpenDevices(t.Context(), dir)
	require.NoError(t, err)
	defer second.Close() //nolint:errcheck // nothing was written
	_, err = second.Exec(`PRAGMA busy_timeout = 1`)
	require.NoError(t, err)
	_, err = second.Begin()
	require.ErrorContains(t, err, "locked")
	require.NoError(t, tx.Rollback())

	for _, name := range []string{store.DevicesFile, store.DevicesFile + "-wal"} {
		info, err := os.Stat(filepath.Join(dir, name))
		require.NoError(t, err)
		assert.Zero(t, info.Mode().Perm()&0o077, name)
	}
}

// An unsynced transaction does not wait for the disk; what comes after it does.
func TestUnsynced(t *testing.T) {
	db, err := store.OpenDevices(t.Context(), t.TempDir())
	require.NoError(t, err)
	defer db.Close() //nolint:errcheck // the folder goes with it
	level := func(query func(string, ...any) *sql.Row) (level int) {
		require.NoError(t, query("PRAGMA synchronous").Scan(&level))
		return level
	}
	const normal, full = 1, 2
	for name, end := range map[string]func(*sql.Tx) error{"commit": (*sql.Tx).Commit, "rollback": (*sql.Tx).Rollback} {
		tx, err := db.BeginTx(bot.Unsynced(t.Context()), nil)
		require.NoError(t, err, name)
		assert.Equal(t, normal, level(tx.QueryRow), name)
		_, err = tx.Exec(`CREATE TABLE "` + name + `" (a)`)
		require.NoError(t, err, name)
		require.NoError(t, end(tx), name)
		assert.Equal(t, full, level(db.QueryRow), "after the %s", name)
	}
	tx, err := db.BeginTx(t.Context(), nil)
	require.NoError(t, err)
	assert.Equal(t, full, level(tx.QueryRow), "another transaction")
	require.NoError(t, tx.Rollback())

	var made string
	require.NoError(t, db.QueryRow(`SELECT group_concat(name) FROM sqlite_master`).Scan(&made))
	assert.Equal(t, "commit", made)
}
