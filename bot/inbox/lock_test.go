package inbox_test

import (
	"maps"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"mitan/bot/inbox"
)

// After ten idle minutes the password is asked for, and nothing is lost.
func TestTheLock(t *testing.T) {
	w := newWorld(t)
	b := w.signedIn(t, officer)
	later := func(d time.Duration) { w.clock.Set(w.clock.Now().Add(d)) }
	later(9 * time.Minute)
	assert.Equal(t, http.StatusOK, b.get("/conversations/1").StatusCode)
	later(9 * time.Minute)
	assert.Equal(t, http.StatusOK, b.get("/conversations/1?part=live").StatusCode, "an open page asks by itself")
	later(2 * time.Minute)
	assert.Equal(t, "/unlock?next=%2Fconversations%2F1%3Ftab%3Dmine", b.get("/conversations/1?tab=mine").Header.Get("Location"), "which keeps nobody signed in")
	assert.Equal(t, http.StatusUnauthorized, b.get("/media/1").StatusCode)
	assert.Equal(t, http.StatusUnauthorized, b.get("/events").StatusCode)
	kept := b.post("/conversations/1/reply", "text", "बैंक को फ़ोन <b>")
	assert.Equal(t, http.StatusUnauthorized, kept.StatusCode)
	assert.Contains(t, kept.body, "What you wrote is kept as a draft.")
	assert.NotContains(t, kept.body, "बैंक को फ़ोन", "nor of what was written")
	assert.Contains(t, kept.body, `value="/conversations/1"`)
	b.post("/conversations/1/draft?form=note&quiet=1", "note", "पति से बात")
	assert.Contains(t, b.post("/cases/1/amend", "do", "kind").body, `value="/cases/1"`, "it leads to a page, not to a form")
	assert.Contains(t, b.post("/conversations/99/note", "note", "गुम").body, "गुम</textarea>", "what cannot be kept is given back")
	assert.Contains(t, kept.body, "SI मीना ठाकुर")
	assert.NotContains(t, kept.body, "सुनीता", "nothing is shown of what is behind it")
	assert.Equal(t, http.StatusUnauthorized, b.post("/account/active").StatusCode)

	wrong := b.post("/unlock", "password", "wrong-password", "kept", "बैंक", "next", "/conversations/1")
	assert.Equal(t, http.StatusUnprocessableEntity, wrong.StatusCode)
	assert.Contains(t, wrong.body, "बैंक</textarea>")
	opened := b.post("/unlock", "password", password, "next", "/conversations/1")
	assert.Equal(t, "/conversations/1", opened.Header.Get("Location"))
	again := b.get("/conversations/1").body
	assert.Contains(t, again, "बैंक को फ़ोन &lt;b&gt;</textarea>")
	assert.Contains(t, again, "पति से बात</textarea>")

	assert.Equal(t, "/unlock?next=%2Fconversations%2F1", b.post("/lock", "back", "/conversations/1").Header.Get("Location"))
	assert.Equal(t, http.StatusSeeOther, b.get("/").StatusCode, "at once")
	assert.Equal(t, []string{"sign_in", "sign_in_failed", "unlock", "lock"}, w.actions())
	assert.Equal(t, http.StatusSeeOther, b.post("/sign-out").StatusCode)
	for range 6 {
		w.clock.Set(w.clock.Now().Add(time.Second))
	}
}

