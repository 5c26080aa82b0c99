package inbox

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/http"
	"time"

	"mitan/bot"
	"mitan/locales"
)

const (
	// linkDays is over how many days the events of the link are counted.
	linkDays = 30
	// linkEvents is how many events of the link are listed.
	linkEvents = 20
	// linkReload is after how many seconds the page is loaded again where
	// scripts are off: a code lasts about 20.
	linkReload = 10
	// linkLate is after how long a reply that has reached no phone is counted.
	linkLate = time.Hour
)

// Actions on the link that the inbox writes into the audit.
const (
	auditLinkStart     = "link_start"
	auditLinkReconnect = "link_reconnect"
)

type linkPage struct {
	framed
	Link    *linkView
	Refused bool // what was asked for just now could not be done
}

// A linkView is the link, ready to show.
type linkView struct {
	State  bot.LinkState
	Tone   string  // good, wait or bad
	Since  *moment // nil if not known
	Number string  // "" if none is linked
	Reason string
	Until  *moment // of a ban
	Cyber  string  // the number that residents can always call
	Code   *codeView

	Start     bool // a phone can be linked
	Reconnect bool // trying again at once may help

	Undelivered int
	Counts      []linkCount
	Events      []linkEvent
}

// A codeView is the code that is on offer to a phone.
type codeView struct {
	Address string // of its picture: another for each code
	Until   int64  // Unix milliseconds, for the page's clock
	Left    string // minutes and seconds when the page was made
}

type linkCount struct {
	State bot.LinkState
	Times int
}

type linkEvent struct {
	At     moment
	State  bot.LinkState
	Reason string
}

// linkKinds are the events that are counted, in the order of the page.
var linkKinds = []bot.LinkState{
	bot.LinkOnline, bot.LinkOffline, bot.LinkLoggedOut, bot.LinkBanned,
	bot.LinkReplaced, bot.LinkOutdated, bot.LinkAlerted,
}

func (in *Inbox) linkPage(w http.ResponseWriter, r *http.Request, v visit) error {
	return in.showLink(w, r, v, http.StatusOK, false)
}

func (in *Inbox) showLink(w http.ResponseWriter, r *http.Request, v visit, status int, refused bool) error {
	around, err := in.framed(r, v, "link.title")
	if err != nil {
		return err
	}
	data := linkPage{framed: around, Refused: refused}
	data.Reload, data.Back, data.Again = "/link", "/link", linkReload
	if data.Link, err = in.linkView(r.Context()); err != nil {
		return err
	}
	name := "link"
	if r.URL.Query().Get("part") == "live" {
		name = "livelink"
	}
	return in.views.render(w, status, v.lang, name, data)
}

// linkView reads the link and what has happened to it; nil where no channel
// has a link.
func (in *Inbox) linkView(ctx context.Context) (*linkView, error) {
	if in.link == nil {
		return nil, nil
	}
	link, now := in.link.Link(), in.clock.Now()
	shown := &linkView{
		State:     link.State,
		Tone:      toneOf(link.State),
		Since:     momentOf(link.Since, now),
		Number:    locales.FormatPhone(link.Number),
		Reason:    plain(link.Reason),
		Until:     momentOf(link.Until, now),
		Cyber:     in.unit.Numbers.Cyber,
		Code:      codeOf(link, now),
		Start:     link.State == bot.LinkNone || link.State == bot.LinkLoggedOut,
		Reconnect: mayReconnect(link, now),
	}
	events, err := in.store.LinkEvents(ctx, linkEvents)
	if err != nil {
		return nil, fmt.Errorf("read the link's events: %w", err)
	}
	for _, e := range events {
		if e.State == bot.LinkBanEnds { // of a ban that is shown by itself
			continue
		}
		shown.Events = append(shown.Events, linkEvent{At: *momentOf(e.At, now), State: e.State, Reason: eventReason(e)})
	}
	counts, err := in.store.LinkCounts(ctx, now.AddDate(0, 0, -linkDays))
	if err != nil {
		return nil, fmt.Errorf("count the link's events: %w", err)
	}
	for _, kind := range linkKinds {
		shown.Counts = append(shown.Counts, linkCount{kind, counts[kind]})
	}
	if shown.Undelivered, err = in.store.Undelivered(ctx, now.Add(-linkLate)); err != nil {
		return nil, fmt.Errorf("count what has reached no phone: %w", err)
	}
	return shown, nil
}

func toneOf(s bot.LinkState) string {
	switch {
	case s == bot.LinkOnline:
		return "good"
	case s.Down():
		return "bad"
	}
	return "wait"
}

// mayReconnect tells whether a try at once may help. During a ban it would
// only make things worse.
func mayReconnect(l bot.Link, now time.Time) bool {
	switch l.State {
	case bot.LinkOffline, bot.LinkReplaced, bot.LinkOutdated:
		return true
	case bot.LinkConnecting:
		return now.Sub(l.Since) > linkPatience
	}
	return false
}

func codeOf(l bot.Link, now time.Time) *codeView {
	if l.Code == "" {
		return nil
	}
	sum := sha256.Sum256([]byte(l.Code))
	return &codeView{
		Address: "/link/code.png?c=" + hex.EncodeToString(sum[:6]),
		Until:   l.CodeUntil.UnixMilli(), Left: minutes(l.CodeUntil.Sub(now)),
	}
}

// startLinking offers codes to link a phone.
func (in *Inbox) startLinking(w http.ResponseWriter, r *http.Request, v visit) error {
	return in.actOnLink(w, r, v, auditLinkStart, bot.Linker.StartLinking)
}

// reconnect tries the link again at once.
func (in *Inbox) reconnect(w http.ResponseWriter, r *http.Request, v visit) error {
	return in.actOnLink(w, r, v, auditLinkReconnect, bot.Linker.Reconnect)
}

// actOnLink writes into the audit what the officer does to the link, then does
// it.
func (in *Inbox) actOnLink(w http.ResponseWriter, r *http.Request, v visit, action string, do func(bot.Linker, context.Context) error) error {
	if in.link == nil {
		return bot.ErrNotFound
	}
	ctx := context.WithoutCancel(r.Context())
	if err := in.store.Audit(ctx, bot.AuditEntry{At: in.clock.Now(), Officer: v.officer.ID, Action: action}); err != nil {
		return fmt.Errorf("write the audit: %w", err)
	}
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	if err := do(in.link, ctx); err != nil {
		in.log.Error("inbox: the link was not changed", "action", action, "officer", v.officer.ID, "error", err)
		return in.showLink(w, r, v, http.StatusBadGateway, true)
	}
	http.Redirect(w, r, "/link", http.StatusSeeOther)
	return nil
}

// eventReason is why an event came, for people. Those that the program writes
// for itself have none.
func eventReason(e bot.LinkEvent) string {
	if e.State == bot.LinkLinked || e.State == bot.LinkAlerted {
		return ""
	}
	return plain(e.Reason)
}
