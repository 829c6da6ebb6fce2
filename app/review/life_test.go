package review_test

import (
	"sync"
	"testing"

	"gorm.io/gorm"

	"reliefportal/app/account"
	"reliefportal/app/apptest"
	"reliefportal/app/audit"
	"reliefportal/app/calendar"
	"reliefportal/app/fail"
	"reliefportal/app/filing"
	"reliefportal/app/review"
	"reliefportal/app/rules"
	"reliefportal/app/store"
	"reliefportal/app/store/storetest"
)

const (
	nanshan  = "深圳市南山区人民法院"
	shenzhen = "广东省深圳市中级人民法院"
	number   = "（2024）粤0305执1234号"
	reasons  = "账户里全部是工资，裁定没有为申请人和他抚养的人留出生活所必需的费用。"
)

func filed(t *testing.T, w *apptest.World, who account.Actor) filing.Filing {
	t.Helper()
	f, err := w.Filings.Start(t.Context(), who, filing.StartInput{Remedy: "R01", Lang: "zh-Hans", Token: store.NewID(), Facts: rules.Facts{
		"topic": rules.Pick("account"), "role": rules.Pick("self"), "case_state": rules.Pick("running"),
		filing.FactCaseNumber: rules.Said(number), filing.FactExecCourt: rules.Said(nanshan), filing.FactApplicant: rules.Said("林晓芸"),
		"act": rules.Said("冻结工资卡"), "what_happened": rules.Said("全部冻结。"), "request": rules.Said("解除冻结。"), "moved": rules.Pick("no"),
	}})
	if err != nil {
		t.Fatal(err)
	}
	f, _, err = w.Filings.Submit(t.Context(), who, f.ID, filing.SubmitInput{Version: f.Version, Key: f.SubmitKey, Declared: true})
	if err != nil {
		t.Fatalf("submit: %v", err)
	}
	return f
}

// took notes that a member of staff took part in the measure.
func took(t *testing.T, w *apptest.World, login string) {
	t.Helper()
	p := review.Participant{ID: store.NewID(), BodyID: w.Directory.BodyID(t.Context(), nanshan), CaseNumber: number,
		PersonID: w.Staff(t, login).PersonID, Part: "took", CreatedAt: w.Clock.Now()}
	if err := w.DB.Tx(t.Context(), func(tx *gorm.DB) error { return w.Reviews.RecordParticipant(tx, p) }); err != nil {
		t.Fatal(err)
	}
}

func accepted(t *testing.T, w *apptest.World, f filing.Filing) filing.Filing {
	t.Helper()
	f, err := w.Reviews.Accept(t.Context(), w.Staff(t, "nanshan.lian"), f.ID, f.Version, "（2026）粤0305执异56号")
	if err != nil {
		t.Fatalf("accept: %v", err)
	}
	return f
}

func TestFromDeskToService(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx, w := t.Context(), apptest.New(t, db)
		who := w.Debtor(t, "13800006071")
		f := accepted(t, w, filed(t, w, who))
		// K04: fifteen days from receipt (Monday 2 November) end on Tuesday 17 November.
		if want := calendar.NewDate(2026, 11, 17).EndUTC(); f.OwnerDivision != rules.DivReview || !f.NextDueAt.Equal(want) {
			t.Fatalf("accepted: %s until %v", f.OwnerDivision, f.NextDueAt)
		}
		zhou := w.Staff(t, "nanshan.shen1")
		f, err := w.Reviews.Assign(ctx, zhou, f.ID, f.Version, zhou.PersonID)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Reviews.Decide(ctx, w.Staff(t, "nanshan.shen2"), f.ID, f.Version, ruling("rejected")); fail.KindOf(err) != fail.KindConflict {
			t.Errorf("another reviewer decided: %v", err)
		}
		f, err = w.Reviews.Decide(ctx, zhou, f.ID, f.Version, ruling("rejected"))
		if err != nil {
			t.Fatal(err)
		}
		if _, _, err := w.Reviews.ForDebtor(ctx, who, f.ID); fail.KindOf(err) != fail.KindNotFound {
			t.Errorf("the debtor reads a decision that was not served: %v", err)
		}
		today := calendar.Today(w.Clock)
		f, err = w.Reviews.Serve(ctx, zhou, f.ID, f.Version, review.ServedInPerson, today)
		if err != nil {
			t.Fatal(err)
		}
		if f.Status != filing.Closed || *f.Outcome != "rejected" || f.NextDueAt != nil || f.ServedOn != today {
			t.Errorf("served: %+v", f)
		}
		_, told, err := w.Reviews.ForDebtor(ctx, who, f.ID)
		if err != nil || told[0].Text != reasons {
			t.Errorf("the debtor reads %+v, %v", told, err)
		}
		nextIsReconsideration(t, w, who, f)
		w.Work(t)
		var calls int64
		if err := db.Read(ctx).Table("callback_case").Where("filing_id = ?", f.ID).Count(&calls).Error; err != nil || calls != 1 {
			t.Errorf("%d callbacks, %v", calls, err)
		}
		report, err := audit.VerifySubject(ctx, db, audit.Subject{Type: "filing", ID: f.ID})
		if err != nil || !report.OK() {
			t.Errorf("audit: %+v, %v", report, err)
		}
	})
}

