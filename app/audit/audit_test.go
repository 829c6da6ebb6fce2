package audit_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"gorm.io/gorm"

	"reliefportal/app/audit"
	"reliefportal/app/calendar"
	"reliefportal/app/store"
	"reliefportal/app/store/storetest"
)

var (
	noon    = time.Date(2026, 10, 8, 12, 0, 0, 123456789, calendar.Zone)
	debtor  = audit.Actor{ID: "p1", Kind: "debtor"}
	errBoom = errors.New("boom")
)

func entry(id, kind string) audit.Entry {
	return audit.Entry{SubjectType: "filing", SubjectID: id, Actor: debtor, Kind: kind, Data: map[string]any{"b": 1, "a": "x"}, Visible: true, At: noon}
}

func appendAll(t testing.TB, db *store.DB, entries ...audit.Entry) {
	t.Helper()
	for _, e := range entries {
		if err := db.Tx(t.Context(), func(tx *gorm.DB) error { return audit.Append(tx, e) }); err != nil {
			t.Fatal(err)
		}
	}
}

func keeper(t testing.TB, db *store.DB) *audit.Keeper {
	return &audit.Keeper{DB: db, File: filepath.Join(t.TempDir(), "checkpoints.jsonl"), Clock: calendar.NewFakeClock(noon), Log: slog.New(slog.DiscardHandler)}
}

func verify(t tb, k *audit.Keeper) audit.Report {
	t.Helper()
	r, err := k.VerifyAll(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestEventsFormAChainForEachSubject(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		appendAll(t, db, entry("f1", "filing.submitted"), entry("f2", "filing.submitted"), entry("f1", "filing.accepted"))
		got, err := audit.List(t.Context(), db, audit.Subject{Type: "filing", ID: "f1"})
		if err != nil || len(got) != 2 {
			t.Fatalf("%v, err %v", got, err)
		}
		first, second := got[0], got[1]
		if first.Seq != 1 || first.PrevHash != "" || second.Seq != 2 || second.PrevHash != first.Hash || !strings.HasPrefix(first.Hash, "sha256:") {
			t.Errorf("chain %+v, %+v", first, second)
		}
		if first.Actor != debtor || first.Kind != "filing.submitted" || first.Data != `{"a":"x","b":1}` || !first.Visible {
			t.Errorf("first %+v", first)
		}
		if want := noon.UTC().Truncate(time.Microsecond); first.At != want {
			t.Errorf("at %v, want %v", first.At, want)
		}
	})
}

func TestEntryCommitsWithItsFact(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		err := db.Tx(t.Context(), func(tx *gorm.DB) error { return errors.Join(audit.Append(tx, entry("f1", "a")), errBoom) })
		if !errors.Is(err, errBoom) {
			t.Fatal(err)
		}
		if got, err := audit.List(t.Context(), db, audit.Subject{Type: "filing", ID: "f1"}); err != nil || len(got) != 0 {
			t.Errorf("%v, err %v", got, err)
		}
	})
}

func TestIncompleteEntryIsRefused(t *testing.T) {
	db := storetest.SQLite(t)
	for name, spoil := range map[string]func(*audit.Entry){
		"subject type": func(e *audit.Entry) { e.SubjectType = "" },
		"subject id":   func(e *audit.Entry) { e.SubjectID = "" },
		"kind":         func(e *audit.Entry) { e.Kind = "" },
		"time":         func(e *audit.Entry) { e.At = time.Time{} },
	} {
		e := entry("f1", "a")
		spoil(&e)
		err := db.Tx(t.Context(), func(tx *gorm.DB) error { return audit.Append(tx, e) })
		if !errors.Is(err, audit.ErrIncomplete) {
			t.Errorf("without %s: err %v", name, err)
		}
	}
}

// TestAppendAtOnce lets many transactions append to the same two subjects.
func TestAppendAtOnce(t *testing.T) {
	const writers, each = 8, 10
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		var wg sync.WaitGroup
		for w := range writers {
			wg.Go(func() {
				for i := range each {
					first, second := entry("f1", fmt.Sprint("w", w, i)), entry("f2", fmt.Sprint("w", w, i))
					err := db.Tx(t.Context(), func(tx *gorm.DB) error {
						return errors.Join(audit.Append(tx, first), audit.Append(tx, second))
					})
					if err != nil {
						t.Error(err)
					}
				}
			})
		}
		wg.Wait()
		r := verify(t, keeper(t, db))
		if !r.OK() || r.Events != 2*writers*each || r.Subjects != 2 {
			t.Errorf("%+v", r)
		}
	})
}

func TestRecordIsAppendOnly(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		appendAll(t, db, entry("f1", "a"))
		k := keeper(t, db)
		if err := k.Checkpoint(t.Context()); err != nil {
			t.Fatal(err)
		}
		for _, q := range []string{
			"UPDATE audit_event SET kind = 'b'", "DELETE FROM audit_event",
			"UPDATE audit_checkpoint SET root = 'b'", "DELETE FROM audit_checkpoint",
		} {
			err := db.Tx(t.Context(), func(tx *gorm.DB) error { return tx.Exec(q).Error })
			if err == nil || !strings.Contains(err.Error(), "append-only") {
				t.Errorf("%s: err %v", q, err)
			}
		}
		if r := verify(t, k); !r.OK() || r.Events != 1 || r.Checkpoints != 1 || r.Outside != 1 || r.Uncovered != 0 {
			t.Errorf("%+v", r)
		}
	})
}

// tb is what both a test and a rapid case offer.
type tb interface {
	Helper()
	Fatal(args ...any)
	Context() context.Context
}
