package bot_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"mitan/bot"
)

// An answer from the inbox waits five seconds, and may be taken back in them;
// what is said after it waits behind it.
func TestUndo(t *testing.T) {
	t.Parallel()
	h := newHouse(t, echo)
	h.say(1, "x")
	resident, meena, other := h.resident(1), h.officer("meena", bot.RoleOfficer), h.officer("other", bot.RoleOfficer)
	ctx := t.Context()
	require.NoError(t, h.bot.Claim(ctx, meena, resident, false))
	h.drain()
	before := len(h.phone.screen())
	require.Equal(t, 1, before, "the bot has answered: nobody waits")
	answer := func(text string) int64 {
		id, err := h.bot.Reply(ctx, meena, resident, bot.Answer{Text: text, Undoable: true})
		require.NoError(t, err)
		return id
	}
	taken := answer("जल्दी में लिखा")
	require.ErrorIs(t, h.bot.Undo(ctx, other, resident, taken), bot.ErrNotFound)
	h.pass(bot.UndoTime - time.Millisecond)
	assert.Len(t, h.phone.screen(), before, "it waits")
	require.NoError(t, h.bot.Undo(ctx, meena, resident, taken))
	h.pass(time.Hour)
	assert.Len(t, h.phone.screen(), before, "it is never sent")
	drafts, err := h.store.UnsentOf(ctx, meena.ID, resident)
	require.NoError(t, err)
	require.Len(t, drafts, 1)
	assert.Equal(t, "जल्दी में लिखा", drafts[0].Text)

	sent := answer("ठीक से लिखा")
	drafts, err = h.store.UnsentOf(ctx, meena.ID, resident)
	require.NoError(t, err)
	assert.Empty(t, drafts, "what is sent is no draft")
	require.NoError(t, h.bot.CloseConversation(ctx, meena, resident))
	h.drain()
	assert.Len(t, h.phone.screen(), before, "the farewell waits behind it")
	h.pass(bot.UndoTime)
	assert.Equal(t, []string{"ठीक से लिखा", text("officer.closed")}, h.phone.screen()[before:])
	require.ErrorIs(t, h.bot.Undo(ctx, meena, resident, sent), bot.ErrTooLate)
}

// What a form gives twice is sent once; other words from the same form, as
// after going back in the browser, are another answer.
func TestAFormGivenTwice(t *testing.T) {
	t.Parallel()
	h := newHouse(t, echo)
	h.say(1, "x")
	resident, meena := h.resident(1), h.officer("meena", bot.RoleOfficer)
	require.NoError(t, h.bot.Claim(t.Context(), meena, resident, false))
	for _, words := range []string{"a", "a", "b"} {
		_, err := h.bot.Reply(t.Context(), meena, resident, bot.Answer{Text: words, ID: bot.AnswerID("form", meena, resident, words)})
		require.NoError(t, err)
	}
	h.drain()
	screen := h.phone.screen()
	assert.Equal(t, []string{"a", "b"}, screen[len(screen)-2:])
	id := bot.AnswerID("form", meena, resident, "a", "b")
	assert.Regexp(t, "^3EB0[0-9A-F]{18}$", id)
	for _, other := range []string{
		bot.AnswerID("form", meena, resident, "ab"), bot.AnswerID("other", meena, resident, "a", "b"),
		bot.AnswerID("form", meena, resident+1, "a", "b"), bot.AnswerID("form", bot.Officer{ID: meena.ID + 1}, resident, "a", "b"),
	} {
		assert.NotEqual(t, id, other)
	}
}

func TestAPlaceThatIsNotFilledInIsNotSent(t *testing.T) {
	t.Parallel()
	h := newHouse(t, echo)
	h.say(1, "x")
	resident, meena := h.resident(1), h.officer("meena", bot.RoleOfficer)
	require.NoError(t, h.bot.Claim(t.Context(), meena, resident, false))
	for _, place := range bot.Places {
		_, err := h.bot.Reply(t.Context(), meena, resident, bot.Answer{Text: "आपका नंबर " + place + " है"})
		require.ErrorIs(t, err, bot.ErrUnfilled)
	}
}

