package fakewa

import (
	"strings"

	"go.mau.fi/whatsmeow/binary"
	"go.mau.fi/whatsmeow/types"
)

// usync answers a query about users: devices, hidden ids, registration. Callers
// hold mu.
func (s *Server) usync(c *conn, n, q *binary.Node) {
	want := map[string]bool{}
	asked := q.GetChildByTag("query")
	for _, p := range asked.GetChildren() {
		want[p.Tag] = true
	}
	var users []binary.Node
	list := q.GetChildByTag("list")
	for _, u := range list.GetChildren() {
		addr := jid(&u, "jid")
		contact := raw(u, "contact")
		if addr.IsEmpty() && contact != nil {
			number, _, _ := strings.Cut(strings.TrimPrefix(string(contact), "+"), "@")
			addr = types.NewJID(number, types.DefaultUserServer)
		}
		a := s.user(addr)
		var parts []binary.Node
		if want["contact"] {
			state := "out"
			if a != nil {
				state = "in"
			}
			parts = append(parts, el("contact", attrs{"type": state}, contact))
		}
		if a != nil {
			if want["lid"] && !a.alone {
				parts = append(parts, el("lid", attrs{"val": a.lidJID()}))
			}
			if want["status"] {
				parts = append(parts, el("status", attrs{"t": s.now()}, []byte("fake")))
			}
			if want["devices"] {
				a.watchers[c.dev] = true
				parts = append(parts, el("devices", nil, el("device-list", attrs{"hash": "2:fake"}, s.deviceList(a))))
			}
		}
		users = append(users, el("user", attrs{"jid": addr}, parts))
	}
	s.reply(c, n, el("usync", attrs{
		"sid": q.Attrs["sid"], "mode": q.Attrs["mode"], "context": q.Attrs["context"], "index": "0", "last": "true",
	}, el("list", nil, users)))
}

// deviceList names an account's devices. Callers hold mu.
func (s *Server) deviceList(a *account) []binary.Node {
	var out []binary.Node
	if !s.opts.NoPhones {
		out = append(out, el("device", attrs{"id": "0"}))
	}
	for _, d := range a.companions() {
		out = append(out, el("device", attrs{"id": int(d.id), "key-index": int(d.id)}))
	}
	return out
}
