// Package store opens the database (SQLite or Postgres, chosen by the address), keeps its schema and gives out
// connections to read from and transactions to write in. It knows no noun of the portal.
package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"
	"gorm.io/gorm/logger"

	"reliefportal/app/calendar"
)

// Dialect is the kind of database behind a DB.
type Dialect string

// The two databases the portal runs on.
const (
	SQLite   Dialect = "sqlite"
	Postgres Dialect = "postgres"
)

// Options are the choices of Open that a test or a deployment may change; the zero value is right for serving.
type Options struct {
	Now         func() time.Time // instant for gorm's own time columns; default the system clock in UTC
	Log         *slog.Logger     // where slow and failed statements go, without their values; default slog.Default()
	MaxOpen     int              // most connections open at once; default 8 on SQLite, 20 on Postgres
	BusyTimeout time.Duration    // SQLite: how long a statement waits for another writer; default 5 s
}

// DB is an open database. Reads go through Read, writes through Tx; it is safe for use by many goroutines.
type DB struct {
	gorm    *gorm.DB
	sql     *sql.DB
	dialect Dialect
	path    string
	writer  chan struct{}
}

// ErrAddress reports a database address that names neither SQLite nor Postgres.
var ErrAddress = errors.New("the database address must be sqlite:PATH or postgres://…")

// Open opens the database at url, "sqlite:PATH" or "postgres://…", and proves that it is reachable and set up as the
// portal needs it. It does not change the schema; see Migrate.
func Open(ctx context.Context, url string, opts Options) (*DB, error) {
	opts = opts.withDefaults()
	switch {
	case strings.HasPrefix(url, "sqlite:"):
		return openSQLite(ctx, strings.TrimPrefix(url, "sqlite:"), opts)
	case strings.HasPrefix(url, "postgres://"), strings.HasPrefix(url, "postgresql://"):
		return openPostgres(ctx, url, opts)
	}
	return nil, ErrAddress
}

func (o Options) withDefaults() Options {
	if o.Now == nil {
		o.Now = calendar.SystemClock{}.Now
	}
	if o.Log == nil {
		o.Log = slog.Default()
	}
	if o.BusyTimeout == 0 {
		o.BusyTimeout = 5 * time.Second
	}
	return o
}

// newDB joins an open connection pool and its dialect. QueryFields names every column, because `SELECT *` breaks the
// prepared statements of open Postgres connections when a migration adds a column.
func newDB(pool *sql.DB, dialector gorm.Dialector, dialect Dialect, opts Options) (*DB, error) {
	config := &gorm.Config{
		TranslateError:         true,
		QueryFields:            true,
		SkipDefaultTransaction: true,
		NowFunc:                func() time.Time { return wholeMicros(opts.Now()) },
		Logger: logger.NewSlogLogger(opts.Log, logger.Config{
			SlowThreshold:             time.Second,
			LogLevel:                  logger.Warn,
			IgnoreRecordNotFoundError: true,
			ParameterizedQueries:      true,
		}),
	}
	g, err := gorm.Open(dialector, config)
	if err != nil {
		return nil, fmt.Errorf("open database: %w", err)
	}
	return &DB{gorm: g, sql: pool, dialect: dialect, writer: make(chan struct{}, 1)}, nil
}

// Dialect says which kind of database this is.
func (db *DB) Dialect() Dialect { return db.dialect }

// SQL is the connection pool below gorm, for River, goose and health checks.
func (db *DB) SQL() *sql.DB { return db.sql }

// Path is the file of a SQLite database, empty on Postgres.
func (db *DB) Path() string { return db.path }

// Close closes every connection; transactions that still run fail.
func (db *DB) Close() error { return db.sql.Close() }

// Ping proves that the database can commit a write: a database on a full disk still answers reads.
func (db *DB) Ping(ctx context.Context) error {
	return db.Tx(ctx, func(tx *gorm.DB) error {
		return tx.Exec("UPDATE goose_db_version SET is_applied = is_applied WHERE version_id = 0").Error
	})
}

// NewID gives a random 128-bit identifier in the text form of a UUID. It is not in order of time, so that an id tells
// nothing about when or how many.
func NewID() string { return uuid.NewString() }

// wholeMicros puts an instant in UTC and drops what Postgres cannot keep.
func wholeMicros(t time.Time) time.Time { return t.UTC().Truncate(time.Microsecond) }
