package reckon

import "reliefportal/app/money"

// Every is how often a sum comes or goes.
type Every string

// The frequencies. Irregular is the total of the last year.
const (
	Weekly    Every = "weekly"
	Monthly   Every = "monthly"
	Quarterly Every = "quarterly"
	Yearly    Every = "yearly"
	Irregular Every = "irregular"
)

// Everies are the frequencies in the order they are offered.
var Everies = []Every{Monthly, Weekly, Quarterly, Yearly, Irregular}

// ratio is how many months' worth a sum is: times up, divided by down. An unknown frequency is none.
func (e Every) ratio() (up, down money.Fen) {
	switch e {
	case Weekly:
		return 52, 12
	case Monthly:
		return 1, 1
	case Quarterly:
		return 1, 3
	case Yearly, Irregular:
		return 1, 12
	}
	return 0, 0
}

// Known says that the frequency is one of the five.
func (e Every) Known() bool { _, down := e.ratio(); return down != 0 }

// Month brings a sum that is not negative to a month, to the nearest fen, half a fen up (PROJECT). It rounds each sum by itself and never
// falls when the sum grows.
func (e Every) Month(sum money.Fen) money.Fen {
	up, down := e.ratio()
	if down == 0 {
		return 0
	}
	return (2*sum*up + down) / (2 * down)
}

// Span is a sum that may be known, lie between two bounds, or be open on a side. A span without bounds on both sides is unknown.
type Span struct {
	Low, High     money.Fen
	NoLow, NoHigh bool
}

// Exactly is a known sum.
func Exactly(sum money.Fen) Span { return Span{Low: sum, High: sum} }

// Between is a sum within bounds.
func Between(low, high money.Fen) Span { return Span{Low: low, High: high} }

// AtLeast is a sum that is not known but not less than low; for money that comes or goes low is 0.
func AtLeast(low money.Fen) Span { return Span{Low: low, High: low, NoHigh: true} }

// Exact says that the sum is known.
func (s Span) Exact() bool { return !s.NoLow && !s.NoHigh && s.Low == s.High }

func (s Span) plus(o Span) Span {
	return Span{Low: s.Low + o.Low, High: s.High + o.High, NoLow: s.NoLow || o.NoLow, NoHigh: s.NoHigh || o.NoHigh}
}

func (s Span) minus(o Span) Span {
	return Span{Low: s.Low - o.High, High: s.High - o.Low, NoLow: s.NoLow || o.NoHigh, NoHigh: s.NoHigh || o.NoLow}
}

// month brings both bounds to a month.
func (s Span) month(e Every) Span {
	s.Low, s.High = e.Month(s.Low), e.Month(s.High)
	return s
}

// Sign says on which side of zero a span lies.
type Sign string

// The signs. Open is a span that may lie on either side.
const (
	Plus  Sign = "plus"
	Zero  Sign = "zero"
	Minus Sign = "minus"
	Open  Sign = "open"
)

// Sign gives the side of zero.
func (s Span) Sign() Sign {
	switch {
	case s.Exact() && s.Low == 0:
		return Zero
	case !s.NoLow && s.Low > 0:
		return Plus
	case !s.NoHigh && s.High < 0:
		return Minus
	}
	return Open
}

// Counting is whether a line may count, as the rule pack says for its kind.
type Counting string

// The ways of counting.
const (
	InFull   Counting = "yes"
	Daily    Counting = "daily" // up to the local standard without a reason
	NotAtAll Counting = "no"
)

// MeansLine is one line of a household's income or costs.
type MeansLine struct {
	ID       string
	Sum      Span // as stated, not negative
	Every    Every
	Counting Counting
	Reasoned bool // a reason was given for more than the standard
}

// MeansInput is what a means statement is worked out from.
type MeansInput struct {
	Income, Costs []MeansLine
	People        int // the person included
	// Floor is the local minimum living standard for one person and month; zero when it is not known.
	Floor money.Fen
	// Taken is what the order takes a month. TakesAll says that everything that comes in is held.
	Taken    Span
	TakesAll bool
}

// LineState says what became of a line.
type LineState string

// The states of a line.
const (
	LineCounted    LineState = "counted"
	LineBelow      LineState = "below"    // everyday, within the standard: no proof asked
	LineReasoned   LineState = "reasoned" // everyday, beyond the standard, with a reason: counted, and the court weighs it
	LineCapped     LineState = "capped"   // everyday, beyond the standard, no reason: counted up to it
	LineNoStandard LineState = "nofloor"  // everyday, no standard known: counted as stated
	LineNotCounted LineState = "not"
	LineUnknown    LineState = "unknown" // the sum is not known: left open, never taken as zero
)

// MeansOut is one line as it was counted.
type MeansOut struct {
	MeansLine
	State   LineState
	Stated  Span // brought to a month
	Counted Span
}

