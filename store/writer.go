package store

import (
	"context"
	"crypto/ed25519"
	"database/sql"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"time"
)

const (
	// maxShared is how many jobs share a commit at most.
	maxShared = 256
	// patience is how long a job that nobody waits for in haste is kept back
	// for the next hasty one, whose commit it then shares.
	patience = 2 * time.Millisecond
)

// errClosed is what a job gets that the writer no longer took.
var errClosed = errors.New("the store is closed")

// writer runs jobs on the one connection that writes.
type writer struct {
	db   *sql.DB
	conn *sql.Conn
	tx   *tx

	jobs    chan *job
	later   chan *job     // those that may wait, up to patience
	held    *job          // one of them that waits; the writer's own
	quit    chan struct{} // closed to end the writer
	stopped chan struct{} // closed when it has ended
	once    sync.Once
}

// A job is work for a transaction, with the caller waiting for it.
type job struct {
	do    func(*tx) error
	taken atomic.Bool // by the writer, or by the caller who gives up
	err   error       // its own refusal, for the commit's end
	done  chan error
}

// A refusal is an error of a job that has written nothing, or has undone what
// it wrote: the commit that it shares can go on.
type refusal struct{ error }

func (r refusal) Unwrap() error { return r.error }

// refuse marks an error as a refusal.
func refuse(err error) error { return refusal{err} }

func startWriter(db *sql.DB, conn *sql.Conn, key ed25519.PrivateKey) *writer {
	w := &writer{
		db:      db,
		conn:    conn,
		tx:      &tx{conn: conn, prepared: map[string]*sql.Stmt{}, parts: map[int64]caseParts{}, key: key},
		jobs:    make(chan *job, maxShared),
		later:   make(chan *job, maxShared),
		quit:    make(chan struct{}),
		stopped: make(chan struct{}),
	}
	go w.run()
	return w
}

// close ends the writer after the jobs that it has taken or that wait.
func (w *writer) close() error {
	var err error
	w.once.Do(func() {
		close(w.quit)
		<-w.stopped
		for _, stmt := range w.tx.prepared {
			err = errors.Join(err, stmt.Close()) // an open one would keep the connection, and the WAL with it
		}
		err = errors.Join(err, w.conn.Close(), w.db.Close())
	})
	return err
}

// submit runs a job in a transaction and returns when it is durable. If ctx
// ends before the writer takes the job, the job is not run; once it is taken,
// ctx no longer matters.
func (w *writer) submit(ctx context.Context, do func(*tx) error) error {
	return w.enqueue(ctx, w.jobs, do)
}

// submitLater is submit for a job that may wait a moment: by itself it would
// cost a commit, and with the next turn it costs nearly nothing.
func (w *writer) submitLater(ctx context.Context, do func(*tx) error) error {
	return w.enqueue(ctx, w.later, do)
}

func (w *writer) enqueue(ctx context.Context, queue chan<- *job, do func(*tx) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	j := &job{do: do, done: make(chan error, 1)}
	select {
	case queue <- j:
	case <-ctx.Done():
		return ctx.Err()
	case <-w.stopped:
		return errClosed
	}
	var gaveUp error
	select {
	case err := <-j.done:
		return err
	case <-ctx.Done():
		gaveUp = ctx.Err()
	case <-w.stopped:
		gaveUp = errClosed
	}
	if j.taken.CompareAndSwap(false, true) {
		return gaveUp
	}
	return <-j.done
}

func (w *writer) run() {
	defer close(w.stopped)
	for {
		select {
		case j := <-w.jobs:
			w.share(j)
		case j := <-w.later:
			w.share(w.company(j))
			if j := w.held; j != nil { // its company's caller has gone
				w.held = nil
				w.share(j)
			}
		case <-w.quit:
			for {
				j := w.next()
				if j == nil {
					return
				}
				w.share(j)
			}
		}
	}
}

// company waits for a job whose commit a job that may wait can share. It
// returns the one to begin with.
func (w *writer) company(j *job) *job {
	timer := time.NewTimer(patience)
	defer timer.Stop()
	select {
	case first := <-w.jobs:
		w.held = j
		return first
	case <-timer.C:
	case <-w.quit:
	}
	return j
}

// next is a job that waits; nil if none does.
func (w *writer) next() *job {
	if j := w.held; j != nil {
		w.held = nil
		return j
	}
	select {
	case j := <-w.jobs:
		return j
	default:
	}
	select {
	case j := <-w.later:
		return j
	default:
		return nil
	}
}

