package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strconv"

	"gorm.io/driver/sqlite"
	"gorm.io/gorm"
	modernc "modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// ErrPragma reports a SQLite database that does not keep the settings the portal's promises rest on.
var ErrPragma = errors.New("SQLite refused a required setting; is the file on a network drive?")

func openSQLite(ctx context.Context, path string, opts Options) (*DB, error) {
	if err := preparePrivateFile(path); err != nil {
		return nil, err
	}
	connector, err := modernc.NewConnector(sqliteDSN(path, opts))
	if err != nil {
		return nil, fmt.Errorf("open SQLite: %w", err)
	}
	conns := sql.OpenDB(preparing{connector})
	if opts.MaxOpen == 0 {
		opts.MaxOpen = 8
	}
	conns.SetMaxOpenConns(opts.MaxOpen)
	conns.SetMaxIdleConns(opts.MaxOpen)
	if err := checkPragmas(ctx, conns, opts); err != nil {
		return nil, errors.Join(err, conns.Close())
	}
	db, err := newDB(conns, dialector{&sqlite.Dialector{Conn: &pool{conns}, DriverName: "sqlite"}}, SQLite, opts)
	if err != nil {
		return nil, errors.Join(err, conns.Close())
	}
	db.path = path
	return db, nil
}

// sqliteDSN names every setting the data depend on. Immediate transactions take the write lock at the start, because a
// read lock that turns into a write lock fails at once whatever the busy timeout; FULL survives a power cut.
func sqliteDSN(path string, opts Options) string {
	q := url.Values{
		"_pragma": {
			fmt.Sprintf("busy_timeout(%d)", opts.BusyTimeout.Milliseconds()),
			"journal_mode(WAL)", "synchronous(FULL)", "foreign_keys(1)",
		},
		"_txlock":      {"immediate"},
		"_time_format": {"sqlite"},
		"_timezone":    {"UTC"},
	}
	return "file:" + (&url.URL{Path: path}).EscapedPath() + "?" + q.Encode()
}

func checkPragmas(ctx context.Context, conns *sql.DB, opts Options) error {
	want := [][2]string{
		{"journal_mode", "wal"}, {"synchronous", "2"}, {"foreign_keys", "1"},
		{"busy_timeout", strconv.FormatInt(opts.BusyTimeout.Milliseconds(), 10)},
	}
	for _, w := range want {
		var got string
		if err := conns.QueryRowContext(ctx, "PRAGMA "+w[0]).Scan(&got); err != nil {
			return fmt.Errorf("read SQLite setting %s: %w", w[0], err)
		}
		if got != w[1] {
			return fmt.Errorf("%w (%s is %s, must be %s)", ErrPragma, w[0], got, w[1])
		}
	}
	return nil
}

// preparePrivateFile creates the file so that only this user reads it; SQLite gives its WAL the same mode.
func preparePrivateFile(path string) error {
	if path == "" || path == ":memory:" {
		return fmt.Errorf("%w: SQLite needs a file", ErrAddress)
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return fmt.Errorf("create the data folder: %w", err)
	}
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return fmt.Errorf("create the database file: %w", err)
	}
	return errors.Join(f.Chmod(0o600), f.Close())
}

// dialector is gorm's SQLite dialect over a driver whose errors it does not know.
type dialector struct{ *sqlite.Dialector }

// Explain leaves the values out of every log line; the logger's own setting for that does not reach Scan and Rows.
func (dialector) Explain(sql string, _ ...any) string { return sql }

// Translate turns constraint errors into gorm's.
func (dialector) Translate(err error) error {
	var lite *modernc.Error
	if !errors.As(err, &lite) {
		return err
	}
	switch lite.Code() {
	case sqlite3.SQLITE_CONSTRAINT_UNIQUE, sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY:
		return gorm.ErrDuplicatedKey
	case sqlite3.SQLITE_CONSTRAINT_FOREIGNKEY:
		return gorm.ErrForeignKeyViolated
	case sqlite3.SQLITE_CONSTRAINT_CHECK:
		return gorm.ErrCheckConstraintViolated
	}
	return err
}
