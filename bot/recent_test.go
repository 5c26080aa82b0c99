package bot_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"mitan/bot"
	"mitan/locales"
)

// What the bot remembers of a conversation is what the store would tell, at
// each step of a report and while officers come and go.
func TestRecentIsWhatIsStored(t *testing.T) {
	t.Parallel()
	h := newHouse(t, nil)
	remembered := 0
	check := func() {
		t.Helper()
		in := h.message(1, "")
		got, ok := h.bot.Recent(in.Channel, in.Address)
		if !ok {
			return
		}
		remembered++
		want, err := h.store.Conversation(t.Context(), h.resident(1))
		require.NoError(t, err)
		if got.Version == want.Version { // else the next turn is stale, and reads it
			assert.Equal(t, want, got)
		}
	}
	say := func(texts ...string) {
		t.Helper()
		for _, text := range texts {
			h.say(1, text)
			check()
		}
	}
	say("पैसा कट गया", "25000", "कल सुबह 9 बजे", "SBI", "123456789012", "2", "1", "पता नहीं", "बिजली वाला बोला", "1", "1", "रामलाल", "1", "2", "0", "3")
	officer := h.officer("meena", bot.RoleOfficer)
	require.NoError(t, h.bot.Claim(t.Context(), officer, h.resident(1), false))
	check()
	say("आप कौन?")
	require.NoError(t, h.bot.CloseConversation(t.Context(), officer, h.resident(1)))
	check()
	say("0", "1", "हिंदी", "English", "0", "नमस्ते")
	for _, text := range []string{"पैसा कट गया", "25000"} {
		h.late(1, text)
		check()
	}
	assert.Equal(t, 2, h.conversation(1).Held)
	say("आज सुबह 9 बजे")
	h.kind(1, bot.Edit, "कल", "")
	check()
	h.kind(1, bot.Reaction, "🙏", "")
	check()
	m := h.kind(1, bot.Unreadable, "", "")
	check()
	m.Kind, m.Text = bot.Text, "SBI"
	require.NoError(t, h.bot.Receive(t.Context(), m))
	check()
	say("123456789012")
	assert.Greater(t, remembered, 10)
	assert.Equal(t, locales.English, h.conversation(1).Resident.Lang)
}
