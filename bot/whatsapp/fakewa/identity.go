package fakewa

import "go.mau.fi/whatsmeow/types"

// TellOneAddress makes all that comes from this phone name one address only, the
// one that it is sent by: who gets it cannot know that the number and the hidden
// address are one person's. false is the usual way.
func (p *Phone) TellOneAddress(on bool) {
	p.srv.mu.Lock()
	defer p.srv.mu.Unlock()
	p.acct.alone = on
}

// ChangeIdentity gives the phone a new identity key, as a new installation does,
// and tells all who have asked for its devices, under one of its addresses.
// Its companions stay linked.
func (p *Phone) ChangeIdentity(as Address) error {
	from, err := as.jid()
	if err != nil {
		return err
	}
	s := p.srv
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.user(from) != p.acct {
		return errNobody
	}
	p.acct.renew()
	for d := range p.acct.watchers {
		if d.acct != p.acct && d.acct.devices[d.id] == d {
			s.deliver(d, el("notification", attrs{"type": "encrypt", "from": from, "id": s.newID(), "t": s.now()}, el("identity", nil)))
		}
	}
	return nil
}

// other is an account's other address, to stand beside one; ok is false for an
// account that tells only one.
func (a *account) other(j types.JID) (other types.JID, ok bool) {
	if j.Server == types.HiddenUserServer {
		return a.pnJID(), !a.alone
	}
	return a.lidJID(), !a.alone
}
