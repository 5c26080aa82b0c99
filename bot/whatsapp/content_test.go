package whatsapp

import (
	"testing"

	"github.com/stretchr/testify/require"
	"go.mau.fi/whatsmeow/proto/waCommon"
	"go.mau.fi/whatsmeow/proto/waE2E"
	"google.golang.org/protobuf/proto"

	"mitan/bot"
)

// What residents' phones send, and what the helpline makes of it.
func TestRead(t *testing.T) {
	quoting := &waE2E.ContextInfo{StanzaID: proto.String("M1"), IsForwarded: proto.Bool(true)}
	key := &waCommon.MessageKey{ID: proto.String("M1")}
	vcard := "BEGIN:VCARD\r\nFN:बिजली वाला\r\nitem1.TEL;waid=919000000098:+91 90000 00098\r\nTEL;type=CELL:9000000097\r\nNOTE:TEL:1\r\nEND:VCARD"
	for name, c := range map[string]struct {
		message *waE2E.Message
		want    content
	}{
		"words":            {&waE2E.Message{Conversation: proto.String("पैसा कट गया")}, content{kind: bot.Text, text: "पैसा कट गया"}},
		"words that quote": {&waE2E.Message{ExtendedTextMessage: &waE2E.ExtendedTextMessage{Text: proto.String("हां"), ContextInfo: quoting}}, content{kind: bot.Text, text: "हां", quote: "M1", forwarded: true}},
		"a contact":        {&waE2E.Message{ContactMessage: &waE2E.ContactMessage{DisplayName: proto.String("बिजली वाला"), Vcard: &vcard}}, content{kind: bot.Contact, text: "बिजली वाला +91 90000 00098 9000000097"}},
		"two contacts": {&waE2E.Message{ContactsArrayMessage: &waE2E.ContactsArrayMessage{Contacts: []*waE2E.ContactMessage{
			{DisplayName: proto.String("एक")}, {DisplayName: proto.String("दो")},
		}}}, content{kind: bot.Contact, text: "एक\nदो"}},
		"a place": {&waE2E.Message{LocationMessage: &waE2E.LocationMessage{
			DegreesLatitude: proto.Float64(22.0797), DegreesLongitude: proto.Float64(82.1409), Name: proto.String("गोल बाज़ार"),
		}}, content{kind: bot.Location, text: "22.079700,82.140900 गोल बाज़ार"}},
		"a moving place":    {&waE2E.Message{LiveLocationMessage: &waE2E.LiveLocationMessage{}}, content{kind: bot.Location, text: "0.000000,0.000000"}},
		"a reaction":        {&waE2E.Message{ReactionMessage: &waE2E.ReactionMessage{Key: key, Text: proto.String("👍")}}, content{kind: bot.Reaction, text: "👍", quote: "M1"}},
		"a reaction undone": {&waE2E.Message{ReactionMessage: &waE2E.ReactionMessage{Key: key}}, content{kind: bot.Reaction, quote: "M1"}},
		"a deletion": {&waE2E.Message{ProtocolMessage: &waE2E.ProtocolMessage{
			Type: waE2E.ProtocolMessage_REVOKE.Enum(), Key: key,
		}}, content{kind: bot.Deletion, quote: "M1"}},
		"a change": {&waE2E.Message{ProtocolMessage: &waE2E.ProtocolMessage{
			Type: waE2E.ProtocolMessage_MESSAGE_EDIT.Enum(), Key: key, EditedMessage: &waE2E.Message{Conversation: proto.String("25000")},
		}}, content{kind: bot.Edit, text: "25000", quote: "M1"}},
		"a changed caption": {&waE2E.Message{ProtocolMessage: &waE2E.ProtocolMessage{
			Type: waE2E.ProtocolMessage_MESSAGE_EDIT.Enum(), Key: key,
			EditedMessage: &waE2E.Message{ImageMessage: &waE2E.ImageMessage{Caption: proto.String("बैंक का मैसेज")}},
		}}, content{kind: bot.Edit, text: "बैंक का मैसेज", quote: "M1"}},
		"a vote": {&waE2E.Message{PollUpdateMessage: &waE2E.PollUpdateMessage{PollCreationMessageKey: key}}, content{kind: bot.Vote, quote: "M1"}},
		"a poll of their own": {&waE2E.Message{PollCreationMessageV3: &waE2E.PollCreationMessage{
			Name: proto.String("कब?"), Options: []*waE2E.PollCreationMessage_Option{{OptionName: proto.String("आज")}},
		}}, content{kind: bot.Other, text: "कब?\nआज"}},
		"a tapped button": {&waE2E.Message{ButtonsResponseMessage: &waE2E.ButtonsResponseMessage{
			Response: &waE2E.ButtonsResponseMessage_SelectedDisplayText{SelectedDisplayText: "हां"},
		}}, content{kind: bot.Text, text: "हां"}},
		"a payment":            {&waE2E.Message{RequestPaymentMessage: &waE2E.RequestPaymentMessage{CurrencyCodeIso4217: proto.String("INR")}}, content{kind: bot.Other}},
		"a key for a group":    {&waE2E.Message{SenderKeyDistributionMessage: &waE2E.SenderKeyDistributionMessage{GroupID: proto.String("x")}}, content{}},
		"a setting":            {&waE2E.Message{ProtocolMessage: &waE2E.ProtocolMessage{Type: waE2E.ProtocolMessage_EPHEMERAL_SETTING.Enum()}}, content{}},
		"nothing":              {&waE2E.Message{}, content{}},
		"no message at all":    {nil, content{}},
		"a change of nothing":  {&waE2E.Message{ProtocolMessage: &waE2E.ProtocolMessage{Type: waE2E.ProtocolMessage_MESSAGE_EDIT.Enum()}}, content{kind: bot.Edit}},
		"words that are empty": {&waE2E.Message{ExtendedTextMessage: &waE2E.ExtendedTextMessage{}}, content{kind: bot.Text}},
	} {
		t.Run(name, func(t *testing.T) { require.Equal(t, c.want, read(c.message)) })
	}
}

