package fakewa

import (
	"strconv"

	"go.mau.fi/whatsmeow/binary"
	"go.mau.fi/whatsmeow/proto/waE2E"
	"go.mau.fi/whatsmeow/types"
	"google.golang.org/protobuf/proto"
)

// Status sends a person's linked devices a status of this phone's: a text that
// is shown to all contacts for a day. It returns the message's id.
func (p *Phone) Status(to Address, text string) (string, error) {
	return p.inject(to, func(d *device, a attrs) ([]binary.Node, error) {
		a["from"], a["participant"] = types.StatusBroadcastJID, p.acct.pnJID()
		enc, err := p.srv.seal(p.acct, d, &waE2E.Message{ExtendedTextMessage: &waE2E.ExtendedTextMessage{Text: &text}})
		return []binary.Node{enc}, err
	})
}

// Newsletter sends a person's linked devices a post of a channel that the person
// follows. The phone is only where it is sent from in the test.
func (p *Phone) Newsletter(to Address, text string) (string, error) {
	return p.inject(to, func(_ *device, a attrs) ([]binary.Node, error) {
		plain, err := proto.Marshal(&waE2E.Message{Conversation: &text})
		a["from"], a["server_id"] = types.NewJID("120363999999999999", types.NewsletterServer), "101"
		return []binary.Node{el("plaintext", nil, plain)}, err
	})
}

// ViewOnce sends a person's linked devices what they get in place of a picture
// that may be looked at once: a note that it is on the phone only.
func (p *Phone) ViewOnce(to Address) (string, error) {
	return p.inject(to, func(_ *device, a attrs) ([]binary.Node, error) {
		a["type"] = "media"
		return []binary.Node{el("unavailable", attrs{"type": "view_once"})}, nil
	})
}

// Garbage sends a person's linked devices a message that can never be decrypted,
// however often they ask for it.
func (p *Phone) Garbage(to Address) (string, error) {
	return p.inject(to, func(*device, attrs) ([]binary.Node, error) {
		return []binary.Node{el("enc", attrs{"v": "2", "type": "msg"}, randomBytes(80))}, nil
	})
}

// Online shows a person's linked devices that this phone is open, or was last
// open now.
func (p *Phone) Online(to Address, open bool) error {
	who, err := to.jid()
	if err != nil {
		return err
	}
	s := p.srv
	s.mu.Lock()
	defer s.mu.Unlock()
	a := attrs{"from": p.acct.pnJID()}
	if !open {
		a["type"], a["last"] = "unavailable", s.now()
	}
	callee := s.user(who)
	if callee == nil {
		return errNobody
	}
	for _, d := range callee.companions() {
		if d.conn != nil && d.active {
			d.conn.send(el("presence", a))
		}
	}
	return nil
}

// inject delivers a message of this phone's to each linked device of a person.
// fill may change its attributes and makes what is in it.
func (p *Phone) inject(to Address, fill func(*device, attrs) ([]binary.Node, error)) (string, error) {
	who, err := to.jid()
	if err != nil {
		return "", err
	}
	s := p.srv
	s.mu.Lock()
	defer s.mu.Unlock()
	id := "3EB0" + strconv.FormatUint(s.seq.Add(1), 10)
	from := p.acct.pnJID()
	if who.Server == types.HiddenUserServer {
		from = p.acct.lidJID()
	}
	callee := s.user(who)
	if callee == nil {
		return "", errNobody
	}
	for _, d := range callee.companions() {
		a := attrs{"from": from, "id": id, "t": s.now(), "type": "text", "notify": p.acct.name}
		if alt, ok := p.acct.other(from); ok {
			a["sender_lid"] = alt
			if from.Server == types.HiddenUserServer {
				delete(a, "sender_lid")
				a["sender_pn"], a["addressing_mode"] = alt, "lid"
			}
		}
		body, err := fill(d, a)
		if err != nil {
			return "", err
		}
		s.deliver(d, el("message", a, body))
	}
	return id, nil
}
