package audit_test

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"strings"
	"sync"
	"testing"

	"gorm.io/gorm"

	"reliefportal/app/audit"
	"reliefportal/app/store"
	"reliefportal/app/store/storetest"
)

func checkpoint(t testing.TB, k *audit.Keeper) {
	t.Helper()
	if err := k.Checkpoint(t.Context()); err != nil {
		t.Fatal(err)
	}
}

func TestCheckpointsCoverNewEventsOnly(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		k := keeper(t, db)
		checkpoint(t, k) // nothing yet
		for n := range 5 {
			for i := range n + 1 {
				appendAll(t, db, entry(fmt.Sprint("f", i), "a"))
			}
			checkpoint(t, k)
			checkpoint(t, k) // nothing new
		}
		appendAll(t, db, entry("f0", "late"))
		r := verify(t, k)
		if !r.OK() || r.Checkpoints != 5 || r.Outside != 5 || r.Events != 16 || r.Uncovered != 1 {
			t.Errorf("%+v", r)
		}
	})
}

// TestLateCommitIsNotMissed holds a transaction open that took its id before later ones committed.
func TestLateCommitIsNotMissed(t *testing.T) {
	db := storetest.Postgres(t)
	k := keeper(t, db)
	inserted, finish := make(chan struct{}), make(chan struct{})
	var wg sync.WaitGroup
	wg.Go(func() {
		err := db.Tx(t.Context(), func(tx *gorm.DB) error {
			err := audit.Append(tx, entry("slow", "a"))
			close(inserted)
			<-finish
			return err
		})
		if err != nil {
			t.Error(err)
		}
	})
	<-inserted
	appendAll(t, db, entry("fast", "a"))
	if err := k.Checkpoint(t.Context()); err == nil {
		t.Error("a checkpoint was made over a transaction that still ran")
	}
	close(finish)
	wg.Wait()
	checkpoint(t, k)
	if r := verify(t, k); !r.OK() || r.Uncovered != 0 {
		t.Errorf("%+v", r)
	}
}

func TestInstancesCheckpointAtOnce(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		appendAll(t, db, entry("f1", "a"))
		one, two := keeper(t, db), keeper(t, db)
		var wg sync.WaitGroup
		for _, k := range []*audit.Keeper{one, two} {
			wg.Go(func() {
				if err := k.Checkpoint(t.Context()); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		checkpoint(t, one)
		checkpoint(t, two)
		for _, k := range []*audit.Keeper{one, two} {
			if r := verify(t, k); !r.OK() || r.Checkpoints != 1 || r.Outside != 1 {
				t.Errorf("%+v", r)
			}
		}
	})
}

func TestFileOutside(t *testing.T) {
	db := storetest.SQLite(t)
	k := keeper(t, db)
	for i := range 3 {
		appendAll(t, db, entry(fmt.Sprint("f", i), "a"))
		checkpoint(t, k)
	}
	whole, err := os.ReadFile(k.File)
	if err != nil {
		t.Fatal(err)
	}
	lines := bytes.SplitAfter(whole, []byte("\n"))
	write := func(content []byte) {
		if err := os.WriteFile(k.File, content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	cutOff := whole[:len(whole)-10]
	write(cutOff) // a crash in the middle of a line
	if r := verify(t, k); !r.OK() || r.Outside != 2 {
		t.Errorf("cut line: %+v", r)
	}
	checkpoint(t, k)
	if healed, err := os.ReadFile(k.File); err != nil || !bytes.Equal(healed, whole) {
		t.Errorf("not healed: %s, err %v", healed, err)
	}
	for name, content := range map[string][]byte{
		"other root":  bytes.Replace(whole, []byte("sha256:"), []byte("sha256:0"), 1),
		"line gone":   append(bytes.Clone(lines[0]), lines[2]...),
		"not JSON":    append(bytes.Clone(whole), "junk\n"...),
		"more inside": append(bytes.Clone(whole), lines[2]...),
	} {
		write(content)
		if r := verify(t, k); r.OK() {
			t.Errorf("%s: nothing found", name)
		}
	}
	write(bytes.Replace(whole, []byte(`"id":3,"last_id":3`), []byte(`"id":3,"last_id":2`), 1))
	if err := k.Checkpoint(t.Context()); !errors.Is(err, audit.ErrOutside) {
		t.Errorf("checkpoint beside a contradicting file: %v", err)
	}
	if err := os.Remove(k.File); err != nil {
		t.Fatal(err)
	}
	if r := verify(t, k); r.OK() || !strings.Contains(r.Problems[0], "missing") {
		t.Errorf("file missing: %+v", r)
	}
}

func TestVerifySubject(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		appendAll(t, db, entry("f1", "a"), entry("f1", "b"), entry("f2", "a"))
		r, err := audit.VerifySubject(t.Context(), db, audit.Subject{Type: "filing", ID: "f1"})
		if err != nil || !r.OK() || r.Events != 2 || r.Subjects != 1 {
			t.Errorf("%+v, err %v", r, err)
		}
	})
}
