package callback

import (
	"slices"
	"sync"
	"testing"

	"reliefportal/app/store"
	"reliefportal/app/store/storetest"
)

func TestOpen(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		filing := w.filing("")
		for range 2 {
			w.do(w.s.Open(t.Context(), filing, "served"))
		}
		c := w.caseOf(filing)
		if inShanghai(c.DueAt) != "2026-11-24 10:00" || inShanghai(c.CloseBy) != "2026-12-09 00:00" || c.BodyID != nanshan || c.Status != Open || c.Instrument != "treatment" {
			t.Errorf("case: %+v", c)
		}
		if got := w.events(SubjectCase, c.ID); !slices.Equal(got, []string{"callback.opened"}) {
			t.Errorf("audit: %v", got)
		}
	})
}

// TestOpenOncePerPerson: no second survey within six months, to the day, and the reason is on record once.
func TestOpenOncePerPerson(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		first := w.filing("")
		w.do(w.s.Open(t.Context(), first, "served"))
		person := w.caseOf(first).PersonID

		w.clock.Set(shanghai(t, "2027-05-22 23:59"))
		early := w.filing(person)
		for range 2 {
			w.do(w.s.Open(t.Context(), early, "served"))
		}
		if got := w.events(SubjectCase, early); !slices.Equal(got, []string{"callback.skipped"}) {
			t.Errorf("a day too early: %v", got)
		}
		w.clock.Set(shanghai(t, "2027-05-23 00:00"))
		late := w.filing(person)
		w.do(w.s.Open(t.Context(), late, "served"))
		if c := w.caseOf(late); c.Status != Open {
			t.Errorf("six months later: %+v", c)
		}
	})
}

func TestOpenAfterRefusalForGood(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		a, c := w.caller("ann"), w.open()
		_, err := w.log(a, c.ID, w.clock.Now(), Report{Code: "51"})
		w.do(err)
		w.clock.Set(shanghai(t, "2030-01-07 10:00"))
		again := w.filing(c.PersonID)
		w.do(w.s.Open(t.Context(), again, "served"))
		if got := w.events(SubjectCase, again); !slices.Equal(got, []string{"callback.skipped"}) {
			t.Errorf("years after a refusal for good: %v", got)
		}
	})
}

// TestOpenAtOnce: two decisions served to one person at once put him on the list once.
func TestOpenAtOnce(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		w.person("hua", "debtor")
		var wait sync.WaitGroup
		for range 8 {
			filing := w.filing("hua")
			wait.Go(func() {
				if err := w.s.Open(t.Context(), filing, "served"); err != nil {
					t.Error(err)
				}
			})
		}
		wait.Wait()
		var n int64
		w.do(db.Read(t.Context()).Model(&Case{}).Where("person_id = ?", "hua").Count(&n).Error)
		if n != 1 {
			t.Errorf("%d cases for one person", n)
		}
	})
}
