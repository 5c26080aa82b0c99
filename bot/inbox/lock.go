package inbox

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"mitan/bot"
)

const (
	// lockAfter is how long an officer may do nothing before the password is
	// asked for again.
	lockAfter = 10 * time.Minute
	// seenEvery is how often it is written down that the officer does something.
	seenEvery = 30 * time.Second
)

const (
	auditLock   = "lock"
	auditUnlock = "unlock"
)

// isOwn tells whether a route is the officer's own business: it stays open
// while something of the account is unfinished.
func isOwn(r route) bool {
	return strings.HasPrefix(r.Pattern, "/account") || r.Pattern == "/sign-out" || r.Pattern == "/lock" || r.Pattern == "/unlock" || r.Pattern == keptAddress
}

// byItself tells whether an open page asks by itself, without anybody there.
func byItself(r *http.Request) bool {
	return r.Pattern == "GET /events" || r.URL.Query().Get("part") == "live" || strings.HasSuffix(r.URL.Path, "/seen") ||
		strings.HasPrefix(r.URL.Path, "/media/") || strings.HasSuffix(r.URL.Path, ".png")
}

// locked tells whether the password must be given again. If not, it notes that
// the officer is there.
func (in *Inbox) locked(rt route, r *http.Request) bool {
	ctx, now := r.Context(), in.clock.Now()
	seen := time.Unix(in.sessions.GetInt64(ctx, sessionSeen), 0)
	if in.sessions.GetBool(ctx, sessionLocked) || now.Sub(seen) > lockAfter {
		return rt.Pattern != "/unlock" && rt.Pattern != "/sign-out" && rt.Pattern != "/lock"
	}
	if !byItself(r) && now.Sub(seen) >= seenEvery {
		in.sessions.Put(ctx, sessionSeen, now.Unix())
	}
	return false
}

// active is an open page telling that the officer types or reads.
func (in *Inbox) active(w http.ResponseWriter, _ *http.Request, _ visit) error {
	w.WriteHeader(http.StatusNoContent) // that it came says all: see locked
	return nil
}

// lock locks the session at once. Where one was is kept, and a form that was half
// written in: lock.js sends it along.
func (in *Inbox) lock(w http.ResponseWriter, r *http.Request, v visit) error {
	if err := r.ParseForm(); err != nil {
		return formError(err)
	}
	ctx := r.Context()
	if form, err := url.ParseQuery(r.PostFormValue("form")); err == nil {
		in.keepForm(ctx, r.PostFormValue("to"), form)
	}
	if !in.sessions.GetBool(ctx, sessionLocked) {
		in.sessions.Put(ctx, sessionLocked, true)
		if err := in.store.Audit(ctx, bot.AuditEntry{At: in.clock.Now(), Officer: v.officer.ID, Action: auditLock}); err != nil {
			return fmt.Errorf("write the audit: %w", err)
		}
	}
	http.Redirect(w, r, unlockAddress(localPath(r.PostFormValue("back"))), http.StatusSeeOther)
	return nil
}

func unlockAddress(next string) string {
	if next == "/" {
		return "/unlock"
	}
	return "/unlock?" + url.Values{"next": {next}}.Encode()
}

type unlockPage struct {
	page
	Name   string
	Next   string
	Reason string // a key of words, "" at first sight
	Kept   string // what was written when it was locked
}

// unlockData is the page that asks for the password. It shows nothing of what
// is behind it.
func (in *Inbox) unlockData(r *http.Request, v visit, next string) unlockPage {
	data := unlockPage{page: in.page(r, visit{lang: v.lang}, "lock.title"), Name: plain(v.officer.Name), Next: localPath(next)}
	data.Back = unlockAddress(data.Next)
	return data
}

func (in *Inbox) unlockPage(w http.ResponseWriter, r *http.Request, v visit) error {
	return in.views.render(w, http.StatusOK, v.lang, "unlock", in.unlockData(r, v, r.FormValue("next")))
}

