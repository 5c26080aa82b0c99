package store

import (
	"context"
	"fmt"
	"slices"
	"time"

	"mitan/bot"
)

// A Ceiling is what SQLite and the disk allow a program that does nothing but
// write: the measure that turns are held against.
type Ceiling struct {
	Turns  int           // that were written
	Took   time.Duration // from the first to the last commit
	OneRow time.Duration // of a commit that holds one row, the median
}

// PerSecond is how many turns a second were written.
func (c Ceiling) PerSecond() float64 { return float64(c.Turns) / c.Took.Seconds() }

const (
	oneRowCommits = 400   // that are measured
	bareShared    = 256   // turns a commit of the bare loop
	bareCases     = "MAX" // prefix of the bare loop's case numbers
	// bareLater is how much later than the turns the bare loop's rows are.
	bareLater = 1000 * time.Hour
)

// Ceiling writes the rows of committed turns once more, in their order: what
// resident r wrote for r, r+1 and so on, as many as copies says. It does so in
// a bare loop of prepared statements, as durably as a turn, on the connection
// that writes. It is for measurements; the store is of no other use afterwards.
func (s *Store) Ceiling(ctx context.Context, turns []*bot.Turn, copies int) (c Ceiling, err error) {
	err = s.write.submit(ctx, func(tx *tx) error {
		b := &bare{tx: tx, cases: map[int64]bareCase{}}
		if err := tx.row(`SELECT COALESCE(MAX(id), 0) FROM cases`, nil, &b.lastCase); err != nil {
			return err
		}
		if c.OneRow, err = b.oneRow(); err != nil {
			return err
		}
		start := time.Now()
		c.Turns, err = b.write(turns, copies)
		c.Took = time.Since(start)
		return err
	})
	if err != nil {
		return c, fmt.Errorf("ceiling: %w", err)
	}
	return c, nil
}

// bare writes turns with nothing around the statements.
type bare struct {
	tx       *tx
	lastCase int64              // cases up to it were there before
	cases    map[int64]bareCase // by id, those that it has written
	unmarked []int64            // replies whose sending has yet to be written
}

// bareCase is how much of a case is written.
type bareCase struct {
	legs     []bot.Leg
	suspects int
}

// commit ends the transaction and begins the next.
func (b *bare) commit() error {
	if err := b.tx.commit(); err != nil {
		return err
	}
	return b.tx.begin()
}

// oneRow is what a durable commit of one row takes.
func (b *bare) oneRow() (time.Duration, error) {
	if err := b.commit(); err != nil {
		return 0, err
	}
	took := make([]time.Duration, oneRowCommits)
	for i := range took {
		start := time.Now()
		_, err := b.tx.exec(`INSERT INTO link_event (at, state, reason) VALUES (?, 'measure', '')`, start.UnixMilli())
		if err == nil {
			err = b.commit()
		}
		if err != nil {
			return 0, err
		}
		took[i] = time.Since(start)
	}
	slices.Sort(took)
	return took[len(took)/2], nil
}

// write writes the turns, and in each commit the sent marks of the replies of
// the one before.
func (b *bare) write(turns []*bot.Turn, copies int) (n int, err error) {
	for _, t := range turns {
		for copy := range copies {
			if err := b.turn(t, int64(copy), int64(copies)); err != nil {
				return n, err
			}
			if n++; n%bareShared > 0 {
				continue
			}
			if err := b.commit(); err != nil {
				return n, err
			}
			if err := b.mark(); err != nil {
				return n, err
			}
		}
	}
	if err := b.mark(); err != nil {
		return n, err
	}
	return n, b.commit()
}

func (b *bare) mark() error {
	for _, id := range b.unmarked {
		if _, err := b.tx.exec(`UPDATE message SET delivery = 'sent' WHERE id = ?`, id); err != nil {
			return err
		}
	}
	b.unmarked = b.unmarked[:0]
	return nil
}

// turn writes the rows of one turn.
func (b *bare) turn(t *bot.Turn, copy, copies int64) error {
	resident, at := t.Resident+copy, t.At.Add(bareLater)
	message, err := b.message(t.In, resident, at)
	if err != nil {
		return err
	}
	_, err = b.tx.exec(`UPDATE conversation SET version = version + 1, session = ?, messages = messages + ?,
		last_at = ?, last_text = ?, unread = unread + 1 WHERE resident = ?`,
		t.Session, 1+len(t.Out), millis(at), t.In.Text, resident)
	if err != nil {
		return err
	}
	for i := range t.Out {
		m := &t.Out[i]
		// Another id, as random as that one.
		id := fmt.Sprintf("%s%02X%s", m.ExternalID[:4], byte(m.ExternalID[5]*31)+byte(copy)*37, m.ExternalID[6:])
		sent, err := b.tx.insert(`INSERT INTO message (resident, by, at, channel, address, external_id, kind, text, delivery, due)
			VALUES (?, 'bot', ?, ?, ?, ?, 'text', ?, 'queued', ?)`,
			resident, millis(at), m.Channel, m.Address, id, m.Text, millis(at))
		if err != nil {
			return err
		}
		b.unmarked = append(b.unmarked, sent)
	}
	if err := b.timer(t, resident); err != nil {
		return err
	}
	for _, effect := range t.Effects {
		if err := b.effect(effect, resident, message, at, copy, copies); err != nil {
			return err
		}
	}
	return nil
}

