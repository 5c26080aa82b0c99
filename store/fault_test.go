package store_test

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"mitan/bot"
	"mitan/store"
)

var noon = time.Date(2026, 3, 14, 6, 30, 0, 0, time.UTC)

func openAt(t *testing.T, dir string) *store.Store {
	t.Helper()
	s, err := store.OpenBusy(t.Context(), dir, 50*time.Millisecond)
	require.NoError(t, err)
	t.Cleanup(func() { _ = s.Close() })
	return s
}

// turnOf is a turn of the nth resident with one message and one reply.
func turnOf(t testing.TB, s *store.Store, n int, text string) *bot.Turn {
	t.Helper()
	address := fmt.Sprintf("a%d", n)
	resident, err := s.EnsureResident(t.Context(), "handset", address, "", noon)
	require.NoError(t, err)
	c, err := s.Conversation(t.Context(), resident)
	require.NoError(t, err)
	message := bot.Message{
		Channel: "handset", Address: address, ExternalID: fmt.Sprintf("%d-%d", n, c.Version),
		Kind: bot.Text, Text: text, At: noon.Add(time.Duration(c.Version) * time.Second),
	}
	in, out := message, message
	return &bot.Turn{
		Resident: resident, Version: c.Version, At: message.At, In: &in,
		Session: []byte("session"), Out: []bot.Message{out}, Wake: noon.Add(time.Hour),
	}
}

func threadOf(t *testing.T, s *store.Store, resident int64) int {
	t.Helper()
	thread, err := s.Thread(t.Context(), resident, 0, 100)
	require.NoError(t, err)
	return len(thread)
}

// While another process holds the database, a turn fails with a clear error
// and leaves nothing; reading goes on; afterwards the same turn is written.
func TestLockedDatabase(t *testing.T) {
	dir := t.TempDir()
	s := openAt(t, dir)
	var turns []*bot.Turn
	for n := range 5 {
		turns = append(turns, turnOf(t, s, n, "x"))
	}
	other, err := sql.Open("sqlite3", "file:"+filepath.Join(dir, "mitan.db")+"?_txlock=immediate")
	require.NoError(t, err)
	defer other.Close() //nolint:errcheck // nothing was written
	lock, err := other.Begin()
	require.NoError(t, err)

	var wait sync.WaitGroup
	for _, turn := range turns {
		wait.Go(func() {
			_, err := s.CommitTurn(t.Context(), turn)
			assert.ErrorContains(t, err, "database is locked")
		})
	}
	wait.Wait()
	for _, turn := range turns {
		assert.Zero(t, threadOf(t, s, turn.Resident))
	}
	require.NoError(t, lock.Rollback())
	for _, turn := range turns {
		duplicate, err := s.CommitTurn(t.Context(), turn)
		require.NoError(t, err)
		assert.False(t, duplicate)
		assert.Equal(t, 2, threadOf(t, s, turn.Resident))
	}
}

// On a full disk a turn that needs room fails and leaves nothing, one that
// shares its commit and needs none is written, and when there is room again
// all goes on.
func TestFullDisk(t *testing.T) {
	s := openAt(t, t.TempDir())
	const many, large = 12, 5
	var turns []*bot.Turn
	for n := range many {
		text := "small"
		if n == large {
			text = strings.Repeat("large ", 200_000)
		}
		turns = append(turns, turnOf(t, s, n, text))
	}
	require.NoError(t, s.LimitPages(t.Context(), 20))

	release := make(chan struct{})
	<-s.Hold(release)
	errs := make([]error, many)
	var wait sync.WaitGroup
	for n, turn := range turns {
		wait.Go(func() { _, errs[n] = s.CommitTurn(context.Background(), turn) })
	}
	require.Eventually(t, func() bool { return s.Waiting() == many }, time.Minute, time.Millisecond)
	close(release)
	wait.Wait()
	for n, turn := range turns {
		if n == large {
			assert.ErrorContains(t, errs[n], "full")
			assert.Zero(t, threadOf(t, s, turn.Resident))
			continue
		}
		assert.NoError(t, errs[n])
		assert.Equal(t, 2, threadOf(t, s, turn.Resident))
	}

	require.NoError(t, s.LimitPages(t.Context(), 1_000_000))
	_, err := s.CommitTurn(t.Context(), turns[large])
	require.NoError(t, err)
	assert.Equal(t, 2, threadOf(t, s, turns[large].Resident))
}

