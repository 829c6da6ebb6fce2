package reckon

import (
	"errors"
	"math/big"
	"slices"

	"reliefportal/app/calendar"
	"reliefportal/app/money"
)

// LateInterest works the doubled part out: principal due × rate × days, from the day after the last day to pay (LI 2) to the last day of the
// count, that day included (LI 3). A payment lowers the sum from the next day. Each segment is rounded on its own. The error is that of Check.
func LateInterest(in LateInput) (LateResult, error) {
	if err := in.Check(); err != nil {
		return LateResult{}, err
	}
	if in.PerMillion <= 0 {
		return LateResult{}, errors.New("reckon: the rate of late interest is missing")
	}
	w := begin(in)
	cuts := in.cuts()
	for i, from := range cuts {
		to := in.Until
		if i+1 < len(cuts) {
			to = cuts[i+1].AddDays(-1)
		}
		w.receive(from.AddDays(-1))
		w.count(from, to)
	}
	w.receive(in.Until)
	return w.finish(), nil
}

// working is the state of the account while the days pass.
type working struct {
	in       LateInput
	debts    []Debt    // what is left, the oldest first
	payments []Payment // still to come, by day
	out      LateResult
}

func begin(in LateInput) *working {
	w := &working{in: in, debts: slices.Clone(in.Debts), payments: slices.Clone(in.Payments)}
	slices.SortStableFunc(w.debts, func(a, b Debt) int { return a.Due.Compare(b.Due) })
	slices.SortStableFunc(w.payments, func(a, b Payment) int { return a.On.Compare(b.On) })
	w.out.Interest = in.Interest
	for _, d := range in.Debts {
		w.out.Principal += d.Sum
	}
	return w
}

// cuts are the days on which something changes, from the first day that counts to the last.
func (in LateInput) cuts() []calendar.Date {
	days := []calendar.Date{OldRuleEnds}
	first := in.Debts[0].Due.AddDays(1)
	for _, d := range in.Debts {
		next := d.Due.AddDays(1)
		days = append(days, next)
		if next.Before(first) {
			first = next
		}
	}
	for _, p := range in.Payments {
		days = append(days, p.On.AddDays(1))
	}
	for _, s := range in.Stays {
		if s.Kind.LeftOut() {
			days = append(days, s.From, s.To.AddDays(1))
		}
	}
	days = slices.DeleteFunc(days, func(d calendar.Date) bool { return d.Before(first) || d.After(in.Until) })
	slices.SortFunc(days, calendar.Date.Compare)
	return slices.Compact(days)
}

// count adds a segment for the days, unless nothing was due on them.
func (w *working) count(from, to calendar.Date) {
	s := Segment{From: from, To: to, Days: from.DaysUntil(to) + 1, State: Counted, Rule: RuleFormula}
	for _, d := range w.debts {
		if d.Due.Before(from) {
			s.Base += d.Sum
		}
	}
	if s.Base == 0 {
		return
	}
	switch {
	case from.Before(OldRuleEnds):
		s.State, s.Rule, w.out.Partial = OldRule, RuleOld, true
	case w.in.leftOut(from):
		s.State, s.Rule = Stayed, RuleStay
	default:
		s.Doubled = doubled(s.Base, w.in.PerMillion, s.Days)
	}
	w.out.Doubled += s.Doubled
	w.out.DoubledLeft += s.Doubled
	w.out.Segments = append(w.out.Segments, s)
}

// leftOut says whether a day falls into a stay that is not counted. Stays begin and end segments, so that one day speaks for all of one.
func (in LateInput) leftOut(day calendar.Date) bool {
	return slices.ContainsFunc(in.Stays, func(s Stay) bool { return s.Kind.LeftOut() && !day.Before(s.From) && !day.After(s.To) })
}

// receive takes in the payments up to a day.
func (w *working) receive(day calendar.Date) {
	for len(w.payments) > 0 && !w.payments[0].On.After(day) {
		r := Receipt{Payment: w.payments[0]}
		w.payments = w.payments[1:]
		left := r.Sum
		for _, meet := range w.order() {
			left -= meet(&r, left)
		}
		r.Over = left
		w.out.Over += left
		w.out.Receipts = append(w.out.Receipts, r)
	}
}

// order is what a payment meets, one after the other; each step returns what it used.
func (w *working) order() []func(r *Receipt, sum money.Fen) money.Fen {
	principal := func(r *Receipt, sum money.Fen) money.Fen { r.Principal = w.meetPrincipal(sum); return r.Principal }
	interest := func(r *Receipt, sum money.Fen) money.Fen { r.Interest = meet(&w.out.Interest, sum); return r.Interest }
	double := func(r *Receipt, sum money.Fen) money.Fen { r.Doubled = meet(&w.out.DoubledLeft, sum); return r.Doubled }
	type steps = []func(r *Receipt, sum money.Fen) money.Fen
	switch w.in.Order {
	case InterestFirst:
		return steps{interest, principal, double}
	case DoubledFirst:
		return steps{double, principal, interest}
	}
	return steps{principal, interest, double}
}

// meetPrincipal pays the oldest instalment first, which keeps the doubled part smallest.
func (w *working) meetPrincipal(sum money.Fen) money.Fen {
	var used money.Fen
	for i := range w.debts {
		used += meet(&w.debts[i].Sum, sum-used)
	}
	w.out.Principal -= used
	return used
}

// meet lowers what is owed by at most sum and returns by how much.
func meet(owed *money.Fen, sum money.Fen) money.Fen {
	used := min(*owed, sum)
	*owed -= used
	return used
}

func (w *working) finish() LateResult {
	for _, p := range w.payments {
		w.out.Receipts = append(w.out.Receipts, Receipt{Payment: p, After: true})
	}
	w.out.Balance = w.out.Principal + w.out.Interest + w.out.DoubledLeft
	return w.out
}

// doubled is base × rate × days to the nearest fen, half a fen up. Large sums do not fit 64 bits on the way.
func doubled(base money.Fen, perMillion int64, days int) money.Fen {
	const million = 1_000_000
	n := big.NewInt(int64(base))
	n.Mul(n, big.NewInt(perMillion))
	n.Mul(n, big.NewInt(int64(days)))
	n.Add(n, big.NewInt(million/2))
	return money.Fen(n.Quo(n, big.NewInt(million)).Int64())
}
