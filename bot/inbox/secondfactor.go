package inbox

import (
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"fmt"
	"math/big"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/pquerna/otp/totp"

	"mitan/bot"
)

const (
	// halfLife is how long a code may be given after the password.
	halfLife = 5 * time.Minute
	// totpStep is how long a code of an app stands, RFC 6238's default.
	totpStep = 30 * time.Second
	// totpSkew is how many steps a phone's clock may be off.
	totpSkew = 1
	// recoveryCodes is how many an officer gets at once.
	recoveryCodes = 10
	// maxCode is how many bytes of a code are looked at.
	maxCode = 64
)

const (
	auditFactor       = "second_factor"
	auditFactorFailed = "second_factor_failed"
)

// What an officer must do before anything else, as keys of words.
const (
	unfinishedPassword = "account.must_password"
	unfinishedFactor   = "account.must_factor"
)

// unfinished says what an officer must do to the account first; "" for nothing.
func (in *Inbox) unfinished(o bot.Officer) string {
	switch {
	case o.Temporary:
		return unfinishedPassword
	case in.strict && needsFactor(o.Role) && o.TOTP == "" && !o.Passkey:
		return unfinishedFactor
	}
	return ""
}

// needsFactor tells whether a password alone is too little for a role.
func needsFactor(r bot.Role) bool { return r.May(bot.RoleCharge) }

// askToFinish leads to the page where that can be done.
func (in *Inbox) askToFinish(w http.ResponseWriter, r *http.Request, _ visit) error {
	switch {
	case r.Method == http.MethodPost:
		return bot.ErrForbiddenRole
	case byItself(r): // there is nothing to show yet, and no reason to load the page anew
		w.WriteHeader(http.StatusNoContent)
		return nil
	}
	http.Redirect(w, r, "/account", http.StatusSeeOther)
	return nil
}

// askForCode keeps whose password was right, and leads to the page that asks
// for the second factor.
func (in *Inbox) askForCode(w http.ResponseWriter, r *http.Request, o bot.Officer, next string) error {
	ctx := r.Context()
	if err := in.sessions.Clear(ctx); err != nil {
		return fmt.Errorf("clear the web session: %w", err)
	}
	if err := in.sessions.RenewToken(ctx); err != nil {
		return fmt.Errorf("renew the web session: %w", err)
	}
	in.sessions.Put(ctx, sessionHalf, o.ID)
	in.sessions.Put(ctx, sessionPassword, passwordMark(o))
	in.sessions.Put(ctx, sessionHalfAt, in.clock.Now().Unix())
	address := "/sign-in/code"
	if next != "/" {
		address += "?next=" + next
	}
	http.Redirect(w, r, address, http.StatusSeeOther)
	return nil
}

// half is whose password was right a moment ago; the zero Officer if nobody's.
func (in *Inbox) half(r *http.Request) (bot.Officer, error) {
	ctx := r.Context()
	id := in.sessions.GetInt64(ctx, sessionHalf)
	since := time.Unix(in.sessions.GetInt64(ctx, sessionHalfAt), 0)
	if id == 0 || in.clock.Now().Sub(since) > halfLife {
		return bot.Officer{}, nil
	}
	o, err := in.store.OfficerByID(ctx, id)
	if err != nil {
		return bot.Officer{}, fmt.Errorf("read the officer: %w", err)
	}
	if o.Disabled || in.sessions.GetString(ctx, sessionPassword) != passwordMark(o) {
		return bot.Officer{}, nil
	}
	return o, nil
}

type codePage struct {
	page
	Next    string
	Reason  string
	App     bool // a code of an app is asked for
	Passkey bool // a passkey will do
}

func (in *Inbox) codePage(w http.ResponseWriter, r *http.Request, v visit) error {
	o, err := in.half(r)
	if err != nil {
		return err
	}
	if o.ID == 0 {
		http.Redirect(w, r, "/sign-in", http.StatusSeeOther)
		return nil
	}
	return in.showCode(w, r, v, http.StatusOK, o, r.FormValue("next"), "")
}

func (in *Inbox) showCode(w http.ResponseWriter, r *http.Request, v visit, status int, o bot.Officer, next, reason string) error {
	data := codePage{page: in.page(r, v, "code.title"), Next: localPath(next), Reason: reason, App: o.TOTP != "", Passkey: o.Passkey && passkeyHost(r) != ""}
	data.Back = "/sign-in/code"
	return in.views.render(w, status, v.lang, "code", data)
}

