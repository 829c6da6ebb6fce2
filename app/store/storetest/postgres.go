package storetest

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib" // the administrator's connection

	"reliefportal/app/store"
)

// cloneLock is the Postgres advisory lock held while a template is made or copied.
const cloneLock = 78215311

// PostgresURL is the address of a fresh, migrated Postgres database. The server is the one PORTAL_TEST_DATABASE_URL
// names, else one started for this test binary. Without any the test is skipped, or fails when CI is set.
func PostgresURL(t testing.TB) string {
	t.Helper()
	admin, err := server()
	if errors.Is(err, errNoPostgres) && os.Getenv("CI") == "" {
		t.Skip(err)
	}
	if err != nil {
		t.Fatalf("start a Postgres for tests: %v", err)
	}
	name := "t_" + strings.ReplaceAll(store.NewID(), "-", "")
	if err := clone(t.Context(), admin, name); err != nil {
		t.Fatalf("copy the Postgres template: %v", err)
	}
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(t.Context()), 10*time.Second)
		defer cancel()
		if err := execAll(ctx, admin, "DROP DATABASE "+name+" WITH (FORCE)"); err != nil {
			t.Errorf("drop the test database: %v", err)
		}
	})
	return withDatabase(admin, name)
}

// server gives the address of the maintenance database.
var server = sync.OnceValues(func() (string, error) {
	if given := os.Getenv("PORTAL_TEST_DATABASE_URL"); given != "" {
		return given, nil
	}
	return startCluster()
})

// clone copies the migrated template, making it first when it is not there. The template is named by its schema, so a
// server that stays keeps only one for each schema.
func clone(ctx context.Context, admin, name string) error {
	id, err := store.SchemaID(store.Postgres)
	if err != nil {
		return err
	}
	template := "portal_template_" + id
	return onOneConnection(ctx, admin, func(c *sql.Conn) error {
		var there bool
		row := c.QueryRowContext(ctx, "SELECT EXISTS (SELECT 1 FROM pg_database WHERE datname = $1)", template)
		if err := row.Scan(&there); err != nil {
			return err
		}
		if !there {
			if err := makeTemplate(ctx, c, admin, template); err != nil {
				return err
			}
		}
		_, err := c.ExecContext(ctx, "CREATE DATABASE "+name+" TEMPLATE "+template+" STRATEGY FILE_COPY")
		return err
	})
}

// makeTemplate migrates under another name first: a template that exists is a template that is complete.
func makeTemplate(ctx context.Context, c *sql.Conn, admin, template string) error {
	raw := template + "_raw"
	for _, q := range []string{"DROP DATABASE IF EXISTS " + raw + " WITH (FORCE)", "CREATE DATABASE " + raw} {
		if _, err := c.ExecContext(ctx, q); err != nil {
			return err
		}
	}
	if err := migrate(withDatabase(admin, raw)); err != nil {
		return err
	}
	_, err := c.ExecContext(ctx, "ALTER DATABASE "+raw+" RENAME TO "+template)
	return err
}

func onOneConnection(ctx context.Context, admin string, work func(*sql.Conn) error) error {
	db, err := sql.Open("pgx", admin)
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }()
	c, err := db.Conn(ctx)
	if err != nil {
		return err
	}
	defer func() { _ = c.Close() }()
	if _, err := c.ExecContext(ctx, fmt.Sprintf("SELECT pg_advisory_lock(%d)", cloneLock)); err != nil {
		return err
	}
	return work(c)
}

func execAll(ctx context.Context, admin string, statements ...string) error {
	return onOneConnection(ctx, admin, func(c *sql.Conn) error {
		for _, q := range statements {
			if _, err := c.ExecContext(ctx, q); err != nil {
				return err
			}
		}
		return nil
	})
}

// migrate brings the database at address up to date and closes every connection to it.
func migrate(address string) error {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	db, err := store.Open(ctx, address, options())
	if err != nil {
		return err
	}
	return errors.Join(db.Migrate(ctx), db.Close())
}

func withDatabase(address, name string) string {
	u, err := url.Parse(address)
	if err != nil {
		return address
	}
	u.Path = "/" + name
	return u.String()
}
