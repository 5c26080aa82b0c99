package whatsapp

import (
	"context"
	"errors"
	"fmt"
	"time"

	"go.mau.fi/whatsmeow"
	"go.mau.fi/whatsmeow/proto/waE2E"
	"go.mau.fi/whatsmeow/types"
	"google.golang.org/protobuf/proto"

	"mitan/bot"
)

// Send sends a message with its stored id and bytes, and returns when the
// service has taken it. A time-out does not mean that it has not: the same id
// and bytes again show it once.
func (w *WhatsApp) Send(ctx context.Context, m bot.Message) error {
	to, ok := recipient(m.Address)
	if !ok {
		return fmt.Errorf("send by whatsapp: %w: its address is no person's", bot.ErrForbidden)
	}
	client := w.online()
	if client == nil {
		return bot.ErrOffline
	}
	if m.Payload == nil {
		payload, err := w.upload(ctx, client, m)
		if err != nil {
			return err
		}
		if err := w.helpline.SetPayload(ctx, m.ID, payload); err != nil {
			return fmt.Errorf("send by whatsapp: %w", err)
		}
		m.Payload = payload
	}
	message := &waE2E.Message{}
	if err := proto.Unmarshal(m.Payload, message); err != nil {
		return fmt.Errorf("send by whatsapp: %w: its bytes are broken", bot.ErrForbidden)
	}
	err := w.deliver(ctx, client, to, m.ExternalID, message)
	if !errors.Is(err, bot.ErrForbidden) {
		return err
	}
	// The service may know the person by the other name only. Nothing was
	// delivered: it said so.
	other := w.otherName(ctx, to)
	if other.IsEmpty() {
		return err
	}
	if again := w.deliver(ctx, client, other, m.ExternalID, message); again == nil || !errors.Is(again, bot.ErrForbidden) {
		return again
	}
	return err
}

// ackWait is how long the service may take to take one message.
const ackWait = 20 * time.Second

// deliver sends a message once. An empty id gives it a new one.
func (w *WhatsApp) deliver(ctx context.Context, client *whatsmeow.Client, to types.JID, id string, message *waE2E.Message) error {
	ctx, leave := w.gate.Enter(ctx, client.Store.GetJID(), client.Store.GetLID())
	defer leave()
	if id != "" && w.mayFly(client, to) {
		return classed(w.fly(ctx, client, to, id, message))
	}
	w.changed.Delete(to)
	_, err := client.SendMessage(ctx, to, message, whatsmeow.SendRequestExtra{ID: id, Timeout: ackWait})
	return classed(err)
}

// Codes by which the service refuses a message.
const (
	codeBadRequest  = 400
	codeBarred      = 463 // the account may not write to people who have not written to it
	codeRateLimited = 429
	codeServerError = 500
)

// classed says what an error of whatsmeow means for the message: lasting
// (bot.ErrForbidden), barred (bot.ErrBarred), the link (bot.ErrOffline), or
// else passing.
func classed(err error) error {
	if err == nil {
		return nil
	}
	var code int
	if errors.Is(err, whatsmeow.ErrServerReturnedError) {
		_, _ = fmt.Sscanf(err.Error(), whatsmeow.ErrServerReturnedError.Error()+" %d", &code)
	}
	var cut *whatsmeow.DisconnectedError
	switch {
	case code == codeBarred:
		return fmt.Errorf("%w (%d)", bot.ErrBarred, code)
	case code >= codeBadRequest && code < codeServerError && code != codeRateLimited:
		return fmt.Errorf("%w: the service says %d", bot.ErrForbidden, code)
	case code != 0:
		return fmt.Errorf("send by whatsapp: the service says %d", code)
	case errors.Is(err, whatsmeow.ErrNotConnected), errors.Is(err, whatsmeow.ErrNotLoggedIn), errors.As(err, &cut):
		return bot.ErrOffline
	case errors.Is(err, whatsmeow.ErrUnknownServer), errors.Is(err, whatsmeow.ErrRecipientADJID):
		return fmt.Errorf("%w: its address is no person's", bot.ErrForbidden)
	}
	return fmt.Errorf("send by whatsapp: %w", withoutNames(err))
}

// Typing shows a resident that a reply is being written.
func (w *WhatsApp) Typing(address string) {
	to, ok := recipient(address)
	if !ok {
		return
	}
	w.errand(func(ctx context.Context) {
		if client := w.online(); client != nil {
			_ = client.SendChatPresence(ctx, to, types.ChatPresenceComposing, types.ChatPresenceMediaText)
		}
	})
}
