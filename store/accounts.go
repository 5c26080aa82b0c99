package store

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"mitan/bot"
)

// acting is who the audit says has done something: the officer of the context,
// 0 for the command line.
func acting(ctx context.Context) int64 { return bot.SightOf(ctx).Officer }

func aboutOfficer(id int64) string { return "officer " + strconv.FormatInt(id, 10) }

// ChangeOfficer writes what an administrator may change of an officer.
func (s *Store) ChangeOfficer(ctx context.Context, o bot.Officer, now time.Time) error {
	err := s.write.submit(ctx, func(tx *tx) error {
		var was bot.Officer
		err := tx.row(`SELECT name, role, thana, phone, disabled FROM officer WHERE id = ?`, []any{o.ID},
			&was.Name, &was.Role, &was.Thana, &was.Phone, &was.Disabled)
		if err != nil {
			return refused(err)
		}
		changed, ends := differences(was, o)
		if len(changed) == 0 {
			return nil
		}
		_, err = tx.exec(`UPDATE officer SET name = ?, role = ?, thana = ?, phone = ?, disabled = ?, epoch = epoch + ? WHERE id = ?`,
			o.Name, string(o.Role), o.Thana, o.Phone, o.Disabled, ends, o.ID)
		if err != nil {
			return taken(err)
		}
		return tx.audit(bot.AuditEntry{At: now, Officer: acting(ctx), Action: actionChange, Detail: aboutOfficer(o.ID) + ", " + strings.Join(changed, ", ")})
	})
	if err != nil {
		return fmt.Errorf("change officer: %w", err)
	}
	return nil
}

// differences says for the audit what changes of an officer, and whether the
// officer has to sign in anew for it. It names no person and no number.
func differences(was, now bot.Officer) (changed []string, ends bool) {
	if was.Name != now.Name {
		changed = append(changed, "name")
	}
	if was.Phone != now.Phone {
		changed = append(changed, "phone")
	}
	if was.Role != now.Role {
		changed, ends = append(changed, "role "+string(was.Role)+" to "+string(now.Role)), true
	}
	if was.Thana != now.Thana {
		changed, ends = append(changed, fmt.Sprintf("thana %q to %q", was.Thana, now.Thana)), true
	}
	if was.Disabled != now.Disabled {
		word := "enabled"
		if now.Disabled {
			word = "disabled"
		}
		changed, ends = append(changed, word), true
	}
	return changed, ends
}

// aboutAccount changes an officer's row and writes that down.
func (s *Store) aboutAccount(ctx context.Context, officer int64, action string, now time.Time, do func(*tx) (int64, error)) error {
	err := s.write.submit(ctx, func(tx *tx) error {
		n, err := do(tx)
		if err != nil {
			return err
		}
		if n == 0 {
			return refuse(bot.ErrNotFound)
		}
		return tx.audit(bot.AuditEntry{At: now, Officer: acting(ctx), Action: action, Detail: aboutOfficer(officer)})
	})
	if err != nil {
		return fmt.Errorf("%s: %w", action, err)
	}
	return nil
}

// GivePassword sets a password that must be changed, and ends the sessions.
func (s *Store) GivePassword(ctx context.Context, officer int64, hash string, now time.Time) error {
	return s.aboutAccount(ctx, officer, actionPassword, now, func(tx *tx) (int64, error) {
		return tx.change(`UPDATE officer SET password = ?, temporary = 1, epoch = epoch + 1 WHERE id = ?`, hash, officer)
	})
}

// EndSessions ends all web sessions of an officer.
func (s *Store) EndSessions(ctx context.Context, officer int64, now time.Time) error {
	return s.aboutAccount(ctx, officer, actionEverywhere, now, func(tx *tx) (int64, error) {
		return tx.change(`UPDATE officer SET epoch = epoch + 1 WHERE id = ?`, officer)
	})
}

