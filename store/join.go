package store

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"mitan/bot"
)

// Join makes sure that two addresses on a channel are one resident's. A turn
// that was computed for the one who is no more is refused with ErrNotFound.
func (s *Store) Join(ctx context.Context, channel, address, alias string, now time.Time) (resident, joined int64, err error) {
	read := func(query string, args []any, into ...any) error { return s.read.row(ctx, query, args, into...) }
	resident, err = aliasOf(read, channel, address)
	if err == nil && resident != 0 {
		var other int64
		if other, err = aliasOf(read, channel, alias); err == nil && other == resident {
			return resident, 0, nil
		}
	}
	if err == nil {
		err = s.write.submit(ctx, func(tx *tx) (err error) {
			resident, joined, err = tx.join(channel, address, alias, now)
			return err
		})
	}
	if err != nil {
		return 0, 0, fmt.Errorf("join: %w", err)
	}
	if joined != 0 {
		// Files that cannot be removed now are at the next start.
		_ = s.removeGone(context.WithoutCancel(ctx))
	}
	return resident, joined, nil
}

// aliasOf is the resident with an address; 0 if there is none.
func aliasOf(row rowFunc, channel, address string) (resident int64, err error) {
	err = row(`SELECT resident FROM alias WHERE channel = ? AND address = ?`, []any{channel, address}, &resident)
	if errors.Is(err, bot.ErrNotFound) {
		return 0, nil
	}
	return resident, err
}

func (t *tx) join(channel, address, alias string, now time.Time) (resident, joined int64, err error) {
	one, err := aliasOf(t.row, channel, address)
	if err != nil {
		return 0, 0, err
	}
	other, err := aliasOf(t.row, channel, alias)
	if err != nil {
		return 0, 0, err
	}
	if hidden, number, ok := hiddenFirst(address, alias); ok && one != other {
		recycled, err := t.recycled(channel, hidden, number)
		if err != nil {
			return 0, 0, err
		}
		if recycled {
			resident, err = t.takeNumber(channel, hidden, number, now)
			return resident, 0, err
		}
	}
	if one != 0 && other != 0 && one != other {
		return t.unite(one, other, now)
	}
	resident = orElse(one, other)
	if resident == 0 {
		if resident, err = t.insertResident(channel, address, now); err != nil {
			return 0, 0, err
		}
	}
	_, err = t.exec(`INSERT INTO alias (channel, address, resident) VALUES (?1, ?2, ?4), (?1, ?3, ?4) ON CONFLICT DO NOTHING`,
		channel, address, alias, resident)
	return resident, 0, err
}

// hiddenSuffix ends an address that belongs to one account for good, where a
// number is given to somebody else after a while.
const hiddenSuffix = "@lid"

// hiddenFirst tells which of two addresses is an account's own.
func hiddenFirst(address, alias string) (hidden, number string, ok bool) {
	a, b := strings.HasSuffix(address, hiddenSuffix), strings.HasSuffix(alias, hiddenSuffix)
	if b {
		address, alias = alias, address
	}
	return address, alias, a != b
}

// recycled tells whether a number stands with a resident of another account: it
// has been given to somebody else since.
func (t *tx) recycled(channel, hidden, number string) (bool, error) {
	var n int
	err := t.row(`SELECT COUNT(*) FROM alias had JOIN alias own ON own.channel = had.channel AND own.resident = had.resident
		WHERE had.channel = ? AND had.address = ? AND own.address LIKE '%'||? AND own.address <> ?`,
		[]any{channel, number, hiddenSuffix, hidden}, &n)
	if err != nil || n == 0 {
		return false, err
	}
	err = t.row(`SELECT COUNT(*) FROM alias a JOIN alias b ON b.channel = a.channel AND b.resident = a.resident
		WHERE a.channel = ? AND a.address = ? AND b.address = ?`, []any{channel, number, hidden}, &n)
	return n == 0, err
}

