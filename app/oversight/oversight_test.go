package oversight_test

import (
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"reliefportal/app/account"
	"reliefportal/app/apptest"
	"reliefportal/app/audit"
	"reliefportal/app/calendar"
	"reliefportal/app/fail"
	"reliefportal/app/filing"
	"reliefportal/app/oversight"
	"reliefportal/app/review"
	"reliefportal/app/rules"
	"reliefportal/app/store"
	"reliefportal/app/store/storetest"
)

const (
	nanshan  = "深圳市南山区人民法院"
	futian   = "深圳市福田区人民法院"
	shenzhen = "广东省深圳市中级人民法院"
	words    = "卷里没有看到送达回证，请说明裁定是哪天送达的。"
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

func filed(t *testing.T, w *apptest.World, who account.Actor, facts rules.Facts) filing.Filing {
	t.Helper()
	f, err := w.Filings.Start(t.Context(), who, filing.StartInput{Remedy: "R01", Facts: facts, Lang: "zh-Hans", Token: store.NewID()})
	if err != nil {
		t.Fatal(err)
	}
	f, _, err = w.Filings.Submit(t.Context(), who, f.ID, filing.SubmitInput{Version: f.Version, Key: f.SubmitKey, Declared: true})
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// assigned is a filing in the hands of a reviewer of Nanshan.
func assigned(t *testing.T, w *apptest.World, who account.Actor) filing.Filing {
	t.Helper()
	f, lian, shen := filed(t, w, who, answers()), w.Staff(t, "nanshan.lian"), w.Staff(t, "nanshan.shen1")
	f, err := w.Reviews.Accept(t.Context(), lian, f.ID, f.Version, "")
	if err != nil {
		t.Fatal(err)
	}
	if f, err = w.Reviews.Assign(t.Context(), shen, f.ID, f.Version, shen.PersonID); err != nil {
		t.Fatal(err)
	}
	return f
}

func id(t *testing.T, w *apptest.World, name string) string {
	t.Helper()
	b, err := w.Directory.BodyByName(t.Context(), name)
	if err != nil {
		t.Fatal(err)
	}
	return b.ID
}

// TestSeatSees reads like policy: which procuratorate sees a filing, by the courts it concerns.
func TestSeatSees(t *testing.T) {
	cases := []struct {
		name           string
		change         rules.Facts
		nanshan, above bool
	}{
		{"measure and enforcement at one court", nil, true, false},
		{"the case has moved to the court above: both see it", rules.Facts{"moved": rules.Pick("raised"), filing.FactExecCourt: rules.Said(shenzhen),
			filing.FactActCourt: rules.Said(nanshan), "complain_of": rules.Pick("old")}, true, true},
		{"another seat altogether", rules.Facts{filing.FactExecCourt: rules.Said(futian), filing.FactCaseNumber: rules.Said("（2024）粤0304执77号")}, false, false},
	}
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := apptest.New(t, db)
		for i, c := range cases {
			facts := answers()
			for fact, v := range c.change {
				facts[fact] = v
			}
			f := filed(t, w, w.Debtor(t, "1380000607"+strconv.Itoa(i)), facts)
			for login, want := range map[string]bool{"nanshan.jiancha": c.nanshan, "shenzhen.jiancha": c.above} {
				who := w.Staff(t, login)
				_, _, err := w.Filings.Get(t.Context(), who, f.ID)
				listed, _, listing := w.Filings.AtSeat(t.Context(), who, filing.Cursor{})
				if listing != nil {
					t.Fatal(listing)
				}
				inList := slices.ContainsFunc(listed, func(x filing.Filing) bool { return x.ID == f.ID })
				if (err == nil) != want || inList != want || err != nil && fail.KindOf(err) != fail.KindNotFound {
					t.Errorf("%s: %s opens it: %v, lists it: %v, want %v", c.name, login, err, inList, want)
				}
			}
		}
		if _, _, err := w.Filings.AtSeat(t.Context(), w.Staff(t, "nanshan.shen1"), filing.Cursor{}); fail.KindOf(err) != fail.KindNotFound {
			t.Errorf("a reviewer reads the list of the procuratorate: %v", err)
		}
	})
}

