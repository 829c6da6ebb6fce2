package reckon

import (
	"testing"

	"pgregory.net/rapid"

	"reliefportal/app/calendar"
	"reliefportal/app/fail"
	"reliefportal/app/money"
)

// on reads a day, or ends the test: a slip in a table must not look like "none".
func on(s string) calendar.Date {
	d, err := calendar.ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

// claim is 100,000 yuan due on the last day of 2025: 17.50 yuan a day. The hundredth day is 10 April 2026.
func claim() LateInput {
	return LateInput{Debts: []Debt{{money.Yuan(100_000), on("2025-12-31")}}, Until: on("2026-04-10"), Order: PrincipalFirst, PerMillion: 175}
}

func TestLateInterest(t *testing.T) {
	type want struct {
		doubled, principal, interest, left, over money.Fen
		segments                                 int
	}
	pay := func(sum int64, day string) func(*LateInput) {
		return func(in *LateInput) { in.Payments = append(in.Payments, Payment{money.Yuan(sum), on(day), Paid}) }
	}
	stay := func(kind StayKind, from, to string) func(*LateInput) {
		return func(in *LateInput) { in.Stays = append(in.Stays, Stay{on(from), on(to), kind}) }
	}
	until := func(day string) func(*LateInput) { return func(in *LateInput) { in.Until = on(day) } }
	interest := func(in *LateInput) { in.Interest = money.Yuan(5_000) }
	order := func(o Order) func(*LateInput) { return func(in *LateInput) { in.Order = o } }
	full := money.Yuan(100_000)
	cases := []struct {
		name    string
		changes []func(*LateInput)
		want    want
	}{
		{"a hundred days", nil, want{175000, full, 0, 175000, 0, 1}},
		{"the last day to pay", []func(*LateInput){until("2025-12-31")}, want{0, full, 0, 0, 0, 0}},
		{"the day before it", []func(*LateInput){until("2025-12-30")}, want{0, full, 0, 0, 0, 0}},
		{"the first day late", []func(*LateInput){until("2026-01-01")}, want{1750, full, 0, 1750, 0, 1}},
		{"the second day late", []func(*LateInput){until("2026-01-02")}, want{3500, full, 0, 3500, 0, 1}},
		{"general interest bears none", []func(*LateInput){interest}, want{175000, full, 500000, 175000, 0, 1}},

		// 50 days on 100,000 are 875; 50 days on 60,000 are 525.
		{"part paid on day 50", []func(*LateInput){pay(40_000, "2026-02-19")}, want{140000, money.Yuan(60_000), 0, 140000, 0, 2}},
		{"part paid a day earlier", []func(*LateInput){pay(40_000, "2026-02-18")}, want{139300, money.Yuan(60_000), 0, 139300, 0, 2}},
		{"part paid a day later", []func(*LateInput){pay(40_000, "2026-02-20")}, want{140700, money.Yuan(60_000), 0, 140700, 0, 2}},
		// 20 days on 100,000 are 350, 30 on 60,000 are 315, 50 on 10,000 are 87.50.
		{"two part payments", []func(*LateInput){pay(50_000, "2026-02-19"), pay(40_000, "2026-01-20")},
			want{75250, money.Yuan(10_000), 0, 75250, 0, 3}},
		{"paid on the last day to pay", []func(*LateInput){pay(40_000, "2025-12-31")}, want{105000, money.Yuan(60_000), 0, 105000, 0, 1}},
		{"paid long before", []func(*LateInput){pay(40_000, "2025-06-01")}, want{105000, money.Yuan(60_000), 0, 105000, 0, 1}},
		{"paid on the last day of the count", []func(*LateInput){pay(40_000, "2026-04-10")}, want{175000, money.Yuan(60_000), 0, 175000, 0, 1}},
		{"paid after the last day of the count", []func(*LateInput){pay(40_000, "2026-04-11")}, want{175000, full, 0, 175000, 0, 1}},
		{"all paid on day 50", []func(*LateInput){pay(100_000, "2026-02-19")}, want{87500, 0, 0, 87500, 0, 1}},
		{"more than all", []func(*LateInput){pay(101_000, "2026-02-19")}, want{87500, 0, 0, 0, 12500, 1}},

		// 103,000 on the last day: what it meets depends on the order only.
		{"principal first", []func(*LateInput){interest, pay(103_000, "2026-04-10")}, want{175000, 0, 200000, 175000, 0, 1}},
		{"interest first", []func(*LateInput){interest, order(InterestFirst), pay(103_000, "2026-04-10")}, want{175000, 200000, 0, 175000, 0, 1}},
		{"doubled part first", []func(*LateInput){interest, order(DoubledFirst), pay(103_000, "2026-04-10")},
			want{175000, 0, 375000, 0, 0, 1}},

		{"30 days of review nobody here asked for", []func(*LateInput){stay(StayReview, "2026-01-11", "2026-02-09")},
			want{122500, full, 0, 122500, 0, 3}},
		{"a stay of one day", []func(*LateInput){stay(StayRetrial, "2026-01-11", "2026-01-11")}, want{173250, full, 0, 173250, 0, 3}},
		{"review the debtor asked for counts", []func(*LateInput){stay(StayOwnReview, "2026-01-11", "2026-02-09")},
			want{175000, full, 0, 175000, 0, 1}},
		{"a settlement counts", []func(*LateInput){stay(StayOther, "2026-01-11", "2026-02-09")}, want{175000, full, 0, 175000, 0, 1}},
		{"two stays that overlap are left out once",
			[]func(*LateInput){stay(StayReview, "2026-01-11", "2026-01-30"), stay(StayRetrial, "2026-01-21", "2026-02-09")},
			want{122500, full, 0, 122500, 0, 5}},
		{"a stay before the first day", []func(*LateInput){stay(StayRetrial, "2025-10-01", "2025-12-31")}, want{175000, full, 0, 175000, 0, 1}},
		{"a stay over everything", []func(*LateInput){stay(StayRetrial, "2025-10-01", "2026-12-31")}, want{0, full, 0, 0, 0, 1}},
		{"a payment in a stay", []func(*LateInput){stay(StayRetrial, "2026-01-11", "2026-02-09"), pay(40_000, "2026-01-20")},
			want{17500 + 63000, money.Yuan(60_000), 0, 17500 + 63000, 0, 4}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			in := claim()
			for _, change := range c.changes {
				change(&in)
			}
			r, err := LateInterest(in)
			if err != nil {
				t.Fatal(err)
			}
			got := want{r.Doubled, r.Principal, r.Interest, r.DoubledLeft, r.Over, len(r.Segments)}
			if got != c.want || r.Balance != r.Principal+r.Interest+r.DoubledLeft || r.Partial || len(r.Receipts) != len(in.Payments) {
				t.Errorf("got %+v, want %+v\n%+v", got, c.want, r)
			}
		})
	}
}

