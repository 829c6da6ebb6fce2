package rates

import "math"

// z is the quantile of the normal distribution for an interval that covers 95 %.
const z = 1.959963984540054

// Interval is a range between 0 and 1.
type Interval struct{ Low, High float64 }

// Wilson is the 95 % score interval (Wilson 1927) of a share of k out of n. It never leaves 0 to 1, and is sound for small n and for
// shares near 0 and 1. ok is false without anybody, and when k is not between 0 and n.
func Wilson(k, n int64) (i Interval, ok bool) {
	if n <= 0 || k < 0 || k > n {
		return Interval{}, false
	}
	share, size := float64(k)/float64(n), float64(n)
	middle := share + z*z/(2*size)
	half := z * math.Sqrt(share*(1-share)/size+z*z/(4*size*size))
	i = Interval{Low: max(0, (middle-half)/(1+z*z/size)), High: min(1, (middle+half)/(1+z*z/size))}
	if k == 0 {
		i.Low = 0
	}
	if k == n {
		i.High = 1
	}
	return i, true
}
