package store

import (
	"context"
	"fmt"
	"time"
)

// LastHeard is the stamp of the newest message of a resident on a channel; zero
// if there is none.
func (s *Store) LastHeard(ctx context.Context, channel string) (at time.Time, err error) {
	err = s.read.row(ctx, `SELECT COALESCE((SELECT at FROM message WHERE by = 'resident' AND channel = ?
		ORDER BY at DESC LIMIT 1), 0)`, []any{channel}, moment{&at})
	if err != nil {
		return time.Time{}, fmt.Errorf("last heard: %w", err)
	}
	return at, nil
}