// TestInstalments: 50,000 due at the end of 2025 and 50,000 on 19 February, the fiftieth day after. Each counts from its own day.
func TestInstalments(t *testing.T) {
	in := claim()
	in.Debts = []Debt{{money.Yuan(50_000), on("2026-02-19")}, {money.Yuan(50_000), on("2025-12-31")}}
	r, err := LateInterest(in)
	if err != nil || r.Doubled != 50*875+50*1750 {
		t.Fatalf("%s, %v", r.Doubled, err)
	}
	in.Payments = []Payment{{money.Yuan(60_000), on("2026-01-20"), Taken}} // meets the older wholly, and 10,000 of the other before it is due
	r, err = LateInterest(in)
	if err != nil || r.Doubled != 20*875+50*700 || r.Principal != money.Yuan(40_000) {
		t.Fatalf("%s, left %s, %v", r.Doubled, r.Principal, err)
	}
}

// TestOldRule: the days before 1 August 2014 are shown, not counted, and said to be missing.
func TestOldRule(t *testing.T) {
	cases := []struct {
		due, until string
		doubled    money.Fen
		partial    bool
		segments   int
	}{
		{"2014-07-31", "2014-08-01", 1750, false, 1},
		{"2014-07-30", "2014-08-01", 1750, true, 2},
		{"2014-07-30", "2014-07-31", 0, true, 1},
		{"2014-08-01", "2014-08-02", 1750, false, 1},
		{"2010-01-01", "2014-08-10", 17500, true, 2},
	}
	for _, c := range cases {
		in := claim()
		in.Debts[0].Due, in.Until = on(c.due), on(c.until)
		r, err := LateInterest(in)
		if err != nil || r.Doubled != c.doubled || r.Partial != c.partial || len(r.Segments) != c.segments {
			t.Errorf("%s to %s: %+v, %v", c.due, c.until, r, err)
		}
	}
}

