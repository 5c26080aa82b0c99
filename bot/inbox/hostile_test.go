package inbox_test

import (
	"html"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"mitan/bot"
)

// What a resident or an officer can write, in each place where it is shown.
func TestHostileWordsAreOnlyWords(t *testing.T) {
	attacks := []string{
		`<script>alert(1)</script>`, `"><img src=x onerror=alert(1)>`, `</textarea><script>alert(1)</script>`,
		`javascript:alert(1)`, `*<b onclick=alert(1)>bold</b>*`, `<a href="http://thief.example">tap</a>`, `{{.Officer.Password}}`,
	}
	places := func(w *world, attack string) { // what came with WhatsApp
		w.writes(bot.Message{Resident: sunita, Text: attack, ExternalID: attack, Edited: morning})
		w.writes(bot.Message{Resident: sunita, Text: attack, QuoteID: attack, Kind: bot.Edit})
		w.writes(bot.Message{Resident: sunita, QuoteID: attack, Kind: bot.Deletion})
		for _, kind := range []bot.MessageKind{bot.Reaction, bot.Vote, bot.Contact, bot.Location, bot.Other, bot.Unreadable, bot.ViewOnce, "unheard of " + bot.MessageKind(attack)} {
			w.writes(bot.Message{Resident: sunita, Text: attack, QuoteID: attack, Kind: kind})
		}
		w.ours(bot.ByBot, bot.Message{Resident: sunita, ExternalID: "poll", Kind: bot.Poll, Text: attack + "\n" + attack}, bot.Failed, attack)
		w.writes(bot.Message{Resident: sunita, Text: "1", QuoteID: "poll", Kind: bot.Vote})
		w.link.set(bot.Link{State: bot.LinkState(attack), Reason: attack, Number: attack, Code: attack, Since: morning})
		w.happened = []bot.LinkEvent{{At: morning, State: bot.LinkState(attack), Reason: attack}}
	}
	dangerous := regexp.MustCompile(`<script>|<img src=x|<b onclick|<a href="http|href="javascript`)
	for _, attack := range attacks {
		w := newWorld(t)
		w.amend(sunita, func(c *bot.Conversation) { c.Resident.Name, c.Resident.Phone = attack, attack })
		w.writes(bot.Message{Resident: sunita, Text: attack, ExternalID: "q"})
		w.writes(bot.Message{Resident: sunita, Text: attack, QuoteID: "q", Kind: bot.Document, Media: w.keep(9, attack, attack, []byte(attack))})
		places(w, attack)
		require.NoError(t, w.Claim(t.Context(), w.officers[officer], sunita, false))
		require.NoError(t, w.Note(t.Context(), w.officers[officer], sunita, attack))
		c := w.cases[sunita][0]
		c.Kind, c.Thana, c.Number, c.Victim.Name, c.Victim.Phone = attack, attack, attack, attack, attack
		c.Legs = []bot.Leg{{Bank: attack, UTR: attack}}
		c.Suspects = []bot.Suspect{{Type: attack, Value: attack}, {Type: "link", Value: attack}}
		w.cases[sunita] = []bot.Case{c}

		link := w.signedIn(t, charge).get("/link").body
		assert.Empty(t, dangerous.FindString(link), attack)
		assert.GreaterOrEqual(t, strings.Count(link, html.EscapeString(attack)), 4, "%s: it is shown, as words", attack)

		b := w.signedIn(t, officer)
		body := b.get("/conversations/1?answer=" + url.QueryEscape(attack)).body
		assert.Contains(t, body, `name="quote" value="`, "%s: it can be answered", attack)
		assert.Empty(t, dangerous.FindString(body), attack)
		assert.GreaterOrEqual(t, strings.Count(body, "alert(1)")+strings.Count(body, "thief.example")+strings.Count(body, "Officer.Password"), 20, "%s: it is shown, as words", attack)
		assert.NotContains(t, body, hash)
		refused := b.post("/conversations/1/reply", "text", strings.Repeat(attack, 4000/len(attack)+1)).body
		assert.Empty(t, dangerous.FindString(refused), "%s comes back as words", attack)
	}
}

