package inbox

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/alexedwards/scs/v2"

	"mitan/bot"
)

// sessionLife is how long one signing in lasts: a long shift.
const sessionLife = 12 * time.Hour

// Keys of a web session.
const (
	sessionOfficer  = "officer"  // the officer's id
	sessionPassword = "password" // a mark of the password that was used
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
	}
	return sessions
}

// cookieName binds a cookie to this host where TLS allows it.
func (in *Inbox) cookieName(name string) string {
	if in.secure {
		return "__Host-" + name
	}
	return name
}

// startSession signs the officer in with a new token.
func (in *Inbox) startSession(ctx context.Context, o bot.Officer) error {
	if err := in.sessions.RenewToken(ctx); err != nil {
		return fmt.Errorf("renew the web session: %w", err)
	}
	in.sessions.Put(ctx, sessionOfficer, o.ID)
	in.sessions.Put(ctx, sessionPassword, passwordMark(o))
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

// passwordMark changes whenever the password does, and tells nothing of it.
func passwordMark(o bot.Officer) string {
	sum := sha256.Sum256([]byte(o.Password))
	return hex.EncodeToString(sum[:8])
}
