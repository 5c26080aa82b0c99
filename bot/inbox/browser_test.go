package inbox_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"mitan/bot"
)

const isLive = `!document.querySelector("#live").hidden && !document.querySelector("#live").classList.contains("lost")`

// An officer signs in, sees the queue, claims, answers, leaves a note, sees
// what the resident writes without loading the page again, and closes.
func TestAnOfficerAtWorkInABrowser(t *testing.T) {
	w := newWorld(t)
	b := newTab(t, 1366, 768, "light")
	b.signIn(w, officer)
	b.until(isLive)
	queue := b.value(`document.querySelector("#queue").innerText`)
	for _, name := range []string{"सुनीता देवी", "रमेश पटेल", "गीता बाई", "Kavita Nair"} {
		assert.Contains(t, queue, name)
	}
	b.until(isLive)
	b.click(`#r1 a`)
	b.click(`form[action^="/conversations/1/claim"] button`)
	b.shows(`.state.mine`)
	b.write(`textarea[name=text]`, "ऐप को अभी मत खोलिए।")
	b.click(`.write.reply button`)
	b.shows(`.entry.out`)
	assert.Contains(t, b.text(".entry.out"), "ऐप को अभी मत खोलिए।")

	b.click(`label.of-note`)
	b.write(`textarea[name=note]`, "नोडल को फ़ोन किया")
	b.click(`.write.note button`)
	b.until(`document.querySelectorAll(".entry.note").length === 2`)

	b.until(isLive)
	b.write(`textarea[name=text]`, "अधूरा")
	w.writes(botMessage(sunita, "जी, कर दिया"))
	b.until(`[...document.querySelectorAll(".entry.in")].pop().innerText.includes("जी, कर दिया")`)
	b.until(`document.querySelector("textarea[name=text]").value === "अधूरा"`)
	assert.Eventually(t, func() bool {
		c, err := w.Conversation(t.Context(), sunita)
		return err == nil && c.Unread == 0
	}, patience, 50*time.Millisecond, "what an open page shows is seen")

	b.click(`#ask-close summary`)
	b.click(`form[action^="/conversations/1/close"] button`)
	b.until(`!document.querySelector(".state.mine")`)
	assert.Equal(t, []string{"sign_in", "claim", "reply", "note", "close"}, w.actions())
	assert.Empty(t, b.complained(), "no violation of the policy and no script error")
}

// Another officer takes the conversation over while a reply is being written:
// the words stay, and can be copied, but not sent.
func TestWordsStayWhenAnotherTakesOver(t *testing.T) {
	w := newWorld(t)
	require.NoError(t, w.Claim(t.Context(), w.officers[officer], sunita, false))
	b := newTab(t, 390, 844, "dark")
	b.signIn(w, officer)
	b.open(w.url + "/conversations/1")
	b.until(isLiveOnPhone)
	b.write(`textarea[name=text]`, "आधा लिखा जवाब")
	require.NoError(t, w.Claim(t.Context(), w.officers[charge], sunita, true))
	b.until(`!document.querySelector(".write.reply")`)
	b.until(`[...document.querySelectorAll("textarea[readonly]")].some(field => field.value === "आधा लिखा जवाब")`)
	assert.Empty(t, b.complained())
}

// Signing in, reading, claiming and answering need no script.
func TestAnOfficerAtWorkWithScriptsOff(t *testing.T) {
	w := newWorld(t)
	b := newTab(t, 390, 844, "light")
	b.scriptsOff()
	b.signIn(w, officer)
	b.click(`#r1 a`)
	b.shows(`#thread`)
	b.click(`form[action^="/conversations/1/claim"] button`)
	b.shows(`.state.mine`)
	b.write(`textarea[name=text]`, "ऐप को अभी मत खोलिए।")
	b.click(`.write.reply button`)
	b.shows(`.entry.out`)
	b.click(`label.of-note`)
	b.write(`textarea[name=note]`, "नोडल को फ़ोन किया")
	b.click(`.write.note button`)
	b.until(`document.querySelectorAll(".entry.note").length === 2`)
	b.until(`document.querySelector("#live").hidden`)
	assert.Equal(t, []string{"sign_in", "claim", "reply", "note"}, w.actions())
}

