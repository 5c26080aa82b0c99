package whatsapp

import (
	"context"
	"fmt"
	"runtime/debug"
	"time"

	"go.mau.fi/whatsmeow/proto/waCommon"
	"go.mau.fi/whatsmeow/proto/waWeb"
	"go.mau.fi/whatsmeow/types"
	"go.mau.fi/whatsmeow/types/events"
	"google.golang.org/protobuf/proto"

	"mitan/bot"
	"mitan/bot/whatsapp/ratchet"
)

// handle answers one event of whatsmeow. For a message, true lets the service
// forget it: it is committed. It never sends and never downloads, since events
// come one at a time; and it never panics, since whatsmeow takes a panic for
// success.
func (a *arrivals) handle(ctx context.Context, event any) (ok bool) {
	defer func() {
		if cause := recover(); cause != nil {
			a.log.Error("whatsapp: handling an event failed", "event", fmt.Sprintf("%T", event), "stack", string(debug.Stack()))
			a.stall(ctx)
			ok = false
		}
	}()
	switch e := event.(type) {
	case *events.Message:
		return a.message(ctx, e)
	case *events.Receipt:
		return a.receipt(ctx, e)
	case *events.UndecryptableMessage:
		a.undecryptable(ctx, e)
	case *events.CallOffer:
		a.call(ctx, e.BasicCallMeta)
	case *events.CallOfferNotice:
		a.call(ctx, e.BasicCallMeta)
	case *events.IdentityChange:
		a.identityChanged(ctx, e)
	case *events.MediaRetry:
		a.expired.answer(e)
	case *events.HistorySync:
		a.history(ctx, e)
	case *events.OfflineSyncPreview:
		a.catchUp(ctx, e.Messages)
	case *events.OfflineSyncCompleted:
		a.signal(ctx, caughtUp{})
	default:
		a.signal(ctx, fromClient{a.client, event})
	}
	return true
}

// message hands a message over. True tells that it is committed and that
// whatsmeow may acknowledge it; false leaves that to us, or to its coming again.
func (a *arrivals) message(ctx context.Context, e *events.Message) bool {
	if a.failed.Load() { // an earlier one must come first: it comes again at the next connection
		return false
	}
	group, ignored := a.chat(&e.Info)
	switch {
	case ignored:
		return true
	case group:
		return a.taken(ctx, a.fromGroup(ctx, e))
	}
	from := a.who(ctx, e.Info.Sender, e.Info.SenderAlt)
	backlog := a.catching.Load()
	take := func() bool {
		return !a.failed.Load() && a.taken(ctx, a.fromResident(ctx, e, from, backlog))
	}
	// Only of a message by itself do we know all that its acknowledgement says. To
	// a list of receivers, the sender's key comes first, as a message of its own.
	if e.Info.IsGroup || e.UnavailableRequestID != "" || e.SourceWebMsg != nil {
		ok := false
		if done := a.inTurn(ctx, from.person(), func() { ok = take() }); done != nil {
			<-done
		}
		return ok
	}
	opened := ratchet.Newest(a.client.Store)
	a.inTurn(ctx, from.person(), func() {
		if take() {
			a.acknowledge(ctx, stored{a.ackMessage(e.Info), opened})
		}
	})
	return false
}

// taken tells whether a message was committed. If not, it must come again before
// any other.
func (a *arrivals) taken(ctx context.Context, err error) bool {
	if err == nil {
		return true
	}
	if ctx.Err() == nil {
		a.log.Error("whatsapp: a message could not be stored; it will come again", "error", withoutNames(err))
	}
	a.stall(ctx)
	return false
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
func (w *WhatsApp) fromResident(ctx context.Context, e *events.Message, from sender, backlog bool) error {
	c := read(e.Message)
	if c.kind == "" {
		return nil
	}
	if c.kind == bot.Vote {
		c.text = w.openVote(ctx, e, from)
	}
	in := w.incoming(e.Info, from, c)
	in.Backlog = backlog
	in.Again = e.RetryCount > 0 || e.UnavailableRequestID != "" || e.SourceWebMsg != nil
	err := w.helpline.Receive(ctx, in)
	w.heard.Store(time.Now().UnixNano())
	if err != nil {
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

// receipt writes down how far messages of ours have come. It is acknowledged
// as a message is.
func (a *arrivals) receipt(ctx context.Context, e *events.Receipt) bool {
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
		return a.sendAgain(ctx, e)
	default:
		return true
	}
	a.inTurn(ctx, "receipts of "+e.Chat.String(), func() {
		for _, id := range e.MessageIDs {
			if err := a.helpline.SetDelivery(ctx, ChannelName, id, to); err != nil {
				if ctx.Err() == nil {
					a.log.Error("whatsapp: a receipt could not be stored; it will come again", "error", withoutNames(err))
				}
				return
			}
		}
		a.acknowledge(ctx, stored{acknowledge: a.ackReceipt(e)})
	})
	return false
}

// undecryptable keeps a placeholder for a message that could not be read. The
// sender's phone has been asked for it again.
func (a *arrivals) undecryptable(ctx context.Context, e *events.UndecryptableMessage) {
	group, ignored := a.chat(&e.Info)
	if group || ignored || e.DecryptFailMode == events.DecryptFailHide {
		return
	}
	kind := bot.Unreadable
	if e.UnavailableType == events.UnavailableTypeViewOnce {
		kind = bot.ViewOnce
	}
	from := a.who(ctx, e.Info.Sender, e.Info.SenderAlt)
	a.insist(ctx, e.Info, from, content{kind: kind})
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
func (a *arrivals) insist(ctx context.Context, info types.MessageInfo, from sender, c content) {
	backlog := a.catching.Load()
	try := func() bool {
		in := a.incoming(info, from, c)
		in.Backlog = backlog
		err := a.helpline.Receive(ctx, in)
		if err == nil {
			a.told(from)
		}
		return err == nil
	}
	insist := func() {
		for pause := time.Second; sleep(ctx, pause) == nil; pause = min(2*pause, time.Minute) {
			if try() {
				return
			}
		}
	}
	done := a.inTurn(ctx, from.person(), func() {
		if !try() {
			a.background.Go(insist)
		}
	})
	if done == nil {
		a.background.Go(insist)
	}
}