// SetTOTP sets or removes the secret of a code app, with its recovery codes.
func (s *Store) SetTOTP(ctx context.Context, officer int64, secret string, codes [][]byte, now time.Time) error {
	action := actionTOTP
	if secret == "" {
		action = actionTOTPGone
	}
	return s.aboutAccount(ctx, officer, action, now, func(tx *tx) (int64, error) {
		n, err := tx.change(`UPDATE officer SET totp = ?, totp_step = 0 WHERE id = ?`, secret, officer)
		if err != nil || n == 0 {
			return n, err
		}
		if _, err := tx.exec(`DELETE FROM recovery_code WHERE officer = ?`, officer); err != nil {
			return 0, err
		}
		for _, code := range codes {
			if _, err := tx.exec(`INSERT INTO recovery_code (officer, sha256) VALUES (?, ?)`, officer, code); err != nil {
				return 0, err
			}
		}
		return n, nil
	})
}

// UseTOTP takes a time step's code once.
func (s *Store) UseTOTP(ctx context.Context, officer, step int64) (bool, error) {
	return s.once(ctx, "use code", `UPDATE officer SET totp_step = ?2 WHERE id = ?1 AND totp <> '' AND totp_step < ?2`, officer, step)
}

// UseRecoveryCode takes a recovery code once.
func (s *Store) UseRecoveryCode(ctx context.Context, officer int64, sha256 []byte, now time.Time) (bool, error) {
	return s.once(ctx, "use recovery code", `UPDATE recovery_code SET used = ?3 WHERE officer = ?1 AND sha256 = ?2 AND used = 0`, officer, sha256, millis(now))
}

// once runs a change that only the first of two callers can do.
func (s *Store) once(ctx context.Context, operation, query string, args ...any) (done bool, err error) {
	err = s.write.submit(ctx, func(tx *tx) error {
		n, err := tx.change(query, args...)
		done = n > 0
		return err
	})
	if err != nil {
		return false, fmt.Errorf("%s: %w", operation, err)
	}
	return done, nil
}

// RecoveryCodes counts an officer's codes that were not used.
func (s *Store) RecoveryCodes(ctx context.Context, officer int64) (n int, err error) {
	err = s.read.row(ctx, `SELECT COUNT(*) FROM recovery_code WHERE officer = ? AND used = 0`, []any{officer}, &n)
	if err != nil {
		return 0, fmt.Errorf("recovery codes: %w", err)
	}
	return n, nil
}

// AddPasskey keeps an officer's new passkey.
func (s *Store) AddPasskey(ctx context.Context, p bot.Passkey) error {
	return s.aboutAccount(ctx, p.Officer, actionPasskey, p.Since, func(tx *tx) (int64, error) {
		n, err := tx.change(`INSERT INTO passkey (id, officer, name, data, since) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
			p.ID, p.Officer, p.Name, p.Data, millis(p.Since))
		if err == nil && n == 0 {
			err = refuse(bot.ErrExists)
		}
		return n, err
	})
}

// RemovePasskey forgets an officer's passkey.
func (s *Store) RemovePasskey(ctx context.Context, officer int64, id []byte, now time.Time) error {
	return s.aboutAccount(ctx, officer, actionNoPasskey, now, func(tx *tx) (int64, error) {
		return tx.change(`DELETE FROM passkey WHERE id = ? AND officer = ?`, id, officer)
	})
}

// UsedPasskey keeps a passkey's state after its use.
func (s *Store) UsedPasskey(ctx context.Context, p bot.Passkey) error {
	_, err := s.once(ctx, "use passkey", `UPDATE passkey SET data = ?, used = ? WHERE id = ?`, p.Data, millis(p.Used), p.ID)
	return err
}

// PasskeysOf reads an officer's passkeys, the oldest first.
func (s *Store) PasskeysOf(ctx context.Context, officer int64) ([]bot.Passkey, error) {
	var keys []bot.Passkey
	err := s.read.rows(ctx, `SELECT id, officer, name, data, since, used FROM passkey WHERE officer = ? ORDER BY since`, []any{officer},
		func(scan func(...any) error) error {
			var p bot.Passkey
			err := scan(&p.ID, &p.Officer, &p.Name, &p.Data, moment{&p.Since}, moment{&p.Used})
			keys = append(keys, p)
			return err
		})
	if err != nil {
		return nil, fmt.Errorf("passkeys: %w", err)
	}
	return keys, nil
}
