package whatsapp

import (
	"context"
	"fmt"
	"time"

	"go.mau.fi/whatsmeow/proto/waE2E"
	"go.mau.fi/whatsmeow/types"
	"go.mau.fi/whatsmeow/types/events"
	"google.golang.org/protobuf/proto"

	"mitan/bot"
)

// Post writes to the officers' group.
func (w *WhatsApp) Post(ctx context.Context, id, text string) error {
	group, err := types.ParseJID(w.unit.WhatsApp.OfficersGroup)
	if err != nil || group.Server != types.GroupServer {
		return fmt.Errorf("post to the officers' group: %w: there is none", bot.ErrForbidden)
	}
	client := w.online()
	if client == nil {
		return bot.ErrOffline
	}
	return w.deliver(ctx, client, group, id, &waE2E.Message{Conversation: proto.String(text)})
}

// fromGroup hands over what an officer wrote in the group, and shows there what
// came of it.
func (w *WhatsApp) fromGroup(ctx context.Context, e *events.Message) error {
	c := read(e.Message)
	change := c.kind == bot.Edit || c.kind == bot.Deletion
	switch {
	case c.quote == "": // what quotes nothing is for the group alone
		return nil
	case c.kind == bot.Text, change:
	case c.medium != nil || c.kind == bot.Contact || c.kind == bot.Location:
		c.text = "" // only words go from here: the officer is told
	default: // a reaction, a vote
		return nil
	}
	from := w.who(ctx, e.Info.Sender, e.Info.SenderAlt)
	m := bot.GroupMessage{ID: e.Info.ID, Phone: from.phone, QuoteID: c.quote, Text: c.text, Change: change}
	reply, err := w.helpline.FromGroup(ctx, m)
	if err != nil {
		return err
	}
	if reply != "" {
		info := e.Info
		if change {
			info.ID = c.quote // what is changed is what is answered
		}
		w.errand(func(ctx context.Context) { w.answerGroup(ctx, info, reply) })
	}
	return nil
}

// answerGroup shows an officer that it is done, or why not.
func (w *WhatsApp) answerGroup(ctx context.Context, info types.MessageInfo, reply string) {
	client := w.online()
	if client == nil {
		return
	}
	writer := info.Sender.ToNonAD().String()
	message := reaction(info.Chat.String(), writer, info.ID, reply, time.Now().UnixMilli())
	if reply != bot.GroupDone {
		message = &waE2E.Message{ExtendedTextMessage: &waE2E.ExtendedTextMessage{
			Text: proto.String(reply),
			ContextInfo: &waE2E.ContextInfo{
				StanzaID: proto.String(info.ID), Participant: proto.String(writer),
				QuotedMessage: &waE2E.Message{Conversation: proto.String("")},
			},
		}}
	}
	if err := w.deliver(ctx, client, info.Chat, "", message); err != nil {
		w.log.Warn("whatsapp: the officers' group could not be answered", "error", err)
	}
}
