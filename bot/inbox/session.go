package inbox

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"time"

	"github.com/alexedwards/scs/v2"

	"mitan/bot"
)

// sessionLife is how long one signing in lasts: a long shift.
const sessionLife = 12 * time.Hour

// Keys of a web session.
const (
	sessionOfficer  = "officer"   // the officer's id
	sessionPassword = "password"  // a mark of the password that was used
	sessionSeen     = "seen"      // when the officer last did something, in Unix seconds
	sessionLocked   = "locked"    // the officer has locked it
	sessionKeptPath = "kept_path" // where a form that met the lock was meant for
	sessionKeptForm = "kept_form" // its fields, as a form has them
	sessionHalf     = "half"      // the officer whose password was right, and who still owes a code
	sessionHalfAt   = "half_at"   // since when, in Unix seconds
	sessionTOTP     = "totp"      // the secret of a code app that is being set up
	sessionShown    = "shown"     // residents whose numbers were asked for, with the time in Unix seconds
)

func (in *Inbox) newSessions() *scs.SessionManager {
	sessions := scs.New()
	sessions.Store = in.store
	sessions.Lifetime = sessionLife
	sessions.HashTokenInStore = true
	sessions.Cookie.Name = in.cookieName("mitan")
	sessions.Cookie.HttpOnly = true
	sessions.Cookie.SameSite = http.SameSiteStrictMode
	sessions.Cookie.Secure = in.secure
	sessions.Cookie.Persist = false
	sessions.ErrorFunc = func(w http.ResponseWriter, r *http.Request, err error) {
		in.fail(w, r, visit{lang: in.language(r)}, fmt.Errorf("web session: %w", err))
		if a, ok := w.(*answer); ok {
			a.given = true
		}
	}
	return sessions
}

// An answer is given once. A web session is written when the handler begins to
// answer; where that fails, the page that says so is the answer, and what the
// handler goes on to write is dropped.
type answer struct {
	http.ResponseWriter
	given bool
}

func (a *answer) WriteHeader(status int) {
	if !a.given {
		a.ResponseWriter.WriteHeader(status)
	}
}

func (a *answer) Write(data []byte) (int, error) {
	if a.given {
		return len(data), nil
	}
	return a.ResponseWriter.Write(data)
}

// Unwrap is for http.ResponseController.
func (a *answer) Unwrap() http.ResponseWriter { return a.ResponseWriter }

// cookieName binds a cookie to this host where TLS allows it.
func (in *Inbox) cookieName(name string) string {
	if in.secure {
		return "__Host-" + name
	}
	return name
}

// startSession signs the officer in with a new token, and nothing of whoever
// was signed in here before.
func (in *Inbox) startSession(ctx context.Context, o bot.Officer) error {
	if err := in.sessions.Clear(ctx); err != nil {
		return fmt.Errorf("clear the web session: %w", err)
	}
	if err := in.sessions.RenewToken(ctx); err != nil {
		return fmt.Errorf("renew the web session: %w", err)
	}
	in.sessions.Put(ctx, sessionOfficer, o.ID)
	in.sessions.Put(ctx, sessionPassword, passwordMark(o))
	in.sessions.Put(ctx, sessionSeen, in.clock.Now().Unix())
	return nil
}

// officer is who is signed in; the zero Officer if nobody is. One who was
// disabled or has got a new password since is signed out.
func (in *Inbox) officer(ctx context.Context) (bot.Officer, error) {
	id := in.sessions.GetInt64(ctx, sessionOfficer)
	if id == 0 {
		return bot.Officer{}, nil
	}
	o, err := in.store.OfficerByID(ctx, id)
	switch {
	case errors.Is(err, bot.ErrNotFound):
		return bot.Officer{}, nil
	case err != nil:
		return bot.Officer{}, fmt.Errorf("read the officer: %w", err)
	case o.Disabled || in.sessions.GetString(ctx, sessionPassword) != passwordMark(o):
		return bot.Officer{}, nil
	}
	return o, nil
}

// passwordMark changes whenever the password does, or all sessions are to end,
// and tells nothing of the password.
func passwordMark(o bot.Officer) string {
	sum := sha256.Sum256([]byte(strconv.FormatInt(o.Epoch, 10) + " " + o.Password))
	return hex.EncodeToString(sum[:8])
}
