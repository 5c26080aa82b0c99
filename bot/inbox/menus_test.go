package inbox_test

import (
	"bytes"
	"log/slog"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"mitan/bot"
	"mitan/bot/inbox"
	"mitan/locales"
)

// Every message of the talk is on the page, with nothing left open in it.
func TestThePreviewShowsTheWholeTalk(t *testing.T) {
	w := newWorld(t)
	body := w.signedIn(t, charge).get("/menus?part=all").body
	for _, key := range texts.Keys() {
		assert.Contains(t, body, `id="`+key+`"`)
	}
	assert.Empty(t, regexp.MustCompile(`‹[^›]*›`).FindAllString(body, -1), "a variable has no sample value")
	assert.NotContains(t, body, "no value")
	assert.NotContains(t, body, `menupart.`)
	assert.Contains(t, body, "Both languages complete")
	assert.Contains(t, body, "<strong>1930</strong>", "as WhatsApp shows it")
}

// gappy is a talk with a message that is there in Hindi only.
type gappy struct{}

func (gappy) Keys() []string       { return []string{"menu.what", "welcome.half"} }
func (gappy) Vars(string) []string { return []string{"odd"} }
func (gappy) Text(lang locales.Lang, key string, vars map[string]any) string {
	if key == "welcome.half" && lang == locales.English {
		return ""
	}
	return key + " <b> " + vars["odd"].(string)
}

func TestThePreviewMarksWhatIsMissing(t *testing.T) {
	w := newWorld(t)
	in, err := inbox.New(inbox.Options{
		Bot: w.office, Store: w.office, Unit: bot.DefaultUnit(), Clock: w.clock, Texts: gappy{}, Log: slog.New(slog.NewTextHandler(&bytes.Buffer{}, nil)),
	})
	require.NoError(t, err)
	server := httptest.NewServer(in.Handler())
	t.Cleanup(func() { in.Close(); server.Close() })
	w.url = server.URL
	b := w.signedIn(t, charge)
	all := b.get("/menus?part=all").body
	assert.Contains(t, all, "1 missing")
	assert.Equal(t, 1, strings.Count(all, "There is no such message in this language."))
	assert.Contains(t, all, "‹odd›", "a variable without a sample shows its name")
	assert.NotContains(t, all, " <b> ‹", "texts are inert")
	assert.Less(t, strings.Index(all, "welcome.half"), strings.Index(all, "menu.what"), "in the order of the talk")
	missing := b.get("/menus?only=missing").body
	assert.Contains(t, missing, `id="welcome.half"`)
	assert.NotContains(t, missing, `id="menu.what"`)
}
