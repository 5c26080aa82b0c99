package fakewa

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"
	"go.mau.fi/whatsmeow"
	"go.mau.fi/whatsmeow/types/events"
)

func TestMediaRetry(t *testing.T) {
	t.Parallel()
	for status, want := range map[int]error{
		http.StatusNotFound: whatsmeow.ErrMediaDownloadFailedWith404, http.StatusGone: whatsmeow.ErrMediaDownloadFailedWith410,
	} {
		srv, bot, res := desk(t, Options{})
		ctx := patient(t)
		for _, kept := range []bool{true, false} {
			id, err := res.Image(ctx, bot.phone.Number(), []byte("a screenshot"), "")
			require.NoError(t, err)
			m := bot.nextMessage()
			image := m.Message.ImageMessage
			srv.ExpireMedia(status)
			_, err = bot.Download(ctx, image)
			require.ErrorIs(t, err, want)
			if !kept {
				srv.ForgetMedia(id)
			}

			require.NoError(t, bot.SendMediaRetryReceipt(ctx, &m.Info, image.GetMediaKey()))
			e := next[*events.MediaRetry](bot)
			require.Equal(t, id, e.MessageID)
			require.Equal(t, m.Info.Chat, e.ChatID)
			retry, err := whatsmeow.DecryptMediaRetryNotification(e, image.GetMediaKey())
			if !kept {
				require.ErrorIs(t, err, whatsmeow.ErrMediaNotAvailableOnPhone)
				break
			}
			require.NoError(t, err)
			image.DirectPath, image.URL = retry.DirectPath, nil
			got, err := bot.Download(ctx, image)
			require.NoError(t, err)
			require.Equal(t, "a screenshot", string(got))
		}
		eventually(t, "settled", func() bool { return srv.Pending(*bot.Store.ID) == 0 })
		assertAllAnswered(t, srv)
	}
}
