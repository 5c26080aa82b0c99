package store_test

import (
	"encoding/hex"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"mitan/bot"
	"mitan/store"
)

// wrote writes n entries of the audit.
func wrote(t *testing.T, s *store.Store, n int) {
	t.Helper()
	for range n {
		require.NoError(t, s.Audit(t.Context(), bot.AuditEntry{At: noon, Action: "sign_in_failed", Detail: "unknown"}))
	}
}

// Nothing that a statement can do changes what was written.
func TestTheAuditIsOnlyAddedTo(t *testing.T) {
	dir := t.TempDir()
	s := openAt(t, dir)
	wrote(t, s, 3)
	db := raw(t, dir)
	for _, statement := range []string{
		`UPDATE audit SET detail = 'x' WHERE id = 2`,
		`DELETE FROM audit WHERE id = 3`,
		`DELETE FROM audit`,
		`INSERT OR REPLACE INTO audit (id, at, action, detail, hash) VALUES (2, 0, 'x', '', zeroblob(32))`,
		`INSERT INTO audit (id, at, action, detail, hash) VALUES (-1, 0, 'x', '', zeroblob(32))`,
		`INSERT INTO audit (at, action, detail, hash) VALUES (0, 'x', '', zeroblob(32))`,
		`INSERT INTO audit (id, at, action, detail, hash) VALUES (3, 0, 'x', '', zeroblob(32)) ON CONFLICT (id) DO UPDATE SET detail = 'x'`,
		`UPDATE audit_checkpoint SET hash = zeroblob(32)`,
		`DELETE FROM audit_checkpoint`,
		`INSERT OR REPLACE INTO audit_checkpoint VALUES (1, 0, x'', x'', x'')`,
	} {
		_, err := db.Exec(statement)
		assert.ErrorContains(t, err, "only added to", statement)
	}
	check, err := s.CheckAudit(t.Context())
	require.NoError(t, err)
	assert.Zero(t, check.Broken)
	assert.EqualValues(t, 3, check.Rows)
}

// Whoever changes the file behind the triggers' backs leaves a row that shows it.
func TestAChangedAuditShowsTheFirstRowThatIsWrong(t *testing.T) {
	const anew = `CREATE TABLE other AS SELECT * FROM audit WHERE id < 3; DROP TABLE audit;
		CREATE TABLE audit (id INTEGER PRIMARY KEY, at INTEGER, officer INTEGER, action TEXT, resident INTEGER, detail TEXT, hash BLOB);
		INSERT INTO audit SELECT * FROM other`
	tests := []struct {
		name, change string
		row          int64
		why          bot.AuditBreak
	}{
		{"nothing", ``, 0, ""},
		{"another detail", `UPDATE audit SET detail = 'known' WHERE id = 4`, 4, bot.AuditChanged},
		{"another time", `UPDATE audit SET at = at + 1 WHERE id = 4`, 4, bot.AuditChanged},
		{"another officer", `PRAGMA foreign_keys = 0; UPDATE audit SET officer = 7 WHERE id = 1`, 1, bot.AuditChanged},
		{"another resident", `UPDATE audit SET resident = 7 WHERE id = 9`, 9, bot.AuditChanged},
		{"another hash", `UPDATE audit SET hash = zeroblob(32) WHERE id = 5`, 5, bot.AuditChanged},
		{"two in the other order", `UPDATE audit SET id = -1 WHERE id = 2; UPDATE audit SET id = 2 WHERE id = 3; UPDATE audit SET id = 3 WHERE id = -1`, 2, bot.AuditChanged},
		{"one taken out", `DELETE FROM audit WHERE id = 4`, 5, bot.AuditMissing},
		{"the beginning taken out", `DELETE FROM audit WHERE id < 4`, 4, bot.AuditMissing},
		{"the end taken out", `DELETE FROM audit WHERE id > 5`, 10, bot.AuditCutOff},
		{"all but the beginning", anew, 10, bot.AuditCutOff},
		{"a checkpoint changed", `UPDATE audit_checkpoint SET at = at + 1 WHERE id = 10`, 10, bot.AuditForged},
		{"a checkpoint of another hash", `UPDATE audit_checkpoint SET hash = zeroblob(32) WHERE id = 10`, 10, bot.AuditForged},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			dir := t.TempDir()
			s := openAt(t, dir)
			wrote(t, s, 9)
			kept, err := s.CheckpointAudit(t.Context(), 0, noon)
			require.NoError(t, err)
			require.EqualValues(t, 10, kept.Row)
			wrote(t, s, 2)
			require.NoError(t, s.Close())

			withoutTriggers(t, dir, test.change)
			check, err := store.VerifyAudit(t.Context(), dir, nil)
			require.NoError(t, err)
			assert.Equal(t, test.row, check.Broken)
			assert.Equal(t, test.why, check.Why)
			if test.row == 0 {
				assert.EqualValues(t, 12, check.Rows)
				assert.Equal(t, 2, check.Checkpoints, "of the first row, and the one that was taken")
			}
		})
	}
}

func withoutTriggers(t *testing.T, dir, change string) {
	t.Helper()
	db := raw(t, dir)
	_, err := db.Exec(`DROP TRIGGER audit_no_update; DROP TRIGGER audit_no_delete; DROP TRIGGER audit_in_order;
		DROP TRIGGER checkpoint_no_update; DROP TRIGGER checkpoint_no_delete; DROP TRIGGER checkpoint_in_order; ` + change)
	require.NoError(t, err)
	require.NoError(t, db.Close())
}

