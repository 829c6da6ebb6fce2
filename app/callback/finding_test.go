package callback

import (
	"slices"
	"testing"
	"time"

	"reliefportal/app/account"
	"reliefportal/app/store"
	"reliefportal/app/store/storetest"
)

// flagged gives a finding: on Tuesday 2026-11-24 at 10:00 somebody says he was asked for money.
func (w *world) flagged(a account.Actor) (Case, Finding) {
	w.t.Helper()
	c := w.open()
	got := w.interview(a, c.ID, "P1=3", "P5=2", "P7=3", "P13=yes")
	if len(got.Findings) != 1 {
		w.t.Fatalf("findings: %+v", got.Findings)
	}
	return c, got.Findings[0]
}

func TestFindingOpens(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		a := w.caller("ann")
		c, f := w.flagged(a)
		if f.Kind != "improper_contact" || f.BodyID != nanshan || f.OwnerBodyID != shenzhen || f.OwnerID != nil {
			t.Errorf("finding: %+v", f)
		}
		// one calendar day from the pack for this flag; five working days for the answer
		if inShanghai(f.TakeBy) != "2026-11-26 00:00" || inShanghai(f.AnswerBy) != "2026-12-02 00:00" {
			t.Errorf("take by %s, answer by %s", inShanghai(f.TakeBy), inShanghai(f.AnswerBy))
		}
		for range 2 { // the same answer again opens nothing more
			got, err := w.s.Answer(t.Context(), a, c.ID, Reply{Item: "P13", Value: "yes"})
			w.do(err)
			if len(got.Findings) != 0 {
				t.Errorf("opened again: %+v", got.Findings)
			}
		}
		got, err := w.s.Answer(t.Context(), a, c.ID, Reply{Item: "P7", Value: "1"})
		w.do(err)
		if len(got.Findings) != 1 || got.Findings[0].Kind != "disrespect" || inShanghai(got.Findings[0].TakeBy) != "2026-11-26 00:00" {
			t.Errorf("another kind: %+v", got.Findings)
		}
		if got := w.events(SubjectFinding, f.ID); !slices.Equal(got, []string{"finding.opened"}) {
			t.Errorf("audit: %v", got)
		}
	})
}

func TestFindingWithoutBodyAbove(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		w.exec("UPDATE body SET parent_id = NULL WHERE id = ?", nanshan)
		_, f := w.flagged(w.caller("ann"))
		if f.OwnerBodyID != nanshan {
			t.Errorf("owner %s", f.OwnerBodyID)
		}
		v, err := w.s.Finding(t.Context(), w.staff("own-supervision", account.RoleSupervisor, nanshan), f.ID)
		w.do(err)
		if v.Kind != "improper_contact" {
			t.Errorf("%+v", v)
		}
	})
}

func TestFindingAnswered(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		ann := w.caller("ann")
		c, f := w.flagged(ann)
		sue := w.staff("sue", account.RoleSupervisor, shenzhen)
		ctx := t.Context()
		rows, next, err := w.s.Findings(ctx, sue, Cursor{})
		w.do(err)
		if len(rows) != 1 || next != nil || rows[0].Label.En != "Asked for money, or contacted at night" || len(rows[0].Said) != 1 || rows[0].Said[0].Answer.En != "Answer yes" || rows[0].Overdue {
			t.Errorf("list: %+v", rows)
		}
		wants(t, "answer before taking", w.s.AnswerFinding(ctx, sue, f.ID, 1, Verdict{Confirmed, "我们已经核实。"}), "finding.take_first")
		w.do(w.s.Choose(ctx, ann, c.ID, f.ID, Wish{ChoiceCall, ReplyPortal}))
		w.do(w.s.TakeFinding(ctx, sue, f.ID))
		wants(t, "no result", w.s.AnswerFinding(ctx, sue, f.ID, 3, Verdict{Text: "我们已经核实。"}), "finding.result_missing")
		wants(t, "no words", w.s.AnswerFinding(ctx, sue, f.ID, 3, Verdict{Confirmed, "  "}), "finding.answer_missing")
		wants(t, "an older page", w.s.AnswerFinding(ctx, sue, f.ID, 2, Verdict{Confirmed, "我们已经核实。"}), "finding.changed")
		w.do(w.s.AnswerFinding(ctx, sue, f.ID, 3, Verdict{Confirmed, " 我们已经核实。 "}))
		wants(t, "answered twice", w.s.AnswerFinding(ctx, sue, f.ID, 4, Verdict{Confirmed, "再说一遍"}), "finding.closed")

		mine, err := w.s.FindingsFor(ctx, c.PersonID)
		w.do(err)
		if len(mine) != 1 || mine[0].Answer != "我们已经核实。" || mine[0].FilingID != c.FilingID || !mine[0].AnsweredAt.Equal(w.clock.Now()) || mine[0].OwnerBodyID != shenzhen {
			t.Errorf("the person sees %+v", mine)
		}
		others, err := w.s.FindingsFor(ctx, "somebody else")
		w.do(err)
		if len(others) != 0 {
			t.Errorf("somebody else sees %+v", others)
		}
		rows, _, err = w.s.Findings(ctx, sue, Cursor{})
		w.do(err)
		if len(rows) != 0 {
			t.Error("an answered finding is still in the list")
		}
		if got := w.events(SubjectFinding, f.ID); !slices.Equal(got, []string{"finding.opened", "finding.chosen", "finding.taken", "finding.answered"}) {
			t.Errorf("audit: %v", got)
		}
	})
}

