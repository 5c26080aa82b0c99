package inbox

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"sync"

	"mitan/bot"
)

// maxLogin is how many bytes of a login are looked at.
const maxLogin = 64

// Actions that the inbox itself writes into the audit.
const (
	auditSignIn       = "sign_in"
	auditSignOut      = "sign_out"
	auditSignInFailed = "sign_in_failed"
)

// hashersAtOnce bounds the memory and the processors that checking passwords
// takes.
const hashersAtOnce = 2

// A door lets officers in.
type door struct {
	byAddress *limiter
	byAccount *limiter // of accounts that exist
	byUnknown *limiter // of logins that do not; apart, so that inventing logins locks nobody out
	hashers   chan struct{}
	nobody    string // checked where there is no account
}

// nobody is a hash whose password is known to none. It is made once.
var nobody = sync.OnceValues(func() (string, error) { return HashPassword(NewPassword()) })

func newDoor() (*door, error) {
	nobody, err := nobody()
	if err != nil {
		return nil, err
	}
	return &door{
		byAddress: newLimiter(addressEvery, addressBurst, limitRoom),
		byAccount: newLimiter(accountEvery, accountBurst, limitRoom),
		byUnknown: newLimiter(accountEvery, accountBurst, limitRoom),
		hashers:   make(chan struct{}, hashersAtOnce),
		nobody:    nobody,
	}, nil
}

// check is the cost of one password, the same whether the account exists.
func (d *door) check(ctx context.Context, password string, o bot.Officer) (bool, error) {
	select {
	case d.hashers <- struct{}{}:
		defer func() { <-d.hashers }()
	case <-ctx.Done():
		return false, ctx.Err()
	}
	hash := o.Password
	if hash == "" {
		hash = d.nobody
	}
	fits, err := matches(password, hash)
	return fits && o.ID != 0 && !o.Disabled, err
}

type signInPage struct {
	page
	Login  string
	Next   string
	Reason string // a key of words, "" at first sight
	Kept   string // what was written when the session had ended
}

func (in *Inbox) signInPage(w http.ResponseWriter, r *http.Request, v visit) error {
	data := signInPage{page: in.page(r, v, "signin.title"), Next: localPath(r.FormValue("next"))}
	return in.views.render(w, http.StatusOK, v.lang, "signin", data)
}

// askToSignIn answers a request of somebody who is signed out. Words that were
// sent are given back, so that they are not lost with the session.
func (in *Inbox) askToSignIn(w http.ResponseWriter, r *http.Request, v visit) error {
	switch {
	case r.Method == http.MethodPost:
		form, _ := readReply(r) // as far as it can be read
		defer form.close()
		data := signInPage{page: in.page(r, v, "signin.title"), Reason: "signin.ended", Next: localPath(r.URL.Path), Kept: form.text + r.PostFormValue("note")}
		return in.views.render(w, http.StatusUnauthorized, v.lang, "signin", data)
	case byItself(r) && r.URL.Query().Get("part") != "live":
		http.Error(w, "signed out", http.StatusUnauthorized)
		return nil
	}
	address := "/sign-in"
	if next := localPath(r.URL.Path); next != "/" {
		address += "?next=" + next
	}
	http.Redirect(w, r, address, http.StatusSeeOther)
	return nil
}

func (in *Inbox) signIn(w http.ResponseWriter, r *http.Request, v visit) error {
	if err := r.ParseForm(); err != nil {
		return formError(err)
	}
	login := strings.ToLower(strings.TrimSpace(r.PostFormValue("login")))
	login = login[:min(len(login), maxLogin)]
	officer, reason, err := in.letIn(r, login, r.PostFormValue("password"))
	if err != nil {
		return err
	}
	next := localPath(r.PostFormValue("next"))
	if reason != "" {
		status := http.StatusUnprocessableEntity
		if reason == reasonTooOften {
			status = http.StatusTooManyRequests
		}
		data := signInPage{page: in.page(r, v, "signin.title"), Login: login, Next: next, Reason: reason}
		return in.views.render(w, status, v.lang, "signin", data)
	}
	if officer.TOTP != "" || officer.Passkey {
		return in.askForCode(w, r, officer, next)
	}
	if err := in.startSession(r.Context(), officer); err != nil {
		return err
	}
	http.Redirect(w, r, next, http.StatusSeeOther)
	return nil
}

