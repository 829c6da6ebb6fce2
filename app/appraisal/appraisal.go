// Package appraisal holds an appraisal against what is known: its fee against the price list that an administrator keeps, its value against
// prices a person knows of. What a person states is sealed at rest; of the institution there is also a keyed index, to count by.
package appraisal

import (
	"log/slog"
	"strings"
	"time"
	"unicode/utf8"

	"reliefportal/app/calendar"
	"reliefportal/app/fail"
	"reliefportal/app/money"
	"reliefportal/app/seal"
)

// Kind is what is appraised.
type Kind string

// The kinds of property.
const (
	Home   Kind = "home"
	Car    Kind = "car"
	Equity Kind = "equity"
	Other  Kind = "other"
)

// Kinds lists the kinds in the order they are offered.
func Kinds() []Kind { return []Kind{Home, Car, Equity, Other} }

// KindKeys are the message keys of the kinds.
var KindKeys = map[Kind]string{Home: "fees.home", Car: "fees.car", Equity: "fees.equity", Other: "fees.other"}

// Known says that it is one of Kinds.
func (k Kind) Known() bool { return k == Home || k == Car || k == Equity || k == Other }

// Limits (PROJECT).
const (
	// Bands is how many steps a price has at most.
	Bands = 6
	// Comparables is how many prices a person can hold against the value.
	Comparables = 3
	// Few is the number from which a figure about an institution is shown; below it people could be recognised.
	Few     = 5
	maxText = 200
)

// Price is one row of the price list. It is never edited: a new row for the same kind and region ends the one before.
type Price struct {
	ID      string
	Kind    Kind
	Region  string // as an administrator wrote it; empty means everywhere
	Bands   []Band
	Source  string
	From    calendar.Date
	To      calendar.Date // last day; zero while it stands
	Version int64
}

// On says that the price stands on a day.
func (p Price) On(day calendar.Date) bool {
	return !p.From.After(day) && (p.To.IsZero() || !p.To.Before(day))
}

// Sum is a sum that a person knows or does not know.
type Sum struct {
	Known bool      `json:"known,omitempty"`
	Fen   money.Fen `json:"fen,omitempty"`
}

// Comparable is a price of something like it, and where it is from.
type Comparable struct {
	Price money.Fen `json:"price"`
	Where string    `json:"where,omitempty"`
}

// Data is what a person states about an appraisal.
type Data struct {
	Institution string        `json:"institution,omitempty"` // empty: not known
	Kind        Kind          `json:"kind"`
	Region      string        `json:"region,omitempty"` // one of the price list; empty: elsewhere, or not known
	Day         calendar.Date `json:"day,omitzero"`     // on which the report came; zero: not known
	Value       Sum           `json:"value"`
	Fee         Sum           `json:"fee"`
	Comparables []Comparable  `json:"comparables,omitempty"`
}

// LogValue keeps what people state out of logs.
func (Data) LogValue() slog.Value { return slog.StringValue("appraisal") }

// Check is one version of what a person stated. It is never changed.
type Check struct {
	ID      string
	Version int64 // 0 while nothing was stated
	At      time.Time
	Data
}

// valid names what cannot be taken: shape only. today bounds the day.
func (d Data) valid(today calendar.Date) error {
	var bad []fail.Field
	refuse := func(wrong bool, field, key string, kv ...any) {
		if wrong {
			bad = append(bad, fail.F(field, key, kv...))
		}
	}
	long := func(field, text string) {
		n := utf8.RuneCountInString(text)
		refuse(n > maxText, field, "answer.too_long", "n", n, "max", maxText, "over", n-maxText)
	}
	refuse(!d.Kind.Known(), "kind", "answer.choose")
	long("institution", d.Institution)
	refuse(d.Day.After(today), "received", "appraisal.day_future")
	refuse(d.Value.Known && d.Value.Fen <= 0, "value", "appraisal.more_than_zero")
	for i, c := range d.Comparables {
		n := string(rune('1' + i))
		refuse(c.Price <= 0, "price"+n, "appraisal.more_than_zero")
		long("where"+n, c.Where)
	}
	if len(bad) > 0 {
		return fail.Invalid(bad...)
	}
	return nil
}

// valid names what cannot be taken in a row of the list.
func (p Price) valid() error {
	var bad []fail.Field
	refuse := func(wrong bool, field, key string) {
		if wrong {
			bad = append(bad, fail.F(field, key))
		}
	}
	refuse(!p.Kind.Known(), "kind", "answer.choose")
	refuse(p.Source == "", "source", "appraisal.source_missing")
	refuse(utf8.RuneCountInString(p.Source) > maxText, "source", "appraisal.text_long")
	refuse(utf8.RuneCountInString(p.Region) > maxText, "region", "appraisal.text_long")
	refuse(p.From.IsZero(), "from", "appraisal.from_missing")
	refuse(len(p.Bands) == 0, "rate1", "appraisal.bands_missing")
	before := money.Fen(0)
	for i, b := range p.Bands {
		n := string(rune('1' + i))
		refuse((b.Rate > 0) == (b.Fixed > 0), "rate"+n, "appraisal.rate_or_fixed")
		refuse(b.Rate < 0 || b.Rate > rateWhole, "rate"+n, "appraisal.rate_range")
		refuse(b.UpTo == 0 && i < len(p.Bands)-1, "upto"+n, "appraisal.end_missing")
		refuse(b.UpTo != 0 && b.UpTo <= before, "upto"+n, "appraisal.order")
		before = b.UpTo
	}
	if len(bad) > 0 {
		return fail.Invalid(bad...)
	}
	return nil
}

// normal brings the name of an institution to the form that is counted by: without spaces, with the brackets of Chinese names, in lower case.
func normal(name string) string {
	return strings.NewReplacer("(", "（", ")", "）").Replace(strings.ToLower(strings.Join(strings.Fields(name), "")))
}

func dataAD(id string) seal.AD {
	return seal.AD{Table: "appraisal_check", Column: "data", Row: id}
}
