package whatsapp

import (
	"fmt"
	"strings"
	"time"

	"go.mau.fi/whatsmeow/proto/waE2E"
	"google.golang.org/protobuf/proto"

	"mitan/bot"
)

// content is what a message is made of, without who sent it.
type content struct {
	kind      bot.MessageKind // "" for what is no message to anybody
	text      string
	quote     string // the id of the message that it answers or is about
	forwarded bool
	medium    *medium
}

// A medium is a picture, recording or file of a message.
type medium struct {
	source   *waE2E.Message // holds nothing but the medium
	name     string
	claimed  string
	size     uint64
	duration time.Duration
}

// read tells what a message is made of. What has no words of its own and no
// bytes is bot.Other: the resident is told that it cannot be opened here.
func read(m *waE2E.Message) content {
	if m == nil {
		return content{}
	}
	for _, part := range []func(*waE2E.Message) (content, bool){readWords, readMedium, readPlace, readChange, readAnswer, readPoll} {
		if c, ok := part(m); ok {
			return c
		}
	}
	if silent(m) {
		return content{}
	}
	return content{kind: bot.Other}
}

// silent tells whether nothing in a message is for people: keys, settings.
func silent(m *waE2E.Message) bool {
	rest := proto.Clone(m).(*waE2E.Message)
	rest.SenderKeyDistributionMessage, rest.FastRatchetKeySenderKeyDistributionMessage = nil, nil
	rest.MessageContextInfo, rest.ProtocolMessage, rest.KeepInChatMessage, rest.PinInChatMessage = nil, nil, nil, nil
	rest.StickerSyncRmrMessage, rest.PlaceholderMessage, rest.AlbumMessage = nil, nil, nil
	rest.Call, rest.Chat = nil, nil // the call itself is an event; a notice of it tells nothing new
	return proto.Size(rest) == 0
}

func readWords(m *waE2E.Message) (content, bool) {
	if text := m.GetConversation(); text != "" {
		return content{kind: bot.Text, text: text}, true
	}
	if e := m.GetExtendedTextMessage(); e != nil {
		return content{kind: bot.Text, text: e.GetText()}.about(e.GetContextInfo()), true
	}
	return content{}, false
}

// about adds what the context of a message says: what it quotes, by id alone
// since the quoted words are whatever the sender's phone says, and whether it
// was passed on.
func (c content) about(info *waE2E.ContextInfo) content {
	c.quote, c.forwarded = info.GetStanzaID(), info.GetIsForwarded()
	return c
}

func readMedium(m *waE2E.Message) (content, bool) {
	video := m.GetVideoMessage()
	if video == nil {
		video = m.GetPtvMessage()
	}
	switch {
	case m.GetImageMessage() != nil:
		v := m.GetImageMessage()
		return content{kind: bot.Image, text: v.GetCaption(), medium: &medium{
			source: &waE2E.Message{ImageMessage: v}, claimed: v.GetMimetype(), size: v.GetFileLength(),
		}}.about(v.GetContextInfo()), true
	case video != nil:
		return content{kind: bot.Video, text: video.GetCaption(), medium: &medium{
			source: &waE2E.Message{VideoMessage: video}, claimed: video.GetMimetype(), size: video.GetFileLength(),
			duration: time.Duration(video.GetSeconds()) * time.Second,
		}}.about(video.GetContextInfo()), true
	case m.GetAudioMessage() != nil:
		v := m.GetAudioMessage()
		return content{kind: bot.Voice, medium: &medium{
			source: &waE2E.Message{AudioMessage: v}, claimed: v.GetMimetype(), size: v.GetFileLength(),
			duration: time.Duration(v.GetSeconds()) * time.Second,
		}}.about(v.GetContextInfo()), true
	case m.GetDocumentMessage() != nil:
		v := m.GetDocumentMessage()
		return content{kind: bot.Document, text: v.GetCaption(), medium: &medium{
			source: &waE2E.Message{DocumentMessage: v}, name: v.GetFileName(), claimed: v.GetMimetype(), size: v.GetFileLength(),
		}}.about(v.GetContextInfo()), true
	case m.GetStickerMessage() != nil:
		v := m.GetStickerMessage()
		return content{kind: bot.Sticker, medium: &medium{
			source: &waE2E.Message{StickerMessage: v}, claimed: v.GetMimetype(), size: v.GetFileLength(),
		}}.about(v.GetContextInfo()), true
	}
	return content{}, false
}

