package bot

import (
	"context"
	"fmt"
)

// IdentityChanged says that the security code of an address has changed: the
// person behind it may be another. Until an officer confirms who it is, the
// bot tells nothing of earlier cases. An unknown address is no error.
func (b *Bot) IdentityChanged(ctx context.Context, channel, address string) error {
	resident, err := b.store.IdentityChanged(ctx, channel, address, b.clock.Now())
	if err != nil {
		return fmt.Errorf("identity changed: %w", err)
	}
	if resident != 0 {
		b.recent.forget(resident)
		b.changes.tell(Change{Resident: resident})
	}
	return nil
}

// SetPayload fixes the final bytes of a queued message before it is first sent.
func (b *Bot) SetPayload(ctx context.Context, id int64, payload []byte) error {
	return b.store.SetPayload(ctx, id, payload)
}

// Payload is the final bytes of a message of ours to the resident with an
// address, any of theirs, to be sent again. ErrNotFound if there is none.
func (b *Bot) Payload(ctx context.Context, channel, address, externalID string) ([]byte, error) {
	return b.store.Payload(ctx, channel, address, externalID)
}
