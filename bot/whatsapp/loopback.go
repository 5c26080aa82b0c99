package whatsapp

import (
	"context"
	"encoding/hex"
	"fmt"
	"net"
	"net/http"

	"go.mau.fi/whatsmeow"
)

// A Loopback is a server on this machine that stands for the service in tests.
type Loopback struct {
	addr string
	key  [32]byte
}

// NewLoopback is the server at an address, which must be on loopback, with the
// root key of its certificates in hex.
func NewLoopback(addr, rootKey string) (*Loopback, error) {
	tcp, err := net.ResolveTCPAddr("tcp", addr)
	if err != nil || !tcp.IP.IsLoopback() {
		return nil, fmt.Errorf("%q is no loopback address: only a server on this machine may stand for the service", addr)
	}
	key, err := hex.DecodeString(rootKey)
	if err != nil || len(key) != 32 {
		return nil, fmt.Errorf("the root key must be 32 bytes in hex")
	}
	return &Loopback{addr: addr, key: [32]byte(key)}, nil
}

// trust makes whatsmeow trust the server's certificates. It is a setting of the
// whole program.
func (l *Loopback) trust() {
	if l != nil && whatsmeow.WACertPubKey != l.key {
		whatsmeow.WACertPubKey = l.key
	}
}

// http sends every request to the server, whatever its host, in the clear: the
// protocol has its own encryption below. Nil for the real service.
func (l *Loopback) http() *http.Client {
	if l == nil {
		return nil
	}
	dial := func(ctx context.Context, _, _ string) (net.Conn, error) {
		return new(net.Dialer).DialContext(ctx, "tcp", l.addr)
	}
	return &http.Client{Transport: &http.Transport{DialContext: dial, DialTLSContext: dial}}
}

// point makes a client talk to the server.
func (l *Loopback) point(client *whatsmeow.Client) {
	if l == nil {
		return
	}
	h := l.http()
	client.SetWebsocketHTTPClient(h)
	client.SetPreLoginHTTPClient(h)
	client.SetMediaHTTPClient(h)
}
