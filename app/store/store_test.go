package store_test

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"gorm.io/gorm"

	"reliefportal/app/store"
	"reliefportal/app/store/storetest"
)

// window is a small row of the real schema to try the store on.
type window struct {
	Bucket    string `gorm:"primaryKey"`
	StartsAt  time.Time
	Count     int64
	ExpiresAt time.Time
}

func (window) TableName() string { return "rate_window" }

var noon = time.Date(2026, 10, 8, 12, 0, 0, 123456789, time.FixedZone("UTC+8", 8*3600))

func put(tx *gorm.DB, bucket string, at time.Time) error {
	return tx.Create(&window{Bucket: bucket, StartsAt: at, ExpiresAt: at.Add(time.Hour)}).Error
}

func count(t *testing.T, db *store.DB) int64 {
	t.Helper()
	var n int64
	if err := db.Read(t.Context()).Model(&window{}).Count(&n).Error; err != nil {
		t.Fatal(err)
	}
	return n
}

func TestTxCommitsOrRollsBackWhole(t *testing.T) {
	boom := errors.New("boom")
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		err := db.Tx(t.Context(), func(tx *gorm.DB) error { return errors.Join(put(tx, "a", noon), boom) })
		if !errors.Is(err, boom) || count(t, db) != 0 {
			t.Fatalf("after an error: err %v, %d rows", err, count(t, db))
		}
		func() {
			defer func() { _ = recover() }()
			_ = db.Tx(t.Context(), func(tx *gorm.DB) error { _ = put(tx, "a", noon); panic("boom") })
		}()
		if n := count(t, db); n != 0 {
			t.Fatalf("after a panic: %d rows", n)
		}
		if err := db.Tx(t.Context(), func(tx *gorm.DB) error { return put(tx, "a", noon) }); err != nil || count(t, db) != 1 {
			t.Fatalf("after success: err %v, %d rows", err, count(t, db))
		}
	})
}

func TestTxInsideTxIsRefused(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		err := db.Tx(t.Context(), func(tx *gorm.DB) error {
			return db.Tx(tx.Statement.Context, func(tx *gorm.DB) error { return put(tx, "a", noon) })
		})
		if !errors.Is(err, store.ErrNested) {
			t.Fatalf("got %v", err)
		}
	})
}

func TestReadRefusesWrites(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		writes := map[string]func(*gorm.DB) error{
			"create":  func(g *gorm.DB) error { return put(g, "a", noon) },
			"update":  func(g *gorm.DB) error { return g.Model(&window{}).Where("bucket = ?", "a").Update("count", 1).Error },
			"delete":  func(g *gorm.DB) error { return g.Where("bucket = ?", "a").Delete(&window{}).Error },
			"exec":    func(g *gorm.DB) error { return g.Exec("DELETE FROM rate_window").Error },
			"generic": func(g *gorm.DB) error { return gorm.G[window](g).Create(t.Context(), &window{Bucket: "a"}) },
		}
		for name, write := range writes {
			if err := write(db.Read(t.Context())); !errors.Is(err, store.ErrReadOnly) {
				t.Errorf("%s through Read: got %v", name, err)
			}
		}
		if n := count(t, db); n != 0 {
			t.Errorf("%d rows written", n)
		}
	})
}

func TestTimesAreUTCMicrosEverywhere(t *testing.T) {
	want := time.Date(2026, 10, 8, 4, 0, 0, 123456000, time.UTC)
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		if err := db.Tx(t.Context(), func(tx *gorm.DB) error { return put(tx, "a", noon) }); err != nil {
			t.Fatal(err)
		}
		var got window
		if err := db.Read(t.Context()).Where("starts_at = ?", noon).Take(&got).Error; err != nil {
			t.Fatalf("find by the time it was written with: %v", err)
		}
		if got.StartsAt != want {
			t.Errorf("read back %v, want %v", got.StartsAt, want)
		}
		for _, c := range []struct {
			at   time.Time
			rows int
		}{{noon.Add(-time.Microsecond), 0}, {noon, 1}, {noon.Add(time.Microsecond), 1}} {
			var rows []window
			if err := db.Read(t.Context()).Where("starts_at <= ?", c.at.In(time.FixedZone("-5", -5*3600))).Find(&rows).Error; err != nil || len(rows) != c.rows {
				t.Errorf("starts_at <= %v: %d rows, err %v, want %d", c.at, len(rows), err, c.rows)
			}
		}
		err := db.Tx(t.Context(), func(tx *gorm.DB) error {
			return tx.Model(&window{}).Where("bucket = ?", "a").Updates(map[string]any{"expires_at": noon}).Error
		})
		if err != nil {
			t.Fatal(err)
		}
		if err := db.Read(t.Context()).Take(&got).Error; err != nil || got.ExpiresAt != want {
			t.Errorf("update by map read back %v, err %v, want %v", got.ExpiresAt, err, want)
		}
	})
}

func TestConstraintErrorsAreGorms(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		twice := db.Tx(t.Context(), func(tx *gorm.DB) error { return errors.Join(put(tx, "a", noon), put(tx, "a", noon)) })
		if !errors.Is(twice, gorm.ErrDuplicatedKey) {
			t.Errorf("same key twice: %v", twice)
		}
		orphan := db.Tx(t.Context(), func(tx *gorm.DB) error {
			return tx.Exec("INSERT INTO staff_login (person_id, login, password_hash, totp_sealed, created_at, updated_at) VALUES ('x','x','x','x',?,?)", noon, noon).Error
		})
		if !errors.Is(orphan, gorm.ErrForeignKeyViolated) {
			t.Errorf("missing parent: %v", orphan)
		}
		unknown := db.Tx(t.Context(), func(tx *gorm.DB) error {
			return tx.Exec("INSERT INTO person (id, kind, created_at, updated_at) VALUES ('x','robot',?,?)", noon, noon).Error
		})
		if !errors.Is(unknown, gorm.ErrCheckConstraintViolated) {
			t.Errorf("value outside a check: %v", unknown)
		}
	})
}