// MeansResult is the worked statement, a month.
type MeansResult struct {
	Income, Costs       []MeansOut
	IncomeSum, CostsSum Span
	Left                Span // income less necessary costs: what could be taken without touching them
	Taken               Span
	After               Span // Left less what is taken
	// Reserve is the local standard for the whole household, zero when it is not known; Short is by how much the money that is left after the
	// taking falls short of it (SF 3), zero when it does not or when it cannot be said.
	Reserve, Short money.Fen
	Unknown        int // lines without a sum
}

// Check names what cannot be counted with. The error is Invalid; its fields are people, taken and the ids of lines.
func (in MeansInput) Check() error {
	var bad fields
	bad.refuse(in.People < 1 || in.People > maxPeople, "people", "reckon.people")
	bad.refuse(!in.Taken.sound(), "taken", "means.backwards")
	for _, group := range [][]MeansLine{in.Income, in.Costs} {
		room := money.Max
		for _, l := range group {
			bad.refuse(!l.Sum.sound() || !l.Every.Known(), l.ID, "means.backwards")
			bad.refuse(l.Sum.sound() && l.Every.Known() && !fits(&room, max(l.Sum.High, l.Every.Month(l.Sum.High))), l.ID, "money.too_large")
		}
	}
	return bad.err()
}

// sound says that the bounds are sums a person can state: not negative, and in order.
func (s Span) sound() bool {
	return s.Low >= 0 && s.High >= s.Low && s.High <= money.Max && !s.NoLow
}

// Means works a household's statement out. The everyday costs together are held against the local standard for every person: within it no
// proof is asked; what goes beyond counts when a reason was given, and is cut otherwise (PROJECT; the standard itself is SF 3). More income
// never lowers what is left, and another cost never raises it. The error is that of Check.
func Means(in MeansInput) (MeansResult, error) {
	if err := in.Check(); err != nil {
		return MeansResult{}, err
	}
	r := MeansResult{Reserve: in.Floor * money.Fen(in.People), Taken: in.Taken}
	for _, l := range in.Income {
		r.Income = append(r.Income, l.plain())
	}
	r.Costs = costs(in.Costs, r.Reserve)
	r.IncomeSum, r.CostsSum = total(r.Income), total(r.Costs)
	if in.TakesAll {
		r.Taken = r.IncomeSum
	}
	r.Left = r.IncomeSum.minus(r.CostsSum)
	r.After = r.Left.minus(r.Taken)
	for _, l := range append(append([]MeansOut{}, r.Income...), r.Costs...) {
		if l.State == LineUnknown {
			r.Unknown++
		}
	}
	if remains := stated(r.Income).minus(r.Taken); remains.Exact() && r.Reserve > 0 {
		r.Short = max(0, r.Reserve-remains.Low)
	}
	return r, nil
}

// plain counts a line by itself.
func (l MeansLine) plain() MeansOut {
	out := MeansOut{MeansLine: l, State: LineCounted, Stated: l.Sum.month(l.Every)}
	switch {
	case l.Counting == NotAtAll:
		out.State = LineNotCounted
		return out
	case l.Sum.NoHigh:
		out.State = LineUnknown
	}
	out.Counted = out.Stated
	return out
}

// costs counts the costs; the everyday ones without a reason share the standard in their order.
func costs(lines []MeansLine, reserve money.Fen) []MeansOut {
	out := make([]MeansOut, len(lines))
	var room Span
	for i, l := range lines {
		out[i] = l.plain()
		if l.Counting == Daily {
			room = room.plus(out[i].Stated)
		}
	}
	over := reserve > 0 && (room.High > reserve || room.NoHigh)
	left := reserve
	for _, unknown := range []bool{false, true} { // what is known uses the standard first
		for i := range out {
			if out[i].Counting == Daily && (out[i].State == LineUnknown) == unknown {
				left -= out[i].daily(reserve, left, over)
			}
		}
	}
	return out
}

// daily counts an everyday cost and returns how much of the standard it used.
func (o *MeansOut) daily(reserve, left money.Fen, over bool) (used money.Fen) {
	switch {
	case o.State == LineUnknown && (reserve == 0 || o.Reasoned):
		return 0
	case reserve == 0:
		o.State = LineNoStandard
		return 0
	case !over:
		o.State = LineBelow
		return o.Stated.High
	case o.Reasoned:
		o.State = LineReasoned
		return 0
	case o.State == LineUnknown: // not known, but no more than the standard leaves
		o.Counted = Between(0, left)
		return left
	}
	o.State = LineBelow
	if o.Stated.High > left {
		o.State = LineCapped
		o.Counted = Between(min(o.Stated.Low, left), left)
	}
	return min(o.Stated.High, left)
}

// stated is everything that reaches the household, what does not count included.
func stated(lines []MeansOut) Span {
	var s Span
	for _, l := range lines {
		s = s.plus(l.Stated)
	}
	return s
}

func total(lines []MeansOut) Span {
	var s Span
	for _, l := range lines {
		if l.State != LineNotCounted {
			s = s.plus(l.Counted)
		}
	}
	return s
}
