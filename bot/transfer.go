package bot

import (
	"context"
	"errors"
	"strings"
	"time"
)

// TransferTime is how long an offered conversation waits to be taken.
const TransferTime = 10 * time.Minute

// MaxReason is how many bytes the reason of a transfer may have.
const MaxReason = 500

// What the desk refuses of a transfer.
var (
	// ErrNoReason means that a transfer gives no reason.
	ErrNoReason = errors.New("a transfer needs a reason")
	// ErrNobody means that there is nobody there to take a conversation.
	ErrNobody = errors.New("nobody is there to take it")
)

// TransferOutcome says what came of a transfer that was not taken.
type TransferOutcome string

// The outcomes of a transfer. One that is taken is kept no longer.
const (
	TransferOpen     TransferOutcome = ""
	TransferLapsed   TransferOutcome = "lapsed"   // nobody took it in time
	TransferDeclined TransferOutcome = "declined" // the other officer would not
)

// A Transfer offers a conversation to another officer, or to all of a thana.
// It stays with the sender until it is taken.
type Transfer struct {
	Resident    int64
	Sender      int64
	SenderName  string // for display
	Officer     int64  // 0 for a thana
	OfficerName string // for display
	Thana       string // as it is stored; "" for an officer
	Reason      string
	At          time.Time
	Outcome     TransferOutcome
}

// For tells whether the transfer is offered to an officer.
func (t Transfer) For(o Officer) bool {
	if t.Sender == o.ID || t.Outcome != TransferOpen {
		return false
	}
	return t.Officer == o.ID || (t.Officer == 0 && t.Thana == o.Thana)
}

// Transfer offers a conversation that the officer holds to another officer, or
// with officer 0 to a thana. ErrNobody unless there is such an officer who may
// answer.
func (b *Bot) Transfer(ctx context.Context, o Officer, resident, officer int64, thana, reason string) error {
	return b.offer(ctx, o, []int64{resident}, officer, thana, reason)
}

// Handover offers all conversations that the officer holds, as at the end of a
// shift, and tells how many.
func (b *Bot) Handover(ctx context.Context, o Officer, officer int64, thana, reason string) (int, error) {
	held, err := b.store.Conversations(ctx, ConversationFilter{States: []ConversationState{Claimed}, Officer: o.ID, Limit: maxHandover})
	if err != nil {
		return 0, err
	}
	residents := make([]int64, 0, len(held))
	for _, c := range held {
		residents = append(residents, c.Resident.ID)
	}
	return len(residents), b.offer(ctx, o, residents, officer, thana, reason)
}

// maxHandover bounds what one officer can hold at the end of a shift.
const maxHandover = 1000

func (b *Bot) offer(ctx context.Context, o Officer, residents []int64, officer int64, thana, reason string) error {
	reason = strings.TrimSpace(cleanText(reason))
	switch {
	case !o.Role.May(RoleOfficer):
		return ErrForbiddenRole
	case reason == "":
		return ErrNoReason
	case len(reason) > MaxReason:
		return ErrTooLong
	}
	if err := b.canTake(ctx, o, officer, thana); err != nil {
		return err
	}
	if officer != 0 {
		thana = ""
	}
	now := b.clock.Now().Truncate(time.Millisecond)
	var offers []Transfer
	for _, resident := range residents {
		offers = append(offers, Transfer{Resident: resident, Sender: o.ID, Officer: officer, Thana: thana, Reason: reason, At: now})
	}
	if err := b.store.OfferTransfers(ctx, offers); err != nil {
		return err
	}
	for _, resident := range residents {
		_ = b.desk(resident, nil)
	}
	return nil
}

// canTake refuses to offer a conversation to nobody.
func (b *Bot) canTake(ctx context.Context, o Officer, officer int64, thana string) error {
	all, err := b.store.Officers(ctx)
	if err != nil {
		return err
	}
	for _, other := range all {
		if other.ID == o.ID || other.Disabled || !other.Role.May(RoleOfficer) {
			continue
		}
		if other.ID == officer || (officer == 0 && thana != "" && other.Thana == thana) {
			return nil
		}
	}
	return ErrNobody
}

// AcceptTransfer gives a conversation to an officer to whom it is offered.
// ErrNotFound if it is not, or no longer.
func (b *Bot) AcceptTransfer(ctx context.Context, o Officer, resident int64) error {
	if !o.Role.May(RoleOfficer) {
		return ErrForbiddenRole
	}
	now := b.clock.Now()
	return b.desk(resident, b.store.AcceptTransfer(ctx, resident, o, now, b.silence(now)))
}

// EndTransfer declines a transfer, or takes back one's own.
func (b *Bot) EndTransfer(ctx context.Context, o Officer, resident int64) error {
	if !o.Role.May(RoleOfficer) {
		return ErrForbiddenRole
	}
	return b.desk(resident, b.store.EndTransfer(ctx, resident, o, b.clock.Now()))
}

// lapseTransfers ends transfers that nobody has taken in time.
func (b *Bot) lapseTransfers(ctx context.Context) error {
	lapsed, err := b.store.LapseTransfers(ctx, b.clock.Now().Add(-TransferTime), b.clock.Now())
	for _, resident := range lapsed {
		b.changes.tell(Change{Resident: resident})
	}
	return err
}
