package rates_test

import (
	"testing"

	"pgregory.net/rapid"

	"reliefportal/app/rates"
)

// TestAAPORVector is the worked sample of the design notes, to four decimals.
func TestAAPORVector(t *testing.T) {
	c := rates.Counts{I: 120, P: 10, R: 30, NC: 60, O: 10, UH: 40, UO: 30, NE: 50}
	e, ok := c.Share()
	if !ok || e != (rates.Share{Num: 230, Den: 280}) {
		t.Fatalf("e = %+v, %v; want 230/280", e, ok)
	}
	if c.Sample() != 350 {
		t.Fatalf("sample of %d, want 350", c.Sample())
	}
	want := map[string]string{
		"RR1": "0.4000", "RR2": "0.4333", "RR3": "0.4174", "RR4": "0.4522", "RR5": "0.5217", "RR6": "0.5652",
		"COOP1": "0.7059", "COOP2": "0.7647", "COOP3": "0.7500", "COOP4": "0.8125",
		"REF1": "0.1000", "REF2": "0.1043", "REF3": "0.1304", "CON1": "0.5667", "CON2": "0.5913", "CON3": "0.7391",
	}
	all, err := rates.Of(c, e)
	if err != nil {
		t.Fatal(err)
	}
	if len(all) != len(want) {
		t.Fatalf("%d rates, want %d", len(all), len(want))
	}
	for _, r := range all {
		if r.String() != want[r.ID] {
			t.Errorf("%s = %s, want %s", r.ID, r, want[r.ID])
		}
	}
}

func TestRatesWithoutCases(t *testing.T) {
	if _, ok := (rates.Counts{UO: 3}).Share(); ok {
		t.Error("e is estimated from nothing")
	}
	all, err := rates.Of(rates.Counts{NE: 5}, rates.All)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range all {
		if r.Defined() || r.String() != "" {
			t.Errorf("%s of no case is %q; it is not defined, which is not zero", r.ID, r)
		}
	}
	for _, e := range []rates.Share{{Num: 2, Den: 1}, {Num: -1, Den: 2}, {Num: 0, Den: 0}} {
		if _, err := rates.Of(rates.Counts{I: 1}, e); err == nil {
			t.Errorf("a share of %+v was taken", e)
		}
	}
	var c rates.Counts
	if c.Add("X", 1) == nil {
		t.Error("a case of no class was counted")
	}
}

// TestRateInvariants: whatever the counts, the minimum is never above the middle and the middle never above the maximum, partial interviews only
// raise a rate, the classes sum to the sample, and e = 1 makes RR3 equal to RR1.
func TestRateInvariants(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := func(label string) int64 { return rapid.Int64Range(0, 5000).Draw(t, label) }
		var c rates.Counts
		var sum int64
		for _, class := range []string{"I", "P", "R", "NC", "O", "UH", "UO", "NE"} {
			k := n(class)
			sum += k
			if err := c.Add(class, k); err != nil {
				t.Fatal(err)
			}
		}
		if c.Sample() != sum {
			t.Fatalf("sample of %d from %d cases", c.Sample(), sum)
		}
		den := rapid.Int64Range(1, 1000).Draw(t, "den")
		r := byID(t, c, rates.Share{Num: rapid.Int64Range(0, den).Draw(t, "num"), Den: den})
		for _, pair := range [][2]string{{"RR1", "RR3"}, {"RR3", "RR5"}, {"RR2", "RR4"}, {"RR4", "RR6"}, {"RR1", "RR2"}, {"RR3", "RR4"}, {"RR5", "RR6"},
			{"COOP1", "COOP2"}, {"COOP3", "COOP4"}, {"COOP1", "COOP3"}, {"COOP2", "COOP4"}, {"REF1", "REF2"}, {"REF2", "REF3"}, {"CON1", "CON2"}, {"CON2", "CON3"}} {
			low, high := r[pair[0]], r[pair[1]]
			if low.Defined() && high.Defined() && low.Rat().Cmp(high.Rat()) > 0 {
				t.Fatalf("%s %s is above %s %s for %+v", low.ID, low, high.ID, high, c)
			}
		}
		one := byID(t, c, rates.All)
		if one["RR3"].Defined() && one["RR3"].Rat().Cmp(one["RR1"].Rat()) != 0 {
			t.Fatalf("e = 1: RR3 %s, RR1 %s", one["RR3"], one["RR1"])
		}
	})
}

func byID(t *rapid.T, c rates.Counts, e rates.Share) map[string]rates.Rate {
	all, err := rates.Of(c, e)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]rates.Rate{}
	for _, r := range all {
		out[r.ID] = r
	}
	return out
}
