package store

import (
	"context"
	"fmt"

	"mitan/bot"
)

// saveCase writes a case as it stands. Legs, suspects and identifiers are
// touched only where they differ: a case is saved at most steps of its report.
func (t *tx) saveCase(resident int64, c *bot.Case) error {
	changed, err := t.caseRow(resident, c)
	if err != nil {
		return err
	}
	for n, leg := range c.Legs {
		wrote, err := t.change(`
			INSERT INTO leg (case_id, n, amount, at, bank, utr) VALUES (?, ?, ?, ?, ?, ?)
			ON CONFLICT (case_id, n) DO UPDATE SET amount = excluded.amount, at = excluded.at,
				bank = excluded.bank, utr = excluded.utr
			WHERE (amount, at, bank, utr) IS NOT (excluded.amount, excluded.at, excluded.bank, excluded.utr)`,
			c.ID, n, int64(leg.Amount), millis(leg.When), leg.Bank, leg.UTR)
		if err != nil {
			return fmt.Errorf("leg: %w", err)
		}
		changed = changed || wrote > 0
	}
	for n, suspect := range c.Suspects {
		wrote, err := t.change(`
			INSERT INTO suspect (case_id, n, type, value) VALUES (?, ?, ?, ?)
			ON CONFLICT (case_id, n) DO UPDATE SET type = excluded.type, value = excluded.value
			WHERE (type, value) IS NOT (excluded.type, excluded.value)`,
			c.ID, n, suspect.Type, suspect.Value)
		if err != nil {
			return fmt.Errorf("suspect: %w", err)
		}
		changed = changed || wrote > 0
	}
	fewer, err := t.dropBeyond(c)
	if err != nil {
		return err
	}
	if changed || fewer {
		return t.caseIdentifiers(resident, c)
	}
	return nil
}

// dropBeyond removes legs and suspects that the case no longer has. A draft
// that has none of them says nothing about them: see bot.SaveCase.
func (t *tx) dropBeyond(c *bot.Case) (dropped bool, err error) {
	draft := c.State == bot.Draft
	if !draft || len(c.Legs) > 0 {
		n, err := t.change(`DELETE FROM leg WHERE case_id = ? AND n >= ?`, c.ID, len(c.Legs))
		if err != nil {
			return false, fmt.Errorf("legs: %w", err)
		}
		dropped = n > 0
	}
	if !draft || len(c.Suspects) > 0 {
		n, err := t.change(`DELETE FROM suspect WHERE case_id = ? AND n >= ?`, c.ID, len(c.Suspects))
		if err != nil {
			return false, fmt.Errorf("suspects: %w", err)
		}
		dropped = dropped || n > 0
	}
	return dropped, nil
}

// caseRow writes the row of a case, and raises the series that its id and its
// number come from. It tells whether there is something new to find it by.
func (t *tx) caseRow(resident int64, c *bot.Case) (renamed bool, err error) {
	number := any(c.Number)
	if c.Number == "" {
		number = nil
	}
	n, err := t.change(`
		UPDATE cases SET state = ?1, money_gone = ?2, urgent = ?3, opened = ?4, filed = ?5, reporter_phone = ?6,
			kind = iif(?14 AND ?7 = '', kind, ?7),
			reporter_name = iif(?14 AND ?8 = '', reporter_name, ?8),
			victim_name = iif(?14 AND ?9 = '', victim_name, ?9),
			thana = iif(?14 AND ?11 = '', thana, ?11)
		WHERE id = ?12 AND resident = ?13 AND number IS ?15 AND reporter_phone = ?6
			AND (victim_phone = ?10 OR (?14 AND ?10 = ''))`,
		string(c.State), c.MoneyGone, c.Urgent, millis(c.Opened), millis(c.Filed), c.Reporter.Phone,
		c.Kind, c.Reporter.Name, c.Victim.Name, c.Victim.Phone, c.Thana, c.ID, resident, c.State == bot.Draft, number)
	if err != nil || n == 1 {
		return false, err
	}
	n, err = t.change(`
		INSERT INTO cases (id, number, resident, state, kind, money_gone, urgent, reporter_name, reporter_phone,
			victim_name, victim_phone, thana, opened, filed)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (id) DO UPDATE SET number = excluded.number, state = excluded.state, kind = excluded.kind,
			money_gone = excluded.money_gone, urgent = excluded.urgent,
			reporter_name = excluded.reporter_name, reporter_phone = excluded.reporter_phone,
			victim_name = excluded.victim_name, victim_phone = excluded.victim_phone,
			thana = excluded.thana, opened = excluded.opened, filed = excluded.filed
		WHERE resident = excluded.resident`,
		c.ID, number, resident, string(c.State), c.Kind, c.MoneyGone, c.Urgent, c.Reporter.Name, c.Reporter.Phone,
		c.Victim.Name, c.Victim.Phone, c.Thana, millis(c.Opened), millis(c.Filed))
	if err != nil {
		return false, err
	}
	if n == 0 {
		return false, fmt.Errorf("case %d is another resident's: %w", c.ID, bot.ErrExists)
	}
	if err := t.raise(caseSeries, c.ID); err != nil {
		return false, err
	}
	return true, t.raise(numberSeries(c.Number))
}

