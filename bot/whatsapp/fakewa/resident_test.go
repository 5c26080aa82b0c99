package fakewa

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"
	"go.mau.fi/whatsmeow"
	"go.mau.fi/whatsmeow/proto/waE2E"
	"go.mau.fi/whatsmeow/types"
	"go.mau.fi/whatsmeow/types/events"
	"google.golang.org/protobuf/proto"
)

// patient is a context for what must come soon.
func patient(t testing.TB) context.Context {
	ctx, cancel := context.WithTimeout(t.Context(), wait)
	t.Cleanup(cancel)
	return ctx
}

// desk is a server with a helpline and a resident.
func desk(t testing.TB, opts Options) (*Server, *peer, *Resident) {
	t.Helper()
	srv := startServer(t, opts)
	bot := link(t, srv, srv.AddPhone("919000000001", "Helpline"))
	return srv, bot, join(t, srv, "919000000002", "Shanti")
}

func join(t testing.TB, srv *Server, number, name string) *Resident {
	t.Helper()
	r, err := srv.NewResident(patient(t), number, name)
	require.NoError(t, err)
	t.Cleanup(r.Close)
	return r
}

// Each kind of message that a resident can send, as the helpline's client reads it.
func TestResidentSends(t *testing.T) {
	t.Parallel()
	_, bot, res := desk(t, Options{})
	ctx, to := patient(t), bot.phone.Number()
	content := []byte("not really a picture")
	for _, c := range []struct {
		name  string
		send  func() (string, error)
		holds func(*events.Message) bool
	}{
		{"text", func() (string, error) { return res.Say(ctx, to, "paisa kat gaya") }, func(m *events.Message) bool { return textOf(m) == "paisa kat gaya" }},
		{"forwarded", func() (string, error) { return res.Forward(ctx, to, "KYC band") }, func(m *events.Message) bool {
			return m.Message.ExtendedTextMessage.ContextInfo.GetIsForwarded()
		}},
		{"image", func() (string, error) { return res.Image(ctx, to, content, "dekhiye") }, func(m *events.Message) bool {
			return m.Message.ImageMessage.GetCaption() == "dekhiye"
		}},
		{"view once", func() (string, error) { return res.ViewOnce(ctx, to, content) }, func(m *events.Message) bool {
			return m.IsViewOnce && m.Message.ImageMessage != nil
		}},
		{"voice", func() (string, error) { return res.Voice(ctx, to, content, 32) }, func(m *events.Message) bool {
			return m.Message.AudioMessage.GetPTT() && m.Message.AudioMessage.GetSeconds() == 32
		}},
		{"video", func() (string, error) { return res.Video(ctx, to, content, "") }, func(m *events.Message) bool { return m.Message.VideoMessage != nil }},
		{"document", func() (string, error) {
			return res.Document(ctx, to, content, "bijli.apk", "application/vnd.android.package-archive")
		}, func(m *events.Message) bool { return m.Message.DocumentMessage.GetFileName() == "bijli.apk" }},
		{"sticker", func() (string, error) { return res.Sticker(ctx, to, content) }, func(m *events.Message) bool { return m.Message.StickerMessage != nil }},
		{"contact", func() (string, error) { return res.Contact(ctx, to, "KYC wala", "919000000099") }, func(m *events.Message) bool {
			return m.Message.ContactMessage.GetDisplayName() == "KYC wala"
		}},
		{"location", func() (string, error) { return res.Location(ctx, to, 22.08, 82.14, "Bilaspur") }, func(m *events.Message) bool {
			return m.Message.LocationMessage.GetDegreesLatitude() == 22.08
		}},
		{"unsupported", func() (string, error) { return res.Unsupported(ctx, to, "Mela") }, func(m *events.Message) bool { return m.Message.EventMessage != nil }},
		{"poll", func() (string, error) { return res.Poll(ctx, to, "Kab?", "Aaj", "Kal") }, func(m *events.Message) bool {
			return len(m.Message.PollCreationMessage.GetOptions()) == 2
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			id, err := c.send()
			require.NoError(t, err)
			m := bot.nextMessage()
			require.Equal(t, id, m.Info.ID)
			require.True(t, c.holds(m), "%v", m.Message)
			if d := downloadable(m.Message); d != nil {
				got, err := bot.Download(ctx, d)
				require.NoError(t, err)
				require.Equal(t, content, got)
			}
			require.NoError(t, res.WaitReceipt(ctx, id, "delivered"))
		})
	}
}

// What is about another message names it: quotes, edits, deletions, reactions.
func TestResidentRefers(t *testing.T) {
	t.Parallel()
	_, bot, res := desk(t, Options{})
	ctx, to := patient(t), bot.phone.Hidden()
	first, err := res.Say(ctx, to, "25000")
	require.NoError(t, err)
	in := bot.nextMessage()
	require.Equal(t, types.HiddenUserServer, in.Info.Sender.Server)
	sent := bot.text(in.Info.Chat, "Which bank?")
	asked, err := res.Next(ctx)
	require.NoError(t, err)
	require.Equal(t, Received{ID: sent.ID, From: to, Chat: to, Kind: "text", Text: "Which bank?", At: asked.At}, asked)

	_, err = res.Quote(ctx, to, sent.ID, "SBI")
	require.NoError(t, err)
	quote := bot.nextMessage().Message.ExtendedTextMessage
	require.Equal(t, sent.ID, quote.GetContextInfo().GetStanzaID())
	require.Equal(t, string(to), quote.GetContextInfo().GetParticipant())

	_, err = res.Edit(ctx, to, first, "52000")
	require.NoError(t, err)
	edit := bot.nextMessage()
	require.True(t, edit.IsEdit)
	require.Equal(t, first, edit.Message.ProtocolMessage.GetKey().GetID())
	require.Equal(t, "52000", edit.Message.ProtocolMessage.GetEditedMessage().GetConversation())

	_, err = res.Delete(ctx, to, first)
	require.NoError(t, err)
	gone := bot.nextMessage().Message.ProtocolMessage
	require.Equal(t, waE2E.ProtocolMessage_REVOKE, gone.GetType())
	require.Equal(t, first, gone.GetKey().GetID())

	_, err = res.React(ctx, to, sent.ID, "🙏")
	require.NoError(t, err)
	thanks := bot.nextMessage().Message.ReactionMessage
	require.Equal(t, "🙏", thanks.GetText())
	require.True(t, !thanks.GetKey().GetFromMe() && thanks.GetKey().GetID() == sent.ID)
}

