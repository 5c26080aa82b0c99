package storetest

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing/iotest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"mitan/bot"
)

// sendMedium is a resident's message with a medium, and the medium's id.
func (h *house) sendMedium(resident int64, text string, effects ...bot.Effect) int64 {
	h.Helper()
	turn := h.turn(resident, text, effects...)
	turn.In.Kind, turn.In.Media = bot.Image, &bot.Media{Ref: []byte(text), Claimed: "image/jpeg", Name: "../../x.jpg"}
	h.commit(turn)
	pending, err := h.PendingMedia(h.ctx, 100)
	h.ok(err)
	for _, d := range pending {
		if string(d.Ref) == text {
			return d.ID
		}
	}
	require.Fail(h, "the medium is not pending")
	return 0
}

func (h *house) keep(id int64, content string) bot.Media {
	h.Helper()
	kept, err := h.KeepMedia(h.ctx, id, strings.NewReader(content), 1000)
	h.ok(err)
	return kept
}

// content are the bytes of a medium; ErrNotFound if there are none.
func (h *house) content(id int64) (string, error) {
	file, err := h.OpenMedia(h.ctx, id)
	if err != nil {
		return "", err
	}
	defer file.Close() //nolint:errcheck // read only
	content, err := io.ReadAll(file)
	return string(content), err
}

const png = "\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR"

var mediaTests = map[string]func(*house){
	"a medium is kept under its SHA-256, its type read from its bytes": func(h *house) {
		id := h.sendMedium(h.resident(1), "one")
		_, err := h.OpenMedia(h.ctx, id)
		require.ErrorIs(h, err, bot.ErrNotFound, "not fetched yet")
		kept := h.keep(id, png)
		assert.Equal(h, bot.MediaKept, kept.State)
		assert.Equal(h, "image/png", kept.Type, "whatever the sender claims")
		assert.EqualValues(h, len(png), kept.Size)
		assert.Len(h, kept.SHA256, 64)
		h.reopen()
		got, err := h.Media(h.ctx, id)
		h.ok(err)
		assert.Equal(h, kept, got)
		content, err := h.content(id)
		h.ok(err)
		assert.Equal(h, png, content)
		pending, err := h.PendingMedia(h.ctx, 10)
		h.ok(err)
		assert.Empty(h, pending)
	},
	"the same bytes twice are fine": func(h *house) {
		asha := h.resident(1)
		one, two := h.sendMedium(asha, "one"), h.sendMedium(asha, "two")
		assert.Equal(h, h.keep(one, png).SHA256, h.keep(two, png).SHA256)
		for _, id := range []int64{one, two} {
			content, err := h.content(id)
			h.ok(err)
			assert.Equal(h, png, content)
		}
	},
	"what is too long or breaks off stays pending": func(h *house) {
		id := h.sendMedium(h.resident(1), "one")
		_, err := h.KeepMedia(h.ctx, id, bytes.NewReader(make([]byte, 1001)), 1000)
		require.ErrorContains(h, err, "1000 bytes")
		broken := errors.New("broken off")
		_, err = h.KeepMedia(h.ctx, id, io.MultiReader(strings.NewReader(png), iotest.ErrReader(broken)), 1000)
		require.ErrorIs(h, err, broken)
		got, err := h.Media(h.ctx, id)
		h.ok(err)
		assert.Equal(h, bot.MediaPending, got.State)
		_, err = h.KeepMedia(h.ctx, id, bytes.NewReader(make([]byte, 1000)), 1000)
		h.ok(err)
		_, err = h.KeepMedia(h.ctx, 404, strings.NewReader(png), 1000)
		require.ErrorIs(h, err, bot.ErrNotFound)
	},
	"a failure counts, comes later in line, and may be final": func(h *house) {
		asha := h.resident(1)
		one, two := h.sendMedium(asha, "one"), h.sendMedium(asha, "two")
		h.ok(h.FailMedia(h.ctx, one, "no network", false))
		pending, err := h.PendingMedia(h.ctx, 10)
		h.ok(err)
		require.Len(h, pending, 2)
		assert.Equal(h, two, pending[0].ID)
		assert.Equal(h, 1, pending[1].Attempts)
		assert.Equal(h, "no network", pending[1].Error)
		h.ok(h.FailMedia(h.ctx, one, "gone", true))
		got, err := h.Media(h.ctx, one)
		h.ok(err)
		assert.Equal(h, bot.MediaFailed, got.State)
		assert.Equal(h, 2, got.Attempts)
	},
}
