package whatsapp

import (
	"context"
	"slices"
	"sync"
	"time"

	"go.mau.fi/whatsmeow"
	"go.mau.fi/whatsmeow/proto/waE2E"
	"go.mau.fi/whatsmeow/types"
	"go.mau.fi/whatsmeow/types/events"
	"google.golang.org/protobuf/proto"

	"mitan/bot"
)

// A phone that could not read a message of ours asks for it again. whatsmeow
// answers from its memory, in a goroutine of its own that a kill ends and that
// may use the same key as a message that is just being sent: the phone then
// drops one of the two. So it is the outbox that sends again, with the stored id
// and bytes, and what is asked for is written down before the service is told
// that we have heard it.

// fromOutbox keeps whatsmeow from answering for messages to residents. It does
// for the officers' group, and for the helpline's own phone.
func fromOutbox(receipt *events.Receipt, _ types.MessageID, _ int, _ *waE2E.Message) bool {
	return receipt.IsGroup || receipt.IsFromMe
}

// How often, and after how long, what is just being sent is looked at again.
const (
	againTries = 5
	againPause = time.Second
)

// maxUnread is how many messages are remembered as not read once already.
const maxUnread = 1000

// newestIDs are the ids that were added last. They are safe for concurrent use.
type newestIDs struct {
	mu   sync.Mutex
	list []string
}

// add adds an id, and tells whether it was there.
func (n *newestIDs) add(id string) bool {
	n.mu.Lock()
	defer n.mu.Unlock()
	if slices.Contains(n.list, id) {
		return true
	}
	if len(n.list) == maxUnread {
		n.list = slices.Delete(n.list, 0, 1)
	}
	n.list = append(n.list, id)
	return false
}

// sendAgain puts what a phone could not read back into the outbox. The second
// time it gets new keys.
func (a *arrivals) sendAgain(ctx context.Context, e *events.Receipt) bool {
	for _, id := range e.MessageIDs {
		if a.unread.add(id) {
			a.dropSession(ctx, e.Sender)
		}
		at, fresh, err := a.helpline.SendAgain(ctx, ChannelName, id)
		switch {
		case err != nil:
			if ctx.Err() == nil {
				a.log.Error("whatsapp: a message could not be queued again; the phone will be heard again", "error", withoutNames(err))
			}
			a.stall(ctx)
			return false
		case at == bot.Delivered: // to another phone of the resident's
			a.errand(func(ctx context.Context) { a.copyTo(ctx, e.Chat, id) })
		case at == bot.Queued && !fresh:
			a.background.Go(func() { a.sendAgainSoon(ctx, id) })
		}
	}
	return true
}

// sendAgainSoon is for a message whose sending is still being written down.
func (w *WhatsApp) sendAgainSoon(ctx context.Context, id string) {
	for range againTries {
		select {
		case <-ctx.Done():
			return
		case <-time.After(againPause):
		}
		if at, fresh, err := w.helpline.SendAgain(ctx, ChannelName, id); err == nil && (fresh || at != bot.Queued) {
			return
		}
	}
}

// copyTo sends a message that has arrived already once more, for a second phone
// of the resident's that could not read it.
func (w *WhatsApp) copyTo(ctx context.Context, to types.JID, id string) {
	client := w.online()
	payload, err := w.helpline.Payload(ctx, ChannelName, to.ToNonAD().String(), id)
	if client == nil || err != nil {
		return
	}
	message := &waE2E.Message{}
	if proto.Unmarshal(payload, message) == nil {
		_ = w.deliver(ctx, client, to.ToNonAD(), id, message)
	}
}

// dropSession makes the next message to a phone begin with new keys.
func (w *WhatsApp) dropSession(ctx context.Context, phone types.JID) {
	client := w.client.Load()
	if client == nil {
		return
	}
	w.gate.Alone(func() {
		for _, name := range sessionNames(ctx, client, phone) {
			if err := client.Store.Sessions.DeleteSession(ctx, name); err != nil {
				w.log.Warn("whatsapp: the keys of a phone could not be dropped", "error", withoutNames(err))
			}
		}
	})
}

// sessionNames are the names under which whatsmeow may keep a phone's keys.
func sessionNames(ctx context.Context, client *whatsmeow.Client, phone types.JID) []string {
	names := []string{phone.SignalAddress().String()}
	if hidden, err := client.Store.LIDs.GetLIDForPN(ctx, phone); err == nil && !hidden.IsEmpty() {
		names = append(names, hidden.SignalAddress().String())
	}
	return names
}
