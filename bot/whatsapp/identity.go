package whatsapp

import (
	"context"
	"strings"

	"go.mau.fi/whatsmeow/types"
)

// A sender is who wrote, under both of the names that WhatsApp has for a
// person: a phone number and a hidden id (LID), either of which may be unknown.
type sender struct {
	address string // as the message came; replies go there
	alias   string // the other; "" if not known
	phone   string // ten digits; "" if not known or not of India
}

// person is the same for both names, once both are known.
func (s sender) person() string {
	if strings.HasSuffix(s.alias, "@"+types.HiddenUserServer) {
		return s.alias
	}
	return s.address
}

// who finds both names of a sender: as the message says, else as whatsmeow has
// learnt them.
func (w *WhatsApp) who(ctx context.Context, from, other types.JID) sender {
	from, other = from.ToNonAD(), other.ToNonAD()
	if other.IsEmpty() {
		other = w.otherName(ctx, from)
	}
	s := sender{address: from.String(), phone: phoneOf(from)}
	if !other.IsEmpty() && other != from {
		s.alias = other.String()
		if s.phone == "" {
			s.phone = phoneOf(other)
		}
	}
	return s
}

// otherName is the phone number of a hidden id, or the other way round; empty
// if it is not known.
func (w *WhatsApp) otherName(ctx context.Context, of types.JID) types.JID {
	client := w.client.Load()
	if client == nil {
		return types.EmptyJID
	}
	var other types.JID
	var err error
	switch of.Server {
	case types.HiddenUserServer:
		other, err = client.Store.LIDs.GetPNForLID(ctx, of)
	case types.DefaultUserServer:
		other, err = client.Store.LIDs.GetLIDForPN(ctx, of)
	}
	if err != nil {
		w.log.Warn("whatsapp: the other name of a sender cannot be read", "error", withoutNames(err))
		return types.EmptyJID
	}
	return other.ToNonAD()
}

// untold is the alias if the bot has not been told of it since the start.
func (w *WhatsApp) untold(s sender) string {
	if told, ok := w.aliases.Load(s.address); ok && told == s.alias {
		return ""
	}
	return s.alias
}

// told remembers that the bot knows both names.
func (w *WhatsApp) told(s sender) {
	if s.alias != "" {
		w.aliases.Store(s.address, s.alias)
	}
}

// indiaCode comes before the ten digits of an Indian number.
const indiaCode = "91"

// phoneOf is the ten digits of an Indian phone number; "" for any other name.
func phoneOf(j types.JID) string {
	digits, ok := strings.CutPrefix(j.User, indiaCode)
	if j.Server != types.DefaultUserServer || !ok || len(digits) != 10 {
		return ""
	}
	return digits
}

// recipient is the address of a resident as whatsmeow takes it.
func recipient(address string) (types.JID, bool) {
	j, err := types.ParseJID(address)
	ok := err == nil && j.User != "" && j.Device == 0 &&
		(j.Server == types.DefaultUserServer || j.Server == types.HiddenUserServer)
	return j, ok
}
