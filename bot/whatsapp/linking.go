package whatsapp

import (
	"context"
	"strconv"
	"strings"
	"time"

	"go.mau.fi/whatsmeow/store"
	"go.mau.fi/whatsmeow/types"

	"mitan/bot"
	"mitan/bot/whatsapp/ratchet"
)

// How long codes are offered once somebody asks, and how long each is good.
const (
	linkingWindow = 5 * time.Minute
	firstCode     = 60 * time.Second
	laterCode     = 20 * time.Second
)

// linking is an offer to link a phone.
type linking struct {
	until  time.Time // the end of the offer; zero if there is none
	codes  []string  // that are left of those that the service gave
	codeBy time.Time // when the code that is shown ends
}

func (l *linking) open() bool { return time.Now().Before(l.until) }

// next is when a code or the offer ends; zero if there is none.
func (l *linking) next() time.Time {
	if l.until.IsZero() || l.codeBy.IsZero() || l.until.Before(l.codeBy) {
		return l.until
	}
	return l.codeBy
}

// nameDevice is how the phone shows this device among its linked ones.
func nameDevice() {
	name := "Cyber Mitan"
	store.DeviceProps.Os = &name
}

// rightNumber lets only the unit's own number be linked, where it is set:
// whoever scans with another phone would have residents' words there.
func (w *WhatsApp) rightNumber(id types.JID, _, _ string) bool {
	want := w.unit.Unit.WhatsApp
	if want == "" || want == phoneOf(id.ToNonAD()) {
		return true
	}
	w.change(func(l *bot.Link) { l.Reason = "number" })
	return false
}

// startLinking connects a new device, which makes the service offer codes.
func (h *holder) startLinking(ctx context.Context) {
	if h.linked {
		return
	}
	running := h.linking.open()
	h.linking.until = time.Now().Add(linkingWindow)
	if running {
		return
	}
	device := h.devices.NewDevice()
	device.Container = ratchet.Devices{Container: h.devices, Gate: &h.gate}
	h.use(ctx, device)
	h.tries = 0
	h.connect(ctx)
}

// offer shows the first of the codes that the service gave.
func (h *holder) offer(codes []string) {
	if len(codes) == 0 {
		return
	}
	h.loginBy = time.Time{}
	h.tries = 0
	h.linking.codes = codes
	h.show(firstCode)
}

// show shows the next code for a time.
func (h *holder) show(good time.Duration) {
	code := h.linking.codes[0]
	h.linking.codes = h.linking.codes[1:]
	h.linking.codeBy = time.Now().Add(good)
	h.change(func(l *bot.Link) { l.Code, l.CodeUntil = code, h.clock.Now().Add(good) })
}

// nextCode replaces a code that has ended: by the next one, by those of a new
// connection, or by none when the offer has ended.
func (h *holder) nextCode(ctx context.Context) {
	switch {
	case !h.linking.open():
		h.linking = linking{}
		h.drop()
		h.client.Store(nil)
		h.change(func(l *bot.Link) { l.Code, l.CodeUntil = "", time.Time{} })
	case len(h.linking.codes) > 0:
		h.show(laterCode)
	default:
		h.linking.codeBy = time.Time{}
		h.change(func(l *bot.Link) { l.Code, l.CodeUntil = "", time.Time{} })
		h.drop()
		h.connect(ctx)
	}
}

// paired writes down that a phone is linked, and how far what it may tell of
// the time before is known.
func (h *holder) paired(ctx context.Context, number string) {
	h.linking, h.linked = linking{}, true
	if err := h.noteLinked(ctx, number); err != nil {
		h.log.Error("whatsapp: the new link could not be written down; the phone's history will not be read", "error", err)
	}
	h.change(func(l *bot.Link) { l.Number, l.Code, l.CodeUntil = number, "", time.Time{} })
	h.stand(bot.LinkConnecting, "")
	h.loginBy = time.Now().Add(h.patience)
}

// noteLinked writes the new link down. What another phone than the last one tells
// of its past is not for us.
func (h *holder) noteLinked(ctx context.Context, number string) error {
	heard, err := h.store.LastHeard(ctx, ChannelName)
	if err != nil {
		return err
	}
	past, err := h.store.LinkEvents(ctx, linkEvents)
	if err != nil {
		return err
	}
	since := int64(0)
	if _, before := lastLinked(past); !heard.IsZero() && (before == "" || before == number) {
		since = heard.UnixMilli()
	}
	return h.store.AddLinkEvent(ctx, bot.LinkEvent{
		At: h.clock.Now(), State: bot.LinkLinked, Reason: strings.TrimSpace(strconv.FormatInt(since, 10) + " " + number),
	})
}

// lastLinked is what is known of the newest link: since when its phone's history
// is for us, zero if it is not, and the number, "" if it was not written down.
func lastLinked(past []bot.LinkEvent) (since time.Time, number string) {
	for _, e := range past { // the newest first
		if e.State != bot.LinkLinked {
			continue
		}
		stamp, number, _ := strings.Cut(e.Reason, " ")
		if milli, err := strconv.ParseInt(stamp, 10, 64); err == nil && milli > 0 {
			since = time.UnixMilli(milli)
		}
		return since, number
	}
	return time.Time{}, ""
}