// TestRemarkIsAnsweredInTime takes a remark from the procuratorate to its answer, and one past its date to those above.
func TestRemarkIsAnsweredInTime(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := apptest.New(t, db)
		f := filed(t, w, w.Debtor(t, "13800006071"), answers())
		organ, head := w.Staff(t, "nanshan.jiancha"), w.Staff(t, "nanshan.yuanzhang")
		in := oversight.NewRemark{Kind: oversight.Suggestion, BodyID: id(t, w, nanshan), Text: words}
		r, err := w.Oversight.Remark(t.Context(), organ, f.ID, in)
		if err != nil {
			t.Fatal(err)
		}
		// K26: three months from 2 November 2026 end on 2 February 2027; the holiday notice of 2027 is not out, so the safe day is that day itself.
		if want := calendar.NewDate(2027, 2, 2); r.DueOn != want || !r.DueAt.Equal(want.EndUTC()) {
			t.Errorf("due %s, want %s", r.DueOn, want)
		}
		for _, who := range []string{"nanshan.shen1", "nanshan.zhixing", "shenzhen.jiancha", "shenzhen.lian", "duban", "guanli"} {
			if _, err := w.Oversight.RemarkOf(t.Context(), w.Staff(t, who), r.ID); fail.KindOf(err) != fail.KindNotFound {
				t.Errorf("%s reads the remark: %v", who, err)
			}
		}
		if err := w.Oversight.Answer(t.Context(), organ, r.ID, r.Version, words); fail.KindOf(err) != fail.KindConflict {
			t.Errorf("the procuratorate answers itself: %v", err)
		}
		if err := w.Oversight.Extend(t.Context(), w.Staff(t, "nanshan.lian"), r.ID, r.Version, words); fail.KindOf(err) != fail.KindConflict {
			t.Errorf("the desk takes more time: %v", err)
		}
		if err := w.Oversight.Extend(t.Context(), head, r.ID, r.Version, words); err != nil {
			t.Fatal(err)
		}
		longer, err := w.Oversight.RemarkOf(t.Context(), head, r.ID)
		if err != nil || longer.DueOn != calendar.NewDate(2027, 3, 2) || !longer.Extended || longer.Reason != words {
			t.Fatalf("after more time: %+v, %v", longer.Remark, err)
		}
		if err := w.Oversight.Extend(t.Context(), head, r.ID, longer.Version, words); fail.KindOf(err) != fail.KindConflict {
			t.Errorf("more time a second time: %v", err)
		}
		if err := w.Oversight.Answer(t.Context(), head, r.ID, longer.Version, "回证在卷，2026年11月1日送达。"); err != nil {
			t.Fatal(err)
		}
		done, err := w.Oversight.RemarkOf(t.Context(), organ, r.ID)
		if err != nil || done.Status != oversight.RemarkAnswered || done.Answer == "" {
			t.Fatalf("answered: %+v, %v", done.Remark, err)
		}
		if err := w.Oversight.Answer(t.Context(), head, r.ID, done.Version, words); fail.KindOf(err) != fail.KindConflict {
			t.Errorf("answered twice: %v", err)
		}
		report, err := audit.VerifySubject(t.Context(), db, audit.Subject{Type: oversight.SubjectRemark, ID: r.ID})
		if err != nil || !report.OK() || report.Events != 3 {
			t.Errorf("record: %+v, %v", report, err)
		}
	})
}

// TestRemarkPastItsDate: on the last day nothing happens, on the next it is passed on, once.
func TestRemarkPastItsDate(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := apptest.New(t, db)
		f := filed(t, w, w.Debtor(t, "13800006071"), answers())
		organ, above := w.Staff(t, "nanshan.jiancha"), w.Staff(t, "shenzhen.jiancha")
		r, err := w.Oversight.Remark(t.Context(), organ, f.ID, oversight.NewRemark{Kind: oversight.Question, BodyID: id(t, w, nanshan), Text: words})
		if err != nil {
			t.Fatal(err)
		}
		if want := calendar.NewDate(2026, 11, 17); r.DueOn != want {
			t.Fatalf("K26Q ends on %s, want %s", r.DueOn, want)
		}
		sweep := func(want int) {
			t.Helper()
			if n, err := w.Oversight.Sweep(t.Context()); err != nil || n != want {
				t.Fatalf("sweep at %s: %d, %v, want %d", w.Time.Now(), n, err, want)
			}
		}
		w.Time.Set(r.DueAt.Add(-time.Second))
		sweep(0)
		if _, err := w.Oversight.RemarkOf(t.Context(), above, r.ID); fail.KindOf(err) != fail.KindNotFound {
			t.Errorf("the procuratorate above reads it before its date: %v", err)
		}
		w.Time.Set(r.DueAt)
		sweep(1)
		sweep(0)
		late, err := w.Oversight.RemarkOf(t.Context(), above, r.ID)
		if err != nil || !late.Overdue || late.AboveID == nil {
			t.Errorf("passed on: %+v, %v", late.Remark, err)
		}
		var told []string
		err = db.Read(t.Context()).Table("notice").Where("kind = 'remark_late'").Joins("JOIN staff_login ON staff_login.person_id = notice.person_id").
			Order("login").Pluck("login", &told).Error
		if want := []string{"duban", "nanshan.jiancha", "nanshan.yuanzhang", "shenzhen.jiancha"}; err != nil || !slices.Equal(told, want) {
			t.Errorf("told %v, %v, want %v", told, err, want)
		}
	})
}

