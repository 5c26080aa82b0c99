package inbox_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"mitan/bot"
	"mitan/locales"
)

// The golden hour runs down as a bar in the head of the conversation and in the
// facts; with scripts off it stands as it was when the page was made.
func TestTheGoldenHourRunsDownAsABar(t *testing.T) {
	w := newWorld(t)
	const bar = `document.querySelector("#head .track")`
	still := newTab(t, 390, 844, "light")
	still.scriptsOff()
	still.signIn(w, officer)
	still.open(w.url + "/conversations/1")
	left := still.value(`String(` + bar + `.value) + " of " + ` + bar + `.max`)
	assert.Equal(t, "1620 of 3600", left, "27 minutes: the last money went 33 minutes ago")
	assert.Equal(t, "27:00", still.text(`#switch .chip`))
	still.open(w.url + "/conversations/2")
	still.until(`document.querySelector("#who") && !` + bar)

	b := newTab(t, 1366, 768, "light")
	b.signIn(w, officer)
	b.open(w.url + "/conversations/1")
	b.until(bar + `.value < 1618 && document.querySelector("#facts .track").value < 1618`)
	b.until(`document.querySelector("#facts .ends").innerText.match(/00:54\s+01:54/)`)
}

// The ready replies stand in the language that the resident reads. The officer
// may switch, with scripts off, too.
func TestReadyRepliesFollowTheLanguageOfTheResident(t *testing.T) {
	w := newWorld(t)
	w.readies(bot.ReadyReply{Name: "otp", Hi: "ओटीपी किसी को न बताएँ", En: "Tell nobody the OTP"})
	require.NoError(t, w.Claim(t.Context(), w.officers[officer], sunita, false))
	b := newTab(t, 390, 844, "light")
	b.scriptsOff()
	b.signIn(w, officer)
	b.open(w.url + "/conversations/1")
	assert.Equal(t, "The resident reads Hindi.", b.value(`document.querySelector(".inlang").title`))
	b.click(`#ready summary`)
	const shown = `[...document.querySelectorAll("#ready a.pick")].filter(one => one.checkVisibility()).map(one => one.lang).join()`
	assert.Equal(t, "hi", b.value(shown))
	b.click(`.inlang label[lang=en]`)
	b.until(shown + ` === "en"`)
	b.run(`document.querySelector("#ready").open = true`)
	b.click(`#ready a.pick[lang=en]`)
	b.until(`document.querySelector("` + replyField + `").value === "Tell nobody the OTP"`)

	b = newTab(t, 390, 844, "light")
	b.signInAs(w.url, logins[second])
	b.open(w.url + "/conversations/4")
	assert.Equal(t, "en", b.value(`document.querySelector("[name=inlang]:checked").value`), "Kavita reads English")
}

// With ready replies, a golden hour and an offer of both languages, nothing in
// the head and the composer is cut off or hard to read.
func TestTheHeadAndTheComposerFitEachScreen(t *testing.T) {
	script, err := os.ReadFile("testdata/axe.js")
	require.NoError(t, err)
	w := newWorld(t)
	w.readies(bot.ReadyReply{Name: "otp", Hi: "ओटीपी किसी को न बताएँ", En: "Tell nobody the OTP"})
	require.NoError(t, w.Claim(t.Context(), w.officers[officer], sunita, false))
	b := newTab(t, 1366, 768, "light")
	for _, lang := range locales.Langs() {
		b.enter(w, officer, lang)
		b.open(w.url + "/conversations/1")
		b.run(string(script))
		for name, size := range map[string][3]int64{"desk": {1366, 768, 16}, "phone": {390, 844, 16}, "small": {320, 568, 16}, "large": {390, 844, 32}} {
			b.size(size[0], size[1], size[2])
			assert.Empty(t, b.value(cutOff), "%s in %s", name, lang)
			for _, scheme := range []string{"dark", "light"} {
				b.scheme(scheme)
				assert.Empty(t, b.axe(`{}`), "%s in %s, %s", name, lang, scheme)
				if dir := os.Getenv("MITAN_SHOTS"); dir != "" {
					require.NoError(t, os.WriteFile(filepath.Join(dir, "head-"+name+"-"+scheme+"-"+string(lang)+".png"), b.picture(), 0o600))
				}
			}
		}
		b.size(1366, 768, 16)
	}
}
