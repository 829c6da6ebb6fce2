package callback

import (
	"errors"
	"fmt"
	"testing"

	"reliefportal/app/account"
	"reliefportal/app/calendar"
	"reliefportal/app/rules"
	"reliefportal/app/store"
	"reliefportal/app/store/storetest"
)

// TestChance: the same seed and event give the same number; a share is met within what chance allows.
func TestChance(t *testing.T) {
	drawn := 0
	for i := range 20_000 {
		key := fmt.Sprintf("served/%d", i)
		first, again := Chance("seed", key), Chance("seed", key)
		if first != again || first < 0 || first >= million {
			t.Fatal("not a chance of its own")
		}
		if IsDrawn(Chance("seed", key), 250) {
			drawn++
		}
	}
	if drawn < 4800 || drawn > 5200 { // 5,000 give or take 3.3 standard deviations
		t.Errorf("%d of 20,000 drawn with a share of 250 in a thousand", drawn)
	}
	for _, x := range []struct {
		chance, share int
		drawn         bool
	}{{0, 0, false}, {0, 1, true}, {999, 1, true}, {1000, 1, false}, {999_999, 999, false}, {999_999, 1000, true}} {
		if IsDrawn(x.chance, x.share) != x.drawn {
			t.Errorf("chance %d of a share %d: drawn %t", x.chance, x.share, !x.drawn)
		}
	}
}

// plan runs a programme of the court above for the bodies under it.
func (w *world) plan(boss account.Actor, strata ...rules.Stratum) Programme {
	w.t.Helper()
	p, err := w.s.Plan(w.t.Context(), boss, ProgrammeInput{OwnerBodyID: shenzhen, NameZh: "季度", NameEn: "Quarter", Instrument: "treatment",
		FromOn: calendar.NewDate(2026, 1, 1), Strata: strata})
	w.do(err)
	w.do(w.s.Start(w.t.Context(), boss, p.ID, p.Version))
	return p
}

func (w *world) frameOf(programme string) []FrameRow {
	w.t.Helper()
	var rows []FrameRow
	w.do(w.db.Read(w.t.Context()).Where("programme_id = ?", programme).Order("at, id").Find(&rows).Error)
	return rows
}

// TestDrawIsReproducible: seed and frame lead to the same draw, and a frame that was meddled with does not.
func TestDrawIsReproducible(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		boss := w.staff("boss", account.RoleSupervisor, shenzhen)
		p := w.plan(boss, rules.Stratum{Event: rules.EventServed, Party: rules.Respondent, PerMille: 400})
		for range 60 {
			w.do(w.s.Open(t.Context(), w.filing(""), "served"))
		}
		drawn := 0
		for _, r := range w.frameOf(p.ID) {
			if r.State == Drawn {
				drawn++
			}
		}
		if n := len(w.frameOf(p.ID)); n != 60 || drawn < 8 || drawn > 40 {
			t.Errorf("%d in the frame, %d drawn", n, drawn)
		}
		w.do(w.s.Redraw(t.Context(), p.ID))
		if got := w.frameOf("pack-standing"); len(got) != 0 {
			t.Errorf("the standing programme asked %d people of a body with a programme of its own", len(got))
		}
		w.exec(`INSERT INTO callback_frame (id, programme_id, event, event_key, filing_id, person_id, body_id, party, stratum, per_mille, chance, state, reason, at)
SELECT 'forged', programme_id, event, 'forged', filing_id, person_id, body_id, party, stratum, per_mille, 0, 'drawn', '', at FROM callback_frame WHERE id = ?`, w.frameOf(p.ID)[0].ID)
		if err := w.s.Redraw(t.Context(), p.ID); !errors.Is(err, ErrRedraw) {
			t.Errorf("a forged row: %v", err)
		}
	})
}