func ruling(disposition string) review.Ruling {
	return review.Ruling{Disposition: disposition, Grounds: []string{"G01"}, Text: reasons, Number: "（2026）粤0305执异56号"}
}

// nextIsReconsideration checks that the refusal opens the court above, with its window and the facts carried over, and that whoever
// decided can never sit on it.
func nextIsReconsideration(t *testing.T, w *apptest.World, who account.Actor, f filing.Filing) {
	t.Helper()
	ctx := t.Context()
	_, facts, err := w.Filings.Get(ctx, who, f.ID)
	if err != nil {
		t.Fatal(err)
	}
	next, err := w.Filings.NextDoors(ctx, f, facts)
	if err != nil || len(next) != 1 || next[0].Door.Remedy.ID != "R15" {
		t.Fatalf("next doors %+v, %v", next, err)
	}
	// Ten days from Monday 2 November end on Thursday 12 November.
	if win := next[0].Door.Window; win == nil || win.Deadline.LegalEnd != calendar.NewDate(2026, 11, 12) {
		t.Errorf("window %+v", win)
	}
	d, err := w.Filings.StartNext(ctx, who, f.ID, "R15", "zh-Hans", store.NewID())
	if err != nil {
		t.Fatal(err)
	}
	d, err = w.Filings.Answer(ctx, who, d.ID, d.Version, rules.Facts{"why_wrong": rules.Said("没有说明理由。"), "request": rules.Said("撤销裁定。"),
		"served_how": rules.Unsure(), "stop_sale": rules.Said("")})
	if err != nil {
		t.Fatal(err)
	}
	d, _, err = w.Filings.Submit(ctx, who, d.ID, filing.SubmitInput{Version: d.Version, Key: d.SubmitKey, Declared: true})
	if err != nil {
		t.Fatal(err)
	}
	if got := w.Directory.BodyName(ctx, d.Owner()); got != shenzhen {
		t.Errorf("the reconsideration went to %s", got)
	}
}

func TestWhoTookTheMeasureNeverReviews(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx, w := t.Context(), apptest.New(t, db)
		took(t, w, "nanshan.shen1")
		took(t, w, "nanshan.shen1") // noting it twice changes nothing
		f := accepted(t, w, filed(t, w, w.Debtor(t, "13800006071")))
		desk, zhou := w.Staff(t, "nanshan.lian"), w.Staff(t, "nanshan.shen1")
		_, err := w.Reviews.Assign(ctx, desk, f.ID, f.Version, zhou.PersonID)
		if e, ok := fail.As(err); !ok || len(e.Fields) != 1 || e.Fields[0].Key != "review.barred.took_part" {
			t.Errorf("assigning who took part: %v", err)
		}
		if _, _, err := w.Filings.Get(ctx, zhou, f.ID); fail.KindOf(err) != fail.KindNotFound {
			t.Errorf("who took part sees the review: %v", err)
		}
		choices, err := w.Reviews.Choices(ctx, f)
		if err != nil || len(choices) != 2 || choices[0].Bar != review.BarNone || choices[1].Bar != review.BarMeasure {
			t.Errorf("choices %+v, %v", choices, err)
		}
		if _, err := w.Reviews.Assign(ctx, desk, f.ID, f.Version, w.Staff(t, "nanshan.zhixing").PersonID); fail.KindOf(err) != fail.KindInvalid {
			t.Errorf("the implementing team can be assigned: %v", err)
		}
	})
}

func TestOneOfTwoClaimsWins(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx, w := t.Context(), apptest.New(t, db)
		f := accepted(t, w, filed(t, w, w.Debtor(t, "13800006071")))
		people := []account.Actor{w.Staff(t, "nanshan.shen1"), w.Staff(t, "nanshan.shen2")}
		names := []string{"周敏", "吴越"}
		errs := make([]error, 2)
		var wg sync.WaitGroup
		for i, p := range people {
			wg.Go(func() { _, errs[i] = w.Reviews.Assign(ctx, p, f.ID, f.Version, p.PersonID) })
		}
		wg.Wait()
		winner := 0
		if errs[0] != nil {
			winner = 1
		}
		if errs[winner] != nil {
			t.Fatalf("both lost: %v", errs)
		}
		e, ok := fail.As(errs[1-winner])
		if !ok || e.Key != "review.taken" || e.Args["who"] != names[winner] {
			t.Errorf("the loser is told %v %v, the winner is %s", errs[1-winner], e.Args, names[winner])
		}
	})
}

