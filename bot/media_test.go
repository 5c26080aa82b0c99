package bot_test

import (
	"errors"
	"fmt"
	"io"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"mitan/bot"
)

var png = []byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x02\x00\x00\x00")

// picture gives a message with a medium of the nth resident.
func (h *house) picture(n int) bot.Incoming {
	m := h.message(n, "")
	m.Kind, m.Media = bot.Image, &bot.Media{Ref: []byte("ref"), Claimed: "application/pdf"}
	return m
}

func (h *house) medium(n int) bot.Media {
	h.Helper()
	for _, m := range h.thread(n) {
		if m.Media != nil {
			return *m.Media
		}
	}
	h.Fatal("there is no medium")
	return bot.Media{}
}

// A medium is fetched after the turn and kept with its type read from its
// bytes, whatever the sender claims. Given twice, it is fetched once.
func TestMediumIsFetched(t *testing.T) {
	t.Parallel()
	h := newHouse(t, echo)
	fetched := 0
	h.phone.fetch = func(m bot.Media, w io.Writer) error {
		fetched++
		assert.Equal(t, []byte("ref"), m.Ref)
		_, err := w.Write(png)
		return err
	}
	m := h.picture(1)
	require.NoError(t, h.bot.Receive(t.Context(), m))
	assert.Equal(t, bot.MediaPending, h.medium(1).State, "the turn does not wait for it")
	require.NoError(t, h.bot.Receive(t.Context(), m))
	h.drain()
	kept := h.medium(1)
	assert.Equal(t, bot.MediaKept, kept.State)
	assert.Equal(t, "image/png", kept.Type)
	assert.Equal(t, 1, fetched)
	file, err := h.store.OpenMedia(t.Context(), kept.ID)
	require.NoError(t, err)
	defer file.Close() //nolint:errcheck // it was only read
	content, err := io.ReadAll(file)
	require.NoError(t, err)
	assert.Equal(t, png, content)
}

// A network that is away for an hour costs no evidence, and is not asked
// without a pause.
func TestMediumAfterAnOutage(t *testing.T) {
	t.Parallel()
	h := newHouse(t, echo)
	back, tries := h.clock.Now().Add(time.Hour), 0
	h.phone.fetch = func(_ bot.Media, w io.Writer) error {
		tries++
		if h.clock.Now().Before(back) {
			return errNetwork
		}
		_, err := w.Write(png)
		return err
	}
	require.NoError(t, h.bot.Receive(t.Context(), h.picture(1)))
	for range 3 * 60 * 60 { // the worker looks every second
		h.drain()
		if h.medium(1).State != bot.MediaPending {
			break
		}
		h.clock.Set(h.clock.Now().Add(time.Second))
	}
	assert.Equal(t, bot.MediaKept, h.medium(1).State)
	assert.Less(t, tries, 30)
}

// A channel that is offline for days costs no evidence: none of it is a try.
func TestMediumOfAChannelThatIsOffline(t *testing.T) {
	t.Parallel()
	h := newHouse(t, echo)
	back := h.clock.Now().Add(72 * time.Hour)
	h.phone.fetch = func(_ bot.Media, w io.Writer) error {
		if h.clock.Now().Before(back) {
			return fmt.Errorf("no link: %w", bot.ErrOffline)
		}
		_, err := w.Write(png)
		return err
	}
	require.NoError(t, h.bot.Receive(t.Context(), h.picture(1)))
	for h.clock.Now().Before(back) {
		h.drain()
		h.clock.Set(h.clock.Now().Add(time.Hour))
	}
	assert.Equal(t, 0, h.medium(1).Attempts)
	h.drain()
	assert.Equal(t, bot.MediaKept, h.medium(1).State)
}

// A connection that breaks in the middle leaves no half file.
func TestMediumThatBreaksOff(t *testing.T) {
	t.Parallel()
	h := newHouse(t, echo)
	h.phone.fetch = func(_ bot.Media, w io.Writer) error {
		_, err := w.Write(png[:8])
		return errors.Join(err, errNetwork)
	}
	require.NoError(t, h.bot.Receive(t.Context(), h.picture(1)))
	h.drain()
	pending := h.medium(1)
	assert.Equal(t, bot.MediaPending, pending.State)
	assert.Equal(t, 1, pending.Attempts)
	_, err := h.store.OpenMedia(t.Context(), pending.ID)
	require.ErrorIs(t, err, bot.ErrNotFound)
}

// What is gone for good is not asked for again, and holds up nobody's.
func TestMediumThatIsGone(t *testing.T) {
	t.Parallel()
	h := newHouse(t, echo)
	h.phone.fetch = func(m bot.Media, w io.Writer) error {
		if string(m.Ref) == "gone" {
			return fmt.Errorf("deleted by the sender: %w", bot.ErrGone)
		}
		_, err := w.Write(png)
		return err
	}
	gone := h.picture(1)
	gone.Media.Ref = []byte("gone")
	require.NoError(t, h.bot.Receive(t.Context(), gone))
	require.NoError(t, h.bot.Receive(t.Context(), h.picture(2)))
	h.drain()
	assert.Equal(t, bot.MediaFailed, h.medium(1).State)
	assert.Contains(t, h.medium(1).Error, "deleted by the sender")
	assert.Equal(t, bot.MediaKept, h.medium(2).State)
}

// A file beyond the limit is broken off and given up at once: a second try
// would carry as many bytes again.
func TestMediumThatIsTooLarge(t *testing.T) {
	t.Parallel()
	h := newHouse(t, echo)
	tries := 0
	h.phone.fetch = func(_ bot.Media, w io.Writer) error {
		tries++
		chunk := make([]byte, 1<<20)
		for range bot.MaxMedia/len(chunk) + 2 {
			if _, err := w.Write(chunk); err != nil {
				return err
			}
		}
		return nil
	}
	require.NoError(t, h.bot.Receive(t.Context(), h.picture(1)))
	h.drain()
	assert.Equal(t, bot.MediaFailed, h.medium(1).State)
	assert.Equal(t, 1, tries)
}

// A medium that hangs is fetched beside the others once, and holds up none.
func TestMediumThatHangs(t *testing.T) {
	t.Parallel()
	h := newHouse(t, echo)
	comes := make(chan struct{})
	h.phone.fetch = func(m bot.Media, w io.Writer) error {
		if string(m.Ref) == "hangs" {
			<-comes
		}
		_, err := w.Write(png)
		return err
	}
	const hanging = 5 // more than are fetched at a time
	for n := range hanging {
		slow := h.picture(n)
		slow.Media.Ref = []byte("hangs")
		require.NoError(t, h.bot.Receive(t.Context(), slow))
	}
	require.NoError(t, h.bot.Receive(t.Context(), h.picture(hanging)))
	handled, err := h.bot.FetchMedia(t.Context(), time.Millisecond)
	require.NoError(t, err)
	assert.Equal(t, hanging+1, handled)
	require.Eventually(t, func() bool { return h.medium(hanging).State == bot.MediaKept }, time.Minute, time.Millisecond)
	assert.Equal(t, bot.MediaPending, h.medium(0).State)
	handled, err = h.bot.FetchMedia(t.Context(), time.Millisecond)
	require.NoError(t, err)
	assert.Zero(t, handled, "none is fetched twice at a time")

	close(comes)
	for n := range hanging {
		require.Eventually(t, func() bool { return h.medium(n).State == bot.MediaKept }, time.Minute, time.Millisecond)
	}
}