// askToUnlock answers a request behind the lock. Words that were sent become the
// officer's draft or are kept with their form, or, where they cannot, are given
// back.
func (in *Inbox) askToUnlock(w http.ResponseWriter, r *http.Request, v visit) error {
	switch {
	case r.Method == http.MethodPost:
		form, _ := readReply(r) // as far as it can be read
		defer form.close()
		data := in.unlockData(r, v, r.URL.Path)
		if in.keepForm(r.Context(), r.URL.RequestURI(), r.PostForm) {
			data.Reason = "lock.form"
		} else {
			data.Reason, data.Kept = in.keepBehindLock(r, v, form.text, r.PostFormValue("note"))
		}
		return in.views.render(w, http.StatusUnauthorized, v.lang, "unlock", data)
	case byItself(r) && r.URL.Query().Get("part") != "live":
		http.Error(w, "locked", http.StatusUnauthorized)
		return nil
	}
	next := r.URL.Path
	if r.URL.Query().Get("part") == "" {
		next = r.URL.RequestURI()
	}
	http.Redirect(w, r, unlockAddress(localPath(next)), http.StatusSeeOther)
	return nil
}

// keepBehindLock keeps what came with a form of a conversation as a draft there.
// It says, as a key of words, what has become of it, and gives back the words
// that are not kept.
func (in *Inbox) keepBehindLock(r *http.Request, v visit, reply, note string) (reason, unkept string) {
	draft, words := bot.UnsentReply, reply
	if note != "" {
		draft, words = bot.UnsentNote, note
	}
	resident, err := id(r, "resident")
	if err == nil && words != "" {
		err = in.desk.SaveUnsent(context.WithoutCancel(r.Context()), v.officer, resident, draft, words)
	}
	if err != nil || words == "" {
		return "lock.unsent", words
	}
	return "lock.draft", ""
}

// unlock checks the password alone: who is there has signed in before.
func (in *Inbox) unlock(w http.ResponseWriter, r *http.Request, v visit) error {
	if err := r.ParseForm(); err != nil {
		return formError(err)
	}
	data := in.unlockData(r, v, r.PostFormValue("next"))
	data.Kept = r.PostFormValue("kept")
	fits, reason, err := in.ownPassword(r, v, r.PostFormValue("password"))
	if err != nil {
		return err
	}
	if !fits {
		data.Reason = reason
		return in.views.render(w, statusOf(reason), v.lang, "unlock", data)
	}
	ctx := r.Context()
	if err := in.sessions.RenewToken(ctx); err != nil {
		return fmt.Errorf("renew the web session: %w", err)
	}
	in.sessions.Put(ctx, sessionSeen, in.clock.Now().Unix())
	in.sessions.Remove(ctx, sessionLocked)
	if err := in.store.Audit(ctx, bot.AuditEntry{At: in.clock.Now(), Officer: v.officer.ID, Action: auditUnlock}); err != nil {
		return fmt.Errorf("write the audit: %w", err)
	}
	if in.sessions.Exists(ctx, sessionKeptForm) {
		data.Next = keptAddress
	}
	http.Redirect(w, r, data.Next, http.StatusSeeOther)
	return nil
}

// ownPassword checks the password of the officer who is signed in, as often as
// at the door. Reason is a key of words.
func (in *Inbox) ownPassword(r *http.Request, v visit, password string) (fits bool, reason string, err error) {
	ctx, now := r.Context(), in.clock.Now()
	if !in.door.byAddress.allow(in.address(r), now) || !in.door.byAccount.allow(v.officer.Login, now) {
		return false, reasonTooOften, nil
	}
	if len(password) <= MaxPassword {
		if fits, err = in.door.check(ctx, password, v.officer); err != nil {
			return false, "", fmt.Errorf("check the password: %w", err)
		}
	}
	if !fits {
		err = in.store.Audit(ctx, bot.AuditEntry{At: now, Officer: v.officer.ID, Action: auditSignInFailed, Detail: "password"})
		if err != nil {
			return false, "", fmt.Errorf("write the audit: %w", err)
		}
		return false, "lock.wrong", nil
	}
	in.door.byAccount.forget(v.officer.Login)
	return true, "", nil
}

// statusOf is the status of a page that says why something was refused.
func statusOf(reason string) int {
	if reason == reasonTooOften {
		return http.StatusTooManyRequests
	}
	return http.StatusUnprocessableEntity
}
