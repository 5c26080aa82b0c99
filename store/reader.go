package store

import (
	"context"
	"database/sql"
	"errors"
	"slices"
	"sync"
	"time"

	"mitan/bot"
)

// reader is a pool of connections that cannot write.
type reader struct {
	db       *sql.DB
	prepared sync.Map // query text to *sql.Stmt
}

// stmt prepares a query once; the pool keeps it for each of its connections.
func (r *reader) stmt(ctx context.Context, query string) (*sql.Stmt, error) {
	if stmt, ok := r.prepared.Load(query); ok {
		return stmt.(*sql.Stmt), nil
	}
	stmt, err := r.db.PrepareContext(ctx, query)
	if err != nil {
		return nil, err
	}
	if other, raced := r.prepared.LoadOrStore(query, stmt); raced {
		return other.(*sql.Stmt), stmt.Close()
	}
	return stmt, nil
}

// row reads one row by a key; bot.ErrNotFound if there is none. Such a read is
// over in microseconds, so ctx is looked at before it and not during it: the
// driver would start a goroutine for that.
func (r *reader) row(ctx context.Context, query string, args []any, into ...any) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	ctx = context.WithoutCancel(ctx)
	stmt, err := r.stmt(ctx, query)
	if err != nil {
		return err
	}
	return notFound(stmt.QueryRowContext(ctx, args...).Scan(into...))
}

// rows reads rows, calling each for one after the other.
func (r *reader) rows(ctx context.Context, query string, args []any, each func(scan func(...any) error) error) error {
	stmt, err := r.stmt(ctx, query)
	if err != nil {
		return err
	}
	rows, err := stmt.QueryContext(ctx, args...)
	if err != nil {
		return err
	}
	return eachRow(rows, each)
}

// once is rows for a query whose text depends on what was asked for: it is not
// kept prepared, or there would be no end of them.
func (r *reader) once(ctx context.Context, query string, args []any, each func(scan func(...any) error) error) error {
	rows, err := r.db.QueryContext(ctx, query, args...)
	if err != nil {
		return err
	}
	return eachRow(rows, each)
}

// rowFunc reads one row, outside the transaction that is open or within it.
type rowFunc func(query string, args []any, into ...any) error

// rowsFunc reads rows, outside the transaction that is open or within it.
type rowsFunc func(query string, args []any, each func(scan func(...any) error) error) error

func eachRow(rows *sql.Rows, each func(scan func(...any) error) error) error {
	for rows.Next() {
		if err := each(rows.Scan); err != nil {
			return errors.Join(err, rows.Close())
		}
	}
	return errors.Join(rows.Err(), rows.Close())
}

func notFound(err error) error {
	if errors.Is(err, sql.ErrNoRows) {
		return bot.ErrNotFound
	}
	return err
}

// millis is how a time is kept; 0 for the zero time.
func millis(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}

// moment scans into a time what millis made of it.
type moment struct{ t *time.Time }

// Scan implements sql.Scanner.
func (m moment) Scan(value any) error {
	ms, ok := value.(int64)
	if !ok {
		return errors.New("a time is not an integer")
	}
	if *m.t = (time.Time{}); ms != 0 {
		*m.t = time.UnixMilli(ms).UTC()
	}
	return nil
}

// reference is a foreign key; 0 refers to nothing.
func reference(id int64) any {
	if id == 0 {
		return nil
	}
	return id
}

// fresh adds the ids that a query finds to those found so far, each once.
func (r *reader) fresh(ctx context.Context, found *[]int64, query string, args ...any) error {
	return r.rows(ctx, query, args, func(scan func(...any) error) error {
		var id int64
		err := scan(&id)
		if err == nil && !slices.Contains(*found, id) {
			*found = append(*found, id)
		}
		return err
	})
}
