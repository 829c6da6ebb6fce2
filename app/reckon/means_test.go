package reckon

import (
	"testing"

	"pgregory.net/rapid"

	"reliefportal/app/money"
)

func TestMonth(t *testing.T) {
	tests := []struct {
		every     Every
		sum, want money.Fen
	}{
		{Monthly, 123456, 123456}, {Weekly, 100000, 433333}, {Weekly, 3, 13}, {Quarterly, 100, 33}, {Quarterly, 101, 34}, {Quarterly, 200, 67},
		{Yearly, 6, 1}, {Yearly, 5, 0}, {Irregular, 120000, 10000}, {Every("daily"), 100, 0}, {Monthly, 0, 0},
	}
	for _, tt := range tests {
		if got := tt.every.Month(tt.sum); got != tt.want {
			t.Errorf("%d %s is %d a month, want %d", tt.sum, tt.every, got, tt.want)
		}
	}
}

func line(id string, c Counting, yuan int64) MeansLine {
	return MeansLine{ID: id, Counting: c, Sum: Exactly(money.Yuan(yuan)), Every: Monthly}
}

func reasoned(l MeansLine) MeansLine { l.Reasoned = true; return l }

func unknown(id string, c Counting) MeansLine {
	return MeansLine{ID: id, Counting: c, Sum: AtLeast(0), Every: Monthly}
}

// TestEverydayCosts reads like the rule: within the standard no proof, beyond it a reason, without one only the standard.
func TestEverydayCosts(t *testing.T) {
	tests := []struct {
		name   string
		floor  int64
		costs  []MeansLine
		states []LineState
		sum    Span
	}{
		{"no standard known", 0, []MeansLine{line("food", Daily, 1500)}, []LineState{LineNoStandard}, Exactly(money.Yuan(1500))},
		{"a yuan below", 1200, []MeansLine{line("food", Daily, 1199)}, []LineState{LineBelow}, Exactly(money.Yuan(1199))},
		{"exactly the standard", 1200, []MeansLine{line("food", Daily, 1200)}, []LineState{LineBelow}, Exactly(money.Yuan(1200))},
		{"a yuan above", 1200, []MeansLine{line("food", Daily, 1201)}, []LineState{LineCapped}, Exactly(money.Yuan(1200))},
		{"above with a reason", 1200, []MeansLine{reasoned(line("food", Daily, 1201))}, []LineState{LineReasoned}, Exactly(money.Yuan(1201))},
		{"shared in order", 1200, []MeansLine{line("food", Daily, 1000), line("phone", Daily, 300)}, []LineState{LineBelow, LineCapped}, Exactly(money.Yuan(1200))},
		{"one explained", 1200, []MeansLine{reasoned(line("food", Daily, 1000)), line("phone", Daily, 300)}, []LineState{LineReasoned, LineBelow}, Exactly(money.Yuan(1300))},
		{"rent stands apart", 1200, []MeansLine{line("food", Daily, 1200), line("rent", InFull, 2000)}, []LineState{LineBelow, LineCounted}, Exactly(money.Yuan(3200))},
		{"not known, within the standard", 1200, []MeansLine{unknown("phone", Daily), line("food", Daily, 1000)}, []LineState{LineUnknown, LineBelow}, Between(money.Yuan(1000), money.Yuan(1200))},
		{"not known, no standard", 0, []MeansLine{unknown("food", Daily)}, []LineState{LineUnknown}, AtLeast(0)},
		{"debts do not count", 1200, []MeansLine{line("card", NotAtAll, 900)}, []LineState{LineNotCounted}, Exactly(0)},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r, err := Means(MeansInput{Income: []MeansLine{line("wage", InFull, 5000)}, Costs: tt.costs, People: 1, Floor: money.Yuan(tt.floor), Taken: Exactly(0)})
			if err != nil {
				t.Fatal(err)
			}
			for i, want := range tt.states {
				if r.Costs[i].State != want {
					t.Errorf("%s is %s, want %s", r.Costs[i].ID, r.Costs[i].State, want)
				}
			}
			if r.CostsSum != tt.sum {
				t.Errorf("costs are %+v, want %+v", r.CostsSum, tt.sum)
			}
		})
	}
}

