package callback

import (
	"testing"
	"time"

	"reliefportal/app/account"
	"reliefportal/app/store"
	"reliefportal/app/store/storetest"
)

// complete takes a new case to the end of a complete interview by the caller.
func (w *world) complete(a account.Actor) Case {
	w.t.Helper()
	c := w.open()
	got := w.interview(a, c.ID, "P1=3")
	_, err := w.s.LogAttempt(w.t.Context(), a, c.ID, got.Version, Report{Code: "10"})
	w.do(err)
	return w.reload(c.ID)
}

// redials lists the ids of the cases drawn to be checked.
func (w *world) redials() map[string]Redial {
	w.t.Helper()
	var rows []Redial
	w.do(w.db.Read(w.t.Context()).Find(&rows).Error)
	out := map[string]Redial{}
	for _, r := range rows {
		out[r.CaseID] = r
	}
	return out
}

// TestRedialsAreDrawn: of the interviews by phone about a tenth is drawn, exactly those the logged seed of the programme leads to, and no other
// outcome is ever drawn.
func TestRedialsAreDrawn(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		w.pack.Surveys[0].Items = w.pack.Surveys[0].Items[:1]
		ann := w.caller("ann")
		var done []Case
		for i := range 60 {
			if i%10 == 9 {
				c := w.open()
				_, err := w.log(ann, c.ID, w.clock.Now(), Report{Code: "50"})
				w.do(err)
				done = append(done, w.reload(c.ID))
				continue
			}
			done = append(done, w.complete(ann))
		}
		var p Programme
		w.do(db.Read(t.Context()).Where("id = ?", *done[0].ProgrammeID).Take(&p).Error)
		drawn := w.redials()
		for _, c := range done {
			want := *c.FinalCode == "10" && IsDrawn(Chance(p.Seed, "redial/"+c.ID), 100)
			if r, ok := drawn[c.ID]; ok != want || ok && (r.CallerID != ann.PersonID || r.Status != "open") {
				t.Errorf("%s, ended under %s: drawn %t, want %t: %+v", c.ID, *c.FinalCode, ok, want, r)
			}
		}
		if n := len(drawn); n > 18 { // 5.4 expected; chance gives more than 18 less than once in a hundred thousand
			t.Errorf("%d of 54 interviews drawn", n)
		}
	})
}

// TestRedialByAnother: a check is made by a caller who did not hold the interview and has no tie to the body asked about, inside the hours, once; the
// table itself refuses the caller of the interview.
func TestRedialByAnother(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		w.pack.Surveys[0].Items, w.pack.Calls.RedialPercent = w.pack.Surveys[0].Items[:1], 100
		ann, bob, tied := w.caller("ann"), w.caller("bob"), w.staff("tied", account.RoleCaller, nanshan)
		c := w.complete(ann)
		ctx := t.Context()
		for _, a := range []account.Actor{ann, tied, w.staff("boss", account.RoleSupervisor, shenzhen)} {
			if rows, err := w.s.Checks(ctx, a); err == nil && len(rows) != 0 {
				t.Errorf("%s is shown %+v", a.PersonID, rows)
			}
			_, err := w.s.CheckOf(ctx, a, c.ID)
			wants(t, a.PersonID+" opens the check", err, "error.not_found")
			wants(t, a.PersonID+" closes the check", w.s.CloseCheck(ctx, a, c.ID, RedialAgreed, false), "error.not_found")
		}
		if w.try("UPDATE callback_redial SET done_by = caller_id WHERE case_id = ?", c.ID) == nil {
			t.Error("the table takes a check by the caller of the interview")
		}
		v, err := w.s.CheckOf(ctx, bob, c.ID)
		w.do(err)
		if v.Phone == "" || !v.Open {
			t.Errorf("inside the hours: %+v", v)
		}
		w.clock.Set(shanghai(t, "2026-11-24 20:00"))
		if v, err = w.s.CheckOf(ctx, bob, c.ID); err != nil || v.Phone != "" || v.Open {
			t.Errorf("at night: %+v, %v", v, err)
		}
		wants(t, "an unknown result", w.s.CloseCheck(ctx, bob, c.ID, "fine", false), "callback.outcome_unknown")
		w.do(w.s.CloseCheck(ctx, bob, c.ID, RedialDiffers, true))
		wants(t, "closed twice", w.s.CloseCheck(ctx, bob, c.ID, RedialAgreed, false), "error.not_found")
		if r := w.redials()[c.ID]; r.Status != "done" || r.Result != RedialDiffers || *r.DoneBy != bob.PersonID {
			t.Errorf("check: %+v", r)
		}
		if stop, stopped, err := stopOf(db.Read(ctx), c.PersonID); err != nil || !stopped || stop.Code != RefusedForGood {
			t.Errorf("who does not want to be contacted again: %+v, %v", stop, err)
		}
		late := w.complete(ann)
		w.clock.Set(w.redials()[late.ID].CloseBy.Add(-time.Second))
		w.do(w.s.LapseChecks(ctx))
		if r := w.redials()[late.ID]; r.Status != "open" {
			t.Errorf("lapsed before its time: %+v", r)
		}
		w.clock.Add(time.Second)
		w.do(w.s.LapseChecks(ctx))
		if r := w.redials()[late.ID]; r.Status != "lapsed" {
			t.Errorf("nobody checked in time: %+v", r)
		}
	})
}
