package filing_test

import (
	"bytes"
	"testing"

	"reliefportal/app/account"
	"reliefportal/app/apptest"
	"reliefportal/app/document"
	"reliefportal/app/fail"
	"reliefportal/app/filing"
	"reliefportal/app/review"
	"reliefportal/app/store"
	"reliefportal/app/store/storetest"
)

const aPaper = "%PDF-1.4\n1 0 obj\n<</Type/Catalog>>\nendobj\ntrailer\n<</Root 1 0 R>>\nstartxref\n9\n%%EOF\n"

// add hands a paper in of somebody's own accord.
func add(t *testing.T, w *apptest.World, who account.Actor, id string) error {
	t.Helper()
	_, _, err := w.Documents.Add(t.Context(), who, document.Adding{Token: store.NewID(), Attachment: document.Attachment{FilingID: id, Paper: "photo",
		Files: []document.Incoming{{Name: "诊断.pdf", Size: -1, Body: bytes.NewReader([]byte(aPaper))}}}})
	return err
}

// now is the filing as the actor sees it.
func now(t *testing.T, w *apptest.World, a account.Actor, id string) filing.Filing {
	t.Helper()
	f, _, err := w.Filings.Get(t.Context(), a, id)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// TestPapersOfOnesOwnAccord: they are taken from receipt until the decision, by the person whose filing it is; no clock moves; a decision written
// before they came is not taken; the flag goes when the body has looked, and with the end of the filing.
func TestPapersOfOnesOwnAccord(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := apptest.New(t, db)
		who, other, lian, judge := w.Debtor(t, "13800006071"), w.Debtor(t, "13800006072"), w.Staff(t, "nanshan.lian"), w.Staff(t, "nanshan.shen1")
		kind := func(err error) fail.Kind { return fail.KindOf(err) }
		if err := add(t, w, who, draft(t, w, who, "R01", answers()).ID); kind(err) != fail.KindConflict {
			t.Errorf("to a draft: %v", err)
		}
		f := filed(t, w, who, "R01", answers())
		if err := add(t, w, other, f.ID); kind(err) != fail.KindNotFound {
			t.Errorf("by somebody else: %v", err)
		}
		if err := add(t, w, lian, f.ID); kind(err) != fail.KindNotFound {
			t.Errorf("by the body: %v", err)
		}
		due := f.NextDueAt
		if err := add(t, w, who, f.ID); err != nil {
			t.Fatal(err)
		}
		if f = now(t, w, lian, f.ID); f.PapersAddedAt == nil || !f.NextDueAt.Equal(*due) {
			t.Errorf("flag %v, due %v, was %v", f.PapersAddedAt, f.NextDueAt, due)
		}
		seen(t, w, lian, who, f)
		f = decidedAround(t, w, who, lian, judge, now(t, w, lian, f.ID))
		if err := add(t, w, who, f.ID); kind(err) != fail.KindConflict {
			t.Errorf("after the decision: %v", err)
		}
		f, err := w.Reviews.Serve(t.Context(), judge, f.ID, f.Version, review.ServedInPerson, date("2026-11-02"))
		if err != nil || f.PapersAddedAt != nil {
			t.Errorf("a flag on what has ended: %v, %v", f.PapersAddedAt, err)
		}
		if err := add(t, w, who, f.ID); kind(err) != fail.KindConflict {
			t.Errorf("after the end: %v", err)
		}
	})
}

// seen takes the flag off: only by the body, only once, only at the version shown.
func seen(t *testing.T, w *apptest.World, clerk, who account.Actor, f filing.Filing) {
	t.Helper()
	if _, err := w.Filings.SeePapers(t.Context(), who, f.ID, f.Version); fail.KindOf(err) != fail.KindNotFound {
		t.Errorf("seen by the debtor: %v", err)
	}
	if _, err := w.Filings.SeePapers(t.Context(), clerk, f.ID, f.Version-1); fail.KindOf(err) != fail.KindConflict {
		t.Errorf("seen on an old page: %v", err)
	}
	f, err := w.Filings.SeePapers(t.Context(), clerk, f.ID, f.Version)
	if err != nil || f.PapersAddedAt != nil {
		t.Errorf("%+v, %v", f.PapersAddedAt, err)
	}
	if _, err := w.Filings.SeePapers(t.Context(), clerk, f.ID, f.Version); fail.KindOf(err) != fail.KindConflict {
		t.Errorf("seen twice: %v", err)
	}
}

// decidedAround takes the filing to a decision; a paper comes while the judge writes it, so that he must look once more.
func decidedAround(t *testing.T, w *apptest.World, who, clerk, judge account.Actor, f filing.Filing) filing.Filing {
	t.Helper()
	f, err := w.Reviews.Accept(t.Context(), clerk, f.ID, f.Version, "")
	if err == nil {
		f, err = w.Reviews.Assign(t.Context(), clerk, f.ID, f.Version, judge.PersonID)
	}
	if err == nil {
		err = add(t, w, who, f.ID)
	}
	if err != nil {
		t.Fatal(err)
	}
	ruling := review.Ruling{Disposition: "rejected", Grounds: []string{"G01"}, Text: "账户里的钱不全是工资，已经留出生活费。"}
	if _, err := w.Reviews.Decide(t.Context(), judge, f.ID, f.Version, ruling); fail.KindOf(err) != fail.KindConflict {
		t.Errorf("decided without the paper that came: %v", err)
	}
	f, err = w.Reviews.Decide(t.Context(), judge, f.ID, now(t, w, judge, f.ID).Version, ruling)
	if err != nil {
		t.Fatal(err)
	}
	return f
}
