package store_test

import (
	"context"
	"errors"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"

	"reliefportal/app/store"
	"reliefportal/app/store/storetest"
)

func TestMigrationFilesMatch(t *testing.T) {
	names := func(dialect string) []string {
		files, err := fs.Glob(os.DirFS(filepath.Join("migrations", dialect)), "*.sql")
		if err != nil || len(files) == 0 {
			t.Fatalf("%s: %v, err %v", dialect, files, err)
		}
		return files
	}
	if s, p := names("sqlite"), names("postgres"); !slices.Equal(s, p) {
		t.Errorf("sqlite has %v, postgres has %v", s, p)
	}
}

// columns lists "table.column" of everything but the bookkeeping of goose, of Postgres itself, and of the full-text indexes of SQLite, which are
// tables there and no tables in Postgres.
func columns(t *testing.T, db *store.DB) []string {
	t.Helper()
	query := map[store.Dialect]string{
		store.SQLite: `SELECT m.name || '.' || c.name FROM sqlite_master m, pragma_table_info(m.name) c
			WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' AND m.name <> 'goose_db_version'
			AND m.name NOT LIKE '%_fts' AND m.name NOT LIKE '%_fts_%'`,
		store.Postgres: `SELECT table_name || '.' || column_name FROM information_schema.columns
			WHERE table_schema = 'public' AND table_name <> 'goose_db_version'`,
	}[db.Dialect()]
	var out []string
	if err := db.Read(t.Context()).Raw(query).Scan(&out).Error; err != nil {
		t.Fatal(err)
	}
	slices.Sort(out)
	return out
}

func TestBothSchemasHoldTheSameColumns(t *testing.T) {
	lite, pg := columns(t, storetest.SQLite(t)), columns(t, storetest.Postgres(t))
	if !slices.Contains(lite, "person.id") || !slices.Contains(lite, "river_job.args") {
		t.Fatalf("schema is not complete: %v", lite)
	}
	for _, c := range lite {
		if !slices.Contains(pg, c) {
			t.Errorf("only SQLite has %s", c)
		}
	}
	for _, c := range pg {
		if !slices.Contains(lite, c) {
			t.Errorf("only Postgres has %s", c)
		}
	}
}

func TestUpDownUp(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		before := columns(t, db)
		if err := store.MigrateDown(t.Context(), db); err != nil {
			t.Fatal(err)
		}
		if left := columns(t, db); len(left) != 0 {
			t.Errorf("left after going down: %v", left)
		}
		if err := db.Gate(t.Context()); !errors.Is(err, store.ErrBehind) {
			t.Errorf("gate on an empty schema: %v", err)
		}
		if err := db.Migrate(t.Context()); err != nil {
			t.Fatal(err)
		}
		if after := columns(t, db); !slices.Equal(before, after) {
			t.Errorf("columns differ after down and up")
		}
		if err := db.Gate(t.Context()); err != nil {
			t.Errorf("gate on a current schema: %v", err)
		}
	})
}

// TestInstancesMigrateAtOnce starts three instances on one empty database.
func TestInstancesMigrateAtOnce(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		if err := store.MigrateDown(t.Context(), db); err != nil {
			t.Fatal(err)
		}
		var wg sync.WaitGroup
		for range 3 {
			wg.Go(func() {
				if err := db.Migrate(t.Context()); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		if n, err := db.Pending(t.Context()); n != 0 || err != nil {
			t.Errorf("pending %d, err %v", n, err)
		}
	})
}

func TestNewFileIsBehind(t *testing.T) {
	url := "sqlite:" + filepath.Join(t.TempDir(), "portal.db")
	db, err := store.Open(context.Background(), url, store.Options{Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	if n, err := db.Pending(t.Context()); n < 2 || err != nil {
		t.Errorf("pending %d, err %v", n, err)
	}
}
