package fakewa

import (
	"context"

	"go.mau.fi/whatsmeow"
	"go.mau.fi/whatsmeow/proto/waE2E"
	"go.mau.fi/whatsmeow/types"
	"go.mau.fi/whatsmeow/types/events"
	"google.golang.org/protobuf/proto"
)

// resend sends a message again to somebody who could not decrypt it, in place of
// whatsmeow's own way, which encrypts beside a message that is just being sent:
// both may then use one key of the ratchet, and whoever gets them takes the
// second one for a copy of the first and drops it. A phone makes no such
// mistake.
func (r *Resident) resend(receipt *events.Receipt, id types.MessageID, tries int, m *waE2E.Message) bool {
	m = proto.Clone(m).(*waE2E.Message)
	m.SenderKeyDistributionMessage = nil // of a group: a send brings a new one
	if own := m.GetDeviceSentMessage().GetMessage(); own != nil {
		m = own
	}
	go func() {
		ctx, leave := r.gate.Enter(context.Background())
		defer leave()
		if tries > 1 {
			r.dropSession(ctx, receipt.Sender)
		}
		if _, err := r.cli.SendMessage(ctx, receipt.Chat, m, whatsmeow.SendRequestExtra{ID: id}); err != nil {
			r.srv.logf("resident: sending %s again: %v", id, err)
		}
	}()
	return false
}

// dropSession makes the next message to somebody open a new session.
func (r *Resident) dropSession(ctx context.Context, who types.JID) {
	users := []string{who.SignalAddressUser()}
	if lid, err := r.cli.Store.LIDs.GetLIDForPN(ctx, who); err == nil && !lid.IsEmpty() {
		users = append(users, lid.SignalAddressUser())
	}
	for _, u := range users {
		if err := r.cli.Store.Sessions.DeleteAllSessions(ctx, u); err != nil {
			r.srv.logf("resident: dropping a session: %v", err)
		}
	}
}
