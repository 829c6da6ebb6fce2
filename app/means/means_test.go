package means_test

import (
	"bytes"
	"strings"
	"testing"

	"gorm.io/gorm"

	"reliefportal/app/account"
	"reliefportal/app/apptest"
	"reliefportal/app/calendar"
	"reliefportal/app/fail"
	"reliefportal/app/filing"
	"reliefportal/app/means"
	"reliefportal/app/money"
	"reliefportal/app/packs"
	"reliefportal/app/reckon"
	"reliefportal/app/rules"
	"reliefportal/app/store"
	"reliefportal/app/store/storetest"
)

// TestExamples works the examples that are shown to people.
func TestExamples(t *testing.T) {
	set, err := packs.Default()
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range set.All() {
		for _, e := range p.Means.Examples {
			r, err := means.Reckon(p, means.ExampleData(p, e), p.From)
			if err != nil {
				t.Fatal(err)
			}
			got := rules.MeansWant{Income: r.IncomeSum.Low, Costs: r.CostsSum.Low, Left: r.Left.Low, After: r.After.Low}
			if got != e.Want || !r.After.Exact() {
				t.Errorf("%s, example %s: got %v, the pack says %v", p.ID, e.ID, got, e.Want)
			}
		}
		if len(p.Means.Examples) < 3 {
			t.Errorf("%s has %d examples", p.ID, len(p.Means.Examples))
		}
	}
}

func wage(id string, yuan int64) means.Line {
	return means.Line{ID: id, Group: rules.MeansIncome, Kind: "wage", Amount: means.Sum(money.Yuan(yuan)), Every: reckon.Monthly, Note: "canary-wage"}
}

// ready states a household that can be worked out.
func ready(d *means.Data) error {
	d.Household, d.Order.How = "alone", means.TakesNothing
	d.Put(wage("w", 5000))
	d.Finish(rules.MeansCosts, true)
	return nil
}

func save(t *testing.T, w *apptest.World, a account.Actor, version int64, change func(*means.Data) error) means.Statement {
	t.Helper()
	s, err := w.Means.Save(t.Context(), a, version, change)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// TestVersions: each save is a version, an old page cannot overwrite a newer one, nothing is readable in the table, and nobody sees another's.
func TestVersions(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := apptest.New(t, db)
		a, b := w.Debtor(t, "13812346071"), w.Debtor(t, "13912346072")
		first := save(t, w, a, 0, ready)
		second := save(t, w, a, first.Version, func(d *means.Data) error { d.Drop("w"); d.Put(wage("x", 100)); return nil })
		if second.Version != 2 || first.ID == second.ID {
			t.Fatalf("versions %d and %d", first.Version, second.Version)
		}
		_, err := w.Means.Save(t.Context(), a, first.Version, ready)
		if e, ok := fail.As(err); !ok || e.Key != "means.stale" {
			t.Errorf("an old page gave %v", err)
		}
		if other, err := w.Means.Current(t.Context(), b); err != nil || other.Version != 0 {
			t.Errorf("somebody else sees version %d, %v", other.Version, err)
		}
		if _, err := w.Means.Current(t.Context(), w.Staff(t, "nanshan.shen1")); fail.KindOf(err) != fail.KindNotFound {
			t.Errorf("staff get %v", err)
		}
		var rows [][]byte
		if err := db.Read(t.Context()).Table("means_statement").Pluck("data_sealed", &rows).Error; err != nil || len(rows) != 2 {
			t.Fatalf("%d rows, %v", len(rows), err)
		}
		for _, r := range rows {
			if bytes.Contains(r, []byte("canary")) || bytes.Contains(r, []byte("wage")) {
				t.Error("the statement is readable in the table")
			}
		}
	})
}

