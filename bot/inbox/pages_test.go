package inbox_test

import (
	"compress/gzip"
	"io"
	"net/http"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/BurntSushi/toml"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"mitan/bot"
	"mitan/locales"
)

func words(t *testing.T, lang string) map[string]string {
	t.Helper()
	data, err := os.ReadFile("words/" + lang + ".toml")
	require.NoError(t, err)
	var found map[string]string
	require.NoError(t, toml.Unmarshal(data, &found))
	return found
}

var verb = regexp.MustCompile(`%[a-z]`)

func TestBothLanguagesHaveTheSameWords(t *testing.T) {
	hi, en := words(t, "hi"), words(t, "en")
	for key, text := range en {
		assert.NotEmpty(t, text, "en.toml: %s", key)
		if assert.NotEmpty(t, hi[key], "hi.toml: %s is missing", key) {
			assert.Equal(t, verb.FindAllString(text, -1), verb.FindAllString(hi[key], -1), "%s: both languages fill in the same", key)
		}
	}
	for key := range hi {
		assert.Contains(t, en, key, "en.toml: %s is missing", key)
	}
}

func TestEveryKeyInATemplateHasWords(t *testing.T) {
	en := words(t, "en")
	used := regexp.MustCompile(`\bt "([a-z0-9_.]+)"`)
	files, err := os.ReadDir("templates")
	require.NoError(t, err)
	for _, file := range files {
		data, err := os.ReadFile("templates/" + file.Name())
		require.NoError(t, err)
		for _, found := range used.FindAllStringSubmatch(string(data), -1) {
			assert.Contains(t, en, found[1], file.Name())
		}
	}
}

func TestWhatTheDataNamesHasWords(t *testing.T) {
	en := words(t, "en")
	var keys []string
	for _, reason := range []bot.EscalationReason{
		bot.ReasonLoss, bot.ReasonStalled, bot.ReasonAsked, bot.ReasonMisses, bot.ReasonCheck, bot.ReasonDanger, bot.ReasonSuicide,
		bot.ReasonBroken, bot.ReasonSilence, bot.ReasonUndeliver, bot.ReasonFlood, bot.ReasonErasure, bot.ReasonMessage,
		bot.ReasonVoice, bot.ReasonUnread, bot.ReasonOnLine,
	} {
		keys = append(keys, "reason."+string(reason))
	}
	for _, kind := range []bot.MessageKind{bot.Image, bot.Voice, bot.Video, bot.Document, bot.Location, bot.Contact, bot.Sticker, bot.Call, bot.Other, bot.ViewOnce, bot.Unreadable, bot.Poll, bot.Vote, bot.Edit, bot.Deletion, bot.Reaction} {
		keys = append(keys, "kind."+string(kind))
	}
	for _, d := range []bot.Delivery{bot.Queued, bot.Sent, bot.Delivered, bot.Read, bot.Failed, bot.Withdrawn} {
		keys = append(keys, "delivery."+string(d))
	}
	for _, state := range []bot.CaseState{bot.Draft, bot.Filed, bot.CaseClosed, bot.Abandoned, bot.Merged} {
		keys = append(keys, "case."+string(state))
	}
	for _, kind := range []string{"phone", "upi", "account", "ifsc", "link", "email", "handle", "app"} {
		keys = append(keys, "suspect."+kind)
	}
	for _, key := range keys {
		assert.Contains(t, en, key)
	}
}

