package inbox

import (
	"context"
	"errors"
	"io"
	"net/http"
	"strconv"
	"time"

	"mitan/bot"
	"mitan/locales"
)

// maxBody is how many bytes a form may have. A reply has at most
// [bot.MaxReply]; the rest is room to send a longer one back with the reason.
const maxBody = 64 << 10

// A visit is who asks, and in which language.
type visit struct {
	officer bot.Officer // the zero Officer if signed out
	lang    locales.Lang
	body    io.ReadCloser // the whole of what was sent, for a handler that bounds it itself
}

func (v visit) signedIn() bool { return v.officer.ID != 0 }

// unending are the addresses that may take as long as they need.
var unending = map[string]bool{
	"/events": true, "/cases/export.csv": true, "/cases/export.xlsx": true, "/cases/{case}/evidence.zip": true,
}

// serve checks the role of a route, then lets its handler answer.
func (in *Inbox) serve(route route) http.Handler {
	checked := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !unending[route.Pattern] {
			ctx, cancel := context.WithTimeout(r.Context(), timeout)
			defer cancel()
			r = r.WithContext(ctx)
		}
		if r.Method == http.MethodPost { // a form that never ends must not hold its connection
			_ = http.NewResponseController(w).SetReadDeadline(time.Now().Add(timeout)) // not every server can
		}
		w = noteGzip(w, r)
		v := visit{lang: in.language(r), body: r.Body}
		r.Body = http.MaxBytesReader(w, r.Body, maxBody)
		err := in.answer(route, w, r, &v)
		var cut *broken
		if errors.As(err, &cut) {
			in.log.Error("inbox: an answer was cut off", "route", r.Pattern, "officer", v.officer.ID, "error", err)
			panic(http.ErrAbortHandler) // by which the browser knows that it is not whole
		}
		if err != nil {
			in.fail(w, r, v, err)
		}
	})
	if route.Pattern == "/healthz" || route.Pattern == "/static/{file...}" {
		return checked // no session, so no read of the store for it
	}
	withSession := in.sessions.LoadAndSave(checked)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		withSession.ServeHTTP(&answer{ResponseWriter: w}, r)
	})
}

func (in *Inbox) answer(route route, w http.ResponseWriter, r *http.Request, v *visit) error {
	if route.Least == "" {
		return route.handle(in, w, r, *v)
	}
	officer, err := in.officer(r.Context())
	if err != nil {
		return err
	}
	v.officer = officer
	if !v.signedIn() {
		return in.askToSignIn(w, r, *v)
	}
	// From here on the store shows and does only what the officer may see.
	r = r.WithContext(bot.WithSight(r.Context(), officer.Sight()))
	switch {
	case in.locked(route, r):
		return in.askToUnlock(w, r, *v)
	case in.unfinished(officer) != "" && !isOwn(route):
		return in.askToFinish(w, r, *v)
	case !officer.Role.May(route.Least):
		return bot.ErrForbiddenRole
	}
	return route.handle(in, w, r, *v)
}

// errBadRequest is a form or an address that no page of ours makes.
var errBadRequest = errors.New("bad request")

// fail shows an error as a page, and logs it where it is ours.
func (in *Inbox) fail(w http.ResponseWriter, r *http.Request, v visit, err error) {
	status, key := http.StatusInternalServerError, "failed.ours"
	switch {
	case errors.Is(err, bot.ErrForbiddenRole):
		status, key = http.StatusForbidden, "failed.role"
	case errors.Is(err, errVeiled):
		status, key = http.StatusForbidden, "failed.veiled"
	case errors.Is(err, bot.ErrNotFound):
		status, key = http.StatusNotFound, "failed.not_found"
	case tooLarge(err):
		status, key = http.StatusRequestEntityTooLarge, "failed.too_large"
	case errors.Is(err, errBadRequest):
		status, key = http.StatusBadRequest, "failed.request"
	case r.Context().Err() != nil && errors.Is(err, context.Canceled):
		return // the browser has gone
	default:
		in.log.Error("inbox: request failed", "route", r.Pattern, "officer", v.officer.ID, "error", err)
	}
	var lost *unsent
	if !errors.As(err, &lost) {
		lost = &unsent{}
	}
	in.showFailure(w, r, v, status, failurePage{Key: key, Kept: lost.text})
}

// unsent is an error with the words that were not sent for it, so that the
// page that tells of the error gives them back.
type unsent struct {
	error
	text string
}

func (u *unsent) Unwrap() error { return u.error }

// showFailure shows a page that says what is wrong and leads on.
func (in *Inbox) showFailure(w http.ResponseWriter, r *http.Request, v visit, status int, data failurePage) {
	data.page = in.page(r, v, "failed.title")
	if err := in.views.render(w, status, v.lang, "failure", data); err != nil {
		in.log.Error("inbox: page failed", "page", "failure", "error", err)
	}
}

type failurePage struct {
	page
	Key  string // of words: what is wrong
	Kept string // what was written and not sent
}

func (in *Inbox) crossOrigin(w http.ResponseWriter, r *http.Request) {
	in.showFailure(w, r, visit{lang: in.language(r)}, http.StatusForbidden, failurePage{Key: "failed.origin"})
}

// id reads a number out of the address.
func id(r *http.Request, name string) (int64, error) {
	n, err := strconv.ParseInt(r.PathValue(name), 10, 64)
	if err != nil || n <= 0 {
		return 0, bot.ErrNotFound
	}
	return n, nil
}
