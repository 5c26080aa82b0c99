package inbox_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/webauthn"
	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"mitan/bot"
)

// signInAs signs in by the form.
func (b *tab) signInAs(url, login string) {
	b.t.Helper()
	b.open(url + "/sign-in")
	b.write(`input[name=login]`, login)
	b.write(`input[name=password]`, password)
	b.click(`form[action="/sign-in"] button`)
	b.shows(`.rail`)
}

// Nobody touches the page for ten minutes: what is on the screen goes away, and
// comes back with the password alone, with the words that were being written.
func TestAnIdlePageLocksItself(t *testing.T) {
	w := newWorld(t)
	require.NoError(t, w.Claim(t.Context(), w.officers[officer], sunita, false))
	b := newTab(t, 1366, 768, "light")
	b.signIn(w, officer)
	b.open(w.url + "/conversations/1")
	b.until(isLive)
	b.write(replyField, "बैंक को फ़ोन कीजिए, फिर")
	_, err := chromedp.Run(b.ctx, chromedp.Evaluate[chromedp.Void](`{ const now = Date.now; Date.now = () => now() + 11 * 60 * 1000; }`))
	require.NoError(t, err)
	b.until(`location.pathname === "/unlock"`)
	b.until(`!document.body.textContent.includes("सुनीता")`)
	b.write(`input[name=password]`, password)
	b.click(`form[action="/unlock"] button`)
	b.until(`location.pathname === "/conversations/1"`)
	b.until(`document.querySelector("` + replyField + `").value === "बैंक को फ़ोन कीजिए, फिर"`)
	assert.Empty(t, b.complained())
}

// On a phone the whole picture for the code app is on the screen, with no
// scrolling.
func TestAPhoneShowsThePictureForTheCodeApp(t *testing.T) {
	s := newStation(t, true)
	b := newTab(t, 390, 844, "light")
	b.open(s.url + "/sign-in")
	for _, lang := range []string{"en", "hi"} {
		b.open(s.url + "/sign-in")
		if lang != "en" {
			b.click(`form[action="/language"] button`)
			b.until(`document.documentElement.lang === "` + lang + `"`)
		}
		b.signInAs(s.url, "charge")
		b.open(s.url + "/account")
		b.write(`#totp input[name=password]`, password)
		b.click(`#totp form[action="/account/totp"] button`)
		b.until(`document.querySelector(".qr")?.complete && scrollY === 0`)
		b.until(`(box => document.elementFromPoint(box.left + 5, box.bottom - 5)?.matches(".qr"))(document.querySelector(".qr").getBoundingClientRect())`)
		if dir := os.Getenv("MITAN_SHOTS"); dir != "" {
			require.NoError(t, os.WriteFile(filepath.Join(dir, "phone-qr-"+lang+".png"), b.picture(), 0o600))
		}
	}
}

// Pictures of the pages of accounts and oversight, into the folder MITAN_SHOTS.
func TestPicturesOfTrust(t *testing.T) {
	dir := os.Getenv("MITAN_SHOTS")
	if dir == "" {
		t.Skip("MITAN_SHOTS is not set")
	}
	s := newStation(t, false)
	boss := s.as(t, bot.RoleAdmin, "")
	boss.post("/officers", "login", "ravi", "name", "HC रवि कुमार वर्मा", "role", "officer", "thana", "Kotwali")
	for size, wh := range map[string][2]int64{"desk": {1366, 768}, "phone": {390, 844}, "small": {320, 568}} {
		for _, scheme := range []string{"light", "dark"} {
			b := newTab(t, wh[0], wh[1], scheme)
			b.open(s.url + "/sign-in")
			for _, lang := range []string{"en", "hi"} {
				shoot := func(page string) {
					b.do(chromedp.Sleep(200 * time.Millisecond))
					require.NoError(t, os.WriteFile(filepath.Join(dir, strings.Join([]string{size, page, scheme, lang}, "-")+".png"), b.picture(), 0o600))
				}
				b.open(s.url + "/sign-in")
				if lang != "en" {
					b.click(`form[action="/language"] button`)
					b.until(`document.documentElement.lang === "` + lang + `"`)
				}
				b.signInAs(s.url, "admin")
				for page, path := range map[string]string{
					"audit": "/audit", "officers": "/officers", "officer": "/officers/2", "thanas": "/thanas", "settings": "/settings", "health": "/health", "account": "/account",
				} {
					b.open(s.url + path)
					shoot(page)
				}
				b.open(s.url + "/account")
				b.write(`#totp input[name=password]`, password)
				b.click(`#totp form[action="/account/totp"] button`)
				b.shows(`.qr`)
				shoot("totp")
				b.open(s.url + "/unlock")
				shoot("unlock")
			}
			assert.Empty(t, b.complained())
		}
	}
}

// A passkey is added, and signs in after the password, with no code.
func TestAPasskeyInABrowser(t *testing.T) {
	s := newStation(t, true)
	url := strings.Replace(s.url, "127.0.0.1", "localhost", 1) // browsers know passkeys for names only
	b := newTab(t, 1366, 768, "light")
	b.do(chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
		if _, err := cdp.Call(ctx, target, webauthn.Enable, webauthn.EnableParams{}); err != nil {
			return err
		}
		_, err := cdp.Call(ctx, target, webauthn.AddVirtualAuthenticator, webauthn.AddVirtualAuthenticatorParams{Options: &webauthn.VirtualAuthenticatorOptions{
			Protocol: webauthn.AuthenticatorProtocolCtap2, Transport: webauthn.AuthenticatorTransportInternal,
			HasUserVerification: true, IsUserVerified: true, AutomaticPresenceSimulation: true,
		}})
		return err
	}))
	b.signInAs(url, "charge")
	assert.Contains(t, b.text("main"), "Your role needs a second step")
	add := `form[data-passkey="create"] `
	b.shows(add + `input[name=name]`)
	b.write(add+`input[name=password]`, "wrong-password")
	b.click(add + "button")
	b.shows(add + ".notice")
	b.open(url + "/account")
	b.write(add+`input[name=name]`, "Thana computer")
	b.write(add+`input[name=password]`, password)
	b.click(add + "button")
	b.shows("#passkeys .key")
	assert.Contains(t, b.text("#passkeys .key"), "Thana computer")
	b.open(url + "/")
	b.shows("#queue")

	b.open(url + "/sign-in?next=/conversations/1")
	b.write(`input[name=login]`, "charge")
	b.write(`input[name=password]`, password)
	b.click(`form[action="/sign-in"] button`)
	b.shows(`form[data-passkey="get"] button`)
	b.click(`form[data-passkey="get"] button`)
	b.until(`location.pathname === "/conversations/1"`)
	for _, complaint := range b.complained() {
		assert.Contains(t, complaint, "/account/passkey/options", "of the wrong password alone")
	}
	log, err := s.db.FindAudit(t.Context(), bot.AuditFilter{Action: "second_factor", Limit: 1})
	require.NoError(t, err)
	require.Len(t, log, 1)
	assert.Equal(t, "passkey", log[0].Detail)
}
