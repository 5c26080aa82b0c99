package store

import (
	"context"
	"fmt"
	"slices"

	"mitan/bot"
)

// maxParts is how many cases' parts the writer remembers.
const maxParts = 10_000

// caseParts is what hangs on a case's row. It is remembered as it was last
// written, because a case is saved at most steps of its report and its parts
// change at few of them.
type caseParts struct {
	legs        []bot.Leg
	suspects    []bot.Suspect
	victimPhone string
	known       []string // what the case can be found by; nil if not known
}

// saveCase writes a case as it stands: its row, and of its parts what differs.
// One that an officer has amended stays as the officer left it.
func (t *tx) saveCase(resident int64, c *bot.Case) error {
	before, remembered := t.parts[c.ID]
	if !remembered {
		amended, err := t.isAmended(c.ID)
		if err != nil {
			return err
		}
		if amended {
			return t.fileAmended(resident, c)
		}
	}
	fresh, err := t.caseRow(resident, c)
	if err != nil {
		return err
	}
	if fresh || !remembered {
		if before, err = t.readParts(c.ID); err != nil {
			return err
		}
	}
	now := before.amended(c)
	if err := t.writeParts(c.ID, before, now); err != nil {
		return err
	}
	if err := t.writeIdentifiers(resident, c.ID, before.known, now.known); err != nil {
		return err
	}
	if len(t.parts) >= maxParts {
		clear(t.parts)
	}
	t.parts[c.ID] = now
	return nil
}

// amended are the parts as a case leaves them. A draft that has none of a kind
// says nothing about them: see bot.SaveCase.
func (p caseParts) amended(c *bot.Case) caseParts {
	now := caseParts{legs: slices.Clone(c.Legs), suspects: slices.Clone(c.Suspects), victimPhone: c.Victim.Phone}
	if c.State == bot.Draft {
		if len(now.legs) == 0 {
			now.legs = p.legs
		}
		if len(now.suspects) == 0 {
			now.suspects = p.suspects
		}
		now.victimPhone = orElse(now.victimPhone, p.victimPhone)
	}
	now.known = []string{c.Number, c.Reporter.Phone, now.victimPhone}
	for _, leg := range now.legs {
		now.known = append(now.known, leg.UTR)
	}
	for _, suspect := range now.suspects {
		now.known = append(now.known, suspect.Value)
	}
	return now
}

// readParts reads the parts of a case whose row is written.
func (t *tx) readParts(id int64) (p caseParts, err error) {
	if err = t.row(`SELECT victim_phone FROM cases WHERE id = ?`, []any{id}, &p.victimPhone); err != nil {
		return p, fmt.Errorf("parts: %w", err)
	}
	p.legs, p.suspects, err = readParts(t.rows, id)
	return p, err
}

// writeParts brings the legs and suspects of a case from what they were to
// what they are.
func (t *tx) writeParts(id int64, before, now caseParts) error {
	for n, leg := range now.legs {
		if n < len(before.legs) && leg == before.legs[n] {
			continue
		}
		_, err := t.exec(`INSERT OR REPLACE INTO leg (case_id, n, amount, at, bank, utr) VALUES (?, ?, ?, ?, ?, ?)`,
			id, n, int64(leg.Amount), millis(leg.When), leg.Bank, leg.UTR)
		if err != nil {
			return fmt.Errorf("leg: %w", err)
		}
	}
	for n, suspect := range now.suspects {
		if n < len(before.suspects) && suspect == before.suspects[n] {
			continue
		}
		_, err := t.exec(`INSERT OR REPLACE INTO suspect (case_id, n, type, value) VALUES (?, ?, ?, ?)`,
			id, n, suspect.Type, suspect.Value)
		if err != nil {
			return fmt.Errorf("suspect: %w", err)
		}
	}
	if len(before.legs) > len(now.legs) {
		if _, err := t.exec(`DELETE FROM leg WHERE case_id = ? AND n >= ?`, id, len(now.legs)); err != nil {
			return fmt.Errorf("legs: %w", err)
		}
	}
	if len(before.suspects) > len(now.suspects) {
		if _, err := t.exec(`DELETE FROM suspect WHERE case_id = ? AND n >= ?`, id, len(now.suspects)); err != nil {
			return fmt.Errorf("suspects: %w", err)
		}
	}
	return nil
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
	if err := t.raise(bot.CaseIDSeries, c.ID); err != nil {
		return false, err
	}
	return true, t.raise(numberSeries(c.Number))
}

