package fakewa

import (
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
	"go.mau.fi/whatsmeow"
	"go.mau.fi/whatsmeow/proto/waWa6"
	"go.mau.fi/whatsmeow/store"
	"go.mau.fi/whatsmeow/types/events"
	"google.golang.org/protobuf/proto"
)

// A client that is too old finds the new version on the web page, and gets in
// once its handshake says so.
func TestRequireVersion(t *testing.T) {
	t.Parallel()
	cuts(t)
	srv := startServer(t, Options{})
	phone := srv.AddPhone("919000000001", "Helpline")
	bot := link(t, srv, phone)
	now := store.GetWAVersion()
	srv.RequireVersion(2, 3000, now[2])
	bot.Disconnect()
	require.NoError(t, bot.Connect())
	next[*events.Connected](bot)

	srv.RequireVersion(2, 3000, now[2]+1)
	bot.Disconnect()
	require.NoError(t, bot.Connect())
	next[*events.ClientOutdated](bot)
	unpaired := newPeer(t, srv, phone, filepath.Join(t.TempDir(), "b.db"))
	require.NoError(t, unpaired.Connect())
	next[*events.ClientOutdated](unpaired)

	latest, err := whatsmeow.GetLatestVersion(patient(t), HTTPClient(srv.Addr()))
	require.NoError(t, err)
	require.Equal(t, store.WAVersionContainer{2, 3000, now[2] + 1}, *latest)
	bot.GetClientPayload = func() *waWa6.ClientPayload { // the package's variables are everybody's
		p := proto.Clone(bot.Store.GetClientPayload()).(*waWa6.ClientPayload)
		p.UserAgent.AppVersion = latest.ProtoAppVersion()
		return p
	}
	bot.Disconnect()
	require.NoError(t, bot.Connect())
	next[*events.Connected](bot)
}
