package bot_test

import (
	"context"
	"errors"
	"io"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"mitan/bot"
)

// glasses read in a picture what a test says.
type glasses struct {
	words string
	err   error
	reads atomic.Int64
	now   atomic.Int64 // pictures that are being read
	most  int64
}

func (g *glasses) Read(_ context.Context, picture io.Reader) (string, error) {
	g.most = max(g.most, g.now.Add(1))
	defer g.now.Add(-1)
	g.reads.Add(1)
	if _, err := io.Copy(io.Discard, picture); err != nil {
		return "", err
	}
	return g.words, g.err
}

// threat is what a fraudster's picture says.
const threat = "प्रिय ग्राहक, आज रात 9 बजे आपकी बिजली काट दी जाएगी। तुरंत 9000000097 पर फ़ोन कीजिए"

// reading is a helpline with the flows, whose phone gives pictures.
func reading(t *testing.T, g *glasses) *house {
	h := newHouse(t, nil)
	h.phone.fetch = func(_ bot.Media, w io.Writer) error {
		_, err := w.Write(png)
		return err
	}
	if g != nil {
		h.reader = g
	}
	h.bot = h.another()
	h.say(1, "नमस्ते")
	h.drain()
	return h
}

// show gives a picture, and does nothing of what then falls due.
func (h *house) show(n int, caption string) {
	h.Helper()
	m := h.picture(n)
	m.Text = caption
	require.NoError(h, h.bot.Receive(h.Context(), m))
}

// The resident hears at once that the picture is being read, and then how what
// is written in it looks.
func TestPictureIsJudged(t *testing.T) {
	t.Parallel()
	h := reading(t, &glasses{words: threat})
	h.show(1, "")
	assert.Equal(t, 1, count(h.replies(1), "check.picture"), "the turn does not wait for it")
	assert.Empty(t, h.medium(1).Words)
	h.drain()
	assert.Equal(t, threat, h.medium(1).Words)
	assert.Equal(t, 1, count(h.replies(1), "check.next"))
	assert.Contains(t, strings.Join(h.replies(1), "\n"), text("kind.electricity"))
	assert.Equal(t, bot.WithBot, h.conversation(1).State)
}

// What cannot be read, whatever the reason, goes to an officer, and the resident
// is told.
func TestPictureThatCannotBeRead(t *testing.T) {
	t.Parallel()
	for name, g := range map[string]*glasses{
		"nothing in it": {}, "the reader fails": {err: errors.New("no letters")},
	} {
		h := reading(t, g)
		h.show(1, "")
		h.drain()
		assert.Equal(t, 1, count(h.replies(1), "check.illegible"), name)
		assert.Equal(t, bot.ReasonCheck, h.conversation(1).Reason, name)
	}
}

// A machine that reads no pictures says so at once.
func TestPicturesAreNotRead(t *testing.T) {
	t.Parallel()
	h := reading(t, nil)
	h.show(1, "")
	h.drain()
	assert.Equal(t, 1, count(h.replies(1), "check.person"))
	assert.Equal(t, bot.ReasonCheck, h.conversation(1).Reason)
}

// Who waits while the reader is taken away does not wait for ever.
func TestReaderIsTakenAway(t *testing.T) {
	t.Parallel()
	h := reading(t, &glasses{words: threat})
	h.show(1, "")
	h.reader = nil
	h.bot = h.another()
	h.drain()
	assert.Equal(t, 1, count(h.replies(1), "check.illegible"))
}

// The judgement comes once, wherever the program was killed.
func TestPictureSurvivesAKill(t *testing.T) {
	t.Parallel()
	for _, fails := range []string{"", "KeepWords", "CommitTurn"} {
		h := reading(t, &glasses{words: threat})
		h.show(1, "")
		if fails != "" {
			h.faults.once(fails, errNetwork)
			require.ErrorIs(t, h.bot.Drain(t.Context()), errNetwork)
		}
		h.reopen()
		h.drain()
		h.drain()
		assert.Equal(t, 1, count(h.replies(1), "check.next"), "after %q failed", fails)
	}
}

// Several pictures are judged together, and read one at a time.
func TestPicturesAreJudgedTogether(t *testing.T) {
	t.Parallel()
	g := &glasses{words: threat}
	h := reading(t, g)
	for range 4 {
		h.show(1, "")
	}
	h.drain()
	assert.Equal(t, 1, count(h.replies(1), "check.next"))
	assert.EqualValues(t, 4, g.reads.Load())
	assert.EqualValues(t, 1, g.most)
}

