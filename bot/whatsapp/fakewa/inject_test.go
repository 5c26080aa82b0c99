package fakewa

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.mau.fi/whatsmeow/types"
	"go.mau.fi/whatsmeow/types/events"
)

// What a helpline gets without being written to.
func TestInjected(t *testing.T) {
	t.Parallel()
	srv, bot, res := desk(t, Options{})
	to := bot.phone.Number()

	id, err := res.Phone.Status(to, "Happy Diwali")
	require.NoError(t, err)
	status := bot.nextMessage()
	require.Equal(t, id, status.Info.ID)
	require.Equal(t, types.StatusBroadcastJID, status.Info.Chat)
	require.Equal(t, "Happy Diwali", textOf(status))

	id, err = res.Phone.Newsletter(to, "News of the day")
	require.NoError(t, err)
	news := bot.nextMessage()
	require.Equal(t, id, news.Info.ID)
	require.Equal(t, types.NewsletterServer, news.Info.Chat.Server)
	require.Equal(t, "News of the day", textOf(news))

	require.NoError(t, res.Phone.Online(to, false))
	require.True(t, next[*events.Presence](bot).Unavailable)
	require.NoError(t, res.Phone.Online(to, true))
	require.False(t, next[*events.Presence](bot).Unavailable)
	eventually(t, "settled", func() bool { return srv.Pending(*bot.Store.ID) == 0 })
	assertAllAnswered(t, srv)
}

func TestUnreadable(t *testing.T) {
	t.Parallel()
	srv, bot, res := desk(t, Options{})
	for _, to := range []Address{bot.phone.Number(), bot.phone.Hidden()} {
		id, err := res.Phone.ViewOnce(to)
		require.NoError(t, err)
		e := next[*events.UndecryptableMessage](bot)
		require.Equal(t, id, e.Info.ID)
		require.True(t, e.IsUnavailable)
		require.Equal(t, events.UnavailableTypeViewOnce, e.UnavailableType)

		id, err = res.Phone.Garbage(to)
		require.NoError(t, err)
		e = next[*events.UndecryptableMessage](bot)
		require.Equal(t, id, e.Info.ID)
		require.False(t, e.IsUnavailable)
	}
	_, ok := within[*events.Message](bot, 200*time.Millisecond)
	require.False(t, ok)
	eventually(t, "settled", func() bool { return srv.Pending(*bot.Store.ID) == 0 })
}
