package rates

import "math/big"

// The least of which an interviewer effect is estimated (PROJECT): with less it would be noise, and might point at one caller.
const (
	LeastCallers       = 3
	LeastOfOneCaller   = 5
	LeastWithAllOfThem = 30
)

// Between is an estimate of how much of the variance of a score lies between interviewers: the intraclass correlation of a one-way
// analysis of variance with groups of unequal size. It is simple: interviewers are not given people at random, so a difference between
// the people they rang counts as theirs.
type Between struct {
	Share        *big.Rat // from 0 to 1; an estimate below 0 is 0, as a share of variance cannot be negative
	Interviews   int      // that the estimate is made of
	Interviewers int
}

// BetweenGroups estimates it from the scores each interviewer wrote down. Interviewers with fewer than LeastOfOneCaller are left out; ok is
// false when fewer than LeastCallers are left, fewer than LeastWithAllOfThem interviews, or no variance at all.
func BetweenGroups(groups [][]*big.Rat) (b Between, ok bool) {
	var all []*big.Rat
	var used [][]*big.Rat
	for _, g := range groups {
		if len(g) >= LeastOfOneCaller {
			used, all = append(used, g), append(all, g...)
		}
	}
	b.Interviews, b.Interviewers = len(all), len(used)
	if len(used) < LeastCallers || len(all) < LeastWithAllOfThem {
		return b, false
	}
	between, within := squares(used, all)
	n, k := int64(len(all)), int64(len(used))
	meanBetween := between.Quo(between, big.NewRat(k-1, 1))
	meanWithin := within.Quo(within, big.NewRat(n-k, 1))
	b.Share, ok = shareBetween(meanBetween, meanWithin, evenSize(used, n))
	return b, ok
}

// squares are the sums of squares between groups and within them.
func squares(groups [][]*big.Rat, all []*big.Rat) (between, within *big.Rat) {
	between, within = new(big.Rat), new(big.Rat)
	grand, _ := Mean(all)
	for _, g := range groups {
		mean, _ := Mean(g)
		between.Add(between, new(big.Rat).Mul(big.NewRat(int64(len(g)), 1), square(mean, grand)))
		for _, x := range g {
			within.Add(within, square(x, mean))
		}
	}
	return between, within
}

func square(a, b *big.Rat) *big.Rat {
	d := new(big.Rat).Sub(a, b)
	return d.Mul(d, d)
}

// evenSize is the size of a group that unequal groups amount to: (n - Σnᵢ²/n) / (k - 1).
func evenSize(groups [][]*big.Rat, n int64) *big.Rat {
	var sum int64
	for _, g := range groups {
		sum += int64(len(g)) * int64(len(g))
	}
	size := new(big.Rat).Sub(big.NewRat(n, 1), big.NewRat(sum, n))
	return size.Quo(size, big.NewRat(int64(len(groups))-1, 1))
}

// shareBetween is (B - W) / (B + (size - 1) W), not below 0.
func shareBetween(between, within, size *big.Rat) (*big.Rat, bool) {
	rest := new(big.Rat).Mul(new(big.Rat).Sub(size, big.NewRat(1, 1)), within)
	all := rest.Add(rest, between)
	if all.Sign() <= 0 {
		return nil, false
	}
	share := new(big.Rat).Sub(between, within)
	if share.Sign() < 0 {
		return new(big.Rat), true
	}
	return share.Quo(share, all), true
}
