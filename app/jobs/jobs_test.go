package jobs_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"gorm.io/gorm"

	"reliefportal/app/fail"
	"reliefportal/app/jobs"
	"reliefportal/app/store"
	"reliefportal/app/store/storetest"
)

type note struct {
	ID string `json:"id"`
}

func (note) Kind() string { return "note" }

type follow struct {
	ID string `json:"id"`
}

func (follow) Kind() string { return "follow" }

var errBoom = errors.New("boom")

func newQueue(t *testing.T, db *store.DB, r *jobs.Registry) *jobs.Queue {
	t.Helper()
	q, err := jobs.New(db, r, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	return q
}

func insert(t *testing.T, db *store.DB, q *jobs.Queue, args ...jobs.Args) {
	t.Helper()
	err := db.Tx(t.Context(), func(tx *gorm.DB) error {
		for _, a := range args {
			if err := q.Insert(tx, a); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// recorder collects the arguments of worked jobs.
type recorder struct {
	mu   sync.Mutex
	seen []string
}

func (r *recorder) add(id string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.seen = append(r.seen, id)
}

func (r *recorder) String() string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return strings.Join(r.seen, " ")
}

func TestJobCommitsAndRollsBackWithTheRow(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		var rec recorder
		r := jobs.NewRegistry()
		jobs.Register(r, func(_ context.Context, n note) error { rec.add(n.ID); return nil })
		q := newQueue(t, db, r)
		err := db.Tx(t.Context(), func(tx *gorm.DB) error { return errors.Join(q.Insert(tx, note{"lost"}), errBoom) })
		if !errors.Is(err, errBoom) {
			t.Fatal(err)
		}
		insert(t, db, q, note{"kept"})
		if err := q.Drain(t.Context()); err != nil {
			t.Fatal(err)
		}
		if rec.String() != "kept" {
			t.Errorf("worked %q, want only kept", rec.String())
		}
	})
}

func TestInsertNeedsATransactionAndAKnownKind(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		q := newQueue(t, db, jobs.NewRegistry())
		if err := db.Tx(t.Context(), func(tx *gorm.DB) error { return q.Insert(tx, note{"x"}) }); err == nil {
			t.Error("a kind nobody registered was inserted")
		}
		if err := q.Insert(db.Read(t.Context()), note{"x"}); err == nil {
			t.Error("a job was inserted outside a transaction")
		}
	})
}

func TestDrainWorksWhatJobsInsert(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		var rec recorder
		var q *jobs.Queue
		r := jobs.NewRegistry()
		jobs.Register(r, func(ctx context.Context, n note) error {
			return db.Tx(ctx, func(tx *gorm.DB) error { return q.Insert(tx, follow(n)) })
		})
		jobs.Register(r, func(_ context.Context, f follow) error { rec.add(f.ID); return nil })
		q = newQueue(t, db, r)
		insert(t, db, q, note{"a"}, note{"b"})
		if err := q.Drain(t.Context()); err != nil {
			t.Fatal(err)
		}
		if rec.String() != "a b" {
			t.Errorf("worked %q", rec.String())
		}
	})
}

func TestFailedJobIsRetried(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		var tries atomic.Int64
		r := jobs.NewRegistry()
		jobs.Register(r, func(context.Context, note) error {
			if tries.Add(1) == 1 {
				return errBoom
			}
			return nil
		})
		q := newQueue(t, db, r)
		insert(t, db, q, note{"x"})
		if err := q.Start(t.Context()); err != nil {
			t.Fatal(err)
		}
		waitFor(t, func() bool { return tries.Load() == 2 })
		if err := q.Stop(t.Context()); err != nil {
			t.Fatal(err)
		}
		if left, err := q.Failed(t.Context()); err != nil || len(left) != 0 {
			t.Errorf("given up: %v, err %v", left, err)
		}
	})
}

func TestGivenUpJobIsVisibleAndCanBeRetried(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		var healed atomic.Bool
		r := jobs.NewRegistry()
		jobs.Register(r, func(context.Context, note) error {
			if healed.Load() {
				return nil
			}
			return fmt.Errorf("550 <lin@example.cn> or 138 0013 8000 unknown: %w", errBoom)
		}, jobs.MaxTries(1))
		q := newQueue(t, db, r)
		insert(t, db, q, note{"x"})
		if err := q.Drain(t.Context()); err == nil || strings.Contains(err.Error(), "lin@") {
			t.Errorf("drain reported %v", err)
		}
		left, err := q.Failed(t.Context())
		if err != nil || len(left) != 1 {
			t.Fatalf("given up: %v, err %v", left, err)
		}
		want := jobs.Failure{ID: left[0].ID, Kind: "note", Args: left[0].Args, Tries: 1, Problem: "550 <…> or … unknown: boom", At: left[0].At}
		if left[0] != want || left[0].At.IsZero() || !strings.Contains(left[0].Args, `"x"`) {
			t.Errorf("got %+v", left[0])
		}
		if n, err := q.Counts(t.Context()); err != nil || n["discarded"] != 1 {
			t.Errorf("counts %v, err %v", n, err)
		}
		healed.Store(true)
		if err := errors.Join(q.Retry(t.Context(), left[0].ID), q.Drain(t.Context())); err != nil {
			t.Fatal(err)
		}
		if left, err := q.Failed(t.Context()); err != nil || len(left) != 0 {
			t.Errorf("after the retry: %v, err %v", left, err)
		}
		if err := q.Retry(t.Context(), 1<<40); fail.KindOf(err) != fail.KindNotFound {
			t.Errorf("retry of an unknown job: %v", err)
		}
	})
}

