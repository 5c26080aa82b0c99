package whatsapp

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"go.mau.fi/whatsmeow"
	"go.mau.fi/whatsmeow/store"
	"go.mau.fi/whatsmeow/types/events"

	"mitan/bot"
)

// Limits of the connection.
const (
	longestRetry   = 30 * time.Second // between tries after a cut
	firstFailure   = time.Minute      // after the service has refused the connection; doubles
	longestFailure = 15 * time.Minute
	firstStall     = time.Second // after a message that could not be stored; doubles
	longestStall   = time.Minute
	loginWait      = 60 * time.Second // for the service to take the login; then a new try
	bannedWait     = time.Hour        // where the service does not say how long
	outdatedWait   = 6 * time.Hour    // until a refused version is tried again
	maxSilentPings = 3                // pings without an answer; then a new connection
	quietTries     = 3                // tries after which a cut is shown as being offline
	lasting        = 30 * time.Second // online for so long, the link has come to rest
)

// Signals to the loop, beside whatsmeow's own events.
type (
	stalled      struct{ arrivals *arrivals } // a message was refused and must come again
	caughtUp     struct{}                     // the backlog is in
	startLinking struct{}
	connectNow   struct{}
	fromClient   struct { // an event of a connection
		client *whatsmeow.Client
		event  any
	}
)

// signal tells the loop of something. It may wait a moment.
func (w *WhatsApp) signal(ctx context.Context, what any) {
	select {
	case w.signals <- what:
	case <-ctx.Done():
	}
}

// A holder holds the link up. Only the loop uses it.
type holder struct {
	*WhatsApp
	alarm    *time.Timer
	arrivals *arrivals // what the client brings

	retryAt   time.Time // when to connect; zero for not
	online    time.Time // since when messages come and go; zero while they do not
	tries     int       // since the last link that lasted
	failures  int       // connections that the service refused, since then
	stalls    int       // messages that could not be stored, since then
	loginBy   time.Time // when the login that runs must have come; zero if none runs
	catchUpBy time.Time // when to see whether a backlog is in; zero if none comes

	catchUpEnd time.Time // when it is answered even if it is not in
	fetched    bool      // the service's version was asked for since the last login
	up         bool      // there is a connection that we have not dropped
	linked     bool      // the client's device is linked to a phone
	linking    linking
}

// hold holds the link up until ctx ends.
func (w *WhatsApp) hold(ctx context.Context) error {
	h := &holder{WhatsApp: w, alarm: time.NewTimer(time.Hour)}
	defer h.alarm.Stop()
	defer h.drop()
	if err := h.begin(ctx); err != nil {
		return err
	}
	for {
		h.alarm.Reset(h.untilAlarm())
		select {
		case <-ctx.Done():
			return nil
		case signal := <-w.signals:
			h.take(ctx, signal)
		case <-h.alarm.C:
			h.ring(ctx)
		}
	}
}

// begin connects the device that is linked, or says that none is.
func (h *holder) begin(ctx context.Context) error {
	device, err := h.devices.GetFirstDevice(ctx)
	if err != nil {
		return err
	}
	if device.ID == nil {
		return h.unlinked(ctx)
	}
	h.use(ctx, device)
	h.retryAt = time.Now()
	past, err := h.store.LinkEvents(ctx, linkEvents)
	if err != nil {
		return err
	}
	if until, reason := banEnd(past); until.After(h.clock.Now()) { // asking before would only make it worse
		h.bannedUntil(until, reason)
	}
	return nil
}

// banEnd is the end of the last ban and its reason; zero if there was none since
// the link was last up.
func banEnd(past []bot.LinkEvent) (until time.Time, reason string) {
	for _, e := range past { // the newest first
		switch e.State {
		case bot.LinkOnline, bot.LinkLinked:
			return time.Time{}, ""
		case bot.LinkBanEnds:
			stamp, reason, _ := strings.Cut(e.Reason, " ")
			if milli, err := strconv.ParseInt(stamp, 10, 64); err == nil {
				return time.UnixMilli(milli), reason
			}
		}
	}
	return time.Time{}, ""
}

// unlinked says that no phone is linked: none yet, or none any more.
func (h *holder) unlinked(ctx context.Context) error {
	past, err := h.store.LinkEvents(ctx, linkEvents)
	if err != nil {
		return err
	}
	h.stand(bot.LinkNone, "")
	for _, e := range past { // the newest first
		switch e.State {
		case bot.LinkOnline:
			return nil
		case bot.LinkLoggedOut:
			h.stand(bot.LinkLoggedOut, e.Reason)
			return nil
		}
	}
	return nil
}

