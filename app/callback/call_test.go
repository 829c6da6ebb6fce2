package callback

import (
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"gorm.io/gorm"

	"reliefportal/app/account"
	"reliefportal/app/fail"
	"reliefportal/app/store"
	"reliefportal/app/store/storetest"
)

// TestClaimRace: 20 callers take one case at once, ten times; each time one has it, the others are told who.
func TestClaimRace(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		var callers []account.Actor
		for i := range 20 {
			callers = append(callers, w.caller("caller-"+string(rune('a'+i))))
		}
		for range 10 {
			c := w.open()
			won := w.race(callers, func(a account.Actor) error {
				_, err := w.s.Claim(t.Context(), a, c.ID)
				return err
			}, "callback.taken")
			if won != 1 {
				t.Errorf("%d callers have the case", won)
			}
			if got := w.events(SubjectCase, c.ID); !slices.Equal(got, []string{"callback.opened", "callback.claimed"}) {
				t.Errorf("audit: %v", got)
			}
		}
	})
}

// race lets all actors do something at the same moment and counts those who could; the others must be told who was
// faster, under the given key.
func (w *world) race(actors []account.Actor, do func(account.Actor) error, key string) int {
	w.t.Helper()
	var wait sync.WaitGroup
	var won atomic.Int32
	start := make(chan struct{})
	for _, a := range actors {
		wait.Go(func() {
			<-start
			err := do(a)
			if err == nil {
				won.Add(1)
				return
			}
			if e, ok := fail.As(err); !ok || e.Key != key || e.Args["by"] == "" {
				w.t.Errorf("a loser got %v", err)
			}
		})
	}
	close(start)
	wait.Wait()
	return int(won.Load())
}

// TestSaveGuards: what was changed since it was read is not overwritten.
func TestSaveGuards(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		c, f := w.flagged(w.caller("ann"))
		save := func(c Case) error {
			next := c
			return db.Tx(t.Context(), func(tx *gorm.DB) error { return saveCase(tx, c, &next, w.clock.Now()) })
		}
		saveF := func(f Finding) error {
			next := f
			return db.Tx(t.Context(), func(tx *gorm.DB) error { return saveFinding(tx, f, &next) })
		}
		c = w.reload(c.ID)
		wants(t, "case as read", save(c), "")
		wants(t, "case of an older version", save(c), "callback.changed")
		wants(t, "finding as read", saveF(f), "")
		wants(t, "finding of an older version", saveF(f), "finding.changed")
	})
}

func TestClaimLease(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		a, b, c := w.caller("ann"), w.caller("bob"), w.open()
		claimed := w.claim(a, c.ID)
		w.clock.Add(Lease - time.Microsecond)
		_, err := w.s.Claim(t.Context(), b, c.ID)
		wants(t, "while the claim runs", err, "callback.taken")
		wants(t, "giving back what another has", w.s.Release(t.Context(), b, c.ID), "callback.taken")
		w.clock.Add(time.Microsecond)
		w.claim(b, c.ID)
		_, err = w.s.LogAttempt(t.Context(), a, c.ID, claimed.Version, Report{Code: "30"})
		wants(t, "the one who lost it", err, "callback.taken")
		w.do(w.s.Release(t.Context(), b, c.ID))
		wants(t, "giving back twice", w.s.Release(t.Context(), b, c.ID), "callback.not_claimed")
		w.claim(a, c.ID)
	})
}

func TestClaimOnlyWhenOneMayRing(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		a, c := w.caller("ann"), w.open() // due on Tuesday at 10:00
		try := func(at string) error {
			w.clock.Set(shanghai(t, at))
			_, err := w.s.Claim(t.Context(), a, c.ID)
			return err
		}
		wants(t, "not due", try("2026-11-24 09:59"), "callback.not_due")
		wants(t, "at noon", try("2026-11-24 12:00"), "callback.hours")
		wants(t, "in the night", try("2026-11-24 20:00"), "callback.hours")
		wants(t, "too late", try("2026-12-09 09:00"), "callback.closed")
		_, err := w.log(a, c.ID, shanghai(t, "2026-11-24 11:00"), Report{Code: "30"})
		w.do(err)
		wants(t, "same part of the next day", try("2026-11-25 11:00"), "callback.cap_slot")
		wants(t, "another part", try("2026-11-25 14:00"), "")
	})
}

