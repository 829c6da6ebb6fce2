package reckon

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"reliefportal/app/money"
)

func TestOverSeized(t *testing.T) {
	worth := func(yuan int64) Asset { return Asset{Value: money.Yuan(yuan), Known: true} }
	flat := func(yuan int64) Asset { return Asset{Value: money.Yuan(yuan), Known: true, Whole: true} }
	fen := func(a Asset, more money.Fen) Asset { a.Value += more; return a }
	cases := []struct {
		name    string
		assets  []Asset
		verdict Verdict
		over    money.Fen
		states  []AssetState
	}{
		{"as much as is owed", []Asset{worth(110_000)}, Within, 0, []AssetState{Needed}},
		{"a fen more", []Asset{fen(worth(110_000), 1)}, Above, 1, []AssetState{Partly}},
		{"at the mark of 120 percent", []Asset{worth(132_000)}, Above, money.Yuan(22_000), []AssetState{Partly}},
		{"a fen above the mark", []Asset{fen(worth(132_000), 1)}, Clearly, money.Yuan(22_000) + 1, []AssetState{Partly}},
		{"one flat of great value and nothing else", []Asset{flat(1_000_000)}, Clearly, money.Yuan(890_000), []AssetState{NeededAll}},
		{"a flat, and enough beside it", []Asset{flat(1_000_000), worth(110_000)}, Clearly, money.Yuan(1_000_000), []AssetState{Spare, Spare}},
		{"a flat, and not quite enough beside it", []Asset{flat(1_000_000), fen(worth(110_000), -1)}, Clearly, money.Yuan(1_000_000) - 1,
			[]AssetState{NeededAll, Spare}},
		{"a value is missing", []Asset{worth(50_000), {}}, Unknown, 0, []AssetState{Needed, NoValue}},
		{"a value is missing, more but not clearly", []Asset{worth(120_000), {}}, Unknown, money.Yuan(10_000), []AssetState{Partly, NoValue}},
		{"clear although a value is missing", []Asset{worth(140_000), {}}, Clearly, money.Yuan(30_000), []AssetState{Partly, NoValue}},
		{"no value at all", []Asset{{}}, Unknown, 0, []AssetState{NoValue}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			r, err := OverSeized(SeizedInput{Claim: money.Yuan(100_000), Costs: money.Yuan(10_000), Assets: c.assets, OverPercent: 120})
			if err != nil {
				t.Fatal(err)
			}
			if r.Verdict != c.verdict || r.Over != c.over || r.Limit != money.Yuan(110_000) {
				t.Errorf("%s, over %s", r.Verdict, r.Over)
			}
			if whole := slices.Contains(c.states, NeededAll) && !slices.Contains(c.states, Spare) && !slices.Contains(c.states, Partly); r.Whole != whole {
				t.Errorf("may all stay sealed: %v", r.Whole)
			}
			for i, l := range r.Lines {
				if l.State != c.states[i] {
					t.Errorf("line %d is %s, want %s", i+1, l.State, c.states[i])
				}
			}
		})
	}
}

func TestSeizedIsChecked(t *testing.T) {
	good := SeizedInput{Claim: 1, Assets: []Asset{{Value: 1, Known: true}}, OverPercent: 120}
	cases := map[string]func(*SeizedInput){
		"no claim":       func(in *SeizedInput) { in.Claim = 0 },
		"a large claim":  func(in *SeizedInput) { in.Claim = money.Max + 1 },
		"negative costs": func(in *SeizedInput) { in.Costs = -1 },
		"large costs":    func(in *SeizedInput) { in.Costs = money.Max + 1 },
		"nothing sealed": func(in *SeizedInput) { in.Assets = nil },
		"worth nothing":  func(in *SeizedInput) { in.Assets = []Asset{{Known: true}} },
		"worth too much": func(in *SeizedInput) { in.Assets = []Asset{{Value: money.Max, Known: true}, {Value: 1, Known: true}} },
	}
	if _, err := OverSeized(good); err != nil {
		t.Error(err)
	}
	for name, change := range cases {
		in := good
		change(&in)
		if _, err := OverSeized(in); err == nil {
			t.Errorf("%s is compared", name)
		}
	}
}

// TestSeizedProperties: one thing more never makes it less; whatever is called spare really is.
func TestSeizedProperties(t *testing.T) {
	asset := rapid.Custom(func(t *rapid.T) Asset {
		return Asset{Value: money.Fen(rapid.Int64Range(1, int64(money.Max)/10).Draw(t, "value")), Known: rapid.Bool().Draw(t, "known"),
			Whole: rapid.Bool().Draw(t, "whole")}
	})
	rapid.Check(t, func(t *rapid.T) {
		in := SeizedInput{Claim: money.Fen(rapid.Int64Range(1, int64(money.Max)).Draw(t, "claim")), OverPercent: 120,
			Assets: rapid.SliceOfN(asset, 1, 8).Draw(t, "assets")}
		r, err := OverSeized(in)
		if err != nil {
			t.Fatal(err)
		}
		for _, l := range r.Lines {
			rest := r.Total - l.Value
			if l.State == Spare && rest < r.Limit || l.State == Needed && rest >= r.Limit || l.Free < 0 || l.Free > r.Over {
				t.Fatalf("%+v of %+v", l, r)
			}
		}
		if (r.Verdict == Within || r.Verdict == Above) && r.Missing > 0 {
			t.Fatalf("%s although values are missing", r.Verdict)
		}
		in.Assets = append(in.Assets, asset.Draw(t, "more"))
		more, err := OverSeized(in)
		if err != nil {
			t.Fatal(err)
		}
		if more.Over < r.Over || r.Verdict == Clearly && more.Verdict != Clearly {
			t.Fatalf("%+v, then %+v", r, more)
		}
	})
}
