package inbox_test

import (
	"compress/gzip"
	"io"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// What goes over a thana's slow line, in bytes: all that the first page needs,
// the same page when the browser has the files, and a change in another
// conversation.
const (
	mostFirstLoad  = 200_000
	mostWarmLoad   = 30_000
	mostLiveUpdate = 4_000
)

// wire is what a request brings, as it comes over the line.
func (b *browser) wire(path string, header ...string) (body string, response *http.Response) {
	b.t.Helper()
	r, err := http.NewRequestWithContext(b.t.Context(), http.MethodGet, b.url+path, http.NoBody)
	require.NoError(b.t, err)
	r.Header.Set("Accept-Encoding", "gzip") // named, so that it stays packed
	r.Header.Set("Accept-Language", "hi")
	for i := 0; i+1 < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	response, err = b.client.Do(r)
	require.NoError(b.t, err)
	defer response.Body.Close()
	data, err := io.ReadAll(response.Body)
	require.NoError(b.t, err)
	require.Equal(b.t, http.StatusOK, response.StatusCode, path)
	return string(data), response
}

func TestPagesAreSmall(t *testing.T) {
	w := newWorld(t)
	b := w.signedIn(t, officer)
	for _, path := range []string{"/", "/conversations/1"} {
		b.wire(path) // which is then read
		packed, answer := b.wire(path)
		assert.Equal(t, "gzip", answer.Header.Get("Content-Encoding"))
		page := unpacked(t, packed)
		files := map[string]bool{"/static/fonts/noto-sans-latin.woff2": true, "/static/fonts/noto-sans-devanagari.woff2": true}
		for _, found := range regexp.MustCompile(`(?:href|src)="(/static/[^"#]+)`).FindAllStringSubmatch(page, -1) {
			files[found[1]] = true
		}
		assert.Greater(t, len(files), 20)
		first := len(packed)
		for file := range files {
			body, _ := b.wire(file)
			first += len(body)
		}
		marks := regexp.MustCompile(`data-marks="([^"]+)"`).FindStringSubmatch(page)
		require.Len(t, marks, 2)
		at := path + "?part=live"
		quiet, answer := b.wire(at, "Mitan-Parts", marks[1])
		assert.Empty(t, answer.Header.Get("Mitan-Parts"), "nothing has changed")
		assert.Less(t, first+len(quiet), mostFirstLoad, path)
		assert.Less(t, len(packed)+len(quiet), mostWarmLoad, path)

		w.says(ramesh, morning, "कोई है?")
		update, answer := b.wire(at, "Mitan-Parts", marks[1])
		assert.Less(t, len(update), mostLiveUpdate, path)
		assert.Contains(t, unpacked(t, update), "कोई है?")
		assert.Equal(t, []string{"r2", "queue"}, ids(answer.Header.Get("Mitan-Parts")))
		t.Logf("%s: first load %d, warm %d, then live %d, a change %d bytes", path, first+len(quiet), len(packed), len(quiet), len(update))
	}
}

// unpacked is a page as the browser reads it.
func unpacked(t *testing.T, page string) string {
	t.Helper()
	z, err := gzip.NewReader(strings.NewReader(page))
	require.NoError(t, err)
	data, err := io.ReadAll(z)
	require.NoError(t, err)
	return string(data)
}

func ids(marks string) (ids []string) {
	for _, one := range strings.Split(marks, ",") {
		id, _, _ := strings.Cut(one, "=")
		ids = append(ids, id)
	}
	return ids
}
