package bot_test

import (
	"io"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"mitan/bot"
)

// late gives messages of the nth resident that come while the channel catches up.
func (h *house) late(n int, texts ...string) {
	h.Helper()
	for _, text := range texts {
		m := h.message(n, text)
		m.Backlog = true
		require.NoError(h, h.bot.Receive(h.Context(), m))
	}
}

// kind gives a message of a kind of the nth resident, about another.
func (h *house) kind(n int, kind bot.MessageKind, text, about string) bot.Incoming {
	h.Helper()
	m := h.message(n, text)
	m.Kind, m.QuoteID = kind, about
	require.NoError(h, h.bot.Receive(h.Context(), m))
	return m
}

func (h *house) release() {
	h.Helper()
	require.NoError(h, h.bot.Release(h.Context()))
	h.drain()
}

// What a resident wrote during an outage is answered once, when the channel has
// caught up, and to the whole of it.
func TestBacklogIsAnsweredOnce(t *testing.T) {
	t.Parallel()
	h := newHouse(t, nil)
	h.late(1, "नमस्ते", "पैसा कट गया", "25000 रुपये")
	h.late(2, "टिप")
	h.drain()
	assert.Empty(t, h.replies(1))
	assert.Equal(t, 3, h.conversation(1).Held)

	h.release()
	assert.Equal(t, 1, count(h.replies(1), "report.call_now"))
	assert.Equal(t, 1, count(h.replies(1), "report.heard"), "all of it was read")
	assert.NotEmpty(t, h.replies(2))
	assert.Zero(t, h.conversation(1).Held)
	assert.Equal(t, []string{"नमस्ते", "पैसा कट गया", "25000 रुपये"}, h.told(1))
	story, err := h.store.StoryOf(t.Context(), 1)
	require.NoError(t, err)
	assert.Len(t, story, 3, "each message is evidence")

	answered := h.kept(1)
	h.release()
	h.pass(2 * bot.BacklogWait)
	assert.Equal(t, answered.Thread, h.thread(1))
}

// A channel that never says that it has caught up is answered after a while.
func TestBacklogWait(t *testing.T) {
	t.Parallel()
	h := newHouse(t, echo)
	h.late(1, "one")
	first := h.clock.Now()
	h.clock.Set(first.Add(bot.BacklogWait / 2))
	h.late(1, "two")
	h.clock.Set(first.Add(bot.BacklogWait - time.Millisecond))
	h.drain()
	assert.Empty(t, h.replies(1))
	h.clock.Set(first.Add(bot.BacklogWait))
	h.drain()
	assert.Equal(t, []string{"re: one\ntwo"}, h.replies(1))
}

// Nothing that is held is forgotten when the program ends, whether before the
// channel has caught up, or while what was held is being answered.
func TestBacklogOutlivesTheProgram(t *testing.T) {
	t.Parallel()
	h := newHouse(t, echo)
	h.late(1, "one")
	h.reopen()
	h.late(1, "two")
	h.faults.once("CommitTurn", errDisk)
	require.NoError(t, h.bot.Release(t.Context()))
	require.ErrorIs(t, h.bot.Drain(t.Context()), errDisk)
	assert.Empty(t, h.replies(1))
	assert.Equal(t, 2, h.conversation(1).Held)

	h.reopen()
	h.drain()
	assert.Equal(t, []string{"re: one\ntwo"}, h.replies(1))
	h.reopen()
	h.pass(2 * bot.BacklogWait)
	assert.Equal(t, []string{"re: one\ntwo"}, h.phone.screen())
}

// A message that comes after the outage is answered after what came before it.
func TestMessageAfterTheBacklog(t *testing.T) {
	t.Parallel()
	h := newHouse(t, echo)
	h.late(1, "one", "two")
	h.say(1, "three")
	assert.Equal(t, []string{"re: one\ntwo", "re: three"}, h.replies(1))
	assert.Zero(t, h.conversation(1).Held)
	h.release()
	assert.Len(t, h.replies(1), 2)

	h.late(1, "four")
	h.reopen() // nothing of it is remembered
	h.say(1, "five")
	assert.Equal(t, []string{"re: four", "re: five"}, h.replies(1)[2:])
}

