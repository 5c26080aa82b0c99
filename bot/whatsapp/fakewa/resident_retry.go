package fakewa

import (
	"context"
	"time"

	"go.mau.fi/whatsmeow"
	"go.mau.fi/whatsmeow/proto/waE2E"
	"go.mau.fi/whatsmeow/types"
	"go.mau.fi/whatsmeow/types/events"
	"google.golang.org/protobuf/proto"
)

const (
	resendTries = 20
	resendPause = 500 * time.Millisecond
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
		if tries > 1 {
			r.gate.Alone(func() { r.dropSession(context.Background(), receipt.Sender) })
		}
		for range resendTries { // a phone keeps at it until the service has it
			err := r.sendAgain(receipt.Chat, m, id)
			if err == nil {
				return
			}
			r.srv.logf("resident: sending %s again: %v", id, err)
			time.Sleep(resendPause)
		}
	}()
	return false
}

// sendAgain sends a message under the id that it had.
func (r *Resident) sendAgain(to types.JID, m *waE2E.Message, id types.MessageID) error {
	ctx, leave := r.gate.Enter(context.Background())
	defer leave()
	_, err := r.cli.SendMessage(ctx, to, m, whatsmeow.SendRequestExtra{ID: id})
	return err
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
