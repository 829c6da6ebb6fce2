package audit_test

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"gorm.io/gorm"
	"pgregory.net/rapid"

	"reliefportal/app/audit"
	"reliefportal/app/store"
	"reliefportal/app/store/storetest"
)

// unguard does what somebody with full rights over the database could do first.
func unguard(t *testing.T, db *store.DB) {
	t.Helper()
	queries := map[store.Dialect][]string{
		store.Postgres: {"ALTER TABLE audit_event DISABLE TRIGGER USER", "ALTER TABLE audit_checkpoint DISABLE TRIGGER USER"},
		store.SQLite: {
			"DROP TRIGGER audit_event_no_update", "DROP TRIGGER audit_event_no_delete",
			"DROP TRIGGER audit_checkpoint_no_update", "DROP TRIGGER audit_checkpoint_no_delete",
		},
	}[db.Dialect()]
	exec(t, db, queries...)
}

func exec(t tb, db *store.DB, queries ...string) {
	t.Helper()
	err := db.Tx(t.Context(), func(tx *gorm.DB) error {
		for _, q := range queries {
			if err := tx.Exec(q).Error; err != nil {
				return fmt.Errorf("%s: %w", q, err)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// content is everything a verification looks at; a tampering that leaves it as it was is none.
func content(t tb, k *audit.Keeper) string {
	t.Helper()
	var events, checkpoints []map[string]any
	db := k.DB.Read(t.Context())
	if err := db.Table("audit_event").Order("id").Find(&events).Error; err != nil {
		t.Fatal(err)
	}
	if err := db.Table("audit_checkpoint").Order("id").Find(&checkpoints).Error; err != nil {
		t.Fatal(err)
	}
	return fmt.Sprint(events, checkpoints)
}

// tamperings change the record at random. Each gives the statements to run.
var tamperings = map[string]func(t *rapid.T, ids []int64) []string{
	"change a column": func(t *rapid.T, ids []int64) []string {
		column := rapid.SampledFrom([]string{"subject_type", "subject_id", "actor_id", "actor_kind", "actor_role", "actor_body_id", "kind", "data", "prev_hash", "hash"}).Draw(t, "column")
		return []string{fmt.Sprintf("UPDATE audit_event SET %s = %s || 'x' WHERE id = %d", column, column, pick(t, ids))}
	},
	"change the order": func(t *rapid.T, ids []int64) []string {
		return []string{fmt.Sprintf("UPDATE audit_event SET seq = seq + %d WHERE id = %d", rapid.IntRange(100, 200).Draw(t, "by"), pick(t, ids))}
	},
	"change the time": func(t *rapid.T, ids []int64) []string {
		return []string{fmt.Sprintf("UPDATE audit_event SET at = '2020-01-01 00:00:00+00:00' WHERE id = %d", pick(t, ids))}
	},
	"hide": func(t *rapid.T, ids []int64) []string {
		return []string{fmt.Sprintf("UPDATE audit_event SET visible = NOT visible WHERE id = %d", pick(t, ids))}
	},
	"delete one": func(t *rapid.T, ids []int64) []string {
		return []string{fmt.Sprintf("DELETE FROM audit_event WHERE id = %d", pick(t, ids))}
	},
	"cut off the end": func(t *rapid.T, ids []int64) []string {
		return []string{fmt.Sprintf("DELETE FROM audit_event WHERE id >= %d", pick(t, ids))}
	},
	"delete a whole subject": func(t *rapid.T, ids []int64) []string {
		return []string{fmt.Sprintf("DELETE FROM audit_event WHERE subject_id = (SELECT subject_id FROM audit_event WHERE id = %d)", pick(t, ids))}
	},
	"swap two": func(t *rapid.T, ids []int64) []string {
		a, b := pick(t, ids), pick(t, ids)
		swap := func(from, to int64) string {
			return fmt.Sprintf("UPDATE audit_event SET kind = (SELECT kind FROM audit_event WHERE id = %d) WHERE id = %d", from, to)
		}
		return []string{swap(a, b), swap(b, a)}
	},
	"copy an old one": func(t *rapid.T, ids []int64) []string {
		return []string{fmt.Sprintf(`INSERT INTO audit_event (id, subject_type, subject_id, seq, at, actor_id, actor_kind, actor_role, actor_body_id, kind, data, visible, prev_hash, hash)
			%s SELECT -1, subject_type, 'copy', 1, at, actor_id, actor_kind, actor_role, actor_body_id, kind, data, visible, prev_hash, hash FROM audit_event WHERE id = %d`, "/*overriding*/", pick(t, ids))}
	},
	"change a checkpoint": func(t *rapid.T, _ []int64) []string {
		change := rapid.SampledFrom([]string{"root = root || 'x'", "prev_root = prev_root || 'x'", "last_id = last_id - 1", "events = events + 1"}).Draw(t, "change")
		return []string{fmt.Sprintf("UPDATE audit_checkpoint SET %s WHERE id = %d", change, rapid.IntRange(1, 2).Draw(t, "checkpoint"))}
	},
	"delete a checkpoint": func(t *rapid.T, _ []int64) []string {
		return []string{fmt.Sprintf("DELETE FROM audit_checkpoint WHERE id = %d", rapid.IntRange(1, 2).Draw(t, "checkpoint"))}
	},
}

func pick(t *rapid.T, ids []int64) int64 { return rapid.SampledFrom(ids).Draw(t, "event") }

// TestAnyTamperingIsFound changes a covered record at random, directly in the tables, and looks for it. Every case is
// undone by putting the tables back.
func TestAnyTamperingIsFound(t *testing.T) {
	names := make([]string, 0, len(tamperings))
	for name := range tamperings {
		names = append(names, name)
	}
	slices.Sort(names)
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		k := keeper(t, db)
		ids := fill(t, db, k)
		unguard(t, db)
		save := []string{"CREATE TABLE kept_event AS SELECT * FROM audit_event", "CREATE TABLE kept_checkpoint AS SELECT * FROM audit_checkpoint"}
		exec(t, db, save...)
		before := content(t, k)
		rapid.Check(t, func(rt *rapid.T) {
			name := rapid.SampledFrom(names).Draw(rt, "tampering")
			exec(rt, db, dialectOf(db, tamperings[name](rt, ids))...)
			r := verify(rt, k)
			if changed := content(rt, k) != before; changed == r.OK() {
				rt.Errorf("%s: changed %v, found %v", name, changed, r.Problems)
			}
			exec(rt, db, restore(db)...)
		})
		if r := verify(t, k); !r.OK() || content(t, k) != before {
			t.Errorf("the record was not put back: %v", r.Problems)
		}
	})
}

// fill writes chains of several lengths under two checkpoints.
func fill(t *testing.T, db *store.DB, k *audit.Keeper) (ids []int64) {
	for round := range 2 {
		for i := range 9 {
			appendAll(t, db, entry(fmt.Sprint("f", i%4), fmt.Sprint("kind", round, i)))
		}
		checkpoint(t, k)
	}
	if err := db.Read(t.Context()).Table("audit_event").Order("id").Pluck("id", &ids).Error; err != nil {
		t.Fatal(err)
	}
	return ids
}

func dialectOf(db *store.DB, queries []string) []string {
	if db.Dialect() == store.Postgres {
		for i, q := range queries {
			queries[i] = replaceOverriding(q, "OVERRIDING SYSTEM VALUE")
		}
		return queries
	}
	for i, q := range queries {
		queries[i] = replaceOverriding(q, "")
	}
	return queries
}

func restore(db *store.DB) []string {
	return dialectOf(db, []string{
		"DELETE FROM audit_event", "INSERT INTO audit_event /*overriding*/ SELECT * FROM kept_event",
		"DELETE FROM audit_checkpoint", "INSERT INTO audit_checkpoint /*overriding*/ SELECT * FROM kept_checkpoint",
	})
}

// TestRewrittenHistoryIsFound rewrites one chain from its start as the program itself would have written it, so that
// only the checkpoints can tell; then the checkpoints too, so that only the file outside can.
func TestRewrittenHistoryIsFound(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		k := keeper(t, db)
		fill(t, db, k)
		unguard(t, db)
		exec(t, db, "DELETE FROM audit_event WHERE subject_id = 'f1'")
		appendAll(t, db, entry("f1", "another story"))
		s, err := audit.VerifySubject(t.Context(), db, audit.Subject{Type: "filing", ID: "f1"})
		if err != nil || !s.OK() {
			t.Fatalf("the rewritten chain must look whole: %+v, err %v", s, err)
		}
		if r := verify(t, k); r.OK() {
			t.Error("a rewritten chain was not found by the checkpoints")
		}
		exec(t, db, "DELETE FROM audit_checkpoint")
		other := keeper(t, db) // the same database with an empty file
		checkpoint(t, other)
		if r := verify(t, other); !r.OK() {
			t.Fatalf("rewritten checkpoints must look whole: %v", r.Problems)
		}
		if r := verify(t, k); r.OK() {
			t.Error("rewritten checkpoints were not found by the file outside")
		}
		if _, err := os.Stat(k.File); err != nil {
			t.Error(err)
		}
	})
}

func replaceOverriding(query, with string) string {
	return strings.ReplaceAll(query, "/*overriding*/", with)
}
