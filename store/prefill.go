package store

import (
	"context"
	"fmt"
	"strconv"
	"time"
)

// prefillChunk is how many rows of the log one commit of Prefill writes.
const prefillChunk = 100_000

// Prefill fills an empty store for measurements: with residents who have names, whose ids
// count from 1 and whose address is PrefilledAddress of it, and with a log of
// messages that ends at a time, spread over them, half of them replies.
func (s *Store) Prefill(ctx context.Context, channel string, residents, messages int, until time.Time) error {
	err := s.write.submit(ctx, func(tx *tx) error {
		const n = `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?1) `
		_, err := tx.exec(n+`INSERT INTO resident (id, phone, since, name) SELECT i, printf('9000000%03d', i % 1000), ?2,
				CASE i % 5 WHEN 0 THEN 'सुनीता देवी' WHEN 1 THEN 'रमेश पटेल' WHEN 2 THEN 'Kavita Nair' WHEN 3 THEN 'Imran ' || i ELSE 'आशा बाई' END FROM n`,
			residents, millis(until))
		if err != nil {
			return err
		}
		_, err = tx.exec(`INSERT INTO identifier (resident, value, reversed)
			SELECT id, phone, substr(phone, 10, 1) || substr(phone, 9, 1) || substr(phone, 8, 1) || '0000009' FROM resident`)
		if err != nil {
			return err
		}
		_, err = tx.exec(n+`INSERT INTO alias (channel, address, resident) SELECT ?2, 'r' || i, i FROM n`, residents, channel)
		if err != nil {
			return err
		}
		_, err = tx.exec(n+`INSERT INTO conversation (resident, channel, address) SELECT i, ?2, 'r' || i FROM n`, residents, channel)
		return err
	})
	if err != nil {
		return fmt.Errorf("prefill residents: %w", err)
	}
	if err := s.lengthenWAL(ctx); err != nil {
		return fmt.Errorf("prefill: %w", err)
	}
	first := millis(until) - int64(messages)
	for from := 1; from <= messages; from += prefillChunk {
		err := s.write.submit(ctx, func(tx *tx) error {
			return tx.prefillLog(channel, residents, from, min(from+prefillChunk-1, messages), first)
		})
		if err != nil {
			return fmt.Errorf("prefill messages: %w", err)
		}
	}
	return nil
}

// PrefilledAddress is the address of a resident that Prefill made.
func PrefilledAddress(resident int) string { return fmt.Sprint("r", resident) }

// lengthenWAL makes the WAL as long as it ever gets, as it is in a helpline that
// has run for an hour: from there on it is written over, which is cheaper than
// to make it longer.
func (s *Store) lengthenWAL(ctx context.Context) error {
	return s.write.submit(ctx, func(tx *tx) error {
		for _, query := range []string{
			`CREATE TABLE scratch (bytes BLOB)`,
			`WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ` + strconv.Itoa(checkpointPages) + `)
				INSERT INTO scratch SELECT zeroblob(4000) FROM n`,
			`DROP TABLE scratch`,
		} {
			if _, err := tx.exec(query); err != nil {
				return err
			}
		}
		return nil
	})
}

// prefillLog writes messages as a report has them: a word or a number from the
// resident, then a question. One reply in four was never seen to be read.
func (t *tx) prefillLog(channel string, residents, from, to int, first int64) error {
	_, err := t.exec(`
		WITH RECURSIVE n(i) AS (SELECT ?1 UNION ALL SELECT i + 1 FROM n WHERE i < ?2)
		INSERT INTO message (id, resident, by, at, channel, address, external_id, kind, text, indexed, delivery)
		SELECT i, r, CASE WHEN i % 2 THEN 'resident' ELSE 'bot' END, ?3 + i, ?4, 'r' || r,
			'3EB0' || hex(randomblob(9)), 'text',
			CASE i % 4 WHEN 1 THEN 'मेरे खाते से पैसा कट गया, बैंक ' || i WHEN 3 THEN '' || i
				ELSE 'किस बैंक या ऐप से गया? जैसे: SBI, PhonePe' || char(10) || 'न पता हो तो लिखिए: *पता नहीं*' END,
			i % 4 = 1, CASE WHEN i % 2 THEN '' WHEN i % 8 = 0 THEN 'delivered' ELSE 'read' END
		FROM (SELECT i, 1 + (i - 1) / 2 % ?5 AS r FROM n)`,
		from, to, first, channel, residents)
	if err != nil {
		return err
	}
	_, err = t.exec(`INSERT INTO message_fts (docid, text) SELECT id, text FROM message
		WHERE id BETWEEN ? AND ? AND indexed = 1`, from, to)
	return err
}
