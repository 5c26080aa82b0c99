package storetest

import (
	"io"
	"io/fs"
	"path/filepath"
	"strings"
	"testing/iotest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"mitan/bot"
)

// answerTo is what an officer writes to a resident.
func answerTo(resident, officer int64, id, text string) bot.Message {
	return bot.Message{Resident: resident, Officer: officer, Kind: bot.Text, Text: text, ExternalID: id, At: noon}
}

// files counts the files of media in the data folder.
func (h *house) files() (n int) {
	h.Helper()
	h.ok(filepath.WalkDir(filepath.Join(h.dir, "media"), func(_ string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() {
			n++
		}
		return err
	}))
	return n
}

// zeros gives as many bytes.
func zeros(n int64) io.Reader {
	return io.LimitReader(zero{}, n)
}

type zero struct{}

func (zero) Read(p []byte) (int, error) { clear(p); return len(p), nil }

var answerTests = map[string]func(*house){
	"a file is kept, of the kind that its bytes say, with the words as its caption": func(h *house) {
		asha, ravi := h.resident(1), h.officer("ravi")
		h.say(asha, "help", bot.Escalate{Reason: bot.ReasonAsked})
		h.ok(h.Claim(h.ctx, asha, ravi, false, noon, time.Time{}))
		for id, want := range map[string]struct {
			content, mime string
			kind          bot.MessageKind
		}{
			"O1": {png, "image/png", bot.Image},
			"O2": {"OggS\x00\x02", "application/ogg", bot.Voice},
			"O3": {"%PDF-1.4\n", "application/pdf", bot.Document},
		} {
			m := answerTo(asha, ravi, id, "see this")
			m.QuoteID, m.Media = "IN-1", &bot.Media{Name: "paper.jpg", Claimed: "image/jpeg"}
			row, err := h.Reply(h.ctx, m, strings.NewReader(want.content))
			h.ok(err)
			queue, err := h.Outbox(h.ctx, noon, 10)
			h.ok(err)
			require.Len(h, queue, 1)
			got := queue[0]
			assert.Equal(h, row, got.ID)
			assert.Equal(h, want.kind, got.Kind)
			assert.Equal(h, "see this", got.Text)
			assert.Equal(h, "IN-1", got.QuoteID)
			require.NotNil(h, got.Media)
			assert.Equal(h, bot.MediaKept, got.Media.State)
			assert.Equal(h, want.mime, got.Media.Type)
			assert.Equal(h, "paper.jpg", got.Media.Name)
			assert.EqualValues(h, len(want.content), got.Media.Size)
			content, err := h.content(got.Media.ID)
			h.ok(err)
			assert.Equal(h, want.content, content)
			h.ok(h.MarkSent(h.ctx, []int64{row}))
		}
		pending, err := h.PendingMedia(h.ctx, 10)
		h.ok(err)
		assert.Empty(h, pending, "there is nothing to fetch")
		assert.Zero(h, h.conversation(asha).Unread)
		h.reopen()
		assert.Equal(h, 3, h.files())
	},
	"who does not hold the conversation leaves no file behind": func(h *house) {
		asha, ravi, sita := h.resident(1), h.officer("ravi"), h.officer("sita")
		reply := func(officer int64, content io.Reader) error {
			_, err := h.Reply(h.ctx, answerTo(asha, officer, "O1", "x"), content)
			return err
		}
		require.ErrorIs(h, reply(ravi, strings.NewReader(png)), bot.ErrNotYours)
		h.ok(h.Claim(h.ctx, asha, ravi, false, noon, time.Time{}))
		require.ErrorIs(h, reply(sita, strings.NewReader(png)), bot.ErrNotYours)
		taken := &takeOver{Reader: strings.NewReader(png), then: func() {
			h.ok(h.Claim(h.ctx, asha, sita, true, noon, time.Time{}))
		}}
		require.ErrorIs(h, reply(ravi, taken), bot.ErrNotYours, "taken over while the file came")
		assert.Zero(h, h.files())
		assert.Empty(h, h.thread(asha))
		_, err := h.Reply(h.ctx, answerTo(404, ravi, "O1", "x"), strings.NewReader(png))
		require.ErrorIs(h, err, bot.ErrNotFound)
	},
	"a refused answer removes no file that another message has": func(h *house) {
		asha, ravi, sita := h.resident(1), h.officer("ravi"), h.officer("sita")
		id := h.sendMedium(asha, "same bytes")
		h.keep(id, png)
		h.ok(h.Claim(h.ctx, asha, ravi, false, noon, time.Time{}))
		taken := &takeOver{Reader: strings.NewReader(png), then: func() {
			h.ok(h.Claim(h.ctx, asha, sita, true, noon, time.Time{}))
		}}
		_, err := h.Reply(h.ctx, answerTo(asha, ravi, "O1", "x"), taken)
		require.ErrorIs(h, err, bot.ErrNotYours)
		content, err := h.content(id)
		h.ok(err)
		assert.Equal(h, png, content)
	},
	"a file that breaks off or is too large is not sent": func(h *house) {
		asha, ravi := h.resident(1), h.officer("ravi")
		h.ok(h.Claim(h.ctx, asha, ravi, false, noon, time.Time{}))
		_, err := h.Reply(h.ctx, answerTo(asha, ravi, "O1", "x"), iotest.ErrReader(io.ErrUnexpectedEOF))
		require.ErrorIs(h, err, io.ErrUnexpectedEOF)
		_, err = h.Reply(h.ctx, answerTo(asha, ravi, "O1", "x"), zeros(bot.MaxMedia+1))
		require.ErrorIs(h, err, bot.ErrTooLarge)
		assert.Zero(h, h.files())
		assert.Empty(h, h.thread(asha))
		_, err = h.Reply(h.ctx, answerTo(asha, ravi, "O1", "x"), zeros(bot.MaxMedia))
		h.ok(err)
	},
	"an answer that is given twice is sent once": func(h *house) {
		asha, birju, ravi := h.resident(1), h.resident(2), h.officer("ravi")
		h.ok(h.Claim(h.ctx, asha, ravi, false, noon, time.Time{}))
		h.ok(h.Claim(h.ctx, birju, ravi, false, noon, time.Time{}))
		first, err := h.Reply(h.ctx, answerTo(asha, ravi, "O1", "once"), nil)
		h.ok(err)
		file, err := h.Reply(h.ctx, answerTo(asha, ravi, "O2", "a file"), strings.NewReader(png))
		h.ok(err)
		h.ok(h.CloseConversation(h.ctx, asha, ravi, bot.Message{At: noon}))
		before := h.conversation(asha)
		again, err := h.Reply(h.ctx, answerTo(asha, ravi, "O1", "twice"), nil)
		h.ok(err)
		assert.Equal(h, first, again, "also when the conversation is closed meanwhile")
		again, err = h.Reply(h.ctx, answerTo(asha, ravi, "O2", "twice"), iotest.ErrReader(io.ErrUnexpectedEOF))
		h.ok(err)
		assert.Equal(h, file, again)
		assert.Equal(h, before, h.conversation(asha))
		assert.Equal(h, []string{"once", "a file"}, texts(h.thread(asha)))
		other, err := h.Reply(h.ctx, answerTo(birju, ravi, "O1", "to another"), nil)
		h.ok(err)
		assert.NotEqual(h, first, other)
	},
}

// takeOver does something when all is read.
type takeOver struct {
	io.Reader
	then func()
}

func (r *takeOver) Read(p []byte) (int, error) {
	n, err := r.Reader.Read(p)
	if err == io.EOF && r.then != nil {
		r.then()
		r.then = nil
	}
	return n, err
}
