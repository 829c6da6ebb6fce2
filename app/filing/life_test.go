package filing_test

import (
	"sync"
	"testing"
	"time"

	"gorm.io/gorm"

	"reliefportal/app/account"
	"reliefportal/app/apptest"
	"reliefportal/app/audit"
	"reliefportal/app/calendar"
	"reliefportal/app/fail"
	"reliefportal/app/filing"
	"reliefportal/app/rules"
	"reliefportal/app/store"
	"reliefportal/app/store/storetest"
)

const (
	nanshan  = "深圳市南山区人民法院"
	shenzhen = "广东省深圳市中级人民法院"
)

// answers fill in an R01 on an account that was frozen.
func answers() rules.Facts {
	return rules.Facts{
		"topic": rules.Pick("account"), "role": rules.Pick("self"), "case_state": rules.Pick("running"),
		filing.FactCaseNumber: rules.Said("（2024）粤0305执1234号"), filing.FactExecCourt: rules.Said(nanshan),
		filing.FactApplicant: rules.Said("林晓芸"), "id_number": rules.Said(""), "act": rules.Said("冻结工资卡"), "act_served_on": rules.Unsure(),
		"what_happened": rules.Said("工资卡全部冻结，没有留生活费。"), "request": rules.Said("解除冻结。"), "living_left": rules.Pick("no"),
		"security_offer": rules.Said(""), "moved": rules.Pick("no"),
	}
}

func draft(t *testing.T, w *apptest.World, who account.Actor, remedy string, facts rules.Facts) filing.Filing {
	t.Helper()
	f, err := w.Filings.Start(t.Context(), who, filing.StartInput{Remedy: remedy, Facts: facts, Lang: "zh-Hans", Token: store.NewID()})
	if err != nil {
		t.Fatalf("start: %v", err)
	}
	return f
}

func filed(t *testing.T, w *apptest.World, who account.Actor, remedy string, facts rules.Facts) filing.Filing {
	t.Helper()
	d := draft(t, w, who, remedy, facts)
	f, already, err := w.Filings.Submit(t.Context(), who, d.ID, filing.SubmitInput{Version: d.Version, Key: d.SubmitKey, Declared: true})
	if err != nil || already {
		t.Fatalf("submit: already %v, %v", already, err)
	}
	return f
}

func TestSubmitNamesOwnerAndClock(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := apptest.New(t, db)
		f := filed(t, w, w.Debtor(t, "13800006071"), "R01", answers())
		if f.Status != filing.Submitted || w.Directory.BodyName(t.Context(), f.Owner()) != nanshan || f.OwnerDivision != rules.DivDocketing {
			t.Fatalf("filed = %s at %s %s", f.Status, w.Directory.BodyName(t.Context(), f.Owner()), f.OwnerDivision)
		}
		// K01: three days from Monday 2 November end on Thursday 5 November.
		if want := calendar.NewDate(2026, 11, 5).EndUTC(); f.NextDueAt == nil || !f.NextDueAt.Equal(want) {
			t.Errorf("due %v, want %v", f.NextDueAt, want)
		}
		if name, err := w.Accounts.NameOf(t.Context(), f.PersonID); err != nil || name != "林晓芸" {
			t.Errorf("the person is called %q, %v", name, err)
		}
		r, err := w.Filings.Receipt(t.Context(), account.Actor{Kind: account.Debtor, PersonID: f.PersonID}, f.ID)
		if err != nil {
			t.Fatal(err)
		}
		if r.Body != nanshan || r.Above != shenzhen || r.Route.Reason.Zh == "" || len(r.Route.Cites) == 0 || len(r.Expiry) == 0 || r.Then == nil {
			t.Errorf("receipt = %+v", r)
		}
		report, err := audit.VerifySubject(t.Context(), db, audit.Subject{Type: "filing", ID: f.ID})
		if err != nil || !report.OK() {
			t.Errorf("audit: %+v, %v", report, err)
		}
	})
}

func TestFiftySubmitsMakeOneFiling(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := apptest.New(t, db)
		who := w.Debtor(t, "13800006071")
		d := draft(t, w, who, "R01", answers())
		var wg sync.WaitGroup
		refs, first := make(chan string, 50), make(chan bool, 50)
		for range 50 {
			wg.Go(func() {
				f, already, err := w.Filings.Submit(t.Context(), who, d.ID, filing.SubmitInput{Version: d.Version, Key: d.SubmitKey, Declared: true})
				if err != nil {
					t.Errorf("submit: %v", err)
					return
				}
				refs <- f.Code()
				first <- !already
			})
		}
		wg.Wait()
		close(refs)
		close(first)
		codes, firsts := map[string]int{}, 0
		for c := range refs {
			codes[c]++
		}
		for f := range first {
			if f {
				firsts++
			}
		}
		if len(codes) != 1 || firsts != 1 {
			t.Errorf("codes %v, %d first", codes, firsts)
		}
		count(t, db, "submission", 1)
		count(t, db, "clock", 1)
	})
}

