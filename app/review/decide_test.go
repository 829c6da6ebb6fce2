package review_test

import (
	"strings"
	"sync"
	"testing"
	"time"

	"gorm.io/gorm"

	"reliefportal/app/account"
	"reliefportal/app/apptest"
	"reliefportal/app/calendar"
	"reliefportal/app/fail"
	"reliefportal/app/filing"
	"reliefportal/app/money"
	"reliefportal/app/review"
	"reliefportal/app/store"
	"reliefportal/app/store/storetest"
)

// underReview is an objection that a reviewer of Nanshan has.
func underReview(t *testing.T, w *apptest.World, contact, login string) (filing.Filing, account.Actor, account.Actor) {
	t.Helper()
	who, judge := w.Debtor(t, contact), w.Staff(t, login)
	f := accepted(t, w, filed(t, w, who))
	f, err := w.Reviews.Assign(t.Context(), judge, f.ID, f.Version, judge.PersonID)
	if err != nil {
		t.Fatal(err)
	}
	return f, who, judge
}

// TestFindingsBearTheOutcome reads like the rule: which findings go with which outcome.
func TestFindingsBearTheOutcome(t *testing.T) {
	w := apptest.New(t, storetest.SQLite(t))
	f, _, _ := underReview(t, w, "13800006071", "nanshan.shen1")
	is := func(pairs ...string) map[string]review.Finding {
		out := map[string]review.Finding{}
		for i := 0; i < len(pairs); i += 2 {
			out[pairs[i]] = review.Finding(pairs[i+1])
		}
		return out
	}
	for _, c := range []struct {
		outcome  string
		findings map[string]review.Finding
		want     string
	}{
		{"upheld", is("G02", "made"), ""},
		{"upheld", is("G02", "made", "G05", "not_made"), ""},
		{"upheld", is("G02", "not_made"), "decide.granted_on_nothing"},
		{"upheld", is("G02", "made", "G09", "made"), "decide.granted_against"},
		{"partly", is("G02", "partly", "G10", "made"), ""},
		{"partly", is("G10", "made"), "decide.partly_on_nothing"},
		{"rejected", is("G09", "made"), ""},
		{"rejected", is("G02", "not_made"), ""},
		{"rejected", is("G02", "not_made", "G10", "made"), ""},
		{"rejected", is("G02", "made", "G09", "made"), "decide.refused_though"},
		{"rejected", is("G02", "partly"), "decide.refused_though"},
		{"rejected", is("G09", "not_made"), "decide.odd_finding"},
		{"rejected", is("G02", "perhaps"), "answer.choose"},
	} {
		r := review.Ruling{Disposition: c.outcome, Findings: c.findings, Text: reasons}
		for code := range c.findings {
			r.Grounds = append(r.Grounds, code)
		}
		got := ""
		if e, ok := fail.As(w.Reviews.CheckRuling(f, filing.ActDecide, r)); ok && len(e.Fields) > 0 {
			got = e.Fields[0].Key
		}
		if got != c.want {
			t.Errorf("%s with %v: %q, want %q", c.outcome, c.findings, got, c.want)
		}
	}
}

func TestNumbersAreWhole(t *testing.T) {
	w := apptest.New(t, storetest.SQLite(t))
	f, _, _ := underReview(t, w, "13800006071", "nanshan.shen1")
	day := calendar.NewDate(2026, 12, 1)
	for _, c := range []struct {
		n  filing.Number
		ok bool
	}{
		{filing.Number{Kind: filing.NumberReserve, Fen: 1}, true},
		{filing.Number{Kind: filing.NumberReserve}, false},
		{filing.Number{Kind: filing.NumberInstalment, Fen: 50000, Times: 1, On: day}, true},
		{filing.Number{Kind: filing.NumberInstalment, Fen: 50000, Times: 360, On: day}, true},
		{filing.Number{Kind: filing.NumberInstalment, Fen: 50000, Times: 361, On: day}, false},
		{filing.Number{Kind: filing.NumberInstalment, Fen: 50000, On: day}, false},
		{filing.Number{Kind: filing.NumberInstalment, Fen: 50000, Times: 3}, false},
		{filing.Number{Kind: filing.NumberLifted, On: day}, true},
		{filing.Number{Kind: filing.NumberLifted}, false},
		{filing.Number{Kind: "nonsense", Fen: 1}, false},
	} {
		r := ruling("upheld")
		r.Numbers = []filing.Number{c.n}
		if err := w.Reviews.CheckRuling(f, filing.ActDecide, r); (err == nil) != c.ok {
			t.Errorf("%+v: %v", c.n, err)
		}
	}
}