// TestRecusal: whoever the request is about stops, the head decides in three days, and the filing goes to somebody else with its clock running on.
func TestRecusal(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := apptest.New(t, db)
		debtor := w.Debtor(t, "13800006071")
		f := assigned(t, w, debtor)
		shen, head := w.Staff(t, "nanshan.shen1"), w.Staff(t, "nanshan.yuanzhang")
		r, err := w.Oversight.AskRecusal(t.Context(), debtor, f.ID, oversight.ReasonRelative, "他和对方公司的经理是同学，常在一起吃饭。")
		if err != nil {
			t.Fatal(err)
		}
		if want := calendar.NewDate(2026, 11, 5); r.DueOn != want {
			t.Errorf("K30 ends on %s, want %s", r.DueOn, want)
		}
		if _, err := w.Oversight.AskRecusal(t.Context(), debtor, f.ID, oversight.ReasonOther, words); fail.KindOf(err) != fail.KindConflict {
			t.Errorf("asked twice: %v", err)
		}
		ruling := review.Ruling{Disposition: "rejected", Grounds: []string{ground(w)}, Text: words}
		if _, err := w.Reviews.Decide(t.Context(), shen, f.ID, f.Version, ruling); err == nil {
			t.Error("whoever is asked to step aside decides all the same")
		}
		for _, who := range []account.Actor{shen, w.Staff(t, "duban"), w.Debtor(t, "13900006072")} {
			if err := w.Oversight.DecideRecusal(t.Context(), who, r.ID, r.Version, false, words); fail.KindOf(err) != fail.KindNotFound {
				t.Errorf("%s decides: %v", who.PersonID, err)
			}
		}
		// Refused, asked once more, granted.
		if err := w.Oversight.DecideRecusal(t.Context(), head, r.ID, r.Version, false, words); err != nil {
			t.Fatal(err)
		}
		if err := w.Oversight.AskAgain(t.Context(), debtor, r.ID, r.Version+1, "同学聚会的照片附在材料里，请再看一次。"); err != nil {
			t.Fatal(err)
		}
		before := *f.NextClockID
		if err := w.Oversight.DecideRecusal(t.Context(), head, r.ID, r.Version+2, true, words); err != nil {
			t.Fatal(err)
		}
		f, err = w.Filings.Filed(t.Context(), f.ID)
		if err != nil || f.ReviewerID != nil || f.Status != filing.Reviewing || *f.NextClockID != before || *f.NextAction != "assign" {
			t.Fatalf("after the decision: %+v, %v", f, err)
		}
		if _, err := w.Reviews.Assign(t.Context(), w.Staff(t, "nanshan.lian"), f.ID, f.Version, shen.PersonID); fail.KindOf(err) != fail.KindInvalid {
			t.Errorf("whoever stepped aside is given it again: %v", err)
		}
		if _, _, err := w.Filings.Get(t.Context(), shen, f.ID); fail.KindOf(err) != fail.KindNotFound {
			t.Errorf("whoever stepped aside reads it: %v", err)
		}
		other := w.Staff(t, "nanshan.shen2")
		if _, err := w.Reviews.Assign(t.Context(), other, f.ID, f.Version, other.PersonID); err != nil {
			t.Errorf("somebody else cannot take it: %v", err)
		}
		if err := w.Oversight.AskAgain(t.Context(), debtor, r.ID, r.Version+3, words); fail.KindOf(err) != fail.KindConflict {
			t.Errorf("asked after it was granted: %v", err)
		}
	})
}

func ground(w *apptest.World) string {
	remedy, _ := w.Packs.On(calendar.Today(w.Time)).Remedy("R01")
	return remedy.Grounds[0].Code
}

// TestSample: five in a hundred, rounded up, and the same seed draws the same, whatever the order of the list.
func TestSample(t *testing.T) {
	for n, want := range map[int]int{0: 0, 1: 1, 19: 1, 20: 1, 21: 2, 40: 2, 41: 3, 1000: 50} {
		if got := oversight.SizeOf(n); got != want {
			t.Errorf("of %d are drawn %d, want %d", n, got, want)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		ids := rapid.SliceOfNDistinct(rapid.StringMatching(`[a-z]{6}`), 1, 120, rapid.ID[string]).Draw(t, "ids")
		seed := rapid.Int64().Draw(t, "seed")
		drawn := oversight.Sample(ids, seed)
		if len(drawn) != oversight.SizeOf(len(ids)) {
			t.Fatalf("%d drawn of %d", len(drawn), len(ids))
		}
		for i, id := range drawn {
			if !slices.Contains(ids, id) || slices.Contains(drawn[:i], id) {
				t.Fatalf("drawn %v of %v", drawn, ids)
			}
		}
		shuffled := rapid.Permutation(ids).Draw(t, "order")
		if again := oversight.Sample(shuffled, seed); !slices.Equal(again, drawn) {
			t.Fatalf("another order draws %v, not %v", again, drawn)
		}
	})
}