// TestExclusions: whoever may not be asked is in the frame with the reason, and on no list.
func TestExclusions(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		boss, a := w.staff("boss", account.RoleSupervisor, shenzhen), w.caller("ann")
		p := w.plan(boss, rules.Stratum{Event: rules.EventServed, Party: rules.Respondent, PerMille: 1000}, rules.Stratum{Event: rules.EventServed, Party: rules.Creditor, PerMille: 1000, Quota: 1})
		happened := func(filing string) FrameRow {
			w.do(w.s.Open(t.Context(), filing, "served"))
			w.do(w.s.Open(t.Context(), filing, "served")) // telling twice is telling once
			var rows []FrameRow
			w.do(db.Read(t.Context()).Where("filing_id = ?", filing).Find(&rows).Error)
			if len(rows) != 1 || rows[0].ProgrammeID != p.ID {
				t.Fatalf("frame of %s: %+v", filing, rows)
			}
			return rows[0]
		}
		want := func(what string, r FrameRow, state FrameState, reason string) {
			t.Helper()
			if r.State != state || r.Reason != reason {
				t.Errorf("%s: %s %s, want %s %s", what, r.State, r.Reason, state, reason)
			}
		}
		first := happened(w.filing(""))
		want("the first", first, Drawn, "")
		want("again while being asked", happened(w.filing(first.PersonID)), Excluded, ExcludedOpen)
		c := w.caseOf(first.FilingID)
		w.clock.Set(c.DueAt)
		_, err := w.log(a, c.ID, w.clock.Now(), Report{Code: "50"})
		w.do(err)
		want("again after a refusal", happened(w.filing(first.PersonID)), Excluded, ExcludedRecent)

		w.person("nobody", "debtor")
		w.reach["nobody"] = reach{}
		want("no contact", happened(w.filing("nobody")), Excluded, ExcludedContact)
		w.person("mail", "debtor")
		w.reach["mail"] = reach{email: true}
		mail := happened(w.filing("mail"))
		want("only e-mail", mail, Drawn, "")
		if w.caseOf(mail.FilingID).ByPhone {
			t.Error("somebody without a number is on the calling list")
		}
		for i, state := range []FrameState{Drawn, Excluded} {
			f := w.filing("")
			w.party[f] = rules.Creditor
			want(fmt.Sprintf("creditor %d", i), happened(f), state, map[FrameState]string{Excluded: ExcludedQuota}[state])
		}
		third := w.filing("")
		w.party[third] = rules.ThirdParty
		w.do(w.s.Open(t.Context(), third, "served"))
		if n := len(w.frameOf("pack-standing")); n != 0 {
			t.Error("a third party, whom nobody asks, is in a frame")
		}
		dead := happened(w.filing(""))
		c = w.caseOf(dead.FilingID)
		_, err = w.log(a, c.ID, c.DueAt, Report{Code: "60"})
		w.do(err)
		w.clock.Set(shanghai(t, "2030-01-07 10:00"))
		want("years after a death", happened(w.filing(dead.PersonID)), Excluded, excludedStopping+"60")
		w.do(w.s.Redraw(t.Context(), p.ID))
	})
}