// A resident reads polls and media, shows typing and marks as read.
func TestResidentReads(t *testing.T) {
	t.Parallel()
	for _, hidden := range []bool{false, true} {
		_, bot, res := desk(t, Options{})
		ctx, to, chat := patient(t), bot.phone.Number(), res.Phone.JID()
		if hidden {
			to, chat = bot.phone.Hidden(), res.Phone.LID()
		}
		_, err := res.Say(ctx, to, "namaste")
		require.NoError(t, err)
		bot.nextText()
		require.NoError(t, bot.SendChatPresence(ctx, chat, types.ChatPresenceComposing, ""))

		sent, err := bot.SendMessage(ctx, chat, bot.BuildPollCreation("What?", []string{"Report", "Tips"}, 1))
		require.NoError(t, err)
		poll, err := res.Next(ctx)
		require.NoError(t, err)
		require.Equal(t, "poll", poll.Kind)
		require.Equal(t, []string{"Report", "Tips"}, poll.Options)
		require.Equal(t, 1, res.Typing())

		_, err = res.Vote(ctx, poll.ID, "Tips")
		require.NoError(t, err)
		vote, err := bot.DecryptPollVote(ctx, bot.nextMessage())
		require.NoError(t, err)
		require.Equal(t, whatsmeow.HashPollOptions([]string{"Tips"}), vote.GetSelectedOptions())

		up, err := bot.Upload(ctx, []byte("a letter"), whatsmeow.MediaDocument)
		require.NoError(t, err)
		_, err = bot.SendMessage(ctx, chat, &waE2E.Message{DocumentMessage: &waE2E.DocumentMessage{
			FileName: proto.String("letter.pdf"), Mimetype: proto.String("application/pdf"), DirectPath: &up.DirectPath, MediaKey: up.MediaKey,
			FileEncSHA256: up.FileEncSHA256, FileSHA256: up.FileSHA256, FileLength: &up.FileLength,
		}})
		require.NoError(t, err)
		letter, err := res.WaitFor(ctx, func(m Received) bool { return m.Kind == "document" })
		require.NoError(t, err)
		require.Equal(t, "a letter", string(letter.Bytes))
		require.Equal(t, "letter.pdf", letter.Name)

		require.NoError(t, res.Read(ctx, poll.ID))
		for {
			r := next[*events.Receipt](bot)
			if r.Type == types.ReceiptTypeRead {
				require.Equal(t, []string{sent.ID}, r.MessageIDs)
				break
			}
		}
	}
}

// A message that comes again under its id is shown once, and counted.
func TestResidentCountsCopies(t *testing.T) {
	t.Parallel()
	_, bot, res := desk(t, Options{})
	ctx := patient(t)
	for _, text := range []string{"one", "one", "two"} {
		_, err := bot.SendMessage(ctx, res.Phone.JID(), &waE2E.Message{
			Conversation: &text, MessageContextInfo: &waE2E.MessageContextInfo{MessageSecret: make([]byte, 32)},
		}, whatsmeow.SendRequestExtra{ID: "3EB0FIXED"})
		require.NoError(t, err)
	}
	eventually(t, "three copies", func() bool { return res.Copies("3EB0FIXED") == 3 })
	require.Len(t, res.Messages(), 1)
	require.Equal(t, []string{"3EB0FIXED"}, res.Altered())
}

// Officers in a group: one of them quotes what the helpline has posted.
func TestResidentsInGroup(t *testing.T) {
	t.Parallel()
	for name, opts := range modes {
		t.Run(name, func(t *testing.T) {
			srv, bot, res := desk(t, opts)
			other := join(t, srv, "919000000003", "Meena")
			ctx := patient(t)
			group, err := res.CreateGroup(ctx, "Officers of Civil Lines", bot.phone.Number(), other.Phone.Number())
			require.NoError(t, err)
			chat := next[*events.JoinedGroup](bot).JID
			require.Equal(t, string(group), chat.String())
			posted := bot.text(chat, "A loss is reported.")
			for _, r := range []*Resident{res, other} {
				m, err := r.Next(ctx)
				require.NoError(t, err)
				require.Equal(t, posted.ID, m.ID)
				require.Equal(t, group, m.Chat)
			}
			_, err = other.Quote(ctx, group, posted.ID, "claim")
			require.NoError(t, err)
			m := bot.nextMessage()
			require.Equal(t, posted.ID, m.Message.ExtendedTextMessage.GetContextInfo().GetStanzaID())
			require.Equal(t, chat, m.Info.Chat)
		})
	}
}
