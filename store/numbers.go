package store

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"sync"

	"mitan/bot"
)

// numbers counts series up in memory. What is kept of a series is raised only
// by the turn that uses a number, so one that was never used is given again
// after a restart.
type numbers struct {
	mu   sync.Mutex
	last map[string]int64
	load func(ctx context.Context, series string) (int64, error)
}

// NextNumber counts a series up.
func (s *Store) NextNumber(ctx context.Context, series string) (int64, error) {
	n, err := s.numbers.next(ctx, series)
	if err != nil {
		return 0, fmt.Errorf("next number: %w", err)
	}
	return n, nil
}

func (n *numbers) next(ctx context.Context, series string) (int64, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	last, known := n.last[series]
	if !known {
		var err error
		if last, err = n.load(ctx, series); err != nil {
			return 0, err
		}
		if n.last == nil {
			n.last = map[string]int64{}
		}
	}
	n.last[series] = last + 1
	return last + 1, nil
}

// raise keeps a number that came from elsewhere from being given again.
func (n *numbers) raise(series string, used int64) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if last, known := n.last[series]; known && last < used {
		n.last[series] = used
	}
}

func (s *Store) lastNumber(ctx context.Context, series string) (last int64, err error) {
	err = s.read.row(ctx, `SELECT last FROM series WHERE name = ?`, []any{series}, &last)
	if errors.Is(err, bot.ErrNotFound) {
		return 0, nil
	}
	return last, err
}

// raise keeps the highest number of a series.
func (t *tx) raise(series string, used int64) error {
	if used == 0 {
		return nil
	}
	_, err := t.exec(`
		INSERT INTO series (name, last) VALUES (?, ?)
		ON CONFLICT (name) DO UPDATE SET last = excluded.last WHERE excluded.last > last`, series, used)
	if err != nil {
		return fmt.Errorf("series: %w", err)
	}
	return nil
}

// numberSeries takes a case number such as BSP-26-001187 apart into its
// series, that of its year, and its count. A count of 0 says that it is none.
func numberSeries(number string) (series string, count int64) {
	parts := strings.Split(number, "-")
	if len(parts) != 3 {
		return "", 0
	}
	count, err := strconv.ParseInt(parts[2], 10, 64)
	if err != nil {
		return "", 0
	}
	return bot.CaseIDSeries + "-" + parts[1], count
}
