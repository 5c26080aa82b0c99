package inbox_test

import (
	"os"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const addSuspect = `#facts details.add:has(input[name=value])`

// another is one more tab of the same browser, with the same cookies, in a
// window of its own unless an option says otherwise.
func (b *tab) another(options ...chromedp.ContextOption) *tab {
	b.t.Helper()
	ctx, cancel := chromedp.NewContext(b.ctx, options...)
	b.t.Cleanup(cancel)
	other := &tab{t: b.t, ctx: ctx}
	require.NoError(b.t, chromedp.Listen(ctx, other.listen))
	other.do(chromedp.EmulateViewport(1366, 768))
	return other
}

// unlock gives the password at the lock.
func (b *tab) unlock() {
	b.t.Helper()
	b.write(`input[name=password]`, password)
	b.click(`form[action="/unlock"] button`)
}

// The server has locked while an officer typed a fact of a case: it is not on
// the lock, and comes back after the password to be saved.
func TestAFactThatMetTheLockComesBackAfterThePassword(t *testing.T) {
	w := newWorld(t)
	b := newTab(t, 1366, 768, "light")
	b.signIn(w, officer)
	b.open(w.url + "/conversations/1")
	b.until(isLive)
	b.click(addSuspect + ` > summary`)
	b.write(addSuspect+` input[name=value]`, "kyc.help@exampleupi")
	b.run(`document.querySelector('` + addSuspect + ` select').value = "upi"`)
	w.clock.Set(w.clock.Now().Add(11 * time.Minute))
	b.click(addSuspect + ` button[type=submit]`)
	b.shows(`body.locked`)
	assert.NotContains(t, b.value(`location.href + document.documentElement.outerHTML`), "kyc.help")
	b.unlock()
	b.until(`location.pathname === "/unlock/kept"`)
	assert.Equal(t, "kyc.help@exampleupi", b.value(`document.querySelector("main [name=value]").value`))
	script, err := os.ReadFile("testdata/axe.js")
	require.NoError(t, err)
	b.run(string(script))
	assert.Empty(t, b.axe(`{}`))
	assert.Empty(t, b.value(cutOff))
	b.click(`main button.pri`)
	b.until(`location.pathname === "/conversations/1" && document.querySelector("#facts .suspects").innerText.includes("kyc.help@exampleupi")`)
	assert.NotContains(t, w.log.String(), "kyc.help")
	b.open(w.url + "/unlock/kept")
	b.until(`location.pathname === "/"`)
}

// One tab is locked by its button: the other leaves the screen by itself, and
// what was half written there comes back. Where one is opened, both are.
func TestALockInOneTabLocksTheOthers(t *testing.T) {
	w := newWorld(t)
	b := newTab(t, 1366, 768, "light")
	b.signIn(w, officer)
	other := b.another()
	other.open(w.url + "/conversations/1")
	other.until(isLive)
	other.click(addSuspect + ` > summary`)
	other.write(addSuspect+` input[name=value]`, "kyc.help@exampleupi")
	b.until(isLive)
	b.click(`form.wide-only[action="/lock"] button`)
	b.shows(`body.locked`)
	other.shows(`body.locked`)
	assert.NotContains(t, other.value(`document.documentElement.outerHTML`), "सुनीता")
	b.unlock()
	b.until(`location.pathname === "/unlock/kept"`)
	assert.Equal(t, "kyc.help@exampleupi", b.value(`document.querySelector("main [name=value]").value`))
	other.until(`location.pathname === "/conversations/1"`)
	assert.Empty(t, other.complained())
	assert.Equal(t, []string{"sign_in", "lock", "unlock"}, w.actions(), "it is one lock")
}
