package reckon

import "reliefportal/app/money"

// Asset is one thing sealed, seized or frozen.
type Asset struct {
	Name  string
	Value money.Fen // what it would bring; read only when Known
	Known bool
	Whole bool // cannot be divided, such as a flat or a car
}

// SeizedInput is what is compared.
type SeizedInput struct {
	Claim  money.Fen // what is still owed under the title
	Costs  money.Fen // costs of enforcement
	Assets []Asset
	// OverPercent is how much counts as clearly more, in percent of claim and costs: the law names no figure, the rule pack sets one.
	OverPercent int64
}

// Check names everything that cannot be compared. The error is Invalid; its fields are claim, costs and, numbered from 1, asset_value_1.
func (in SeizedInput) Check() error {
	var bad fields
	bad.refuse(in.Claim <= 0, "claim", "reckon.no_debt")
	bad.refuse(in.Claim > money.Max, "claim", "money.too_large")
	bad.refuse(in.Costs < 0, "costs", "money.negative")
	bad.refuse(in.Costs > money.Max, "costs", "money.too_large")
	bad.refuse(len(in.Assets) == 0, "asset_name_1", "reckon.no_asset")
	room := money.Max
	for i, a := range in.Assets {
		bad.refuse(a.Known && a.Value <= 0, at("asset_value", i), "reckon.no_value")
		bad.refuse(a.Known && !fits(&room, a.Value), at("asset_value", i), "money.too_large")
	}
	return bad.err()
}

// Verdict is what the comparison says.
type Verdict string

// The verdicts.
const (
	Within  Verdict = "within"  // no more than claim and costs
	Above   Verdict = "above"   // more, but not clearly more
	Clearly Verdict = "clearly" // clearly more
	Unknown Verdict = "unknown" // values are missing that could change it
)

// AssetState says what the comparison means for one thing.
type AssetState string

// The states of a thing.
const (
	Spare     AssetState = "spare"      // without it the rest still covers claim and costs
	Needed    AssetState = "needed"     // without it the rest does not
	NeededAll AssetState = "needed_all" // Needed, worth more than is missing without it, and it cannot be divided (SF 19)
	Partly    AssetState = "partly"     // Needed, but only a part of it
	NoValue   AssetState = "no_value"   // its value is not known
)

// AssetLine is one thing with what the comparison means for it.
type AssetLine struct {
	Asset
	State AssetState
	Rule  Rule
	// Free is the part of its value beyond what the rest leaves open; zero unless Spare, Partly or NeededAll.
	Free money.Fen
}

// SeizedResult is the comparison. Sums are in fen.
type SeizedResult struct {
	Verdict Verdict
	Limit   money.Fen // claim and costs
	Total   money.Fen // of the known values
	Over    money.Fen // Total beyond Limit; zero when it is not
	Missing int       // things without a value
	Lines   []AssetLine
	// Whole says that all of Over lies in things that cannot be divided and that the rest does not cover the debt without: they may stay sealed.
	Whole bool
}

// OverSeized compares what is sealed with claim and costs (SF 19). A missing value makes the verdict unknown unless the known ones alone are
// clearly too many. The error is that of Check.
func OverSeized(in SeizedInput) (SeizedResult, error) {
	if err := in.Check(); err != nil {
		return SeizedResult{}, err
	}
	r := SeizedResult{Limit: in.Claim + in.Costs}
	for _, a := range in.Assets {
		if a.Known {
			r.Total += a.Value
		} else {
			r.Missing++
		}
	}
	r.Over = max(0, r.Total-r.Limit)
	r.Verdict = r.verdict(in.OverPercent)
	release := false
	for _, a := range in.Assets {
		l := r.line(a)
		r.Lines = append(r.Lines, l)
		r.Whole = r.Whole || l.State == NeededAll
		release = release || l.State == Spare || l.State == Partly
	}
	r.Whole = r.Whole && !release
	return r, nil
}

func (r SeizedResult) verdict(overPercent int64) Verdict {
	switch {
	case r.Over > 0 && r.Total*100 > r.Limit*money.Fen(overPercent): // a hundred times the greatest total is far below 64 bits
		return Clearly
	case r.Missing > 0:
		return Unknown
	case r.Over > 0:
		return Above
	}
	return Within
}

func (r SeizedResult) line(a Asset) AssetLine {
	if !a.Known {
		return AssetLine{Asset: a, State: NoValue, Rule: RuleLimit}
	}
	l := AssetLine{Asset: a, State: Needed, Rule: RuleLimit, Free: min(a.Value, r.Over)}
	switch {
	case l.Free == 0:
	case l.Free == a.Value:
		l.State, l.Rule = Spare, RuleLift
	case a.Whole:
		l.State, l.Rule = NeededAll, RuleWhole
	default:
		l.State, l.Rule = Partly, RuleLift
	}
	return l
}