// use makes a new client for a device. The old one is gone: what it may still
// be handling is refused.
func (h *holder) use(ctx context.Context, device *store.Device) {
	h.drop()
	h.gate.Put(device)
	client := whatsmeow.NewClient(device, h.library())
	client.EnableAutoReconnect = false // this loop does it
	client.SynchronousAck = true
	client.EnableDecryptedEventBuffer = true
	client.AutomaticMessageRerequestFromPhone = true
	client.BackgroundEventCtx = ctx
	client.SetForceActiveDeliveryReceipts(true)
	client.PreRetryCallback = fromOutbox
	client.PrePairCallback = h.rightNumber
	h.loopback.point(client)
	h.client.Store(client)
	h.arrivals = h.newArrivals(client)
	arrivals := h.arrivals
	client.AddEventHandlerWithSuccessStatus(func(event any) bool {
		if _, history := event.(*events.HistorySync); !history && h.client.Load() != client {
			return false
		}
		return arrivals.handle(ctx, event)
	})
	h.linked = device.ID != nil
	if id := device.ID; id != nil {
		h.change(func(l *bot.Link) { l.Number = phoneOf(id.ToNonAD()) })
	}
}

// drop ends the connection. What it may still say of itself no longer counts.
func (h *holder) drop() {
	h.rest()
	h.loginBy, h.up = time.Time{}, false
	if client := h.client.Load(); client != nil {
		client.Disconnect()
	}
}

// rest forgets the tries before a link that has lasted. The caller knows that it
// has ended.
func (h *holder) rest() {
	if !h.online.IsZero() && time.Since(h.online) >= lasting {
		h.tries, h.failures, h.stalls = 0, 0, 0
	}
	h.online = time.Time{}
}

// connect tries to connect once.
func (h *holder) connect(ctx context.Context) {
	h.retryAt = time.Time{}
	client := h.client.Load()
	if client == nil {
		return
	}
	if h.arrivals.failed.Load() { // a fresh client: nothing of the old one comes before what must come again
		h.use(ctx, client.Store)
		client = h.client.Load()
	}
	h.tries++
	if h.linked && h.tries <= quietTries && h.Link().State != bot.LinkOffline {
		h.stand(bot.LinkConnecting, h.Link().Reason)
	}
	if err := client.ConnectContext(ctx); err != nil {
		if ctx.Err() == nil {
			h.log.Warn("whatsapp: cannot connect", "tries", h.tries, "error", withoutNames(err))
		}
		h.lost("")
		return
	}
	h.loginBy, h.up = time.Now().Add(h.patience), true
}

// lost tries again after the connection was cut: at once, then ever slower.
func (h *holder) lost(reason string) {
	h.rest()
	h.loginBy = time.Time{}
	if h.client.Load() == nil || (!h.linked && !h.linking.open()) {
		return
	}
	delay := time.Duration(0)
	if h.tries > 0 {
		delay = min(time.Second<<min(h.tries-1, 10), longestRetry)
	}
	h.retryAt = time.Now().Add(delay)
	switch {
	case !h.linked:
	case h.tries >= quietTries:
		h.stand(bot.LinkOffline, reason)
	default:
		h.stand(bot.LinkConnecting, reason)
	}
}

// untilAlarm is when the loop must look again without a signal.
func (h *holder) untilAlarm() time.Duration {
	next := time.Now().Add(time.Hour)
	for _, t := range []time.Time{h.retryAt, h.loginBy, h.catchUpBy, h.linking.next()} {
		if !t.IsZero() && t.Before(next) {
			next = t
		}
	}
	return max(time.Until(next), 0)
}

// ring does what is due.
func (h *holder) ring(ctx context.Context) {
	now := time.Now()
	due := func(t time.Time) bool { return !t.IsZero() && !t.After(now) }
	if due(h.catchUpBy) {
		quiet := now.Sub(time.Unix(0, h.heard.Load()))
		if (quiet < backlogQuiet || h.arriving.Load() > 0) && now.Before(h.catchUpEnd) {
			h.catchUpBy = now.Add(max(backlogQuiet-quiet, backlogQuiet/10)) // it still comes in
		} else {
			h.answerBacklog(ctx)
		}
	}
	if due(h.loginBy) {
		h.log.Warn("whatsapp: the service did not take the login: connecting anew")
		h.drop()
		h.lost("login")
	}
	if due(h.linking.next()) {
		h.nextCode(ctx)
	}
	if due(h.retryAt) {
		h.drop()
		h.connect(ctx)
	}
}

