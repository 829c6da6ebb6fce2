package account

import (
	"testing"
	"time"

	"gorm.io/gorm"
	"pgregory.net/rapid"

	"reliefportal/app/store"
	"reliefportal/app/store/storetest"
)

// TestLimitHolds makes random acts and compares with the exact rule: never more than the limit in any period, and never
// a refusal when a period and a slice before it were free.
func TestLimitHolds(t *testing.T) {
	db := storetest.SQLite(t)
	l := limit{most: 3, period: 15 * time.Minute}
	rapid.Check(t, func(t *rapid.T) {
		now := time.Date(2026, 10, 8, 9, rapid.IntRange(0, 59).Draw(t, "minute"), rapid.IntRange(0, 59).Draw(t, "second"), 0, time.UTC)
		bucket := store.NewID()
		var done []time.Time
		for _, wait := range rapid.SliceOfN(rapid.IntRange(0, 600), 1, 20).Draw(t, "seconds between") {
			now = now.Add(time.Duration(wait) * time.Second)
			ok, err := takeOne(t, db, l, bucket, now)
			if err != nil {
				t.Fatal(err)
			}
			if ok && within(done, now.Add(-l.period)) >= int(l.most) {
				t.Fatalf("one too many at %v after %v", now, done)
			}
			if !ok && within(done, now.Add(-l.period-2*l.slice())) < int(l.most) {
				t.Fatalf("refused at %v after %v", now, done)
			}
			if ok {
				done = append(done, now)
			}
		}
	})
}

func takeOne(t *rapid.T, db *store.DB, l limit, bucket string, now time.Time) (ok bool, err error) {
	err = db.Tx(t.Context(), func(tx *gorm.DB) error {
		if ok, err = l.take(tx, bucket, now); err != nil || ok {
			return err
		}
		return l.giveBack(tx, bucket, now)
	})
	return ok, err
}

// within counts acts after an instant.
func within(done []time.Time, after time.Time) int {
	n := 0
	for _, at := range done {
		if at.After(after) {
			n++
		}
	}
	return n
}
