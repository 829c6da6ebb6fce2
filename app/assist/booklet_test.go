package assist_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"

	"reliefportal/app/account"
	"reliefportal/app/apptest"
	"reliefportal/app/filing"
	"reliefportal/app/rules"
	"reliefportal/app/store/storetest"
)

func TestBookletIsContinuedAtTheCounter(t *testing.T) {
	each(t, func(t *testing.T, w *apptest.World) {
		owner, clerk := w.Debtor(t, phone), staff(t, w, "nanshan.lian")
		f, second := draft(t, w, owner), draft(t, w, owner)
		code, expires, err := w.Assist.IssueBooklet(t.Context(), owner, f.ID)
		if err != nil || len(code) != 11 || !expires.Equal(*f.DraftExpiresAt) {
			t.Fatalf("code %q until %s: %v", code, expires, err)
		}
		sess, err := w.Assist.OpenBooklet(t.Context(), clerk, " "+strings.ToLower(strings.Replace(code, "-", " – ", 1)))
		if err != nil || sess.Filing() != f.ID || sess.How != account.ByBooklet {
			t.Fatalf("session %+v: %v", sess, err)
		}
		acting, ok, err := w.Assist.Acting(t.Context(), clerk, true)
		if err != nil || !ok {
			t.Fatal(ok, err)
		}
		next, err := w.Filings.Answer(t.Context(), acting, f.ID, f.Version, rules.Facts{"request": rules.Said("请解除对工资卡的冻结。")})
		if err != nil {
			t.Fatal(err)
		}
		if _, _, err := w.Filings.Get(t.Context(), acting, second.ID); key(err) != "not found" {
			t.Errorf("the clerk sees another draft of the person: %v", err)
		}
		if _, facts, err := w.Filings.Get(t.Context(), owner, next.ID); err != nil || facts["request"].Text != "请解除对工资卡的冻结。" {
			t.Errorf("the person reads %q: %v", facts["request"].Text, err)
		}
		typed, err := w.Assist.Typists(t.Context(), f.ID)
		if e := typed["request"]; err != nil || e.ByID != clerk.PersonID || e.How != "booklet" || e.Page == "" {
			t.Errorf("typed by %+v: %v", e, err)
		}
	})
}

func TestBookletCodes(t *testing.T) {
	each(t, func(t *testing.T, w *apptest.World) {
		owner, other, clerk := w.Debtor(t, phone), w.Debtor(t, "13900139000"), staff(t, w, "nanshan.lian")
		f := draft(t, w, owner)
		if _, _, err := w.Assist.IssueBooklet(t.Context(), other, f.ID); key(err) != "not found" {
			t.Errorf("somebody else's draft gets a code: %v", err)
		}
		first, _, err := w.Assist.IssueBooklet(t.Context(), owner, f.ID)
		if err != nil {
			t.Fatal(err)
		}
		second, _, err := w.Assist.IssueBooklet(t.Context(), owner, f.ID)
		if err != nil || second == first {
			t.Fatal(second, err)
		}
		for what, want := range map[string]string{first: "helper.code_unknown", "ABCDE": "helper.code_shape", "OOOOO-IIIII": "helper.code_shape", second: ""} {
			if _, err := w.Assist.OpenBooklet(t.Context(), clerk, what); key(err) != want {
				t.Errorf("%s: %v, want %q", what, err, want)
			}
		}
		if _, err := w.Assist.OpenBooklet(t.Context(), staff(t, w, "nanshan.shen1"), second); key(err) != "not found" {
			t.Errorf("a reviewer opens a booklet: %v", err)
		}
		var rows []map[string]any
		if err := w.DB.Read(t.Context()).Table("booklet_code").Find(&rows).Error; err != nil || len(rows) != 2 {
			t.Fatal(rows, err)
		}
		if kept := fmt.Sprintf("%s", rows); strings.Contains(kept, strings.ReplaceAll(second, "-", "")) || strings.Contains(kept, second) {
			t.Errorf("the code is kept in clear: %s", kept)
		}
	})
}