// Who has gone on with a report hears the judgement, and goes on where they were.
func TestPictureBesideAReport(t *testing.T) {
	t.Parallel()
	h := reading(t, &glasses{words: threat})
	h.show(1, "")
	h.say(1, "पैसा कट गया")
	before := count(h.replies(1), "report.amount")
	h.drain()
	assert.Contains(t, strings.Join(h.replies(1), "\n"), text("kind.electricity"))
	assert.Zero(t, count(h.replies(1), "check.next"))
	assert.Equal(t, before+1, count(h.replies(1), "report.amount"))
	h.say(1, "25000")
	assert.EqualValues(t, 2_500_000, h.cases()[0].Lost())
}

// While an officer holds the conversation the bot is silent; the officer sees
// the words.
func TestPictureWhileClaimed(t *testing.T) {
	t.Parallel()
	h := reading(t, &glasses{words: threat})
	meena := h.officer("meena", bot.RoleOfficer)
	h.show(1, "")
	require.NoError(t, h.bot.Claim(t.Context(), meena, h.resident(1), false))
	before := len(h.replies(1))
	h.drain()
	assert.Len(t, h.replies(1), before)
	assert.Equal(t, threat, h.medium(1).Words)
	require.NoError(t, h.bot.CloseConversation(t.Context(), meena, h.resident(1)))
	h.drain()
	assert.Zero(t, count(h.replies(1), "check.next"), "it is too late for it")
}

// Secrets in a picture are masked before anything is kept, and no more is kept
// than may be.
func TestSecretsInAPicture(t *testing.T) {
	t.Parallel()
	h := reading(t, &glasses{words: "Your OTP is 482913\n" + strings.Repeat("क", 2*bot.MaxPictureWords)})
	h.show(1, "")
	h.drain()
	words := h.medium(1).Words
	assert.NotContains(t, words, "482913")
	assert.NotContains(t, strings.Join(h.replies(1), "\n"), "482913")
	assert.Len(t, []rune(words), bot.MaxPictureWords)
}

// A picture that no check waits for is read too, for the officers.
func TestPictureOfAStoryIsReadForOfficers(t *testing.T) {
	t.Parallel()
	h := reading(t, &glasses{words: threat})
	h.say(1, "पैसा कट गया")
	h.show(1, "")
	before := len(h.replies(1))
	h.drain()
	assert.Equal(t, threat, h.medium(1).Words)
	assert.Len(t, h.replies(1), before)
}

// What is erased while it is read is gone.
func TestPictureErasedWhileRead(t *testing.T) {
	t.Parallel()
	h := reading(t, &glasses{words: threat})
	h.faults.once("KeepWords", bot.ErrNotFound)
	h.show(1, "")
	require.NoError(t, h.bot.Drain(t.Context()))
}

func TestReadable(t *testing.T) {
	t.Parallel()
	for kind, want := range map[string]bool{"image/jpeg": true, "image/png": true, "image/webp": true, "image/gif": false, "application/pdf": false, "": false} {
		assert.Equal(t, want, bot.Readable(kind), kind)
	}
}

// What another resident has filed a case about is known when it is checked, and
// nobody's own case counts.
func TestCheckKnowsWhatOthersHaveReported(t *testing.T) {
	t.Parallel()
	h := reading(t, nil)
	known := func(n int) int {
		h.Helper()
		m := h.message(n, "आपका पार्सल रुका है, 9000000777 पर बात कीजिए")
		m.Forwarded = true
		require.NoError(h, h.bot.Receive(h.Context(), m))
		return strings.Count(strings.Join(h.replies(n), "\n"), text("check.reason_known"))
	}
	h.say(2, "नमस्ते")
	assert.Zero(t, known(1))
	h.say(2, "0", "1", "2", "otp", "9000000777", "बस", "1", "रामलाल")
	assert.Zero(t, known(1), "it is not filed yet")
	h.say(2, "हाँ")
	require.Equal(t, bot.Filed, h.cases()[0].State)
	assert.Equal(t, 1, known(1))
	assert.Zero(t, known(2), "it is their own")
}