// share runs the first job and those that come meanwhile in one transaction.
// If one fails, or the commit does, each gets a transaction of its own.
func (w *writer) share(first *job) {
	if !first.taken.CompareAndSwap(false, true) {
		return
	}
	if err := w.tx.begin(); err != nil {
		w.fail(first, err)
		return
	}
	batch := make([]*job, 0, maxShared)
	var err error
	for j := first; j != nil; j = w.next() {
		if j != first && !j.taken.CompareAndSwap(false, true) {
			continue // its caller has gone
		}
		batch = append(batch, j)
		if err = w.try(j); err != nil || len(batch) == maxShared {
			break
		}
	}
	if err == nil {
		err = w.tx.commit()
	}
	if err != nil {
		w.tx.rollback()
		if len(batch) == 1 {
			first.done <- err
			return
		}
		w.separate(batch)
		return
	}
	for _, j := range batch {
		j.done <- j.err
	}
}

// fail tells the first job and those that wait that no transaction could be
// begun, so that they do not each wait for a lock in their turn.
func (w *writer) fail(first *job, err error) {
	first.done <- err
	for range maxShared {
		j := w.next()
		if j == nil {
			return
		}
		if j.taken.CompareAndSwap(false, true) {
			j.done <- err
		}
	}
}

// separate gives each job a transaction of its own.
func (w *writer) separate(batch []*job) {
	for _, j := range batch {
		err := w.tx.begin()
		if err == nil {
			if err = w.try(j); err == nil {
				err = w.tx.commit()
			}
			if err != nil {
				w.tx.rollback()
			}
		}
		if err == nil {
			err = j.err
		}
		j.done <- err
	}
}

// try runs a job. A refusal is kept for the job's caller; any other error must
// end the transaction.
func (w *writer) try(j *job) error {
	j.err = nil
	err := j.do(w.tx)
	if err == nil {
		return nil
	}
	var r refusal
	if errors.As(err, &r) {
		j.err = r.error
		return nil
	}
	return err
}

// tx is the open transaction of the writer. Statements are prepared once for
// the life of the writer, by their text. Its context never ends: a statement
// that is broken off would break off those that share the commit.
type tx struct {
	conn     *sql.Conn
	prepared map[string]*sql.Stmt
	parts    map[int64]caseParts // by case; see saveCase
	key      ed25519.PrivateKey  // signs the audit's checkpoints
}

func (t *tx) begin() error {
	if _, err := t.exec("BEGIN IMMEDIATE"); err != nil {
		return fmt.Errorf("begin: %w", err)
	}
	return nil
}

func (t *tx) commit() error {
	if _, err := t.exec("COMMIT"); err != nil {
		return fmt.Errorf("commit: %w", err)
	}
	return nil
}

// rollback ends the transaction. SQLite may have done so itself, on a full
// disk for one; its complaint about that says nothing new. What was remembered
// of cases may not have been written.
func (t *tx) rollback() {
	_, _ = t.exec("ROLLBACK")
	clear(t.parts)
}

func (t *tx) stmt(query string) (*sql.Stmt, error) {
	if stmt := t.prepared[query]; stmt != nil {
		return stmt, nil
	}
	stmt, err := t.conn.PrepareContext(context.Background(), query)
	if err != nil {
		return nil, err
	}
	t.prepared[query] = stmt
	return stmt, nil
}

// exec runs a statement.
func (t *tx) exec(query string, args ...any) (sql.Result, error) {
	stmt, err := t.stmt(query)
	if err != nil {
		return nil, err
	}
	return stmt.ExecContext(context.Background(), args...)
}

// change runs a statement and tells how many rows it changed.
func (t *tx) change(query string, args ...any) (int64, error) {
	result, err := t.exec(query, args...)
	if err != nil {
		return 0, err
	}
	return result.RowsAffected()
}

// insert runs a statement and returns the new row's id.
func (t *tx) insert(query string, args ...any) (int64, error) {
	result, err := t.exec(query, args...)
	if err != nil {
		return 0, err
	}
	return result.LastInsertId()
}

// row reads one row; bot.ErrNotFound if there is none.
func (t *tx) row(query string, args []any, into ...any) error {
	stmt, err := t.stmt(query)
	if err != nil {
		return err
	}
	return notFound(stmt.QueryRowContext(context.Background(), args...).Scan(into...))
}

// rows reads rows, calling each for one after the other.
func (t *tx) rows(query string, args []any, each func(scan func(...any) error) error) error {
	stmt, err := t.stmt(query)
	if err != nil {
		return err
	}
	rows, err := stmt.QueryContext(context.Background(), args...)
	if err != nil {
		return err
	}
	return eachRow(rows, each)
}
