package store

import (
	"context"
	"errors"
	"fmt"
	"time"

	"mitan/bot"
)

// IdentityChanged says that the person behind an address may be another. It
// tells whose address it is, 0 if it is unknown.
func (s *Store) IdentityChanged(ctx context.Context, channel, address string, now time.Time) (resident int64, err error) {
	err = s.write.submit(ctx, func(tx *tx) error {
		err := tx.row(`SELECT resident FROM alias WHERE channel = ? AND address = ?`, []any{channel, address}, &resident)
		if errors.Is(err, bot.ErrNotFound) {
			resident = 0
			return nil
		}
		if err != nil {
			return err
		}
		_, err = tx.setChanged(resident, now)
		return err
	})
	if err != nil {
		return 0, fmt.Errorf("identity changed: %w", err)
	}
	return resident, nil
}

// ConfirmIdentity says that an officer knows the resident to be the same. Where
// nothing has changed there is nothing to confirm.
func (s *Store) ConfirmIdentity(ctx context.Context, resident, officer int64, now time.Time) error {
	err := s.write.submit(ctx, func(tx *tx) error {
		if err := tx.sees(ctx, resident); err != nil {
			return err
		}
		if _, _, err := tx.holder(resident); err != nil {
			return refused(err)
		}
		changed, err := tx.setChanged(resident, time.Time{})
		if err != nil || !changed {
			return err
		}
		return tx.audit(bot.AuditEntry{At: now, Officer: officer, Action: actionIdentity, Resident: resident})
	})
	if err != nil {
		return fmt.Errorf("confirm identity: %w", err)
	}
	return nil
}

// setChanged sets when the resident's security code changed, and makes turns
// stale that were computed before.
func (t *tx) setChanged(resident int64, at time.Time) (bool, error) {
	n, err := t.change(`UPDATE resident SET changed = ?1 WHERE id = ?2 AND changed <> ?1`, millis(at), resident)
	if err != nil || n == 0 {
		return false, err
	}
	_, err = t.exec(`UPDATE conversation SET version = version + 1 WHERE resident = ?`, resident)
	return true, err
}
