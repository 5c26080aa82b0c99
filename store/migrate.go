package store

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"strconv"
)

//go:embed migrations/*.sql
var migrationFiles embed.FS

// errNewer means that the database was written by a later program.
var errNewer = errors.New("the database was written by a newer mitan; start that one, or restore a backup")

// steps are what SQL cannot do of a migration, after its file.
var steps = map[string]func(context.Context, *sql.Tx) error{
	"migrations/0005_trust.sql": chainAudit,
}

// migrate brings the schema up to date. The nth file of migrations leads from
// version n-1 to n, in one transaction; PRAGMA user_version holds the version.
// A file that has been released is never changed again.
func migrate(ctx context.Context, conn *sql.Conn) error {
	files, err := fs.Glob(migrationFiles, "migrations/*.sql")
	if err != nil {
		return fmt.Errorf("migrate: %w", err)
	}
	var version int
	if err := conn.QueryRowContext(ctx, "PRAGMA user_version").Scan(&version); err != nil {
		return fmt.Errorf("migrate: read version: %w", err)
	}
	if version > len(files) {
		return fmt.Errorf("schema version %d, known up to %d: %w", version, len(files), errNewer)
	}
	for ; version < len(files); version++ {
		if err := migrateTo(ctx, conn, version+1, files[version]); err != nil {
			return fmt.Errorf("migrate: %s: %w", files[version], err)
		}
	}
	return nil
}

func migrateTo(ctx context.Context, conn *sql.Conn, version int, name string) error {
	script, err := migrationFiles.ReadFile(name)
	if err != nil {
		return err
	}
	tx, err := conn.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback() //nolint:errcheck // after a commit there is nothing to undo
	// Another process may have been first while we waited for the lock.
	var now int
	if err := tx.QueryRowContext(ctx, "PRAGMA user_version").Scan(&now); err != nil || now >= version {
		return err
	}
	if _, err := tx.ExecContext(ctx, string(script)); err != nil {
		return err
	}
	if step := steps[name]; step != nil {
		if err := step(ctx, tx); err != nil {
			return err
		}
	}
	if _, err := tx.ExecContext(ctx, "PRAGMA user_version = "+strconv.Itoa(version)); err != nil {
		return err
	}
	return tx.Commit()
}