const isLiveOnPhone = `!document.querySelector("#live").hidden`

// The pictures are for people to look at: set MITAN_SHOTS to a folder.
func TestPicturesOfThePages(t *testing.T) {
	dir := os.Getenv("MITAN_SHOTS")
	if dir == "" {
		t.Skip("MITAN_SHOTS names no folder for the pictures")
	}
	for size, wh := range map[string][2]int64{"desk": {1366, 768}, "phone": {390, 844}, "small": {320, 568}} {
		for _, scheme := range []string{"light", "dark"} {
			b := newTab(t, wh[0], wh[1], scheme)
			for _, lang := range []string{"en", "hi"} {
				shootPages(t, b, lang, func(page string) {
					b.do(chromedp.Sleep(300 * time.Millisecond))
					name := strings.Join([]string{size, page, scheme, lang}, "-") + ".png"
					require.NoError(t, os.WriteFile(filepath.Join(dir, name), b.picture(), 0o600))
				})
			}
			assert.Empty(t, b.complained())
		}
	}
}

func shootPages(t *testing.T, b *tab, lang string, shoot func(page string)) {
	w := newWorld(t)
	require.NoError(t, w.Claim(t.Context(), w.officers[officer], sunita, false))
	b.open(w.url + "/sign-in")
	if lang != "en" { // the headless browser asks for English
		b.click(`form[action="/language"] button`)
		b.until(`document.documentElement.lang === "` + lang + `"`)
	}
	shoot("signin")
	b.signIn(w, officer)
	shoot("queue")
	b.open(w.url + "/conversations/1")
	shoot("chat")
	_, err := chromedp.Run(b.ctx, chromedp.Evaluate[chromedp.Void](`document.querySelector("#thread").scrollTop = 330`))
	require.NoError(t, err)
	shoot("media")
	b.open(w.url + "/conversations/4")
	shoot("other")
	b.open(w.url + "/conversations/1?view=facts")
	shoot("facts")
	shootTeam(t, b, w, shoot)
	shootKinds(t, b, w, shoot)
	shootLink(b, w, shoot)
}

// shootKinds takes the thread with all that WhatsApp can carry, from its
// beginning to its end, while the link is down.
func shootKinds(t *testing.T, b *tab, w *world, shoot func(page string)) {
	w.chats()
	w.link.set(outages()[bot.LinkOffline])
	b.open(w.url + "/conversations/2?answer=first")
	shoot("kinds-end")
	for part, up := range map[string]string{"kinds-1": "-9999", "kinds-2": "-1700", "kinds-3": "-1250", "kinds-4": "-800", "kinds-5": "-400"} {
		_, err := chromedp.Run(b.ctx, chromedp.Evaluate[chromedp.Void](`{ const t = document.querySelector("#thread"); t.scrollTop = t.scrollHeight - t.clientHeight + `+up+` }`))
		require.NoError(t, err)
		shoot(part)
	}
}

// shootLink takes the page of the link in each state.
func shootLink(b *tab, w *world, shoot func(page string)) {
	w.happened = []bot.LinkEvent{
		{At: ago(15), State: bot.LinkAlerted},
		{At: ago(16), State: bot.LinkLoggedOut, Reason: "401"},
		{At: ago(60 * 30), State: bot.LinkOnline},
		{At: ago(60*30 + 4), State: bot.LinkOffline},
		{At: ago(60 * 24 * 20), State: bot.LinkOnline},
	}
	w.undelivered = 3
	b.open(w.url + "/")
	b.run(`document.querySelector('form[action="/sign-out"] button').click()`) // it is folded away
	b.shows(`input[name=login]`)
	b.signIn(w, charge)
	links := outages()
	links[bot.LinkOnline] = online()
	links[bot.LinkConnecting] = bot.Link{State: bot.LinkConnecting, Since: ago(2), Number: "9000000100"}
	code := links[bot.LinkLoggedOut]
	code.Code, code.CodeUntil = "2@"+strings.Repeat("aB3+/", 44), w.clock.Now().Add(17*time.Second)
	links["code"] = code
	for state, link := range links {
		w.link.set(link)
		b.open(w.url + "/link")
		shoot("link-" + string(state))
	}
}