// signInCode ends signing in with a code of the app, or a recovery code.
func (in *Inbox) signInCode(w http.ResponseWriter, r *http.Request, v visit) error {
	if err := r.ParseForm(); err != nil {
		return formError(err)
	}
	o, err := in.half(r)
	if err != nil {
		return err
	}
	if o.ID == 0 {
		http.Redirect(w, r, "/sign-in", http.StatusSeeOther)
		return nil
	}
	now, next := in.clock.Now(), r.PostFormValue("next")
	if !in.door.byAddress.allow(in.address(r), now) || !in.door.byAccount.allow("code "+o.Login, now) {
		return in.showCode(w, r, v, http.StatusTooManyRequests, o, next, reasonTooOften)
	}
	code := r.PostFormValue("code")
	used, err := in.useCode(r, o, code[:min(len(code), maxCode)])
	if err != nil {
		return err
	}
	if used == "" {
		if err := in.store.Audit(r.Context(), bot.AuditEntry{At: now, Officer: o.ID, Action: auditFactorFailed}); err != nil {
			return fmt.Errorf("write the audit: %w", err)
		}
		return in.showCode(w, r, v, http.StatusUnprocessableEntity, o, next, "code.wrong")
	}
	if err := in.finishSignIn(r, o, used); err != nil {
		return err
	}
	http.Redirect(w, r, localPath(next), http.StatusSeeOther)
	return nil
}

// finishSignIn signs in an officer who has given both.
func (in *Inbox) finishSignIn(r *http.Request, o bot.Officer, factor string) error {
	ctx := r.Context()
	in.door.byAccount.forget("code " + o.Login)
	if err := in.store.Audit(ctx, bot.AuditEntry{At: in.clock.Now(), Officer: o.ID, Action: auditFactor, Detail: factor}); err != nil {
		return fmt.Errorf("write the audit: %w", err)
	}
	return in.startSession(ctx, o)
}

// useCode takes a code once: of the app, or a recovery code. It tells which it
// was; "" if neither.
func (in *Inbox) useCode(r *http.Request, o bot.Officer, code string) (string, error) {
	ctx, now := r.Context(), in.clock.Now()
	if step, ok := totpFits(o.TOTP, code, now); ok {
		fresh, err := in.store.UseTOTP(ctx, o.ID, step)
		if err != nil {
			return "", fmt.Errorf("use the code: %w", err)
		}
		if fresh {
			return "totp", nil
		}
		return "", nil
	}
	used, err := in.store.UseRecoveryCode(ctx, o.ID, recoveryMark(code), now)
	if err != nil {
		return "", fmt.Errorf("use the recovery code: %w", err)
	}
	if used {
		return "recovery", nil
	}
	return "", nil
}

// totpFits tells whether a code is the app's of about now, and of which step.
func totpFits(secret, code string, now time.Time) (step int64, ok bool) {
	code = strings.ReplaceAll(strings.TrimSpace(code), " ", "")
	if secret == "" || len(code) != 6 {
		return 0, false
	}
	for skew := -totpSkew; skew <= totpSkew; skew++ {
		at := now.Add(time.Duration(skew) * totpStep)
		want, err := totp.GenerateCode(secret, at)
		if err == nil && subtle.ConstantTimeCompare([]byte(want), []byte(code)) == 1 {
			return at.Unix() / int64(totpStep/time.Second), true
		}
	}
	return 0, false
}

// otpAddress is what a code app reads: whose account it is, and the secret.
func otpAddress(issuer, login, secret string) string {
	issuer = url.PathEscape(issuer) // a plus for a space would be shown as one
	return "otpauth://totp/" + issuer + ":" + url.PathEscape(login) + "?secret=" + secret + "&issuer=" + issuer
}

// newRecoveryCodes makes codes to be shown once, and what is kept of them.
func newRecoveryCodes() (shown []string, kept [][]byte) {
	for range recoveryCodes {
		code := randomGroups(3)
		shown, kept = append(shown, code), append(kept, recoveryMark(code))
	}
	return shown, kept
}

// recoveryMark is what is kept of a recovery code. It is random enough, with 59
// bits, that a plain hash gives nothing away.
func recoveryMark(code string) []byte {
	code = strings.Map(func(r rune) rune {
		if strings.ContainsRune(" -\t", r) {
			return -1
		}
		return r
	}, strings.ToLower(code))
	sum := sha256.Sum256([]byte(code))
	return sum[:]
}

// randomGroups are groups of four letters and digits, none of which look alike.
func randomGroups(n int) string {
	const letters = "23456789abcdefghjkmnpqrstuvwxyz"
	groups := make([]string, n)
	for i := range groups {
		group := make([]byte, 4)
		for j := range group {
			n, err := rand.Int(rand.Reader, big.NewInt(int64(len(letters))))
			if err != nil {
				panic(err) // crypto/rand never fails on the systems that Go supports
			}
			group[j] = letters[n.Int64()]
		}
		groups[i] = string(group)
	}
	return strings.Join(groups, "-")
}
