package store

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"time"

	"mitan/bot"
)

// Actions of the audit on cases.
const (
	actionAmend = "case_amend"
	actionMerge = "case_merge"
	actionSplit = "case_split"
	actionStep  = "case_step"
)

// isAmended tells whether officers have amended a case.
func (t *tx) isAmended(id int64) (bool, error) {
	var revision int64
	err := t.row(`SELECT revision FROM cases WHERE id = ?`, []any{id}, &revision)
	if errors.Is(err, bot.ErrNotFound) {
		return false, nil
	}
	return revision > 0, err
}

// fileAmended is what a turn may still do to a case that an officer has
// amended: file it, with its number.
func (t *tx) fileAmended(resident int64, c *bot.Case) error {
	if c.State != bot.Filed {
		return nil
	}
	if err := t.raise(numberSeries(c.Number)); err != nil {
		return err
	}
	n, err := t.change(`UPDATE cases SET state = ?, filed = ?, number = COALESCE(number, ?)
		WHERE id = ? AND resident = ? AND state = 'draft'`,
		string(c.State), millis(c.Filed), c.Number, c.ID, resident)
	if err != nil || n == 0 {
		return err
	}
	return t.insertIdentifier(resident, c.ID, c.Number)
}

// readCase reads a case in the context's sight, within the transaction.
func (t *tx) readCase(ctx context.Context, id int64) (bot.Case, error) {
	found, err := readCases(t.rows, t.rows, `SELECT `+caseColumns+` FROM cases WHERE id = ?1 AND `+caseInSight,
		append([]any{id}, sightArgs(ctx)...)...)
	if err != nil {
		return bot.Case{}, err
	}
	if len(found) == 0 {
		return bot.Case{}, refuse(bot.ErrNotFound)
	}
	return found[0], nil
}

// writeAmended writes a case as an officer leaves it.
func (t *tx) writeAmended(before, now bot.Case) error {
	delete(t.parts, now.ID) // from here on the talk asks whether it is amended
	_, err := t.exec(`UPDATE cases SET state = ?, kind = ?, money_gone = ?, urgent = ?, reporter_name = ?,
			victim_name = ?, victim_phone = ?, thana = ?, merged_into = ?, revision = revision + 1
		WHERE id = ?`,
		string(now.State), now.Kind, now.MoneyGone, now.Urgent, now.Reporter.Name,
		now.Victim.Name, now.Victim.Phone, now.Thana, reference(now.MergedInto), now.ID)
	if err != nil {
		return err
	}
	was, is := partsOf(before), partsOf(now)
	if err := t.writeParts(now.ID, was, is); err != nil {
		return err
	}
	return t.writeIdentifiers(now.Resident, now.ID, was.known, is.known)
}

// partsOf are the parts of a case that was read.
func partsOf(c bot.Case) caseParts {
	c.State = bot.Filed // what it has is all that it has
	return caseParts{}.amended(&c)
}

// AmendCase changes a case as an officer says.
func (s *Store) AmendCase(ctx context.Context, a bot.Amendment) error {
	err := s.write.submit(ctx, func(tx *tx) error {
		before, err := tx.readCase(ctx, a.Case)
		if err != nil {
			return err
		}
		if before.Revision != a.Revision || before.State == bot.Merged {
			return refuse(bot.ErrStale)
		}
		now := before
		now.Legs, now.Suspects = slices.Clone(before.Legs), slices.Clone(before.Suspects)
		for _, change := range a.Change {
			change.Amend(&now)
		}
		if err := tx.writeAmended(before, now); err != nil {
			return err
		}
		return tx.audit(bot.AuditEntry{
			At: a.At, Officer: a.Officer, Action: actionAmend, Resident: now.Resident,
			Detail: "case " + strconv.FormatInt(now.ID, 10) + " " + a.What,
		})
	})
	if err != nil {
		return fmt.Errorf("amend case: %w", err)
	}
	return nil
}

// MergeCases moves what one case has to another of the same resident.
func (s *Store) MergeCases(ctx context.Context, from, into, officer int64, now time.Time) error {
	err := s.write.submit(ctx, func(tx *tx) error {
		source, err := tx.readCase(ctx, from)
		if err != nil {
			return err
		}
		target, err := tx.readCase(ctx, into)
		if err != nil {
			return err
		}
		if from == into || source.Resident != target.Resident || source.State == bot.Merged || target.State == bot.Merged {
			return refuse(bot.ErrNotMergeable)
		}
		merged := mergedCase(source, target)
		if err := tx.writeAmended(target, merged); err != nil {
			return err
		}
		emptied := source
		emptied.State, emptied.MergedInto = bot.Merged, into
		if err := tx.writeAmended(source, emptied); err != nil {
			return err
		}
		for _, step := range []string{
			`UPDATE evidence SET case_id = ?2 WHERE case_id = ?1`,
			`UPDATE escalation SET case_id = ?2 WHERE case_id = ?1`,
			`INSERT OR IGNORE INTO case_step (case_id, step, officer, at)
				SELECT ?2, step, officer, at FROM case_step WHERE case_id = ?1`,
		} {
			if _, err := tx.exec(step, from, into); err != nil {
				return err
			}
		}
		return tx.audit(bot.AuditEntry{
			At: now, Officer: officer, Action: actionMerge, Resident: target.Resident,
			Detail: fmt.Sprintf("case %d into %d", from, into),
		})
	})
	if err != nil {
		return fmt.Errorf("merge cases: %w", err)
	}
	return nil
}

