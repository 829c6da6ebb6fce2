package privacy_test

import (
	"strings"
	"testing"
	"time"

	"reliefportal/app/account"
	"reliefportal/app/audit"
	"reliefportal/app/calendar"
	"reliefportal/app/privacy"
)

// TestErasedAtOnce: what nobody else needs is really gone, rows and bytes; what was filed stands whole.
func TestErasedAtOnce(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx, me := t.Context(), w.who.PersonID
		w.exported(t)
		before := w.files(t)
		parts := []privacy.Part{privacy.PartDrafts, privacy.PartMeans, privacy.PartWishes, privacy.PartRestrictions, privacy.PartAppraisals, privacy.PartExports}
		if err := w.Privacy.AskErasure(ctx, w.who, parts); err != nil {
			t.Fatal(err)
		}
		if err := w.Privacy.AskErasure(ctx, w.who, parts[:1]); err != nil {
			t.Errorf("asked twice: %v", err)
		}
		w.Work(t)
		for table, where := range map[string]string{"filing": "person_id = ? AND ref IS NULL", "means_statement": "person_id = ?", "safe_contact": "person_id = ?",
			"restriction": "person_id = ?", "data_export": "person_id = ?", "erasure": "person_id = ? AND state <> 'erased'"} {
			if n := w.count(t, table, where, me); n != 0 {
				t.Errorf("%s still has %d rows", table, n)
			}
		}
		if n := w.count(t, "document", "filing_id = ?", w.draft.ID); n != 0 {
			t.Errorf("the draft still has %d documents", n)
		}
		if after := w.files(t); after != before-1 {
			t.Errorf("%d files before, %d after: one of the draft should be gone", before, after)
		}
		if _, facts, err := w.Filings.Get(ctx, w.who, w.filed.ID); err != nil || facts["what_happened"].Text != canary {
			t.Errorf("what was filed: %v", err)
		}
		if n := w.count(t, "erasure", "person_id = ? AND state = 'erased'", me); n != int64(len(parts)) {
			t.Errorf("%d requests are done, want %d", n, len(parts))
		}
		if n := w.count(t, "notice", "person_id = ? AND kind = 'erased'", me); n != 0 {
			t.Error("a message went out after the wishes were gone")
		}
		w.recordIsClean(t)
	})
}

// recordIsClean: the record says that something was erased, and nothing that stood in it.
func (w *world) recordIsClean(t *testing.T) {
	t.Helper()
	events, err := audit.List(t.Context(), w.DB, audit.Subject{Type: account.SubjectPerson, ID: w.who.PersonID})
	if err != nil {
		t.Fatal(err)
	}
	erased := 0
	for _, e := range events {
		if e.Kind == "erasure.erased" {
			erased++
		}
		if strings.Contains(e.Data, "林晓芸") || strings.Contains(e.Data, phone) || strings.Contains(e.Data, draftly) {
			t.Errorf("the record keeps what was erased: %s", e.Data)
		}
	}
	if erased == 0 {
		t.Error("the record does not say that anything was erased")
	}
}

// TestOpenFilingBlocksTheAccount: while a body must be able to reach the person his account stays, at the time of asking and of granting.
func TestOpenFilingBlocksTheAccount(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx, admin := t.Context(), w.Staff(t, "guanli")
		ask := []privacy.Part{privacy.PartAccount}
		if err := w.Privacy.AskErasure(ctx, w.who, ask); key(err) != "parts erase.blocked_open_filing" {
			t.Fatalf("with an open filing: %v", err)
		}
		w.close(t)
		if err := w.Privacy.AskErasure(ctx, w.who, ask); err != nil {
			t.Fatal(err)
		}
		e := w.pending(t, admin)
		late := w.draft
		if _, _, err := w.Filings.Submit(ctx, w.who, late.ID, submitOf(t, w, late.ID)); err != nil {
			t.Fatal(err)
		}
		if err := w.Privacy.AnswerErasure(ctx, admin, e.ID, e.Version, privacy.Answer{Grant: true}); key(err) != "erase.blocked_open_filing" {
			t.Errorf("granted with an open filing: %v", err)
		}
		if n := w.count(t, "contact", "person_id = ?", w.who.PersonID); n != 1 {
			t.Errorf("%d contacts are left", n)
		}
	})
}

