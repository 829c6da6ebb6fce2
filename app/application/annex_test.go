package application_test

import (
	"strings"
	"testing"
	"time"

	"reliefportal/app/apptest"
	"reliefportal/app/assist"
	"reliefportal/app/calendar"
	"reliefportal/app/filing"
	"reliefportal/app/i18n"
	"reliefportal/app/means"
	"reliefportal/app/outage"
	"reliefportal/app/store"
	"reliefportal/app/store/storetest"
)

// TestWhoActsAndWhatFailed: a representative stands among the parties, and a failure of the portal that struck the draft is said, as they were
// when the filing was handed over: ending the representation later changes nothing.
func TestWhoActsAndWhatFailed(t *testing.T) {
	w := apptest.New(t, storetest.SQLite(t))
	who, helper := w.Debtor(t, "13800006071"), w.Debtor(t, "13800006072")
	p := w.Packs.On(calendar.Today(w.Clock))
	r, _ := p.Remedy("R05")
	f, err := w.Filings.Start(t.Context(), who, filing.StartInput{Remedy: "R05", Facts: worked(t, p, r), Lang: i18n.Chinese, Token: store.NewID()})
	if err != nil {
		t.Fatal(err)
	}
	rep, err := w.Assist.Invite(t.Context(), who, f.ID, assist.Invitation{Capacity: assist.Capacities()[0].Code, Label: "表哥"})
	if err != nil {
		t.Fatal(err)
	}
	invited, err := w.Assist.Representatives(t.Context(), f, who)
	if err != nil || len(invited) != 1 {
		t.Fatalf("%d invitations: %v", len(invited), err)
	}
	if _, err := w.Assist.Accept(t.Context(), helper, invited[0].Code, "周代理"); err != nil {
		t.Fatal(err)
	}
	w.Outages.Note(outage.Failure{Kind: outage.Save, FilingID: f.ID, PersonID: who.PersonID, At: w.Clock.Now()})
	if err := w.Outages.Beat(t.Context()); err != nil {
		t.Fatal(err)
	}
	w.Time.Add(time.Minute)
	if f, _, err = w.Filings.Get(t.Context(), who, f.ID); err != nil {
		t.Fatal(err)
	}
	in := filing.SubmitInput{Version: f.Version, Key: f.SubmitKey, Declared: true}
	if f, _, err = w.Filings.Submit(t.Context(), who, f.ID, in); err != nil {
		t.Fatal(err)
	}
	w.Time.Add(time.Minute)
	if err := w.Assist.EndRepresentation(t.Context(), who, f.ID, rep.ID); err != nil {
		t.Fatal(err)
	}
	w.Work(t)
	_, pdf := kept(t, w, f.ID)
	got := strings.Join(pagesOf(t, pdf), "")
	for _, want := range []string{"代理人周代理（" + assist.Capacities()[0].Name.Zh + "）", "网站故障的说明"} {
		if !strings.Contains(got, squeezed(want)) {
			t.Errorf("the paper does not say %q: %s", want, got)
		}
	}
}

// TestMeansStandInTheApplication: the statement a filing shows stands in it line by line, as it was when it was handed over.
func TestMeansStandInTheApplication(t *testing.T) {
	w := apptest.New(t, storetest.SQLite(t))
	who := w.Debtor(t, "13800006071")
	p := w.Packs.On(calendar.Today(w.Clock))
	r, _ := p.Remedy("R11")
	f, err := w.Filings.Start(t.Context(), who, filing.StartInput{Remedy: "R11", Facts: worked(t, p, r), Lang: i18n.Chinese, Token: store.NewID()})
	if err != nil {
		t.Fatal(err)
	}
	example := means.ExampleData(p, p.Means.Examples[0])
	example.Household = "alone"
	if _, err := w.Means.Save(t.Context(), who, 0, func(d *means.Data) error { *d = example; return nil }); err != nil {
		t.Fatal(err)
	}
	if err := w.Means.Attach(t.Context(), who, f.ID, f.Version); err != nil {
		t.Fatal(err)
	}
	if f, _, err = w.Filings.Get(t.Context(), who, f.ID); err != nil {
		t.Fatal(err)
	}
	if f, _, err = w.Filings.Submit(t.Context(), who, f.ID, filing.SubmitInput{Version: f.Version, Key: f.SubmitKey, Declared: true}); err != nil {
		t.Fatal(err)
	}
	w.Work(t)
	sheet, err := means.SheetOf(p, example, calendar.Today(w.Clock), i18n.Chinese)
	if err != nil {
		t.Fatal(err)
	}
	_, pdf := kept(t, w, f.ID)
	got := strings.Join(pagesOf(t, pdf), "")
	if !strings.Contains(got, squeezed(sheet.Say)) {
		t.Errorf("the paper does not say %q", sheet.Say)
	}
	lines := 0
	for _, table := range sheet.Tables {
		for _, l := range table.Lines {
			lines++
			for _, want := range []string{l.Name, l.Stated, l.Why, l.Sum} {
				if !strings.Contains(got, squeezed(want)) {
					t.Errorf("%s: the paper does not say %q", table.Title, want)
				}
			}
		}
	}
	if lines < 5 {
		t.Errorf("the example has %d lines", lines)
	}
}