// What has bytes brings nothing but what is needed to have them.
func TestReadMedium(t *testing.T) {
	for name, c := range map[string]struct {
		message *waE2E.Message
		kind    bot.MessageKind
		medium  medium
	}{
		"a picture":     {&waE2E.Message{ImageMessage: &waE2E.ImageMessage{Mimetype: proto.String("image/jpeg"), FileLength: proto.Uint64(7)}}, bot.Image, medium{claimed: "image/jpeg", size: 7}},
		"a voice note":  {&waE2E.Message{AudioMessage: &waE2E.AudioMessage{Mimetype: proto.String("audio/ogg; codecs=opus"), Seconds: proto.Uint32(3), PTT: proto.Bool(true)}}, bot.Voice, medium{claimed: "audio/ogg; codecs=opus", duration: 3e9}},
		"a video":       {&waE2E.Message{VideoMessage: &waE2E.VideoMessage{Mimetype: proto.String("video/mp4"), Seconds: proto.Uint32(2)}}, bot.Video, medium{claimed: "video/mp4", duration: 2e9}},
		"a round video": {&waE2E.Message{PtvMessage: &waE2E.VideoMessage{Mimetype: proto.String("video/mp4")}}, bot.Video, medium{claimed: "video/mp4"}},
		"a file":        {&waE2E.Message{DocumentMessage: &waE2E.DocumentMessage{FileName: proto.String("a.apk"), Mimetype: proto.String("application/zip")}}, bot.Document, medium{name: "a.apk", claimed: "application/zip"}},
		"a sticker":     {&waE2E.Message{StickerMessage: &waE2E.StickerMessage{Mimetype: proto.String("image/webp")}}, bot.Sticker, medium{claimed: "image/webp"}},
	} {
		t.Run(name, func(t *testing.T) {
			got := read(c.message)
			require.Equal(t, c.kind, got.kind)
			require.NotNil(t, downloadable(got.medium.source))
			got.medium.source = nil
			require.Equal(t, c.medium, *got.medium)
		})
	}
}