// A caller who gives up before the writer takes the turn has written nothing;
// one whose turn is taken gets its result.
func TestCallerGivesUp(t *testing.T) {
	s := openAt(t, t.TempDir())
	waiting, taken := turnOf(t, s, 1, "waiting"), turnOf(t, s, 2, "taken")
	release := make(chan struct{})
	<-s.Hold(release)

	ctx, cancel := context.WithCancel(t.Context())
	gaveUp := make(chan error)
	go func() {
		_, err := s.CommitTurn(ctx, waiting)
		gaveUp <- err
	}()
	require.Eventually(t, func() bool { return s.Waiting() == 1 }, time.Minute, time.Millisecond)
	cancel()
	require.ErrorIs(t, <-gaveUp, context.Canceled)
	_, err := s.CommitTurn(ctx, taken)
	require.ErrorIs(t, err, context.Canceled, "a context that has ended")

	close(release)
	_, err = s.CommitTurn(t.Context(), taken)
	require.NoError(t, err)
	assert.Zero(t, threadOf(t, s, waiting.Resident))
	assert.Equal(t, 2, threadOf(t, s, taken.Resident))
}

// Closing writes what waits, and then nothing more.
func TestClose(t *testing.T) {
	dir := t.TempDir()
	s := openAt(t, dir)
	before, after := turnOf(t, s, 1, "before"), turnOf(t, s, 2, "after")
	release := make(chan struct{})
	<-s.Hold(release)
	wrote := make(chan error)
	go func() {
		_, err := s.CommitTurn(context.Background(), before)
		wrote <- err
	}()
	require.Eventually(t, func() bool { return s.Waiting() == 1 }, time.Minute, time.Millisecond)
	closed := make(chan error)
	go func() { closed <- s.Close() }()
	close(release)
	require.NoError(t, <-wrote)
	require.NoError(t, <-closed)
	_, err := s.CommitTurn(t.Context(), after)
	require.ErrorContains(t, err, "closed")
	require.NoError(t, s.Close(), "closing twice")

	again := openAt(t, dir)
	assert.Equal(t, 2, threadOf(t, again, before.Resident))
	assert.Zero(t, threadOf(t, again, after.Resident))
}

// The data folder is private, and its name may hold anything.
func TestDataFolder(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "a folder? 100% #1 & हिंदी", "data")
	s := openAt(t, dir)
	turn := turnOf(t, s, 1, "x")
	turn.In.Media = &bot.Media{}
	_, err := s.CommitTurn(t.Context(), turn)
	require.NoError(t, err)
	kept, err := s.KeepMedia(t.Context(), turn.In.Media.ID, strings.NewReader("bytes"), 100)
	require.NoError(t, err)
	path := filepath.Join(dir, "media", kept.SHA256[:2], kept.SHA256[2:])
	assert.FileExists(t, path)
	require.NoError(t, filepath.Walk(dir, func(path string, info os.FileInfo, err error) error {
		require.NoError(t, err)
		assert.Zero(t, info.Mode().Perm()&0o077, path)
		return nil
	}))
	left, err := filepath.Glob(filepath.Join(dir, "media", "arriving-*"))
	require.NoError(t, err)
	assert.Empty(t, left)
}

// What a crash left in the media folder goes at the next start; what a message
// still has stays.
func TestLeftFiles(t *testing.T) {
	dir := t.TempDir()
	s := openAt(t, dir)
	turn := turnOf(t, s, 1, "x")
	turn.In.Media = &bot.Media{}
	_, err := s.CommitTurn(t.Context(), turn)
	require.NoError(t, err)
	kept, err := s.KeepMedia(t.Context(), turn.In.Media.ID, strings.NewReader("bytes"), 100)
	require.NoError(t, err)
	orphan := strings.Repeat("ab", 32)
	path := filepath.Join(dir, "media", "ab", orphan[2:])
	require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o700))
	require.NoError(t, os.WriteFile(path, nil, 0o600))
	require.NoError(t, s.LeaveGone(t.Context(), orphan))
	require.NoError(t, s.LeaveGone(t.Context(), kept.SHA256))
	stale, fresh := filepath.Join(dir, "media", "arriving-1"), filepath.Join(dir, "media", "arriving-2")
	require.NoError(t, os.WriteFile(stale, nil, 0o600))
	require.NoError(t, os.WriteFile(fresh, nil, 0o600))
	old := time.Now().AddDate(0, 0, -2)
	require.NoError(t, os.Chtimes(stale, old, old))
	require.NoError(t, s.Close())

	s = openAt(t, dir)
	assert.NoFileExists(t, path)
	assert.NoFileExists(t, stale)
	assert.FileExists(t, fresh, "another process may be writing it")
	file, err := s.OpenMedia(t.Context(), turn.In.Media.ID)
	require.NoError(t, err)
	require.NoError(t, file.Close())
}

