package callback

import (
	"testing"

	"reliefportal/app/store"
	"reliefportal/app/store/storetest"
)

// TestWhenItRang: a call that was taken at the end of one part of the day and written down in the next was a call of the first; the caller may
// correct the minute, within his claim.
func TestWhenItRang(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		a := w.caller("ann")
		for _, x := range []struct{ name, taken, written, said, refused, rang, next string }{
			{"not corrected", "17:55", "18:05", "", "", "17:55", "2026-11-24 18:05"},
			{"corrected into the evening", "17:55", "18:05", "18:02", "", "18:02", "2026-11-25 09:00"},
			{"in the minute of the claim", "11:58", "12:05", "11:58", "", "11:58", "2026-11-24 14:00"},
			{"before the claim", "11:58", "12:05", "11:57", "callback.rang_range", "", ""},
			{"not yet", "11:58", "12:05", "12:06", "callback.rang_range", "", ""},
		} {
			w.clock.Set(shanghai(t, "2026-11-23 08:30"))
			c := w.open()
			w.clock.Set(shanghai(t, "2026-11-24 "+x.taken))
			version := w.claim(a, c.ID).Version
			w.clock.Set(shanghai(t, "2026-11-24 "+x.written))
			report := Report{Code: "30"}
			if x.said != "" {
				report.Rang = shanghai(t, "2026-11-24 "+x.said)
			}
			_, err := w.s.LogAttempt(t.Context(), a, c.ID, version, report)
			wants(t, x.name, err, x.refused)
			if x.refused != "" {
				continue
			}
			attempts, err := attemptsOf(db.Read(t.Context()), c.ID)
			w.do(err)
			if got := inShanghai(attempts[c.ID][0].RangAt); got != "2026-11-24 "+x.rang {
				t.Errorf("%s: rang at %s", x.name, got)
			}
			if got := inShanghai(w.reload(c.ID).DueAt); got != x.next {
				t.Errorf("%s: next at %s", x.name, got)
			}
		}
	})
}

// TestClaimedAnewIsAnotherCall: a claim that ran out and is taken again counts from its own beginning.
func TestClaimedAnewIsAnotherCall(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		a, c := w.caller("ann"), w.open()
		w.clock.Set(shanghai(t, "2026-11-24 10:30"))
		w.claim(a, c.ID)
		w.clock.Set(shanghai(t, "2026-11-24 15:00"))
		version := w.claim(a, c.ID).Version
		_, err := w.s.LogAttempt(t.Context(), a, c.ID, version, Report{Code: "30"})
		w.do(err)
		if got := inShanghai(w.reload(c.ID).DueAt); got != "2026-11-24 18:00" {
			t.Errorf("next at %s", got)
		}
	})
}
