package bot_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"mitan/bot"
	"mitan/locales"
)

// Each reason for which a human is needed has its words for the officers' group.
func TestReasonsInWords(t *testing.T) {
	t.Parallel()
	for _, reason := range []bot.EscalationReason{
		bot.ReasonLoss, bot.ReasonStalled, bot.ReasonAsked, bot.ReasonVoice, bot.ReasonMisses, bot.ReasonCheck,
		bot.ReasonDanger, bot.ReasonSuicide, bot.ReasonBroken, bot.ReasonSilence, bot.ReasonUndeliver,
		bot.ReasonFlood, bot.ReasonErasure, bot.ReasonMessage, bot.ReasonUnread,
	} {
		assert.True(t, catalog().Has("group.reason_"+string(reason)), reason)
	}
}

// The notice of an escalation says why, who, how long and what was written
// last, and how to answer; what is not there leaves no gap.
func TestNotice(t *testing.T) {
	t.Parallel()
	vars := map[string]any{"urgent": true, "reason": "Money is gone", "resident": 42, "minutes": 3, "words": "25000 gone"}
	assert.Equal(t, "🔴 *At once*: Money is gone\nResident *#42*, waiting for 3 min\n\"25000 gone\"\n"+
		"Answer by quoting this message. Write *claim* to take it, *close* when it is done.",
		catalog().Text(locales.English, "group.notice", vars))
	vars["urgent"], vars["words"] = false, ""
	assert.Equal(t, "Money is gone\nResident *#42*, waiting for 3 min\n"+
		"Answer by quoting this message. Write *claim* to take it, *close* when it is done.",
		catalog().Text(locales.English, "group.notice", vars))
}
