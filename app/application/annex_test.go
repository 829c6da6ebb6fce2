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
	w.Outages.Note(outage.Failure{Kind: outage.Save, FilingID: f.ID, At: w.Clock.Now()})
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