// TestRounding: 0.0175 % of 28.57 yuan is 0.4999… fen a day, of 28.58 yuan 0.50015 fen.
func TestRounding(t *testing.T) {
	for sum, want := range map[money.Fen]money.Fen{2857: 0, 2858: 1, money.Max: 17_500_000_000} {
		if got := doubled(sum, 175, 1); got != want {
			t.Errorf("a day on %d fen is %d, want %d", sum, got, want)
		}
	}
	if got := doubled(20_000, 175, 1); got != 4 { // 3.5
		t.Errorf("half a fen gives %d", got)
	}
}

func TestLateInputIsChecked(t *testing.T) {
	var in LateInput
	in.Interest = -1
	in.Debts = []Debt{{}, {Sum: money.Max, Due: on("2026-01-01")}, {Sum: 1, Due: on("2026-01-01")}}
	in.Payments = []Payment{{}}
	in.Stays = []Stay{{}, {From: on("2026-01-02"), To: on("2026-01-01"), Kind: StayOther}}
	_, err := LateInterest(in)
	e, ok := fail.As(err)
	if !ok || e.Kind != fail.KindInvalid {
		t.Fatal(err)
	}
	got := map[string]bool{}
	for _, f := range e.Fields {
		got[f.Name] = true
	}
	for _, name := range []string{"debt_sum_1", "debt_due_1", "debt_sum_3", "interest", "paid_sum_1", "paid_on_1", "paid_kind_1", "stay_from_1",
		"stay_to_1", "stay_kind_1", "stay_to_2", "until", "order"} {
		if !got[name] {
			t.Errorf("%s is not named", name)
		}
		delete(got, name)
	}
	if len(got) > 0 {
		t.Errorf("named without reason: %v", got)
	}
	if err := (LateInput{Order: PrincipalFirst, Until: on("2026-01-01")}).Check(); err == nil {
		t.Error("no debt is counted with")
	}
	in = claim()
	in.PerMillion = 0
	if _, err := LateInterest(in); fail.KindOf(err) != fail.KindInternal {
		t.Errorf("without a rate: %v", err)
	}
}

// drawn is a random account over twelve years around the change of the rule.
func drawn(t *rapid.T) LateInput {
	day := rapid.Custom(func(t *rapid.T) calendar.Date {
		return on("2012-01-01").AddDays(rapid.IntRange(0, 4400).Draw(t, "day"))
	})
	sum := rapid.Custom(func(t *rapid.T) money.Fen { return money.Fen(rapid.Int64Range(1, 1_000_000_00).Draw(t, "sum")) })
	return LateInput{
		Debts:    rapid.SliceOfN(rapid.Custom(func(t *rapid.T) Debt { return Debt{sum.Draw(t, "debt"), day.Draw(t, "due")} }), 1, 4).Draw(t, "debts"),
		Interest: money.Fen(rapid.Int64Range(0, 1_000_00).Draw(t, "interest")),
		Until:    day.Draw(t, "until"),
		Payments: rapid.SliceOfN(rapid.Custom(func(t *rapid.T) Payment {
			return Payment{sum.Draw(t, "paid"), day.Draw(t, "on"), rapid.SampledFrom([]PaymentKind{Paid, Taken, Sold, Turned}).Draw(t, "kind")}
		}), 0, 5).Draw(t, "payments"),
		Stays: rapid.SliceOfN(rapid.Custom(func(t *rapid.T) Stay {
			from := day.Draw(t, "from")
			return Stay{from, from.AddDays(rapid.IntRange(0, 400).Draw(t, "long")),
				rapid.SampledFrom([]StayKind{StayReview, StayRetrial, StayOwnReview, StayOther}).Draw(t, "why")}
		}), 0, 4).Draw(t, "stays"),
		Order:      rapid.SampledFrom([]Order{PrincipalFirst, InterestFirst, DoubledFirst}).Draw(t, "order"),
		PerMillion: 175,
	}
}

