package reckon

import (
	"math/big"

	"reliefportal/app/money"
)

// FeeBand is one step of a price list: the part of the value from From up to To costs PerMillion fen a million fen. To zero is no end.
type FeeBand struct {
	From       money.Fen `json:"from"`
	To         money.Fen `json:"to,omitempty"`
	PerMillion int64     `json:"per_million"`
}

// FeeList is a price list by steps, each for its own part of the value.
type FeeList struct {
	Bands []FeeBand
	Least money.Fen // smallest fee; zero for none
}

// Check names what is wrong with a list. The error is Invalid; its fields are bands and least.
func (l FeeList) Check() error {
	var bad fields
	bad.refuse(len(l.Bands) == 0, "bands", "fees.no_bands")
	bad.refuse(l.Least < 0, "least", "money.negative")
	end := money.Fen(0)
	for i, b := range l.Bands {
		last := i == len(l.Bands)-1
		wrong := b.From != end || b.PerMillion < 0 || b.PerMillion > million || b.To == 0 && !last || b.To != 0 && b.To <= b.From
		if wrong {
			bad.refuse(true, "bands", "fees.bad_bands")
			break
		}
		end = b.To
	}
	return bad.err()
}

const million = 1_000_000

// Fee is what the list allows for a value, to the nearest fen, half a fen up. False when the value lies beyond the last step.
func (l FeeList) Fee(value money.Fen) (money.Fen, bool) {
	if n := len(l.Bands); n == 0 || value < 0 || l.Bands[n-1].To != 0 && value > l.Bands[n-1].To {
		return 0, false
	}
	sum := new(big.Int)
	for _, b := range l.Bands {
		part := value - b.From
		if b.To != 0 {
			part = min(part, b.To-b.From)
		}
		if part > 0 {
			sum.Add(sum, new(big.Int).Mul(big.NewInt(int64(part)), big.NewInt(b.PerMillion)))
		}
	}
	sum.Add(sum, big.NewInt(million/2))
	return max(l.Least, money.Fen(sum.Quo(sum, big.NewInt(million)).Int64())), true
}
