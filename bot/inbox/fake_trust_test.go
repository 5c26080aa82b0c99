package inbox_test

import (
	"context"
	"slices"
	"time"

	"mitan/bot"
)

// What the sample unit's store does for accounts and the audit; what it does not
// do is tested over the real one (trust_test.go).

func (o *office) Sees(context.Context, int64) (bool, error) { return true, nil }

func (o *office) CheckAudit(context.Context) (bot.AuditCheck, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return bot.AuditCheck{Rows: int64(len(o.audit)), Hash: make([]byte, 32)}, o.broken
}

func (o *office) AuditActions(context.Context) ([]string, error) {
	all := o.actions()
	slices.Sort(all)
	return slices.Compact(all), nil
}

func (o *office) FindAudit(_ context.Context, f bot.AuditFilter) ([]bot.AuditEntry, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	found := slices.Clone(o.audit)
	slices.Reverse(found)
	return found[:min(len(found), f.Limit)], nil
}

func (o *office) CheckpointAudit(_ context.Context, _ int64, now time.Time) (bot.AuditCheckpoint, error) {
	return bot.AuditCheckpoint{Row: 1, At: now}, nil
}

func (o *office) AddOfficer(_ context.Context, officer bot.Officer) (int64, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.nextID++
	officer.ID = o.nextID
	o.officers[officer.ID] = officer
	return officer.ID, nil
}

// changed changes an officer's account.
func (o *office) changed(id int64, change func(*bot.Officer)) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	officer, err := found(o.officers, id)
	if err != nil {
		return err
	}
	change(&officer)
	o.officers[id] = officer
	return nil
}

func (o *office) SetPassword(ctx context.Context, login, hash string, _ time.Time) error {
	officer, err := o.OfficerByLogin(ctx, login)
	if err != nil {
		return err
	}
	return o.changed(officer.ID, func(c *bot.Officer) { c.Password, c.Temporary = hash, false })
}

func (o *office) ChangeOfficer(_ context.Context, to bot.Officer, _ time.Time) error {
	return o.changed(to.ID, func(c *bot.Officer) {
		c.Name, c.Role, c.Thana, c.Phone, c.Disabled = to.Name, to.Role, to.Thana, to.Phone, to.Disabled
	})
}

func (o *office) GivePassword(_ context.Context, id int64, hash string, _ time.Time) error {
	return o.changed(id, func(c *bot.Officer) { c.Password, c.Temporary, c.Epoch = hash, true, c.Epoch+1 })
}

func (o *office) EndSessions(_ context.Context, id int64, _ time.Time) error {
	return o.changed(id, func(c *bot.Officer) { c.Epoch++ })
}

func (o *office) SetTOTP(_ context.Context, id int64, secret string, _ [][]byte, _ time.Time) error {
	return o.changed(id, func(c *bot.Officer) { c.TOTP = secret })
}

func (o *office) UseTOTP(context.Context, int64, int64) (bool, error) { return true, nil }

func (o *office) UseRecoveryCode(context.Context, int64, []byte, time.Time) (bool, error) {
	return false, nil
}

func (o *office) RecoveryCodes(context.Context, int64) (int, error) { return 0, nil }

func (o *office) Backlog(context.Context) (bot.Backlog, error) { return bot.Backlog{}, nil }

func (o *office) AddPasskey(context.Context, bot.Passkey) error { return nil }

func (o *office) PasskeysOf(context.Context, int64) ([]bot.Passkey, error) { return nil, nil }

func (o *office) UsedPasskey(context.Context, bot.Passkey) error { return nil }

func (o *office) RemovePasskey(context.Context, int64, []byte, time.Time) error { return nil }