func TestPanicIsAFailureNotACrash(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		r := jobs.NewRegistry()
		jobs.Register(r, func(context.Context, note) error { panic("林小芸 13800138000") }, jobs.MaxTries(1))
		q := newQueue(t, db, r)
		insert(t, db, q, note{"x"})
		if err := q.Drain(t.Context()); err == nil || strings.Contains(err.Error(), "13800138000") {
			t.Errorf("drain reported %v", err)
		}
	})
}

func TestOnceInsertsOneWhileItWaits(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		var rec recorder
		r := jobs.NewRegistry()
		jobs.Register(r, func(_ context.Context, n note) error { rec.add(n.ID); return nil }, jobs.Once())
		q := newQueue(t, db, r)
		for range 2 {
			insert(t, db, q, note{"a"}, note{"a"}, note{"b"})
			if err := q.Drain(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		if rec.String() != "a b a b" {
			t.Errorf("worked %q, want each once a round", rec.String())
		}
	})
}

func TestInsertAtWaits(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		var rec recorder
		r := jobs.NewRegistry()
		jobs.Register(r, func(_ context.Context, n note) error { rec.add(n.ID); return nil })
		q := newQueue(t, db, r)
		err := db.Tx(t.Context(), func(tx *gorm.DB) error {
			return errors.Join(q.InsertAt(tx, note{"later"}, time.Now().Add(time.Hour)), q.InsertAt(tx, note{"past"}, time.Now().Add(-time.Hour)))
		})
		if err != nil {
			t.Fatal(err)
		}
		if err := q.Drain(t.Context()); err != nil || rec.String() != "past" {
			t.Errorf("worked %q, err %v", rec.String(), err)
		}
	})
}

func TestPeriodicWorkRunsAtStartAndOnRequest(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		var runs atomic.Int64
		r := jobs.NewRegistry()
		r.Every("sweep", time.Hour, func(context.Context) error { runs.Add(1); return nil })
		q := newQueue(t, db, r)
		if err := q.Start(t.Context()); err != nil {
			t.Fatal(err)
		}
		waitFor(t, func() bool { return runs.Load() == 1 })
		if err := q.Stop(t.Context()); err != nil {
			t.Fatal(err)
		}
		if err := r.RunNow(t.Context(), "sweep"); err != nil || runs.Load() != 2 {
			t.Errorf("runs %d, err %v", runs.Load(), err)
		}
		if err := r.RunNow(t.Context(), "sleep"); err == nil {
			t.Error("unknown periodic work ran")
		}
	})
}

// TestEachJobOnceUnderLoad lets inserters and two working instances share one database.
func TestEachJobOnceUnderLoad(t *testing.T) {
	const inserters, each = 4, 25
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		var mu sync.Mutex
		seen := map[string]int{}
		r := jobs.NewRegistry()
		jobs.Register(r, func(_ context.Context, n note) error {
			mu.Lock()
			defer mu.Unlock()
			seen[n.ID]++
			return nil
		})
		one, two := newQueue(t, db, r), newQueue(t, db, r)
		if err := errors.Join(one.Start(t.Context()), two.Start(t.Context())); err != nil {
			t.Fatal(err)
		}
		var wg sync.WaitGroup
		for i := range inserters {
			wg.Go(func() {
				for j := range each {
					insert(t, db, one, note{fmt.Sprint(i, "-", j)})
				}
			})
		}
		wg.Wait()
		waitFor(t, func() bool { mu.Lock(); defer mu.Unlock(); return len(seen) == inserters*each })
		if err := errors.Join(one.Stop(t.Context()), two.Stop(t.Context())); err != nil {
			t.Fatal(err)
		}
		for id, n := range seen {
			if n != 1 {
				t.Errorf("job %s was worked %d times", id, n)
			}
		}
	})
}

func TestNewReportsWrongRegistration(t *testing.T) {
	work := func(context.Context, note) error { return nil }
	every := func(context.Context) error { return nil }
	for name, register := range map[string]func(*jobs.Registry){
		"kind twice":     func(r *jobs.Registry) { jobs.Register(r, work); jobs.Register(r, work) },
		"periodic twice": func(r *jobs.Registry) { r.Every("a", time.Hour, every); r.Every("a", time.Hour, every) },
		"too long":       func(r *jobs.Registry) { jobs.Register(r, work, jobs.Timeout(time.Hour)) },
		"no try":         func(r *jobs.Registry) { jobs.Register(r, work, jobs.MaxTries(0)) },
	} {
		r := jobs.NewRegistry()
		register(r)
		if _, err := jobs.New(storetest.SQLite(t), r, slog.New(slog.DiscardHandler)); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

func waitFor(t *testing.T, done func() bool) {
	t.Helper()
	for end := time.Now().Add(30 * time.Second); !done(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal("waited 30 s in vain")
		}
	}
}
