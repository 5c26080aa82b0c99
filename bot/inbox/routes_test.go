package inbox_test

import (
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// The last column is what signed-out visitors, viewers, officers, the bank
// desk, officers in charge and administrators get. What changes something is tried
// on a fresh sample unit.
func TestEachRouteForEachRole(t *testing.T) {
	const (
		ok        = http.StatusOK
		gone      = http.StatusNoContent
		moved     = http.StatusSeeOther
		signedOut = http.StatusUnauthorized
		forbidden = http.StatusForbidden
		conflict  = http.StatusConflict
		unready   = http.StatusUnprocessableEntity
	)
	// kavita's conversation is held by rakesh, sunita's by nobody.
	tests := []struct {
		method, path string
		form         []string
		want         [6]int // signed out, viewer, officer, bank, charge, admin
	}{
		{"GET", "/healthz", nil, [6]int{ok, ok, ok, ok, ok, ok}},
		{"GET", "/static/live.js", nil, [6]int{ok, ok, ok, ok, ok, ok}},
		{"GET", "/static/..%2finbox.go", nil, [6]int{404, 404, 404, 404, 404, 404}},
		{"GET", "/sign-in", nil, [6]int{ok, ok, ok, ok, ok, ok}},
		{"POST", "/language", []string{"lang", "hi"}, [6]int{moved, moved, moved, moved, moved, moved}},
		{"POST", "/language", []string{"lang", "xx"}, [6]int{400, 400, 400, 400, 400, 400}},
		{"POST", "/theme", []string{"theme", "dark"}, [6]int{moved, moved, moved, moved, moved, moved}},
		{"POST", "/theme", []string{"theme", "auto"}, [6]int{moved, moved, moved, moved, moved, moved}},
		{"POST", "/theme", []string{"theme", "loud"}, [6]int{400, 400, 400, 400, 400, 400}},
		{"GET", "/menus", nil, [6]int{moved, forbidden, forbidden, forbidden, ok, ok}},
		{"GET", "/", nil, [6]int{moved, ok, ok, ok, ok, ok}},
		{"GET", "/?part=live", nil, [6]int{moved, ok, ok, ok, ok, ok}},
		{"GET", "/conversations/1", nil, [6]int{moved, ok, ok, ok, ok, ok}},
		{"GET", "/conversations/99", nil, [6]int{moved, 404, 404, 404, 404, 404}},
		{"GET", "/conversations/x", nil, [6]int{moved, 404, 404, 404, 404, 404}},
		{"GET", "/sign-in/code", nil, [6]int{moved, moved, moved, moved, moved, moved}},
		{"POST", "/sign-in/code", []string{"code", "123456"}, [6]int{moved, moved, moved, moved, moved, moved}},
		{"POST", "/sign-in/passkey/options", nil, [6]int{400, 400, 400, 400, 400, 400}},
		{"POST", "/sign-in/passkey", nil, [6]int{400, 400, 400, 400, 400, 400}},
		{"POST", "/account/passkey/options", []string{"password", "x"}, [6]int{signedOut, unready, unready, unready, unready, unready}},
		{"POST", "/account/passkey", nil, [6]int{signedOut, 400, 400, 400, 400, 400}},
		{"POST", "/account/passkey/remove", []string{"password", "x"}, [6]int{signedOut, unready, unready, unready, unready, unready}},
		{"GET", "/unlock", nil, [6]int{moved, ok, ok, ok, ok, ok}},
		{"POST", "/unlock", []string{"password", "x"}, [6]int{signedOut, unready, unready, unready, unready, unready}},
		{"GET", "/unlock/kept", nil, [6]int{moved, moved, moved, moved, moved, moved}},
		{"POST", "/unlock/kept", []string{"name", "x"}, [6]int{signedOut, moved, moved, moved, moved, moved}},
		{"POST", "/lock", nil, [6]int{signedOut, moved, moved, moved, moved, moved}},
		{"POST", "/account/active", nil, [6]int{signedOut, gone, gone, gone, gone, gone}},
		{"GET", "/account", nil, [6]int{moved, ok, ok, ok, ok, ok}},
		{"POST", "/account/password", []string{"password", "x"}, [6]int{signedOut, unready, unready, unready, unready, unready}},
		{"POST", "/account/totp", []string{"password", "x"}, [6]int{signedOut, unready, unready, unready, unready, unready}},
		{"GET", "/account/totp.png", nil, [6]int{signedOut, 404, 404, 404, 404, 404}},
		{"POST", "/account/totp/confirm", []string{"code", "1"}, [6]int{signedOut, unready, unready, unready, unready, unready}},
		{"POST", "/account/totp/remove", []string{"password", "x"}, [6]int{signedOut, unready, unready, unready, unready, unready}},
		{"POST", "/account/sign-out", nil, [6]int{signedOut, ok, ok, ok, ok, ok}},
		{"GET", "/audit", nil, [6]int{moved, forbidden, forbidden, forbidden, ok, ok}},
		{"POST", "/audit/checkpoint", nil, [6]int{signedOut, forbidden, forbidden, forbidden, ok, ok}},
		{"GET", "/officers", nil, [6]int{moved, forbidden, forbidden, forbidden, forbidden, ok}},
		{"POST", "/officers", []string{"login", "ravi", "name", "SI Ravi", "role", "officer"}, [6]int{signedOut, forbidden, forbidden, forbidden, forbidden, ok}},
		{"GET", "/officers/1", nil, [6]int{moved, forbidden, forbidden, forbidden, forbidden, ok}},
		{"GET", "/officers/99", nil, [6]int{moved, forbidden, forbidden, forbidden, forbidden, 404}},
		{"POST", "/officers/1", []string{"name", "SI Ravi", "role", "officer"}, [6]int{signedOut, forbidden, forbidden, forbidden, forbidden, ok}},
		{"POST", "/officers/1/password", nil, [6]int{signedOut, forbidden, forbidden, forbidden, forbidden, ok}},
		{"POST", "/officers/1/second-factor", nil, [6]int{signedOut, forbidden, forbidden, forbidden, forbidden, ok}},
		{"POST", "/officers/1/sign-out", nil, [6]int{signedOut, forbidden, forbidden, forbidden, forbidden, ok}},
		{"GET", "/thanas", nil, [6]int{moved, forbidden, forbidden, forbidden, ok, ok}},
		{"GET", "/settings", nil, [6]int{moved, forbidden, forbidden, forbidden, forbidden, ok}},
		{"GET", "/health", nil, [6]int{moved, forbidden, forbidden, forbidden, ok, ok}},
		{"GET", "/conversations/1/number?reason=call", nil, [6]int{moved, moved, moved, moved, moved, moved}},
		{"GET", "/conversations/1/number", nil, [6]int{moved, 400, 400, 400, 400, 400}},
		{"GET", "/link", nil, [6]int{moved, forbidden, forbidden, forbidden, ok, ok}},
		{"GET", "/link?part=live", nil, [6]int{moved, forbidden, forbidden, forbidden, ok, ok}},
		{"GET", "/link/code.png", nil, [6]int{signedOut, forbidden, forbidden, forbidden, 404, 404}},
		{"POST", "/link/start", nil, [6]int{signedOut, forbidden, forbidden, forbidden, moved, moved}},
		{"POST", "/link/reconnect", nil, [6]int{signedOut, forbidden, forbidden, forbidden, moved, moved}},
		// Cases, search, figures.
		{"GET", "/cases", nil, [6]int{moved, ok, ok, ok, ok, ok}},
		{"GET", "/cases?state=nonsense&from=x&least=y&before=z", nil, [6]int{moved, ok, ok, ok, ok, ok}},
		{"GET", "/cases/export.csv", nil, [6]int{moved, forbidden, forbidden, forbidden, ok, ok}},
		{"GET", "/cases/export.xlsx", nil, [6]int{moved, forbidden, forbidden, forbidden, ok, ok}},
		{"GET", "/cases/1", nil, [6]int{moved, ok, ok, ok, ok, ok}},
		{"GET", "/cases/99", nil, [6]int{moved, 404, 404, 404, 404, 404}},
		{"GET", "/cases/x", nil, [6]int{moved, 404, 404, 404, 404, 404}},
		{"GET", "/cases/1/print", nil, [6]int{moved, forbidden, ok, ok, ok, ok}},
		{"GET", "/cases/1/evidence.zip", nil, [6]int{moved, forbidden, forbidden, forbidden, ok, ok}},
		{"GET", "/cases/99/evidence.zip", nil, [6]int{moved, forbidden, forbidden, forbidden, 404, 404}},
		{"POST", "/cases/1/amend", []string{"do", "kind", "kind", "otp", "revision", "0"}, [6]int{signedOut, forbidden, moved, moved, moved, moved}},
		{"POST", "/cases/1/amend", []string{"do", "kind", "kind", "otp", "revision", "7"}, [6]int{signedOut, forbidden, conflict, conflict, conflict, conflict}},
		{"POST", "/cases/1/amend", []string{"do", "nonsense", "revision", "0"}, [6]int{signedOut, forbidden, 400, 400, 400, 400}},
		{"POST", "/cases/1/amend", []string{"do", "leg_add", "amount", "many", "revision", "0"}, [6]int{signedOut, forbidden, unready, unready, unready, unready}},
		{"POST", "/cases/1/merge", []string{"into", "1"}, [6]int{signedOut, forbidden, conflict, conflict, conflict, conflict}},
		{"POST", "/cases/1/split", []string{"revision", "0", "leg", "1"}, [6]int{signedOut, forbidden, moved, moved, moved, moved}},
		{"POST", "/cases/1/split", []string{"revision", "0"}, [6]int{signedOut, forbidden, conflict, conflict, conflict, conflict}},
		{"POST", "/cases/1/step", []string{"step", "banks_told", "done", "yes"}, [6]int{signedOut, forbidden, moved, moved, moved, moved}},
		{"POST", "/cases/1/step", []string{"step", "nonsense", "done", "yes"}, [6]int{signedOut, forbidden, 400, 400, 400, 400}},
		{"GET", "/search", nil, [6]int{moved, ok, ok, ok, ok, ok}},
		{"GET", "/search?q=0210", nil, [6]int{moved, ok, ok, ok, ok, ok}},
		{"GET", "/dashboard", nil, [6]int{moved, ok, ok, ok, ok, ok}},
		{"GET", "/dashboard?days=nonsense", nil, [6]int{moved, ok, ok, ok, ok, ok}},
		{"GET", "/media/1", nil, [6]int{signedOut, ok, ok, ok, ok, ok}},
		{"GET", "/media/99", nil, [6]int{signedOut, 404, 404, 404, 404, 404}},
		{"POST", "/conversations/1/seen", nil, [6]int{signedOut, forbidden, gone, gone, gone, gone}},
		{"POST", "/conversations/1/claim", nil, [6]int{signedOut, forbidden, moved, moved, moved, moved}},
		{"POST", "/conversations/4/claim", nil, [6]int{signedOut, forbidden, conflict, conflict, conflict, conflict}},
		{"POST", "/conversations/99/claim", nil, [6]int{signedOut, forbidden, 404, 404, 404, 404}},
		{"POST", "/conversations/4/take-over", nil, [6]int{signedOut, forbidden, forbidden, forbidden, moved, moved}},
		{"POST", "/conversations/1/reply", []string{"text", "नमस्ते"}, [6]int{signedOut, forbidden, conflict, conflict, conflict, conflict}},
		{"POST", "/conversations/1/reply", []string{"text", " "}, [6]int{signedOut, forbidden, unready, unready, unready, unready}},
		{"POST", "/conversations/1/note", []string{"note", "देख लिया"}, [6]int{signedOut, forbidden, moved, moved, moved, moved}},
		{"POST", "/conversations/1/close", nil, [6]int{signedOut, forbidden, conflict, conflict, conflict, conflict}},
		{"POST", "/conversations/1/confirm-identity", nil, [6]int{signedOut, forbidden, moved, moved, moved, moved}},
		{"POST", "/conversations/99/confirm-identity", nil, [6]int{signedOut, forbidden, 404, 404, 404, 404}},
		{"POST", "/conversations/1/undo", []string{"message", "1"}, [6]int{signedOut, forbidden, 404, 404, 404, 404}},
		{"POST", "/conversations/1/draft?form=reply", []string{"text", "आधा"}, [6]int{signedOut, forbidden, moved, moved, moved, moved}},
		{"POST", "/conversations/1/draft?form=reply&quiet=1", []string{"text", "आधा"}, [6]int{signedOut, forbidden, gone, gone, gone, gone}},
		{"POST", "/conversations/1/draft?form=letter", []string{"text", "आधा"}, [6]int{signedOut, forbidden, 404, 404, 404, 404}},
		{"POST", "/conversations/99/draft?form=note&quiet=1", []string{"note", "आधा"}, [6]int{signedOut, forbidden, 404, 404, 404, 404}},
		{"POST", "/conversations/4/transfer", []string{"to", "officer 1", "reason", "x"}, [6]int{signedOut, forbidden, conflict, conflict, conflict, conflict}},
		{"POST", "/conversations/4/transfer", []string{"to", "officer 1"}, [6]int{signedOut, forbidden, unready, unready, unready, unready}},
		{"POST", "/conversations/4/transfer/accept", nil, [6]int{signedOut, forbidden, conflict, conflict, conflict, conflict}},
		{"POST", "/conversations/4/transfer/end", nil, [6]int{signedOut, forbidden, conflict, conflict, conflict, conflict}},
		{"POST", "/conversations/99/transfer/accept", nil, [6]int{signedOut, forbidden, 404, 404, 404, 404}},
		{"POST", "/conversations/1/reveal", []string{"medium", "1"}, [6]int{signedOut, forbidden, moved, moved, moved, moved}},
		{"POST", "/conversations/2/reveal", []string{"medium", "1"}, [6]int{signedOut, forbidden, 404, 404, 404, 404}},
		{"POST", "/conversations/1/reveal", []string{"medium", "99"}, [6]int{signedOut, forbidden, 404, 404, 404, 404}},
		{"GET", "/media/1/sound.caf", nil, [6]int{signedOut, 404, 404, 404, 404, 404}}, // a picture
		{"GET", "/media/3/release", nil, [6]int{signedOut, forbidden, forbidden, forbidden, ok, ok}},
		{"GET", "/media/99/release", nil, [6]int{signedOut, forbidden, forbidden, forbidden, 404, 404}},
		{"POST", "/media/3/release", []string{"recipient", "age1"}, [6]int{signedOut, forbidden, forbidden, forbidden, unready, unready}},
		{"GET", "/handover", nil, [6]int{moved, forbidden, ok, ok, ok, ok}},
		{"POST", "/handover", []string{"to", "officer 1", "reason", "x"}, [6]int{signedOut, forbidden, unready, unready, unready, unready}},
		{"GET", "/replies", nil, [6]int{moved, forbidden, forbidden, forbidden, ok, ok}},
		{"POST", "/replies", []string{"name", "otp", "hi", "x", "en", "x"}, [6]int{signedOut, forbidden, forbidden, forbidden, moved, moved}},
		{"POST", "/replies", []string{"name", "otp", "hi", "x"}, [6]int{signedOut, forbidden, forbidden, forbidden, unready, unready}},
		{"POST", "/replies", []string{"name", "otp", "hi", "x", "en", "x", "thana", "Nowhere"}, [6]int{signedOut, forbidden, forbidden, forbidden, 400, 400}},
		{"POST", "/replies/99/remove", nil, [6]int{signedOut, forbidden, forbidden, forbidden, 404, 404}},
		{"POST", "/sign-out", nil, [6]int{signedOut, moved, moved, moved, moved, moved}},
		{"POST", "/", nil, [6]int{405, 405, 405, 405, 405, 405}},
		{"GET", "/nothing", nil, [6]int{404, 404, 404, 404, 404, 404}},
	}
	roles := []struct {
		name string
		who  int
	}{{"signed out", 0}, {"viewer", viewer}, {"officer", officer}, {"bank", bank}, {"charge", charge}, {"admin", admin}}
	for i, role := range roles {
		t.Run(role.name, func(t *testing.T) {
			t.Parallel()
			reader := newWorld(t).signedIn(t, role.who)
			for _, test := range tests {
				var got answer
				if test.method == "GET" {
					got = reader.get(test.path)
				} else {
					got = newWorld(t).signedIn(t, role.who).post(test.path, test.form...)
				}
				assert.Equal(t, test.want[i], got.StatusCode, "%s %s %v", test.method, test.path, test.form)
			}
		})
	}
}

func TestSignedOutVisitorsSeeNoResident(t *testing.T) {
	b := newWorld(t).browser(t)
	for _, path := range []string{"/", "/conversations/1", "/media/1", "/events", "/?part=live"} {
		got := b.get(path)
		assert.NotContains(t, got.body, "सुनीता", path)
		assert.NotContains(t, got.body, "9000000210", path)
	}
}

func TestEveryPageHasTheHeadersThatProtectIt(t *testing.T) {
	w := newWorld(t)
	b := w.signedIn(t, officer)
	var nonces []string
	for _, path := range []string{"/", "/conversations/1", "/sign-in", "/conversations/99", "/nothing"} {
		h := b.get(path).Header
		policy := h.Get("Content-Security-Policy")
		nonce := regexp.MustCompile(`'nonce-([A-Z2-7]{26})'`).FindStringSubmatch(policy)
		require.Len(t, nonce, 2, policy)
		assert.NotContains(t, nonces, nonce[1], "each answer has a nonce of its own")
		nonces = append(nonces, nonce[1])
		policy = strings.Replace(policy, nonce[1], "N", 1)
		assert.Equal(t, "default-src 'none'; script-src 'nonce-N'; style-src 'self'; img-src 'self'; media-src 'self'; font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types htmx mitan", policy, path)
		assert.Equal(t, "nosniff", h.Get("X-Content-Type-Options"), path)
		assert.Equal(t, "no-referrer", h.Get("Referrer-Policy"), path)
		assert.Equal(t, "no-store", h.Get("Cache-Control"), path)
	}
}

func TestHealth(t *testing.T) {
	w := newWorld(t)
	b := w.browser(t)
	assert.Equal(t, "ok\n", b.get("/healthz").body)
	w.fail(errDisk)
	got := b.get("/healthz")
	assert.Equal(t, http.StatusServiceUnavailable, got.StatusCode)
	assert.NotContains(t, got.body, "disk", "the cause is for the log")
}
