package store

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"mitan/bot"
)

// Actions of the audit that are about officers among themselves.
const (
	actionUndo     = "undo"
	actionSilence  = "silence"
	actionOffer    = "transfer"
	actionAccept   = "transfer_accept"
	actionDecline  = "transfer_decline"
	actionTakeBack = "transfer_take_back"
	actionLapse    = "transfer_lapse"
	actionReady    = "ready_reply"
	actionUnready  = "ready_reply_remove"
)

// OfferTransfers offers conversations, all or none, each with its reason as a
// note of the sender.
func (s *Store) OfferTransfers(ctx context.Context, offers []bot.Transfer) error {
	err := s.write.submit(ctx, func(tx *tx) error {
		for _, o := range offers {
			if err := tx.sees(ctx, o.Resident); err != nil {
				return err
			}
			if err := tx.held(o.Resident, o.Sender); err != nil {
				return err
			}
		}
		// Those that say nothing any more go, so that the table stays small.
		_, err := tx.exec(`DELETE FROM transfer AS t WHERE NOT EXISTS (SELECT 1 FROM conversation c
			WHERE c.resident = t.resident AND c.state = 'claimed' AND c.officer = t.sender)`)
		for _, o := range offers {
			if err == nil {
				err = tx.offer(o)
			}
		}
		return err
	})
	if err != nil {
		return fmt.Errorf("offer transfers: %w", err)
	}
	return nil
}

func (t *tx) offer(o bot.Transfer) error {
	_, err := t.exec(`INSERT INTO transfer (resident, sender, officer, thana, reason, at) VALUES (?, ?, ?, ?, ?, ?)
		ON CONFLICT DO UPDATE SET sender = excluded.sender, officer = excluded.officer, thana = excluded.thana,
			reason = excluded.reason, at = excluded.at, outcome = ''`,
		o.Resident, o.Sender, reference(o.Officer), o.Thana, o.Reason, millis(o.At))
	if err != nil {
		return err
	}
	_, err = t.insert(`INSERT INTO note (resident, officer, text, at) VALUES (?, ?, ?, ?)`, o.Resident, o.Sender, o.Reason, millis(o.At))
	if err != nil {
		return err
	}
	detail := "to thana"
	if o.Officer != 0 {
		detail = "to officer " + strconv.FormatInt(o.Officer, 10)
	}
	return t.audit(bot.AuditEntry{At: o.At, Officer: o.Sender, Action: actionOffer, Resident: o.Resident, Detail: detail})
}

// transferQuery reads transfers whose sender still holds the conversation: any
// other says nothing. The cross join makes SQLite begin with the few transfers.
const transferQuery = `SELECT t.resident, t.sender, s.name, COALESCE(t.officer, 0), COALESCE(o.name, ''), t.thana, t.reason, t.at, t.outcome
	FROM transfer t CROSS JOIN conversation c ON c.resident = t.resident AND c.state = 'claimed' AND c.officer = t.sender
	JOIN officer s ON s.id = t.sender LEFT JOIN officer o ON o.id = t.officer `

func scanTransfer(scan func(...any) error) (t bot.Transfer, err error) {
	err = scan(&t.Resident, &t.Sender, &t.SenderName, &t.Officer, &t.OfficerName, &t.Thana, &t.Reason, moment{&t.At}, &t.Outcome)
	return t, err
}