func count(t *testing.T, db *store.DB, table string, want int64) {
	t.Helper()
	var n int64
	if err := db.Read(t.Context()).Table(table).Count(&n).Error; err != nil || n != want {
		t.Errorf("%d rows in %s, want %d (%v)", n, table, want, err)
	}
}

func TestSubmitRefuses(t *testing.T) {
	w := apptest.New(t, storetest.SQLite(t))
	who := w.Debtor(t, "13800006071")
	whole := draft(t, w, who, "R01", answers())
	part := answers()
	delete(part, "what_happened")
	open := draft(t, w, who, "R01", part)
	cases := []struct {
		name string
		d    filing.Filing
		in   filing.SubmitInput
		kind fail.Kind
		key  string
	}{
		{"not declared", whole, filing.SubmitInput{Version: whole.Version, Key: whole.SubmitKey}, fail.KindInvalid, "check.declare"},
		{"stale", whole, filing.SubmitInput{Version: whole.Version - 1, Key: whole.SubmitKey, Declared: true}, fail.KindConflict, "filing.stale"},
		{"another draft's token", whole, filing.SubmitInput{Version: whole.Version, Key: open.SubmitKey, Declared: true}, fail.KindConflict, "filing.stale"},
		{"a question is open", open, filing.SubmitInput{Version: open.Version, Key: open.SubmitKey, Declared: true}, fail.KindInvalid, "check.missing"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			_, _, err := w.Filings.Submit(t.Context(), who, c.d.ID, c.in)
			e, ok := fail.As(err)
			if !ok || e.Kind != c.kind || (e.Key != c.key && (len(e.Fields) == 0 || e.Fields[0].Key != c.key)) {
				t.Errorf("error = %v, want %v %s", err, c.kind, c.key)
			}
		})
	}
	count(t, w.DB, "submission", 0)
}

func TestNotYoursIsNotFound(t *testing.T) {
	w := apptest.New(t, storetest.SQLite(t))
	f := filed(t, w, w.Debtor(t, "13800006071"), "R01", answers())
	for name, who := range map[string]account.Actor{
		"another debtor":             w.Debtor(t, "13900001111"),
		"docketing of another court": w.Staff(t, "shenzhen.lian"),
		"the implementing team":      w.Staff(t, "nanshan.zhixing"),
		"a caller":                   w.Staff(t, "huifang.1"),
		"an administrator":           w.Staff(t, "guanli"),
		"nobody":                     account.Nobody("en"),
	} {
		if _, _, err := w.Filings.Get(t.Context(), who, f.ID); fail.KindOf(err) != fail.KindNotFound {
			t.Errorf("%s sees the filing: %v", name, err)
		}
	}
	if _, _, err := w.Filings.Get(t.Context(), w.Staff(t, "nanshan.lian"), f.ID); err != nil {
		t.Errorf("the docketing desk of the owner does not see it: %v", err)
	}
}

// A court the person does not know is no reason to send him away: a person at the routing desk names the body.
func TestUnknownCourtGoesToTheRoutingDesk(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := apptest.New(t, db)
		facts := answers()
		facts[filing.FactExecCourt], facts[filing.FactCaseNumber] = rules.Unsure(), rules.Unsure()
		f := filed(t, w, w.Debtor(t, "13800006071"), "R01", facts)
		// The desk has one working day (P07) from Monday 2 November, and promises nothing that only a court can do.
		if f.Owner() != w.Directory.RoutingDesk() || f.OwnerDivision != filing.DivisionRouting || !f.NextDueAt.Equal(calendar.NewDate(2026, 11, 3).EndUTC()) {
			t.Fatalf("owner %s %s until %v", f.Owner(), f.OwnerDivision, f.NextDueAt)
		}
		if r := receipt(t, w, f); r.Division != filing.DivisionRouting || r.Then != nil || r.Rule.ID != "P07" {
			t.Errorf("the receipt of the desk: %s, then %v, by %s", r.Division, r.Then, r.Rule.ID)
		}
		w.Time.Add(2 * time.Hour)
		got, err := w.Reviews.Designate(t.Context(), w.Staff(t, "zhuanban"), f.ID, f.Version, nanshan)
		if err != nil {
			t.Fatal(err)
		}
		if w.Directory.BodyName(t.Context(), got.Owner()) != nanshan || got.OwnerDivision != rules.DivDocketing {
			t.Errorf("owner %s %s", w.Directory.BodyName(t.Context(), got.Owner()), got.OwnerDivision)
		}
		// K01 counts from receipt all the same: three days from Monday end on Thursday.
		if !got.NextDueAt.Equal(calendar.NewDate(2026, 11, 5).EndUTC()) {
			t.Errorf("the clock restarted: %v", got.NextDueAt)
		}
		if r := receipt(t, w, got); r.Body != nanshan || r.Division != rules.DivDocketing || r.ThenDue.LegalEnd != calendar.NewDate(2026, 11, 17) {
			t.Errorf("the receipt afterwards: %s %s, then until %v", r.Body, r.Division, r.ThenDue.LegalEnd)
		}
		if _, facts, err := w.Filings.Get(t.Context(), account.Actor{Kind: account.Debtor, PersonID: f.PersonID}, f.ID); err != nil || facts[filing.FactExecCourt].Text != nanshan {
			t.Errorf("the court stays unknown: %+v, %v", facts[filing.FactExecCourt], err)
		}
	})
}