// Each page, in each state that its template knows, in both languages.
func TestEachPageInBothLanguages(t *testing.T) {
	pages := []struct {
		name string
		who  int
		path string
		en   string
		hi   string
	}{
		{"sign-in", 0, "/sign-in", "For officers of the cyber helpline.", "साइबर हेल्पलाइन के अधिकारियों के लिए।"},
		{"queue", officer, "/", "In danger first, then least time left", "पहले ख़तरे में, फिर सबसे कम समय बाक़ी"},
		{"empty queue", officer, "/?tab=mine", "You hold no conversation.", "आपके पास कोई बातचीत नहीं है।"},
		{"a loss", officer, "/conversations/1", "left of the golden hour", "स्वर्णिम घंटे में बाक़ी"},
		{"its file", officer, "/conversations/1", "Kept as evidence. It cannot be opened here.", "सबूत में रखा है। यहाँ खोला नहीं जा सकता।"},
		{"its suspects", officer, "/conversations/1", "Never open or call these.", "न खोलें, न फ़ोन करें।"},
		{"nobody's", officer, "/conversations/2", "Claim the conversation to answer.", "जवाब देने के लिए बातचीत लीजिए।"},
		{"another's", officer, "/conversations/4", "HC राकेश यादव is answering.", "HC राकेश यादव जवाब दे रहे हैं।"},
		{"one's own", second, "/conversations/4", "Bot paused", "बॉट रुका है"},
		{"to take over", charge, "/conversations/4", "Take over", "अपने पास लें"},
		{"with the bot", officer, "/conversations/5", "The bot is answering", "बॉट जवाब दे रहा है"},
		{"for a viewer", viewer, "/conversations/1", "You can read here.", "आप यहाँ पढ़ सकते हैं।"},
		{"the live part", officer, "/conversations/1?part=live", "Unclaimed", "ख़ाली"},
		{"the link", charge, "/link", "once a week", "हफ़्ते में एक बार"},
		{"its events", charge, "/link", "Nothing has happened yet.", "अभी तक कुछ नहीं हुआ।"},
		{"its live part", charge, "/link?part=live", "In the last 30 days", "पिछले 30 दिनों में"},
		{"to answer", second, "/conversations/4", "up to 16 MB", "16 MB तक"},
		{"cases", officer, "/cases", "At least ₹", "कम से कम ₹"},
		{"no such cases", officer, "/cases?kind=sim", "No case is like this.", "ऐसा कोई केस नहीं है।"},
		{"a filter that cannot be read", officer, "/cases?least=x", "The amount could not be read", "रक़म समझ में नहीं आई"},
		{"a case", charge, "/cases/1", "in 3 other cases", "3 और केस में"},
		{"a case for a viewer", viewer, "/cases/1", "Each bank is asked to hold the money", "हर बैंक से पैसा रोकने को कहा"},
		{"to split", officer, "/cases/1", "It gets a number of its own.", "उसे अपना नंबर मिलेगा।"},
		{"a tapped message", officer, "/conversations/1?view=facts&pick=1005", "From this message", "इस मैसेज से"},
		{"for print", officer, "/cases/1/print", "Printed 22 November 2026, 01:27 by", "22 नवंबर 2026, 01:27 को SI मीना ठाकुर ने छापा"},
		{"search", officer, "/search", "Of a number the beginning or the end is enough.", "नंबर का आगे या पीछे का हिस्सा काफ़ी है।"},
		{"found", officer, "/search?q=सुनीता", "People", "लोग"},
		{"nothing found", officer, "/search?q=qqqq", "Nothing was found.", "कुछ नहीं मिला।"},
		{"dashboard", officer, "/dashboard", "Nothing in this period.", "इस समय में कुछ नहीं।"},
		{"dashboard for a viewer", viewer, "/dashboard", "Counts below 5 are hidden", "5 से कम की गिनती छिपाई गई है"},
		{"to send, to undo", second, "/conversations/4", "Transfer", "सौंपें"},
		{"a draft with scripts off", second, "/conversations/4", "Save draft", "अधूरा रखें"},
		{"handover", second, "/handover", "Hand everything over", "सब कुछ सौंपें"},
		{"nothing to hand over", officer, "/handover", "There is nothing to hand over.", "सौंपने को कुछ नहीं है।"},
		{"ready replies", charge, "/replies", "Answers that are often needed", "जो जवाब बार-बार लगते हैं"},
		{"a file to give out", charge, "/conversations/1", "Give it out", "जाँच के लिए दें"},
		{"giving it out", charge, "/media/3/release", "open it on a separate machine", "सिर्फ़ अलग मशीन पर खोलें"},
		{"the keys", officer, "/", "Turn single keys off", "एक अक्षर वाली कुंजियाँ बंद"},
		{"menus", charge, "/menus", "What the bot says", "बॉट क्या कहता है"},
		{"menus, looked for", charge, "/menus?q=1930", "report.call_now", "report.call_now"},
		{"menus, nothing found", charge, "/menus?q=qqq", "No message has these words", "इन शब्दों का कोई मैसेज नहीं मिला"},
		{"the account", officer, "/account", "Sign out everywhere else", "बाक़ी सब जगह साइन आउट"},
		{"locked", officer, "/unlock", "Where you were is kept.", "वह जगह रखी है।"},
		{"officers", admin, "/officers", "is made and shown once", "एक ही बार दिखेगा"},
		{"one officer", admin, "/officers/1", "Sign out all devices", "सब जगह साइन आउट करें"},
		{"oneself", admin, "/officers/4", "This is you.", "यह आप हैं।"},
		{"the thanas", charge, "/thanas", "of the own thana", "अपने थाने की"},
		{"the settings", admin, "/settings", "Numbers told to residents", "बताए जाने वाले नंबर"},
		{"the health", charge, "/health", "Running since", "कब से चल रहा है"},
		{"the audit", charge, "/audit", "The chain is whole", "कड़ी पूरी है"},
		{"a masked number", viewer, "/conversations/1", "Why do you need the number?", "नंबर क्यों चाहिए?"},
		{"not found", officer, "/conversations/99", "There is nothing here.", "यहाँ कुछ नहीं है।"},
	}
	w := newWorld(t)
	browsers := map[int]*browser{} // one each: an address may sign in only so often
	for _, page := range pages {
		if browsers[page.who] == nil {
			browsers[page.who] = w.signedIn(t, page.who)
		}
		b := browsers[page.who]
		for lang, want := range map[string]string{"en": page.en, "hi": page.hi} {
			b.post("/language", "lang", lang)
			got := b.get(page.path)
			assert.Contains(t, got.body, want, "%s in %s", page.name, lang)
			assert.NotContains(t, got.body, "%!", "%s in %s: something was not filled in", page.name, lang)
			assert.NotContains(t, got.body, "ZgotmplZ", "%s in %s: a value stands where it may not", page.name, lang)
			if !strings.Contains(page.path, "part=live") {
				assert.Contains(t, got.body, `<html lang="`+lang+`">`)
				assert.Contains(t, got.body, "<b>"+bot.DefaultUnit().Name(locales.Lang(lang))+"</b>", "%s in %s: whose helpline it is", page.name, lang)
			}
		}
	}
}

