package fakewa

import (
	"context"
	"errors"
	"fmt"
	"time"

	"go.mau.fi/whatsmeow"
	"go.mau.fi/whatsmeow/proto/waCommon"
	"go.mau.fi/whatsmeow/proto/waE2E"
	"go.mau.fi/whatsmeow/types"
	"google.golang.org/protobuf/proto"
)

// Say sends a text to a person or a group. Like all that sends, it waits until
// the server has the message, and returns the message's id, also with an error.
func (r *Resident) Say(ctx context.Context, to Address, text string) (string, error) {
	return r.send(ctx, to, &waE2E.Message{Conversation: proto.String(text)})
}

// Quote sends a text that quotes a message, the resident's own or one that came.
func (r *Resident) Quote(ctx context.Context, to Address, id, text string) (string, error) {
	info := &waE2E.ContextInfo{StanzaID: proto.String(id), Participant: proto.String(string(r.Phone.Number()))}
	r.mu.Lock()
	if e := r.events[id]; e != nil {
		info.Participant = proto.String(e.Info.Sender.ToNonAD().String())
		info.QuotedMessage = e.Message
	} else {
		info.QuotedMessage = &waE2E.Message{Conversation: proto.String("")}
	}
	r.mu.Unlock()
	return r.send(ctx, to, &waE2E.Message{ExtendedTextMessage: &waE2E.ExtendedTextMessage{Text: proto.String(text), ContextInfo: info}})
}

// Forward sends a text with the mark of a forwarded message.
func (r *Resident) Forward(ctx context.Context, to Address, text string) (string, error) {
	return r.send(ctx, to, &waE2E.Message{ExtendedTextMessage: &waE2E.ExtendedTextMessage{
		Text: proto.String(text), ContextInfo: &waE2E.ContextInfo{IsForwarded: proto.Bool(true), ForwardingScore: proto.Uint32(1)},
	}})
}

// Contact sends a contact card.
func (r *Resident) Contact(ctx context.Context, to Address, name, number string) (string, error) {
	card := fmt.Sprintf("BEGIN:VCARD\nVERSION:3.0\nFN:%s\nTEL;type=CELL;waid=%s:+%s\nEND:VCARD", name, number, number)
	return r.send(ctx, to, &waE2E.Message{ContactMessage: &waE2E.ContactMessage{DisplayName: &name, Vcard: &card}})
}

// Location sends a place, in degrees.
func (r *Resident) Location(ctx context.Context, to Address, latitude, longitude float64, name string) (string, error) {
	return r.send(ctx, to, &waE2E.Message{LocationMessage: &waE2E.LocationMessage{
		DegreesLatitude: &latitude, DegreesLongitude: &longitude, Name: &name,
	}})
}

// Unsupported sends a kind of message that few programs know: an invitation to
// an event.
func (r *Resident) Unsupported(ctx context.Context, to Address, name string) (string, error) {
	return r.send(ctx, to, &waE2E.Message{
		EventMessage:       &waE2E.EventMessage{Name: &name, StartTime: proto.Int64(time.Now().Add(time.Hour).Unix())},
		MessageContextInfo: &waE2E.MessageContextInfo{MessageSecret: randomBytes(32)},
	})
}

// Edit changes the text of the resident's own message.
func (r *Resident) Edit(ctx context.Context, to Address, id, text string) (string, error) {
	chat, err := to.jid()
	if err != nil {
		return "", fmt.Errorf("editing: %w", err)
	}
	return r.send(ctx, to, r.cli.BuildEdit(chat, id, &waE2E.Message{Conversation: proto.String(text)}))
}

// Delete deletes the resident's own message for everyone.
func (r *Resident) Delete(ctx context.Context, to Address, id string) (string, error) {
	chat, err := to.jid()
	if err != nil {
		return "", fmt.Errorf("deleting: %w", err)
	}
	return r.send(ctx, to, r.cli.BuildRevoke(chat, types.EmptyJID, id))
}

// React puts an emoji on a message, the resident's own or one that came; ""
// takes it back.
func (r *Resident) React(ctx context.Context, to Address, id, emoji string) (string, error) {
	chat, err := to.jid()
	if err != nil {
		return "", fmt.Errorf("reacting: %w", err)
	}
	writer := types.EmptyJID
	r.mu.Lock()
	if e := r.events[id]; e != nil {
		writer = e.Info.Sender
	}
	r.mu.Unlock()
	return r.send(ctx, to, r.cli.BuildReaction(chat, writer, id, emoji))
}

