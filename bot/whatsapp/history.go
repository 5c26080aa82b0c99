package whatsapp

import (
	"context"
	"slices"
	"time"

	"go.mau.fi/whatsmeow/proto/waHistorySync"
	"go.mau.fi/whatsmeow/types"
	"go.mau.fi/whatsmeow/types/events"
)

// historyMargin is how much before the newest known message the phone's history
// is read: clocks and queues differ. What is known already is not taken twice.
const historyMargin = 10 * time.Minute

// history takes, from what the phone tells of its recent past after a new link,
// the messages of residents that came while no device was linked. They are
// answered as a backlog is: once a resident.
func (w *WhatsApp) history(ctx context.Context, e *events.HistorySync) {
	since := w.unheard(ctx)
	if since.IsZero() { // a first link: what was written before is not for us
		return
	}
	taken := 0
	for _, conversation := range e.Data.GetConversations() {
		chat, err := types.ParseJID(conversation.GetID())
		if err != nil || (chat.Server != types.DefaultUserServer && chat.Server != types.HiddenUserServer) {
			continue
		}
		taken += w.pastOf(ctx, chat, conversation, since)
	}
	w.log.Info("whatsapp: history read", "messages", taken)
	w.release(ctx)
}

// sleep waits, or tells that ctx has ended.
func sleep(ctx context.Context, d time.Duration) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(d):
		return nil
	}
}

// pastOf hands over what one person wrote since a time.
func (w *WhatsApp) pastOf(ctx context.Context, chat types.JID, conversation *waHistorySync.Conversation, since time.Time) (taken int) {
	client := w.client.Load()
	if client == nil {
		return 0
	}
	var past []*events.Message
	for _, m := range slices.Backward(conversation.GetMessages()) { // the newest first
		e, err := client.ParseWebMessage(chat, m.GetMessage())
		if err == nil && e.Message != nil && !e.Info.IsFromMe && !e.Info.Timestamp.Before(since) {
			past = append(past, e)
		}
	}
	slices.SortStableFunc(past, func(a, b *events.Message) int { return a.Info.Timestamp.Compare(b.Info.Timestamp) })
	for _, e := range past {
		// The service will not give it again: it is tried until it is stored.
		for pause := time.Second; w.fromResident(ctx, e, w.who(ctx, e.Info.Sender, e.Info.SenderAlt), true) != nil; pause = min(2*pause, time.Minute) {
			if sleep(ctx, pause) != nil {
				return taken
			}
		}
		taken++
	}
	return taken
}

// linkEvents is how many of the link's newest events are searched for the last
// new link.
const linkEvents = 1000

// unheard is since when messages may be missing; zero if there was no link of
// this phone before the last new one.
func (w *WhatsApp) unheard(ctx context.Context) time.Time {
	past, err := w.store.LinkEvents(ctx, linkEvents)
	if err != nil {
		w.log.Error("whatsapp: the events of the link cannot be read; the phone's history is left out", "error", err)
		return time.Time{}
	}
	since, _ := lastLinked(past)
	if since.IsZero() {
		return since
	}
	return since.Add(-historyMargin)
}
