package fakewa

import (
	"go.mau.fi/libsignal/ecc"
	"go.mau.fi/whatsmeow/binary"
	"go.mau.fi/whatsmeow/types"
)

// storePreKeys takes a client's upload of keys. Callers hold mu.
func (s *Server) storePreKeys(c *conn, n *binary.Node) {
	d := c.dev
	copy(d.regID[:], raw(*n, "registration"))
	if id := raw(*n, "identity"); len(id) == 32 {
		d.identity = id
	}
	if sk, ok := n.GetOptionalChildByTag("skey"); ok {
		d.skey = sk
	}
	list := n.GetChildByTag("list")
	d.prekeys = append(d.prekeys, list.GetChildren()...)
	d.lowAsked = false
	s.reply(c, n)
	s.tellHistory(d)
}

// sendBundles answers a request for prekey bundles. Callers hold mu.
func (s *Server) sendBundles(c *conn, n, q *binary.Node) {
	var out []binary.Node
	for _, u := range q.GetChildren() {
		addr := jid(&u, "jid")
		d := s.endpoint(addr)
		if d == nil {
			out = append(out, el("user", attrs{"jid": addr}, el("error", attrs{"code": "404", "text": "item-not-found"})))
			continue
		}
		parts := []binary.Node{
			el("registration", nil, d.regID[:]),
			el("type", nil, []byte{ecc.DjbType}),
			el("identity", nil, d.identity),
			d.skey,
		}
		if len(d.prekeys) > 0 { // each is given out once
			parts = append(parts, d.prekeys[0])
			d.prekeys = d.prekeys[1:]
			s.checkPreKeys(d)
		}
		if d.adv != nil {
			parts = append(parts, el("device-identity", nil, d.adv))
		}
		out = append(out, el("user", attrs{"jid": addr, "t": s.now()}, parts))
	}
	s.reply(c, n, el("list", nil, out))
}

// checkPreKeys asks a client for more prekeys when few are left. Callers hold mu.
func (s *Server) checkPreKeys(d *device) {
	if d.id == 0 || d.lowAsked || len(d.prekeys) >= s.opts.LowPreKeys {
		return
	}
	d.lowAsked = true
	s.deliver(d, el("notification", attrs{"type": "encrypt", "from": types.ServerJID, "id": s.newID(), "t": s.now()},
		el("count", attrs{"value": len(d.prekeys)})))
}
