package fakewa

import (
	"errors"

	"go.mau.fi/whatsmeow/types"
)

// errNobody means that an address is nobody's.
var errNobody = errors.New("nobody has this address")

// Address is a WhatsApp address: a phone number (919000000001@s.whatsapp.net), a
// hidden id (200000000000001@lid) or a group (120363100000000000@g.us).
type Address string

func (a Address) jid() (types.JID, error) { return types.ParseJID(string(a)) }

// addressOf is the address of an account or a group, whatever the device.
func addressOf(j types.JID) Address { return Address(j.ToNonAD().String()) }

// Number is the phone's address by its number.
func (p *Phone) Number() Address { return addressOf(p.JID()) }

// Hidden is the phone's address that does not tell its number (LID).
func (p *Phone) Hidden() Address { return addressOf(p.LID()) }

// Companions are the addresses of the phone's linked devices.
func (p *Phone) Companions() []types.JID {
	p.srv.mu.Lock()
	defer p.srv.mu.Unlock()
	var out []types.JID
	for _, d := range p.acct.companions() {
		out = append(out, d.pn())
	}
	return out
}