func TestLogAttempt(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		a := w.caller("ann")
		for _, x := range []struct {
			name   string
			report Report
			key    string
			closed bool
			again  string
		}{
			{"no answer", Report{Code: "30"}, "", false, "2026-11-24 14:00"},
			{"not convenient", Report{Code: "41"}, "", false, "2026-11-25 14:00"},
			{"note needed", Report{Code: "40"}, "callback.note_needed", false, ""},
			{"only spaces", Report{Code: "40", Note: "  "}, "callback.note_needed", false, ""},
			{"note given", Report{Code: "40", Note: "别人接的"}, "", false, "2026-11-26 14:00"},
			{"note too long", Report{Code: "40", Note: strings.Repeat("记", MaxNote+1)}, "callback.note_too_long", false, ""},
			{"appointment without a time", Report{Code: "20"}, "callback.appointment_missing", false, ""},
			{"appointment", Report{Code: "20", When: shanghai(t, "2026-11-27 19:00")}, "", false, "2026-11-27 19:00"},
			{"refused", Report{Code: "50"}, "", true, ""},
			{"refused for good", Report{Code: "51"}, "", true, ""},
			{"wrong number", Report{Code: "70"}, "", true, ""},
			{"complete without an answer", Report{Code: "10"}, "callback.not_complete", false, ""},
			{"partial without an answer", Report{Code: "11"}, "callback.not_complete", false, ""},
			{"unknown outcome", Report{Code: "99"}, "callback.outcome_unknown", false, ""},
			{"the code of nobody", Report{Code: Untried}, "callback.outcome_unknown", false, ""},
		} {
			w.clock.Set(shanghai(t, "2026-11-23 10:00"))
			c := w.open()
			got, err := w.log(a, c.ID, c.DueAt, x.report)
			wants(t, x.name, err, x.key)
			if got.Closed != x.closed || inShanghai(got.Again) != x.again {
				t.Errorf("%s: closed %t, again %s", x.name, got.Closed, inShanghai(got.Again))
			}
			after := w.reload(c.ID)
			if tried := after.Attempts == 1; tried != (x.key == "") || (after.Status == Closed) != x.closed {
				t.Errorf("%s: case %+v", x.name, after)
			}
			if x.closed && *after.FinalCode != x.report.Code {
				t.Errorf("%s: final code %s", x.name, *after.FinalCode)
			}
			if x.key == "" && after.ClaimedBy != nil {
				t.Errorf("%s: still claimed", x.name)
			}
		}
	})
}

// TestLogAfterHours: a call begun at 19:55 may be written down at 20:20; nobody may begin one then.
func TestLogAfterHours(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		a, c := w.caller("ann"), w.open()
		w.clock.Set(shanghai(t, "2026-11-24 19:55"))
		claimed := w.claim(a, c.ID)
		w.clock.Set(shanghai(t, "2026-11-24 20:25"))
		_, err := w.s.LogAttempt(t.Context(), a, c.ID, claimed.Version, Report{Code: "30"})
		wants(t, "after the claim and the hours ran out", err, "callback.hours")
		w.clock.Set(shanghai(t, "2026-11-24 20:20"))
		_, err = w.s.LogAttempt(t.Context(), a, c.ID, claimed.Version+1, Report{Code: "30"})
		wants(t, "an older page", err, "callback.changed")
		got, err := w.s.LogAttempt(t.Context(), a, c.ID, claimed.Version, Report{Code: "30"})
		w.do(err)
		if inShanghai(got.Again) != "2026-11-25 09:00" {
			t.Errorf("again %s", inShanghai(got.Again))
		}
		_, err = w.s.LogAttempt(t.Context(), a, c.ID, got.Version, Report{Code: "30"})
		wants(t, "twice for one claim", err, "callback.not_claimed")
	})
}

// TestSixAttempts: the sixth closes the case with the best that was reached.
func TestSixAttempts(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		a, c := w.caller("ann"), w.open()
		at, n := c.DueAt, 0
		for {
			got, err := w.log(a, c.ID, at, Report{Code: []string{"41", "30"}[min(n, 1)]})
			w.do(err)
			if n++; got.Closed {
				break
			}
			at = got.Again
		}
		if after := w.reload(c.ID); n != 6 || after.Attempts != 6 || *after.FinalCode != "30" {
			t.Errorf("%d attempts, case %+v", n, after)
		}
	})
}

// TestCloseLate: a case nobody rang, and one nobody reached, end with their time, once.
func TestCloseLate(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		a, untried, tried := w.caller("ann"), w.open(), w.open()
		_, err := w.log(a, tried.ID, w.clock.Now(), Report{Code: "32"})
		w.do(err)
		w.clock.Set(untried.CloseBy.Add(-time.Microsecond))
		w.do(w.s.CloseLate(t.Context()))
		if w.reload(untried.ID).Status != Open {
			t.Error("closed before its time")
		}
		w.clock.Set(tried.CloseBy)
		for range 2 {
			w.do(w.s.CloseLate(t.Context()))
		}
		for id, code := range map[string]string{untried.ID: Untried, tried.ID: "32"} {
			if c := w.reload(id); c.Status != Closed || *c.FinalCode != code {
				t.Errorf("want %s: %+v", code, c)
			}
			if kinds := w.events(SubjectCase, id); kinds[len(kinds)-1] != "callback.expired" || slices.Index(kinds, "callback.expired") != len(kinds)-1 {
				t.Errorf("audit: %v", kinds)
			}
		}
	})
}

// try runs a statement that the database is expected to refuse.
func (w *world) try(query string, args ...any) error {
	return w.db.Tx(w.t.Context(), func(tx *gorm.DB) error { return tx.Exec(query, args...).Error })
}
