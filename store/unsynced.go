package store

import (
	"context"
	"database/sql/driver"
	"errors"

	"github.com/mattn/go-sqlite3"

	"mitan/bot"
)

// deviceConnector opens the connections of the database of [OpenDevices].
type deviceConnector struct {
	sqlite  *sqlite3.SQLiteDriver
	address string
}

// Connect opens a connection.
func (c deviceConnector) Connect(context.Context) (driver.Conn, error) {
	conn, err := c.sqlite.Open(c.address)
	if err != nil {
		return nil, err
	}
	opened, ok := conn.(*sqlite3.SQLiteConn)
	if !ok {
		return nil, errors.Join(errors.New("not a connection of SQLite"), conn.Close())
	}
	return &deviceConn{SQLiteConn: opened}, nil
}

// Driver is SQLite's.
func (c deviceConnector) Driver() driver.Driver { return c.sqlite }

// deviceConn is a connection on which a transaction may be [bot.Unsynced]. It takes
// contexts without their ends, for which SQLite's driver would start a goroutine
// with each statement.
type deviceConn struct {
	*sqlite3.SQLiteConn
	broken bool // it could not be set back to waiting for the disk
}

// IsValid tells whether the connection may be used again.
func (c *deviceConn) IsValid() bool { return !c.broken }

// ExecContext runs a statement.
func (c *deviceConn) ExecContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Result, error) {
	return c.SQLiteConn.ExecContext(context.WithoutCancel(ctx), query, args)
}

// QueryContext runs a statement that returns rows.
func (c *deviceConn) QueryContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Rows, error) {
	return c.SQLiteConn.QueryContext(context.WithoutCancel(ctx), query, args)
}

// BeginTx begins a transaction, which has the connection to itself.
func (c *deviceConn) BeginTx(ctx context.Context, options driver.TxOptions) (driver.Tx, error) {
	unsynced := bot.IsUnsynced(ctx)
	ctx = context.WithoutCancel(ctx)
	if !unsynced {
		return c.SQLiteConn.BeginTx(ctx, options)
	}
	if err := c.synchronous("NORMAL"); err != nil {
		return nil, err
	}
	tx, err := c.SQLiteConn.BeginTx(ctx, options)
	if err != nil {
		return nil, errors.Join(err, c.synced())
	}
	return &unsyncedTx{Tx: tx, conn: c}, nil
}

func (c *deviceConn) synchronous(level string) error {
	_, err := c.SQLiteConn.ExecContext(context.Background(), "PRAGMA synchronous = "+level, nil)
	return err
}

// synced has the connection wait for the disk again, or not be used any more.
func (c *deviceConn) synced() error {
	err := c.synchronous("FULL")
	c.broken = c.broken || err != nil
	return err
}

// unsyncedTx is a transaction that does not wait for the disk.
type unsyncedTx struct {
	driver.Tx
	conn *deviceConn
}

// Commit ends the transaction. What follows it waits for the disk again.
func (t *unsyncedTx) Commit() error {
	err := t.Tx.Commit()
	_ = t.conn.synced() // it is committed; the connection is not used again
	return err
}

// Rollback undoes the transaction.
func (t *unsyncedTx) Rollback() error { return errors.Join(t.Tx.Rollback(), t.conn.synced()) }
