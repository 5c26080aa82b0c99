package fakewa

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.mau.fi/whatsmeow/types/events"
)

func TestCall(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ hidden, alone bool }{
		"by number": {}, "by hidden address": {hidden: true}, "by hidden address only": {hidden: true, alone: true},
	} {
		t.Run(name, func(t *testing.T) {
			srv, bot, res := desk(t, Options{})
			to, from := bot.phone.Number(), res.Phone.JID()
			if c.hidden {
				to, from = bot.phone.Hidden(), res.Phone.LID()
			}
			res.Phone.TellOneAddress(c.alone)
			id, err := res.Phone.Call(to, time.Time{})
			require.NoError(t, err)
			ring := next[*events.CallOffer](bot)
			require.Equal(t, id, ring.CallID)
			require.Equal(t, from, ring.From)
			require.Equal(t, c.hidden && !c.alone, ring.CallCreatorAlt == res.Phone.JID())
			require.WithinDuration(t, time.Now(), ring.Timestamp, wait)

			require.NoError(t, bot.RejectCall(patient(t), ring.From, ring.CallID))
			eventually(t, "rejected", func() bool { return len(res.Phone.Rejected()) == 1 })
			require.Equal(t, []string{id}, res.Phone.Rejected())
			eventually(t, "acknowledged", func() bool { return srv.Pending(*bot.Store.ID) == 0 })
			assertAllAnswered(t, srv)
		})
	}
}

// A call waits for a helpline that is away, and says when it was.
func TestMissedCall(t *testing.T) {
	t.Parallel()
	srv, bot, res := desk(t, Options{})
	bot.Disconnect()
	eventually(t, "helpline offline", func() bool { return !srv.Online(*bot.Store.ID) })
	at := time.Now().Add(-20 * time.Minute).Truncate(time.Second)
	_, err := res.Phone.Call(bot.phone.Number(), at)
	require.NoError(t, err)
	require.NoError(t, bot.Connect())
	require.Equal(t, at.Unix(), next[*events.CallOffer](bot).Timestamp.Unix())
	_, err = res.Phone.Call("919000000999@s.whatsapp.net", at)
	require.ErrorIs(t, err, errNobody)
}