// TestWritersDoNotLoseUpdates lets many transactions read and write one row: on Postgres with a row lock, on SQLite by
// the one writer. No busy error may reach a caller.
func TestWritersDoNotLoseUpdates(t *testing.T) {
	const writers, each = 8, 25
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		if err := db.Tx(t.Context(), func(tx *gorm.DB) error { return put(tx, "a", noon) }); err != nil {
			t.Fatal(err)
		}
		var wg sync.WaitGroup
		for range writers {
			wg.Go(func() {
				for range each {
					if err := db.Tx(t.Context(), addOne); err != nil {
						t.Error(err)
					}
				}
			})
		}
		wg.Wait()
		var got window
		if err := db.Read(t.Context()).Take(&got).Error; err != nil || got.Count != writers*each {
			t.Fatalf("count %d, err %v, want %d", got.Count, err, writers*each)
		}
	})
}

func addOne(tx *gorm.DB) error {
	var w window
	if err := tx.Raw("SELECT * FROM rate_window WHERE bucket = 'a'" + lockRow(tx)).Scan(&w).Error; err != nil {
		return err
	}
	return tx.Model(&window{}).Where("bucket = ?", "a").Update("count", w.Count+1).Error
}

func lockRow(tx *gorm.DB) string {
	if tx.Name() == "postgres" {
		return " FOR UPDATE"
	}
	return ""
}

// TestDeadlockIsRetried makes two transactions take two rows in opposite order; Postgres gives one of them up.
func TestDeadlockIsRetried(t *testing.T) {
	db := storetest.Postgres(t)
	if err := db.Tx(t.Context(), func(tx *gorm.DB) error { return errors.Join(put(tx, "a", noon), put(tx, "b", noon)) }); err != nil {
		t.Fatal(err)
	}
	var tries [2]int
	var wg, met sync.WaitGroup
	met.Add(2)
	for i, order := range [][2]string{{"a", "b"}, {"b", "a"}} {
		wg.Go(func() {
			err := db.Tx(t.Context(), func(tx *gorm.DB) error {
				tries[i]++
				add := func(bucket string) error {
					return tx.Exec("UPDATE rate_window SET count = count + 1 WHERE bucket = ?", bucket).Error
				}
				if err := add(order[0]); err != nil {
					return err
				}
				if tries[i] == 1 {
					met.Done()
					met.Wait()
				}
				return add(order[1])
			})
			if err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if tries[0]+tries[1] < 3 {
		t.Errorf("tries %v: there was no deadlock to retry", tries)
	}
	var sum int64
	if err := db.Read(t.Context()).Raw("SELECT sum(count) FROM rate_window").Scan(&sum).Error; err != nil || sum != 4 {
		t.Errorf("sum %d, err %v, want 4", sum, err)
	}
}

func TestOpenRefuses(t *testing.T) {
	for _, url := range []string{"", "mysql://x", "sqlite:", "sqlite::memory:"} {
		if db, err := store.Open(t.Context(), url, store.Options{}); !errors.Is(err, store.ErrAddress) {
			t.Errorf("Open(%q) = %v, %v", url, db, err)
		}
	}
	_, err := store.Open(t.Context(), "postgres://u:hunter2@[::1/x", store.Options{})
	if err == nil || strings.Contains(err.Error(), "hunter2") {
		t.Errorf("unreadable address: %v", err)
	}
}

func TestSQLiteFileIsPrivate(t *testing.T) {
	path := filepath.Join(t.TempDir(), "数据 夹?#%", "portal.db")
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	db, err := store.Open(t.Context(), "sqlite:"+path, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	if err := db.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	for _, suffix := range []string{"", "-wal", "-shm"} {
		info, err := os.Stat(path + suffix)
		if err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("portal.db%s: %v, err %v", suffix, info, err)
		}
	}
}

// TestLogsHoldNoValues writes a canary into a statement that fails and one that is slow.
func TestLogsHoldNoValues(t *testing.T) {
	var out strings.Builder
	open := func(url string) *store.DB {
		db, err := store.Open(t.Context(), url, store.Options{Log: slog.New(slog.NewTextHandler(&out, nil))})
		if err != nil {
			t.Fatal(err)
		}
		return db
	}
	for _, url := range []string{storetest.SQLiteURL(t), storetest.PostgresURL(t)} {
		db := open(url)
		out.Reset()
		_ = db.Read(t.Context()).Raw("SELECT nothing FROM nowhere WHERE x = ?", "林小芸").Scan(&window{}).Error
		_ = db.Tx(t.Context(), func(tx *gorm.DB) error { return errors.Join(put(tx, "林小芸", noon), put(tx, "林小芸", noon)) })
		if !strings.Contains(out.String(), "nowhere") {
			t.Errorf("%s: the failed statement was not logged: %s", db.Dialect(), out.String())
		}
		if strings.Contains(out.String(), "林小芸") {
			t.Errorf("%s: a value was logged: %s", db.Dialect(), out.String())
		}
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	}
}

func TestPingCommits(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		if err := db.Ping(t.Context()); err != nil {
			t.Fatal(err)
		}
		stopped, cancel := context.WithCancel(t.Context())
		cancel()
		if err := db.Ping(stopped); err == nil {
			t.Error("ping with a cancelled context succeeded")
		}
	})
}