// takeNumber gives a number to the account that has it now: it was another
// person's, whose cases and words stay theirs.
func (t *tx) takeNumber(channel, hidden, number string, now time.Time) (resident int64, err error) {
	resident, err = aliasOf(t.row, channel, hidden)
	if err == nil && resident == 0 {
		resident, err = t.insertResident(channel, hidden, now)
	}
	if err == nil {
		_, err = t.exec(`UPDATE alias SET resident = ? WHERE channel = ? AND address = ?`, resident, channel, number)
	}
	return resident, err
}

// unite moves all that is kept of the younger of two residents to the older,
// and removes the younger.
func (t *tx) unite(one, other int64, now time.Time) (older, younger int64, err error) {
	err = t.row(`SELECT a.id, b.id FROM resident a JOIN resident b WHERE a.id IN (?1, ?2) AND b.id IN (?1, ?2)
		AND (a.since, a.id) < (b.since, b.id)`, []any{one, other}, &older, &younger)
	if err != nil {
		return 0, 0, err
	}
	detail := "resident " + strconv.FormatInt(younger, 10)
	for _, step := range []func() error{
		func() error { return t.uniteConversations(older, younger) },
		func() error { return t.uniteMessages(older, younger) },
		func() error { return t.uniteEscalations(older, younger, now) },
		func() error { return t.uniteSubscriptions(older, younger) },
		func() error {
			volunteers, err := t.uniteVolunteers(older, younger)
			detail += volunteers
			return err
		},
		func() error { return t.uniteRest(older, younger) },
	} {
		if err := step(); err != nil {
			return 0, 0, fmt.Errorf("resident %d into %d: %w", younger, older, err)
		}
	}
	return older, younger, t.audit(bot.AuditEntry{At: now, Action: actionJoin, Resident: older, Detail: detail})
}

// uniteEscalations leaves one open escalation of each reason.
func (t *tx) uniteEscalations(older, younger int64, now time.Time) error {
	err := t.steps(older, younger, []string{
		`UPDATE escalation SET urgent = MAX(escalation.urgent, y.urgent), at = MIN(escalation.at, y.at),
				case_id = COALESCE(escalation.case_id, y.case_id)
			FROM (SELECT reason, urgent, at, case_id FROM escalation WHERE resident = ?2 AND resolved = 0) AS y
			WHERE escalation.resident = ?1 AND escalation.resolved = 0 AND escalation.reason = y.reason`,
	})
	if err != nil {
		return fmt.Errorf("escalations: %w", err)
	}
	_, err = t.exec(`UPDATE escalation SET resolved = ?3 WHERE resident = ?2 AND resolved = 0
		AND reason IN (SELECT reason FROM escalation WHERE resident = ?1 AND resolved = 0)`, older, younger, millis(now))
	if err != nil {
		return fmt.Errorf("escalations: %w", err)
	}
	return t.steps(older, younger, []string{
		`UPDATE escalation SET resident = ?1 WHERE resident = ?2 AND resolved = 0`,
		`UPDATE escalation SET resident = ?1 WHERE resident = ?2 AND resolved <> 0`,
	})
}

// uniteSubscriptions leaves one. Who has stopped the tips at one address gets
// none at the other.
func (t *tx) uniteSubscriptions(older, younger int64) error {
	err := t.steps(older, younger, []string{
		`INSERT INTO subscription (resident, since, sent, last_at, active)
			SELECT ?1, since, sent, last_at, active FROM subscription WHERE resident = ?2
			ON CONFLICT (resident) DO UPDATE SET since = MIN(since, excluded.since), sent = MAX(sent, excluded.sent),
				last_at = MAX(last_at, excluded.last_at), active = MIN(active, excluded.active)`,
		`DELETE FROM subscription WHERE resident = ?2`,
	})
	if err == nil {
		_, err = t.exec(`UPDATE message SET delivery = 'withdrawn' WHERE resident = ?1 AND delivery = 'queued' AND bulk = 1
			AND EXISTS (SELECT 1 FROM subscription WHERE resident = ?1 AND active = 0)`, older)
	}
	if err != nil {
		return fmt.Errorf("subscriptions: %w", err)
	}
	return nil
}