// TestLetterIsKept: the paper says what was decided, is kept as it was signed, and its numbers are read by those who act on them.
func TestLetterIsKept(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx, w := t.Context(), apptest.New(t, db)
		f, who, judge := underReview(t, w, "13800006071", "nanshan.shen1")
		r := ruling("upheld")
		r.Numbers = []filing.Number{{Kind: filing.NumberReserve, Fen: money.Yuan(2500)}, {Kind: filing.NumberLifted, On: calendar.NewDate(2026, 11, 9)}}
		f, err := w.Reviews.Decide(ctx, judge, f.ID, f.Version, r)
		if err != nil {
			t.Fatal(err)
		}
		if none, err := filing.NumbersOf(db.Read(ctx), f.ID); err != nil || len(none) != 0 {
			t.Errorf("before service the numbers are %v, %v", none, err)
		}
		if f, err = w.Reviews.Serve(ctx, judge, f.ID, f.Version, review.ServedPost, calendar.Today(w.Clock)); err != nil {
			t.Fatal(err)
		}
		_, told, err := w.Reviews.ForDebtor(ctx, who, f.ID)
		if err != nil || len(told) != 1 || !told[0].HasPaper || told[0].Letter != "enforcement-ruling 2026-11" {
			t.Fatalf("%+v, %v", told, err)
		}
		text := told[0].Paper.Text()
		for _, want := range []string{"执行裁定书", "（2026）粤0305执异56号", number, "林晓芸", reasons, "2,500", "2026年11月9日", "周敏", nanshan, "超出了执行依据的范围：成立", "解除冻结。"} {
			if !strings.Contains(text, want) {
				t.Errorf("the letter does not say %q:\n%s", want, text)
			}
		}
		numbers, err := filing.NumbersOf(db.Read(ctx), f.ID)
		if err != nil || len(numbers) != 2 || numbers[1].Fen != money.Yuan(2500) {
			t.Errorf("numbers %v, %v", numbers, err)
		}
		c, _, _, ok, err := w.Filings.CarriedOf(ctx, who, f)
		if err != nil || !ok || c.DueOn != calendar.NewDate(2026, 11, 9) {
			t.Errorf("carried out by %v, %v, %v", c.DueOn, ok, err)
		}
	})
}

// wantsSecond has the court of Nanshan decide with a second person.
func wantsSecond(t *testing.T, w *apptest.World) {
	t.Helper()
	if err := w.Reviews.SetPractice(t.Context(), w.Staff(t, "guanli"), w.Directory.BodyID(t.Context(), nanshan), 0, true); err != nil {
		t.Fatal(err)
	}
}

