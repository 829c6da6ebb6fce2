package review_test

import (
	"bytes"
	"slices"
	"testing"
	"time"

	"gorm.io/gorm"
	"pgregory.net/rapid"

	"reliefportal/app/account"
	"reliefportal/app/apptest"
	"reliefportal/app/calendar"
	"reliefportal/app/fail"
	"reliefportal/app/filing"
	"reliefportal/app/review"
	"reliefportal/app/rules"
	"reliefportal/app/store"
	"reliefportal/app/store/storetest"
)

// withAnswers files an objection with these answers beside the usual ones.
func withAnswers(t *testing.T, w *apptest.World, who account.Actor, more rules.Facts) filing.Filing {
	t.Helper()
	facts := rules.Facts{
		"topic": rules.Pick("account"), "role": rules.Pick("self"), "case_state": rules.Pick("running"), "money_kind": rules.Pick("wages"),
		filing.FactCaseNumber: rules.Said(number), filing.FactExecCourt: rules.Said(nanshan), filing.FactApplicant: rules.Said("欧阳晓芸"),
		"act": rules.Said("冻结工资卡"), "what_happened": rules.Said("全部冻结。"), "request": rules.Said("解除冻结。"), "moved": rules.Pick("no"),
	}
	for k, v := range more {
		facts[k] = v
	}
	f, err := w.Filings.Start(t.Context(), who, filing.StartInput{Remedy: "R01", Lang: "zh-Hans", Token: store.NewID(), Facts: facts})
	if err != nil {
		t.Fatal(err)
	}
	f, _, err = w.Filings.Submit(t.Context(), who, f.ID, filing.SubmitInput{Version: f.Version, Key: f.SubmitKey, Declared: true})
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// listed are the ids of one page of a list.
func listed(t *testing.T, w *apptest.World, a account.Actor, f review.Filter) (out []string) {
	t.Helper()
	rows, _, err := w.Reviews.Queue(t.Context(), a, f, review.Place{})
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range rows {
		out = append(out, r.ID)
	}
	return out
}

// TestUrgencyOrdersTheSameDay: what the answers say makes a filing urgent, with the day it is urgent for; it goes before others of the same last
// day and not before an earlier one.
func TestUrgencyOrdersTheSameDay(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := apptest.New(t, db)
		who, clerk := w.Debtor(t, "13800006071"), w.Staff(t, "nanshan.lian")
		old := withAnswers(t, w, who, nil)
		w.Time.Add(24 * time.Hour)
		plain := withAnswers(t, w, who, nil)
		living := withAnswers(t, w, who, rules.Facts{"living_left": rules.Pick("no")})
		if living.Urgency != "living" || living.UrgencyRank != 3 || plain.Urgency != "" || plain.UrgencyRank != filing.NotUrgent {
			t.Fatalf("urgency %q %d, %q %d", living.Urgency, living.UrgencyRank, plain.Urgency, plain.UrgencyRank)
		}
		if got, want := listed(t, w, clerk, review.Filter{Tab: review.TabOpen}), []string{old.ID, living.ID, plain.ID}; !slices.Equal(got, want) {
			t.Errorf("listed %v, want %v", got, want)
		}
		for filter, want := range map[string][]string{review.AnyUrgent: {living.ID}, "living": {living.ID}, "detained": nil} {
			if got := listed(t, w, clerk, review.Filter{Tab: review.TabOpen, Urgent: filter}); !slices.Equal(got, want) {
				t.Errorf("filter %s: %v", filter, got)
			}
		}
	})
}

// TestUrgencyKeepsItsDay: an auction is urgent until its day, and the day is kept.
func TestUrgencyKeepsItsDay(t *testing.T) {
	f := filing.Filing{Urgency: "auction:2026-12-01,living"}
	want := []filing.UrgencyMark{{Code: "auction", Day: calendar.NewDate(2026, 12, 1)}, {Code: "living"}}
	if got := f.Urgencies(); !slices.Equal(got, want) {
		t.Errorf("marks %+v", got)
	}
	w := apptest.New(t, storetest.SQLite(t))
	pack := w.Packs.On(calendar.Today(w.Clock))
	facts := func(day int) rules.Facts {
		return rules.Facts{"sale_stage": rules.Pick("announced"), "auction_on": rules.On(calendar.NewDate(2026, 12, day))}
	}
	for day, urgent := range map[int]bool{14: false, 15: true, 16: true} {
		if got := len(pack.UrgencyOf(facts(day), calendar.NewDate(2026, 12, 15))) == 1; got != urgent {
			t.Errorf("auction on the %d., asked on the 15th: urgent %v", day, got)
		}
	}
}