const caseColumns = `id, COALESCE(number, ''), resident, state, kind, money_gone, urgent,
	reporter_name, reporter_phone, victim_name, victim_phone, thana, opened, filed,
	revision, COALESCE(merged_into, 0), COALESCE(split_from, 0)`

func (s *Store) cases(ctx context.Context, query string, args ...any) ([]bot.Case, error) {
	rows := func(query string, args []any, each func(scan func(...any) error) error) error {
		return s.read.rows(ctx, query, args, each)
	}
	return readCases(rows, rows, query, args...)
}

// readCases reads cases by a query that selects caseColumns, and their parts.
func readCases(list, rows rowsFunc, query string, args ...any) ([]bot.Case, error) {
	var cases []bot.Case
	err := list(query, args, func(scan func(...any) error) error {
		var c bot.Case
		err := scan(&c.ID, &c.Number, &c.Resident, &c.State, &c.Kind, &c.MoneyGone, &c.Urgent,
			&c.Reporter.Name, &c.Reporter.Phone, &c.Victim.Name, &c.Victim.Phone, &c.Thana,
			moment{&c.Opened}, moment{&c.Filed}, &c.Revision, &c.MergedInto, &c.SplitFrom)
		cases = append(cases, c)
		return err
	})
	if err != nil {
		return nil, err
	}
	for i := range cases {
		c := &cases[i]
		if c.Legs, c.Suspects, err = readParts(rows, c.ID); err != nil {
			return nil, err
		}
	}
	return cases, nil
}

// readParts reads the legs and suspects of a case.
func readParts(rows rowsFunc, id int64) (legs []bot.Leg, suspects []bot.Suspect, err error) {
	err = rows(`SELECT amount, at, bank, utr FROM leg WHERE case_id = ? ORDER BY n`,
		[]any{id}, func(scan func(...any) error) error {
			var leg bot.Leg
			err := scan(&leg.Amount, moment{&leg.When}, &leg.Bank, &leg.UTR)
			legs = append(legs, leg)
			return err
		})
	if err != nil {
		return nil, nil, fmt.Errorf("legs: %w", err)
	}
	err = rows(`SELECT type, value FROM suspect WHERE case_id = ? ORDER BY n`,
		[]any{id}, func(scan func(...any) error) error {
			var suspect bot.Suspect
			err := scan(&suspect.Type, &suspect.Value)
			suspects = append(suspects, suspect)
			return err
		})
	if err != nil {
		return nil, nil, fmt.Errorf("suspects: %w", err)
	}
	return legs, suspects, nil
}

// CasesOf reads a resident's cases, the newest first, without their stories.
func (s *Store) CasesOf(ctx context.Context, resident int64) ([]bot.Case, error) {
	cases, err := s.cases(ctx, `SELECT `+caseColumns+` FROM cases WHERE resident = ?1 AND `+caseInSight+` ORDER BY id DESC`,
		append([]any{resident}, sightArgs(ctx)...)...)
	if err != nil {
		return nil, fmt.Errorf("cases of resident: %w", err)
	}
	return cases, nil
}

// StoryOf reads the evidence of a case in its order, with media.
func (s *Store) StoryOf(ctx context.Context, caseID int64) ([]bot.Message, error) {
	story, err := s.messages(ctx, `SELECT`+messageColumns+`
		FROM evidence e JOIN message m ON m.id = e.message LEFT JOIN media d ON d.message = m.id
			JOIN cases ON cases.id = e.case_id
		WHERE e.case_id = ?1 AND `+caseInSight+` ORDER BY e.message`, append([]any{caseID}, sightArgs(ctx)...)...)
	if err != nil {
		return nil, fmt.Errorf("story: %w", err)
	}
	return story, nil
}
