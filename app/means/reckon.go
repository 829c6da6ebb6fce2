package means

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"

	"reliefportal/app/calendar"
	"reliefportal/app/money"
	"reliefportal/app/packs"
	"reliefportal/app/reckon"
	"reliefportal/app/rules"
)

// Mark names a version with its fingerprint, for example "3 · 9f2c41aa07de5b13": a change of any line gives another mark.
func (s Statement) Mark() (string, error) {
	plain, err := s.encode()
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256(plain)
	return fmt.Sprintf("%d · %s", s.Version, hex.EncodeToString(sum[:8])), nil
}

// Floor is the local living standard a statement is held against.
type Floor struct {
	From     reckon.StandardFrom
	Standard reckon.Standard // when it is from the table
	PerHead  money.Fen       // zero when it is not known
}

// FloorOf finds the standard: that of the place in the pack, else what the person was told, else none.
func FloorOf(p *rules.Pack, d Data, on calendar.Date) (Floor, error) {
	table, err := packs.Standards(p)
	if err != nil {
		return Floor{}, err
	}
	if s, ok := table.Find(d.Region, d.Home, on); ok && d.Region != "" {
		return Floor{From: reckon.FromTable, Standard: s, PerHead: s.PerMonth}, nil
	}
	if d.Told > 0 {
		return Floor{From: reckon.FromPerson, PerHead: d.Told}, nil
	}
	return Floor{}, nil
}

// Reckon works a statement out by the rules of a pack on a day. A group nobody has spoken of is unknown, not empty. The error is that of
// reckon.Means.
func Reckon(p *rules.Pack, d Data, on calendar.Date) (reckon.MeansResult, error) {
	floor, err := FloorOf(p, d, on)
	if err != nil {
		return reckon.MeansResult{}, err
	}
	in := reckon.MeansInput{People: d.People(), Floor: floor.PerHead, Income: lines(p, d, rules.MeansIncome), Costs: lines(p, d, rules.MeansCosts),
		TakesAll: d.Order.How == TakesAll}
	switch d.Order.How {
	case TakesMonthly:
		in.Taken = monthly(d.Order.Sum, d.Order.Every)
	case TakesUnsure, "":
		in.Taken = reckon.AtLeast(0)
	}
	return reckon.Means(in)
}

func monthly(a Amount, e reckon.Every) reckon.Span {
	s := a.Span()
	s.Low, s.High = e.Month(s.Low), e.Month(s.High)
	return s
}

func lines(p *rules.Pack, d Data, g rules.MeansGroup) []reckon.MeansLine {
	var out []reckon.MeansLine
	for _, l := range d.Of(g) {
		kind, ok := p.Means.Kind(l.Kind)
		if !ok { // the rules do not know this kind any more: shown, and left open
			kind.Counts = rules.CountsYes
		}
		line := reckon.MeansLine{ID: l.ID, Sum: l.Amount.Span(), Every: l.Every, Counting: reckon.Counting(kind.Counts), Reasoned: l.Reason != ""}
		if l.Amount.Know == NotKnown {
			line.Every = reckon.Monthly
		}
		out = append(out, line)
	}
	if !d.Stated(g) {
		out = append(out, reckon.MeansLine{ID: string(g), Sum: reckon.AtLeast(0), Every: reckon.Monthly, Counting: reckon.InFull})
	}
	return out
}

// Offers are the assets of a statement as a proposal weighs them.
func Offers(p *rules.Pack, d Data) []reckon.Offer {
	var out []reckon.Offer
	for _, l := range d.Of(rules.MeansAssets) {
		kind, _ := p.Means.Kind(l.Kind)
		out = append(out, reckon.Offer{ID: l.ID, Value: l.Amount.Low, Known: l.Amount.Know == Known || l.Amount.Know == Roughly, Harm: kind.Harm,
			Kept: kind.Shield == rules.ShieldYes, First: l.First})
	}
	return out
}

// Seized compares what is sealed with claim and costs; ok is false while the claim is not known or nothing is sealed. A rough value counts
// with its lower bound, so that a warning is never given for too little.
func Seized(p *rules.Pack, d Data) (in reckon.SeizedInput, r reckon.SeizedResult, ok bool, err error) {
	if d.Claim.Know != Known || d.Claim.Low <= 0 {
		return in, r, false, nil
	}
	in = reckon.SeizedInput{Claim: d.Claim.Low, Costs: d.Costs.Low, OverPercent: p.Sums.OverPercent}
	for _, l := range d.Of(rules.MeansAssets) {
		if l.Seized == "yes" {
			known := l.Amount.Know == Known || l.Amount.Know == Roughly
			in.Assets = append(in.Assets, reckon.Asset{Name: l.ID, Value: l.Amount.Low, Known: known && l.Amount.Low > 0, Whole: l.Whole})
		}
	}
	if len(in.Assets) == 0 {
		return in, r, false, nil
	}
	r, err = reckon.OverSeized(in)
	return in, r, err == nil, err
}