// TestAttachedStaysAsFiled: a draft shows the version that was added, its answers come from it, and what is stated later changes nothing in a
// filing that was handed in.
func TestAttachedStaysAsFiled(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := apptest.New(t, db)
		a := w.Debtor(t, "13812346071")
		f, err := w.Filings.Start(t.Context(), a, filing.StartInput{Remedy: "R11", Lang: "en", Token: store.NewID(), Facts: rules.Facts{
			filing.FactCaseNumber: rules.Said("（2024）粤0305执1234号"), filing.FactExecCourt: rules.Said("深圳市南山区人民法院"), filing.FactApplicant: rules.Said("林晓芸"), "request": rules.Said("x")}})
		if err != nil {
			t.Fatal(err)
		}
		if err := w.Means.Attach(t.Context(), a, f.ID, f.Version); fail.KindOf(err) != fail.KindInvalid {
			t.Fatalf("an empty statement was added: %v", err)
		}
		now := save(t, w, a, 0, ready)
		if err := w.Means.Attach(t.Context(), a, f.ID, f.Version); err != nil {
			t.Fatal(err)
		}
		f, facts, err := w.Filings.Get(t.Context(), a, f.ID)
		if err != nil {
			t.Fatal(err)
		}
		if facts["income"].Money != money.Yuan(5000) || facts["dependants"].Number != 0 || !strings.HasPrefix(facts[means.FactMeans].Text, "1 · ") {
			t.Errorf("the draft took over %v", facts)
		}
		if f, _, err = w.Filings.Submit(t.Context(), a, f.ID, filing.SubmitInput{Version: f.Version, Key: f.SubmitKey, Declared: true}); err != nil {
			t.Fatal(err)
		}
		save(t, w, a, now.Version, func(d *means.Data) error { d.Put(wage("w", 1)); return nil })
		if err := w.Means.Attach(t.Context(), a, f.ID, f.Version); fail.KindOf(err) != fail.KindConflict {
			t.Errorf("a filing that was handed in took another statement: %v", err)
		}
		shown, ok, err := w.Means.Of(t.Context(), f)
		if err != nil || !ok || shown.Statement.ID != now.ID {
			t.Fatalf("shows %+v, %v, %v", shown, ok, err)
		}
		if err := w.DB.Tx(t.Context(), func(tx *gorm.DB) error { return w.Means.Forget(tx, a.PersonID) }); err != nil {
			t.Fatal(err)
		}
		if left, err := w.Means.Current(t.Context(), a); err != nil || left.Version != now.Version {
			t.Errorf("after forgetting version %d is left, %v", left.Version, err)
		}
	})
}

// TestChangeBecomesAFiling: what was before is kept, only changed lines differ, and the draft holds both.
func TestChangeBecomesAFiling(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := apptest.New(t, db)
		a := w.Debtor(t, "13812346071")
		before := save(t, w, a, 0, ready)
		if err := w.Means.Begin(t.Context(), a, []string{"nonsense"}); fail.KindOf(err) != fail.KindInvalid {
			t.Errorf("an unknown change gave %v", err)
		}
		for _, kinds := range [][]string{{"job"}, {"job", "illness"}} { // saying more keeps what was before
			if err := w.Means.Begin(t.Context(), a, kinds); err != nil {
				t.Fatal(err)
			}
		}
		now := save(t, w, a, before.Version, func(d *means.Data) error { d.Put(wage("w", 1800)); return nil })
		token := store.NewID()
		f, err := w.Means.File(t.Context(), a, "R11", "zh-Hans", token, nil)
		if err != nil {
			t.Fatal(err)
		}
		shown, ok, err := w.Means.Of(t.Context(), f)
		if err != nil || !ok || shown.Before == nil || shown.Before.ID != before.ID || shown.Statement.ID != now.ID || len(shown.Kinds) != 2 {
			t.Fatalf("the draft shows %+v, %v, %v", shown, ok, err)
		}
		steps := means.Compare(shown.Before.Data, shown.Statement.Data)
		if len(steps) != 1 || steps[0].Same() || steps[0].After.Amount.Low != money.Yuan(1800) {
			t.Errorf("steps %+v", steps)
		}
		_, facts, err := w.Filings.Get(t.Context(), a, f.ID)
		if err != nil || strings.Join(facts["change"].Choices, " ") != "illness job" {
			t.Errorf("facts %v, %v", facts, err)
		}
		if _, open, err := w.Means.Changing(t.Context(), a); err != nil || open {
			t.Errorf("the change is still open: %v", err)
		}
	})
}

// TestReminders: asked on the day and not before, not when the statement was renewed meanwhile, never again when it was ended.
func TestReminders(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := apptest.New(t, db)
		a := w.Debtor(t, "13812346071")
		now := save(t, w, a, 0, ready)
		if err := w.Means.Remind(t.Context(), a, 4); fail.KindOf(err) != fail.KindInvalid {
			t.Errorf("every four months gave %v", err)
		}
		if err := w.Means.Remind(t.Context(), a, 3); err != nil {
			t.Fatal(err)
		}
		sweep := func(want int, when string) {
			t.Helper()
			if n, err := w.Means.SweepReminders(t.Context()); err != nil || n != want {
				t.Errorf("%s: %d messages, want %d, %v", when, n, want, err)
			}
		}
		day := calendar.DateOf(w.Clock.Now()).AddMonths(3)
		w.Time.Add(day.AddDays(-1).StartUTC().Sub(w.Clock.Now()))
		sweep(0, "the day before")
		w.Time.Add(day.StartUTC().Sub(w.Clock.Now()))
		sweep(1, "on the day")
		sweep(0, "a second time")
		now = save(t, w, a, now.Version, func(d *means.Data) error { d.Put(wage("w", 10)); return nil })
		w.Time.Add(day.AddMonths(3).StartUTC().Sub(w.Clock.Now()))
		sweep(1, "three months after a renewal on the same day")
		save(t, w, a, now.Version, func(d *means.Data) error { d.Put(wage("w", 20)); return nil })
		if err := w.Means.Remind(t.Context(), a, 0); err != nil {
			t.Fatal(err)
		}
		w.Time.Add(day.AddMonths(12).StartUTC().Sub(w.Clock.Now()))
		sweep(0, "after never")
	})
}