func TestTheLanguageIsTheOfficersChoice(t *testing.T) {
	b := newWorld(t).browser(t)
	for accept, want := range map[string]string{"hi-IN,hi;q=0.9,en;q=0.5": "hi", "en-IN,en;q=0.9": "en", "fr": "hi", "": "hi"} {
		b.lang = accept
		assert.Contains(t, b.get("/sign-in").body, `<html lang="`+want+`">`, accept)
	}
	b.lang = "en"
	moved := b.post("/language", "lang", "hi", "back", "https://elsewhere.example/")
	assert.Equal(t, "/", moved.Header.Get("Location"), "it leads nowhere else")
	assert.Contains(t, b.get("/sign-in").body, `<html lang="hi">`, "the choice is kept")
}

// No style and no script stands in a page, and nothing is loaded from elsewhere.
func TestPagesHoldNoCodeAndNoForeignAddress(t *testing.T) {
	w := newWorld(t)
	b := w.signedIn(t, charge)
	inline := regexp.MustCompile(`(?i)<style|\sstyle=|\son[a-z]+=|javascript:|<script(?: [^>]*)?>[^<]`)
	foreign := regexp.MustCompile(`(?i)(?:src|href|action)="(?:https?:)?//`)
	w.figures = someFigures(morning)
	for _, path := range []string{"/cases", "/cases/1", "/cases/1/print", "/search?q=0210", "/dashboard", "/", "/conversations/1", "/conversations/4", "/conversations/99", "/link", "/menus?part=all", "/handover", "/replies"} {
		body := b.get(path).body
		assert.Empty(t, inline.FindString(body), path)
		assert.Empty(t, foreign.FindString(body), path)
	}
}

func TestStaticFilesAreKeptOnlyByTheirVersion(t *testing.T) {
	w := newWorld(t)
	b := w.browser(t)
	address := regexp.MustCompile(`/static/live\.js\?v=[0-9a-f]+`).FindString(b.get("/sign-in").body)
	require.NotEmpty(t, address)
	assert.Contains(t, b.get(address).Header.Get("Cache-Control"), "immutable")
	assert.Equal(t, "no-cache", b.get("/static/live.js").Header.Get("Cache-Control"))
	assert.Equal(t, "no-cache", b.get("/static/live.js?v=old").Header.Get("Cache-Control"))
	for _, file := range regexp.MustCompile(`/static/[^"?#]+`).FindAllString(b.get("/sign-in").body, -1) {
		assert.Equal(t, http.StatusOK, b.get(file).StatusCode, file)
	}
}

func TestStaticFilesAreSmallOnTheWire(t *testing.T) {
	w := newWorld(t)
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, w.url+"/static/icons.svg", nil)
	require.NoError(t, err)
	r.Header.Set("Accept-Encoding", "gzip")
	got := w.browser(t).do(r)
	assert.Equal(t, "gzip", got.Header.Get("Content-Encoding"))
	whole, err := os.ReadFile("static/icons.svg")
	require.NoError(t, err)
	assert.Less(t, len(got.body), len(whole)/2)
	z, err := gzip.NewReader(strings.NewReader(got.body))
	require.NoError(t, err)
	again, err := io.ReadAll(z)
	require.NoError(t, err)
	assert.Equal(t, string(whole), string(again))
}

func TestEveryIconIsInTheSprite(t *testing.T) {
	sprite, err := os.ReadFile("static/icons.svg")
	require.NoError(t, err)
	files, err := os.ReadDir("templates")
	require.NoError(t, err)
	for _, file := range files {
		data, err := os.ReadFile("templates/" + file.Name())
		require.NoError(t, err)
		for _, found := range regexp.MustCompile(`icon "([a-z-]+)"`).FindAllStringSubmatch(string(data), -1) {
			assert.Contains(t, string(sprite), `id="`+found[1]+`"`, file.Name())
		}
	}
}
