package whatsapp

import (
	"context"
	"fmt"
	"runtime/debug"
	"time"

	"go.mau.fi/whatsmeow"
	"go.mau.fi/whatsmeow/proto/waCommon"
	"go.mau.fi/whatsmeow/proto/waWeb"
	"go.mau.fi/whatsmeow/types"
	"go.mau.fi/whatsmeow/types/events"
	"google.golang.org/protobuf/proto"

	"mitan/bot"
)

// handle answers one event of whatsmeow. For a message, true lets the service
// forget it: it is committed. It never sends and never downloads, since events
// come one at a time; and it never panics, since whatsmeow takes a panic for
// success.
func (w *WhatsApp) handle(ctx context.Context, client *whatsmeow.Client, event any) (ok bool) {
	defer func() {
		if cause := recover(); cause != nil {
			w.log.Error("whatsapp: handling an event failed", "event", fmt.Sprintf("%T", event), "stack", string(debug.Stack()))
			w.stall(ctx)
			ok = false
		}
	}()
	switch e := event.(type) {
	case *events.Message:
		return w.message(ctx, e)
	case *events.Receipt:
		return w.receipt(ctx, e)
	case *events.UndecryptableMessage:
		w.undecryptable(ctx, e)
	case *events.CallOffer:
		w.call(ctx, e.BasicCallMeta)
	case *events.CallOfferNotice:
		w.call(ctx, e.BasicCallMeta)
	case *events.IdentityChange:
		w.identityChanged(ctx, e)
	case *events.MediaRetry:
		w.expired.answer(e)
	case *events.HistorySync:
		w.history(ctx, e)
	case *events.OfflineSyncPreview:
		w.catchUp(ctx, e.Messages)
	case *events.OfflineSyncCompleted:
		w.signal(ctx, caughtUp{})
	default:
		w.signal(ctx, fromClient{client, event})
	}
	return true
}

// message hands a message over and tells whether it is committed.
func (w *WhatsApp) message(ctx context.Context, e *events.Message) bool {
	if w.failing.Load() { // an earlier one must come first: it comes again at the next connection
		return false
	}
	group, ignored := w.chat(&e.Info)
	if ignored {
		return true
	}
	var err error
	if group {
		err = w.fromGroup(ctx, e)
	} else {
		err = w.fromResident(ctx, e, w.catching.Load())
	}
	if err != nil {
		if ctx.Err() == nil {
			w.log.Error("whatsapp: a message could not be stored; it will come again", "error", withoutNames(err))
		}
		w.stall(ctx)
		return false
	}
	return true
}

// stall refuses messages from now on, and has the connection made anew, so that
// the service gives again what it was not told that we have.
func (w *WhatsApp) stall(ctx context.Context) {
	w.failing.Store(true)
	w.signal(ctx, stalled{})
}

// chat tells whether a message is from the officers' group, or nothing for us:
// status, newsletters, other groups, what the number's own phone writes.
func (w *WhatsApp) chat(info *types.MessageInfo) (group, ignored bool) {
	switch info.Chat.Server {
	case types.GroupServer:
		group = w.unit.WhatsApp.OfficersGroup != "" && info.Chat.String() == w.unit.WhatsApp.OfficersGroup
		return group, !group || info.IsFromMe
	case types.BroadcastServer: // a resident's list of receivers that we are on is a message to us
		return false, info.IsFromMe || info.Chat.User == types.StatusBroadcastJID.User
	case types.DefaultUserServer, types.HiddenUserServer:
		return false, info.IsFromMe || info.Sender.User == types.PSAJID.User
	}
	return false, true
}

// fromResident hands a resident's message over. Backlog says that it came with
// others after an outage.
func (w *WhatsApp) fromResident(ctx context.Context, e *events.Message, backlog bool) error {
	c := read(e.Message)
	if c.kind == "" {
		return nil
	}
	from := w.who(ctx, e.Info.Sender, e.Info.SenderAlt)
	if c.kind == bot.Vote {
		c.text = w.openVote(ctx, e, from)
	}
	in := w.incoming(e.Info, from, c)
	in.Backlog = backlog
	w.heard.Store(time.Now().UnixNano())
	in.Again = e.RetryCount > 0 || e.UnavailableRequestID != "" || e.SourceWebMsg != nil
	if err := w.helpline.Receive(ctx, in); err != nil {
		return err
	}
	w.told(from)
	w.markRead(e.Info)
	return nil
}