func TestLeftAndAfter(t *testing.T) {
	tests := []struct {
		name        string
		in          MeansInput
		left, after Sign
		short       money.Fen
	}{
		{"something left", MeansInput{Income: []MeansLine{line("w", InFull, 3000)}, Costs: []MeansLine{line("r", InFull, 2999)}, People: 1}, Plus, Plus, 0},
		{"nothing left", MeansInput{Income: []MeansLine{line("w", InFull, 3000)}, Costs: []MeansLine{line("r", InFull, 3000)}, People: 1}, Zero, Zero, 0},
		{"too little", MeansInput{Income: []MeansLine{line("w", InFull, 3000)}, Costs: []MeansLine{line("r", InFull, 3001)}, People: 1}, Minus, Minus, 0},
		{"the order takes it", MeansInput{Income: []MeansLine{line("w", InFull, 3000)}, People: 2, Floor: money.Yuan(1000), Taken: Exactly(money.Yuan(1001))}, Plus, Plus, money.Yuan(1)},
		{"a yuan less taken", MeansInput{Income: []MeansLine{line("w", InFull, 3000)}, People: 2, Floor: money.Yuan(1000), Taken: Exactly(money.Yuan(1000))}, Plus, Plus, 0},
		{"all is held", MeansInput{Income: []MeansLine{line("w", InFull, 3000)}, Costs: []MeansLine{line("r", InFull, 1000)}, People: 1, TakesAll: true}, Plus, Minus, 0},
		{"income not known", MeansInput{Income: []MeansLine{unknown("w", InFull)}, Costs: []MeansLine{line("r", InFull, 1000)}, People: 1}, Open, Open, 0},
		{"taking not known", MeansInput{Income: []MeansLine{line("w", InFull, 3000)}, People: 1, Taken: AtLeast(0)}, Plus, Open, 0},
		{"relief stays with the household", MeansInput{Income: []MeansLine{line("b", NotAtAll, 800)}, People: 1, Floor: money.Yuan(800)}, Zero, Zero, 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r, err := Means(tt.in)
			if err != nil {
				t.Fatal(err)
			}
			if r.Left.Sign() != tt.left || r.After.Sign() != tt.after || r.Short != tt.short {
				t.Errorf("left %s, after %s, short %s: %+v", r.Left.Sign(), r.After.Sign(), r.Short, r)
			}
		})
	}
}

func TestMeansRefuses(t *testing.T) {
	for name, in := range map[string]MeansInput{
		"nobody":             {People: 0},
		"a crowd":            {People: 51},
		"bounds reversed":    {People: 1, Income: []MeansLine{{ID: "a", Every: Monthly, Sum: Between(2, 1)}}},
		"no frequency":       {People: 1, Costs: []MeansLine{{ID: "a", Sum: Exactly(1)}}},
		"more than there is": {People: 1, Income: []MeansLine{{ID: "a", Every: Weekly, Sum: Exactly(money.Max)}}},
		"negative":           {People: 1, Taken: Exactly(-1)},
	} {
		if _, err := Means(in); err == nil {
			t.Errorf("%s is taken", name)
		}
	}
}

func someLines(t *rapid.T, label string) []MeansLine {
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) MeansLine {
		low := money.Fen(rapid.Int64Range(0, 2_000_000).Draw(t, "low"))
		l := MeansLine{ID: rapid.StringN(1, 4, 8).Draw(t, "id"), Every: rapid.SampledFrom(Everies).Draw(t, "every"),
			Counting: rapid.SampledFrom([]Counting{InFull, Daily, NotAtAll}).Draw(t, "counting"), Reasoned: rapid.Bool().Draw(t, "reasoned"), Sum: Exactly(low)}
		switch rapid.IntRange(0, 5).Draw(t, "known") {
		case 0:
			l.Sum = AtLeast(0)
		case 1:
			l.Sum = Between(low, low+money.Fen(rapid.Int64Range(0, 500_000).Draw(t, "more")))
		}
		return l
	}), 0, 8).Draw(t, label)
}

func someInput(t *rapid.T) MeansInput {
	return MeansInput{Income: someLines(t, "income"), Costs: someLines(t, "costs"), People: rapid.IntRange(1, 8).Draw(t, "people"),
		Floor: money.Fen(rapid.Int64Range(0, 300_000).Draw(t, "floor")), Taken: Exactly(money.Fen(rapid.Int64Range(0, 1_000_000).Draw(t, "taken"))), TakesAll: rapid.Bool().Draw(t, "all")}
}