func readPlace(m *waE2E.Message) (content, bool) {
	switch {
	case m.GetLocationMessage() != nil:
		v := m.GetLocationMessage()
		text := place(v.GetDegreesLatitude(), v.GetDegreesLongitude(), v.GetName(), v.GetAddress())
		return content{kind: bot.Location, text: text}.about(v.GetContextInfo()), true
	case m.GetLiveLocationMessage() != nil:
		v := m.GetLiveLocationMessage()
		text := place(v.GetDegreesLatitude(), v.GetDegreesLongitude(), v.GetCaption())
		return content{kind: bot.Location, text: text}.about(v.GetContextInfo()), true
	case m.GetContactMessage() != nil:
		v := m.GetContactMessage()
		return content{kind: bot.Contact, text: card(v)}.about(v.GetContextInfo()), true
	case m.GetContactsArrayMessage() != nil:
		v := m.GetContactsArrayMessage()
		var cards []string
		for _, one := range v.GetContacts() {
			cards = append(cards, card(one))
		}
		return content{kind: bot.Contact, text: strings.Join(cards, "\n")}.about(v.GetContextInfo()), true
	}
	return content{}, false
}

// place is a location in words: latitude and longitude in degrees, then names.
func place(latitude, longitude float64, names ...string) string {
	text := fmt.Sprintf("%.6f,%.6f", latitude, longitude)
	for _, name := range names {
		if name = strings.TrimSpace(name); name != "" {
			text += " " + name
		}
	}
	return text
}

// card is a contact in words: the name, then each number as the card has it.
func card(c *waE2E.ContactMessage) string {
	words := []string{strings.TrimSpace(c.GetDisplayName())}
	for _, line := range strings.Split(c.GetVcard(), "\n") {
		field, value, _ := strings.Cut(strings.TrimSpace(line), ":")
		field = strings.ToUpper(field)
		if i := strings.LastIndex(field, "."); i >= 0 && !strings.Contains(field[:i], ";") {
			field = field[i+1:] // item1.TEL
		}
		if field == "TEL" || strings.HasPrefix(field, "TEL;") {
			words = append(words, strings.TrimSpace(value))
		}
	}
	return strings.TrimSpace(strings.Join(words, " "))
}

// readChange reads what a resident did to an earlier message.
func readChange(m *waE2E.Message) (content, bool) {
	if r := m.GetReactionMessage(); r != nil {
		return content{kind: bot.Reaction, text: r.GetText(), quote: r.GetKey().GetID()}, true
	}
	p := m.GetProtocolMessage()
	if p == nil {
		return content{}, false
	}
	switch p.GetType() {
	case waE2E.ProtocolMessage_REVOKE:
		return content{kind: bot.Deletion, quote: p.GetKey().GetID()}, true
	case waE2E.ProtocolMessage_MESSAGE_EDIT:
		edited := read(p.GetEditedMessage())
		return content{kind: bot.Edit, text: edited.text, quote: p.GetKey().GetID()}, true
	}
	return content{}, false
}

// readAnswer reads what was tapped in a menu of another program.
func readAnswer(m *waE2E.Message) (content, bool) {
	for _, answer := range []struct {
		text string
		info *waE2E.ContextInfo
	}{
		{m.GetButtonsResponseMessage().GetSelectedDisplayText(), m.GetButtonsResponseMessage().GetContextInfo()},
		{m.GetTemplateButtonReplyMessage().GetSelectedDisplayText(), m.GetTemplateButtonReplyMessage().GetContextInfo()},
		{m.GetListResponseMessage().GetTitle(), m.GetListResponseMessage().GetContextInfo()},
		{m.GetInteractiveResponseMessage().GetBody().GetText(), m.GetInteractiveResponseMessage().GetContextInfo()},
	} {
		if answer.text != "" {
			return content{kind: bot.Text, text: answer.text}.about(answer.info), true
		}
	}
	return content{}, false
}

// readPoll reads a vote, which vote.go opens, or a poll of the resident's own.
func readPoll(m *waE2E.Message) (content, bool) {
	if v := m.GetPollUpdateMessage(); v != nil {
		return content{kind: bot.Vote, quote: v.GetPollCreationMessageKey().GetID()}, true
	}
	for _, p := range []*waE2E.PollCreationMessage{
		m.GetPollCreationMessage(), m.GetPollCreationMessageV2(), m.GetPollCreationMessageV3(), m.GetPollCreationMessageV5(),
	} {
		if p == nil {
			continue
		}
		lines := []string{p.GetName()}
		for _, option := range p.GetOptions() {
			lines = append(lines, option.GetOptionName())
		}
		return content{kind: bot.Other, text: strings.Join(lines, "\n")}.about(p.GetContextInfo()), true
	}
	return content{}, false
}
