package review_test

import (
	"testing"

	"gorm.io/gorm"

	"reliefportal/app/account"
	"reliefportal/app/apptest"
	"reliefportal/app/audit"
	"reliefportal/app/calendar"
	"reliefportal/app/fail"
	"reliefportal/app/filing"
	"reliefportal/app/review"
	"reliefportal/app/store"
	"reliefportal/app/store/storetest"
)

// judge is a further reviewer of a court.
func judge(t *testing.T, w *apptest.World, body, login, name string) account.Actor {
	t.Helper()
	made, _, err := w.Accounts.CreateStaff(t.Context(), account.System(), account.NewStaff{Login: login, Password: "menjing-demo-2026", Name: name,
		Email: login + "@menjing.example.com", Grants: []account.NewGrant{{Grant: account.Grant{Role: account.RoleReviewer, BodyID: w.Directory.BodyID(t.Context(), body)},
			From: calendar.NewDate(2026, 1, 1)}}})
	if err != nil {
		t.Fatal(err)
	}
	a, err := w.Accounts.ActorOf(t.Context(), made.ID)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// barOf is what stands against somebody in the list the desk chooses from.
func barOf(t *testing.T, w *apptest.World, f filing.Filing, a account.Actor) review.Bar {
	t.Helper()
	choices, err := w.Reviews.Choices(t.Context(), f)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range choices {
		if c.PersonID == a.PersonID {
			return c.Bar
		}
	}
	t.Fatalf("%s is not among %+v", a.PersonID, choices)
	return ""
}

func invalidKey(err error) string {
	if e, ok := fail.As(err); ok && len(e.Fields) == 1 {
		return e.Fields[0].Key
	}
	return ""
}

// TestTeamOfWhoTookTheMeasure: whoever works with the one who took the measure does not review it, nor whoever worked with him at any time they
// shared; a team he joined only after the other had left is no bar.
func TestTeamOfWhoTookTheMeasure(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx, w := t.Context(), apptest.New(t, db)
		took(t, w, "nanshan.zhixing")
		body, admin := w.Directory.BodyID(ctx, nanshan), w.Staff(t, "guanli")
		officer, zhou, wu := w.Staff(t, "nanshan.zhixing"), w.Staff(t, "nanshan.shen1"), w.Staff(t, "nanshan.shen2")
		f := accepted(t, w, filed(t, w, w.Debtor(t, "13800006071")))
		set := func(a account.Actor, team string, on calendar.Date) {
			t.Helper()
			if err := w.Reviews.SetTeam(ctx, admin, body, a.PersonID, team, on); err != nil {
				t.Fatal(err)
			}
		}
		set(officer, "执行一组", calendar.NewDate(2026, 1, 1))
		set(zhou, "执行一组", calendar.NewDate(2026, 6, 1))
		if got := barOf(t, w, f, zhou); got != review.BarTeam {
			t.Errorf("same team: %q", got)
		}
		set(zhou, "审判一组", calendar.NewDate(2026, 9, 1))
		if got := barOf(t, w, f, zhou); got != review.BarTeam {
			t.Errorf("he has left the team they shared: %q", got)
		}
		set(officer, "执行二组", calendar.NewDate(2026, 10, 1))
		set(wu, "执行一组", calendar.NewDate(2026, 10, 1))
		if got := barOf(t, w, f, wu); got != review.BarNone {
			t.Errorf("came on the day the other had left: %q", got)
		}
		if _, err := w.Reviews.Assign(ctx, zhou, f.ID, f.Version, zhou.PersonID); invalidKey(err) != "review.barred.same_team" {
			t.Errorf("took it all the same: %v", err)
		}
	})
}

