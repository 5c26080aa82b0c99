package fakewa

import (
	"container/list"
	"sort"
	"strconv"

	"go.mau.fi/whatsmeow/binary"
	"go.mau.fi/whatsmeow/types"
	"go.mau.fi/whatsmeow/util/keys"
)

// account is a phone number.
type account struct {
	pn, lid  string
	name     string
	identity *keys.KeyPair // of the phone: it signs companions' identities
	devices  map[uint16]*device
	next     uint16
	watchers map[*device]bool // devices that asked for the list of devices
	hello    *hello           // a client that shows a pairing code for this number
	refused  refused
	rejected []string // calls of this phone
	alone    bool     // its other address is told to nobody
	history  *History // for devices that are linked
}

// device is one endpoint of an account: the phone (id 0) or a companion.
type device struct {
	acct     *account
	id       uint16
	noise    [32]byte
	regID    [4]byte
	identity []byte
	skey     binary.Node   // signed prekey, ready to send
	prekeys  []binary.Node // one-time prekeys, ready to send
	adv      []byte        // signed device identity
	lowAsked bool
	told     bool // it got the phone's history

	conn    *conn
	active  bool // the client asked for its stanzas
	pending *list.List
	index   map[string]*list.Element
	again   map[string]bool // messages that it has asked for again and not acknowledged
}

func (d *device) pn() types.JID {
	return types.JID{User: d.acct.pn, Device: d.id, Server: types.DefaultUserServer}
}

func (d *device) hidden() types.JID {
	return types.JID{User: d.acct.lid, Device: d.id, Server: types.HiddenUserServer}
}

func (a *account) pnJID() types.JID { return types.NewJID(a.pn, types.DefaultUserServer) }

func (a *account) lidJID() types.JID { return types.NewJID(a.lid, types.HiddenUserServer) }

// companions lists the linked devices in order.
func (a *account) companions() []*device {
	var out []*device
	for id, d := range a.devices {
		if id != 0 {
			out = append(out, d)
		}
	}
	sort.Slice(out, func(i, j int) bool { return out[i].id < out[j].id })
	return out
}

// AddPhone registers a phone number. The phone can scan QR codes.
func (s *Server) AddPhone(number, name string) *Phone {
	s.mu.Lock()
	defer s.mu.Unlock()
	a := &account{
		pn: number, lid: strconv.Itoa(200000000000000 + len(s.byPN)), name: name,
		devices: map[uint16]*device{}, next: 1, watchers: map[*device]bool{},
	}
	phone := newDevice(a, 0)
	copy(phone.regID[1:], randomBytes(3))
	a.devices[0] = phone
	a.renew()
	s.byPN[a.pn], s.byLID[a.lid] = a, a
	return &Phone{srv: s, acct: a}
}

// renew gives the phone an identity key and a signed prekey.
func (a *account) renew() {
	a.identity = keys.NewKeyPair()
	sk := a.identity.CreateSignedPreKey(1)
	a.devices[0].identity = a.identity.Pub[:]
	a.devices[0].skey = el("skey", nil, el("id", nil, []byte{0, 0, 1}), el("value", nil, sk.Pub[:]), el("signature", nil, sk.Signature[:]))
}

func newDevice(a *account, id uint16) *device {
	return &device{acct: a, id: id, pending: list.New(), index: map[string]*list.Element{}, again: map[string]bool{}}
}

// user finds an account by either of its addresses. Callers hold mu.
func (s *Server) user(j types.JID) *account {
	switch j.Server {
	case types.DefaultUserServer, types.LegacyUserServer:
		return s.byPN[j.User]
	case types.HiddenUserServer:
		return s.byLID[j.User]
	}
	return nil
}

// userAt finds an account by an address. Callers hold mu.
func (s *Server) userAt(a Address) *account {
	j, err := a.jid()
	if err != nil {
		return nil
	}
	return s.user(j)
}

// endpoint finds a device by either of its addresses. Callers hold mu.
func (s *Server) endpoint(j types.JID) *device {
	if a := s.user(j); a != nil {
		return a.devices[j.Device]
	}
	return nil
}

// Phone is the primary device of an account.
type Phone struct {
	srv  *Server
	acct *account
}

// JID is the phone's address.
func (p *Phone) JID() types.JID { return p.acct.pnJID() }

// LID is the phone's hidden address.
func (p *Phone) LID() types.JID { return p.acct.lidJID() }

// Unlink removes a companion, as the phone's "log out" does.
func (p *Phone) Unlink(who types.JID) {
	s := p.srv
	s.mu.Lock()
	defer s.mu.Unlock()
	d := p.acct.devices[who.Device]
	if d == nil || d.id == 0 {
		return
	}
	s.unlink(d)
}

// unlink removes a device and tells it so. Callers hold mu.
func (s *Server) unlink(d *device) {
	delete(d.acct.devices, d.id)
	if d.conn != nil {
		n := el("stream:error", attrs{"code": "401"}, el("conflict", attrs{"type": "device_removed"}))
		d.conn.push(outgoing{node: &n, close: closeSoon})
	}
	s.announceDevices(d.acct)
}

// announceDevices tells the account's own devices about its new device list, and
// all who have asked for it to drop theirs. Callers hold mu.
func (s *Server) announceDevices(a *account) {
	tell := a.companions()
	for d := range a.watchers {
		if d.acct != a && d.acct.devices[d.id] == d {
			tell = append(tell, d)
		}
	}
	for _, d := range tell {
		for _, from := range []types.JID{a.pnJID(), a.lidJID()} { // clients cache the list under both
			s.deliver(d, el("notification", attrs{"type": "devices", "from": from, "id": s.newID(), "t": s.now()},
				el("update", attrs{"hash": randomHex(3)})))
		}
	}
}
