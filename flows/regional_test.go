package flows_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"mitan/bot"
	"mitan/flows"
	"mitan/locales"
)

// What is true of one region is told by its units alone.
func TestRegionalFactIsToldThere(t *testing.T) {
	catalog, err := locales.Load(nil)
	require.NoError(t, err)
	const threat = "प्रिय उपभोक्ता, आज रात 9:30 बजे आपकी बिजली काट दी जाएगी। बिजली अधिकारी को फ़ोन करें 9000000097"
	for _, region := range bot.Regions() {
		unit := bot.DefaultUnit()
		unit.Unit.Region = region
		m := newMemory()
		m.conversation.Resident.Lang = locales.Hindi
		out, err := flows.Dialogue(catalog, unit).Step(m.situation(&bot.Message{Kind: bot.Text, Text: threat, Forwarded: true}))
		require.NoError(t, err)
		said := strings.Join(out.Replies, "\n")
		for _, other := range bot.Regions()[1:] {
			fact := catalog.Text(locales.Hindi, "check.electricity_"+other, nil)
			assert.Equal(t, other == region, strings.Contains(said, fact), "%q of %q", other, region)
		}
	}
}