// TestStandAside: whoever declares a tie gives the filing back, never gets it again and no longer sees it; the clock runs on.
func TestStandAside(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx, w := t.Context(), apptest.New(t, db)
		desk, zhou, wu := w.Staff(t, "nanshan.lian"), w.Staff(t, "nanshan.shen1"), w.Staff(t, "nanshan.shen2")
		f := accepted(t, w, filed(t, w, w.Debtor(t, "13800006071")))
		f, err := w.Reviews.Assign(ctx, zhou, f.ID, f.Version, zhou.PersonID)
		if err != nil {
			t.Fatal(err)
		}
		if err := w.Reviews.StandAside(ctx, wu, f.ID, f.Version, zhou.PersonID, "interest", ""); fail.KindOf(err) != fail.KindConflict {
			t.Errorf("a colleague puts him aside: %v", err)
		}
		if err := w.Reviews.StandAside(ctx, zhou, f.ID, f.Version, zhou.PersonID, "nonsense", ""); invalidKey(err) != "answer.choose" {
			t.Errorf("without a coded reason: %v", err)
		}
		if err := w.Reviews.StandAside(ctx, zhou, f.ID, f.Version, zhou.PersonID, "interest", "是我的邻居。"); err != nil {
			t.Fatal(err)
		}
		now, _, err := w.Filings.Get(ctx, desk, f.ID)
		if err != nil || now.ReviewerID != nil || *now.NextAction != "assign" || !now.NextDueAt.Equal(*f.NextDueAt) || *now.NextClockID != *f.NextClockID {
			t.Fatalf("after: %+v, %v", now, err)
		}
		if _, _, err := w.Filings.Get(ctx, zhou, f.ID); fail.KindOf(err) != fail.KindNotFound {
			t.Errorf("he still sees it: %v", err)
		}
		if _, err := w.Reviews.Assign(ctx, desk, f.ID, now.Version, zhou.PersonID); invalidKey(err) != "review.barred.relation" {
			t.Errorf("it comes back to him: %v", err)
		}
		if now, err = w.Reviews.Assign(ctx, wu, f.ID, now.Version, wu.PersonID); err != nil {
			t.Fatal(err)
		}
		if err := w.Reviews.StandAside(ctx, desk, f.ID, now.Version, wu.PersonID, "relative", ""); err != nil {
			t.Fatal(err)
		}
		if got := barOf(t, w, f, wu); got != review.BarRecused {
			t.Errorf("recused: %q", got)
		}
		report, err := audit.VerifySubject(ctx, db, audit.Subject{Type: "filing", ID: f.ID})
		if err != nil || !report.OK() {
			t.Errorf("audit: %+v, %v", report, err)
		}
	})
}

// TestPanel: three different people who may review it, the one in charge among them, one presides; a second panel ends the first; whoever stands
// aside ends the panel he sits on.
func TestPanel(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx, w := t.Context(), apptest.New(t, db)
		desk, zhou, wu := w.Staff(t, "nanshan.lian"), w.Staff(t, "nanshan.shen1"), w.Staff(t, "nanshan.shen2")
		he, lu, stranger := judge(t, w, nanshan, "nanshan.k1", "何川"), judge(t, w, nanshan, "nanshan.k2", "陆平"), w.Staff(t, "shenzhen.shen1")
		f := accepted(t, w, filed(t, w, w.Debtor(t, "13800006071")))
		if _, err := w.Reviews.FormPanel(ctx, desk, f.ID, f.Version, zhou.PersonID, ids(zhou, wu, he)); fail.KindOf(err) != fail.KindConflict {
			t.Errorf("nobody is in charge yet: %v", err)
		}
		f, err := w.Reviews.Assign(ctx, zhou, f.ID, f.Version, zhou.PersonID)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range []struct {
			name, presiding string
			members         []string
			want            string
		}{
			{"two", zhou.PersonID, ids(zhou, wu), "panel.size"},
			{"one of them twice", zhou.PersonID, ids(zhou, wu, wu), "panel.size"},
			{"four", zhou.PersonID, ids(zhou, wu, he, lu), "panel.size"},
			{"without the one in charge", wu.PersonID, ids(wu, he, lu), "panel.in_charge"},
			{"somebody else presides", lu.PersonID, ids(zhou, wu, he), "panel.presiding"},
			{"of another court", zhou.PersonID, ids(zhou, wu, stranger), "review.barred.not_of_body"},
		} {
			if _, err := w.Reviews.FormPanel(ctx, desk, f.ID, f.Version, c.presiding, c.members); invalidKey(err) != c.want {
				t.Errorf("%s: %v", c.name, err)
			}
		}
		p, err := w.Reviews.FormPanel(ctx, desk, f.ID, f.Version, wu.PersonID, ids(zhou, wu, he))
		if err != nil || p.Number != 1 || len(p.Members) != 3 || p.Members[0].PersonID != wu.PersonID || !p.Members[0].Presiding {
			t.Fatalf("panel %+v, %v", p, err)
		}
		if _, err := w.Reviews.FormPanel(ctx, w.Staff(t, "shenzhen.lian"), f.ID, f.Version, zhou.PersonID, ids(zhou, wu, lu)); fail.KindOf(err) != fail.KindNotFound {
			t.Errorf("another court forms it: %v", err)
		}
		if p, err = w.Reviews.FormPanel(ctx, zhou, f.ID, f.Version, zhou.PersonID, ids(zhou, wu, lu)); err != nil || p.Number != 2 {
			t.Fatalf("a second: %+v, %v", p, err)
		}
		now, ok, err := w.Reviews.Panel(ctx, f)
		if err != nil || !ok || now.ID != p.ID || !now.Has(lu.PersonID) || now.Has(he.PersonID) {
			t.Errorf("sits: %+v, %v", now, err)
		}
		if err := w.Reviews.StandAside(ctx, lu, f.ID, f.Version, lu.PersonID, "other", ""); err != nil {
			t.Fatal(err)
		}
		if _, ok, err := w.Reviews.Panel(ctx, f); ok || err != nil {
			t.Errorf("it still sits without him: %v", err)
		}
	})
}

