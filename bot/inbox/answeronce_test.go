package inbox_test

import (
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"mitan/bot"
	"mitan/bot/inbox"
)

// A onceOnly is an answer that counts how often it was begun. Where the browser
// has gone, no byte is taken any more.
type onceOnly struct {
	*httptest.ResponseRecorder
	gone  bool
	begun int
}

func (o *onceOnly) WriteHeader(status int) {
	o.begun++
	o.ResponseRecorder.WriteHeader(status)
}

func (o *onceOnly) Write(data []byte) (int, error) {
	if o.begun == 0 {
		o.WriteHeader(http.StatusOK)
	}
	if o.gone {
		return 0, errors.New("write: broken pipe")
	}
	return o.ResponseRecorder.Write(data)
}

// serveOnce lets a handler answer, as far as it gets.
func serveOnce(h http.Handler, gone bool, r *http.Request) *onceOnly {
	o := &onceOnly{ResponseRecorder: httptest.NewRecorder(), gone: gone}
	defer func() {
		if cut := recover(); cut != nil && cut != http.ErrAbortHandler { //nolint:errorlint // as net/http compares it
			panic(cut)
		}
	}()
	h.ServeHTTP(o, r)
	return o
}

// Whatever is asked for while the browser goes away, the answer is begun once.
func TestAnAnswerToABrowserThatHasGoneIsBegunOnce(t *testing.T) {
	w := newWorld(t)
	cookie := w.browser(t).signIn(logins[charge], password).Header.Get("Set-Cookie")
	h := w.inbox.Handler()
	for _, path := range append(inbox.PagePaths(), "/static/live.js", "/static/icons.svg", "/media/1", "/media/3", "/healthz",
		"/account/totp.png", "/link/code.png", "/cases/1", "/cases/1/print", "/cases/export.csv", "/cases/export.xlsx", "/cases/1/evidence.zip", "/conversations/1?part=live", "/nothing") {
		r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, path, nil)
		r.Header.Set("Cookie", cookie)
		if got := serveOnce(h, true, r); got != nil {
			assert.LessOrEqual(t, got.begun, 1, path)
		}
	}
}

// A fullDisk writes no web session down.
type fullDisk struct{ inbox.Store }

func (fullDisk) Commit(string, []byte, time.Time) error { return errDisk }

// Where the web session cannot be written, one page says so, and nothing of what
// the handler would have answered comes after it.
func TestASessionThatCannotBeWrittenIsOneAnswer(t *testing.T) {
	w := newWorld(t)
	in, err := inbox.New(inbox.Options{Bot: w.office, Store: fullDisk{w.office}, Unit: bot.DefaultUnit(), Clock: w.clock, Log: slog.New(slog.NewTextHandler(w.log, nil))})
	require.NoError(t, err)
	form := url.Values{"login": {logins[officer]}, "password": {password}}
	r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/sign-in", strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	got := serveOnce(in.Handler(), false, r)
	assert.Equal(t, 1, got.begun)
	assert.Equal(t, http.StatusInternalServerError, got.Code)
	assert.Equal(t, 1, strings.Count(got.Body.String(), "<!doctype"))
	assert.Empty(t, got.Header().Get("Set-Cookie"), "nobody is signed in")
}