// A form that met the lock is kept with its fields, but for passwords, and goes
// where it was meant for once the password was given and it is sent.
func TestAFormThatMetTheLockIsKept(t *testing.T) {
	w := newWorld(t)
	b := w.signedIn(t, admin)
	w.clock.Set(w.clock.Now().Add(11 * time.Minute))
	met := b.post("/replies", "name", "गुप्त", "hi", "नमस्ते", "en", "Hello", "thana", "Kotwali")
	assert.Equal(t, http.StatusUnauthorized, met.StatusCode)
	assert.Contains(t, met.body, "What you wrote is kept and comes again after the password.")
	assert.NotContains(t, met.body, "गुप्त", "the lock shows none of it")
	secret := b.post("/account/password", "password", "old-gate-41", "fresh", "new-gate-43", "again", "new-gate-43", "name", "x")
	assert.Contains(t, secret.body, "nothing was sent.<", "a password is not kept")
	assert.Equal(t, "/unlock?next=%2Funlock%2Fkept", b.get("/unlock/kept").Header.Get("Location"))

	assert.Equal(t, "/unlock/kept", b.post("/unlock", "password", password).Header.Get("Location"))
	page := b.get("/unlock/kept").body
	for _, want := range []string{`value="गुप्त"`, ">नमस्ते</textarea>", ">Hello</textarea>", `name="thana" value="Kotwali"`} {
		assert.Contains(t, page, want)
	}
	sent := b.post("/unlock/kept", "name", "otp", "hi", "नमस्ते", "en", "Hello", "thana", "Kotwali")
	assert.Equal(t, http.StatusTemporaryRedirect, sent.StatusCode, "the browser sends the form on as it is")
	assert.Equal(t, "/replies", sent.Header.Get("Location"))
	assert.Equal(t, "/", b.get("/unlock/kept").Header.Get("Location"), "it is sent once")

	b.post("/lock", "back", "/", "to", "/cases/1/amend", "form", "do=leg_add&utr=632118904417&back=%2Fcases%2F1")
	b.post("/lock", "back", "/", "to", "//elsewhere.example/", "form", "name=x")
	b.post("/unlock", "password", password)
	assert.Contains(t, b.get("/unlock/kept").body, `value="632118904417"`)
	assert.Equal(t, "/cases/1", b.post("/unlock/kept", "leave", "yes", "back", "/cases/1", "utr", "632118904417").Header.Get("Location"))
	assert.Equal(t, "/", b.get("/unlock/kept").Header.Get("Location"), "it was thrown away")
	assert.NotContains(t, w.log.String(), "632118904417")
}

// Each field that an officer writes in is one that the lock keeps, a secret, a
// draft, or one of a filter, which stands in the address.
func TestTheLockForgetsNoFieldThatIsWrittenIn(t *testing.T) {
	kept, secret := inbox.KeptFields()
	en := words(t, "en")
	for name, key := range kept {
		assert.Contains(t, en, key, name)
	}
	filters := []string{"q", "from", "until", "least", "most", "suspect", "resident", "action", "only"}
	drafts := []string{"text", "note"}
	known := slices.Concat(secret, filters, drafts, slices.Collect(maps.Keys(kept)))
	files, err := filepath.Glob("templates/*.html")
	require.NoError(t, err)
	seen := 0
	for _, file := range files {
		data, err := os.ReadFile(file)
		require.NoError(t, err)
		for _, field := range regexp.MustCompile(`<(?:input|textarea)\b[^>]*>`).FindAllString(string(data), -1) {
			name := regexp.MustCompile(` name="([a-z_]+)"`).FindStringSubmatch(field)
			if name == nil || regexp.MustCompile(`type="(?:hidden|checkbox|radio|file)"`).MatchString(field) {
				continue
			}
			seen++
			assert.Contains(t, known, name[1], file)
		}
	}
	assert.Greater(t, seen, 30)
}

func TestTheLockIsGuessedAtNoFasterThanTheDoor(t *testing.T) {
	w := newWorld(t)
	b := w.signedIn(t, officer)
	b.post("/lock")
	var got []int
	for range 6 {
		got = append(got, b.post("/unlock", "password", "wrong-password").StatusCode)
	}
	assert.Equal(t, []int{422, 422, 422, 422, 422, 429}, got)
}

var (
	onceShown = regexp.MustCompile(`<p class="secret"><code>([a-z0-9-]+)</code>`)
	setupKey  = regexp.MustCompile(`Type this key: <code>([A-Z2-7 ]+)</code>`)
	recovery  = regexp.MustCompile(`<li><code>([a-z0-9-]+)</code></li>`)
)