// A conversation that nobody takes comes back to its sender after ten minutes.
func TestATransferThatNobodyTakes(t *testing.T) {
	t.Parallel()
	h := newHouse(t, echo)
	h.say(1, "x")
	ctx, resident := t.Context(), h.resident(1)
	meena, rakesh, viewer := h.officer("meena", bot.RoleOfficer), h.officer("rakesh", bot.RoleOfficer), h.officer("v", bot.RoleViewer)
	require.NoError(t, h.bot.Claim(ctx, meena, resident, false))
	offer := func(to int64, thana, reason string) error {
		return h.bot.Transfer(ctx, meena, resident, to, thana, reason)
	}
	require.ErrorIs(t, offer(rakesh.ID, "", " "), bot.ErrNoReason)
	require.ErrorIs(t, offer(rakesh.ID, "", strings.Repeat("x", bot.MaxReason+1)), bot.ErrTooLong)
	require.ErrorIs(t, offer(viewer.ID, "", "x"), bot.ErrNobody)
	require.ErrorIs(t, offer(meena.ID, "", "x"), bot.ErrNobody, "to oneself")
	require.ErrorIs(t, offer(0, "Kotwali", "x"), bot.ErrNobody, "nobody of it signs in")
	require.ErrorIs(t, offer(0, "", "x"), bot.ErrNobody)
	require.NoError(t, offer(rakesh.ID, "", "ड्यूटी बदल रही है"))
	h.drain() // what the bot had said
	changes, stop := h.bot.Watch()
	defer stop()
	h.pass(bot.TransferTime - time.Second)
	assert.Empty(t, changes)
	h.pass(time.Second)
	assert.Equal(t, bot.Change{Resident: resident}, <-changes, "open pages are told")
	require.ErrorIs(t, h.bot.AcceptTransfer(ctx, rakesh, resident), bot.ErrNotFound)
	assert.Equal(t, meena.ID, h.conversation(1).Officer)
	require.NoError(t, offer(rakesh.ID, "", "फिर से"))
	require.NoError(t, h.bot.AcceptTransfer(ctx, rakesh, resident))
	assert.Equal(t, rakesh.ID, h.conversation(1).Officer)
	assert.NotContains(t, strings.Join(h.phone.screen(), " "), "ड्यूटी", "the reason is for officers")
}

func TestHandover(t *testing.T) {
	t.Parallel()
	h := newHouse(t, echo)
	meena, rakesh := h.officer("meena", bot.RoleOfficer), h.officer("rakesh", bot.RoleOfficer)
	for n := 1; n <= 3; n++ {
		h.say(n, "x")
		require.NoError(t, h.bot.Claim(t.Context(), meena, h.resident(n), false))
	}
	require.NoError(t, h.bot.CloseConversation(t.Context(), meena, h.resident(3)))
	n, err := h.bot.Handover(t.Context(), meena, rakesh.ID, "", "सुबह की ड्यूटी")
	require.NoError(t, err)
	assert.Equal(t, 2, n)
	for n := 1; n <= 2; n++ {
		require.NoError(t, h.bot.AcceptTransfer(t.Context(), rakesh, h.resident(n)))
	}
}

