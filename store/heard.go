package store

import (
	"context"
	"fmt"
	"time"
)

// LastHeard is the stamp of the newest message of a resident; zero if there is
// none.
func (s *Store) LastHeard(ctx context.Context) (at time.Time, err error) {
	err = s.read.row(ctx, `SELECT COALESCE(MAX(at), 0) FROM message WHERE by = 'resident'`, nil, moment{&at})
	if err != nil {
		return time.Time{}, fmt.Errorf("last heard: %w", err)
	}
	return at, nil
}