func worked(t *rapid.T, in LateInput) LateResult {
	r, err := LateInterest(in)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// TestLateTableAddsUp: nothing is lost or made up, no sum is negative, and the same input gives the same table.
func TestLateTableAddsUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := drawn(t)
		r := worked(t, in)
		var principal, met, doubled, over money.Fen
		for _, d := range in.Debts {
			principal += d.Sum
		}
		for i, s := range r.Segments {
			doubled += s.Doubled
			if s.Days != s.From.DaysUntil(s.To)+1 || s.Days < 1 || s.Base <= 0 || s.Base > principal || s.Doubled < 0 || s.State != Counted && s.Doubled != 0 {
				t.Fatalf("segment %+v", s)
			}
			if i > 0 && !s.From.After(r.Segments[i-1].To) || s.To.After(in.Until) {
				t.Fatalf("segments overlap or run on: %+v", r.Segments)
			}
		}
		for _, p := range r.Receipts {
			parts := p.Principal + p.Interest + p.Doubled + p.Over
			if p.After != p.On.After(in.Until) || p.After && parts != 0 || !p.After && parts != p.Sum {
				t.Fatalf("receipt %+v", p)
			}
			met += parts - p.Over
			over += p.Over
		}
		if doubled != r.Doubled || over != r.Over || r.Balance != principal+in.Interest+doubled-met {
			t.Fatalf("does not add up: %+v", r)
		}
		if r.Principal < 0 || r.Interest < 0 || r.DoubledLeft < 0 || r.Balance < 0 || r.Over < 0 {
			t.Fatalf("negative: %+v", r)
		}
		again := worked(t, in)
		if again.Balance != r.Balance || len(again.Segments) != len(r.Segments) {
			t.Fatal("the second time differs")
		}
	})
}

// TestMoreDaysNeverLess: a later last day never lowers the doubled part.
func TestMoreDaysNeverLess(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := drawn(t)
		now := worked(t, in)
		in.Until = in.Until.AddDays(rapid.IntRange(1, 500).Draw(t, "more"))
		later := worked(t, in)
		// A segment cut off in the middle and the whole of it are each rounded once.
		if later.Doubled < now.Doubled {
			t.Fatalf("%s, then %s", now.Doubled, later.Doubled)
		}
	})
}

// TestSplitting: counting in two goes gives the same sum but for one fen of rounding.
func TestSplitting(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := drawn(t)
		in.Payments, in.Debts = nil, in.Debts[:1]
		whole := worked(t, in).Doubled
		middle := in.Debts[0].Due.AddDays(rapid.IntRange(0, 4000).Draw(t, "middle"))
		if middle.After(in.Until) {
			return
		}
		first, second := in, in
		first.Until = middle
		second.Debts = []Debt{{in.Debts[0].Sum, middle}}
		parts := worked(t, first).Doubled + worked(t, second).Doubled
		if d := whole - parts; d < -1 || d > 1 {
			t.Fatalf("whole %d, in parts %d", whole, parts)
		}
	})
}

// TestPayingNeverCostsMore: one payment more never leaves more to pay, apart from the fen of each segment it cuts.
func TestPayingNeverCostsMore(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := drawn(t)
		before := worked(t, in)
		in.Payments = append(in.Payments, Payment{money.Fen(rapid.Int64Range(1, 1_000_000_00).Draw(t, "sum")),
			on("2012-01-01").AddDays(rapid.IntRange(0, 4400).Draw(t, "on")), Paid})
		after := worked(t, in)
		if rounding := money.Fen(len(after.Segments)); after.Balance > before.Balance+rounding {
			t.Fatalf("%s, after paying %s", before.Balance, after.Balance)
		}
	})
}

func BenchmarkLateInterest(b *testing.B) {
	in := claim()
	for i := range 12 {
		in.Payments = append(in.Payments, Payment{money.Yuan(1000), on("2026-01-01").AddDays(i * 7), Paid})
		in.Stays = append(in.Stays, Stay{on("2026-01-03").AddDays(i * 7), on("2026-01-04").AddDays(i * 7), StayRetrial})
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := LateInterest(in); err != nil {
			b.Fatal(err)
		}
	}
}