// mergedCase is the target with what the source has beyond it. The source keeps
// its own legs and suspects, to be read and found.
func mergedCase(source, target bot.Case) bot.Case {
	merged := target
	merged.Legs, merged.Suspects = slices.Clone(target.Legs), slices.Clone(target.Suspects)
	for _, leg := range source.Legs {
		if !slices.Contains(merged.Legs, leg) && len(merged.Legs) < bot.MaxLegs {
			merged.Legs = append(merged.Legs, leg)
		}
	}
	bot.AddSuspects(source.Suspects).Amend(&merged)
	merged.MoneyGone = target.MoneyGone || source.MoneyGone
	merged.Urgent = target.Urgent || source.Urgent
	merged.Kind = orElse(target.Kind, source.Kind)
	merged.Thana = orElse(target.Thana, source.Thana)
	merged.Reporter.Name = orElse(target.Reporter.Name, source.Reporter.Name)
	if target.Victim == (bot.Person{}) {
		merged.Victim = source.Victim
	}
	return merged
}

// SplitCase moves legs, suspects and messages of a case to a new one.
func (s *Store) SplitCase(ctx context.Context, split bot.Split) error {
	err := s.write.submit(ctx, func(tx *tx) error {
		before, err := tx.readCase(ctx, split.Case)
		if err != nil {
			return err
		}
		if before.Revision != split.Revision || before.State == bot.Merged {
			return refuse(bot.ErrStale)
		}
		rest, taken := before, before
		rest.Legs, taken.Legs = parted(before.Legs, split.Legs)
		rest.Suspects, taken.Suspects = parted(before.Suspects, split.Suspects)
		moved, left := len(taken.Legs)+len(taken.Suspects), len(rest.Legs)+len(rest.Suspects)
		if moved == 0 || left == 0 {
			return refuse(bot.ErrNotMergeable)
		}
		if err := tx.areEvidence(split.Messages, before.ID); err != nil {
			return err
		}
		taken.ID, taken.Number, taken.Opened = split.ID, split.Number, split.At
		if taken.State != bot.Draft {
			taken.Filed = split.At
		}
		if _, err := tx.caseRow(before.Resident, &taken); err != nil {
			return err
		}
		if err := tx.writeParts(taken.ID, caseParts{}, partsOf(taken)); err != nil {
			return err
		}
		if err := tx.writeIdentifiers(before.Resident, taken.ID, nil, partsOf(taken).known); err != nil {
			return err
		}
		if _, err := tx.exec(`UPDATE cases SET split_from = ?, revision = 1 WHERE id = ?`, before.ID, taken.ID); err != nil {
			return err
		}
		if err := tx.writeAmended(before, rest); err != nil {
			return err
		}
		if err := tx.moveEvidence(split.Messages, taken.ID); err != nil {
			return err
		}
		return tx.audit(bot.AuditEntry{
			At: split.At, Officer: split.Officer, Action: actionSplit, Resident: before.Resident,
			Detail: fmt.Sprintf("case %d to %d", before.ID, taken.ID),
		})
	})
	if err != nil {
		return fmt.Errorf("split case: %w", err)
	}
	return nil
}

// areEvidence refuses messages that are not evidence of a case: the officer saw what
// has changed since.
func (t *tx) areEvidence(messages []int64, id int64) error {
	for _, message := range messages {
		var one int
		err := t.row(`SELECT 1 FROM evidence WHERE message = ? AND case_id = ?`, []any{message, id}, &one)
		if errors.Is(err, bot.ErrNotFound) {
			return refuse(bot.ErrStale)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// moveEvidence makes messages evidence of another case.
func (t *tx) moveEvidence(messages []int64, to int64) error {
	for _, message := range messages {
		if _, err := t.exec(`UPDATE evidence SET case_id = ? WHERE message = ?`, to, message); err != nil {
			return err
		}
	}
	return nil
}

// parted are the items that are not at the places, and those that are.
func parted[T any](all []T, places []int) (rest, taken []T) {
	for i, item := range all {
		if slices.Contains(places, i) {
			taken = append(taken, item)
		} else {
			rest = append(rest, item)
		}
	}
	return rest, taken
}

// StepsOf reads which next steps are done in a case, in their order of time.
func (s *Store) StepsOf(ctx context.Context, id int64) ([]bot.StepDone, error) {
	var steps []bot.StepDone
	err := s.read.rows(ctx, `SELECT s.step, s.officer, o.name, s.at FROM case_step s JOIN officer o ON o.id = s.officer
			JOIN cases ON cases.id = s.case_id
		WHERE s.case_id = ?1 AND `+caseInSight+` ORDER BY s.at, s.step`, append([]any{id}, sightArgs(ctx)...), func(scan func(...any) error) error {
		var d bot.StepDone
		err := scan(&d.Step, &d.Officer, &d.Name, moment{&d.At})
		steps = append(steps, d)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("steps: %w", err)
	}
	return steps, nil
}

// TickStep says that a next step is done, or that it is not.
func (s *Store) TickStep(ctx context.Context, id int64, step string, done bool, officer int64, now time.Time) error {
	err := s.write.submit(ctx, func(tx *tx) error {
		c, err := tx.readCase(ctx, id)
		if err != nil {
			return err
		}
		query, args, mark := `DELETE FROM case_step WHERE case_id = ? AND step = ?`, []any{id, step}, " undone"
		if done {
			query = `INSERT INTO case_step (case_id, step, officer, at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING`
			args, mark = append(args, officer, millis(now)), ""
		}
		n, err := tx.change(query, args...)
		if err != nil || n == 0 {
			return err
		}
		return tx.audit(bot.AuditEntry{
			At: now, Officer: officer, Action: actionStep, Resident: c.Resident,
			Detail: fmt.Sprintf("case %d %s%s", id, step, mark),
		})
	})
	if err != nil {
		return fmt.Errorf("tick step: %w", err)
	}
	return nil
}