// Poll sends a poll of the resident's own, with one choice.
func (r *Resident) Poll(ctx context.Context, to Address, question string, options ...string) (string, error) {
	return r.send(ctx, to, r.cli.BuildPollCreation(question, options, 1))
}

// Vote answers a poll that came with the labels of the choices; none takes the
// vote back.
func (r *Resident) Vote(ctx context.Context, poll string, labels ...string) (string, error) {
	r.mu.Lock()
	e := r.events[poll]
	r.mu.Unlock()
	if e == nil {
		return "", fmt.Errorf("voting: no poll %s", poll)
	}
	voter := r.Phone.JID()
	if e.Info.Sender.Server == types.HiddenUserServer {
		voter = r.Phone.LID()
	}
	m, err := buildVote(ctx, r.cli, &e.Info, voter, labels)
	if err != nil {
		return "", fmt.Errorf("voting: %w", err)
	}
	return r.send(ctx, addressOf(e.Info.Chat), m)
}

// buildVote is Client.BuildPollVote with the voter's address as a parameter: in a
// chat with hidden ids the recipient takes the voter's hidden id as key material,
// but BuildPollVote always takes the phone number (see TestPollVoteAddress).
func buildVote(ctx context.Context, cli *whatsmeow.Client, poll *types.MessageInfo, voter types.JID, names []string) (*waE2E.Message, error) {
	plain, err := proto.Marshal(&waE2E.PollVoteMessage{SelectedOptions: whatsmeow.HashPollOptions(names)})
	if err != nil {
		return nil, err
	}
	//lint:ignore SA1019 the public function takes no address
	sealed, iv, err := cli.DangerousInternals().EncryptMsgSecret(ctx, voter, poll.Chat, poll.Sender, poll.ID, whatsmeow.EncSecretPollVote, plain)
	if err != nil {
		return nil, err
	}
	key := &waCommon.MessageKey{RemoteJID: proto.String(poll.Chat.String()), FromMe: proto.Bool(false), ID: &poll.ID}
	if poll.IsGroup {
		key.Participant = proto.String(poll.Sender.ToNonAD().String())
	}
	return &waE2E.Message{PollUpdateMessage: &waE2E.PollUpdateMessage{
		PollCreationMessageKey: key, Vote: &waE2E.PollEncValue{EncPayload: sealed, EncIV: iv},
		SenderTimestampMS: proto.Int64(time.Now().UnixMilli()),
	}}, nil
}

// CreateGroup makes a group of the resident and others, and returns its address.
func (r *Resident) CreateGroup(ctx context.Context, subject string, members ...Address) (Address, error) {
	var others []types.JID
	for _, m := range members {
		j, err := m.jid()
		if err != nil {
			return "", fmt.Errorf("creating a group: %w", err)
		}
		others = append(others, j)
	}
	g, err := r.cli.CreateGroup(ctx, whatsmeow.ReqCreateGroup{Name: subject, Participants: others})
	if err != nil {
		return "", fmt.Errorf("creating a group: %w", err)
	}
	return addressOf(g.JID), nil
}

// send sends a message under a new id. While the resident is not connected, it
// waits.
func (r *Resident) send(ctx context.Context, to Address, m *waE2E.Message) (string, error) {
	chat, err := to.jid()
	if err != nil {
		return "", fmt.Errorf("sending: %w", err)
	}
	id := r.cli.GenerateMessageID()
	if d, ok := downloadable(m).(medium); ok { // before anybody can ask for it
		r.srv.remember(id, d.GetMediaKey(), d.GetDirectPath())
	}
	for {
		sealing, leave := r.gate.Enter(ctx)
		_, err = r.cli.SendMessage(sealing, chat, m, whatsmeow.SendRequestExtra{ID: id})
		leave()
		if !errors.Is(err, whatsmeow.ErrNotConnected) && !errors.Is(err, whatsmeow.ErrIQDisconnected) {
			break
		}
		select { // nothing was sent: try again when the client is back
		case <-time.After(reconnectPause):
		case <-ctx.Done():
			return id, fmt.Errorf("sending: %w", ctx.Err())
		}
	}
	if err != nil {
		return id, fmt.Errorf("sending: %w", err)
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.raise(id, "server")
	close(r.changed)
	r.changed = make(chan struct{})
	return id, nil
}
