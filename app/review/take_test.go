package review_test

import (
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"gorm.io/gorm"

	"reliefportal/app/account"
	"reliefportal/app/apptest"
	"reliefportal/app/audit"
	"reliefportal/app/fail"
	"reliefportal/app/filing"
	"reliefportal/app/store"
	"reliefportal/app/store/storetest"
)

// TestTakeNext: the nearest last day first and on the same day the more urgent; what somebody may not review is passed over; in the end nothing is
// left, and that is said.
func TestTakeNext(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx, w := t.Context(), apptest.New(t, db)
		zhou := w.Staff(t, "nanshan.shen1")
		first, urgent, aside := accepted(t, w, filed(t, w, w.Debtor(t, "13800006071"))), accepted(t, w, filed(t, w, w.Debtor(t, "13800006072"))),
			accepted(t, w, filed(t, w, w.Debtor(t, "13800006073")))
		w.Time.Add(48 * time.Hour)
		later := accepted(t, w, filed(t, w, w.Debtor(t, "13800006074")))
		if err := db.Tx(ctx, func(tx *gorm.DB) error {
			return tx.Exec("UPDATE filing SET urgency = 'detained', urgency_rank = 1 WHERE id IN ?", []string{urgent.ID, later.ID}).Error
		}); err != nil {
			t.Fatal(err)
		}
		if err := w.Reviews.StandAside(ctx, w.Staff(t, "nanshan.lian"), aside.ID, aside.Version, zhou.PersonID, "relative", ""); err != nil {
			t.Fatal(err)
		}
		for i, want := range []string{urgent.ID, first.ID, later.ID} {
			got, err := w.Reviews.TakeNext(ctx, zhou)
			if err != nil || got.ID != want || got.Reviewer() != zhou.PersonID {
				t.Fatalf("%d: took %+v, %v", i, got, err)
			}
		}
		if _, err := w.Reviews.TakeNext(ctx, zhou); fail.KindOf(err) != fail.KindConflict {
			t.Errorf("took one more: %v", err)
		}
		if got, err := w.Reviews.TakeNext(ctx, w.Staff(t, "nanshan.shen2")); err != nil || got.ID != aside.ID {
			t.Errorf("the colleague took %+v, %v", got, err)
		}
	})
}

// The size of the test: each of the reviewers takes so many of the queue.
const (
	tenThousand = 10_000
	reviewers   = 32
	claimsEach  = 40
)

// TestClaim32: 32 reviewers take the next filing from one queue of 10,000 at once on Postgres. Nobody gets what another has, nobody waits for ever,
// every taking stands in an unbroken record, and what is left is left.
func TestClaim32(t *testing.T) {
	db := storetest.Postgres(t)
	ctx, w := t.Context(), apptest.New(t, db)
	people := make([]account.Actor, reviewers)
	for i := range people {
		people[i] = judge(t, w, nanshan, fmt.Sprintf("nanshan.c%02d", i), fmt.Sprintf("承办%02d", i))
	}
	fillQueue(t, w, tenThousand)
	var total atomic.Int64
	taken := make([][]string, reviewers)
	var wg sync.WaitGroup
	begun := time.Now()
	for i, a := range people {
		wg.Go(func() {
			for range claimsEach {
				f, err := w.Reviews.TakeNext(ctx, a)
				if err != nil {
					t.Errorf("reviewer %d: %v", i, err)
					return
				}
				taken[i] = append(taken[i], f.ID)
				total.Add(1)
			}
		})
	}
	wg.Wait()
	took := time.Since(begun)
	checkTaken(t, w, people, taken)
	t.Logf("%d reviewers took %d of %d filings in %s: %.0f a second", reviewers, total.Load(), tenThousand, took.Round(time.Millisecond), float64(total.Load())/took.Seconds())
}

// checkTaken holds what each was told against the rows and the record.
func checkTaken(t *testing.T, w *apptest.World, people []account.Actor, taken [][]string) {
	t.Helper()
	owner := map[string]int{}
	for i, ids := range taken {
		for _, id := range ids {
			if other, twice := owner[id]; twice {
				t.Errorf("reviewers %d and %d both took %s", other, i, id)
			}
			owner[id] = i
		}
	}
	var rows []struct{ ID, ReviewerID string }
	if err := w.DB.Read(t.Context()).Table("filing").Where("reviewer_id IS NOT NULL").Find(&rows).Error; err != nil {
		t.Fatal(err)
	}
	if len(rows) != reviewers*claimsEach || len(owner) != len(rows) {
		t.Fatalf("%d rows have a reviewer, %d were taken, want %d", len(rows), len(owner), reviewers*claimsEach)
	}
	for _, r := range rows {
		if i, ok := owner[r.ID]; !ok || people[i].PersonID != r.ReviewerID {
			t.Errorf("%s is with %s, who was not told so", r.ID, r.ReviewerID)
		}
	}
	for _, ids := range taken[:4] {
		if report, err := audit.VerifySubject(t.Context(), w.DB, audit.Subject{Type: "filing", ID: ids[0]}); err != nil || !report.OK() {
			t.Errorf("record of %s: %+v, %v", ids[0], report, err)
		}
	}
	var left int64
	if err := w.DB.Read(t.Context()).Model(&filing.Filing{}).Where("status = 'reviewing' AND reviewer_id IS NULL").Count(&left).Error; err != nil ||
		left != tenThousand-int64(reviewers*claimsEach) {
		t.Errorf("%d are left, %v", left, err)
	}
}

// fillQueue copies one docketed filing until n wait for somebody, each with its own clock.
func fillQueue(t *testing.T, w *apptest.World, n int) {
	t.Helper()
	f := accepted(t, w, filed(t, w, w.Debtor(t, "13800006071")))
	copies := fmt.Sprintf("generate_series(2, %d) AS n", n)
	err := w.DB.Tx(t.Context(), func(tx *gorm.DB) error {
		for _, q := range []string{
			"ALTER TABLE filing DROP CONSTRAINT filing_next_clock",
			`INSERT INTO filing (id, ref, status, version, remedy, pack_id, pack_hash, person_id, lang, facts_sealed, trace, case_number, exec_body_id, submit_key,
				owner_body_id, owner_division, next_action, next_clock_id, next_due_at, submitted_at, docketed_at, created_at, updated_at)
				SELECT 'f' || n, 'Q' || lpad(n::text, 7, '0'), status, version, remedy, pack_id, pack_hash, person_id, lang, facts_sealed, trace, '', exec_body_id, 'k' || n,
				owner_body_id, owner_division, next_action, 'c' || n, next_due_at + n * interval '1 minute', submitted_at, docketed_at, created_at, updated_at
				FROM filing, ` + copies + ` WHERE filing.id = '` + f.ID + `'`,
			`INSERT INTO clock (id, filing_id, rule, who, body_id, started_on, raw_end_on, legal_end_on, file_by_on, due_at, state, created_at)
				SELECT 'c' || n, 'f' || n, rule, who, body_id, started_on, raw_end_on, legal_end_on, file_by_on, due_at, state, created_at
				FROM clock, ` + copies + ` WHERE clock.id = '` + *f.NextClockID + `'`,
			"ALTER TABLE filing ADD CONSTRAINT filing_next_clock FOREIGN KEY (next_clock_id) REFERENCES clock(id)",
			"ANALYZE filing",
		} {
			if err := tx.Exec(q).Error; err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