// TestSearch: what is looked for is found by name, by what was said, by a part of a case number, and only on the own desk; nothing readable stands
// in the index.
func TestSearch(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx, w := t.Context(), apptest.New(t, db)
		who, clerk := w.Debtor(t, "13800006071"), w.Staff(t, "nanshan.lian")
		mine := withAnswers(t, w, who, rules.Facts{"what_happened": rules.Said("养老金账户也冻结了，Alipay too.")})
		other := withAnswers(t, w, who, rules.Facts{filing.FactApplicant: rules.Said("林平"), filing.FactCaseNumber: rules.Said("（2025）粤0305执77号")})
		w.Work(t)
		found := func(a account.Actor, text string) []string {
			return listed(t, w, a, review.Filter{Tab: review.TabFound, Text: text})
		}
		for text, want := range map[string][]string{
			"欧阳晓芸": {mine.ID}, "欧阳": {mine.ID}, "养老金": {mine.ID}, "养老金 欧阳": {mine.ID}, "ALIPAY": {mine.ID}, "1234": {mine.ID}, "粤0305执77": {other.ID},
			number: {mine.ID}, "（2025）粤0305执77号": {other.ID}, mine.Code(): {mine.ID}, "林平": {other.ID}, "王舒": nil, "林": nil, "养老金 林平": nil,
			`") OR ("`: nil, "'; DROP TABLE filing; --": nil,
		} {
			if got := found(clerk, text); !slices.Equal(got, want) {
				t.Errorf("%q found %v, want %v", text, got, want)
			}
		}
		if got := found(clerk, "解除冻结"); !slices.Equal(got, []string{other.ID, mine.ID}) && !slices.Equal(got, []string{mine.ID, other.ID}) {
			t.Errorf("both: %v", got)
		}
		if got := found(w.Staff(t, "shenzhen.lian"), "欧阳晓芸"); len(got) != 0 {
			t.Errorf("another court finds %v", got)
		}
		var doc string
		if err := db.Read(ctx).Raw("SELECT CAST(doc AS TEXT) FROM filing_search WHERE filing_id = ?", mine.ID).Scan(&doc).Error; err != nil || doc == "" {
			t.Fatalf("index %q, %v", doc, err)
		}
		for _, r := range doc {
			if r > 127 || r >= '0' && r <= '9' && db.Dialect() == store.SQLite {
				t.Fatalf("something readable stands in the index: %q", doc)
			}
		}
		f, err := w.Reviews.Accept(ctx, clerk, mine.ID, mine.Version, "（2026）粤0305执异8888号")
		if err != nil {
			t.Fatal(err)
		}
		w.Work(t)
		if got := found(clerk, "8888"); !slices.Equal(got, []string{f.ID}) {
			t.Errorf("by its new number: %v", got)
		}
	})
}

// TestTabs: every open filing stands in the tab of what is owed for it.
func TestTabs(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx, w := t.Context(), apptest.New(t, db)
		clerk, zhou := w.Staff(t, "nanshan.lian"), w.Staff(t, "nanshan.shen1")
		fresh := filed(t, w, w.Debtor(t, "13800006071"))
		free := accepted(t, w, filed(t, w, w.Debtor(t, "13800006072")))
		mine := accepted(t, w, filed(t, w, w.Debtor(t, "13800006073")))
		mine, err := w.Reviews.Assign(ctx, zhou, mine.ID, mine.Version, zhou.PersonID)
		if err != nil {
			t.Fatal(err)
		}
		asked := filed(t, w, w.Debtor(t, "13800006074"))
		if asked, err = w.Reviews.Ask(ctx, clerk, asked.ID, asked.Version, "请补上银行的冻结通知。"); err != nil {
			t.Fatal(err)
		}
		for tab, want := range map[review.Tab]string{review.TabNew: fresh.ID, review.TabFree: free.ID, review.TabMine: mine.ID, review.TabWaiting: asked.ID} {
			if got := listed(t, w, zhou, review.Filter{Tab: tab}); !slices.Equal(got, []string{want}) {
				t.Errorf("%s holds %v, want %s", tab, got, want)
			}
		}
	})
}