// Transfers reads those that are open, and those that were not taken while the
// sender has done nothing since.
func (s *Store) Transfers(ctx context.Context) ([]bot.Transfer, error) {
	var all []bot.Transfer
	err := s.read.rows(ctx, transferQuery+`WHERE `+inSight+` ORDER BY t.at, t.resident`, sightArgs(ctx), func(scan func(...any) error) error {
		t, err := scanTransfer(scan)
		all = append(all, t)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("transfers: %w", err)
	}
	return all, nil
}

// transfer reads the transfer of a conversation.
func (t *tx) transfer(resident int64) (found bot.Transfer, err error) {
	err = t.rows(transferQuery+`WHERE t.resident = ?`, []any{resident}, func(scan func(...any) error) (err error) {
		found, err = scanTransfer(scan)
		return err
	})
	if err == nil && found.Resident == 0 {
		err = bot.ErrNotFound
	}
	return found, err
}

// AcceptTransfer gives a conversation to the officer to whom it is offered, and
// to the thana, where it is offered to one.
func (s *Store) AcceptTransfer(ctx context.Context, resident int64, officer bot.Officer, now, silence time.Time) error {
	err := s.write.submit(ctx, func(tx *tx) error {
		found, err := tx.transfer(resident)
		if err != nil {
			return refused(err)
		}
		if !found.For(officer) {
			return refuse(bot.ErrNotFound)
		}
		_, err = tx.exec(`UPDATE conversation SET officer = ?1, thana = iif(?2 = '', thana, ?2), version = version + 1 WHERE resident = ?3`,
			officer.ID, found.Thana, resident)
		if err != nil {
			return err
		}
		if err := tx.startSilence(resident, bot.Claimed, silence); err != nil {
			return err
		}
		return tx.endTransfer(bot.AuditEntry{
			At: now, Officer: officer.ID, Action: actionAccept, Resident: resident,
			Detail: "from officer " + strconv.FormatInt(found.Sender, 10),
		})
	})
	if err != nil {
		return fmt.Errorf("accept transfer: %w", err)
	}
	return nil
}

// EndTransfer declines it for the officer to whom it is offered, or removes it
// for its sender.
func (s *Store) EndTransfer(ctx context.Context, resident int64, officer bot.Officer, now time.Time) error {
	err := s.write.submit(ctx, func(tx *tx) error {
		found, err := tx.transfer(resident)
		if err != nil {
			return refused(err)
		}
		entry := bot.AuditEntry{At: now, Officer: officer.ID, Action: actionTakeBack, Resident: resident}
		switch {
		case found.Sender == officer.ID:
			return tx.endTransfer(entry)
		case !found.For(officer):
			return refuse(bot.ErrNotFound)
		}
		entry.Action = actionDecline
		if found.Officer == 0 { // another of the thana may still take it
			return tx.audit(entry)
		}
		if _, err := tx.exec(`UPDATE transfer SET outcome = 'declined' WHERE resident = ?`, resident); err != nil {
			return err
		}
		return tx.audit(entry)
	})
	if err != nil {
		return fmt.Errorf("end transfer: %w", err)
	}
	return nil
}

func (t *tx) endTransfer(entry bot.AuditEntry) error {
	if _, err := t.exec(`DELETE FROM transfer WHERE resident = ?`, entry.Resident); err != nil {
		return err
	}
	return t.audit(entry)
}

// endedTransfer forgets a transfer that was not taken: the sender goes on.
func (t *tx) endedTransfer(resident int64) error {
	_, err := t.exec(`DELETE FROM transfer WHERE resident = ? AND outcome <> ''`, resident)
	return err
}

// LapseTransfers ends those that were offered before a time, and tells whose.
func (s *Store) LapseTransfers(ctx context.Context, before, now time.Time) ([]int64, error) {
	var lapsed []int64
	err := s.read.rows(ctx, `SELECT resident FROM transfer WHERE outcome = '' AND at <= ?`, []any{millis(before)},
		func(scan func(...any) error) error {
			var resident int64
			err := scan(&resident)
			lapsed = append(lapsed, resident)
			return err
		})
	if err == nil && len(lapsed) > 0 {
		err = s.write.submit(ctx, func(tx *tx) error { return tx.lapse(lapsed, before, now) })
	}
	if err != nil {
		return nil, fmt.Errorf("lapse transfers: %w", err)
	}
	return lapsed, nil
}

func (t *tx) lapse(residents []int64, before, now time.Time) error {
	for _, resident := range residents {
		n, err := t.change(`UPDATE transfer SET outcome = 'lapsed' WHERE resident = ? AND outcome = '' AND at <= ?`, resident, millis(before))
		if err != nil {
			return err
		}
		if n == 0 {
			continue
		}
		if err := t.audit(bot.AuditEntry{At: now, Action: actionLapse, Resident: resident}); err != nil {
			return err
		}
	}
	return nil
}