func TestTakeFindingRace(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		ann := w.caller("ann")
		var supervisors []account.Actor
		for i := range 8 {
			supervisors = append(supervisors, w.staff("sup-"+string(rune('a'+i)), account.RoleSupervisor, shenzhen))
		}
		for range 5 {
			_, f := w.flagged(ann)
			won := w.race(supervisors, func(a account.Actor) error { return w.s.TakeFinding(t.Context(), a, f.ID) }, "finding.has_owner")
			if won != 1 {
				t.Errorf("%d supervisors took it", won)
			}
		}
	})
}

// TestSweepFindings: not taken in time is recorded once; not answered in time goes up, with new clocks, until nobody
// stands above.
func TestSweepFindings(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		_, f := w.flagged(w.caller("ann"))
		sue, gil := w.staff("sue", account.RoleSupervisor, shenzhen), w.staff("gil", account.RoleSupervisor, guangdong)
		sweep := func(at time.Time) Finding {
			w.clock.Set(at)
			for range 2 {
				w.do(w.s.SweepFindings(t.Context()))
			}
			var got Finding
			w.do(db.Read(t.Context()).Where("id = ?", f.ID).Take(&got).Error)
			return got
		}
		sweep(f.TakeBy.Add(-time.Microsecond))
		if got := w.events(SubjectFinding, f.ID); len(got) != 1 {
			t.Errorf("before any clock ran out: %v", got)
		}
		sweep(f.TakeBy)
		if v, err := w.s.Finding(t.Context(), sue, f.ID); err != nil || !v.Overdue {
			t.Errorf("not shown as late: %+v %v", v, err)
		}
		w.do(w.s.TakeFinding(t.Context(), sue, f.ID))
		if got := sweep(f.AnswerBy.Add(-time.Microsecond)); got.OwnerBodyID != shenzhen {
			t.Errorf("went up too early: %+v", got)
		}
		up := sweep(f.AnswerBy) // Wednesday 2026-12-02 00:00
		if up.OwnerBodyID != guangdong || up.OwnerID != nil || inShanghai(up.TakeBy) != "2026-12-04 00:00" || inShanghai(up.AnswerBy) != "2026-12-10 00:00" {
			t.Errorf("after the answer was late: %+v", up)
		}
		_, err := w.s.Finding(t.Context(), sue, f.ID)
		wants(t, "the one who was late", err, "error.not_found")
		if _, err := w.s.Finding(t.Context(), gil, f.ID); err != nil {
			t.Error(err)
		}
		if last := sweep(up.AnswerBy); last.OwnerBodyID != guangdong || last.Version != up.Version {
			t.Errorf("went up from the top: %+v", last)
		}
		want := []string{"finding.opened", "finding.take_missed", "finding.taken", "finding.escalated", "finding.answer_missed"}
		if got := w.events(SubjectFinding, f.ID); !slices.Equal(got, want) {
			t.Errorf("audit: %v", got)
		}
	})
}