// TestGiveByTheProposal: the lightest is proposed; another is given it only for a coded reason; nobody who is away; whoever had the same case
// lately is preferred, until the days of affinity or the age floor have passed.
func TestGiveByTheProposal(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx, w := t.Context(), apptest.New(t, db)
		clerk, zhou, wu := w.Staff(t, "nanshan.lian"), w.Staff(t, "nanshan.shen1"), w.Staff(t, "nanshan.shen2")
		who := w.Debtor(t, "13800006071")
		first := accepted(t, w, filed(t, w, who))
		if _, err := w.Reviews.Give(ctx, clerk, first.ID, first.Version, wu.PersonID, ""); err != nil {
			t.Fatalf("of two equals each may have it: %v", err)
		}
		second := accepted(t, w, withAnswers(t, w, who, rules.Facts{filing.FactCaseNumber: rules.Said("（2025）粤0305执77号")}))
		if got := proposed(t, w, second); got != zhou.PersonID {
			t.Errorf("the lightest is %s, proposed %s", zhou.PersonID, got)
		}
		if _, err := w.Reviews.Give(ctx, clerk, second.ID, second.Version, wu.PersonID, ""); invalidKey(err) != "assign.reason" {
			t.Errorf("without a reason: %v", err)
		}
		if _, err := w.Reviews.Give(ctx, clerk, second.ID, second.Version, wu.PersonID, "nonsense"); invalidKey(err) != "answer.choose" {
			t.Errorf("with no coded reason: %v", err)
		}
		same := accepted(t, w, filed(t, w, who))
		if got := proposed(t, w, same); got != wu.PersonID {
			t.Errorf("who has the same case is %s, proposed %s", wu.PersonID, got)
		}
		today := calendar.Today(w.Clock)
		if err := w.Reviews.AddAbsence(ctx, clerk, wu.PersonID, today.AddDays(-1), today); err != nil {
			t.Fatal(err)
		}
		if got := proposed(t, w, same); got != zhou.PersonID {
			t.Errorf("while he is away: %s", got)
		}
		if _, err := w.Reviews.Give(ctx, clerk, second.ID, second.Version, wu.PersonID, "knows"); invalidKey(err) != "review.away" {
			t.Errorf("given to somebody away: %v", err)
		}
		w.Time.Set(calendar.DateOf(*same.DocketedAt).AddDays(9).StartUTC())
		if got := proposed(t, w, same); got != wu.PersonID {
			t.Errorf("after 9 days: %s", got)
		}
		w.Time.Set(calendar.DateOf(*same.DocketedAt).AddDays(10).StartUTC())
		if got := proposed(t, w, same); got != zhou.PersonID {
			t.Errorf("from the age floor on the lightest has it, not %s", got)
		}
		if second, err := w.Reviews.Give(ctx, clerk, second.ID, second.Version, wu.PersonID, "knows"); err != nil || second.Reviewer() != wu.PersonID {
			t.Errorf("back, and for a reason: %v", err)
		}
	})
}

func proposed(t *testing.T, w *apptest.World, f filing.Filing) string {
	t.Helper()
	choices, err := w.Reviews.Choices(t.Context(), f)
	if err != nil {
		t.Fatal(err)
	}
	if len(choices) == 0 || !choices[0].Proposed {
		return ""
	}
	return choices[0].PersonID
}

// TestPropose: whoever is proposed may have it, is the only one, and has no more in hand than affinity allows above the lightest.
func TestPropose(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := rules.Weights{AffinityOver: rapid.Int64Range(0, 30).Draw(t, "over"), AgeDays: 10}
		waited := rapid.Int64Range(0, 20).Draw(t, "waited")
		choices := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) review.Choice {
			return review.Choice{PersonID: rapid.StringN(3, 3, 3).Draw(t, "id"), Points: rapid.Int64Range(0, 80).Draw(t, "points"), Before: rapid.Bool().Draw(t, "before"),
				Away: rapid.IntRange(0, 3).Draw(t, "away") == 0, Bar: rapid.SampledFrom([]review.Bar{"", "", review.BarMeasure}).Draw(t, "bar")}
		}), 0, 8).Draw(t, "choices")
		n := len(choices)
		review.Propose(choices, w, waited)
		least, may, marked := int64(1<<40), 0, 0
		for _, c := range choices {
			if c.Bar == review.BarNone && !c.Away {
				least, may = min(least, c.Points), may+1
			}
			if c.Proposed {
				marked++
			}
		}
		if len(choices) != n || marked != min(may, 1) {
			t.Fatalf("%d of %d are proposed", marked, may)
		}
		if may == 0 {
			return
		}
		best := choices[0]
		over := best.Points - least
		if !best.Proposed || best.Bar != review.BarNone || best.Away || over > 0 && (!best.Before || over > w.AffinityOver || waited >= w.AgeDays) {
			t.Fatalf("proposed %+v, the lightest has %d, waited %d, %+v", best, least, waited, w)
		}
	})
}

