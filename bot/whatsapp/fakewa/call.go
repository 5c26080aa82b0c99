package fakewa

import (
	"slices"
	"strconv"
	"time"

	"go.mau.fi/whatsmeow/binary"
	"go.mau.fi/whatsmeow/types"
)

// Call rings a person's linked devices, now or when they are back, and returns
// the call's id. The call comes from the phone's address of the same kind as
// to: its number, or its hidden one with the number beside it. The time is what
// the stanza says; zero for now.
func (p *Phone) Call(to Address, at time.Time) (string, error) {
	who, err := to.jid()
	if err != nil {
		return "", err
	}
	s := p.srv
	s.mu.Lock()
	defer s.mu.Unlock()
	if at.IsZero() {
		at = s.opts.Now()
	}
	id := randomHex(16)
	from, offer := p.acct.pnJID(), attrs{"call-id": id, "call-creator": p.acct.pnJID()}
	if who.Server == types.HiddenUserServer {
		from = p.acct.lidJID()
		offer["call-creator"] = from
		if pn, ok := p.acct.other(from); ok {
			offer["caller_pn"] = pn
		}
	}
	callee := s.user(who)
	if callee == nil {
		return "", errNobody
	}
	for _, d := range callee.companions() {
		s.deliver(d, el("call", attrs{
			"from": from, "id": s.newID(), "t": strconv.FormatInt(at.Unix(), 10), "notify": p.acct.name,
			"platform": "android", "version": "2.24.1",
		}, el("offer", offer, el("audio", attrs{"enc": "opus", "rate": "16000"}))))
	}
	return id, nil
}

// Rejected are the ids of this phone's calls that somebody has rejected.
func (p *Phone) Rejected() []string {
	p.srv.mu.Lock()
	defer p.srv.mu.Unlock()
	return slices.Clone(p.acct.rejected)
}

// takeCall notes what a client does with a call. Callers hold mu.
func (s *Server) takeCall(c *conn, n *binary.Node) {
	to, what := jid(n, "to"), first(n)
	if a := s.user(to); a != nil && what.Tag == "reject" {
		a.rejected = append(a.rejected, str(&what, "call-id"))
	}
	c.send(el("ack", attrs{"class": "call", "id": n.Attrs["id"], "from": to, "type": what.Tag}))
}
