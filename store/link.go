package store

import (
	"context"
	"fmt"
	"time"

	"mitan/bot"
)

// undeliveredDays is how long a reply counts as undelivered: a phone that was
// off for longer says nothing about the link.
const undeliveredDays = 7

// maxLinkEvents is how many events are kept: of a link that is cut every ten
// minutes, those of a month.
const maxLinkEvents = 10_000

// AddLinkEvent writes down what has happened to the link, and forgets what is
// long past.
func (s *Store) AddLinkEvent(ctx context.Context, e bot.LinkEvent) error {
	err := s.write.submit(ctx, func(tx *tx) error {
		id, err := tx.insert(`INSERT INTO link_event (at, state, reason) VALUES (?, ?, ?)`, millis(e.At), string(e.State), e.Reason)
		if err != nil {
			return err
		}
		_, err = tx.exec(`DELETE FROM link_event WHERE id <= ?`, id-maxLinkEvents)
		return err
	})
	if err != nil {
		return fmt.Errorf("add link event: %w", err)
	}
	return nil
}

// LinkEvents reads the newest events, the newest first.
func (s *Store) LinkEvents(ctx context.Context, limit int) ([]bot.LinkEvent, error) {
	var events []bot.LinkEvent
	err := s.read.rows(ctx, `SELECT at, state, reason FROM link_event ORDER BY id DESC LIMIT ?`, []any{limit},
		func(scan func(...any) error) error {
			var e bot.LinkEvent
			err := scan(moment{&e.At}, &e.State, &e.Reason)
			events = append(events, e)
			return err
		})
	if err != nil {
		return nil, fmt.Errorf("link events: %w", err)
	}
	return events, nil
}

// LinkCounts tells how often each state has come since a time.
func (s *Store) LinkCounts(ctx context.Context, since time.Time) (map[bot.LinkState]int, error) {
	counts := map[bot.LinkState]int{}
	err := s.read.rows(ctx, `SELECT state, COUNT(*) FROM link_event WHERE at >= ? GROUP BY state`, []any{millis(since)},
		func(scan func(...any) error) error {
			var state bot.LinkState
			var n int
			err := scan(&state, &n)
			counts[state] = n
			return err
		})
	if err != nil {
		return nil, fmt.Errorf("link counts: %w", err)
	}
	return counts, nil
}

// Undelivered counts replies that were made in the week before a time, were
// sent, and have not reached a phone. Tips do not count: they may well go to
// phones that nobody uses any more.
func (s *Store) Undelivered(ctx context.Context, before time.Time) (n int, err error) {
	err = s.read.row(ctx, `SELECT COUNT(*) FROM message WHERE delivery = 'sent' AND bulk = 0 AND at >= ? AND at < ?`,
		[]any{millis(before.AddDate(0, 0, -undeliveredDays)), millis(before)}, &n)
	if err != nil {
		return 0, fmt.Errorf("undelivered: %w", err)
	}
	return n, nil
}
