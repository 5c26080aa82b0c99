package inbox_test

import (
	"os"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"mitan/bot"
)

// The link breaks and comes back while pages are open, and the officer in
// charge links a phone.
func TestTheLinkInABrowser(t *testing.T) {
	w := newWorld(t)
	b := newTab(t, 1366, 768, "light")
	b.signIn(w, charge)
	b.until(isLive)
	const stripSays = `document.querySelector("#strip").innerText`
	b.until(stripSays + ` === ""`)
	b.until(`window.strip = document.querySelector("#strip")`)
	w.link.set(outages()[bot.LinkLoggedOut])
	b.until(stripSays + `.includes("logged out")`)
	w.link.set(back())
	b.until(stripSays + ` === ""`)
	b.until(`window.strip === document.querySelector("#strip")`) // so that it is read out

	w.link.set(outages()[bot.LinkLoggedOut])
	b.shows(`#strip a`)
	b.click(`#strip a`)
	b.shows(`#link-start`)
	b.until(isLive)
	b.click(`#link-start`)
	const codeShown = `document.querySelector("#link-code img")?.naturalWidth > 100 && document.querySelector("#link-code img").src`
	b.until(codeShown)
	first := b.value(codeShown)
	link := w.link.Link()
	link.Code, link.CodeUntil = "2@second", w.clock.Now().Add(40*time.Second)
	w.link.set(link)
	b.until(codeShown + ` !== ` + strconv.Quote(first) + ` && ` + codeShown)
	w.link.set(back())
	b.until(`document.querySelector("#link-state").innerText.includes("+91 90000 00100")`)
	b.until(`!document.querySelector("#link-code img") && ` + stripSays + ` === ""`)
	assert.Equal(t, []string{"sign_in", "link_start"}, w.actions())
	assert.Empty(t, b.complained(), "no violation of the policy and no script error")
}

// An officer answers a message while words are being written, and sends a file.
func TestAQuoteAndAFileInABrowser(t *testing.T) {
	w := newWorld(t)
	w.writes(bot.Message{Resident: ramesh, ExternalID: "money", Text: "15000 रुपये गए"})
	require.NoError(t, w.Claim(t.Context(), w.officers[officer], ramesh, false))
	small, large := filepath.Join(t.TempDir(), "form.png"), filepath.Join(t.TempDir(), "large.pdf")
	require.NoError(t, os.WriteFile(small, picture(), 0o600))
	require.NoError(t, os.WriteFile(large, make([]byte, mostFile+1), 0o600))
	b := newTab(t, 390, 844, "light")
	b.signIn(w, officer)
	b.open(w.url + "/conversations/2")
	b.until(isLiveOnPhone)
	b.write(`textarea[name=text]`, "किस बैंक से?")
	b.upload(`input[type=file]`, large)
	b.until(`document.querySelector("input[type=file]").validationMessage.includes("16 MB")`)
	b.upload(`input[type=file]`, small)
	b.until(`document.querySelector("input[type=file]").validationMessage === ""`)

	b.click(`a.answer`)
	b.until(`document.querySelector("input[name=quote]")?.value === "money"`)
	b.until(`location.search.includes("answer=money") && document.activeElement.name === "text"`)
	b.until(`document.querySelector("textarea[name=text]").value === "किस बैंक से?" && document.querySelector("input[type=file]").files[0]?.name === "form.png"`)
	b.click(`.answering a.answer`)
	b.until(`!document.querySelector("input[name=quote]") && document.querySelector("textarea[name=text]").value === "किस बैंक से?"`)
	b.click(`.entry a.answer`)
	b.shows(`input[name=quote]`)
	b.click(`.write.reply button`)
	b.until(`document.querySelector(".entry.out img")?.naturalWidth === 120`)
	sent := b.text(".entry.out")
	assert.Contains(t, sent, "15000 रुपये गए")
	assert.Contains(t, sent, "किस बैंक से?")
	assert.Equal(t, "money", w.last(ramesh).QuoteID)
	assert.Equal(t, bot.Image, w.last(ramesh).Kind)

	b.until(isLiveOnPhone)
	w.amend(ramesh, func(c *bot.Conversation) { c.Resident.Changed = ago(5) })
	b.shows(`#identity button`)
	b.click(`#identity button`)
	b.until(`document.querySelector("#identity").childElementCount === 0`)
	assert.Equal(t, []string{"claim", "sign_in", "reply", "confirm_identity"}, w.actions())
	assert.Empty(t, b.complained())
}

// Linking, answering and sending a file need no script.
func TestQuotesFilesAndLinkingWithScriptsOff(t *testing.T) {
	w := newWorld(t)
	w.writes(bot.Message{Resident: ramesh, ExternalID: "money", Text: "15000 रुपये गए"})
	require.NoError(t, w.Claim(t.Context(), w.officers[charge], ramesh, false))
	w.link.set(outages()[bot.LinkNone])
	file := filepath.Join(t.TempDir(), "form.png")
	require.NoError(t, os.WriteFile(file, picture(), 0o600))
	b := newTab(t, 1366, 768, "dark")
	b.scriptsOff()
	b.signIn(w, charge)
	b.open(w.url + "/conversations/2")
	b.shows(`#strip p`)
	b.click(`.entry a.answer`)
	b.shows(`input[name=quote]`)
	b.upload(`input[type=file]`, file)
	b.click(`.write.reply button`)
	b.shows(`.entry.out img`)
	assert.Equal(t, "money", w.last(ramesh).QuoteID)
	b.click(`#strip a`)
	b.shows(`#link-start`)
	b.click(`#link-start`)
	b.until(`document.querySelector("#link-code img")?.naturalWidth > 100`)
	w.link.set(back())
	b.until(`document.querySelector("#link-state").innerText.includes("+91 90000 00100")`) // it loads itself again
	assert.Empty(t, b.complained())
}
