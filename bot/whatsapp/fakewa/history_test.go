package fakewa

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.mau.fi/whatsmeow/types/events"
)

func TestHistory(t *testing.T) {
	t.Parallel()
	for name, uploaded := range map[string]bool{"inline": false, "uploaded": true} {
		t.Run(name, func(t *testing.T) {
			srv := startServer(t, Options{})
			phone, shanti := srv.AddPhone("919000000001", "Helpline"), srv.AddPhone("919000000002", "Shanti")
			at := time.Now().Add(-time.Hour).Truncate(time.Second)
			phone.SetHistory(History{Uploaded: uploaded, Messages: []Past{
				{ID: "OLD1", Chat: shanti.Number(), At: at, Name: "Shanti", Text: "paisa kat gaya"},
				{ID: "OLD2", Chat: shanti.Number(), At: at.Add(time.Minute), FromMe: true, Text: "We are on it."},
				{ID: "OLD3", Chat: shanti.Number(), At: at.Add(2 * time.Minute), Name: "Shanti", Text: "dekhiye", Image: []byte("a receipt")},
			}})
			bot := scan(t, srv, phone)
			got := next[*events.HistorySync](bot)
			require.Len(t, got.Data.Conversations, 1)
			require.Equal(t, string(shanti.Hidden()), got.Data.PhoneNumberToLidMappings[0].GetLidJID())
			var all []*events.Message
			for _, m := range got.Data.Conversations[0].Messages {
				e, err := bot.ParseWebMessage(shanti.JID(), m.Message)
				require.NoError(t, err)
				all = append(all, e)
			}
			require.Len(t, all, 3)
			require.Equal(t, "paisa kat gaya", textOf(all[0]))
			require.Equal(t, at.Unix(), all[0].Info.Timestamp.Unix())
			require.Equal(t, shanti.JID(), all[0].Info.Sender)
			require.True(t, all[1].Info.IsFromMe)
			picture, err := bot.Download(patient(t), all[2].Message.GetImageMessage())
			require.NoError(t, err)
			require.Equal(t, "a receipt", string(picture))
			eventually(t, "settled", func() bool { return srv.Pending(*bot.Store.ID) == 0 })

			// It is told once.
			bot.Disconnect()
			require.NoError(t, bot.Connect())
			next[*events.Connected](bot)
			_, again := within[*events.HistorySync](bot, 200*time.Millisecond)
			require.False(t, again)
			assertAllAnswered(t, srv)
		})
	}
}