// TestCallbackIsolation: nobody with a tie to the body asked about sees, claims, logs, asks or answers anything, with
// whatever other role, and to all of them it looks as if there were nothing.
func TestCallbackIsolation(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		ctx := t.Context()
		c, f := w.flagged(w.caller("ann"))
		due := w.open()

		past := w.caller("once-at-nanshan")
		w.exec("INSERT INTO role_grant (id, person_id, role, body_id, from_on, to_on, created_at) VALUES ('g1', ?, 'docketing', ?, '2020-01-01', '2021-01-01', ?)",
			past.PersonID, nanshan, w.clock.Now())
		byDivision := w.caller("division-of-nanshan")
		w.exec("INSERT INTO division (id, body_id, kind, name, from_on, created_at) VALUES ('d1', ?, 'implementing', '执行局', '2020-01-01', ?)", nanshan, w.clock.Now())
		w.exec("INSERT INTO role_grant (id, person_id, role, division_id, from_on, created_at) VALUES ('g2', ?, 'implementer', 'd1', '2020-01-01', ?)",
			byDivision.PersonID, w.clock.Now())
		tookPart := w.caller("took-part")
		w.exec("INSERT INTO measure_participant (id, body_id, case_number, person_id, part, created_at) VALUES ('m1', ?, '（2024）粤0305执1234号', ?, 'took', ?)",
			nanshan, tookPart.PersonID, w.clock.Now())
		both := w.staff("both", account.RoleCaller, centre)
		w.exec("INSERT INTO role_grant (id, person_id, role, body_id, from_on, created_at) VALUES ('g3', ?, 'reviewer', ?, '2026-01-01', ?)", both.PersonID, nanshan, w.clock.Now())
		w.exec("INSERT INTO role_grant (id, person_id, role, body_id, from_on, created_at) VALUES ('g4', ?, 'supervisor', ?, '2026-01-01', ?)", both.PersonID, shenzhen, w.clock.Now())
		both.Grants = append(both.Grants, account.Grant{Role: account.RoleReviewer, BodyID: nanshan}, account.Grant{Role: account.RoleSupervisor, BodyID: shenzhen})

		for _, a := range []account.Actor{
			w.staff("caller-of-nanshan", account.RoleCaller, nanshan),
			w.staff("caller-of-both", account.RoleCaller, centre, nanshan),
			w.staff("reviewer-of-nanshan", account.RoleReviewer, nanshan),
			w.staff("implementer-of-nanshan", account.RoleImplementer, nanshan),
			w.staff("supervisor-of-nanshan", account.RoleSupervisor, nanshan),
			w.staff("admin", account.RoleAdmin, ""),
			past, byDivision, tookPart, both,
			{PersonID: c.PersonID, Kind: account.Debtor},
			account.Nobody("zh-Hans"),
			account.System(),
		} {
			for _, id := range []string{c.ID, due.ID, "no such case"} {
				for what, err := range w.everything(a, id, f.ID) {
					wants(t, a.PersonID+" "+what, err, "error.not_found")
				}
			}
			if list, err := w.s.Due(ctx, a, Cursor{}); err == nil && len(list.Rows) > 0 {
				t.Errorf("%s has %d cases in the list", a.PersonID, len(list.Rows))
			}
			if rows, _, err := w.s.Findings(ctx, a, Cursor{}); err == nil && len(rows) > 0 {
				t.Errorf("%s has %d findings in the list", a.PersonID, len(rows))
			}
		}
		if after := w.reload(due.ID); after.Version != due.Version || after.Attempts != 0 {
			t.Errorf("something reached the case: %+v", after)
		}
	})
}

// everything tries each use case on one case and one finding.
func (w *world) everything(a account.Actor, id, finding string) map[string]error {
	ctx := w.t.Context()
	out := map[string]error{}
	_, out["case"] = w.s.Case(ctx, a, id)
	_, out["claim"] = w.s.Claim(ctx, a, id)
	out["release"] = w.s.Release(ctx, a, id)
	_, out["consent"] = w.s.Consent(ctx, a, id, 1)
	_, out["answer"] = w.s.Answer(ctx, a, id, Reply{Item: "P1", Value: "3"})
	_, out["attempt"] = w.s.LogAttempt(ctx, a, id, 1, Report{Code: "30"})
	_, out["finish"] = w.s.Finish(ctx, a, id, 1, Report{})
	_, out["finding"] = w.s.Finding(ctx, a, finding)
	out["take finding"] = w.s.TakeFinding(ctx, a, finding)
	out["answer finding"] = w.s.AnswerFinding(ctx, a, finding, 1, Verdict{Confirmed, "我们已经核实。"})
	return out
}

// TestFindingRollsBack: when the finding cannot be written, neither is the answer that raised it.
func TestFindingRollsBack(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		a, c := w.caller("ann"), w.open()
		w.interview(a, c.ID, "P1=3")
		before := w.reload(c.ID)
		w.exec("ALTER TABLE finding RENAME TO finding_away")
		_, err := w.s.Answer(t.Context(), a, c.ID, Reply{Item: "P13", Value: "yes"})
		if err == nil {
			t.Fatal("the answer was taken without its finding")
		}
		var n int64
		w.do(db.Read(t.Context()).Model(&answerRow{}).Count(&n).Error)
		if after := w.reload(c.ID); n != 1 || after.Version != before.Version {
			t.Errorf("%d answers, version %d after %d", n, after.Version, before.Version)
		}
	})
}
