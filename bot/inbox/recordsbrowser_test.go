package inbox_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"mitan/bot"
)

// An officer puts what a resident wrote into the facts while a reply is half
// written: the facts change, and the words stay.
func TestFactsAreFilledBesideAHalfWrittenReply(t *testing.T) {
	w := newWorld(t)
	require.NoError(t, w.Claim(t.Context(), w.officers[officer], sunita, false))
	id := w.writes(bot.Message{Resident: sunita, Text: "UTR 632118906677, 9000000888 se call aaya"})
	b := newTab(t, 1366, 768, "light")
	b.signIn(w, officer)
	b.open(w.url + "/conversations/1?view=facts&pick=" + itoa(id))
	b.until(isLive)
	b.write(`textarea[name=text]`, "ऐप को")
	b.click(`#pick button[value=suspect_add]`)
	b.until(`document.querySelector(".suspects").innerText.includes("9000000888")`)
	b.until(`document.querySelectorAll("#pick .badge.good").length === 1`)
	b.click(`#facts button[name=done]`)
	b.until(`document.querySelector("#facts [role=checkbox]").ariaChecked === "true"`)
	b.click(`.edit.add summary`)
	b.write(`.edit.add[open] input[name=bank]`, "SBI")
	w.writes(botMessage(sunita, "जल्दी कीजिए"))
	b.until(`[...document.querySelectorAll(".entry.in")].pop().innerText.includes("जल्दी कीजिए")`)
	b.until(`document.querySelector(".edit.add[open] input[name=bank]").value === "SBI"`)
	b.until(`document.querySelector("textarea[name=text]").value === "ऐप को"`)
	b.click(`.edit.add[open] button[value=leg_add]`)
	b.until(`document.querySelector(".legs").innerText.includes("SBI")`)
	b.until(`document.querySelector("textarea[name=text]").value === "ऐप को"`)
	assert.Empty(t, b.complained())
}

// The same without scripts, to the case's own page and back.
func TestACaseIsAmendedWithScriptsOff(t *testing.T) {
	w := newWorld(t)
	b := newTab(t, 390, 844, "light")
	b.scriptsOff()
	b.signIn(w, officer)
	b.open(w.url + "/cases/1")
	b.click(`#main .legs .edit summary`)
	b.write(`#main .legs .edit[open] input[name=utr]`, "X")
	b.click(`#main .legs .edit[open] button[value=leg]`)
	b.until(`document.querySelector(".legs").innerText.includes("X")`)
	b.click(`#main .todo button`)
	b.until(`document.querySelector(".todo [role=checkbox]").getAttribute("aria-checked") === "true"`)
	assert.Empty(t, b.complained())
}
