package store_test

import (
	"context"
	"maps"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"mitan/bot"
	"mitan/store"
	"mitan/store/storetest"
)

// TestStore holds the store to what any store must do, and then looks at how
// SQLite goes about all the statements that it took: none reads a table that
// grows with the residents from its beginning, so that a turn costs the same
// in a large house. Whatever a test did, each row refers to one that is there,
// and SQLite finds the database sound.
func TestStore(t *testing.T) {
	plans := map[string][]string{}
	storetest.Run(t, func(t *testing.T, dir string) bot.Store {
		s, err := store.Open(t.Context(), dir)
		require.NoError(t, err)
		return watched{s, t, plans}
	})
	require.Greater(t, len(plans), 80, "the statements were not collected")

	small := map[string]bool{
		"officer": true, "media_gone": true, "link_event": true,
		"unsent": true, "transfer": true, "t": true, // of officers, and open transfers
		"f": true, "old": true, // subqueries
	}
	for query, plan := range plans {
		if strings.Contains(query, "LIMIT 5000") {
			continue // it reads the newest and stops
		}
		for _, step := range plan {
			if m := wholeTable.FindStringSubmatch(step); m != nil {
				assert.True(t, small[m[1]], "%s\n%s", query, strings.Join(plan, "\n"))
			}
		}
	}
}

// wholeTable is a step that reads a table without an index.
var wholeTable = regexp.MustCompile(`^SCAN (\w+)$`)

// watched notes the plans of a store's statements when it is closed, and looks
// whether its data are sound.
type watched struct {
	*store.Store
	t     *testing.T
	plans map[string][]string
}

func (w watched) Close() error {
	ctx := context.Background()
	if plans, err := w.Plans(ctx); err == nil { // else it is closed already
		maps.Copy(w.plans, plans)
		dangling, err := w.Dangling(ctx)
		require.NoError(w.t, err)
		assert.Empty(w.t, dangling, "rows that refer to nothing")
		sound, err := w.Pragma(ctx, "integrity_check")
		require.NoError(w.t, err)
		assert.Equal(w.t, "ok", sound)
	}
	return w.Store.Close()
}
