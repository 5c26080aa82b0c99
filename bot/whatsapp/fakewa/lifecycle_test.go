package fakewa

import (
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.mau.fi/whatsmeow"
	"go.mau.fi/whatsmeow/types/events"
	"go.uber.org/goleak"
)

// A server that was down for a moment still knows its clients, and has kept what
// was on its way.
func TestRestart(t *testing.T) {
	t.Parallel()
	cuts(t)
	srv, bot, res := desk(t, Options{})
	ctx := patient(t)
	bot.Disconnect()
	eventually(t, "helpline offline", func() bool { return !srv.Online(*bot.Store.ID) })
	_, err := res.Say(ctx, bot.phone.Number(), "before")
	require.NoError(t, err)
	addr := srv.Addr()

	require.NoError(t, srv.Restart(100*time.Millisecond))

	require.Equal(t, addr, srv.Addr())
	eventually(t, "resident is back", func() bool { return srv.Online(res.Phone.Companions()[0]) })
	_, err = res.Say(ctx, bot.phone.Number(), "after")
	require.NoError(t, err)
	require.NoError(t, bot.Connect())
	for _, want := range []string{"before", "after"} {
		_, text := bot.nextText()
		require.Equal(t, want, text)
	}
}

func TestStop(t *testing.T) {
	t.Parallel()
	cuts(t)
	srv, bot, res := desk(t, Options{})
	srv.Stop()
	next[*events.Disconnected](bot)
	require.ErrorContains(t, newPeer(t, srv, bot.phone, filepath.Join(t.TempDir(), "b.db")).Connect(), "refused")
	sent := make(chan error, 1)
	go func() {
		_, err := res.Say(patient(t), bot.phone.Number(), "waits")
		sent <- err
	}()
	require.NoError(t, srv.Start())
	_, text := bot.nextText()
	require.Equal(t, "waits", text)
	require.NoError(t, <-sent)
}

// QR codes end with their connection; a client gets new ones when it connects
// again.
func TestExpireCodes(t *testing.T) {
	t.Parallel()
	cuts(t)
	srv := startServer(t, Options{})
	phone := srv.AddPhone("919000000001", "Helpline")
	p := newPeer(t, srv, phone, filepath.Join(t.TempDir(), "a.db"))
	codes, err := p.GetQRChannel(t.Context())
	require.NoError(t, err)
	require.NoError(t, p.Connect())
	old := (<-codes).Code
	srv.ExpireCodes()
	require.Equal(t, whatsmeow.QRChannelTimeout, <-codes)
	_, err = phone.Scan(old)
	require.ErrorContains(t, err, "not on offer any more")

	codes, err = p.GetQRChannel(t.Context())
	require.NoError(t, err)
	require.NoError(t, p.Connect())
	fresh := (<-codes).Code
	require.NotEqual(t, old, fresh)
	_, err = phone.Scan(fresh)
	require.NoError(t, err)
	require.Equal(t, whatsmeow.QRChannelSuccess, <-codes)
}

// Residents and a server that are closed leave no goroutine behind. This test is
// not parallel, so that the others have none either.
func TestLeavesNothing(t *testing.T) {
	before := goleak.IgnoreCurrent()
	srv, err := NewServer(Options{})
	require.NoError(t, err)
	one, err := srv.NewResident(patient(t), "919000000002", "Shanti")
	require.NoError(t, err)
	other, err := srv.NewResident(patient(t), "919000000003", "Meena")
	require.NoError(t, err)
	_, err = one.Image(patient(t), other.Phone.Number(), []byte("a picture"), "")
	require.NoError(t, err)
	_, err = other.Next(patient(t))
	require.NoError(t, err)
	one.Close()
	other.Close()
	srv.Close()
	goleak.VerifyNone(t, before)
}