func TestWhoManagesReadyReplies(t *testing.T) {
	t.Parallel()
	h := newHouse(t, echo)
	ctx := t.Context()
	of := func(login, thana string, role bot.Role) bot.Officer {
		o := h.officer(login, role)
		o.Thana = thana
		return o
	}
	officer, charge, unit, admin := of("o", "Kotwali", bot.RoleOfficer), of("c", "Kotwali", bot.RoleCharge), of("u", "", bot.RoleCharge), of("a", "Kotwali", bot.RoleAdmin)
	text := bot.ReadyReply{Name: "otp", Hi: "ओटीपी किसी को न बताएँ", En: "Tell nobody the OTP"}
	ofThana := text
	ofThana.Thana = "Kotwali"
	require.ErrorIs(t, h.bot.SaveReadyReply(ctx, officer, ofThana), bot.ErrForbiddenRole)
	require.ErrorIs(t, h.bot.SaveReadyReply(ctx, charge, text), bot.ErrForbiddenRole, "the whole unit's")
	require.NoError(t, h.bot.SaveReadyReply(ctx, charge, ofThana))
	require.NoError(t, h.bot.SaveReadyReply(ctx, unit, text))
	require.ErrorIs(t, h.bot.SaveReadyReply(ctx, admin, text), bot.ErrExists)
	all, err := h.store.ReadyReplies(ctx)
	require.NoError(t, err)
	stolen := all[0]
	stolen.Thana = "Kotwali"
	require.ErrorIs(t, h.bot.SaveReadyReply(ctx, charge, stolen), bot.ErrForbiddenRole, "the unit's, made the thana's")
	require.ErrorIs(t, h.bot.RemoveReadyReply(ctx, charge, all[0].ID), bot.ErrForbiddenRole)
	require.NoError(t, h.bot.RemoveReadyReply(ctx, charge, all[1].ID))
	require.ErrorIs(t, h.bot.RemoveReadyReply(ctx, admin, 404), bot.ErrNotFound)
	for _, r := range []bot.ReadyReply{{Name: "x", Hi: "x"}, {Name: "x", En: "x"}, {Hi: "x", En: "x"}} {
		require.ErrorIs(t, h.bot.SaveReadyReply(ctx, admin, r), bot.ErrEmpty, "both languages, always")
	}
	require.ErrorIs(t, h.bot.SaveReadyReply(ctx, admin, bot.ReadyReply{Name: strings.Repeat("x", bot.MaxReadyName+1), Hi: "x", En: "x"}), bot.ErrTooLong)
}

func TestDraftsOfOfficers(t *testing.T) {
	t.Parallel()
	h := newHouse(t, echo)
	h.say(1, "x")
	ctx, resident, meena := t.Context(), h.resident(1), h.officer("meena", bot.RoleOfficer)
	require.NoError(t, h.bot.SaveUnsent(ctx, meena, resident, bot.UnsentNote, " आधा "), "whoever may note")
	require.NoError(t, h.bot.Note(ctx, meena, resident, "पूरा"))
	drafts, err := h.store.UnsentOf(ctx, meena.ID, resident)
	require.NoError(t, err)
	assert.Empty(t, drafts)
	require.ErrorIs(t, h.bot.SaveUnsent(ctx, h.officer("v", bot.RoleViewer), resident, bot.UnsentReply, "x"), bot.ErrForbiddenRole)
	require.ErrorIs(t, h.bot.SaveUnsent(ctx, meena, resident, "letter", "x"), bot.ErrNotFound)
	require.ErrorIs(t, h.bot.SaveUnsent(ctx, meena, 404, bot.UnsentReply, "x"), bot.ErrNotFound)
	long := strings.Repeat("x", bot.MaxUnsent)
	require.NoError(t, h.bot.SaveUnsent(ctx, meena, resident, bot.UnsentReply, long))
	require.ErrorIs(t, h.bot.SaveUnsent(ctx, meena, resident, bot.UnsentReply, long+"x"), bot.ErrTooLong)

	// An answer by the officers' group is no reason to lose it.
	require.NoError(t, h.bot.Claim(ctx, meena, resident, false))
	_, err = h.bot.Reply(ctx, meena, resident, bot.Answer{Text: "from the group"})
	require.NoError(t, err)
	drafts, err = h.store.UnsentOf(ctx, meena.ID, resident)
	require.NoError(t, err)
	assert.Len(t, drafts, 1)
}