// take answers a signal.
func (h *holder) take(ctx context.Context, signal any) {
	switch s := signal.(type) {
	case stalled:
		if s.arrivals == h.arrivals {
			h.stalled()
		}
	case caughtUp:
		h.catchUpBy = time.Now().Add(backlogQuiet)
	case startLinking:
		h.startLinking(ctx)
	case connectNow:
		h.connectNow(ctx)
	case backlog:
		h.catchUpBy = time.Now().Add(bot.BacklogWait)
		h.catchUpEnd = h.catchUpBy
	case fromClient:
		if s.client == h.client.Load() && h.up {
			h.event(ctx, s.event)
		}
	}
}

// event answers an event of the connection; see the table in the README's
// operations.
func (h *holder) event(ctx context.Context, event any) {
	switch e := event.(type) {
	case *events.Connected:
		h.connected(ctx)
	case *events.Disconnected:
		h.lost("")
	case *events.KeepAliveTimeout:
		if e.ErrorCount >= maxSilentPings {
			h.drop()
			h.lost("ping")
		}
	case *events.LoggedOut:
		h.loggedOut(strconv.Itoa(int(e.Reason)))
	case *events.TemporaryBan:
		h.banned(ctx, e)
	case *events.StreamReplaced:
		h.end(bot.LinkReplaced, "")
	case *events.ClientOutdated:
		h.outdated(ctx)
	case *events.ConnectFailure:
		h.refused(strconv.Itoa(int(e.Reason)))
	case *events.StreamError:
		h.refused(e.Code)
	case *events.QR:
		if h.linked { // the library has forgotten the device: its end was not heard of
			h.loggedOut("401")
			return
		}
		h.offer(e.Codes)
	case *events.PairSuccess:
		h.paired(ctx, phoneOf(e.ID.ToNonAD()))
	case *events.PairError:
		h.stand(h.Link().State, "pairing")
	}
}

// connected says that messages come and go.
func (h *holder) connected(ctx context.Context) {
	h.loginBy, h.retryAt = time.Time{}, time.Time{}
	h.online, h.fetched = time.Now(), false
	h.linking = linking{}
	h.stand(bot.LinkOnline, "")
	h.log.Info("whatsapp: online")
	h.helpline.Wake()
	if !h.catching.Load() {
		h.release(ctx) // what an earlier start has kept and not answered
	}
}

// stalled has the connection made anew after a while, so that the service gives
// again what could not be stored.
func (h *holder) stalled() {
	if !h.up { // it is being made anew, or has ended
		return
	}
	h.drop()
	h.retryAt = time.Now().Add(min(firstStall<<min(h.stalls, 10), longestStall))
	h.stalls++
	h.stand(bot.LinkOffline, "store")
}

// end ends the connection for good: until somebody acts.
func (h *holder) end(state bot.LinkState, reason string) {
	h.log.Error("whatsapp: the link has ended", "state", string(state), "reason", reason)
	h.drop()
	h.retryAt = time.Time{}
	h.stand(state, reason)
}

// loggedOut keeps everything and waits for a new link, by a new device.
func (h *holder) loggedOut(reason string) {
	h.end(bot.LinkLoggedOut, reason)
	h.client.Store(nil)
	h.linked = false
}

// banned waits for the end of the ban, and writes it down for a restart.
func (h *holder) banned(ctx context.Context, e *events.TemporaryBan) {
	wait := e.Expire
	if wait <= 0 {
		wait = bannedWait
	}
	now := h.clock.Now()
	until, reason := now.Add(wait), strconv.Itoa(int(e.Code))
	ends := bot.LinkEvent{At: now, State: bot.LinkBanEnds, Reason: fmt.Sprintf("%d %s", until.UnixMilli(), reason)}
	if err := h.store.AddLinkEvent(ctx, ends); err != nil {
		h.log.Error("whatsapp: the end of a ban could not be written down; a restart would ask the service", "error", err)
	}
	h.bannedUntil(until, reason)
}

// bannedUntil connects no more until a time.
func (h *holder) bannedUntil(until time.Time, reason string) {
	h.end(bot.LinkBanned, reason)
	h.retryAt = time.Now().Add(until.Sub(h.clock.Now()))
	h.change(func(l *bot.Link) { l.Until = until })
}

// refused waits longer after each connection that the service refuses for a
// reason that we do not know.
func (h *holder) refused(reason string) {
	h.log.Warn("whatsapp: the service refused the connection", "reason", reason)
	h.drop()
	h.retryAt = time.Now().Add(min(firstFailure<<min(h.failures, 10), longestFailure))
	h.failures++
	h.stand(bot.LinkOffline, reason)
}

// connectNow connects at once, whatever ended the connection.
func (h *holder) connectNow(ctx context.Context) {
	if h.Link().State == bot.LinkOnline || h.client.Load() == nil || !h.linked {
		return
	}
	h.fetched, h.tries = false, 0
	h.stand(bot.LinkConnecting, "")
	h.drop()
	h.connect(ctx)
}