// The code lives as the draft does: to the second, and longer when the draft is touched; never after the draft was handed in.
func TestBookletLivesAsLongAsTheDraft(t *testing.T) {
	for name, c := range map[string]struct {
		do   func(t *testing.T, w *apptest.World, owner account.Actor, f filing.Filing)
		want string
	}{
		"a second before the end": {func(_ *testing.T, w *apptest.World, _ account.Actor, _ filing.Filing) {
			w.Time.Add(filing.DraftLife - time.Second)
		}, ""},
		"at the end": {func(_ *testing.T, w *apptest.World, _ account.Actor, _ filing.Filing) { w.Time.Add(filing.DraftLife) }, "helper.code_unknown"},
		"touched meanwhile": {func(t *testing.T, w *apptest.World, owner account.Actor, f filing.Filing) {
			w.Time.Add(time.Hour)
			if _, err := w.Filings.Answer(t.Context(), owner, f.ID, f.Version, rules.Facts{"moved": rules.Pick("no")}); err != nil {
				t.Fatal(err)
			}
			w.Time.Add(filing.DraftLife - time.Second)
		}, ""},
		"handed in": {func(t *testing.T, w *apptest.World, owner account.Actor, f filing.Filing) {
			if _, _, err := w.Filings.Submit(t.Context(), owner, f.ID, filing.SubmitInput{Version: f.Version, Key: f.SubmitKey, Declared: true}); err != nil {
				t.Fatal(err)
			}
		}, "helper.code_unknown"},
	} {
		t.Run(name, func(t *testing.T) {
			w := apptest.New(t, storetest.SQLite(t))
			owner, clerk := w.Debtor(t, phone), staff(t, w, "nanshan.lian")
			f := draft(t, w, owner)
			code, _, err := w.Assist.IssueBooklet(t.Context(), owner, f.ID)
			if err != nil {
				t.Fatal(err)
			}
			c.do(t, w, owner, f)
			if _, err := w.Assist.OpenBooklet(t.Context(), clerk, code); key(err) != c.want {
				t.Errorf("%v, want %q", err, c.want)
			}
		})
	}
}

func TestBookletCodesCannotBeTriedOut(t *testing.T) {
	each(t, func(t *testing.T, w *apptest.World) {
		owner, clerk := w.Debtor(t, phone), staff(t, w, "nanshan.lian")
		code, _, err := w.Assist.IssueBooklet(t.Context(), owner, draft(t, w, owner).ID)
		if err != nil {
			t.Fatal(err)
		}
		for range 10 {
			if _, err := w.Assist.OpenBooklet(t.Context(), clerk, "22222-22222"); key(err) != "helper.code_unknown" {
				t.Fatal(err)
			}
		}
		if _, err := w.Assist.OpenBooklet(t.Context(), clerk, code); key(err) != "helper.too_many" {
			t.Errorf("the eleventh try: %v", err)
		}
		w.Time.Add(17 * time.Minute) // the period, and one slice of it
		if _, err := w.Assist.OpenBooklet(t.Context(), clerk, code); err != nil {
			t.Errorf("after the pause: %v", err)
		}
	})
}

func TestCodesAreDrawnFromAllSigns(t *testing.T) {
	w := apptest.New(t, storetest.SQLite(t))
	owner := w.Debtor(t, phone)
	f := draft(t, w, owner)
	var all bytes.Buffer
	seen := map[string]bool{}
	for range 60 {
		code, _, err := w.Assist.IssueBooklet(t.Context(), owner, f.ID)
		if err != nil {
			t.Fatal(err)
		}
		seen[code] = true
		all.WriteString(code)
	}
	if len(seen) != 60 {
		t.Errorf("%d different codes of 60", len(seen))
	}
	if s := all.String(); strings.ContainsAny(s, "01OI") {
		t.Errorf("codes hold signs that are misread: %s", s)
	}
}
