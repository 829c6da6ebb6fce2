package assist_test

import (
	"strings"
	"testing"
	"time"

	"reliefportal/app/account"
	"reliefportal/app/apptest"
	"reliefportal/app/assist"
	"reliefportal/app/audit"
	"reliefportal/app/filing"
	"reliefportal/app/rules"
	"reliefportal/app/store"
	"reliefportal/app/store/storetest"
)

// open begins a session in which the person reads out the code he was sent.
func open(t *testing.T, w *apptest.World, who account.Actor, contact string) assist.Session {
	t.Helper()
	code := spoken(t, w, who, contact)
	sess, err := w.Assist.Open(t.Context(), who, contact, code, account.ByPhone)
	if err != nil {
		t.Fatal(err)
	}
	return sess
}

// spoken sends a helping code and reads it from the outbox.
func spoken(t *testing.T, w *apptest.World, who account.Actor, contact string) string {
	t.Helper()
	if err := w.Accounts.RequestHelpCode(t.Context(), who, contact, "法律援助热线", "zh-Hans"); err != nil {
		t.Fatal(err)
	}
	messages, err := w.Outbox(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range messages {
		if _, after, ok := strings.Cut(m.Body, "协助码 "); ok && strings.HasSuffix(m.To, contact) {
			return after[:8]
		}
	}
	t.Fatalf("no helping code for %s", contact)
	return ""
}

func acting(t *testing.T, w *apptest.World, who account.Actor) account.Actor {
	t.Helper()
	a, ok, err := w.Assist.Acting(t.Context(), who, true)
	if err != nil || !ok {
		t.Fatalf("nobody is helped: %v %v", ok, err)
	}
	return a
}

func TestStaffTypeForAPersonAndTheRecordSaysSo(t *testing.T) {
	each(t, func(t *testing.T, w *apptest.World) {
		helper := staff(t, w, "bangzhu.1")
		sess := open(t, w, helper, phone)
		f, err := w.Assist.Begin(t.Context(), helper, "R01", store.NewID())
		if err != nil {
			t.Fatal(err)
		}
		hand := acting(t, w, helper)
		if f, err = w.Filings.Answer(t.Context(), hand, f.ID, f.Version, answers()); err != nil {
			t.Fatal(err)
		}
		in := filing.SubmitInput{Version: f.Version, Key: f.SubmitKey, Declared: true}
		if _, _, err := w.Filings.Submit(t.Context(), hand, f.ID, in); key(err) != "readback.made_empty" {
			t.Errorf("handed in without saying how the statement was made: %v", err)
		}
		in.Made = filing.MadeOrally
		if f, _, err = w.Filings.Submit(t.Context(), hand, f.ID, in); err != nil {
			t.Fatal(err)
		}
		var sub filing.Submission
		if err := w.DB.Read(t.Context()).Where("filing_id = ?", f.ID).Take(&sub).Error; err != nil || sub.Made != filing.MadeOrally || sub.MadeTo == nil || *sub.MadeTo != helper.PersonID {
			t.Errorf("submission %+v: %v", sub, err)
		}
		events, err := audit.List(t.Context(), w.DB, audit.Subject{Type: "filing", ID: f.ID})
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range events {
			if e.Actor.Kind == string(account.Debtor) || e.Actor.ID == sess.PersonID {
				t.Errorf("the record says that the person did %s", e.Kind)
			}
			if e.Kind == "filing.submit" && (e.Actor.ID != helper.PersonID || e.Actor.Role != string(account.AssistRole)) {
				t.Errorf("handed in by %+v", e.Actor)
			}
		}
		w.Time.Add(time.Second) // so that of the two messages to him the newer one is known
		owner := w.Debtor(t, phone)
		if got, _, err := w.Filings.Get(t.Context(), owner, f.ID); err != nil || got.PersonID != owner.PersonID {
			t.Errorf("the person does not see it: %v", err)
		}
	})
}

// The helping code opens a session and nothing else, and only for the member of staff, in the sign-in, that asked for it.
func TestHelpingCodes(t *testing.T) {
	each(t, func(t *testing.T, w *apptest.World) {
		helper, clerk := staff(t, w, "bangzhu.1"), staff(t, w, "nanshan.lian")
		code := spoken(t, w, helper, phone)
		if _, err := w.Accounts.VerifyCode(t.Context(), phone, code, "a browser"); key(err) != "signin.code_expired" {
			t.Errorf("the code signs somebody in: %v", err)
		}
		if _, err := w.Assist.Open(t.Context(), clerk, phone, code, account.ByPhone); key(err) != "signin.code_expired" {
			t.Errorf("another member of staff uses the code: %v", err)
		}
		elsewhere := helper
		elsewhere.SessionID = "another browser"
		if _, err := w.Assist.Open(t.Context(), elsewhere, phone, code, account.ByPhone); key(err) != "signin.code_expired" {
			t.Errorf("another browser uses the code: %v", err)
		}
		if _, err := w.Assist.Open(t.Context(), staff(t, w, "nanshan.shen1"), phone, code, account.ByPhone); key(err) != "not found" {
			t.Errorf("a reviewer helps: %v", err)
		}
		if _, err := w.Assist.Open(t.Context(), helper, phone, code, account.ByPhone); err != nil {
			t.Error(err)
		}
		if _, err := w.Assist.Open(t.Context(), helper, phone, code, account.ByPhone); key(err) != "signin.code_expired" {
			t.Errorf("the code works twice: %v", err)
		}
	})
}

// A session ends by the button, by the next one, and when nothing was saved for half an hour; afterwards nothing is seen.
func TestSessionEnds(t *testing.T) {
	for name, c := range map[string]struct {
		do   func(t *testing.T, w *apptest.World, helper account.Actor)
		open bool
	}{
		"29:59 without saving": {func(_ *testing.T, w *apptest.World, _ account.Actor) { w.Time.Add(assist.SessionIdle - time.Second) }, true},
		"30:00 without saving": {func(_ *testing.T, w *apptest.World, _ account.Actor) { w.Time.Add(assist.SessionIdle) }, false},
		"saved meanwhile": {func(t *testing.T, w *apptest.World, helper account.Actor) {
			w.Time.Add(20 * time.Minute)
			acting(t, w, helper)
			w.Time.Add(20 * time.Minute)
		}, true},
		"the button": {func(t *testing.T, w *apptest.World, helper account.Actor) {
			if err := w.Assist.End(t.Context(), helper); err != nil {
				t.Fatal(err)
			}
		}, false},
	} {
		t.Run(name, func(t *testing.T) {
			w := apptest.New(t, storetest.SQLite(t))
			helper := staff(t, w, "bangzhu.1")
			open(t, w, helper, phone)
			f, err := w.Assist.Begin(t.Context(), helper, "R01", store.NewID())
			if err != nil {
				t.Fatal(err)
			}
			c.do(t, w, helper)
			a, ok, err := w.Assist.Acting(t.Context(), helper, false)
			if err != nil || ok != c.open {
				t.Fatalf("open %v, want %v: %v", ok, c.open, err)
			}
			if ok {
				_, _, err = w.Filings.Get(t.Context(), a, f.ID)
			}
			if err != nil {
				t.Error(err)
			}
			if err := w.Assist.Sweep(t.Context()); err != nil {
				t.Fatal(err)
			}
			var left int64
			if err := w.DB.Read(t.Context()).Model(&assist.Session{}).Where("ended_at IS NULL").Count(&left).Error; err != nil || (left == 1) != c.open {
				t.Errorf("%d sessions are open after the sweep: %v", left, err)
			}
		})
	}
}

// Whoever typed never reviews; a colleague may.
func TestWhoTypedNeverReviews(t *testing.T) {
	each(t, func(t *testing.T, w *apptest.World) {
		clerk, reviewer := staff(t, w, "nanshan.lian"), staff(t, w, "nanshan.shen1")
		// The clerk takes up review work later.
		grant := account.NewGrant{Grant: account.Grant{Role: account.RoleReviewer, BodyID: w.Directory.BodyID(t.Context(), court)}, From: reviewerSince}
		if err := w.Accounts.AddGrant(t.Context(), account.System(), clerk.PersonID, grant); err != nil {
			t.Fatal(err)
		}
		clerk = staff(t, w, "nanshan.lian")
		owner := w.Debtor(t, phone)
		f := draft(t, w, owner)
		code, _, err := w.Assist.IssueBooklet(t.Context(), owner, f.ID)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Assist.OpenBooklet(t.Context(), clerk, code); err != nil {
			t.Fatal(err)
		}
		if f, _, err = w.Filings.Submit(t.Context(), owner, f.ID, filing.SubmitInput{Version: f.Version, Key: f.SubmitKey, Declared: true}); err != nil {
			t.Fatal(err)
		}
		if f, err = w.Reviews.Accept(t.Context(), clerk, f.ID, f.Version, ""); err != nil {
			t.Fatal(err)
		}
		if _, err := w.Reviews.Assign(t.Context(), clerk, f.ID, f.Version, clerk.PersonID); key(err) != "review.barred.assisted" {
			t.Errorf("who typed is given the review: %v", err)
		}
		if _, err := w.Reviews.Assign(t.Context(), clerk, f.ID, f.Version, reviewer.PersonID); err != nil {
			t.Errorf("a colleague: %v", err)
		}
	})
}

func TestPaperPersonIsHelpedAtTheCounter(t *testing.T) {
	each(t, func(t *testing.T, w *apptest.World) {
		clerk := staff(t, w, "nanshan.lian")
		if _, err := w.Assist.OpenOnPaper(t.Context(), clerk, "  ", "zh-Hans"); key(err) != "account.name_empty" {
			t.Errorf("somebody without a name: %v", err)
		}
		sess, err := w.Assist.OpenOnPaper(t.Context(), clerk, "陈桂芳", "zh-Hans")
		if err != nil || sess.How != account.AtCounter {
			t.Fatal(sess, err)
		}
		f, err := w.Assist.Begin(t.Context(), clerk, "R01", store.NewID())
		if err != nil {
			t.Fatal(err)
		}
		facts := answers()
		facts[filing.FactApplicant] = rules.Said("陈桂芳")
		if f, err = w.Filings.Answer(t.Context(), acting(t, w, clerk), f.ID, f.Version, facts); err != nil {
			t.Fatal(err)
		}
		f, _, err = w.Filings.Submit(t.Context(), acting(t, w, clerk), f.ID, filing.SubmitInput{Version: f.Version, Key: f.SubmitKey, Declared: true, Made: filing.MadePaper})
		if err != nil || f.Code() == "" {
			t.Fatalf("somebody who can be told on paper only: %v", err)
		}
	})
}

// While staff type for a person they can take nothing back and begin nothing that follows.
func TestStaffWhoTypeCannotWithdraw(t *testing.T) {
	w := apptest.New(t, storetest.SQLite(t))
	helper := staff(t, w, "bangzhu.1")
	open(t, w, helper, phone)
	f, err := w.Assist.Begin(t.Context(), helper, "R01", store.NewID())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Filings.Withdraw(t.Context(), acting(t, w, helper), f.ID, f.Version); key(err) != "helper.no_power" {
		t.Errorf("withdrawn by who types: %v", err)
	}
}