// A closed store is one file and its media: what a backup of a stopped
// helpline copies.
func TestClosedStoreIsOneFile(t *testing.T) {
	dir := t.TempDir()
	s, err := store.Open(t.Context(), dir)
	require.NoError(t, err)
	_, err = s.EnsureResident(t.Context(), "handset", "9000000001", "9000000001", time.Now())
	require.NoError(t, err)
	require.FileExists(t, filepath.Join(dir, store.File+"-wal"))
	require.NoError(t, s.Close())
	require.NoFileExists(t, filepath.Join(dir, store.File+"-wal"))
	require.NoFileExists(t, filepath.Join(dir, store.File+"-shm"))
}

// A join that shares its commit with a turn of the resident who goes: whichever
// comes first, nothing is written twice or to nobody, and turns of others that
// share it are written.
func TestJoinBesideTurns(t *testing.T) {
	s := openAt(t, t.TempDir())
	var turns []*bot.Turn
	for n := range 3 {
		turns = append(turns, turnOf(t, s, n, "x"))
	}
	release := make(chan struct{})
	<-s.Hold(release)
	var wait sync.WaitGroup
	begin := func(waiting int, do func()) {
		wait.Go(do)
		require.Eventually(t, func() bool { return s.Waiting() == waiting }, time.Minute, time.Millisecond)
	}
	errs := make([]error, len(turns))
	commit := func(n int) func() {
		return func() { _, errs[n] = s.CommitTurn(context.Background(), turns[n]) }
	}
	var resident, joined int64
	var err error
	begin(1, commit(0))
	begin(2, func() { resident, joined, err = s.Join(context.Background(), "handset", "a0", "a1", noon) })
	begin(3, commit(1))
	begin(4, commit(2))
	close(release)
	wait.Wait()
	require.NoError(t, err)
	assert.Equal(t, turns[0].Resident, resident)
	assert.Equal(t, turns[1].Resident, joined)
	require.NoError(t, errs[0])
	require.ErrorIs(t, errs[1], bot.ErrNotFound)
	require.NoError(t, errs[2])
	assert.Equal(t, 2, threadOf(t, s, resident))
	assert.Zero(t, threadOf(t, s, joined))
	assert.Equal(t, 2, threadOf(t, s, turns[2].Resident))
}

// An answer with a file that finds the disk full leaves neither words nor file,
// at the latest after the next start, and can be given again.
func TestAnswerOnFullDisk(t *testing.T) {
	dir := t.TempDir()
	s := openAt(t, dir)
	turn := turnOf(t, s, 1, "x")
	officer, err := s.AddOfficer(t.Context(), bot.Officer{Login: "ravi", Since: noon})
	require.NoError(t, err)
	require.NoError(t, s.Claim(t.Context(), turn.Resident, officer, false, noon, time.Time{}))
	require.NoError(t, s.LimitPages(t.Context(), 2))
	m := bot.Message{Resident: turn.Resident, Officer: officer, Text: strings.Repeat("large ", 10_000), ExternalID: "O1", At: noon}
	_, err = s.Reply(t.Context(), m, strings.NewReader("bytes"))
	require.ErrorContains(t, err, "full")
	assert.Zero(t, threadOf(t, s, turn.Resident))
	require.NoError(t, s.LimitPages(t.Context(), 1_000_000))
	require.NoError(t, s.Close())

	s = openAt(t, dir)
	files, err := filepath.Glob(filepath.Join(dir, "media", "*", "*"))
	require.NoError(t, err)
	assert.Empty(t, files)
	_, err = s.Reply(t.Context(), m, strings.NewReader("bytes"))
	require.NoError(t, err)
	files, err = filepath.Glob(filepath.Join(dir, "media", "*", "*"))
	require.NoError(t, err)
	assert.Len(t, files, 1)
}
