package flows_test

import (
	"sort"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"mitan/bot"
	"mitan/bot/talk"
	"mitan/flows"
	"mitan/locales"
)

// The explorer walks every flow through every choice in both languages.
func TestExplorerFindsNothingAmiss(t *testing.T) {
	walked := explore()
	for _, finding := range walked.Findings {
		t.Error(finding)
	}
	require.Greater(t, walked.States, 500, "the walk must have gone far")
	require.Contains(t, walked.Mermaid(), "report_confirm")
}

// Texts that no flow says, but the program beside it: an officer's doing, a
// timer, a step that fails, a weekly tip, or a step deeper than the walk goes.
var saidElsewhere = []string{
	"officer.closed", "officer.silent", "tips.weekly_footer", "talk.broken", "talk.too_many", "talk.stalled",
	"talk.reminder", "officer.handed_closed", "report.line_more", "talk.unreadable", "talk.poll",
}

func TestEveryTextIsUsed(t *testing.T) {
	catalog, err := locales.Load(nil)
	require.NoError(t, err)
	used := explore().Used
	for _, key := range saidElsewhere {
		require.True(t, catalog.Has(key), key)
		used[key] = true
	}
	for _, key := range catalog.Keys() {
		if strings.HasPrefix(key, "group.") { // is said in the officers' group
			used[key] = true
		}
	}
	for _, key := range flows.CheckerKeys() { // what it sees depends on the message
		used[key] = true
	}
	for _, tip := range flows.TipList {
		used[tip.Key] = true
	}
	var unused []string
	for _, key := range catalog.Keys() {
		if !used[key] {
			unused = append(unused, key)
		}
	}
	sort.Strings(unused)
	require.Empty(t, unused, "remove these texts or say them:\n"+strings.Join(unused, "\n"))
}

// explore walks once for all tests.
var explore = sync.OnceValue(func() talk.Exploration {
	catalog, err := locales.Load(nil)
	if err != nil {
		panic(err)
	}
	unit := bot.DefaultUnit()
	unit.Unit.EFIR, unit.Unit.WhatsApp = "efir.example", "9000000000"
	return flows.Dialogue(catalog, unit).Explore()
})