func reckoned(t *rapid.T, in MeansInput) MeansResult {
	r, err := Means(in)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// TestMeansInvariants: bounds stay in order, the same answers give the same result, more income never lowers what is left, another cost never
// raises it, a reason never lowers the costs, and what is not known never counts as less than what is.
func TestMeansInvariants(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := someInput(t)
		r := reckoned(t, in)
		for _, s := range []Span{r.IncomeSum, r.CostsSum, r.Left, r.After} {
			if s.Low > s.High {
				t.Fatalf("the bounds of %+v are reversed", s)
			}
		}
		if again := reckoned(t, in); again.Left != r.Left || again.After != r.After {
			t.Fatal("the same statement gives two results")
		}
		more := in
		more.Income = append(append([]MeansLine{}, in.Income...), line("more", InFull, rapid.Int64Range(0, 9000).Draw(t, "raise")))
		if m := reckoned(t, more); m.Left.Low < r.Left.Low || m.Left.High < r.Left.High {
			t.Fatalf("more income lowers what is left from %+v to %+v", r.Left, m.Left)
		}
		dearer := in
		extra := line("extra", rapid.SampledFrom([]Counting{InFull, Daily}).Draw(t, "kind"), rapid.Int64Range(0, 9000).Draw(t, "cost"))
		dearer.Costs = append(append([]MeansLine{}, in.Costs...), extra)
		if d := reckoned(t, dearer); d.Left.High > r.Left.High {
			t.Fatalf("another cost raises what is left from %+v to %+v", r.Left, d.Left)
		}
		explained := in
		explained.Costs = append([]MeansLine{}, in.Costs...)
		for i := range explained.Costs {
			explained.Costs[i].Reasoned = true
		}
		if e := reckoned(t, explained); !e.CostsSum.NoHigh && e.CostsSum.High < r.CostsSum.High {
			t.Fatalf("reasons lower the costs from %+v to %+v", r.CostsSum, e.CostsSum)
		}
	})
}

func TestLeastHarm(t *testing.T) {
	savings := Offer{ID: "savings", Value: money.Yuan(3000), Known: true, Harm: 10}
	shares := Offer{ID: "shares", Value: money.Yuan(9000), Known: true, Harm: 20}
	car := Offer{ID: "car", Value: money.Yuan(20000), Known: true, Harm: 40}
	home := Offer{ID: "home", Value: money.Yuan(900000), Known: true, Harm: 100}
	stove := Offer{ID: "stove", Value: money.Yuan(100000), Known: true, Harm: 95, Kept: true}
	coins := Offer{ID: "coins", Harm: 1}
	first := func(o Offer) Offer { o.First = true; return o }
	tests := []struct {
		name    string
		limit   int64
		offers  []Offer
		take    string
		covered bool
		missing int
	}{
		{"small things before the home", 12000, []Offer{home, shares, savings, stove}, "savings shares", true, 0},
		{"a yuan more needs the car, which then does alone", 12001, []Offer{home, car, shares, savings}, "car", true, 0},
		{"what the person asks for goes first", 12000, []Offer{home, first(car), shares, savings}, "car", true, 0},
		{"asked for and not enough", 22000, []Offer{first(car), shares, home, savings}, "car savings", true, 0},
		{"never what may not be sealed", 50000, []Offer{stove, savings}, "savings", false, 0},
		{"unknown values are named, not guessed", 2000, []Offer{coins, savings}, "savings", true, 1},
		{"nothing owed", 0, []Offer{savings}, "", true, 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p := LeastHarm(money.Yuan(tt.limit), tt.offers)
			got := ""
			for i, id := range p.Take {
				if i > 0 {
					got += " "
				}
				got += id
			}
			if got != tt.take || p.Covered != tt.covered || p.Missing != tt.missing {
				t.Errorf("takes %q, covered %v, missing %d", got, p.Covered, p.Missing)
			}
		})
	}
}

// TestLeastHarmInvariants: a proposal that covers has nothing in it that could be left out unless the person asked for it, and whatever can be
// covered at all is covered.
func TestLeastHarmInvariants(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		offers := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) Offer {
			return Offer{ID: rapid.StringMatching(`[a-z]{8}`).Draw(t, "id"), Value: money.Fen(rapid.Int64Range(0, 500).Draw(t, "value")), Known: rapid.Bool().Draw(t, "known"),
				Harm: rapid.IntRange(0, 100).Draw(t, "harm"), Kept: rapid.Bool().Draw(t, "kept"), First: rapid.Bool().Draw(t, "first")}
		}), 0, 10).Draw(t, "offers")
		limit := money.Fen(rapid.Int64Range(0, 1500).Draw(t, "limit"))
		p := LeastHarm(limit, offers)
		able := map[string]Offer{}
		var all money.Fen
		for _, o := range offers {
			if _, twice := able[o.ID]; twice {
				t.Skip("ids are unique")
			}
			if o.Known && !o.Kept && o.Value > 0 {
				able[o.ID] = o
				all += o.Value
			}
		}
		if p.Covered != (all >= limit) {
			t.Fatalf("covered %v of %d with %d at hand", p.Covered, limit, all)
		}
		for _, id := range p.Take {
			o, ok := able[id]
			if !ok {
				t.Fatalf("takes %s, which cannot be taken", id)
			}
			if p.Covered && !o.First && p.Sum-o.Value >= limit {
				t.Fatalf("takes %s without need", id)
			}
		}
	})
}
