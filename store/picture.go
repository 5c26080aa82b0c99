package store

import (
	"context"
	"fmt"

	"mitan/bot"
)

// atOnce is when a timer is due that must not wait: before all clocks.
const atOnce = 1

// UnreadPictures reads pictures whose words have yet to be read, those that are
// awaited first; or only those.
func (s *Store) UnreadPictures(ctx context.Context, awaited bool, limit int) ([]bot.Media, error) {
	unread, err := s.mediaOf(ctx, `WHERE unread = 1 AND awaited >= ? ORDER BY awaited DESC, id LIMIT ?`, awaited, limit)
	if err != nil {
		return nil, fmt.Errorf("unread pictures: %w", err)
	}
	return unread, nil
}

// AwaitedPictures reads the awaited media of a resident that were read, or will
// never be.
func (s *Store) AwaitedPictures(ctx context.Context, resident int64) ([]bot.Media, error) {
	awaited, err := s.mediaOf(ctx, `WHERE awaited = 1 AND unread = 0 AND state <> 'pending'
		AND message IN (SELECT id FROM message WHERE resident = ?) ORDER BY id`, resident)
	if err != nil {
		return nil, fmt.Errorf("awaited pictures: %w", err)
	}
	return awaited, nil
}

// KeepWords writes what was read in a picture and wakes the talk that waits.
func (s *Store) KeepWords(ctx context.Context, id int64, words string) (resident int64, err error) {
	err = s.write.submit(ctx, func(tx *tx) (err error) {
		if _, err = tx.exec(`UPDATE media SET words = ?, unread = 0 WHERE id = ? AND unread = 1`, words, id); err != nil {
			return err
		}
		resident, err = tx.wordsHere(id)
		return err
	})
	if err != nil {
		return 0, fmt.Errorf("keep words: %w", err)
	}
	return resident, nil
}

// mediaOf reads media by a condition.
func (s *Store) mediaOf(ctx context.Context, where string, args ...any) ([]bot.Media, error) {
	var found []bot.Media
	err := s.read.rows(ctx, mediaColumns+where, args, func(scan func(...any) error) error {
		d, err := scanMedia(scan)
		found = append(found, d)
		return err
	})
	return found, err
}

// toRead marks a medium that has been kept as one to be read, if it is a
// resident's picture; else it is waited for no longer.
func (t *tx) toRead(d *bot.Media) error {
	if bot.Readable(d.Type) {
		_, err := t.exec(`UPDATE media SET unread = 1 WHERE id = ? AND EXISTS (SELECT 1 FROM message m
			WHERE m.id = media.message AND m.by = 'resident' AND m.kind <> 'sticker')`, d.ID)
		if err != nil {
			return fmt.Errorf("picture to read: %w", err)
		}
	}
	_, err := t.wordsHere(d.ID)
	return err
}

// wordsHere wakes the talk of a medium's resident, if it waits for words and
// all are here. It tells whose medium it is.
func (t *tx) wordsHere(id int64) (resident int64, err error) {
	var awaited bool
	err = t.row(`SELECT m.resident, d.awaited FROM media d JOIN message m ON m.id = d.message WHERE d.id = ?`,
		[]any{id}, &resident, &awaited)
	if err != nil || !awaited {
		return resident, refused(err)
	}
	return resident, t.wakeForWords(resident)
}

// wakeForWords sets the timer of a resident who waits for words, when some are
// here and no others are on their way. One that could not be fetched at the
// first try is not waited for: it may take hours.
func (t *tx) wakeForWords(resident int64) error {
	_, err := t.exec(`
		INSERT INTO timer (resident, kind, due)
		SELECT ?1, 'words', ?2 FROM (
			SELECT SUM(d.unread = 1 OR (d.state = 'pending' AND d.attempts = 0)) AS on_their_way,
				SUM(d.unread = 0 AND d.state <> 'pending') AS here
			FROM media d JOIN message m ON m.id = d.message WHERE d.awaited = 1 AND m.resident = ?1)
		WHERE on_their_way = 0 AND here > 0
		ON CONFLICT DO NOTHING`, resident, atOnce)
	if err != nil {
		return fmt.Errorf("wake for words: %w", err)
	}
	return nil
}

// awaitWords notes that the talk waits for the words in the turn's pictures.
func (t *tx) awaitWords(turn *bot.Turn) error {
	messages := turn.Answers
	if turn.In != nil {
		messages = append([]int64{turn.In.ID}, messages...)
	}
	for _, id := range messages {
		if _, err := t.exec(`UPDATE media SET awaited = 1 WHERE message = ?`, id); err != nil {
			return fmt.Errorf("await words: %w", err)
		}
	}
	return t.wakeForWords(turn.Resident)
}

// tellWords ends the waiting for the words that a turn tells. Others may have
// come in since it was computed.
func (t *tx) tellWords(turn *bot.Turn) error {
	for _, id := range turn.Told {
		if _, err := t.exec(`UPDATE media SET awaited = 0 WHERE id = ?`, id); err != nil {
			return fmt.Errorf("tell words: %w", err)
		}
	}
	if turn.Timer != bot.TimerWords {
		return nil
	}
	return t.wakeForWords(turn.Resident)
}