func receipt(t *testing.T, w *apptest.World, f filing.Filing) filing.Receipt {
	t.Helper()
	r, err := w.Filings.Receipt(t.Context(), account.Actor{Kind: account.Debtor, PersonID: f.PersonID}, f.ID)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// A filing decided by an edition that is not there any more is shown by the edition of its day, and the start of the portal finds it.
func TestMissingPack(t *testing.T) {
	w := apptest.New(t, storetest.SQLite(t))
	f := filed(t, w, w.Debtor(t, "13800006071"), "R01", answers())
	if missing, err := filing.MissingPacks(w.DB.Read(t.Context()), w.Packs); err != nil || len(missing) != 0 {
		t.Errorf("missing %v, %v", missing, err)
	}
	if err := w.DB.Tx(t.Context(), func(tx *gorm.DB) error {
		return tx.Model(&filing.Filing{}).Where("id = ?", f.ID).Update("pack_hash", "gone").Error
	}); err != nil {
		t.Fatal(err)
	}
	if missing, err := filing.MissingPacks(w.DB.Read(t.Context()), w.Packs); err != nil || len(missing) != 1 {
		t.Errorf("missing %v, %v", missing, err)
	}
	if r := receipt(t, w, f); r.Remedy == nil || r.Rule.ID != "K01" {
		t.Errorf("receipt %+v", r.Rule)
	}
}

func TestClockRunsOut(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := apptest.New(t, db)
		who := w.Debtor(t, "13800006071")
		f := filed(t, w, who, "R01", answers())
		w.Time.Set(f.NextDueAt.Add(-time.Second))
		if n, err := w.Filings.SweepClocks(t.Context()); n != 0 || err != nil {
			t.Fatalf("a second before the end %d clocks ran out, %v", n, err)
		}
		w.Time.Set(*f.NextDueAt)
		if n, err := w.Filings.SweepClocks(t.Context()); n != 1 || err != nil {
			t.Fatalf("at the end %d clocks ran out, %v", n, err)
		}
		if n, err := w.Filings.SweepClocks(t.Context()); n != 0 || err != nil {
			t.Errorf("a second sweep marked %d, %v", n, err)
		}
		late, facts, err := w.Filings.Get(t.Context(), who, f.ID)
		if err != nil || !late.Overdue || late.Owner() != f.Owner() || late.NextDueAt == nil {
			t.Fatalf("late = %+v, %v", late, err)
		}
		next, err := w.Filings.NextDoors(t.Context(), late, facts)
		if err != nil || len(next) == 0 {
			t.Fatalf("no next door: %v", err)
		}
		again, err := w.Filings.StartNext(t.Context(), who, f.ID, next[0].Door.Remedy.ID, "zh-Hans", store.NewID())
		if err != nil || again.CaseNumber != f.CaseNumber || again.ParentID == nil {
			t.Errorf("the next filing starts with %+v, %v", again, err)
		}
		told := map[string]bool{}
		messages, err := w.Outbox(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range messages {
			told[m.To] = true
		}
		if !told["+8613800006071"] {
			t.Errorf("the debtor was not told; told: %v", told)
		}
	})
}

// The type sign of the case number answers what nobody has answered, and changes no answer.
func TestSignAnswersBeforehand(t *testing.T) {
	w := apptest.New(t, storetest.SQLite(t))
	who := w.Debtor(t, "13800006071")
	for _, c := range []struct {
		before rules.Facts
		want   string
	}{{rules.Facts{}, rules.Yes}, {rules.Facts{"before_judgment": rules.Pick(rules.No)}, rules.No}} {
		d := draft(t, w, who, "R01", c.before)
		d, err := w.Filings.Answer(t.Context(), who, d.ID, d.Version, rules.Facts{filing.FactCaseNumber: rules.Said("（2026）粤0305执保12号")})
		if err != nil {
			t.Fatal(err)
		}
		if facts, err := w.Filings.Facts(d); err != nil || facts["before_judgment"].Choice != c.want {
			t.Errorf("before judgment: %+v, %v", facts["before_judgment"], err)
		}
	}
}

func TestTwoTabsCannotOverwrite(t *testing.T) {
	w := apptest.New(t, storetest.SQLite(t))
	who := w.Debtor(t, "13800006071")
	d := draft(t, w, who, "R01", answers())
	if _, err := w.Filings.Answer(t.Context(), who, d.ID, d.Version, rules.Facts{"request": rules.Said("一")}); err != nil {
		t.Fatal(err)
	}
	_, err := w.Filings.Answer(t.Context(), who, d.ID, d.Version, rules.Facts{"request": rules.Said("二")})
	if fail.KindOf(err) != fail.KindConflict {
		t.Errorf("the second tab wrote: %v", err)
	}
	if _, facts, err := w.Filings.Get(t.Context(), who, d.ID); err != nil || facts["request"].Text != "一" {
		t.Errorf("kept %q, %v", facts["request"].Text, err)
	}
}
