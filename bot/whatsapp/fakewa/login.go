package fakewa

import (
	"strconv"

	"go.mau.fi/whatsmeow/types"
)

// admit decides about a connection that finished its handshake: pair it, log it
// in, or refuse it (and then it reports false).
func (s *Server) admit(c *conn) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	p := c.hs.payload
	if s.outdated(p) {
		n := el("failure", attrs{"reason": "405", "location": "fake"})
		c.push(outgoing{node: &n, close: closeSoon})
		return false
	}
	if reg := p.GetDevicePairingData(); reg != nil {
		c.reg = newRegistration(reg)
		s.offerRefs(c)
		return true
	}
	who := types.JID{User: strconv.FormatUint(p.GetUsername(), 10), Device: uint16(p.GetDevice()), Server: types.DefaultUserServer}
	if q := s.refusals[who]; len(q) > 0 {
		s.refusals[who] = q[1:]
		c.push(outgoing{node: &q[0], close: closeSoon})
		return false
	}
	d := s.endpoint(who)
	if d == nil || d.id == 0 || d.noise != c.hs.static {
		n := el("failure", attrs{"reason": "401", "location": "fake"})
		c.push(outgoing{node: &n, close: closeSoon})
		return false
	}
	if old := d.conn; old != nil {
		n := el("stream:error", nil, el("conflict", attrs{"type": "replaced"}))
		old.push(outgoing{node: &n, close: closeSoon})
	}
	c.dev, d.conn, d.active = d, c, false
	c.send(el("success", attrs{
		"t": s.now(), "creation": s.now(), "props": "27", "abprops": "1",
		"companion_enc_static": randomHex(16), "location": "fake", "lid": d.hidden(),
	}))
	if n := d.pending.Len(); n > 0 {
		count := map[string]int{}
		for e := d.pending.Front(); e != nil; e = e.Next() {
			count[e.Value.(*pendingStanza).node.Tag]++
		}
		c.send(el("ib", attrs{"from": types.ServerJID}, el("offline_preview", attrs{
			"count": n, "appdata": 0, "call": count["call"], "message": count["message"],
			"receipt": count["receipt"], "notification": count["notification"],
		})))
	}
	return true
}

// enter takes a connection in, unless the server is stopped.
func (s *Server) enter(c *conn) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.down {
		return false
	}
	s.conns[c] = struct{}{}
	s.serving.Add(1)
	return true
}

func (s *Server) leave(c *conn) {
	defer s.serving.Done()
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.conns, c)
	s.withdraw(c)
	if d := c.dev; d != nil && d.conn == c {
		d.conn, d.active = nil, false
	}
}

// RefuseLogins answers the next n logins of a device with a failure reason
// (401 logged out, 402 banned, 405 client outdated, 503 try later…).
func (s *Server) RefuseLogins(who types.JID, n, reason int, more ...string) {
	a := attrs{"reason": strconv.Itoa(reason), "location": "fake"}
	for i := 0; i+1 < len(more); i += 2 {
		a[more[i]] = more[i+1]
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for range n {
		s.refusals[who] = append(s.refusals[who], el("failure", a))
	}
}