// A held message that is given again is held once; given again after it was
// answered, it changes nothing.
func TestHeldMessageGivenTwice(t *testing.T) {
	t.Parallel()
	h := newHouse(t, echo)
	m := h.message(1, "one")
	m.Backlog = true
	require.NoError(t, h.bot.Receive(t.Context(), m))
	require.NoError(t, h.bot.Receive(t.Context(), m))
	h.release()
	require.NoError(t, h.bot.Receive(t.Context(), m))
	m.Backlog = false
	require.NoError(t, h.bot.Receive(t.Context(), m))
	h.release()
	assert.Equal(t, []string{"one"}, h.told(1))
	assert.Equal(t, []string{"re: one"}, h.replies(1))
}

// What cannot wait, or is about another message, is handled as it comes.
func TestWhatIsNotHeld(t *testing.T) {
	t.Parallel()
	for kind, held := range map[bot.MessageKind]bool{
		bot.Text: true, bot.Image: true, bot.Voice: true, bot.Video: true, bot.Document: true, bot.Sticker: true,
		bot.Location: true, bot.Contact: true, bot.ViewOnce: true, bot.Other: true, bot.Edit: true,
		bot.Call: false, bot.Deletion: false, bot.Reaction: false, bot.Vote: false,
	} {
		t.Run(string(kind), func(t *testing.T) {
			t.Parallel()
			h := newHouse(t, echo)
			m := h.message(1, "x")
			m.Kind, m.Backlog = kind, true
			require.NoError(t, h.bot.Receive(t.Context(), m))
			assert.Equal(t, held, h.conversation(1).Held == 1)
			assert.Equal(t, held, h.thread(1)[0].Held)
		})
	}
}

// What was changed during an outage is answered as it was changed to, once; a
// change of what was answered before the outage is told apart from an answer.
func TestEditInTheBacklog(t *testing.T) {
	t.Parallel()
	h := newHouse(t, echo)
	first := h.message(1, "2500")
	first.Backlog = true
	require.NoError(t, h.bot.Receive(t.Context(), first))
	edit := h.message(1, "25000")
	edit.Backlog, edit.Kind, edit.QuoteID = true, bot.Edit, first.ID
	require.NoError(t, h.bot.Receive(t.Context(), edit))
	h.late(1, "sbi")
	h.release()
	assert.Equal(t, []string{"re: 25000\nsbi"}, h.replies(1))

	again := h.message(1, "52000")
	again.Backlog, again.Kind, again.QuoteID = true, bot.Edit, first.ID
	require.NoError(t, h.bot.Receive(t.Context(), again))
	h.release()
	assert.Equal(t, []string{"re: 25000\nsbi", "re: 52000"}, h.replies(1))
	assert.Zero(t, h.conversation(1).Held)
}

// Secrets in what is held are masked before it is stored, and the resident is
// told so when it is answered.
func TestSecretInTheBacklog(t *testing.T) {
	t.Parallel()
	h := newHouse(t, nil)
	h.say(1, "नमस्ते")
	h.late(1, "482913", "मेरा OTP 771204 था")
	assert.Equal(t, []string{"••••••", "मेरा OTP •••••• था"}, h.told(1)[1:])
	h.release()
	assert.Equal(t, 1, count(h.replies(1), "talk.secret"))
}

// Where an officer holds the conversation, what was held is evidence for the
// officer, who must answer it; the bot says nothing.
func TestBacklogWhileClaimed(t *testing.T) {
	t.Parallel()
	h := newHouse(t, nil)
	h.say(1, "पैसा कट गया")
	h.drain()
	replies := h.replies(1)
	meena := h.officer("meena", bot.RoleOfficer)
	require.NoError(t, h.bot.Claim(t.Context(), meena, h.resident(1), false))
	_, err := h.bot.Reply(t.Context(), meena, h.resident(1), bot.Answer{Text: "बताइए"})
	require.NoError(t, err)
	h.late(1, "एक नंबर और है", "वह भी ठग का था")
	h.release()
	assert.Equal(t, append(replies, "बताइए"), h.replies(1))
	story, err := h.store.StoryOf(t.Context(), 1)
	require.NoError(t, err)
	assert.Len(t, story, 3)
	h.pass(time.Duration(h.unit.Hours.SilenceMinutes) * time.Minute)
	assert.Equal(t, bot.ReasonSilence, h.conversation(1).Reason)
}

