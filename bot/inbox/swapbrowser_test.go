package inbox_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"mitan/bot"
)

// The page is loaded once; conversations, claims, notes and replies go in and
// out of it, with the address and the browser's way back right.
func TestTheDeskIsLoadedOnce(t *testing.T) {
	w := newWorld(t)
	b := newTab(t, 1366, 768, "light")
	b.signIn(w, officer)
	b.until(isLive)
	b.run(`window.stayed = true`)
	b.click(`#r1 a`)
	b.shows(`form[action^="/conversations/1/claim"]`)
	assert.Equal(t, "/conversations/1?tab=all", b.value(`location.pathname + location.search`))
	b.until(`document.activeElement.id === "conversation"`)
	b.click(`form[action^="/conversations/1/claim"] button`)
	b.shows(`.state.mine`)
	b.write(`textarea[name=text]`, "ऐप को अभी मत खोलिए।")
	path := filepath.Join(t.TempDir(), "form.pdf")
	require.NoError(t, os.WriteFile(path, []byte("%PDF-1.7\n"), 0o600))
	b.upload(`.attach input[type=file]`, path)
	b.click(`.write.reply button.send`)
	b.shows(`.entry.out .file.ours`)
	b.until(`document.querySelector("textarea[name=text]").value === ""`)
	b.click(`#r2 a`)
	b.until(`document.querySelector("#who").innerText === "रमेश पटेल"`)
	b.until(`document.querySelector("#r2").classList.contains("selected") && !document.querySelector("#r1").classList.contains("selected")`)
	w.writes(botMessage(ramesh, "कोई है?"))
	b.until(`[...document.querySelectorAll(".entry.in")].pop().innerText.includes("कोई है?")`)
	assert.Equal(t, "true", b.value(`String(window.stayed)`), "the page was not loaded again")
	b.run(`history.back()`)
	b.until(`document.querySelector("#who")?.innerText === "सुनीता देवी"`)
	assert.Empty(t, b.complained())
}

// What is written to one resident never stands in the field of another.
func TestWordsDoNotMoveToAnotherConversation(t *testing.T) {
	w := newWorld(t)
	for _, resident := range []int64{sunita, ramesh} {
		require.NoError(t, w.Claim(t.Context(), w.officers[officer], resident, false))
	}
	b := newTab(t, 1366, 768, "light")
	b.signIn(w, officer)
	b.click(`#r1 a`)
	b.shows(`.write.reply`)
	b.write(`textarea[name=text]`, "केवल सुनीता के लिए")
	b.click(`#r2 a`)
	b.until(`document.querySelector("#who").innerText === "रमेश पटेल"`)
	assert.NotContains(t, b.value(`document.querySelector("textarea[name=text]").value`), "सुनीता")
	assert.Empty(t, b.complained())
}

// A reply that finds the officer signed out shows the sign-in with the words.
func TestWordsAreGivenBackAtTheSignIn(t *testing.T) {
	w := newWorld(t)
	require.NoError(t, w.Claim(t.Context(), w.officers[officer], sunita, false))
	b := newTab(t, 1366, 768, "light")
	b.signIn(w, officer)
	b.click(`#r1 a`)
	b.shows(`.write.reply`)
	b.write(`textarea[name=text]`, "लंबा जवाब")
	w.office.mu.Lock()
	clear(w.office.sessions)
	w.office.mu.Unlock()
	b.click(`.write.reply button.send`)
	b.shows(`input[name=password]`)
	b.until(`document.querySelector("textarea[readonly]").value.includes("लंबा जवाब")`)
}

// Where the server is not reached, the words stay and can be sent again.
func TestWordsStayWhereTheServerIsNotReached(t *testing.T) {
	w := newWorld(t)
	require.NoError(t, w.Claim(t.Context(), w.officers[officer], sunita, false))
	b := newTab(t, 1366, 768, "light")
	b.signIn(w, officer)
	b.click(`#r1 a`)
	b.shows(`.write.reply`)
	b.write(`textarea[name=text]`, "जा रहा है?")
	b.offline(true)
	b.click(`.write.reply button.send`)
	b.shows(`#unreached`)
	assert.Equal(t, "जा रहा है?", b.value(`document.querySelector("textarea[name=text]").value`))
	b.offline(false)
	b.click(`.write.reply button.send`)
	b.shows(`.entry.out`)
	sent, err := w.Thread(t.Context(), sunita, 0, 100)
	require.NoError(t, err)
	count := 0
	for _, m := range sent {
		if m.By == bot.ByOfficer {
			count++
		}
	}
	assert.Equal(t, 1, count, "sent once")
}

// run runs a script in the page.
func (b *tab) run(script string) {
	b.t.Helper()
	_, err := chromedp.Run(b.ctx, chromedp.Evaluate[chromedp.Void](script))
	require.NoError(b.t, err)
}