func TestLinksOfSuspectsLeadNowhere(t *testing.T) {
	w := newWorld(t)
	w.says(sunita, morning, "http://bijli-bill-update.example/pay wa.me/919000000774")
	body := w.signedIn(t, officer).get("/conversations/1").body
	assert.Contains(t, body, "http://bijli-bill-update.example/pay")
	for _, link := range regexp.MustCompile(`<a [^>]*href="([^"]*)"`).FindAllStringSubmatch(body, -1) {
		assert.Regexp(t, `^(/|#)`, link[1])
		assert.NotContains(t, link[1], "example")
	}
}

func TestAFileNameCannotHideItsEnd(t *testing.T) {
	w := newWorld(t)
	w.writes(bot.Message{Resident: sunita, Kind: bot.Document, Media: w.keep(9, "photo\u202egpj.apk", "application/zip", nil)})
	body := w.signedIn(t, officer).get("/conversations/1").body
	assert.Contains(t, body, "photogpj.apk")
	assert.NotContains(t, body, "\u202e")
}

// A medium is served by the type of its bytes, whatever its sender claims.
func TestMediaByTheirType(t *testing.T) {
	tests := []struct {
		kind   string
		shown  bool // in the page, and by its own address
		inPage string
	}{
		{"image/png", true, "<img"},
		{"image/jpeg", true, "<img"},
		{"image/webp", true, "<img"},
		{"audio/ogg", true, "<audio"},
		{"audio/ogg; codecs=opus", true, "<audio"},
		{"image/svg+xml", false, ""},
		{"text/html; charset=utf-8", false, ""},
		{"application/pdf", false, ""},
		{"application/vnd.android.package-archive", false, ""},
		{"application/zip", false, ""},
		{"video/mp4", false, ""},
		{"application/xhtml+xml", false, ""},
		{"", false, ""},
		{"image/png\r\nX-Bad: yes", false, ""},
	}
	for _, test := range tests {
		t.Run(test.kind, func(t *testing.T) {
			w := newWorld(t)
			w.writes(bot.Message{Resident: ramesh, Kind: bot.Document, Media: w.keep(9, "bill.png", test.kind, []byte("<script>alert(1)</script>"))})
			b := w.signedIn(t, officer)
			page := b.get("/conversations/2").body
			assert.Equal(t, test.shown, strings.Contains(page, "/media/9"), "only what can be shown has an address in the page")
			assert.Contains(t, page, test.inPage)
			if !test.shown {
				assert.Contains(t, page, "SHA-256 3fa9c1d7")
			}
			got := b.get("/media/9")
			assert.Equal(t, "default-src 'none'; sandbox", got.Header.Get("Content-Security-Policy"))
			assert.Equal(t, "nosniff", got.Header.Get("X-Content-Type-Options"))
			assert.Empty(t, got.Header.Get("X-Bad"))
			if !test.shown {
				assert.Equal(t, "application/octet-stream", got.Header.Get("Content-Type"))
				assert.Equal(t, `attachment; filename="evidence-9.bin"`, got.Header.Get("Content-Disposition"))
			} else {
				assert.Empty(t, got.Header.Get("Content-Disposition"))
			}
		})
	}
}

func TestAMediumThatIsNotHere(t *testing.T) {
	for state, says := range map[bot.MediaState]string{bot.MediaPending: "Still being fetched", bot.MediaFailed: "Could not be fetched"} {
		w := newWorld(t)
		medium := w.keep(9, "x", "image/png", picture())
		medium.State = state
		w.writes(bot.Message{Resident: ramesh, Kind: bot.Image, Media: medium})
		b := w.signedIn(t, officer)
		assert.Contains(t, b.get("/conversations/2").body, says)
		assert.Equal(t, http.StatusNotFound, b.get("/media/9").StatusCode)
	}
}

// Safari asks for a recording in parts.
func TestARecordingInParts(t *testing.T) {
	w := newWorld(t)
	w.keep(2, "", "audio/ogg", []byte("OggS1234"))
	b := w.signedIn(t, officer)
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, w.url+"/media/2", http.NoBody)
	require.NoError(t, err)
	r.Header.Set("Range", "bytes=4-5")
	got := b.do(r)
	assert.Equal(t, http.StatusPartialContent, got.StatusCode)
	assert.Equal(t, "12", got.body)
}