// uniteVolunteers leaves one membership, and tells for the audit which other
// was joined to it: one that was left goes before one that was not, then the
// younger. Who named the other's code when they enrolled now names this one's.
func (t *tx) uniteVolunteers(older, younger int64) (detail string, err error) {
	var members []int64
	err = t.rows(`SELECT id FROM volunteer WHERE resident IN (?, ?) ORDER BY state = 'left', id`,
		[]any{older, younger}, func(scan func(...any) error) error {
			var id int64
			err := scan(&id)
			members = append(members, id)
			return err
		})
	if err != nil {
		return "", fmt.Errorf("volunteers: %w", err)
	}
	if len(members) == 2 {
		detail = fmt.Sprintf(", volunteer %d to %d", members[1], members[0])
		err = t.steps(members[0], members[1], []string{
			`UPDATE volunteer SET referred_by = (SELECT referral_code FROM volunteer WHERE id = ?1)
				WHERE referred_by <> '' AND referred_by = (SELECT referral_code FROM volunteer WHERE id = ?2)`,
			`DELETE FROM volunteer WHERE id = ?2`,
		})
		if err != nil {
			return "", err
		}
	}
	return detail, t.steps(older, younger, []string{`UPDATE volunteer SET resident = ?1 WHERE resident = ?2`})
}

// uniteRest moves what cannot clash, and removes the younger's row.
func (t *tx) uniteRest(older, younger int64) error {
	return t.steps(older, younger, []string{
		`UPDATE resident SET name = iif(resident.name = '', y.name, resident.name),
				phone = iif(resident.phone = '', y.phone, resident.phone),
				lang = iif(resident.lang = '', y.lang, resident.lang),
				changed = iif(resident.changed = 0, y.changed, resident.changed)
			FROM (SELECT name, phone, lang, changed FROM resident WHERE id = ?2) AS y WHERE resident.id = ?1`,
		`UPDATE alias SET resident = ?1 WHERE resident = ?2`,
		`UPDATE identifier SET resident = ?1 WHERE case_id IN (SELECT id FROM cases WHERE resident = ?2)`,
		`UPDATE identifier SET resident = ?1 WHERE case_id IS NULL AND resident = ?2`,
		`UPDATE cases SET resident = ?1 WHERE resident = ?2`,
		`UPDATE note SET resident = ?1 WHERE resident = ?2`,
		`INSERT INTO unsent (officer, resident, form, text, at) SELECT officer, ?1, form, text, at FROM unsent WHERE resident = ?2
			ON CONFLICT DO UPDATE SET text = text || char(10) || excluded.text, at = MAX(at, excluded.at)`,
		`DELETE FROM unsent WHERE resident = ?2`,
		`UPDATE reading SET message = MIN(reading.message, y.message)
			FROM (SELECT officer, message FROM reading WHERE resident = ?2) AS y
			WHERE reading.resident = ?1 AND reading.officer = y.officer`,
		`DELETE FROM reading WHERE resident = ?2`, // whoever saw one of the two only has all to see
		`DELETE FROM transfer WHERE resident IN (?1, ?2)`,
		`UPDATE notice SET resident = ?1 WHERE resident = ?2`,
		`UPDATE joined SET older = ?1 WHERE older = ?2`,
		`INSERT INTO joined (younger, older) VALUES (?2, ?1)`, // the audit is not changed
		`DELETE FROM resident WHERE id = ?2`,
	})
}

// steps runs statements about two rows: ?1 is the one that stays, ?2 the other.
func (t *tx) steps(stays, goes int64, steps []string) error {
	for _, step := range steps {
		if _, err := t.exec(step, stays, goes); err != nil {
			return err
		}
	}
	return nil
}