// incoming is a message as the bot takes it.
func (w *WhatsApp) incoming(info types.MessageInfo, from sender, c content) bot.Incoming {
	return bot.Incoming{
		Channel: ChannelName, Address: from.address, Alias: w.untold(from), Phone: from.phone,
		ID: info.ID, SentAt: info.Timestamp, Kind: c.kind, Text: c.text,
		Forwarded: c.forwarded, QuoteID: c.quote, Media: mediaOf(info, c.medium),
	}
}

// mediaOf is a medium with what Fetch needs to have its bytes: the message, as
// far as it is about the medium, and its key.
func mediaOf(info types.MessageInfo, m *medium) *bot.Media {
	if m == nil {
		return nil
	}
	ref, err := proto.Marshal(&waWeb.WebMessageInfo{
		Key: &waCommon.MessageKey{
			RemoteJID: proto.String(info.Chat.String()), FromMe: proto.Bool(false), ID: proto.String(info.ID),
			Participant: proto.String(info.Sender.String()),
		},
		Message: m.source,
	})
	if err != nil { // cannot be: it came as such a message
		ref = nil
	}
	return &bot.Media{Ref: ref, Name: m.name, Claimed: m.claimed, Size: int64(m.size), Duration: m.duration} //nolint:gosec // a claim
}

// markRead shows the resident that the message has arrived at the helpline.
func (w *WhatsApp) markRead(info types.MessageInfo) {
	w.errand(func(ctx context.Context) {
		if client := w.online(); client != nil {
			_ = client.MarkRead(ctx, []types.MessageID{info.ID}, time.Now(), info.Chat, info.Sender)
		}
	})
}

// receipt writes down how far messages of ours have come.
func (w *WhatsApp) receipt(ctx context.Context, e *events.Receipt) bool {
	if e.IsFromMe || e.IsGroup {
		return true
	}
	var to bot.Delivery
	switch e.Type {
	case types.ReceiptTypeDelivered, types.ReceiptTypeInactive:
		to = bot.Delivered
	case types.ReceiptTypeRead, types.ReceiptTypePlayed:
		to = bot.Read
	case types.ReceiptTypeRetry:
		return w.sendAgain(ctx, e)
	default:
		return true
	}
	for _, id := range e.MessageIDs {
		if err := w.helpline.SetDelivery(ctx, ChannelName, id, to); err != nil {
			if ctx.Err() == nil {
				w.log.Error("whatsapp: a receipt could not be stored; it will come again", "error", withoutNames(err))
			}
			return false
		}
	}
	return true
}

// undecryptable keeps a placeholder for a message that could not be read. The
// sender's phone has been asked for it again.
func (w *WhatsApp) undecryptable(ctx context.Context, e *events.UndecryptableMessage) {
	group, ignored := w.chat(&e.Info)
	if group || ignored || e.DecryptFailMode == events.DecryptFailHide {
		return
	}
	kind := bot.Unreadable
	if e.UnavailableType == events.UnavailableTypeViewOnce {
		kind = bot.ViewOnce
	}
	from := w.who(ctx, e.Info.Sender, e.Info.SenderAlt)
	in := w.incoming(e.Info, from, content{kind: kind})
	in.Backlog = w.catching.Load()
	w.insist(ctx, in, from)
}

// identityChanged passes on that the security code of a person's phone changed,
// until it is stored.
func (w *WhatsApp) identityChanged(ctx context.Context, e *events.IdentityChange) {
	from := w.who(ctx, e.JID, types.EmptyJID)
	for _, address := range []string{from.address, from.alias} {
		if address == "" || w.helpline.IdentityChanged(ctx, ChannelName, address) == nil {
			continue
		}
		w.background.Go(func() {
			for pause := time.Second; sleep(ctx, pause) == nil; pause = min(2*pause, time.Minute) {
				if w.helpline.IdentityChanged(ctx, ChannelName, address) == nil {
					return
				}
			}
		})
	}
}

// insist hands over what the service has already been told that we have: if it
// cannot be stored now, it is tried again until it can.
func (w *WhatsApp) insist(ctx context.Context, in bot.Incoming, from sender) {
	if err := w.helpline.Receive(ctx, in); err == nil {
		w.told(from)
		return
	}
	w.background.Go(func() {
		for pause := time.Second; sleep(ctx, pause) == nil; pause = min(2*pause, time.Minute) {
			if err := w.helpline.Receive(ctx, in); err == nil {
				w.told(from)
				return
			}
		}
	})
}