// Held media are fetched at once: they expire.
func TestHeldMediaAreFetched(t *testing.T) {
	t.Parallel()
	h := newHouse(t, echo)
	h.phone.fetch = func(_ bot.Media, w io.Writer) error {
		_, err := w.Write([]byte("\x89PNG\r\n\x1a\n"))
		return err
	}
	m := h.message(1, "")
	m.Kind, m.Backlog, m.Media = bot.Image, true, &bot.Media{Claimed: "image/png", Size: 8}
	require.NoError(t, h.bot.Receive(t.Context(), m))
	h.drain()
	assert.Equal(t, bot.MediaKept, h.thread(1)[0].Media.State)
	assert.Empty(t, h.replies(1))
}

// The talk reads what was held as one message.
func TestHeldMessagesAsOne(t *testing.T) {
	t.Parallel()
	text := bot.Message{Kind: bot.Text, Text: "a"}
	forwarded := bot.Message{Kind: bot.Text, Text: "b", Forwarded: true}
	picture := bot.Message{Kind: bot.Image, Text: "c", Media: &bot.Media{Name: "bill.png"}}
	voice := bot.Message{Kind: bot.Voice, Media: &bot.Media{Name: "voice.ogg"}}
	for name, test := range map[string]struct {
		held      []bot.Message
		kind      bot.MessageKind
		text      string
		medium    string
		forwarded bool
		masked    bool
	}{
		"words":                       {held: []bot.Message{text, text}, kind: bot.Text, text: "a\na"},
		"all forwarded":               {held: []bot.Message{forwarded, forwarded}, kind: bot.Text, text: "b\nb", forwarded: true},
		"some forwarded":              {held: []bot.Message{text, forwarded}, kind: bot.Text, text: "a\nb"},
		"a picture and words":         {held: []bot.Message{text, picture}, kind: bot.Image, text: "a\nc", medium: "bill.png"},
		"a voice tells more":          {held: []bot.Message{picture, voice, text}, kind: bot.Voice, text: "c\na", medium: "voice.ogg"},
		"words beside what is unseen": {held: []bot.Message{{Kind: bot.ViewOnce}, text}, kind: bot.ViewOnce, text: "a"},
		"a secret":                    {held: []bot.Message{{Kind: bot.Text, Text: "otp 482913"}, text}, kind: bot.Text, text: "otp ••••••\na", masked: true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var read *bot.Message
			h := newHouse(t, script(func(s bot.Situation) bot.Outcome {
				if s.Keep && s.Message.Text == "otp 482913" {
					return bot.Outcome{Text: "otp ••••••", Masked: true}
				}
				if !s.Keep {
					read = s.Message
				}
				return bot.Outcome{}
			}))
			var newest string
			for _, held := range test.held {
				m := h.message(1, held.Text)
				m.Kind, m.Forwarded, m.Media, m.Backlog = held.Kind, held.Forwarded, held.Media, true
				require.NoError(t, h.bot.Receive(t.Context(), m))
				newest = m.ID
			}
			h.phone.fetch = func(bot.Media, io.Writer) error { return bot.ErrGone }
			h.release()
			require.NotNil(t, read)
			assert.Equal(t, test.kind, read.Kind)
			assert.Equal(t, test.text, read.Text)
			assert.Equal(t, test.forwarded, read.Forwarded)
			assert.Equal(t, test.masked, read.Masked)
			assert.Equal(t, newest, read.ExternalID)
			if test.medium == "" {
				assert.Nil(t, read.Media)
			} else {
				assert.Equal(t, test.medium, read.Media.Name)
			}
		})
	}
}

// After an outage everybody is answered, each once.
func TestBacklogOfMany(t *testing.T) {
	t.Parallel()
	h := newHouse(t, echo)
	const residents = 250
	for n := range residents {
		h.late(n, "one", "two")
	}
	h.release()
	for n := range residents {
		require.Equal(t, []string{"re: one\ntwo"}, h.replies(n))
	}
}
