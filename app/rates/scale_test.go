package rates_test

import (
	"fmt"
	"math/big"
	"testing"

	"pgregory.net/rapid"

	"reliefportal/app/rates"
)

// TestWilson holds the interval to values worked out by hand from Wilson's formula with z = 1.96.
func TestWilson(t *testing.T) {
	for _, c := range []struct {
		k, n int64
		want string
	}{
		{0, 10, "0.0000 0.2775"}, {5, 10, "0.2366 0.7634"}, {10, 10, "0.7225 1.0000"}, {81, 263, "0.2553 0.3662"}, {1, 1, "0.2065 1.0000"},
	} {
		i, ok := rates.Wilson(c.k, c.n)
		if got := fmt.Sprintf("%.4f %.4f", i.Low, i.High); !ok || got != c.want {
			t.Errorf("%d of %d: %s, want %s", c.k, c.n, got, c.want)
		}
	}
	for _, c := range [][2]int64{{0, 0}, {-1, 5}, {6, 5}} {
		if _, ok := rates.Wilson(c[0], c[1]); ok {
			t.Errorf("%d of %d has an interval", c[0], c[1])
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.Int64Range(1, 100000).Draw(t, "n")
		k := rapid.Int64Range(0, n).Draw(t, "k")
		i, ok := rates.Wilson(k, n)
		share := float64(k) / float64(n)
		if !ok || i.Low < 0 || i.High > 1 || i.Low > share || i.High < share {
			t.Fatalf("%d of %d: %+v", k, n, i)
		}
		if more, _ := rates.Wilson(2*k, 2*n); more.High-more.Low >= i.High-i.Low {
			t.Fatalf("twice as many as %d of %d know no better", k, n)
		}
	})
}

// TestScore reads like the policy: a scale counts from three quarters of its items, one less does not do, and reverse items are turned.
func TestScore(t *testing.T) {
	answers := func(v ...int) (out []rates.Answer) {
		for _, n := range v {
			out = append(out, rates.Answer{Value: n})
		}
		return out
	}
	for _, c := range []struct {
		why   string
		items []rates.Answer
		want  string
	}{
		{"all of four", answers(5, 4, 4, 2), "3.7500"},
		{"three of four are enough", answers(5, 4, 3, 0), "4.0000"},
		{"two of four are not", answers(5, 4, 0, 0), ""},
		{"six of eight are enough", answers(1, 1, 1, 1, 1, 1, 0, 0), "1.0000"},
		{"five of eight are not", answers(1, 1, 1, 1, 1, 0, 0, 0), ""},
		{"does not apply is no answer", answers(5, 5, 5, 8), "5.0000"},
		{"a reverse item is turned", []rates.Answer{{Value: 5, Reverse: true}, {Value: 1}}, "1.0000"},
		{"the middle stays the middle", []rates.Answer{{Value: 3, Reverse: true}}, "3.0000"},
		{"no item at all", nil, ""},
	} {
		score, ok := rates.Score(c.items)
		got := ""
		if ok {
			got = score.FloatString(4)
		}
		if got != c.want {
			t.Errorf("%s: %q, want %q", c.why, got, c.want)
		}
	}
}

func scores(v ...int64) (out []*big.Rat) {
	for _, n := range v {
		out = append(out, big.NewRat(n, 1))
	}
	return out
}

// TestBetweenGroups holds the estimate to values worked out by hand.
func TestBetweenGroups(t *testing.T) {
	ten := func(v ...int64) []*big.Rat { return scores(append(v, v...)...) }
	apart := [][]*big.Rat{ten(1, 1, 1, 1, 1), ten(3, 3, 3, 3, 3), ten(5, 5, 5, 5, 5)}
	if b, ok := rates.BetweenGroups(apart); !ok || b.Share.Cmp(big.NewRat(1, 1)) != 0 || b.Interviews != 30 || b.Interviewers != 3 {
		t.Errorf("all variance between callers: %+v, %v", b, ok)
	}
	alike := [][]*big.Rat{ten(1, 2, 3, 4, 5), ten(1, 2, 3, 4, 5), ten(1, 2, 3, 4, 5)}
	if b, ok := rates.BetweenGroups(alike); !ok || b.Share.Sign() != 0 {
		t.Errorf("no variance between callers: %+v, %v", b, ok)
	}
	// means 2, 3, 4 with variance 20 within each ten: B = 20/2 = 10, W = 60/27 = 20/9, share = (10 - 20/9) / (10 + 9*20/9) = 70/270.
	some := [][]*big.Rat{ten(0, 1, 2, 3, 4), ten(1, 2, 3, 4, 5), ten(2, 3, 4, 5, 6)}
	if b, ok := rates.BetweenGroups(some); !ok || b.Share.Cmp(big.NewRat(70, 270)) != 0 {
		t.Errorf("some variance between callers: %v, want 7/27", b.Share)
	}
	// means 2, 2, 5 of 15, 10 and 5: B = 75/2, W = 10/27, and the groups amount to (30 - 350/30) / 2 = 55/6 each.
	uneven := [][]*big.Rat{scores(1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 3, 3, 3, 3, 3), ten(2, 2, 2, 2, 2), scores(5, 5, 5, 5, 5)}
	if b, ok := rates.BetweenGroups(uneven); !ok || b.Share.Cmp(big.NewRat(1191, 1411)) != 0 {
		t.Errorf("uneven groups: %v, want 1191/1411", b.Share)
	}
	few := [][]*big.Rat{scores(1, 2, 3, 4), ten(1, 2, 3, 4, 5), ten(1, 2, 3, 4, 5), ten(1, 2, 3, 4, 5)[:9]}
	if b, ok := rates.BetweenGroups(few); ok || b.Interviews != 29 || b.Interviewers != 3 {
		t.Errorf("29 interviews, and 4 of a caller left out: %+v, %v", b, ok)
	}
	if _, ok := rates.BetweenGroups([][]*big.Rat{ten(2, 2, 2, 2, 2), ten(2, 2, 2, 2, 2), ten(2, 2, 2, 2, 2)}); ok {
		t.Error("a share of no variance at all")
	}
}