func TestWeigh(t *testing.T) {
	w := rules.Weights{Base: 10, Remedies: map[string]int64{"R05": 8, "R19": -14}, Party: 2, Asset: 1, Paper: 1, PaperTop: 15, Urgent: 2}
	for _, c := range []struct {
		remedy                  string
		parties, assets, papers int64
		urgent                  bool
		want                    int64
	}{
		{"R01", 0, 0, 0, false, 10},
		{"R05", 2, 1, 3, true, 28},
		{"R01", 0, 0, 15, false, 25},
		{"R01", 0, 0, 16, false, 25}, // files count up to a limit
		{"R19", 0, 0, 0, false, 1},   // never nothing
	} {
		if got, _ := review.Weigh(w, c.remedy, c.parties, c.assets, c.papers, c.urgent); got != c.want {
			t.Errorf("%+v weighs %d", c, got)
		}
	}
}

// TestWeightsOfABody: its own version counts before that of all, the newest before older ones, and the pack where there is none.
func TestWeightsOfABody(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx, w := t.Context(), apptest.New(t, db)
		admin, body, pack := w.Staff(t, "guanli"), w.Directory.BodyID(ctx, nanshan), w.Packs.On(calendar.Today(w.Clock))
		base := func() int64 {
			t.Helper()
			got, err := w.Reviews.WeightsOf(db.Read(ctx), body, pack)
			if err != nil {
				t.Fatal(err)
			}
			return got.Base
		}
		if base() != pack.Work.Weights.Base {
			t.Error("not those of the pack")
		}
		if err := w.Reviews.SetWeights(ctx, w.Staff(t, "nanshan.lian"), body, rules.Weights{Base: 5}); fail.KindOf(err) != fail.KindNotFound {
			t.Errorf("a desk sets weights: %v", err)
		}
		if err := w.Reviews.SetWeights(ctx, admin, body, rules.Weights{Base: 5, Party: -1}); fail.KindOf(err) != fail.KindInvalid {
			t.Errorf("a negative part: %v", err)
		}
		for i, set := range []struct {
			body string
			base int64
			want int64
		}{{"", 7, 7}, {body, 9, 9}, {body, 11, 11}, {"", 8, 11}} {
			if err := w.Reviews.SetWeights(ctx, admin, set.body, rules.Weights{Base: set.base}); err != nil {
				t.Fatal(err)
			}
			if got := base(); got != set.want {
				t.Errorf("%d: %d, want %d", i, got, set.want)
			}
		}
	})
}

// TestHints: the same person with the same request first, then the same file, then the same case; nothing of another desk.
func TestHints(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx, w := t.Context(), apptest.New(t, db)
		clerk, who := w.Staff(t, "nanshan.lian"), w.Debtor(t, "13800006071")
		f := filed(t, w, who)
		again, neighbour := filed(t, w, who), filed(t, w, w.Debtor(t, "13800006072"))
		paper := withAnswers(t, w, w.Debtor(t, "13800006073"), rules.Facts{filing.FactCaseNumber: rules.Said("（2025）粤0305执77号")})
		if err := db.Tx(ctx, func(tx *gorm.DB) error {
			for _, owner := range []filing.Filing{f, paper} {
				if err := tx.Exec(`INSERT INTO document (id, filing_id, person_id, paper, name_sealed, mime, size, sha256, blob_key, state, created_at)
					VALUES (?, ?, ?, '', ?, 'application/pdf', 1, 'the same', ?, 'ready', ?)`, store.NewID(), owner.ID, owner.PersonID, []byte{1}, store.NewID(), w.Clock.Now()).Error; err != nil {
					return err
				}
			}
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		hints, err := w.Reviews.Hints(ctx, clerk, f)
		if err != nil {
			t.Fatal(err)
		}
		got := map[string][]string{}
		for _, h := range hints {
			got[h.ID] = h.Why
		}
		if len(hints) != 3 || hints[0].ID != again.ID || hints[1].ID != paper.ID || hints[2].ID != neighbour.ID {
			t.Fatalf("hints %+v", got)
		}
		if !slices.Equal(got[again.ID], []string{review.SameRequest, review.SameCase}) || !slices.Equal(got[paper.ID], []string{review.SamePaper}) ||
			!slices.Equal(got[neighbour.ID], []string{review.SameCase}) {
			t.Errorf("why: %+v", got)
		}
		if hints, err := w.Reviews.Hints(ctx, w.Staff(t, "shenzhen.lian"), f); err != nil || len(hints) != 0 {
			t.Errorf("another court sees %d, %v", len(hints), err)
		}
	})
}

