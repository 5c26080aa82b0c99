package handset

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"mitan/bot"
)

func TestAMessageSentAgainIsNotShownAgain(t *testing.T) {
	h, err := New(Options{Dir: t.TempDir()})
	require.NoError(t, err)
	var shown []string
	h.attach(func(m bot.Message) { shown = append(shown, m.ExternalID) })
	for _, id := range []string{"A", "B", "A", "A", "C", "B"} {
		require.NoError(t, h.Send(t.Context(), bot.Message{ExternalID: id, Address: "9000000001"}))
	}
	assert.Equal(t, []string{"A", "B", "C"}, shown)
	assert.True(t, h.arrived("A"))
	assert.False(t, h.arrived("D"))
}

func TestTheMemoryOfSentMessagesIsBounded(t *testing.T) {
	h, err := New(Options{Dir: t.TempDir()})
	require.NoError(t, err)
	for i := range rememberSent + 10 {
		require.NoError(t, h.Send(t.Context(), bot.Message{ExternalID: fmt.Sprint(i), Address: "9000000001"}))
	}
	assert.Len(t, h.sent, rememberSent)
	assert.Len(t, h.order, rememberSent)
	assert.True(t, h.arrived(fmt.Sprint(rememberSent+9)))
}

func TestWhatIsNoPhoneCannotBeSentTo(t *testing.T) {
	h, err := New(Options{Dir: t.TempDir()})
	require.NoError(t, err)
	err = h.Send(t.Context(), bot.Message{ExternalID: "A", Address: "120363@g.us"})
	require.ErrorIs(t, err, bot.ErrForbidden)
	assert.NotContains(t, err.Error(), "120363", "the address may be somebody's number")
}

func TestWhatIsNotThereIsGone(t *testing.T) {
	dir := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(filepath.Dir(dir), "secret"), []byte("x"), 0o600))
	h, err := New(Options{Dir: dir})
	require.NoError(t, err)
	for _, ref := range []string{"", "../secret", strings.Repeat("a", 64), "/etc/passwd"} {
		var out bytes.Buffer
		require.ErrorIs(t, h.Fetch(t.Context(), bot.Media{Ref: []byte(ref)}, &out), bot.ErrGone, ref)
		assert.Zero(t, out.Len())
	}
}

func TestAnUploadKeptAgainStaysAsItWas(t *testing.T) {
	u := uploads(t.TempDir())
	name, size, err := u.keep("9000000001", "id-1", strings.NewReader("first"))
	require.NoError(t, err)
	assert.EqualValues(t, 5, size)
	again, size, err := u.keep("9000000001", "id-1", strings.NewReader("second time"))
	require.NoError(t, err)
	assert.Equal(t, name, again)
	assert.EqualValues(t, 5, size)
	other, _, err := u.keep("9000000002", "id-1", strings.NewReader("other"))
	require.NoError(t, err)
	assert.NotEqual(t, name, other)

	file, err := u.open(name)
	require.NoError(t, err)
	defer file.Close()
	content, err := io.ReadAll(file)
	require.NoError(t, err)
	assert.Equal(t, "first", string(content))
}

func TestAnUploadHasALimit(t *testing.T) {
	u := uploads(t.TempDir())
	zeros := io.LimitReader(zeroes{}, MaxUpload+1)
	_, _, err := u.keep("9000000001", "too-large", zeros)
	require.ErrorIs(t, err, ErrTooLarge)
	_, size, err := u.keep("9000000001", "just-fits", io.LimitReader(zeroes{}, MaxUpload))
	require.NoError(t, err)
	assert.EqualValues(t, MaxUpload, size)
	entries, err := os.ReadDir(string(u))
	require.NoError(t, err)
	assert.Len(t, entries, 1, "nothing half-written is left")
}

// zeroes never ends.
type zeroes struct{}

func (zeroes) Read(p []byte) (int, error) {
	clear(p)
	return len(p), nil
}

func TestASweepRemovesOnlyOldAndHalfWrittenUploads(t *testing.T) {
	u := uploads(t.TempDir())
	old, _, err := u.keep("9000000001", "old", strings.NewReader("x"))
	require.NoError(t, err)
	require.NoError(t, os.Chtimes(u.path(old), time.Time{}, time.Now().Add(-keepUploads-time.Hour)))
	fresh, _, err := u.keep("9000000001", "new", strings.NewReader("x"))
	require.NoError(t, err)
	for _, name := range []string{"incoming-123", "somebody-elses.txt"} {
		require.NoError(t, os.WriteFile(u.path(name), nil, 0o600))
	}
	require.NoError(t, u.sweep(time.Now()))
	for name, stays := range map[string]bool{old: false, fresh: true, "incoming-123": false, "somebody-elses.txt": true} {
		_, err := os.Stat(u.path(name))
		assert.Equal(t, stays, err == nil, name)
	}
}
