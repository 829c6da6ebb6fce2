package store

import (
	"context"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"time"

	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"
)

//go:embed migrations/sqlite/*.sql migrations/postgres/*.sql
var migrations embed.FS

// ErrBehind reports a database whose schema is older than the program; `portal migrate` brings it up to date.
var ErrBehind = errors.New("the database is behind this program: run `portal migrate`")

// migrateWait is how long one instance waits for another that migrates.
const migrateWait = 5 * time.Minute

// Migrate brings the schema up to date. Several starting instances may call it at once: one works and the others wait
// for it. (A SQLite file belongs to one process, so there the queue is in the process.)
func (db *DB) Migrate(ctx context.Context) error {
	p, err := db.provider()
	if err != nil {
		return err
	}
	release, err := db.takeWriter(ctx, migrateWait)
	if err != nil {
		return err
	}
	defer release()
	if _, err := p.Up(ctx); err != nil {
		return fmt.Errorf("migrate the database: %w", err)
	}
	return nil
}

// Pending counts the migrations this program has and the database has not.
func (db *DB) Pending(ctx context.Context) (int, error) {
	p, err := db.provider()
	if err != nil {
		return 0, err
	}
	states, err := p.Status(ctx)
	if err != nil {
		return 0, fmt.Errorf("read the state of the schema: %w", err)
	}
	n := 0
	for _, s := range states {
		if s.State == goose.StatePending {
			n++
		}
	}
	return n, nil
}

// Gate fails with ErrBehind when a migration is pending; a program must not serve on a schema it does not know.
func (db *DB) Gate(ctx context.Context) error {
	n, err := db.Pending(ctx)
	if err != nil {
		return err
	}
	if n > 0 {
		return fmt.Errorf("%w (%d pending)", ErrBehind, n)
	}
	return nil
}

func (db *DB) provider() (*goose.Provider, error) {
	files, err := fs.Sub(migrations, "migrations/"+string(db.dialect))
	if err != nil {
		return nil, fmt.Errorf("read the migrations: %w", err)
	}
	opts := []goose.ProviderOption{
		goose.WithDisableGlobalRegistry(true),
		goose.WithGoMigrations(riverTables(db.dialect)),
	}
	if db.dialect == SQLite {
		return goose.NewProvider(goose.DialectSQLite3, db.sql, files, opts...)
	}
	locker, err := lock.NewPostgresSessionLocker(lock.WithLockTimeout(1, uint64(migrateWait/time.Second)))
	if err != nil {
		return nil, fmt.Errorf("prepare the migration lock: %w", err)
	}
	return goose.NewProvider(goose.DialectPostgres, db.sql, files, append(opts, goose.WithSessionLocker(locker))...)
}

// SchemaID is a short fingerprint of every migration for the dialect; equal ids mean equal schemas.
func SchemaID(dialect Dialect) (string, error) {
	h := sha256.New()
	_, _ = fmt.Fprintf(h, "river %d\n", riverSchema)
	dir := "migrations/" + string(dialect)
	err := fs.WalkDir(migrations, dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := migrations.ReadFile(path)
		_, _ = fmt.Fprintf(h, "%s %d\n%s", path, len(text), text)
		return err
	})
	return hex.EncodeToString(h.Sum(nil)[:8]), err
}
