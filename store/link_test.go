package store_test

import (
	"database/sql"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"mitan/bot"
	"mitan/store"
)

// Of the events of the link the newest ten thousand are kept.
func TestLinkEventsAreForgotten(t *testing.T) {
	dir := t.TempDir()
	s, err := store.Open(t.Context(), dir)
	require.NoError(t, err)
	defer s.Close() //nolint:errcheck // the folder goes with it
	db, err := sql.Open("sqlite3", "file:"+filepath.Join(dir, store.File))
	require.NoError(t, err)
	defer db.Close() //nolint:errcheck // the folder goes with it
	_, err = db.Exec(`WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10000)
		INSERT INTO link_event (at, state, reason) SELECT i, 'offline', '' FROM n`)
	require.NoError(t, err)
	for _, state := range []bot.LinkState{bot.LinkOnline, bot.LinkOffline, bot.LinkOnline} {
		require.NoError(t, s.AddLinkEvent(t.Context(), bot.LinkEvent{At: noon, State: state}))
	}
	events, err := s.LinkEvents(t.Context(), 20_000)
	require.NoError(t, err)
	assert.Len(t, events, 10_000)
	assert.Equal(t, bot.LinkOnline, events[0].State)
	assert.Equal(t, int64(4), events[len(events)-1].At.UnixMilli(), "the oldest are gone")
}
