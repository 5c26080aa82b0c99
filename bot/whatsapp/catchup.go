package whatsapp

import (
	"context"
	"slices"
	"time"

	"go.mau.fi/whatsmeow/types"
)

// backlogQuiet is how long nothing must have come after the service has said
// that the backlog is in: beyond 2,048 stanzas whatsmeow may hand that word over
// before the last messages.
const backlogQuiet = 300 * time.Millisecond

// backlog is the signal that a backlog is coming in.
type backlog struct{}

// catchUp begins to hold answers: what has come while the link was down is
// answered together, once a resident.
func (w *WhatsApp) catchUp(ctx context.Context, messages int) {
	if messages == 0 {
		return
	}
	w.catching.Store(true)
	w.signal(ctx, backlog{})
}

// answerBacklog has what was held answered: the backlog is in, or has taken
// bot.BacklogWait.
func (h *holder) answerBacklog(ctx context.Context) {
	h.catchUpBy = time.Time{}
	h.catching.Store(false)
	writers := h.backlogRead()
	h.background.Go(func() {
		h.lookUp(ctx, writers)
		h.release(ctx)
	})
}

// release has what is held answered now.
func (w *WhatsApp) release(ctx context.Context) {
	w.background.Go(func() {
		if err := w.helpline.Release(ctx); err != nil && ctx.Err() == nil {
			w.log.Error("whatsapp: a backlog could not be answered now; its timers will", "error", err)
		}
	})
}

// lookedUp is how many people's phones are asked for at once.
const lookedUp = 100

// lookUp asks the service for the phones of those who are about to be answered,
// many at once: else each first answer would ask for one person's and wait.
func (w *WhatsApp) lookUp(ctx context.Context, people []types.JID) {
	ctx, cancel := context.WithTimeout(ctx, errandDeadline)
	defer cancel()
	for some := range slices.Chunk(people, lookedUp) {
		client := w.online()
		if client == nil {
			return
		}
		if _, err := client.GetUserDevices(ctx, some); err != nil {
			w.log.Warn("whatsapp: the phones of those in a backlog could not be looked up", "error", withoutNames(err))
			return
		}
	}
}