// TestQuality: a period is drawn once, by a seed on record; nobody but a supervisor of the body or the one above sees it, and nobody his own work.
func TestQuality(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := apptest.New(t, db)
		f := assigned(t, w, w.Debtor(t, "13800006071"))
		shen, above := w.Staff(t, "nanshan.shen1"), w.Staff(t, "duban")
		f, err := w.Reviews.Decide(t.Context(), shen, f.ID, f.Version, review.Ruling{Disposition: "rejected", Grounds: []string{ground(w)}, Text: words})
		if err != nil {
			t.Fatal(err)
		}
		from, to := calendar.NewDate(2026, 11, 1), calendar.NewDate(2026, 11, 2)
		if _, err := w.Oversight.DrawFor(t.Context(), above, id(t, w, nanshan), calendar.NewDate(2026, 10, 1), calendar.NewDate(2026, 10, 31)); fail.KindOf(err) != fail.KindConflict {
			t.Errorf("a month in which nothing was decided: %v", err)
		}
		if _, err := w.Oversight.DrawFor(t.Context(), above, id(t, w, "广州市天河区人民法院"), from, to); fail.KindOf(err) != fail.KindInvalid {
			t.Errorf("drawn from a court of another city: %v", err)
		}
		if _, err := w.Oversight.DrawFor(t.Context(), shen, id(t, w, nanshan), from, to); fail.KindOf(err) != fail.KindNotFound {
			t.Errorf("a reviewer draws: %v", err)
		}
		d, err := w.Oversight.DrawFor(t.Context(), above, id(t, w, nanshan), from, to)
		if err != nil || d.Population != 1 || d.Size != 1 {
			t.Fatalf("drawn %+v, %v", d, err)
		}
		if _, err := w.Oversight.DrawFor(t.Context(), above, id(t, w, nanshan), to, to); fail.KindOf(err) != fail.KindConflict {
			t.Errorf("drawn until it pleases: %v", err)
		}
		events, err := audit.List(t.Context(), db, audit.Subject{Type: oversight.SubjectDraw, ID: d.ID})
		if err != nil || len(events) != 1 || !strings.Contains(events[0].Data, `"seed":`+strconv.FormatInt(d.Seed, 10)) {
			t.Errorf("the seed is not on record: %v, %v", events, err)
		}
		_, items, err := w.Oversight.DrawOf(t.Context(), above, d.ID)
		if err != nil || len(items) != 1 || items[0].FilingID != f.ID {
			t.Fatalf("items %v, %v", items, err)
		}
		scoreItem(t, w, above, d.ID, items[0].ID)
		for _, login := range []string{"nanshan.yuanzhang", "nanshan.shen1", "nanshan.jiancha"} {
			if _, err := w.Oversight.ItemOf(t.Context(), w.Staff(t, login), items[0].ID); fail.KindOf(err) != fail.KindNotFound {
				t.Errorf("%s reads it: %v", login, err)
			}
		}
	})
}

func scoreItem(t *testing.T, w *apptest.World, who account.Actor, drawID, itemID string) {
	t.Helper()
	scores := oversight.Scores{}
	for _, c := range oversight.Criteria {
		scores[c] = 3
	}
	scores[oversight.Criteria[0]] = oversight.NotApplicable
	if err := w.Oversight.Score(t.Context(), who, itemID, 1, oversight.Scores{"facts": 5}, ""); fail.KindOf(err) != fail.KindInvalid {
		t.Errorf("five points of four: %v", err)
	}
	if err := w.Oversight.Score(t.Context(), who, itemID, 1, scores, "理由清楚。"); err != nil {
		t.Fatal(err)
	}
	if err := w.Oversight.Score(t.Context(), who, itemID, 1, scores, ""); fail.KindOf(err) != fail.KindConflict {
		t.Errorf("scored from an old page: %v", err)
	}
	d, _, err := w.Oversight.DrawOf(t.Context(), who, drawID)
	if err != nil || d.Done != 1 || d.Percent != 75 {
		t.Errorf("summed up: %+v, %v", d, err)
	}
	it, err := w.Oversight.ItemOf(t.Context(), who, itemID)
	if err != nil || it.Note != "理由清楚。" {
		t.Errorf("item: %+v, %v", it, err)
	}
}