// TestOtherSide: a side is told once, on a day between receipt and today, never through the portal; more sides weigh more, and are found by name.
func TestOtherSide(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx, w := t.Context(), apptest.New(t, db)
		clerk, today := w.Staff(t, "nanshan.lian"), calendar.Today(w.Clock)
		f := accepted(t, w, filed(t, w, w.Debtor(t, "13800006071")))
		before, _, err := w.Reviews.WorkloadOf(ctx, f)
		if err != nil {
			t.Fatal(err)
		}
		if err := w.Reviews.AddParty(ctx, clerk, f.ID, "nonsense", " "); fail.KindOf(err) != fail.KindInvalid {
			t.Errorf("neither name nor role: %v", err)
		}
		if err := w.Reviews.AddParty(ctx, w.Staff(t, "shenzhen.lian"), f.ID, "creditor", "何家银行"); fail.KindOf(err) != fail.KindNotFound {
			t.Errorf("another court adds a side: %v", err)
		}
		if err := w.Reviews.AddParty(ctx, clerk, f.ID, "creditor", "何家银行"); err != nil {
			t.Fatal(err)
		}
		w.Work(t)
		if got := listed(t, w, clerk, review.Filter{Tab: review.TabFound, Text: "何家银行"}); !slices.Equal(got, []string{f.ID}) {
			t.Errorf("found by the other side: %v", got)
		}
		after, _, err := w.Reviews.WorkloadOf(ctx, f)
		if err != nil || after.Points != before.Points+2 {
			t.Errorf("weighs %d, then %d, %v", before.Points, after.Points, err)
		}
		sides, err := w.Reviews.Parties(ctx, f)
		if err != nil || len(sides) != 1 || sides[0].Name != "何家银行" || sides[0].ToldOn != nil {
			t.Fatalf("sides %+v, %v", sides, err)
		}
		for name, c := range map[string]struct {
			how string
			on  calendar.Date
		}{"tomorrow": {review.ServedPost, today.AddDays(1)}, "before it came": {review.ServedPost, today.AddDays(-1)}, "through the portal": {review.ServedPortal, today}} {
			if err := w.Reviews.TellParty(ctx, clerk, f.ID, sides[0].ID, c.how, c.on); fail.KindOf(err) != fail.KindInvalid {
				t.Errorf("%s: %v", name, err)
			}
		}
		if err := w.Reviews.TellParty(ctx, clerk, f.ID, sides[0].ID, review.ServedPost, today); err != nil {
			t.Fatal(err)
		}
		if err := w.Reviews.TellParty(ctx, clerk, f.ID, sides[0].ID, review.ServedPost, today); fail.KindOf(err) != fail.KindConflict {
			t.Errorf("told twice: %v", err)
		}
	})
}

// TestSavedViews: a filter is its maker's alone, sealed, and there is room for twelve.
func TestSavedViews(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx, w := t.Context(), apptest.New(t, db)
		clerk, other := w.Staff(t, "nanshan.lian"), w.Staff(t, "nanshan.shen1")
		if err := w.Reviews.SaveView(ctx, clerk, "欧阳的", "q=欧阳"); err != nil {
			t.Fatal(err)
		}
		kept, err := w.Reviews.Views(ctx, clerk)
		if err != nil || len(kept) != 1 || kept[0].Name != "欧阳的" || kept[0].Query != "q=欧阳" || bytes.Contains(kept[0].QuerySealed, []byte("欧阳")) {
			t.Fatalf("kept %+v, %v", kept, err)
		}
		if theirs, err := w.Reviews.Views(ctx, other); err != nil || len(theirs) != 0 {
			t.Errorf("a colleague sees %v, %v", theirs, err)
		}
		if err := w.Reviews.DropView(ctx, other, kept[0].ID); fail.KindOf(err) != fail.KindNotFound {
			t.Errorf("a colleague removes it: %v", err)
		}
		for range review.ViewsMax - 1 {
			if err := w.Reviews.SaveView(ctx, clerk, "另一个", "urgent=any"); err != nil {
				t.Fatal(err)
			}
		}
		if err := w.Reviews.SaveView(ctx, clerk, "太多了", ""); invalidKey(err) != "views.too_many" {
			t.Errorf("a thirteenth: %v", err)
		}
		if err := w.Reviews.DropView(ctx, clerk, kept[0].ID); err != nil {
			t.Fatal(err)
		}
		if err := w.Reviews.SaveView(ctx, clerk, "又有地方了", ""); err != nil {
			t.Error(err)
		}
	})
}