// TestSecondPerson: nothing is decided until somebody else agrees; he may send it back with words; the writer never approves himself.
func TestSecondPerson(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx, w := t.Context(), apptest.New(t, db)
		wantsSecond(t, w)
		f, who, zhou := underReview(t, w, "13800006071", "nanshan.shen1")
		wu := w.Staff(t, "nanshan.shen2")
		propose := func() review.Pending {
			t.Helper()
			now, err := w.Reviews.Decide(ctx, zhou, f.ID, f.Version, ruling("rejected"))
			if err != nil || now.Status != filing.Reviewing {
				t.Fatalf("%s, %v", now.Status, err)
			}
			p, ok, err := w.Reviews.Waiting(ctx, wu, now)
			if err != nil || !ok || !p.Mine || p.Ruling.Text != reasons {
				t.Fatalf("%+v %v %v", p, ok, err)
			}
			return p
		}
		p := propose()
		if _, err := w.Reviews.Decide(ctx, zhou, f.ID, f.Version, ruling("upheld")); fail.KindOf(err) != fail.KindConflict {
			t.Errorf("a second proposal: %v", err)
		}
		if _, _, err := w.Reviews.Sign(ctx, zhou, f.ID, p.ID, review.VoteAgree, ""); fail.KindOf(err) != fail.KindConflict {
			t.Errorf("the writer approved himself: %v", err)
		}
		if _, _, err := w.Reviews.Sign(ctx, who, f.ID, p.ID, review.VoteAgree, ""); fail.KindOf(err) != fail.KindNotFound {
			t.Errorf("the debtor signed: %v", err)
		}
		if _, _, err := w.Reviews.Sign(ctx, w.Staff(t, "shenzhen.shen1"), f.ID, p.ID, review.VoteAgree, ""); fail.KindOf(err) != fail.KindNotFound {
			t.Errorf("another court signed: %v", err)
		}
		if _, _, err := w.Reviews.Sign(ctx, wu, f.ID, p.ID, review.VoteReturn, ""); fail.KindOf(err) != fail.KindInvalid {
			t.Errorf("sent back without words: %v", err)
		}
		if _, state, err := w.Reviews.Sign(ctx, wu, f.ID, p.ID, review.VoteReturn, "请写明工资的证据。"); err != nil || state != review.ProposalReturned {
			t.Fatalf("%s, %v", state, err)
		}
		all, err := w.Reviews.ProposalsOf(ctx, zhou, f)
		if err != nil || len(all) != 1 || all[0].Seats[0].Words != "请写明工资的证据。" {
			t.Errorf("%+v, %v", all, err)
		}
		w.Time.Add(time.Minute)
		p = propose()
		now, state, err := w.Reviews.Sign(ctx, wu, f.ID, p.ID, review.VoteAgree, "")
		if err != nil || state != review.ProposalMade || now.Status != filing.Decided {
			t.Fatalf("%s %s, %v", state, now.Status, err)
		}
		d, _, _, err := w.Reviews.DecisionOf(ctx, now)
		if err != nil || d.DecidedBy != zhou.PersonID {
			t.Errorf("decided by %s, %v", d.DecidedBy, err)
		}
	})
}

// TestTakenBack: whoever wrote a proposal may write it anew.
func TestTakenBack(t *testing.T) {
	w := apptest.New(t, storetest.SQLite(t))
	ctx := t.Context()
	wantsSecond(t, w)
	f, _, zhou := underReview(t, w, "13800006071", "nanshan.shen1")
	if _, err := w.Reviews.Decide(ctx, zhou, f.ID, f.Version, ruling("rejected")); err != nil {
		t.Fatal(err)
	}
	wu := w.Staff(t, "nanshan.shen2")
	p, _, err := w.Reviews.Waiting(ctx, wu, f)
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Reviews.TakeBack(ctx, wu, f.ID, p.ID); fail.KindOf(err) != fail.KindConflict {
		t.Errorf("somebody else took it back: %v", err)
	}
	if err := w.Reviews.TakeBack(ctx, zhou, f.ID, p.ID); err != nil {
		t.Fatal(err)
	}
	if _, _, err := w.Reviews.Sign(ctx, wu, f.ID, p.ID, review.VoteAgree, ""); fail.KindOf(err) != fail.KindConflict {
		t.Errorf("signed after it was taken back: %v", err)
	}
	w.Time.Add(time.Minute)
	if _, err := w.Reviews.Decide(ctx, zhou, f.ID, f.Version, ruling("upheld")); err != nil {
		t.Errorf("not written anew: %v", err)
	}
}

// panel seats three people on a filing, the first presiding.
func panel(t *testing.T, w *apptest.World, f filing.Filing, by account.Actor, people ...account.Actor) {
	t.Helper()
	var ids []string
	for _, p := range people {
		ids = append(ids, p.PersonID)
	}
	if _, err := w.Reviews.FormPanel(t.Context(), by, f.ID, f.Version, ids[0], ids); err != nil {
		t.Fatal(err)
	}
}

