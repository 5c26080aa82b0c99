package store

import (
	"context"
	"database/sql"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
)

// OpenBusy is Open with another patience for locks.
func OpenBusy(ctx context.Context, dir string, busy time.Duration) (*Store, error) {
	return open(ctx, dir, busy)
}

// LimitPages makes the disk full when the database has grown by some pages;
// a huge number makes room again.
func (s *Store) LimitPages(ctx context.Context, more int) error {
	return s.write.submit(ctx, func(tx *tx) error {
		var pages int
		if err := tx.conn.QueryRowContext(ctx, "PRAGMA page_count").Scan(&pages); err != nil {
			return err
		}
		return tx.conn.QueryRowContext(ctx, "PRAGMA max_page_count = "+strconv.Itoa(pages+more)).Scan(&pages)
	})
}

// Hold keeps the writer busy until release is closed, and tells when it is.
func (s *Store) Hold(release <-chan struct{}) (held <-chan struct{}) {
	began := make(chan struct{})
	var once sync.Once // a job runs again if one that shares its commit fails
	go func() {
		_ = s.write.submit(context.Background(), func(*tx) error {
			once.Do(func() { close(began) })
			<-release
			return nil
		})
	}()
	return began
}

// Waiting is how many jobs wait for the writer.
func (s *Store) Waiting() int { return len(s.write.jobs) }

// LeaveGone notes a file as one that may have to go, as a crash would leave it.
func (s *Store) LeaveGone(ctx context.Context, sum string) error {
	return s.write.submit(ctx, func(tx *tx) error {
		_, err := tx.exec(`INSERT INTO media_gone (sha256) VALUES (?)`, sum)
		return err
	})
}

// Pragma reads a setting of the connection that writes.
func (s *Store) Pragma(ctx context.Context, name string) (value string, err error) {
	err = s.write.submit(ctx, func(tx *tx) error {
		return tx.conn.QueryRowContext(ctx, "PRAGMA "+name).Scan(&value)
	})
	return value, err
}

// Dangling are the tables with a row that refers to nothing.
func (s *Store) Dangling(ctx context.Context) (tables []string, err error) {
	err = s.read.rows(ctx, `PRAGMA foreign_key_check`, nil, func(scan func(...any) error) error {
		var table, parent string
		var row, key any
		err := scan(&table, &row, &parent, &key)
		tables = append(tables, table)
		return err
	})
	return tables, err
}

// WriteByReader tries to write on a connection for reading.
func (s *Store) WriteByReader(ctx context.Context) error {
	_, err := s.read.db.ExecContext(ctx, `DELETE FROM series`)
	return err
}

// Plans are SQLite's plans for all statements that the store has prepared.
func (s *Store) Plans(ctx context.Context) (map[string][]string, error) {
	var queries []string
	s.read.prepared.Range(func(query, _ any) bool {
		queries = append(queries, query.(string))
		return true
	})
	err := s.write.submit(ctx, func(tx *tx) error {
		for query := range tx.prepared {
			queries = append(queries, query)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	plans := map[string][]string{}
	for _, query := range queries {
		args := make([]any, countParameters(query))
		names := named.FindAllString(query, -1)
		slices.Sort(names)
		for _, name := range slices.Compact(names) {
			args = append(args, sql.Named(name[1:], ""))
		}
		err := s.read.rows(ctx, "EXPLAIN QUERY PLAN "+query, args, func(scan func(...any) error) error {
			var id, parent, unused int
			var step string
			err := scan(&id, &parent, &unused, &step)
			plans[query] = append(plans[query], step)
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	return plans, nil
}

var named = regexp.MustCompile(`@[a-z]+`)

var numbered = regexp.MustCompile(`\?([0-9]+)`)

// countParameters is how many values a statement wants.
func countParameters(query string) int {
	highest := 0
	for _, n := range numbered.FindAllStringSubmatch(query, -1) {
		number, _ := strconv.Atoi(n[1])
		highest = max(highest, number)
	}
	if highest > 0 {
		return highest
	}
	return strings.Count(query, "?")
}
