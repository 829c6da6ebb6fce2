package appraisal_test

import (
	"testing"

	"pgregory.net/rapid"

	"reliefportal/app/appraisal"
	"reliefportal/app/money"
)

// bands of the tests, not of any real list: 5.00 per mille up to ¥1,000,000, 2.50 up to ¥10,000,000, and nothing known beyond.
var bands = []appraisal.Band{{UpTo: money.Yuan(1_000_000), Rate: 500}, {UpTo: money.Yuan(10_000_000), Rate: 250}}

// TestWork works fees at the edges of the bands.
func TestWork(t *testing.T) {
	fixed := []appraisal.Band{{UpTo: money.Yuan(100_000), Fixed: money.Yuan(300)}, {Rate: 100}}
	for _, x := range []struct {
		name  string
		bands []appraisal.Band
		value money.Fen
		want  money.Fen
		steps int
		whole bool
	}{
		{"one fen", bands, 1, 1, 1, true}, // 0.005 fen counts as one
		{"a fen below the edge", bands, money.Yuan(1_000_000) - 1, money.Yuan(5000), 1, true},
		{"the edge", bands, money.Yuan(1_000_000), money.Yuan(5000), 1, true},
		{"a fen above the edge", bands, money.Yuan(1_000_000) + 1, money.Yuan(5000) + 1, 2, true},
		{"in the second band", bands, money.Yuan(3_000_000), money.Yuan(10_000), 2, true},
		{"the end of the list", bands, money.Yuan(10_000_000), money.Yuan(27_500), 2, true},
		{"a fen beyond the list", bands, money.Yuan(10_000_000) + 1, money.Yuan(27_500), 2, false},
		{"fixed", fixed, 1, money.Yuan(300), 1, true},
		{"fixed, the edge", fixed, money.Yuan(100_000), money.Yuan(300), 1, true},
		{"fixed, then a rate", fixed, money.Yuan(101_000), money.Yuan(301), 2, true},
		{"the largest sum", []appraisal.Band{{Rate: 100_000}}, money.Max, money.Max, 1, true},
		{"no value", bands, 0, 0, 0, false},
		{"no list", nil, 100, 0, 0, false},
	} {
		got := appraisal.Work(x.bands, x.value)
		if got.Total != x.want || len(got.Steps) != x.steps || got.Whole != x.whole {
			t.Errorf("%s: %v in %d steps, whole %v", x.name, got.Total, len(got.Steps), got.Whole)
		}
	}
}

// TestMoreValueNeverCostsLess: and the steps add up to the total.
func TestMoreValueNeverCostsLess(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		value := money.Fen(rapid.Int64Range(0, int64(money.Yuan(12_000_000))).Draw(t, "value"))
		a, b := appraisal.Work(bands, value), appraisal.Work(bands, value+money.Fen(rapid.Int64Range(0, 1000).Draw(t, "more")))
		sum := money.Fen(0)
		for _, s := range a.Steps {
			sum += s.Fee
		}
		if b.Total < a.Total || sum != a.Total {
			t.Fatalf("%v and %v, steps %v", a.Total, b.Total, sum)
		}
	})
}

// TestPercent cuts towards zero.
func TestPercent(t *testing.T) {
	for _, x := range []struct {
		value, other money.Fen
		want         int64
		ok           bool
	}{{80, 100, -20, true}, {1001, 1000, 0, true}, {999, 1000, 0, true}, {1010, 1000, 1, true}, {989, 1000, -1, true}, {100, 0, 0, false}, {money.Max, 1, int64(money.Max-1) * 100, true}} {
		if got, ok := appraisal.Percent(x.value, x.other); got != x.want || ok != x.ok {
			t.Errorf("%d beside %d: %d, %v", x.value, x.other, got, ok)
		}
	}
}
