package fakewa

import (
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
	"go.mau.fi/whatsmeow"
	"go.mau.fi/whatsmeow/types/events"
)

// showCode is a client that shows a pairing code for a number.
func showCode(t *testing.T, srv *Server, phone *Phone) (*peer, string) {
	t.Helper()
	p := newPeer(t, srv, phone, filepath.Join(t.TempDir(), "a.db"))
	require.NoError(t, p.Connect())
	next[*events.QR](p)
	code, err := p.PairPhone(patient(t), phone.JID().User, true, whatsmeow.PairClientChrome, "Chrome (Linux)")
	require.NoError(t, err)
	return p, code
}

func TestPairingCode(t *testing.T) {
	t.Parallel()
	srv := startServer(t, Options{})
	phone := srv.AddPhone("919000000001", "Helpline")
	p, code := showCode(t, srv, phone)
	require.Regexp(t, "^[1-9A-Z]{4}-[1-9A-Z]{4}$", code)
	who, err := phone.EnterCode(code)
	require.NoError(t, err)
	require.Equal(t, who, next[*events.PairSuccess](p).ID)
	next[*events.Connected](p)

	res := join(t, srv, "919000000002", "Shanti")
	_, err = res.Say(patient(t), phone.Number(), "namaste")
	require.NoError(t, err)
	_, text := p.nextText()
	require.Equal(t, "namaste", text)
	assertAllAnswered(t, srv)
}

func TestWrongPairingCode(t *testing.T) {
	t.Parallel()
	srv := startServer(t, Options{})
	phone := srv.AddPhone("919000000001", "Helpline")
	_, err := phone.EnterCode("ABCD-EFGH")
	require.ErrorContains(t, err, "no client")
	_, code := showCode(t, srv, phone)
	wrong := "A" + code[1:]
	if wrong == code {
		wrong = "B" + code[1:]
	}
	_, err = phone.EnterCode(wrong)
	require.ErrorContains(t, err, "not the one that the client shows")
}
