package inbox_test

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"mitan/bot"
	"mitan/bot/inbox"
	"mitan/locales"
)

// pagesToLook are the pages whose look is tested: all that have a route of
// their own, conversations in their states, and what stands where one may not go.
func pagesToLook() []string {
	return append(inbox.PagePaths(),
		"/conversations/1", "/conversations/2", "/conversations/4", "/conversations/5", "/conversations/1?view=facts",
		"/conversations/4?answer=x", "/conversations/99", "/?tab=mine")
}

// axe-core finds nothing wrong, and the browser reports no breach of the
// policy, on each page for each role, in each language and theme. The themes
// differ in their colours only, so the dark one is looked at for those.
func TestNothingKeepsAnybodyOut(t *testing.T) {
	script, err := os.ReadFile("testdata/axe.js")
	require.NoError(t, err)
	for who := range 5 { // signed out, then each role
		t.Run("as "+logins[who], func(t *testing.T) {
			t.Parallel()
			w := newLookWorld(t)
			b := newTab(t, 1366, 768, "light")
			for _, lang := range locales.Langs() {
				b.enter(w, who, lang)
				for _, path := range pagesToLook() {
					if (who == 0) != (path == "/sign-in") {
						continue
					}
					b.open(w.url + path)
					b.run(string(script))
					assert.Empty(t, b.axe(`{}`), "%s in %s", path, lang)
					b.scheme("dark")
					assert.Empty(t, b.axe(`{ runOnly: ["color-contrast"] }`), "%s in %s, dark", path, lang)
					b.scheme("light")
				}
			}
			assert.Empty(t, b.brokenPolicy())
		})
	}
}

// Nothing is cut off: no letter of Devanagari above or below its line, no word
// of a button, and no page is wider than the screen.
func TestNoWordIsCutOff(t *testing.T) {
	sizes := []struct {
		name          string
		width, height int64
		letters       int64 // pixels of the browser's usual letters
	}{
		{"desk", 1366, 768, 16},
		{"low desk", 1366, 633, 16},
		{"phone", 390, 844, 16},
		{"small phone", 320, 568, 16},
		{"desk, letters of 200 %", 1366, 768, 32},
		{"phone, letters of 200 %", 390, 844, 32},
	}
	w := newLookWorld(t)
	b := newTab(t, 1366, 768, "light")
	for _, who := range []int{viewer, charge} {
		for _, lang := range locales.Langs() {
			b.enter(w, who, lang)
			for _, path := range pagesToLook() {
				b.open(w.url + path)
				for _, size := range sizes {
					b.size(size.width, size.height, size.letters)
					assert.Empty(t, b.value(cutOff), "%s as %s in %s, %s", path, logins[who], lang, size.name)
				}
				b.size(1366, 768, 16)
			}
		}
	}
}

// cutOff lists what is cut off on the page: text that is higher than the box
// that hides what sticks out, buttons and labels wider than their box, and
// whatever reaches beyond the screen.
const cutOff = `(() => {
	const found = [], name = e => e.tagName.toLowerCase() + (e.id ? "#" + e.id : "") + [...e.classList].map(c => "." + c).join("") + " «" + e.textContent.trim().slice(0, 40) + "»";
	for (const e of document.body.querySelectorAll("*")) {
		if (!e.checkVisibility() || e.closest(".hidden, .skip") || e.matches("option, svg *")) continue;
		const style = getComputedStyle(e);
		if (style.position === "absolute" && e.clientWidth <= 1) continue; // for screen readers only
		const words = [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim());
		if (words && ["hidden", "clip"].includes(style.overflowY) && e.scrollHeight > e.clientHeight + 1) found.push("too high: " + name(e) + " " + e.scrollHeight + ">" + e.clientHeight);
		if (e.matches(".btn, label, .chip, .badge, .tabs a, .rail a, .rail summary, .item, th, .count") && e.clientWidth && e.scrollWidth > e.clientWidth + 1 && style.textOverflow !== "ellipsis") found.push("too wide: " + name(e) + " " + e.scrollWidth + ">" + e.clientWidth);
		if (e.matches(".btn, .chip, .badge, .tabs a, .rail a, .rail summary, .item, .head, .top, .golden a") && e.scrollHeight > e.clientHeight + 1 && style.overflowY === "visible" && e.clientHeight && style.display !== "inline") {
			const box = e.getBoundingClientRect();
			for (const child of e.querySelectorAll("*")) {
				const inner = child.getBoundingClientRect();
				if (inner.height > 1 && !child.closest(".folded, .sure, .box, .hidden, .count") && child.checkVisibility() && (inner.top < box.top - 2 || inner.bottom > box.bottom + 2)) { found.push("sticks out: " + name(child) + " of " + name(e)); break; }
			}
		}
		const box = e.getBoundingClientRect();
		const scrolls = p => { for (; p; p = p.parentElement) if (["auto", "scroll", "hidden", "clip"].includes(getComputedStyle(p).overflowX)) return p; };
		const within = scrolls(e.parentElement);
		if (box.width > 1 && box.right > innerWidth + 1 && (!within || within === document.body || getComputedStyle(within).overflowX === "hidden") && !e.closest("details:not([open])")) found.push("off the screen: " + name(e));
	}
	if (document.documentElement.scrollWidth > innerWidth) found.push("the page scrolls sideways: " + document.documentElement.scrollWidth);
	return [...new Set(found)].slice(0, 8).join("\n");
})()`

