package bot_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"mitan/bot"
)

// From the claim to the close the bot is silent and every message is kept;
// after it the bot answers again.
func TestClaimReplyClose(t *testing.T) {
	t.Parallel()
	h := newHouse(t, nil)
	meena := h.officer("meena", bot.RoleOfficer)
	h.say(1, "पैसा कट गया")
	resident := h.resident(1)
	require.NoError(t, h.bot.Claim(t.Context(), meena, resident, false))
	before := len(h.replies(1))
	h.say(1, "25000", "0", "मेनू", "बंद")
	assert.Len(t, h.replies(1), before, "the bot is silent")
	assert.Equal(t, 5, h.conversation(1).Unread, "with the message that called the officer")
	require.NoError(t, h.bot.Seen(t.Context(), meena, resident))
	assert.Zero(t, h.conversation(1).Unread)

	_, err := h.bot.Reply(t.Context(), meena, resident, bot.Answer{Text: "  मैं SI मीना हूँ।\n"})
	require.NoError(t, err)
	require.NoError(t, h.bot.Note(t.Context(), meena, resident, "बैंक से बात हो गई"))
	require.NoError(t, h.bot.CloseConversation(t.Context(), meena, resident))
	h.drain()
	screen := h.phone.screen()
	assert.Equal(t, []string{"मैं SI मीना हूँ।", text("officer.closed")}, screen[len(screen)-2:])
	assert.NotContains(t, strings.Join(screen, "\n"), "बैंक से बात", "a note is never sent")
	assert.Equal(t, bot.Closed, h.conversation(1).State)

	h.say(1, "नमस्ते")
	c := h.conversation(1)
	assert.Equal(t, bot.WithBot, c.State)
	assert.False(t, c.Urgent)
	assert.Greater(t, len(h.replies(1)), len(screen), "the bot answers again")
	assert.Equal(t, []string{"पैसा कट गया", "25000", "0", "मेनू", "बंद", "नमस्ते"}, h.told(1))
}

// Money gone is heard even while an officer holds the conversation.
func TestMoneyGoneWhileClaimed(t *testing.T) {
	t.Parallel()
	h := newHouse(t, nil)
	meena := h.officer("meena", bot.RoleOfficer)
	h.say(1, "9")
	require.NoError(t, h.bot.Claim(t.Context(), meena, h.resident(1), false))
	assert.False(t, h.conversation(1).Urgent)
	h.say(1, "मेरा पैसा कट गया")
	c := h.conversation(1)
	assert.True(t, c.Urgent)
	assert.Equal(t, bot.Claimed, c.State)
}

func TestWhoMayDoWhat(t *testing.T) {
	t.Parallel()
	h := newHouse(t, echo)
	h.say(1, "x")
	resident := h.resident(1)
	viewer, officer, other, charge := h.officer("v", bot.RoleViewer), h.officer("o", bot.RoleOfficer), h.officer("p", bot.RoleOfficer), h.officer("c", bot.RoleCharge)
	ctx := t.Context()

	require.ErrorIs(t, h.bot.Claim(ctx, viewer, resident, false), bot.ErrForbiddenRole)
	require.ErrorIs(t, h.bot.Claim(ctx, bot.Officer{ID: officer.ID}, resident, false), bot.ErrForbiddenRole, "a role that is none")
	require.NoError(t, h.bot.Claim(ctx, officer, resident, false))
	require.ErrorIs(t, h.bot.Claim(ctx, other, resident, false), bot.ErrTaken)
	require.ErrorIs(t, h.bot.Claim(ctx, other, resident, true), bot.ErrForbiddenRole)
	_, err := h.bot.Reply(ctx, other, resident, bot.Answer{Text: "not mine"})
	require.ErrorIs(t, err, bot.ErrNotYours)
	require.ErrorIs(t, h.bot.CloseConversation(ctx, other, resident), bot.ErrNotYours)
	require.NoError(t, h.bot.Claim(ctx, charge, resident, true))
	_, err = h.bot.Reply(ctx, officer, resident, bot.Answer{Text: "no longer mine"})
	require.ErrorIs(t, err, bot.ErrNotYours)
	_, err = h.bot.Reply(ctx, viewer, resident, bot.Answer{Text: "x"})
	require.ErrorIs(t, err, bot.ErrForbiddenRole)
	require.ErrorIs(t, h.bot.Note(ctx, viewer, resident, "x"), bot.ErrForbiddenRole)
	require.ErrorIs(t, h.bot.CloseConversation(ctx, viewer, resident), bot.ErrForbiddenRole)
	require.NoError(t, h.bot.Seen(ctx, viewer, resident), "to look is no deed")
	assert.Equal(t, []string{"re: x"}, h.replies(1), "nothing of what was refused is sent")
}

func TestWhatAnOfficerWrites(t *testing.T) {
	t.Parallel()
	h := newHouse(t, echo)
	h.say(1, "x")
	resident, meena := h.resident(1), h.officer("meena", bot.RoleOfficer)
	require.NoError(t, h.bot.Claim(t.Context(), meena, resident, false))
	for _, empty := range []string{"", " \n\t", "\x00"} {
		_, err := h.bot.Reply(t.Context(), meena, resident, bot.Answer{Text: empty})
		require.ErrorIs(t, err, bot.ErrEmpty)
	}
	_, err := h.bot.Reply(t.Context(), meena, resident, bot.Answer{Text: strings.Repeat("x", bot.MaxReply+1)})
	require.ErrorIs(t, err, bot.ErrTooLong)
	_, err = h.bot.Reply(t.Context(), meena, resident, bot.Answer{Text: strings.Repeat("x", bot.MaxReply)})
	require.NoError(t, err)
}

// Those who watch are told of a turn, of a delivery and of an officer's doing;
// one who does not read is not waited for.
func TestWatch(t *testing.T) {
	t.Parallel()
	h := newHouse(t, echo)
	deaf, stopDeaf := h.bot.Watch()
	defer stopDeaf()
	changes, stop := h.bot.Watch()
	meena := h.officer("meena", bot.RoleOfficer)
	resident := func() int64 { return (<-changes).Resident }
	h.say(1, "x")
	assert.Equal(t, h.resident(1), resident())
	h.drain()
	assert.Equal(t, h.resident(1), resident())
	require.NoError(t, h.bot.Claim(t.Context(), meena, h.resident(1), false))
	assert.Equal(t, h.resident(1), resident())
	stop()
	for range 100 {
		h.say(2, "y")
	}
	assert.Empty(t, changes, "one who has left is told nothing")
	assert.NotEmpty(t, deaf)
}

// Old messages go after the unit's time, but not those that are evidence.
func TestRetention(t *testing.T) {
	t.Parallel()
	h := newHouse(t, nil)
	h.unit.Retention.MessagesDays = 30
	h.say(1, "नमस्ते", "पैसा कट गया")
	h.clock.Set(h.clock.Now().AddDate(0, 0, 31))
	n, err := h.store.Prune(t.Context(), h.clock.Now().AddDate(0, 0, -h.unit.Retention.MessagesDays))
	require.NoError(t, err)
	assert.Positive(t, n)
	assert.Equal(t, []string{"पैसा कट गया"}, h.told(1))
	assert.WithinDuration(t, noon, h.thread(1)[0].At, time.Minute)
}
