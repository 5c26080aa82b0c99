package whatsapp

import (
	"context"
	"fmt"
	"time"

	"go.mau.fi/whatsmeow"
	waBinary "go.mau.fi/whatsmeow/binary"
	"go.mau.fi/whatsmeow/proto/waE2E"
	"go.mau.fi/whatsmeow/types"
)

// whatsmeow sends one message at a time and waits for the service to take it
// before the next is sealed. A backlog of five hundred answers would wait five
// hundred times for the service, one after the other. The order in which keys
// are used is the gate's concern here, so several messages may be on their way,
// each to another person.

// mayFly tells whether a message may be sent beside others: to a person whose
// phones are known not to have changed.
func (w *WhatsApp) mayFly(client *whatsmeow.Client, to types.JID) bool {
	if _, changed := w.changed.Load(to); changed {
		return false
	}
	return to.Server == types.HiddenUserServer || (to.Server == types.DefaultUserServer && client.Store.LIDMigrationTimestamp == 0)
}

// fly does what [whatsmeow.Client.SendMessage] does for a person, without its
// lock.
func (w *WhatsApp) fly(ctx context.Context, client *whatsmeow.Client, to types.JID, id string, message *waE2E.Message) error {
	own := client.Store.GetJID()
	if to.Server == types.HiddenUserServer {
		own = client.Store.GetLID()
	}
	if own.IsEmpty() {
		return whatsmeow.ErrNotLoggedIn
	}
	//lint:ignore SA1019 the library's own way sends one at a time
	inside := client.DangerousInternals()
	taken := inside.WaitResponse(id)
	inside.AddRecentMessage(to, id, message, nil)
	if secret := message.GetMessageContextInfo().GetMessageSecret(); secret != nil {
		if err := client.Store.MsgSecrets.PutMessageSecret(ctx, to, own, id, secret); err != nil {
			w.log.Warn("whatsapp: the secret of a message could not be kept", "error", withoutNames(err))
		}
	}
	phones, frame, err := plain(inside.SendDM)(ctx, own, to, id, message, &whatsmeow.MessageDebugTimings{})
	if err != nil {
		inside.CancelResponse(id, taken)
		return err
	}
	timer := time.NewTimer(ackWait)
	defer timer.Stop()
	var answer *waBinary.Node
	select {
	case answer = <-taken:
	case <-timer.C:
		inside.CancelResponse(id, taken)
		return whatsmeow.ErrMessageTimedOut
	case <-ctx.Done():
		inside.CancelResponse(id, taken)
		return ctx.Err()
	}
	if answer == nil { // the connection was cut, and is again
		answer = &waBinary.Node{Tag: "xmlstreamend"}
	}
	if answer.Tag == "xmlstreamend" || answer.Tag == "stream:error" {
		if answer, err = inside.RetryFrame(ctx, "message send", id, frame, answer, 0); err != nil {
			return err
		}
	}
	return w.answered(to, phones, answer)
}

// answered is what the service said of a message. If the person's phones have
// changed, the next message goes by the library's own way, which then looks.
func (w *WhatsApp) answered(to types.JID, phones string, answer *waBinary.Node) error {
	says := answer.AttrGetter()
	if now := says.OptionalString("phash"); now != "" && now != phones {
		w.changed.Store(to, true)
	}
	if code := says.OptionalInt("error"); code != 0 {
		return fmt.Errorf("%w %d", whatsmeow.ErrServerReturnedError, code)
	}
	return nil
}

// plain is whatsmeow's sending without extra parameters, whose type has no name
// here.
func plain[Extra any](
	send func(context.Context, types.JID, types.JID, types.MessageID, *waE2E.Message, *whatsmeow.MessageDebugTimings, Extra) (string, []byte, error),
) func(context.Context, types.JID, types.JID, types.MessageID, *waE2E.Message, *whatsmeow.MessageDebugTimings) (string, []byte, error) {
	var none Extra
	return func(ctx context.Context, own, to types.JID, id types.MessageID, m *waE2E.Message, t *whatsmeow.MessageDebugTimings) (string, []byte, error) {
		return send(ctx, own, to, id, m, t, none)
	}
}
