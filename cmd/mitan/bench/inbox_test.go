package bench

import (
	"os"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// The bench of the inbox measures what officers and residents do: pages come,
// tabs hear of changes, residents write; and nothing stays.
func TestInboxIsMeasured(t *testing.T) {
	dir := t.TempDir()
	r, err := Inbox(t.Context(), InboxOptions{Data: dir, Tabs: 3, Residents: 200, Messages: 2000, PerSecond: 20, Time: 3 * time.Second})
	require.NoError(t, err)
	for _, kind := range []string{"queue", "conversation", "search"} {
		page := r.Pages[kind]
		assert.Positive(t, page.Times, kind)
		assert.Positive(t, page.Bare, kind)
		assert.GreaterOrEqual(t, page.P95, page.P50, kind)
	}
	assert.Positive(t, r.PerSec)
	assert.Positive(t, r.Updates, "open tabs hear of what residents write")
	assert.Greater(t, r.Cold, r.Warm)
	assert.Greater(t, r.Warm, r.Update/2)
	var out strings.Builder
	require.NoError(t, r.Print(&out))
	assert.Contains(t, out.String(), "3 open tabs, 200 conversations, 2000 messages")
	left, err := os.ReadDir(dir)
	require.NoError(t, err)
	assert.Empty(t, left, "nothing stays in the folder")
}
