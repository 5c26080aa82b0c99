package store_test

import (
	"database/sql"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"mitan/bot"
	"mitan/locales"
	"mitan/store"
)

// raw opens the database of a data folder without the store.
func raw(t *testing.T, dir string) *sql.DB {
	t.Helper()
	db, err := sql.Open("sqlite3", filepath.Join(dir, "mitan.db"))
	require.NoError(t, err)
	t.Cleanup(func() { _ = db.Close() })
	return db
}

// schema are the definitions of all tables and indexes by name, but for their
// white space: an ALTER TABLE sets it as it likes.
func schema(t *testing.T, dir string) map[string]string {
	t.Helper()
	rows, err := raw(t, dir).Query(`SELECT name, COALESCE(sql, '') FROM sqlite_schema`)
	require.NoError(t, err)
	defer rows.Close() //nolint:errcheck // read only
	found := map[string]string{}
	for rows.Next() {
		var name, definition string
		require.NoError(t, rows.Scan(&name, &definition))
		found[name] = strings.Join(strings.Fields(definition), " ")
	}
	require.NoError(t, rows.Err())
	return found
}

// The database of the first version, with what it held, becomes one like a
// fresh one and is read as it was. The dump is never changed.
func TestUpgrade(t *testing.T) {
	dump, err := os.ReadFile("testdata/frozen-0001.sql")
	require.NoError(t, err)
	dir, fresh := t.TempDir(), t.TempDir()
	_, err = raw(t, dir).Exec(string(dump))
	require.NoError(t, err)

	require.NoError(t, openAt(t, fresh).Close())
	s := openAt(t, dir)
	ctx := t.Context()

	c, err := s.Conversation(ctx, 1)
	require.NoError(t, err)
	assert.Equal(t, bot.Waiting, c.State)
	assert.Equal(t, bot.Resident{ID: 1, Name: "Asha", Phone: "9000000001", Lang: locales.Hindi, Since: noon}, c.Resident)
	assert.Equal(t, []byte("session"), c.Session)
	found, err := s.SearchMessages(ctx, "बिजली", 10)
	require.NoError(t, err)
	require.Len(t, found, 1)
	require.NotNil(t, found[0].Media)
	assert.Equal(t, "image/png", found[0].Media.Type)
	queue, err := s.Outbox(ctx, noon.AddDate(0, 0, 1), 10)
	require.NoError(t, err)
	require.Len(t, queue, 1)
	assert.Equal(t, "अभी 1930 पर फ़ोन कीजिए।", queue[0].Text)
	cases, err := s.CasesOf(ctx, 1)
	require.NoError(t, err)
	require.Len(t, cases, 1)
	assert.Equal(t, "BSP-26-000001", cases[0].Number)
	assert.Equal(t, []bot.Leg{{Amount: 2_500_000, When: noon, Bank: "SBI", UTR: "412345678901"}}, cases[0].Legs)
	residents, err := s.FindIdentifier(ctx, "678901", 10)
	require.NoError(t, err)
	assert.Equal(t, []int64{1}, residents)
	v, err := s.VolunteerOf(ctx, 1)
	require.NoError(t, err)
	assert.Equal(t, "BSP-CM-00001", v.Number)
	n, err := s.NextNumber(ctx, "case")
	require.NoError(t, err)
	assert.EqualValues(t, 2, n)
	o, err := s.OfficerByLogin(ctx, "ravi")
	require.NoError(t, err)
	assert.Equal(t, bot.RoleCharge, o.Role)

	sound, err := s.Pragma(ctx, "integrity_check")
	require.NoError(t, err)
	assert.Equal(t, "ok", sound)

	turn := turnOf(t, s, 1, "x") // and it goes on
	_, err = s.CommitTurn(ctx, turn)
	require.NoError(t, err)
	require.NoError(t, s.Close())
	assert.Equal(t, schema(t, fresh), schema(t, dir))
}

// A database that a newer program has written is refused with a clear word and
// left as it is.
func TestNewerDatabase(t *testing.T) {
	dir := t.TempDir()
	require.NoError(t, openAt(t, dir).Close())
	db := raw(t, dir)
	_, err := db.Exec(`PRAGMA user_version = 1000`)
	require.NoError(t, err)
	_, err = store.Open(t.Context(), dir)
	require.ErrorContains(t, err, "newer mitan")
	var version int
	require.NoError(t, db.QueryRow(`PRAGMA user_version`).Scan(&version))
	assert.Equal(t, 1000, version)
}

// What makes turns durable and rows true is said outright, not left to the
// driver's defaults.
func TestPragmas(t *testing.T) {
	s := openAt(t, t.TempDir())
	for pragma, want := range map[string]string{
		"journal_mode": "wal", "synchronous": "2", "foreign_keys": "1", "wal_autocheckpoint": "16000", "busy_timeout": "50",
	} {
		got, err := s.Pragma(t.Context(), pragma)
		require.NoError(t, err)
		assert.Equal(t, want, got, pragma)
	}
}

// SQLite's own check finds a database sound in which some texts are in the
// search index and others, the bot's, are not; also after words were erased.
func TestIntegrityCheck(t *testing.T) {
	s := openAt(t, t.TempDir())
	check := func() {
		t.Helper()
		sound, err := s.Pragma(t.Context(), "integrity_check")
		require.NoError(t, err)
		assert.Equal(t, "ok", sound)
	}
	check()
	turn := turnOf(t, s, 1, "बिजली कट जाएगी")
	_, err := s.CommitTurn(t.Context(), turn)
	require.NoError(t, err)
	check()
	erase := turnOf(t, s, 1, "मिटाइए")
	erase.Effects = []bot.Effect{bot.Erase{}}
	_, err = s.CommitTurn(t.Context(), erase)
	require.NoError(t, err)
	check()
	found, err := s.SearchMessages(t.Context(), "बिजली", 10)
	require.NoError(t, err)
	assert.Empty(t, found)
}

// Reading connections cannot write.
func TestReadersOnlyRead(t *testing.T) {
	s := openAt(t, t.TempDir())
	require.ErrorContains(t, s.WriteByReader(t.Context()), "readonly")
}