// Reasons for not letting somebody in, as keys of words. They tell nothing of
// whether the account exists.
const (
	reasonWrong    = "signin.wrong"
	reasonTooOften = "signin.too_often"
)

// letIn finds the officer whose login and password these are, or the reason
// why nobody is let in. It counts the try and writes it into the audit.
func (in *Inbox) letIn(r *http.Request, login, password string) (bot.Officer, string, error) {
	ctx, now := r.Context(), in.clock.Now()
	officer, err := in.store.OfficerByLogin(ctx, login)
	if err != nil && !errors.Is(err, bot.ErrNotFound) {
		return bot.Officer{}, "", fmt.Errorf("find the officer: %w", err)
	}
	account := in.door.byAccount
	if officer.ID == 0 {
		account = in.door.byUnknown
	}
	// Not written into the audit: who tries without end would fill the disk.
	if !in.door.byAddress.allow(in.address(r), now) || !account.allow(login, now) {
		return bot.Officer{}, reasonTooOften, nil
	}
	fits := false
	if len(password) <= MaxPassword {
		if fits, err = in.door.check(ctx, password, officer); err != nil {
			return bot.Officer{}, "", fmt.Errorf("check the password: %w", err)
		}
	}
	entry := bot.AuditEntry{At: now, Officer: officer.ID, Action: auditSignIn}
	if !fits {
		entry.Action, entry.Detail = auditSignInFailed, whyNot(officer)
	}
	if err := in.store.Audit(ctx, entry); err != nil {
		return bot.Officer{}, "", fmt.Errorf("write the audit: %w", err)
	}
	if !fits {
		return bot.Officer{}, reasonWrong, nil
	}
	account.forget(login)
	return officer, "", nil
}

// whyNot is for the audit only. The login that was typed is not kept: it may
// be a password in the wrong field.
func whyNot(o bot.Officer) string {
	switch {
	case o.ID == 0:
		return "unknown"
	case o.Disabled:
		return "disabled"
	}
	return "password"
}

func (in *Inbox) signOut(w http.ResponseWriter, r *http.Request, v visit) error {
	ctx := r.Context()
	entry := bot.AuditEntry{At: in.clock.Now(), Officer: v.officer.ID, Action: auditSignOut}
	if err := in.store.Audit(ctx, entry); err != nil {
		return fmt.Errorf("write the audit: %w", err)
	}
	if err := in.sessions.Destroy(ctx); err != nil {
		return fmt.Errorf("end the web session: %w", err)
	}
	http.Redirect(w, r, "/sign-in", http.StatusSeeOther)
	return nil
}

var ownPath = regexp.MustCompile(`^(/conversations/[0-9]+|/link\b|/account\b|/cases(?:/[0-9]+)?|/search|/dashboard|/unlock/kept)(?:\?[\w%&=.*+-]*)?`)

// localPath is the page that one may be led to: a conversation, a case, a list, or
// the queue.
func localPath(path string) string {
	if found := ownPath.FindString(path); found != "" {
		return found
	}
	bare, _, _ := strings.Cut(path, "?")
	for _, group := range railPlan() {
		for _, p := range group.Places {
			if p.Path != "/" && isUnder(bare, p.Path) {
				return path
			}
		}
	}
	return "/"
}

// formError tells a form that is too large from one that is broken.
func formError(err error) error {
	if tooLarge(err) {
		return err
	}
	return errBadRequest
}
