package callback

import (
	"context"
	"slices"
	"strings"
	"testing"

	"reliefportal/app/account"
	"reliefportal/app/fail"
	"reliefportal/app/packs"
	"reliefportal/app/rules"
	"reliefportal/app/store"
	"reliefportal/app/store/storetest"
)

// TestPromised: who asks to be rung is rung inside the hours, once for the wish and once for the answer, by somebody without a tie to the body.
func TestPromised(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		ann, sue := w.caller("ann"), w.staff("sue", account.RoleSupervisor, shenzhen)
		tied := w.staff("tied", account.RoleCaller, nanshan)
		c, f := w.flagged(ann)
		w.do(w.s.Choose(t.Context(), ann, c.ID, f.ID, Wish{ChoiceCall, ReplyCall}))
		promised := func(want int) {
			t.Helper()
			rows, err := w.s.Promised(t.Context(), ann)
			w.do(err)
			if len(rows) != want {
				t.Fatalf("%d promised, want %d", len(rows), want)
			}
		}
		promised(1)
		one, err := w.s.PromiseOf(t.Context(), ann, f.ID)
		w.do(err)
		if one.Phone != "" || !one.May || one.Mine || one.Said != "" || inShanghai(one.Due) != "2026-11-26 00:00" || strings.Contains(one.Person, c.PersonID) {
			t.Errorf("promised: %+v", one)
		}
		if rows, err := w.s.Promised(t.Context(), tied); err != nil || len(rows) != 0 {
			t.Errorf("who has a tie to the body sees %v %v", rows, err)
		}
		if _, err := w.s.PromiseOf(t.Context(), tied, f.ID); fail.KindOf(err) != fail.KindNotFound {
			t.Errorf("who has a tie to the body: %v", err)
		}
		bob := w.caller("bob")
		wants(t, "told without a call", w.s.Told(t.Context(), ann, f.ID), "promise.take_first")
		w.do(w.s.TakePromise(t.Context(), ann, f.ID))
		wants(t, "taken by two", w.s.TakePromise(t.Context(), bob, f.ID), "promise.taken")
		wants(t, "told by another", w.s.Told(t.Context(), bob, f.ID), "promise.taken")
		wants(t, "taken by who has a tie to the body", w.s.TakePromise(t.Context(), tied, f.ID), "error.not_found")
		if one, err = w.s.PromiseOf(t.Context(), bob, f.ID); err != nil || one.Phone != "" || !one.Taken {
			t.Errorf("a colleague sees %+v, %v", one, err)
		}
		if one, err = w.s.PromiseOf(t.Context(), ann, f.ID); err != nil || one.Phone == "" || !one.Mine {
			t.Errorf("who took it sees %+v, %v", one, err)
		}
		w.clock.Add(Lease)
		w.do(w.s.TakePromise(t.Context(), bob, f.ID)) // ann's time is over
		wants(t, "told by ann", w.s.Told(t.Context(), ann, f.ID), "promise.taken")
		w.do(w.s.Told(t.Context(), bob, f.ID))
		promised(0)
		wants(t, "rung twice", w.s.Told(t.Context(), ann, f.ID), "error.not_found")

		w.do(w.s.TakeFinding(t.Context(), sue, f.ID))
		v, err := w.s.Finding(t.Context(), sue, f.ID)
		w.do(err)
		w.do(w.s.AnswerFinding(t.Context(), sue, f.ID, v.Version, Verdict{Partly, "已经核实一部分。"}))
		promised(1)
		w.clock.Set(shanghai(t, "2026-11-24 19:50"))
		w.do(w.s.TakePromise(t.Context(), ann, f.ID))
		w.clock.Set(shanghai(t, "2026-11-24 21:00"))
		wants(t, "taken at night", w.s.TakePromise(t.Context(), bob, f.ID), "promise.not_hours")
		one, err = w.s.PromiseOf(t.Context(), ann, f.ID)
		w.do(err)
		if one.Phone != "" || one.Said != "已经核实一部分。" || one.Result != Partly {
			t.Errorf("the answer to be read: %+v", one)
		}
		w.do(w.s.Told(t.Context(), ann, f.ID))
		promised(0)
		followed, err := w.s.Followed(t.Context(), ann)
		w.do(err)
		if len(followed) != 1 || followed[0].Result != Partly || followed[0].Status != FindingAnswered || followed[0].AnsweredAt.IsZero() {
			t.Errorf("followed: %+v", followed)
		}
		if got := w.events(SubjectFinding, f.ID); !slices.Equal(got, []string{"finding.opened", "finding.chosen", "finding.ring_taken", "finding.ring_taken", "finding.told", "finding.taken",
			"finding.answered", "finding.ring_taken", "finding.told"}) {
			t.Errorf("audit: %v", got)
		}
	})
}

