package bot

import (
	"context"
	"errors"
	"time"
)

// UndoTime is how long an answer from the inbox waits before it is sent, and
// may be taken back.
const UndoTime = 5 * time.Second

// ErrTooLate means that the message has been sent or is being sent.
var ErrTooLate = errors.New("the message is on its way already")

// Undo takes an officer's own answer back before it is sent; its words become
// the officer's draft again. ErrTooLate once it is due.
func (b *Bot) Undo(ctx context.Context, o Officer, resident, message int64) error {
	if !o.Role.May(RoleOfficer) {
		return ErrForbiddenRole
	}
	// While the outbox is held nothing is on its way that is not written down.
	b.outbox.Lock()
	now := b.clock.Now()
	err := b.store.Withdraw(ctx, resident, o.ID, message, now, b.silence(now))
	b.outbox.Unlock()
	return b.desk(resident, err)
}
