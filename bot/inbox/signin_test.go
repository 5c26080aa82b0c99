package inbox_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"mitan/bot/inbox"
)

func TestSigningIn(t *testing.T) {
	tests := []struct {
		name, login, password string
		want                  int
		audit                 string
	}{
		{"right", "meena", password, http.StatusSeeOther, "sign_in"},
		{"capitals and spaces", " Meena ", password, http.StatusSeeOther, "sign_in"},
		{"wrong password", "meena", "sunny-gate-43", http.StatusUnprocessableEntity, "sign_in_failed password"},
		{"no password", "meena", "", http.StatusUnprocessableEntity, "sign_in_failed password"},
		{"endless password", "meena", strings.Repeat("x", inbox.MaxPassword+1), http.StatusUnprocessableEntity, "sign_in_failed password"},
		{"unknown login", "nobody", password, http.StatusUnprocessableEntity, "sign_in_failed unknown"},
		{"disabled", "rakesh", password, http.StatusUnprocessableEntity, "sign_in_failed disabled"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			w := newWorld(t)
			o := w.officers[second]
			o.Disabled = true
			w.officers[second] = o
			b := w.browser(t)
			got := b.signIn(test.login, test.password)
			assert.Equal(t, test.want, got.StatusCode)
			require.Len(t, w.audit, 1)
			assert.Equal(t, test.audit, strings.TrimSpace(w.audit[0].Action+" "+w.audit[0].Detail))
			if test.want != http.StatusSeeOther {
				assert.Contains(t, got.body, "The login or the password is not right.", "the same words whatever is wrong")
				assert.Equal(t, http.StatusSeeOther, b.get("/").StatusCode, "still outside")
				assert.NotContains(t, got.body, password, "a password never comes back")
			}
		})
	}
}

func TestTheCookieOfASession(t *testing.T) {
	got := newWorld(t).browser(t).signIn("meena", password)
	cookie := got.Header.Get("Set-Cookie")
	assert.Contains(t, cookie, "mitan=")
	assert.Contains(t, cookie, "HttpOnly")
	assert.Contains(t, cookie, "SameSite=Strict")
	assert.NotContains(t, cookie, "Expires", "it ends with the browser at the latest")
}

func TestSigningInGivesANewToken(t *testing.T) {
	w := newWorld(t)
	b := w.browser(t)
	first := b.signIn("meena", password).Header.Get("Set-Cookie")
	again := b.signIn("meena", password).Header.Get("Set-Cookie")
	assert.NotEqual(t, token(first), token(again))
	assert.Len(t, w.sessions, 1, "the old session has ended")
	for stored := range w.sessions {
		assert.NotContains(t, again, stored, "the store holds no token that a thief could use")
	}
}

func token(cookie string) string {
	value, _, _ := strings.Cut(cookie, ";")
	return value
}

func TestSigningInLeadsBackOnlyToPagesOfOurs(t *testing.T) {
	for next, want := range map[string]string{
		"/conversations/1":       "/conversations/1",
		"/conversations/1/reply": "/conversations/1",
		"":                       "/",
		"//elsewhere.example":    "/",
		"https://elsewhere.example/conversations/1": "/",
		"/sign-out": "/",
	} {
		got := newWorld(t).browser(t).post("/sign-in", "login", "meena", "password", password, "next", next)
		assert.Equal(t, want, got.Header.Get("Location"), next)
	}
	assert.Equal(t, "/sign-in?next=/conversations/1", newWorld(t).browser(t).get("/conversations/1").Header.Get("Location"))
}

func TestSigningOut(t *testing.T) {
	w := newWorld(t)
	b := w.signedIn(t, officer)
	require.Equal(t, http.StatusOK, b.get("/").StatusCode)
	b.post("/sign-out")
	assert.Equal(t, http.StatusSeeOther, b.get("/").StatusCode)
	assert.Empty(t, w.sessions)
	assert.Equal(t, []string{"sign_in", "sign_out"}, w.actions())
}

func TestASessionEndsWithTheAccount(t *testing.T) {
	w := newWorld(t)
	b := w.signedIn(t, officer)
	change := func(disabled bool, hash string) int {
		w.mu.Lock()
		o := w.officers[officer]
		o.Disabled, o.Password = disabled, hash
		w.officers[officer] = o
		w.mu.Unlock()
		return b.get("/").StatusCode
	}
	assert.Equal(t, http.StatusOK, change(false, hash))
	assert.Equal(t, http.StatusSeeOther, change(true, hash), "disabled")
	assert.Equal(t, http.StatusSeeOther, change(false, hash+"x"), "a new password signs out everywhere")
}

func TestWordsAreNotLostWithTheSession(t *testing.T) {
	got := newWorld(t).browser(t).post("/conversations/1/reply", "text", "बैंक को फ़ोन कीजिए <b>")
	assert.Equal(t, http.StatusUnauthorized, got.StatusCode)
	assert.Contains(t, got.body, "बैंक को फ़ोन कीजिए &lt;b&gt;</textarea>")
	assert.Contains(t, got.body, `name="next" value="/conversations/1"`)
}

func TestGuessingAtOneAccountIsSlowedDown(t *testing.T) {
	for _, login := range []string{"meena", "nobody"} { // nothing tells them apart
		w := newWorld(t)
		b := w.browser(t)
		var got []int
		for range 7 {
			got = append(got, b.signIn(login, "wrong-password").StatusCode)
		}
		assert.Equal(t, []int{422, 422, 422, 422, 422, 429, 429}, got, login)
		assert.Len(t, w.audit, 5, "what is refused without looking fills no disk")
		if login == "meena" {
			assert.Equal(t, 429, b.signIn(login, password).StatusCode, "the right password does not help meanwhile")
		}
		w.clock.Set(w.clock.Now().Add(time.Minute))
		assert.Equal(t, 422, b.signIn(login, "wrong-password").StatusCode, "one try a minute later")
	}
}

func TestGuessingFromOneAddressIsSlowedDown(t *testing.T) {
	w := newWorld(t)
	b := w.browser(t)
	refused := 0
	for i := range 40 {
		if b.signIn(fmt.Sprintf("guess%d", i), "x").StatusCode == http.StatusTooManyRequests {
			refused++
		}
	}
	assert.Equal(t, 10, refused, "thirty tries, then no more")
	w.clock.Set(w.clock.Now().Add(5 * time.Second))
	assert.Equal(t, http.StatusSeeOther, b.signIn("meena", password).StatusCode)
}

func TestPasswords(t *testing.T) {
	_, err := inbox.HashPassword(strings.Repeat("क", inbox.MinPassword-1))
	assert.ErrorIs(t, err, inbox.ErrPasswordShort)
	_, err = inbox.HashPassword(strings.Repeat("x", inbox.MaxPassword+1))
	assert.ErrorIs(t, err, inbox.ErrPasswordLong)
	hash, err := inbox.HashPassword(strings.Repeat("क", inbox.MinPassword))
	require.NoError(t, err)
	assert.Regexp(t, `^\$argon2id\$v=19\$m=19456,t=2,p=1\$`, hash)

	seen := map[string]bool{}
	for range 100 {
		made := inbox.NewPassword()
		assert.Regexp(t, `^([2-9a-hjkmnp-z]{4}-){3}[2-9a-hjkmnp-z]{4}$`, made)
		assert.False(t, seen[made])
		seen[made] = true
	}
	_, err = inbox.HashPassword(inbox.NewPassword())
	assert.NoError(t, err)
}