const caseColumns = `id, COALESCE(number, ''), resident, state, kind, money_gone, urgent,
	reporter_name, reporter_phone, victim_name, victim_phone, thana, opened, filed`

func (s *Store) cases(ctx context.Context, query string, args ...any) ([]bot.Case, error) {
	var cases []bot.Case
	err := s.read.rows(ctx, query, args, func(scan func(...any) error) error {
		var c bot.Case
		err := scan(&c.ID, &c.Number, &c.Resident, &c.State, &c.Kind, &c.MoneyGone, &c.Urgent,
			&c.Reporter.Name, &c.Reporter.Phone, &c.Victim.Name, &c.Victim.Phone, &c.Thana,
			moment{&c.Opened}, moment{&c.Filed})
		cases = append(cases, c)
		return err
	})
	if err != nil {
		return nil, err
	}
	for i := range cases {
		if err := s.caseParts(ctx, &cases[i]); err != nil {
			return nil, err
		}
	}
	return cases, nil
}

// caseParts reads the legs and suspects of a case.
func (s *Store) caseParts(ctx context.Context, c *bot.Case) error {
	err := s.read.rows(ctx, `SELECT amount, at, bank, utr FROM leg WHERE case_id = ? ORDER BY n`,
		[]any{c.ID}, func(scan func(...any) error) error {
			var leg bot.Leg
			err := scan(&leg.Amount, moment{&leg.When}, &leg.Bank, &leg.UTR)
			c.Legs = append(c.Legs, leg)
			return err
		})
	if err != nil {
		return fmt.Errorf("legs: %w", err)
	}
	err = s.read.rows(ctx, `SELECT type, value FROM suspect WHERE case_id = ? ORDER BY n`,
		[]any{c.ID}, func(scan func(...any) error) error {
			var suspect bot.Suspect
			err := scan(&suspect.Type, &suspect.Value)
			c.Suspects = append(c.Suspects, suspect)
			return err
		})
	if err != nil {
		return fmt.Errorf("suspects: %w", err)
	}
	return nil
}

// CasesOf reads a resident's cases, the newest first, without their stories.
func (s *Store) CasesOf(ctx context.Context, resident int64) ([]bot.Case, error) {
	cases, err := s.cases(ctx, `SELECT `+caseColumns+` FROM cases WHERE resident = ? ORDER BY id DESC`, resident)
	if err != nil {
		return nil, fmt.Errorf("cases of resident: %w", err)
	}
	return cases, nil
}

// StoryOf reads the evidence of a case in its order, with media.
func (s *Store) StoryOf(ctx context.Context, caseID int64) ([]bot.Message, error) {
	story, err := s.messages(ctx, `SELECT`+messageColumns+`
		FROM evidence e JOIN message m ON m.id = e.message LEFT JOIN media d ON d.message = m.id
		WHERE e.case_id = ? ORDER BY e.message`, caseID)
	if err != nil {
		return nil, fmt.Errorf("story: %w", err)
	}
	return story, nil
}