func TestMissingIsToldOnce(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx, w := t.Context(), apptest.New(t, db)
		who, desk := w.Debtor(t, "13800006071"), w.Staff(t, "nanshan.lian")
		f := filed(t, w, who)
		f, err := w.Reviews.Ask(ctx, desk, f.ID, f.Version, "请补上银行的冻结通知。")
		if err != nil || f.Status != filing.Supplement {
			t.Fatalf("ask: %v", err)
		}
		f, err = w.Reviews.AnswerSupplement(ctx, who, f.ID, f.Version, "银行没有给我书面通知。")
		if err != nil || f.Status != filing.Submitted {
			t.Fatalf("answer: %v", err)
		}
		if _, ask, answer, ok, err := w.Reviews.SupplementOf(ctx, f); !ok || err != nil || ask == "" || answer != "银行没有给我书面通知。" {
			t.Errorf("kept %q %q, %v", ask, answer, err)
		}
		_, err = w.Reviews.Ask(ctx, desk, f.ID, f.Version, "还差身份证复印件一份。")
		if e, ok := fail.As(err); !ok || e.Key != "review.asked_before" {
			t.Errorf("a second request: %v", err)
		}
	})
}

func TestSupplementLapsesBackToTheDesk(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx, w := t.Context(), apptest.New(t, db)
		who := w.Debtor(t, "13800006071")
		f, err := w.Reviews.Ask(ctx, w.Staff(t, "nanshan.lian"), filed(t, w, who).ID, 2, "请补上银行的冻结通知。")
		if err != nil {
			t.Fatal(err)
		}
		w.Time.Set(*f.NextDueAt)
		if n, err := w.Filings.SweepClocks(ctx); n != 1 || err != nil {
			t.Fatalf("%d clocks, %v", n, err)
		}
		f, _, err = w.Filings.Get(ctx, who, f.ID)
		if err != nil || f.Status != filing.Submitted || f.NextDueAt == nil || !f.NextDueAt.After(w.Clock.Now()) {
			t.Errorf("after the term: %+v, %v", f, err)
		}
	})
}

// A number that cannot be read is refused, and one typed carelessly is kept in its proper form.
func TestNumberOfTheBody(t *testing.T) {
	ctx, w := t.Context(), apptest.New(t, storetest.SQLite(t))
	f, desk := filed(t, w, w.Debtor(t, "13800006071")), w.Staff(t, "nanshan.lian")
	_, err := w.Reviews.Accept(ctx, desk, f.ID, f.Version, "hello nonsense")
	if e, ok := fail.As(err); !ok || len(e.Fields) != 1 || e.Fields[0].Name != "number" {
		t.Errorf("nonsense: %v", err)
	}
	f, err = w.Reviews.Accept(ctx, desk, f.ID, f.Version, "(2026) 粤0305执异56")
	if err != nil || f.DocketNumber != "（2026）粤0305执异56号" {
		t.Errorf("kept %q, %v", f.DocketNumber, err)
	}
}

// A refusal is served like a decision, and names the way on.
func TestRefusalNamesTheWayOn(t *testing.T) {
	ctx, w := t.Context(), apptest.New(t, storetest.SQLite(t))
	who, desk := w.Debtor(t, "13800006071"), w.Staff(t, "nanshan.lian")
	f := filed(t, w, who)
	if _, err := w.Reviews.Refuse(ctx, desk, f.ID, f.Version, review.Ruling{Grounds: []string{"nonsense"}, Text: "短"}); fail.KindOf(err) != fail.KindInvalid {
		t.Errorf("a refusal without ground: %v", err)
	}
	f, err := w.Reviews.Refuse(ctx, desk, f.ID, f.Version, review.Ruling{Grounds: []string{"F01"}, Text: "针对的不是执行行为，不予受理。"})
	if err != nil {
		t.Fatal(err)
	}
	f, err = w.Reviews.Serve(ctx, desk, f.ID, f.Version, review.ServedInPerson, calendar.Today(w.Clock))
	if err != nil || *f.Outcome != string(filing.Refused) {
		t.Fatalf("serve: %v", err)
	}
	_, facts, err := w.Filings.Get(ctx, who, f.ID)
	if err != nil {
		t.Fatal(err)
	}
	next, err := w.Filings.NextDoors(ctx, f, facts)
	if err != nil || len(next) == 0 || next[0].Door.Window == nil {
		t.Fatalf("a refusal without a way on: %+v, %v", next, err)
	}
}