// third is one more reviewer of Nanshan, since the demo has two.
func third(t *testing.T, w *apptest.World) account.Actor {
	t.Helper()
	id, body := w.Staff(t, "shenzhen.shen2").PersonID, w.Directory.BodyID(t.Context(), nanshan)
	err := w.DB.Tx(t.Context(), func(tx *gorm.DB) error {
		return tx.Exec("UPDATE role_grant SET body_id = ? WHERE person_id = ?", body, id).Error
	})
	if err != nil {
		t.Fatal(err)
	}
	return w.Staff(t, "shenzhen.shen2")
}

// TestPanelDecides: all three have to sign; two decide against one; the dissent stays inside; the paper carries all three names, the presiding first.
func TestPanelDecides(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx, w := t.Context(), apptest.New(t, db)
		f, who, zhou := underReview(t, w, "13800006071", "nanshan.shen1")
		wu, sun := w.Staff(t, "nanshan.shen2"), third(t, w)
		panel(t, w, f, zhou, wu, zhou, sun)
		if _, err := w.Reviews.Decide(ctx, zhou, f.ID, f.Version, ruling("rejected")); err != nil {
			t.Fatal(err)
		}
		p, ok, err := w.Reviews.Waiting(ctx, wu, f)
		if err != nil || !ok || len(p.Seats) != 3 || p.Seats[0].Seat != review.SeatPresiding || !p.Mine {
			t.Fatalf("%+v, %v", p, err)
		}
		now, state, err := w.Reviews.Sign(ctx, wu, f.ID, p.ID, review.VoteAgree, "")
		if err != nil || state != review.ProposalWaiting || now.Status != filing.Reviewing {
			t.Fatalf("after two: %s %s, %v", state, now.Status, err)
		}
		if _, _, err := w.Reviews.Sign(ctx, wu, f.ID, p.ID, review.VoteAgree, ""); fail.KindOf(err) != fail.KindConflict {
			t.Errorf("signed twice: %v", err)
		}
		dissent := "工资应当全部留下。"
		now, state, err = w.Reviews.Sign(ctx, sun, f.ID, p.ID, review.VoteDissent, dissent)
		if err != nil || state != review.ProposalMade || now.Status != filing.Decided {
			t.Fatalf("after three: %s %s, %v", state, now.Status, err)
		}
		if _, err = w.Reviews.Serve(ctx, zhou, f.ID, now.Version, review.ServedPost, calendar.Today(w.Clock)); err != nil {
			t.Fatal(err)
		}
		_, told, err := w.Reviews.ForDebtor(ctx, who, f.ID)
		if err != nil {
			t.Fatal(err)
		}
		text := told[0].Paper.Text()
		if strings.Contains(text, dissent) || !strings.Contains(text, "审判长　吴越\n审判员　") || strings.Count(text, "审判员") != 2 {
			t.Errorf("the paper reads\n%s", text)
		}
	})
}

// TestPanelVotesDown: two against one send it back to whoever wrote it.
func TestPanelVotesDown(t *testing.T) {
	w := apptest.New(t, storetest.SQLite(t))
	ctx := t.Context()
	f, _, zhou := underReview(t, w, "13800006071", "nanshan.shen1")
	wu, sun := w.Staff(t, "nanshan.shen2"), third(t, w)
	panel(t, w, f, zhou, wu, zhou, sun)
	if _, err := w.Reviews.Decide(ctx, zhou, f.ID, f.Version, ruling("rejected")); err != nil {
		t.Fatal(err)
	}
	p, _, err := w.Reviews.Waiting(ctx, zhou, f)
	if err != nil {
		t.Fatal(err)
	}
	for _, judge := range []account.Actor{wu, sun} {
		now, state, err := w.Reviews.Sign(ctx, judge, f.ID, p.ID, review.VoteDissent, "理由不足。")
		if err != nil || now.Status != filing.Reviewing || judge.PersonID == sun.PersonID && state != review.ProposalReturned {
			t.Errorf("%s %s, %v", state, now.Status, err)
		}
	}
}