// TestCircumstances: what somebody tells of his circumstances becomes the facts of his own request, by the data of the pack, and raises no finding.
func TestCircumstances(t *testing.T) {
	set, err := packs.Default()
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range set.All() {
		inst, ok := p.SurveyFor(rules.Circumstances)
		if !ok {
			t.Fatalf("%s asks nobody about circumstances", p.ID)
		}
		for _, c := range []struct {
			answers rules.Facts
			item    string
			remedy  string
			change  string
			left    string
		}{
			{rules.Facts{"C1": rules.Pick("less"), "C2": rules.Pick("no"), "C3": rules.Pick("no"), "C4": rules.Pick("yes")}, "C6", "R11", "illness,income", "no"},
			{rules.Facts{"C1": rules.Pick("none"), "C2": rules.Pick("7")}, "C6", "R11", "income,job", ""},
			{rules.Facts{"C1": rules.Pick("same"), "C2": rules.Pick("yes"), "C3": rules.Pick("yes")}, "C6", "R11", "dependant", "yes"},
			{rules.Facts{"C1": rules.Pick("less")}, "C7", "R23", "", ""},
		} {
			it, ok := inst.Item(c.item)
			if !ok || len(it.Prepares) != 1 || it.Prepares[0].Remedy != c.remedy {
				t.Fatalf("%s prepares %+v", c.item, it.Prepares)
			}
			got := gather(it.Prepares[0], c.answers)
			if strings.Join(got["change"].Choices, ",") != c.change || got["living_left"].Choice != c.left || got["topic"].Choice != "life" {
				t.Errorf("%v becomes %v", c.answers, got)
			}
		}
		for _, it := range inst.Items {
			if len(it.RedFlags) > 0 {
				t.Errorf("%s raises a finding", it.ID)
			}
		}
	}
}

// TestPreparedIsTakenUp: saying yes prepares one request; taking it up twice is one draft, and nobody else can.
func TestPreparedIsTakenUp(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		begun := &drafts{t: t, w: w}
		w.s.Drafts = begun
		ann := w.caller("ann")
		c, f := w.flagged(ann)
		w.do(w.s.Choose(t.Context(), ann, c.ID, f.ID, Wish{ChoiceFile, ReplyPortal}))
		w.do(w.s.Choose(t.Context(), ann, c.ID, f.ID, Wish{ChoiceFile, ReplyNone})) // thinks again: still one request
		all, err := w.s.PreparedFor(t.Context(), c.PersonID)
		w.do(err)
		if len(all) != 1 || all[0].Remedy != "R39" || all[0].FilingID != "" {
			t.Fatalf("prepared %+v", all)
		}
		stranger := account.Actor{PersonID: "somebody", Kind: account.Debtor}
		if _, err := w.s.TakeUp(t.Context(), stranger, all[0].ID, "en"); fail.KindOf(err) != fail.KindNotFound {
			t.Errorf("somebody else: %v", err)
		}
		person := account.Actor{PersonID: c.PersonID, Kind: account.Debtor}
		first, err := w.s.TakeUp(t.Context(), person, all[0].ID, "zh-Hans")
		w.do(err)
		second, err := w.s.TakeUp(t.Context(), person, all[0].ID, "zh-Hans")
		w.do(err)
		if first != second || begun.n != 1 || begun.facts["topic"].Choice != "people" || !strings.HasPrefix(begun.facts["what_happened"].Text, "索要财物或夜间联系") {
			t.Errorf("%s %s, %d drafts with %v", first, second, begun.n, begun.facts)
		}
	})
}

// drafts begins a filing and remembers with which facts.
type drafts struct {
	t     *testing.T
	w     *world
	n     int
	facts rules.Facts
}

// Begin makes it the drafts of the service.
func (d *drafts) Begin(_ context.Context, a account.Actor, _, _ string, facts rules.Facts, _, _ string) (string, error) {
	d.n, d.facts = d.n+1, facts
	return d.w.filing(a.PersonID), nil
}