func (b *bare) message(m *bot.Message, resident int64, at time.Time) (id int64, err error) {
	id, err = b.tx.insert(`INSERT INTO message (resident, by, at, channel, address, external_id, kind, text, indexed)
		VALUES (?, 'resident', ?, ?, ?, ?, 'text', ?, ?)`,
		resident, millis(at), m.Channel, m.Address, m.ExternalID, m.Text, hasWords(m.Text))
	if err == nil && hasWords(m.Text) {
		_, err = b.tx.exec(`INSERT INTO message_fts (docid, text) VALUES (?, ?)`, id, m.Text)
	}
	return id, err
}

func (b *bare) timer(t *bot.Turn, resident int64) (err error) {
	if t.Wake.IsZero() {
		_, err = b.tx.exec(`DELETE FROM timer WHERE resident = ? AND kind = 'talk'`, resident)
		return err
	}
	_, err = b.tx.exec(`INSERT INTO timer (resident, kind, due) VALUES (?, 'talk', ?)
		ON CONFLICT (resident, kind) DO UPDATE SET due = excluded.due`, resident, millis(t.Wake.Add(bareLater)))
	return err
}

// effect writes the rows of an effect: those that the report has.
func (b *bare) effect(effect bot.Effect, resident, message int64, at time.Time, copy, copies int64) (err error) {
	id := func(recorded int64) int64 { return b.lastCase + recorded*copies + copy }
	switch e := effect.(type) {
	case bot.SaveCase:
		return b.saveCase(&e.Case, id(e.Case.ID), resident)
	case bot.KeepEvidence:
		_, err = b.tx.exec(`INSERT INTO evidence (message, case_id) VALUES (?, ?)`, message, id(e.Case))
	case bot.Escalate:
		_, err = b.tx.exec(`INSERT INTO escalation (resident, reason, urgent, case_id, at)
			VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`, resident, string(e.Reason), e.Urgent, id(e.Case), millis(at))
	case bot.SetLanguage:
		_, err = b.tx.exec(`UPDATE resident SET lang = ? WHERE id = ?`, string(e.Lang), resident)
	case bot.SetName:
		_, err = b.tx.exec(`UPDATE resident SET name = ? WHERE id = ?`, e.Name, resident)
	default:
		return fmt.Errorf("%T: %w", effect, errForeignEffect)
	}
	return err
}

// saveCase writes a case's row and what of its legs, suspects and identifiers
// is new.
func (b *bare) saveCase(c *bot.Case, id, resident int64) (err error) {
	have, known := b.cases[id]
	var find []string
	if known {
		_, err = b.tx.exec(`UPDATE cases SET state = ?, kind = ?, reporter_name = ?, filed = ? WHERE id = ?`,
			string(c.State), c.Kind, c.Reporter.Name, millis(c.Filed), id)
	} else {
		number := fmt.Sprintf("%s-26-%06d", bareCases, id)
		find = append(find, number, c.Reporter.Phone)
		_, err = b.tx.exec(`INSERT INTO cases (id, number, resident, state, kind, money_gone, urgent, reporter_name,
			reporter_phone, victim_name, victim_phone, thana, opened, filed) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, '', '', '', ?, ?)`,
			id, number, resident, string(c.State), c.Kind, c.MoneyGone, c.Urgent,
			c.Reporter.Name, c.Reporter.Phone, millis(c.Opened), millis(c.Filed))
		if err == nil {
			err = b.tx.raise(bot.CaseIDSeries, id)
		}
		if err == nil {
			err = b.tx.raise(bareCases, id)
		}
	}
	for n, leg := range c.Legs {
		if err != nil || (n < len(have.legs) && leg == have.legs[n]) {
			continue
		}
		find = append(find, leg.UTR)
		_, err = b.tx.exec(`INSERT OR REPLACE INTO leg (case_id, n, amount, at, bank, utr) VALUES (?, ?, ?, ?, ?, ?)`,
			id, n, int64(leg.Amount), millis(leg.When), leg.Bank, leg.UTR)
	}
	if len(c.Legs) > 0 {
		have.legs = c.Legs
	}
	for ; err == nil && have.suspects < len(c.Suspects); have.suspects++ {
		suspect := c.Suspects[have.suspects]
		find = append(find, suspect.Value)
		_, err = b.tx.exec(`INSERT INTO suspect (case_id, n, type, value) VALUES (?, ?, ?, ?)`,
			id, have.suspects, suspect.Type, suspect.Value)
	}
	b.cases[id] = have
	for _, value := range find {
		if err == nil {
			err = b.tx.insertIdentifier(resident, id, value)
		}
	}
	return err
}
