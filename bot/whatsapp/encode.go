package whatsapp

import (
	"crypto/rand"
	"strings"

	"go.mau.fi/whatsmeow/proto/waCommon"
	"go.mau.fi/whatsmeow/proto/waE2E"
	"google.golang.org/protobuf/proto"

	"mitan/bot"
)

// Encode fixes the bytes of words and polls. Those of a file are fixed by Send,
// once the file has been uploaded.
func (w *WhatsApp) Encode(m bot.Message) []byte {
	var message *waE2E.Message
	switch m.Kind {
	case bot.Text:
		message = words(m)
	case bot.Poll:
		message = poll(m.Text)
	default:
		return nil
	}
	payload, err := proto.Marshal(message)
	if err != nil { // cannot be: the text is valid UTF-8
		return nil
	}
	return payload
}

func words(m bot.Message) *waE2E.Message {
	if m.QuoteID == "" {
		return &waE2E.Message{Conversation: proto.String(m.Text)}
	}
	return &waE2E.Message{ExtendedTextMessage: &waE2E.ExtendedTextMessage{
		Text: proto.String(m.Text), ContextInfo: quoting(m),
	}}
}

// quoting is the context of a message that answers one of the resident's.
func quoting(m bot.Message) *waE2E.ContextInfo {
	if m.QuoteID == "" {
		return nil
	}
	return &waE2E.ContextInfo{
		StanzaID: proto.String(m.QuoteID), Participant: proto.String(m.Address),
		QuotedMessage: &waE2E.Message{Conversation: proto.String(m.Quoted)},
	}
}

// secretLength is how many bytes the secret of a poll has.
const secretLength = 32

// poll is a poll of one choice: the first line asks, each other is a choice.
// Its secret, with which votes are sealed, is part of the stored bytes.
func poll(text string) *waE2E.Message {
	lines := strings.Split(text, "\n")
	var options []*waE2E.PollCreationMessage_Option
	for _, line := range lines[1:] {
		options = append(options, &waE2E.PollCreationMessage_Option{OptionName: proto.String(line)})
	}
	secret := make([]byte, secretLength)
	_, _ = rand.Read(secret) // never fails
	return &waE2E.Message{
		PollCreationMessage: &waE2E.PollCreationMessage{
			Name: proto.String(lines[0]), Options: options, SelectableOptionsCount: proto.Uint32(1),
		},
		MessageContextInfo: &waE2E.MessageContextInfo{MessageSecret: secret},
	}
}

// reaction is an emoji on a message of a group.
func reaction(group, writer, id, emoji string, at int64) *waE2E.Message {
	return &waE2E.Message{ReactionMessage: &waE2E.ReactionMessage{
		Key: &waCommon.MessageKey{
			RemoteJID: proto.String(group), FromMe: proto.Bool(false), ID: proto.String(id), Participant: proto.String(writer),
		},
		Text: proto.String(emoji), SenderTimestampMS: proto.Int64(at),
	}}
}