func ids(people ...account.Actor) (out []string) {
	for _, p := range people {
		out = append(out, p.PersonID)
	}
	return out
}

// TestWhoSatOnItNeverSitsOnItsReview: everybody of the panel is barred from what follows on it, however far.
func TestWhoSatOnItNeverSitsOnItsReview(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx, w := t.Context(), apptest.New(t, db)
		zhou, wu := w.Staff(t, "nanshan.shen1"), w.Staff(t, "nanshan.shen2")
		he, fresh := judge(t, w, nanshan, "nanshan.k1", "何川"), judge(t, w, nanshan, "nanshan.k2", "陆平")
		who := w.Debtor(t, "13800006071")
		f := accepted(t, w, filed(t, w, who))
		f, err := w.Reviews.Assign(ctx, zhou, f.ID, f.Version, zhou.PersonID)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Reviews.FormPanel(ctx, zhou, f.ID, f.Version, zhou.PersonID, ids(zhou, wu, he)); err != nil {
			t.Fatal(err)
		}
		later := accepted(t, w, filed(t, w, who))
		link := func(outcome string) {
			t.Helper()
			between := store.NewID()
			if err := db.Tx(ctx, func(tx *gorm.DB) error {
				return tx.Exec(`INSERT INTO filing (id, status, version, remedy, pack_id, pack_hash, person_id, lang, facts_sealed, case_number, parent_id, submit_key, outcome,
					closed_ground, closed_at, created_at, updated_at) SELECT ?, 'closed', 1, 'R15', pack_id, pack_hash, person_id, lang, facts_sealed, case_number, id, ?, ?,
					'G11', created_at, created_at, updated_at FROM filing WHERE id = ?`, between, between, outcome, f.ID).Error
			}); err != nil {
				t.Fatal(err)
			}
		}
		if got := barOf(t, w, later, he); got != review.BarNone {
			t.Errorf("before anything was sent back: %q", got)
		}
		link("rejected")
		if got := barOf(t, w, later, he); got != review.BarNone {
			t.Errorf("the court above confirmed: %q", got)
		}
		link("remitted")
		for _, a := range []account.Actor{zhou, wu, he} {
			if got := barOf(t, w, later, a); got != review.BarDecided {
				t.Errorf("sent back, %s: %q", a.PersonID, got)
			}
		}
		if got := barOf(t, w, later, fresh); got != review.BarNone {
			t.Errorf("the new one: %q", got)
		}
	})
}
