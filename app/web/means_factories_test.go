package web_test

import (
	"testing"

	"reliefportal/app/filing"
	"reliefportal/app/means"
	"reliefportal/app/reckon"
	"reliefportal/app/rules"
	"reliefportal/app/store"
	"reliefportal/app/web/kit"
)

func init() {
	samples["group"], samples["kind"] = "income", "wage"
	factories[kit.MeansLine] = makeMeansLine
	// A line of a means statement is nobody's but the person's own: every statement is looked up by who asks.
	sees[kit.MeansLine] = func(_ *world, p *person, _ kit.Route, rel relation) bool {
		return p.name == map[relation]string{own: "debtor", other: "other debtor"}[rel]
	}
}

// makeMeansLine adds a line to the means statement of a side's debtor.
func makeMeansLine(t *testing.T, w *world, route kit.Route, rel relation) map[string]string {
	t.Helper()
	params := w.sample(route)
	params["line"] = store.NewID()
	if rel == nobodys {
		return params
	}
	a := w.person(sides[rel].debtor).actor
	now, err := w.Means.Current(t.Context(), a)
	if err != nil {
		t.Fatal(err)
	}
	_, err = w.Means.Save(t.Context(), a, now.Version, func(d *means.Data) error {
		d.Put(means.Line{ID: params["line"], Group: rules.MeansIncome, Kind: "wage", Amount: means.Sum(500000), Every: reckon.Monthly})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return params
}

// withMeans makes a filing that shows its debtor's means statement.
func (w *world) withMeans(t *testing.T, s side) filing.Filing {
	t.Helper()
	a := w.person(s.debtor).actor
	now, err := w.Means.Current(t.Context(), a)
	if err != nil {
		t.Fatal(err)
	}
	if _, err = w.Means.Save(t.Context(), a, now.Version, func(d *means.Data) error {
		d.Household, d.Order.How, d.Done = "alone", means.TakesNothing, []rules.MeansGroup{rules.MeansIncome, rules.MeansCosts}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	f := w.draft(t, s, answers(s))
	if err := w.Means.Attach(t.Context(), a, f.ID, f.Version); err != nil {
		t.Fatal(err)
	}
	return w.submit(t, s, f.ID)
}