// TestProgrammeIsFrozen: once it runs neither the service nor the table takes another plan, and nobody plans for a body not his.
func TestProgrammeIsFrozen(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		boss, other := w.staff("boss", account.RoleSupervisor, shenzhen), w.staff("other", account.RoleSupervisor, guangdong)
		row := rules.Stratum{Event: rules.EventServed, Party: rules.Respondent, PerMille: 100}
		p := w.plan(boss, row)
		in := ProgrammeInput{OwnerBodyID: shenzhen, NameZh: "二", NameEn: "Two", Instrument: "treatment", FromOn: calendar.NewDate(2026, 1, 1), Strata: Strata{row}}
		wants(t, "changing it", w.s.Replan(t.Context(), boss, p.ID, 2, in), "programme.frozen")
		wants(t, "starting it again", w.s.Start(t.Context(), boss, p.ID, 2), "programme.frozen")
		wants(t, "an older page", w.s.Stop(t.Context(), boss, p.ID, 1), "programme.changed")
		wants(t, "another supervisor", w.s.Stop(t.Context(), other, p.ID, 2), "error.not_found")
		_, err := w.s.DrawOf(t.Context(), other, p.ID, Cursor{})
		wants(t, "another supervisor looking", err, "error.not_found")
		_, err = w.s.Plan(t.Context(), other, in)
		wants(t, "planning for somebody else's body", err, "error.not_found")
		if w.try("UPDATE callback_programme SET strata = '[]' WHERE id = ?", p.ID) == nil || w.try("UPDATE callback_programme SET seed = 'x' WHERE id = ?", p.ID) == nil {
			t.Error("the table took another plan")
		}
		w.do(w.s.Open(t.Context(), w.filing(""), "served"))
		if w.try("UPDATE callback_frame SET state = 'drawn'") == nil || w.try("DELETE FROM callback_frame") == nil {
			t.Error("the frame can be changed")
		}
		w.do(w.s.Stop(t.Context(), boss, p.ID, 2))
		w.do(w.s.Open(t.Context(), w.filing(""), "served"))
		if n := len(w.frameOf(p.ID)); n != 1 {
			t.Errorf("%d in the frame after the end", n)
		}
	})
}

func TestPlanIsChecked(t *testing.T) {
	w := newWorld(t, storetest.SQLite(t))
	boss := w.staff("boss", account.RoleSupervisor, shenzhen)
	good := rules.Stratum{Event: rules.EventServed, Party: rules.Respondent, PerMille: 100}
	for _, x := range []struct {
		name string
		edit func(in *ProgrammeInput)
		key  string
	}{
		{"good", func(*ProgrammeInput) {}, ""},
		{"no name", func(in *ProgrammeInput) { in.NameZh = " " }, "programme.name_missing"},
		{"no first day", func(in *ProgrammeInput) { in.FromOn = calendar.Date{} }, "programme.from_missing"},
		{"ends the day before it begins", func(in *ProgrammeInput) { in.ToOn = in.FromOn.AddDays(-1) }, "programme.to_early"},
		{"ends the day it begins", func(in *ProgrammeInput) { in.ToOn = in.FromOn }, ""},
		{"no such questionnaire", func(in *ProgrammeInput) { in.Instrument = "x" }, "programme.instrument_unknown"},
		{"empty plan", func(in *ProgrammeInput) { in.Strata = nil }, "programme.strata_missing"},
		{"everybody", func(in *ProgrammeInput) { in.Strata[0].PerMille = 1000 }, ""},
		{"more than everybody", func(in *ProgrammeInput) { in.Strata[0].PerMille = 1001 }, "programme.share_range"},
		{"less than nobody", func(in *ProgrammeInput) { in.Strata[0].PerMille = -1 }, "programme.share_range"},
		{"quota below zero", func(in *ProgrammeInput) { in.Strata[0].Quota = -1 }, "programme.quota_range"},
		{"unknown event", func(in *ProgrammeInput) { in.Strata[0].Event = "x" }, "programme.strata_unknown"},
		{"a row behind a like one", func(in *ProgrammeInput) { in.Strata = append(in.Strata, in.Strata[0]) }, "programme.strata_hidden"},
		{"a body behind all bodies", func(in *ProgrammeInput) {
			more := in.Strata[0]
			more.BodyID = nanshan
			in.Strata = append(in.Strata, more)
		}, "programme.strata_hidden"},
	} {
		in := ProgrammeInput{OwnerBodyID: shenzhen, NameZh: "一", NameEn: "One", Instrument: "treatment", FromOn: calendar.NewDate(2026, 1, 1), Strata: Strata{good}}
		x.edit(&in)
		_, err := w.s.Plan(t.Context(), boss, in)
		wants(t, x.name, err, x.key)
	}
}
