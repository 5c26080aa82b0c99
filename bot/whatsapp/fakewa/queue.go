package fakewa

import (
	"fmt"
	"time"

	"go.mau.fi/whatsmeow/binary"
	"go.mau.fi/whatsmeow/types"
)

// pendingStanza is a stanza its addressee has not acknowledged.
type pendingStanza struct {
	key  string
	node binary.Node
}

// activate sends a device the stanzas that waited for it. Callers hold mu.
func (s *Server) activate(d *device) {
	if d.active {
		return
	}
	d.active = true
	i := 0
	for e := d.pending.Front(); e != nil; e = e.Next() {
		n := e.Value.(*pendingStanza).node
		n.Attrs = with(n.Attrs, "offline", i)
		d.conn.send(n)
		i++
	}
	d.conn.send(el("ib", attrs{"from": types.ServerJID}, el("offline", attrs{"count": i})))
	s.checkPreKeys(d)
}

// deliver gives a stanza to a device, now or when it is back, and keeps it until
// the device acknowledges it. Callers hold mu.
func (s *Server) deliver(d *device, n binary.Node) {
	if d.id == 0 {
		return // the phone is not simulated
	}
	key := stanzaKey(n.Tag, n.Attrs["id"], n.Attrs["from"], n.Attrs["participant"], n.Attrs["type"])
	p := &pendingStanza{key: key, node: n}
	if old := d.index[key]; old != nil {
		d.pending.Remove(old)
	}
	d.index[key] = d.pending.PushBack(p)
	if d.conn != nil && d.active {
		d.conn.send(n)
	}
}

// settle forgets a stanza that the device acknowledged. Callers hold mu.
//
// A client that cannot decrypt a message asks for it again by a retry receipt,
// and acknowledges it beside that, in any order. The acknowledgement must not
// settle the second copy, which may be on its way by then.
func (s *Server) settle(d *device, class string, a attrs) {
	key := stanzaKey(class, a["id"], a["to"], a["participant"], a["type"])
	if d.again[key] {
		delete(d.again, key)
		return
	}
	d.forget(key)
}

// received forgets a message of which the device sent a receipt. Callers hold mu.
func (d *device) received(a attrs) {
	key := stanzaKey("message", a["id"], a["to"], a["participant"], nil)
	delete(d.again, key)
	d.forget(key)
}

// asksAgain forgets a message that the device wants once more. Callers hold mu.
func (d *device) asksAgain(a attrs) {
	key := stanzaKey("message", a["id"], a["to"], a["participant"], nil)
	if d.forget(key) {
		d.again[key] = true
	}
}

// forget takes a stanza off what is pending, if it is there.
func (d *device) forget(key string) bool {
	e := d.index[key]
	if e == nil {
		return false
	}
	d.pending.Remove(e)
	delete(d.index, key)
	return true
}

// stanzaKey names a delivery. The type counts only for receipts: one message
// makes a delivery receipt and a read receipt with the same id.
func stanzaKey(class string, id, peer, participant, kind any) string {
	if class != "receipt" || kind == nil {
		kind = ""
	}
	if participant == nil {
		participant = ""
	}
	return fmt.Sprintf("%s|%v|%v|%v|%v", class, id, peer, participant, kind)
}

// Pending counts the stanzas that a device has not acknowledged.
func (s *Server) Pending(who types.JID) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	if d := s.endpoint(who); d != nil {
		return d.pending.Len()
	}
	return 0
}

// Redeliver sends a device everything it has not acknowledged once more.
func (s *Server) Redeliver(who types.JID) {
	s.mu.Lock()
	defer s.mu.Unlock()
	d := s.endpoint(who)
	if d == nil || d.conn == nil {
		return
	}
	for e := d.pending.Front(); e != nil; e = e.Next() {
		d.conn.send(e.Value.(*pendingStanza).node)
	}
}

// settleWait is the longest that a client is waited for before it closes.
const settleWait = 500 * time.Millisecond

// settleDown waits a moment until a connected device has acknowledged all that
// it got: whatsmeow does not expect to be closed while it sends.
func (s *Server) settleDown(who types.JID) {
	for end := time.Now().Add(settleWait); s.Online(who) && s.Pending(who) > 0 && time.Now().Before(end); {
		time.Sleep(time.Millisecond)
	}
}
