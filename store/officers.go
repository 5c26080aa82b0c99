package store

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/mattn/go-sqlite3"

	"mitan/bot"
)

// AddOfficer writes a new officer; ErrExists if the login is taken, or the
// phone is another's who may sign in. Logins are kept in lower case.
func (s *Store) AddOfficer(ctx context.Context, o bot.Officer) (id int64, err error) {
	err = s.write.submit(ctx, func(tx *tx) (err error) {
		id, err = tx.insert(`INSERT INTO officer (login, name, role, thana, phone, password, temporary, disabled, since)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
			strings.ToLower(o.Login), o.Name, string(o.Role), o.Thana, o.Phone, o.Password, o.Temporary, o.Disabled, millis(o.Since))
		if err != nil {
			return taken(err)
		}
		return tx.audit(bot.AuditEntry{At: o.Since, Officer: acting(ctx), Action: actionOfficer, Detail: aboutOfficer(id) + ", " + string(o.Role)})
	})
	if err != nil {
		return 0, fmt.Errorf("add officer: %w", err)
	}
	return id, nil
}

// taken makes what SQLite says of a value that another row has a refusal.
func taken(err error) error {
	var broken sqlite3.Error
	if errors.As(err, &broken) && broken.ExtendedCode == sqlite3.ErrConstraintUnique {
		return refuse(bot.ErrExists)
	}
	return err
}

// SetOfficerPhone writes the phone by which the officers' group knows an
// officer; "" for none.
func (s *Store) SetOfficerPhone(ctx context.Context, login, phone string, now time.Time) error {
	err := s.write.submit(ctx, func(tx *tx) error {
		var id int64
		err := tx.row(`UPDATE officer SET phone = ? WHERE login = ? RETURNING id`,
			[]any{phone, strings.ToLower(login)}, &id)
		if err != nil {
			return taken(refused(err))
		}
		return tx.audit(bot.AuditEntry{At: now, Officer: acting(ctx), Action: actionPhone, Detail: aboutOfficer(id)})
	})
	if err != nil {
		return fmt.Errorf("set phone: %w", err)
	}
	return nil
}

// SetPassword writes an officer's new password hash. One that was given to be
// changed counts as changed.
func (s *Store) SetPassword(ctx context.Context, login, hash string, now time.Time) error {
	err := s.write.submit(ctx, func(tx *tx) error {
		var id int64
		err := tx.row(`UPDATE officer SET password = ?, temporary = 0 WHERE login = ? RETURNING id`,
			[]any{hash, strings.ToLower(login)}, &id)
		if err != nil {
			return refused(err)
		}
		return tx.audit(bot.AuditEntry{At: now, Officer: acting(ctx), Action: actionPassword, Detail: aboutOfficer(id)})
	})
	if err != nil {
		return fmt.Errorf("set password: %w", err)
	}
	return nil
}

const officerColumns = `SELECT id, login, name, role, thana, phone, password, temporary, epoch, totp,
	EXISTS (SELECT 1 FROM passkey WHERE passkey.officer = officer.id), disabled, since FROM officer `

func scanOfficer(scan func(...any) error) (o bot.Officer, err error) {
	err = scan(&o.ID, &o.Login, &o.Name, &o.Role, &o.Thana, &o.Phone, &o.Password, &o.Temporary, &o.Epoch, &o.TOTP,
		&o.Passkey, &o.Disabled, moment{&o.Since})
	return o, err
}

func (s *Store) officer(ctx context.Context, query string, key any) (bot.Officer, error) {
	o, err := scanOfficer(func(into ...any) error { return s.read.row(ctx, query, []any{key}, into...) })
	if err != nil {
		return bot.Officer{}, fmt.Errorf("officer: %w", err)
	}
	return o, nil
}

// OfficerByLogin reads the officer who signs in by a name, in any case.
func (s *Store) OfficerByLogin(ctx context.Context, login string) (bot.Officer, error) {
	return s.officer(ctx, officerColumns+`WHERE login = ?`, strings.ToLower(login))
}

// OfficerByID reads an officer.
func (s *Store) OfficerByID(ctx context.Context, id int64) (bot.Officer, error) {
	return s.officer(ctx, officerColumns+`WHERE id = ?`, id)
}

// OfficerByPhone reads the officer with a phone who may sign in.
func (s *Store) OfficerByPhone(ctx context.Context, phone string) (bot.Officer, error) {
	return s.officer(ctx, officerColumns+`WHERE phone = ? AND phone <> '' AND disabled = 0`, phone)
}

// Officers reads all officers, disabled ones too, by login.
func (s *Store) Officers(ctx context.Context) ([]bot.Officer, error) {
	var officers []bot.Officer
	err := s.read.rows(ctx, officerColumns+`ORDER BY login`, nil, func(scan func(...any) error) error {
		o, err := scanOfficer(scan)
		officers = append(officers, o)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("officers: %w", err)
	}
	return officers, nil
}

// Find reads a web session that has not expired.
func (s *Store) Find(token string) (data []byte, found bool, err error) {
	key := sha256.Sum256([]byte(token))
	err = s.read.row(context.Background(), `SELECT data FROM web_session WHERE token = ? AND expiry > ?`,
		[]any{key[:], millis(time.Now())}, &data)
	switch {
	case errors.Is(err, bot.ErrNotFound):
		return nil, false, nil
	case err != nil:
		return nil, false, fmt.Errorf("find web session: %w", err)
	}
	return data, true, nil
}

// Commit writes a web session, and removes those that have expired.
func (s *Store) Commit(token string, data []byte, expiry time.Time) error {
	key := sha256.Sum256([]byte(token))
	err := s.write.submit(context.Background(), func(tx *tx) error {
		if _, err := tx.exec(`DELETE FROM web_session WHERE expiry <= ?`, millis(time.Now())); err != nil {
			return err
		}
		_, err := tx.exec(`INSERT INTO web_session (token, data, expiry) VALUES (?, ?, ?)
			ON CONFLICT (token) DO UPDATE SET data = excluded.data, expiry = excluded.expiry`,
			key[:], data, millis(expiry))
		return err
	})
	if err != nil {
		return fmt.Errorf("commit web session: %w", err)
	}
	return nil
}

// Delete removes a web session; that there is none is no error.
func (s *Store) Delete(token string) error {
	key := sha256.Sum256([]byte(token))
	err := s.write.submit(context.Background(), func(tx *tx) error {
		_, err := tx.exec(`DELETE FROM web_session WHERE token = ?`, key[:])
		return err
	})
	if err != nil {
		return fmt.Errorf("delete web session: %w", err)
	}
	return nil
}