// TestGranted: the account goes with everything one signs in by; the filing stands without it, and the last message is deleted too.
func TestGranted(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx, admin, me := t.Context(), w.Staff(t, "guanli"), w.who.PersonID
		w.close(t)
		if err := w.Privacy.AskErasure(ctx, w.who, []privacy.Part{privacy.PartAccount, privacy.PartCalls}); err != nil {
			t.Fatal(err)
		}
		all, err := w.Privacy.Pending(ctx, admin)
		if err != nil || len(all) != 2 {
			t.Fatalf("%d wait, %v", len(all), err)
		}
		for _, e := range all {
			if want := calendar.NewDate(2026, 11, 23); *e.DueOn != want { // asked on Monday 2 November: 15 working days
				t.Errorf("%s is due on %v, want %v", e.Part, e.DueOn, want)
			}
			if err := w.Privacy.AnswerErasure(ctx, w.who, e.ID, e.Version, privacy.Answer{Grant: true}); key(err) != "not found" {
				t.Errorf("the person granted it himself: %v", err)
			}
			if err := w.Privacy.AnswerErasure(ctx, admin, e.ID, e.Version, privacy.Answer{Grant: true}); err != nil {
				t.Errorf("%s: %v", e.Part, err)
			}
			if err := w.Privacy.AnswerErasure(ctx, admin, e.ID, e.Version, privacy.Answer{Grant: true}); key(err) != "not found" {
				t.Errorf("%s answered twice: %v", e.Part, err)
			}
		}
		w.Work(t)
		if n := w.count(t, "contact", "person_id = ?", me) + w.count(t, "person", "id = ? AND name_sealed IS NOT NULL", me) + w.count(t, "session", "person_id = ?", me); n != 0 {
			t.Errorf("%d traces of the account are left", n)
		}
		w.Time.Add(time.Minute)
		if fresh := w.Debtor(t, phone); fresh.PersonID == me {
			t.Error("the number still opens the old account")
		}
		if n := w.count(t, "filing", "id = ? AND ref IS NOT NULL", w.filed.ID); n != 1 {
			t.Error("what was filed is gone")
		}
		if n := w.count(t, "notice", "kind = 'account_erased'"); n != 1 {
			t.Errorf("%d last messages", n)
		}
		w.Time.Add(25 * time.Hour)
		if err := w.Notices.Sweep(ctx); err != nil {
			t.Fatal(err)
		}
		if n := w.count(t, "notice", "kind = 'account_erased'"); n != 0 {
			t.Error("the last message is still there after a day")
		}
		w.recordIsClean(t)
	})
}

// TestRefused: a refusal has a reason of the list, and the person is told.
func TestRefused(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx, admin := t.Context(), w.Staff(t, "guanli")
		if err := w.Privacy.AskErasure(ctx, w.who, []privacy.Part{privacy.PartCalls}); err != nil {
			t.Fatal(err)
		}
		e := w.pending(t, admin)
		for _, wrong := range []privacy.Reason{"", "because"} {
			if err := w.Privacy.AnswerErasure(ctx, admin, e.ID, e.Version, privacy.Answer{Reason: wrong}); key(err) != "reason answer.choose" {
				t.Errorf("reason %q: %v", wrong, err)
			}
		}
		if err := w.Privacy.AnswerErasure(ctx, admin, e.ID, e.Version+1, privacy.Answer{Reason: privacy.OpenMatter}); key(err) != "erase.stale" {
			t.Errorf("an old page: %v", err)
		}
		if err := w.Privacy.AnswerErasure(ctx, admin, e.ID, e.Version, privacy.Answer{Reason: privacy.OpenMatter}); err != nil {
			t.Fatal(err)
		}
		mine, err := w.Privacy.Erasures(ctx, w.who)
		if err != nil || len(mine) != 1 || mine[0].State != privacy.NotErased || mine[0].Reason != privacy.OpenMatter {
			t.Errorf("the person sees %+v, %v", mine, err)
		}
		if n := w.count(t, "notice", "person_id = ? AND kind = 'erase_refused'", w.who.PersonID); n != 1 {
			t.Errorf("told %d times", n)
		}
	})
}

// TestNobodyElseErases: not staff who type, not another person, not an administrator of his own accord.
func TestNobodyElseErases(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		helped := w.who
		helped.By = &account.Helper{PersonID: w.Staff(t, "bangzhu.1").PersonID, FilingID: w.draft.ID}
		for name, a := range map[string]account.Actor{"staff who type for him": helped, "an administrator": w.Staff(t, "guanli")} {
			if err := w.Privacy.AskErasure(t.Context(), a, []privacy.Part{privacy.PartDrafts}); key(err) != "not found" {
				t.Errorf("%s: %v", name, err)
			}
		}
		if _, err := w.Privacy.Pending(t.Context(), w.Staff(t, "nanshan.lian")); key(err) != "not found" {
			t.Errorf("docketing staff read the requests: %v", err)
		}
		for _, parts := range [][]privacy.Part{nil, {"everything"}} {
			if err := w.Privacy.AskErasure(t.Context(), w.who, parts); key(err) != "parts erase.choose" {
				t.Errorf("%v: %v", parts, err)
			}
		}
	})
}
