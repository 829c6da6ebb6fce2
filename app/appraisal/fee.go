package appraisal

import "reliefportal/app/money"

// Band is one step of a price list. The part of the value within the band is charged by its own rate, or the band has a fixed sum.
type Band struct {
	// UpTo is the value in fen at which the band ends, that value included; zero when it has no end.
	UpTo money.Fen `json:"up_to,omitempty"`
	// Rate is in hundredths of a per mille: 500 is 5.00 per mille. It counts only when Fixed is zero.
	Rate int64 `json:"rate,omitempty"`
	// Fixed is the sum for whoever reaches the band.
	Fixed money.Fen `json:"fixed,omitempty"`
}

// rateWhole is a rate of 1000 per mille.
const rateWhole = 100_000

// Step is one line of a fee as the list works it out.
type Step struct {
	From, To money.Fen // of the value: the part beyond From, up to and including To
	Band     Band
	Fee      money.Fen
}

// Listed is the fee of the list for a value.
type Listed struct {
	Steps []Step
	Total money.Fen
	// Whole is false when the list ends below the value: Total is then only the fee for the part the list reaches.
	Whole bool
}

// Work works out the fee of a list for a value in fen, line by line. The bands are in order. A part of a fen counts as a whole one (PROJECT:
// rounding never makes a fee look too high).
func Work(bands []Band, value money.Fen) Listed {
	var out Listed
	from := money.Fen(0)
	for _, b := range bands {
		if value <= from {
			break
		}
		to := value
		if b.UpTo > 0 {
			to = min(value, b.UpTo)
		}
		step := Step{From: from, To: to, Band: b, Fee: b.Fixed}
		if b.Fixed == 0 {
			step.Fee = share(to-from, b.Rate)
		}
		out.Steps = append(out.Steps, step)
		out.Total += step.Fee
		from = to
	}
	out.Whole = value > 0 && from == value
	return out
}

// share is part × rate ÷ 100 000, rounded up. Divided first, so that the largest sum does not overflow.
func share(part money.Fen, rate int64) money.Fen {
	whole, rest := int64(part)/rateWhole, int64(part)%rateWhole
	return money.Fen(whole*rate + (rest*rate+rateWhole-1)/rateWhole)
}

// Percent is by how many whole percent value lies above (or, when negative, below) other, cut towards zero. ok is false when other is not
// more than zero.
func Percent(value, other money.Fen) (percent int64, ok bool) {
	if other <= 0 {
		return 0, false
	}
	return int64(value-other) * 100 / int64(other), true
}
