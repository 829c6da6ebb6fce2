package rules

import (
	"cmp"
	"math/big"
	"slices"
	"strings"

	"reliefportal/app/calendar"
	"reliefportal/app/money"
)

// Sums are the figures of the money rules.
type Sums struct {
	LatePerMillion int64 // doubled part of late interest: fen a day on a million fen
	LateCite       Cite
	OverPercent    int64 // sealed value that counts as clearly more than the debt, in percent of debt and costs
	OverCite       Cite
	Standards      []Standard
	ReserveCite    Cite
}

// Standard is a local minimum living standard.
type Standard struct {
	Region   string // GB/T 2260 code, or the first two or four figures of one for a province or city
	Kind     string // "urban" or "rural"
	PerMonth money.Fen
	From     calendar.Date
	To       calendar.Date // last day; zero while it is in force
	Source   string        // the notice it was read in
}

// Payment is money received on a day.
type Payment struct {
	On  calendar.Date
	Sum money.Fen
}

// Span is a run of days, both included.
type Span struct{ From, To calendar.Date }

// LateClaim is what the doubled part of late interest is worked out from (LI 1 to 4).
type LateClaim struct {
	Principal money.Fen     // money the title awards, general interest left out
	Interest  money.Fen     // general interest the title awards; it carries no doubled part
	Due       calendar.Date // last day for performance, or the day the title took effect
	Until     calendar.Date
	Payments  []Payment // money taken, paid or raised by a sale
	Stays     []Span    // days that do not count: stays not asked for by the debtor, retrial
}

// LateRow is one stretch of days on one principal.
type LateRow struct {
	From, To  calendar.Date // days counted, both included
	Days      int           // without those of a stay
	Principal money.Fen
	Doubled   money.Fen
}

// LateTable is the worked result. Payments meet principal first, then general interest, then the doubled part (LI 4).
type LateTable struct {
	Rows      []LateRow
	Doubled   money.Fen // in all, before payments met any of it
	Principal money.Fen // left
	Interest  money.Fen // left
	Owed      money.Fen // everything left, the doubled part included; never negative
	Over      money.Fen // paid beyond what was owed
}

// LateInterest works out the doubled part of late interest. The day the term ends is not counted, the day of payment is.
// Each row is rounded to the nearest fen.
func (s Sums) LateInterest(c LateClaim) LateTable {
	t := LateTable{Principal: c.Principal, Interest: c.Interest}
	payments := slices.Clone(c.Payments)
	slices.SortStableFunc(payments, func(a, b Payment) int { return a.On.Compare(b.On) })
	from := c.Due.AddDays(1)
	var spare money.Fen
	for _, p := range payments {
		if p.On.After(c.Until) {
			break
		}
		from = t.row(s, c, from, p.On)
		spare += t.meet(p.Sum)
	}
	t.row(s, c, from, c.Until)
	t.Owed = t.Principal + t.Interest + t.Doubled - spare
	if t.Owed < 0 {
		t.Owed, t.Over = 0, -t.Owed
	}
	return t
}

// row adds the stretch up to a day and returns the day after it.
func (t *LateTable) row(s Sums, c LateClaim, from, to calendar.Date) calendar.Date {
	if to.Before(from) {
		return from
	}
	days := from.DaysUntil(to) + 1 - stayed(c.Stays, from, to)
	if t.Principal > 0 && days > 0 {
		r := LateRow{From: from, To: to, Days: days, Principal: t.Principal, Doubled: s.doubled(t.Principal, days)}
		t.Rows = append(t.Rows, r)
		t.Doubled += r.Doubled
	}
	return to.AddDays(1)
}

// meet takes a payment off principal and general interest and returns what is over.
func (t *LateTable) meet(sum money.Fen) money.Fen {
	p := min(sum, t.Principal)
	i := min(sum-p, t.Interest)
	t.Principal -= p
	t.Interest -= i
	return sum - p - i
}

// doubled is principal times rate times days, to the nearest fen; large sums do not fit 64 bits on the way.
func (s Sums) doubled(principal money.Fen, days int) money.Fen {
	const million = 1_000_000
	n := new(big.Int).Mul(big.NewInt(int64(principal)), big.NewInt(s.LatePerMillion))
	n.Mul(n, big.NewInt(int64(days)))
	n.Add(n, big.NewInt(million/2))
	return money.Fen(n.Quo(n, big.NewInt(million)).Int64())
}

// stayed counts the days of from..to that fall into a stay; stays that overlap are counted once.
func stayed(stays []Span, from, to calendar.Date) int {
	n := 0
	next := from
	sorted := slices.Clone(stays)
	slices.SortFunc(sorted, func(a, b Span) int { return a.From.Compare(b.From) })
	for _, s := range sorted {
		if s.From.After(next) {
			next = s.From
		}
		last := s.To
		if last.After(to) {
			last = to
		}
		if !last.Before(next) {
			n += next.DaysUntil(last) + 1
			next = last.AddDays(1)
		}
	}
	return n
}

// Sealed is one thing sealed or frozen.
type Sealed struct {
	Value money.Fen
	Known bool // whether the value is known
}

// Excess compares what is sealed with what is owed.
type Excess struct {
	Limit money.Fen // debt and costs
	Total money.Fen // of the known values
	Over  money.Fen // Total beyond Limit, zero when it is not
	Clear Truth     // whether it is clearly more; unknown while a value is missing that could make it so
}

// OverSealed compares debt and costs with what is sealed (SF 19). "Clearly" has no figure in the law; the pack sets one.
func (s Sums) OverSealed(debt, costs money.Fen, things []Sealed) Excess {
	e := Excess{Limit: debt + costs, Clear: False}
	for _, x := range things {
		if !x.Known {
			e.Clear = Unknown
			continue
		}
		e.Total += x.Value
	}
	e.Over = max(0, e.Total-e.Limit)
	if int64(e.Total) > percentOf(int64(e.Limit), s.OverPercent) {
		e.Clear = True
	}
	return e
}

// Standard finds the minimum living standard of a place on a day; the most exact region wins. No entry means unknown,
// never zero and never another place's figure.
func (s Sums) Standard(region, kind string, on calendar.Date) (Standard, bool) {
	var best Standard
	found := false
	for _, x := range s.Standards {
		current := !on.Before(x.From) && (x.To.IsZero() || !on.After(x.To))
		if x.Kind != kind || !current || !strings.HasPrefix(region, x.Region) {
			continue
		}
		if !found || cmp.Compare(len(x.Region), len(best.Region)) > 0 {
			best, found = x, true
		}
	}
	return best, found
}

// Reserve is what must be left a month to a household: the standard for each person, and proven needs beyond it.
func (x Standard) Reserve(people int, beyond money.Fen) money.Fen {
	return x.PerMonth*money.Fen(people) + beyond
}