// TestLastTwoSignAtOnce: of two last signatures at the same moment one completes the decision, and it is made once.
func TestLastTwoSignAtOnce(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx, w := t.Context(), apptest.New(t, db)
		f, _, zhou := underReview(t, w, "13800006071", "nanshan.shen1")
		wu, sun := w.Staff(t, "nanshan.shen2"), third(t, w)
		panel(t, w, f, zhou, wu, zhou, sun)
		if _, err := w.Reviews.Decide(ctx, zhou, f.ID, f.Version, ruling("rejected")); err != nil {
			t.Fatal(err)
		}
		p, _, err := w.Reviews.Waiting(ctx, zhou, f)
		if err != nil {
			t.Fatal(err)
		}
		var both sync.WaitGroup
		for _, judge := range []account.Actor{wu, sun} {
			both.Go(func() {
				if _, _, err := w.Reviews.Sign(ctx, judge, f.ID, p.ID, review.VoteAgree, ""); err != nil {
					t.Errorf("sign: %v", err)
				}
			})
		}
		both.Wait()
		now, _, err := w.Filings.Get(ctx, zhou, f.ID)
		var n int64
		if err := db.Read(ctx).Model(&review.Decision{}).Where("filing_id = ?", f.ID).Count(&n).Error; err != nil || n != 1 {
			t.Errorf("%d decisions, %v", n, err)
		}
		if err != nil || now.Status != filing.Decided {
			t.Errorf("%s, %v", now.Status, err)
		}
	})
}

// TestCorrectionIsANewVersion: the person sees both, the windows stay, and what was decided stays.
func TestCorrectionIsANewVersion(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx, w := t.Context(), apptest.New(t, db)
		who := w.Debtor(t, "13800006071")
		f, zhou := servedToday(t, w, who), w.Staff(t, "nanshan.shen1")
		before := window(t, w, f)
		w.Time.Add(24 * time.Hour)
		typed := review.Ruling{Disposition: "upheld", Text: reasons + "金额更正为三千元。", Why: "金额写错了。"}
		if _, err := w.Reviews.CorrectDecision(ctx, zhou, f.ID, f.Version, review.Ruling{Text: reasons}); fail.KindOf(err) != fail.KindInvalid {
			t.Errorf("corrected without saying why: %v", err)
		}
		if _, err := w.Reviews.CorrectDecision(ctx, zhou, f.ID, f.Version, typed); err != nil {
			t.Fatal(err)
		}
		if _, told, err := w.Reviews.ForDebtor(ctx, who, f.ID); err != nil || len(told) != 1 {
			t.Errorf("before service the person reads %d versions, %v", len(told), err)
		}
		if _, err := w.Reviews.CorrectDecision(ctx, zhou, f.ID, f.Version, typed); fail.KindOf(err) != fail.KindConflict {
			t.Errorf("corrected again before it was served: %v", err)
		}
		if err := w.Reviews.ServeCorrection(ctx, zhou, f.ID, review.ServedPost, calendar.Today(w.Clock)); err != nil {
			t.Fatal(err)
		}
		_, told, err := w.Reviews.ForDebtor(ctx, who, f.ID)
		if err != nil || len(told) != 2 || told[0].Disposition != "rejected" || told[0].Why != typed.Why || told[1].Text != reasons {
			t.Fatalf("%+v, %v", told, err)
		}
		if after := window(t, w, f); after.LegalEndOn != before.LegalEndOn || after.StartedOn != before.StartedOn {
			t.Errorf("the window moved from %v to %v", before.LegalEndOn, after.LegalEndOn)
		}
		if err := w.Reviews.ServeCorrection(ctx, zhou, f.ID, review.ServedPost, calendar.Today(w.Clock)); fail.KindOf(err) != fail.KindConflict {
			t.Errorf("served twice: %v", err)
		}
	})
}
