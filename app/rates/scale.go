package rates

import "math/big"

// Top is the highest answer of a scale; the lowest is 1.
const Top = 5

// Answer is the answer to one item of a scale, from 1 to Top; 0 for one that was not given or lies outside the scale ("does not apply").
// A high answer to a Reverse item is unfavourable.
type Answer struct {
	Value   int
	Reverse bool
}

// scored is the answer with reverse items turned; 0 for none.
func (a Answer) scored() int64 {
	if a.Value < 1 || a.Value > Top {
		return 0
	}
	if a.Reverse {
		return int64(Top + 1 - a.Value)
	}
	return int64(a.Value)
}

// Score is the mean of the answers to the items of a scale, from 1 to Top, exact. It is defined only when at least three quarters of the
// items were answered (PROJECT, callback.md section 7); ok says whether.
func Score(items []Answer) (score *big.Rat, ok bool) {
	var sum, n int64
	for _, a := range items {
		if s := a.scored(); s > 0 {
			sum += s
			n++
		}
	}
	if n == 0 || 4*n < 3*int64(len(items)) {
		return nil, false
	}
	return big.NewRat(sum, n), true
}

// Mean is the mean of scores; ok is false without any.
func Mean(scores []*big.Rat) (mean *big.Rat, ok bool) {
	if len(scores) == 0 {
		return nil, false
	}
	sum := new(big.Rat)
	for _, s := range scores {
		sum.Add(sum, s)
	}
	return sum.Quo(sum, big.NewRat(int64(len(scores)), 1)), true
}
