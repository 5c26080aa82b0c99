package inbox_test

import (
	"bufio"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// stream opens the live stream and reads its lines.
func (b *browser) stream() (lines func() string, status int) {
	r, err := http.NewRequestWithContext(b.t.Context(), http.MethodGet, b.url+"/events", http.NoBody)
	require.NoError(b.t, err)
	response, err := b.client.Do(r)
	require.NoError(b.t, err)
	b.t.Cleanup(func() { _ = response.Body.Close() })
	reader := bufio.NewReader(response.Body)
	return func() string {
		line, err := reader.ReadString('\n')
		if err != nil {
			return err.Error()
		}
		return strings.TrimSpace(line)
	}, response.StatusCode
}

// next reads up to the data of the next event of a name.
func next(lines func() string, event string) string {
	for line := lines(); line != "EOF"; line = lines() {
		if line == "event: "+event {
			return strings.TrimPrefix(lines(), "data:")
		}
	}
	return "the stream has ended"
}

func TestAStreamTellsOfChanges(t *testing.T) {
	w := newWorld(t)
	lines, status := w.signedIn(t, viewer).stream()
	require.Equal(t, http.StatusOK, status)
	require.Empty(t, next(lines, "hello"))
	w.says(sunita, morning, "अभी फिर फ़ोन आया")
	assert.Equal(t, " 1", next(lines, "change"), "an id, and no word of it")
}

func TestChangesThatComeTogetherAreOneEvent(t *testing.T) {
	w := newWorld(t)
	lines, _ := w.signedIn(t, viewer).stream()
	next(lines, "hello")
	for range 3 {
		w.says(sunita, morning, "और")
		w.says(geeta, morning, "और")
	}
	assert.Equal(t, " 1,3", next(lines, "change"))
}

func TestClosingTheInboxEndsItsStreams(t *testing.T) {
	w := newWorld(t)
	lines, _ := w.signedIn(t, viewer).stream()
	next(lines, "hello")
	w.inbox.Close()
	assert.Equal(t, "the stream has ended", next(lines, "change"))
	assert.Eventually(t, func() bool {
		w.mu.Lock()
		defer w.mu.Unlock()
		return len(w.watchers) == 0
	}, patience, patience/1000, "nobody watches any more")
}

func TestOneOfficerHasSoManyStreams(t *testing.T) {
	w := newWorld(t)
	b := w.signedIn(t, viewer)
	for range 20 {
		lines, status := b.stream()
		require.Equal(t, http.StatusOK, status)
		next(lines, "hello")
	}
	_, status := b.stream()
	assert.Equal(t, http.StatusServiceUnavailable, status)
	_, status = w.signedIn(t, officer).stream()
	assert.Equal(t, http.StatusOK, status, "another's pages do not count")
}