// Who has the whole data folder can make all of it anew, the key too. What was
// kept elsewhere still tells.
func TestACheckpointThatWasKeptElsewhereShowsAnAuditMadeAnew(t *testing.T) {
	dir := t.TempDir()
	s := openAt(t, dir)
	wrote(t, s, 4)
	c, err := s.CheckpointAudit(t.Context(), 0, noon)
	require.NoError(t, err)
	file := store.FormatCheckpoint(c)
	require.NoError(t, s.Close())
	kept, err := store.ParseCheckpoint(file)
	require.NoError(t, err)
	assert.Equal(t, c, kept)
	check, err := store.VerifyAudit(t.Context(), dir, &kept)
	require.NoError(t, err)
	assert.Zero(t, check.Broken)

	other := t.TempDir()
	s = openAt(t, other)
	wrote(t, s, 10)
	require.NoError(t, s.Close())
	check, err = store.VerifyAudit(t.Context(), other, nil)
	require.NoError(t, err)
	assert.Zero(t, check.Broken, "by itself it holds")
	check, err = store.VerifyAudit(t.Context(), other, &kept)
	require.NoError(t, err)
	assert.EqualValues(t, 5, check.Broken)
	assert.Equal(t, bot.AuditRewritten, check.Why)

	for _, changed := range []string{"", "row: 5", file + "more", file[:len(file)-9], string(append([]byte(file[:40]), append([]byte{'7'}, file[41:]...)...))} {
		_, err := store.ParseCheckpoint(changed)
		assert.Error(t, err, changed)
	}
	_, err = store.ParseCheckpoint("\n" + file + "\n")
	assert.NoError(t, err, "an editor may add a line")
}

// The key belongs to the data folder; a new one is told, since what it signs
// proves less.
func TestTheKeyOfTheAudit(t *testing.T) {
	dir := t.TempDir()
	s := openAt(t, dir)
	wrote(t, s, 1)
	path := filepath.Join(dir, store.AuditKeyFile)
	info, err := os.Stat(path)
	require.NoError(t, err)
	assert.Equal(t, os.FileMode(0o600), info.Mode().Perm())
	before, err := os.ReadFile(path)
	require.NoError(t, err)
	require.NoError(t, s.Close())
	s = openAt(t, dir)
	after, err := os.ReadFile(path)
	require.NoError(t, err)
	assert.Equal(t, before, after)
	require.NoError(t, s.Close())

	require.NoError(t, os.Remove(path))
	s = openAt(t, dir)
	check, err := s.CheckAudit(t.Context())
	require.NoError(t, err)
	assert.Zero(t, check.Broken)
	assert.Equal(t, 1, check.OtherKeys)
	require.NoError(t, s.Close())
	require.NoError(t, os.WriteFile(path, []byte("no key"), 0o600))
	_, err = store.Open(t.Context(), dir)
	assert.ErrorContains(t, err, "key of the audit")
}

func TestCheckpointsAreMadeOnceADayOrAThousandRows(t *testing.T) {
	s := openAt(t, t.TempDir())
	count := func() int {
		check, err := s.CheckAudit(t.Context())
		require.NoError(t, err)
		require.Zero(t, check.Broken)
		return check.Checkpoints
	}
	assert.Zero(t, count())
	wrote(t, s, 1000)
	assert.Equal(t, 1, count())
	wrote(t, s, 1)
	assert.Equal(t, 2, count())
	require.NoError(t, s.Audit(t.Context(), bot.AuditEntry{At: noon.Add(24*time.Hour - time.Millisecond), Action: "x"}))
	assert.Equal(t, 2, count())
	require.NoError(t, s.Audit(t.Context(), bot.AuditEntry{At: noon.Add(24 * time.Hour), Action: "x"}))
	assert.Equal(t, 3, count())
}

// Rows of the first version stand in the chain after the upgrade.
func TestUpgradeChainsTheAudit(t *testing.T) {
	dump, err := os.ReadFile("testdata/frozen-0001.sql")
	require.NoError(t, err)
	dir := t.TempDir()
	db := raw(t, dir)
	_, err = db.Exec(string(dump))
	require.NoError(t, err)
	for range 2500 { // more than a page
		_, err = db.Exec(`INSERT INTO audit (at, action, detail) VALUES (1, 'x', '')`)
		require.NoError(t, err)
	}
	require.NoError(t, db.Close())
	s := openAt(t, dir)
	wrote(t, s, 1)
	check, err := s.CheckAudit(t.Context())
	require.NoError(t, err)
	assert.Zero(t, check.Broken)
	assert.EqualValues(t, 2502, check.Rows)
	first, err := s.FindAudit(t.Context(), bot.AuditFilter{Resident: 1, Limit: 10})
	require.NoError(t, err)
	require.Len(t, first, 1)
	assert.Equal(t, "note 1", first[0].Detail)
}

// The chain, by hand: SHA-256 over the former hash and netstrings. Another
// program can check it.
func TestTheChainIsAsItIsDescribed(t *testing.T) {
	dir := t.TempDir()
	s := openAt(t, dir)
	require.NoError(t, s.Audit(t.Context(), bot.AuditEntry{At: time.UnixMilli(1773469800000), Action: "note", Resident: 12, Detail: "note 3"}))
	check, err := s.CheckAudit(t.Context())
	require.NoError(t, err)
	// (head -c32 /dev/zero; printf '1:1,13:1773469800000,1:0,4:note,2:12,6:note 3,') | sha256sum
	assert.Equal(t, "af28c497eaf71b539fa4b081fc55a8fc183bef672d480c13a87dfca449eafd1f", hex.EncodeToString(check.Hash))
}