// newLookWorld is a world with something of everything on its pages.
func newLookWorld(t *testing.T) *world {
	t.Helper()
	w := newWorld(t)
	require.NoError(t, w.Claim(t.Context(), w.officers[officer], sunita, false))
	w.chats()
	w.link.set(outages()[bot.LinkOffline])
	return w
}

// enter signs somebody in, 0 nobody, with a language.
func (b *tab) enter(w *world, who int, lang locales.Lang) {
	b.t.Helper()
	b.open(w.url + "/sign-in")
	post := func(path string, form string) {
		b.run(fmt.Sprintf(`fetch(%q, { method: "POST", body: new URLSearchParams(%s) }).then(() => { document.title = %q })`, path, form, path+form))
		b.until(fmt.Sprintf(`document.title === %q`, path+form))
	}
	post("/sign-out", `{}`)
	post("/language", fmt.Sprintf(`{ lang: %q, back: "/" }`, lang))
	if who != 0 {
		post("/sign-in", fmt.Sprintf(`{ login: %q, password: %q }`, logins[who], password))
	}
	b.mu.Lock()
	b.complaints = nil // signing out when nobody is in
	b.mu.Unlock()
}

// size gives the page a screen, and its letters a size.
func (b *tab) size(width, height, letters int64) {
	b.t.Helper()
	b.do(chromedp.EmulateViewport(width, height), chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
		_, err := cdp.Call(ctx, target, page.SetFontSizes, page.SetFontSizesParams{FontSizes: &page.FontSizes{Standard: letters, Fixed: letters - 3}})
		return err
	}))
	b.until(fmt.Sprintf(`innerWidth === %d && getComputedStyle(document.documentElement).fontSize === "%dpx"`, width, letters))
}

// scheme is what the device asks for: light or dark.
func (b *tab) scheme(scheme string) {
	b.t.Helper()
	b.do(chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
		_, err := cdp.Call(ctx, target, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
			Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}},
		})
		return err
	}))
}

// axe is what axe-core finds wrong on the page by its rules: those of WCAG A and
// AA, and its best practices, unless the options say otherwise.
func (b *tab) axe(options string) []string {
	b.t.Helper()
	b.run(`{ window.axed = ""; axe.run(document, { resultTypes: ["violations"], ...` + options + ` }).then(
		r => { window.axed = JSON.stringify(r.violations.map(v => v.id + ": " + v.nodes.slice(0, 3).map(n => n.target.join(" ") + " (" + n.failureSummary.split("\n").slice(1, 2).join("").trim() + ")").join("; "))) },
		e => { window.axed = JSON.stringify([String(e)]) }) }`)
	b.until(`window.axed`)
	var found []string
	require.NoError(b.t, json.Unmarshal([]byte(b.value(`window.axed`)), &found))
	return found
}

// brokenPolicy is what the browser reported of the Content-Security-Policy.
func (b *tab) brokenPolicy() []string {
	return slices.DeleteFunc(b.complained(), func(c string) bool {
		return !strings.Contains(c, "Content Security Policy") && !strings.Contains(c, "Trusted")
	})
}
