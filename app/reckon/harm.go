package reckon

import (
	"cmp"
	"slices"

	"reliefportal/app/money"
)

// Offer is one asset a person could be enforced against.
type Offer struct {
	ID    string
	Value money.Fen // what it would bring; read only when Known
	Known bool
	Harm  int  // how hard its loss hits the household, 0 to 100; the rule pack sets it for the kind of thing
	Kept  bool // may not be sealed at all
	First bool // the person asks for it to be taken first
}

// Proposal is which assets would cover a debt with the least harm.
type Proposal struct {
	Limit   money.Fen // claim and costs
	Take    []string  // ids, in the order they would be taken
	Sum     money.Fen // of their values
	Covered bool      // Sum reaches Limit
	Missing int       // things left out because their value is not known
}

// LeastHarm proposes what to take for a claim with its costs: what the person asks for first, then what hurts least, of equal harm the smaller.
// Things that may not be sealed, or whose value nobody knows, are left out. Nothing is taken that the rest can do without. It is a proposal of
// this portal (PROJECT): the law lets a court weigh harm and does not rank things.
func LeastHarm(limit money.Fen, offers []Offer) Proposal {
	p := Proposal{Limit: limit}
	var able []Offer
	for _, o := range offers {
		switch {
		case o.Kept:
		case !o.Known || o.Value <= 0:
			p.Missing++
		default:
			able = append(able, o)
		}
	}
	slices.SortStableFunc(able, gentler)
	var taken []Offer
	for _, o := range able {
		if p.Sum < limit {
			taken = append(taken, o)
			p.Sum += o.Value
		}
	}
	p.Covered = p.Sum >= limit
	for i := len(taken) - 1; i >= 0; i-- { // the hardest losses are spared first; what was asked for stays
		if o := taken[i]; p.Covered && !o.First && p.Sum-o.Value >= limit {
			p.Sum -= o.Value
			taken = slices.Delete(taken, i, i+1)
		}
	}
	for _, o := range taken {
		p.Take = append(p.Take, o.ID)
	}
	return p
}

// gentler orders by what is taken before what.
func gentler(a, b Offer) int {
	if a.First != b.First {
		if a.First {
			return -1
		}
		return 1
	}
	return cmp.Or(cmp.Compare(a.Harm, b.Harm), cmp.Compare(a.Value, b.Value), cmp.Compare(a.ID, b.ID))
}
