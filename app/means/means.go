// Package means keeps what a household lives on: who is in it, what comes in, what it needs, what it owes and owns. Each save is a version of
// its own that is never changed, so that a filing shows for good what was stated when it was filed, and a change of circumstances can be held
// against what was before. Everything a person states is sealed at rest.
package means

import (
	"encoding/json"
	"log/slog"
	"slices"
	"time"
	"unicode/utf8"

	"reliefportal/app/fail"
	"reliefportal/app/money"
	"reliefportal/app/reckon"
	"reliefportal/app/rules"
	"reliefportal/app/seal"
)

// Limits of a statement (PROJECT): more is a slip of the finger, or an attack.
const (
	maxLines = 60
	maxNote  = 200
	maxText  = 1000
	maxCount = 20
)

// Statement is one version of a person's means statement.
type Statement struct {
	ID       string
	PersonID string
	Version  int64 // 1 for the first; 0 while nothing was stated
	At       time.Time
	Data
}

// Data is what was stated.
type Data struct {
	Household string             `json:"household,omitempty"` // id of the rule pack
	Region    string             `json:"region,omitempty"`    // GB/T 2260 code of a place whose standard is known
	Home      reckon.Home        `json:"home,omitempty"`
	Told      money.Fen          `json:"told,omitempty"` // local standard as the civil affairs office told it; zero when it was not asked
	Lines     []Line             `json:"lines,omitempty"`
	Done      []rules.MeansGroup `json:"done,omitempty"` // groups the person has said to be complete
	Order     Order              `json:"order"`
	Claim     Amount             `json:"claim"` // still owed under the title
	Costs     Amount             `json:"costs"` // of enforcement
}

// LogValue keeps statements out of logs.
func (Data) LogValue() slog.Value { return slog.StringValue("means statement") }

// Know is how well a sum is known.
type Know string

// The ways a sum is known. NotAsked is a sum nobody has been asked for.
const (
	NotAsked Know = ""
	Known    Know = "sum"
	Roughly  Know = "range"
	NotKnown Know = "unknown"
)

// Amount is a sum of money as somebody states it, in fen.
type Amount struct {
	Know Know      `json:"know,omitempty"`
	Low  money.Fen `json:"low,omitempty"`
	High money.Fen `json:"high,omitempty"` // equal to Low unless Know is Roughly
}

// Sum is a known amount.
func Sum(f money.Fen) Amount { return Amount{Know: Known, Low: f, High: f} }

// Span is the amount as package reckon counts with it.
func (a Amount) Span() reckon.Span {
	switch a.Know {
	case Known, Roughly:
		return reckon.Between(a.Low, a.High)
	case NotAsked, NotKnown:
	}
	return reckon.AtLeast(0)
}

// How the order takes.
const (
	TakesNothing = "none"
	TakesMonthly = "monthly"
	TakesAll     = "all" // the whole account is held
	TakesUnsure  = "unsure"
)

// Order is what enforcement takes.
type Order struct {
	How   string       `json:"how,omitempty"`
	Sum   Amount       `json:"sum"`
	Every reckon.Every `json:"every,omitempty"`
}

// Line is one line of the statement.
type Line struct {
	ID     string           `json:"id"`
	Group  rules.MeansGroup `json:"group"`
	Kind   string           `json:"kind"` // id of the rule pack
	Note   string           `json:"note,omitempty"`
	Amount Amount           `json:"amount"` // of an asset: what it would bring
	Every  reckon.Every     `json:"every,omitempty"`
	Reason string           `json:"reason,omitempty"` // why an everyday cost is higher than the local standard
	Count  int              `json:"count,omitempty"`  // of people

	// The rest is for assets.
	Source  string `json:"source,omitempty"`  // where the value is from
	Meaning string `json:"meaning,omitempty"` // what it means to the household
	Seized  string `json:"seized,omitempty"`  // yes, no or unsure
	Whole   bool   `json:"whole,omitempty"`   // cannot be divided
	First   bool   `json:"first,omitempty"`   // the person asks for it to be taken first
}

// Sources are where the value of an asset can be from, in the order they are offered.
var Sources = []string{"report", "market", "balance", "price", "guess"}

// Of lists the lines of a group in their order.
func (d Data) Of(g rules.MeansGroup) []Line {
	var out []Line
	for _, l := range d.Lines {
		if l.Group == g {
			out = append(out, l)
		}
	}
	return out
}

// Line finds a line by its id.
func (d Data) Line(id string) (Line, bool) {
	i := slices.IndexFunc(d.Lines, func(l Line) bool { return l.ID == id })
	if i < 0 {
		return Line{}, false
	}
	return d.Lines[i], true
}

// Put adds a line, or replaces the one with its id.
func (d *Data) Put(l Line) {
	d.Lines = slices.Clone(d.Lines)
	if i := slices.IndexFunc(d.Lines, func(o Line) bool { return o.ID == l.ID }); i >= 0 {
		d.Lines[i] = l
		return
	}
	d.Lines = append(d.Lines, l)
}

// Drop takes a line away.
func (d *Data) Drop(id string) {
	d.Lines = slices.DeleteFunc(slices.Clone(d.Lines), func(l Line) bool { return l.ID == id })
}

// Finish says that a group is complete, or is not after all.
func (d *Data) Finish(g rules.MeansGroup, done bool) {
	d.Done = slices.DeleteFunc(slices.Clone(d.Done), func(o rules.MeansGroup) bool { return o == g })
	if done {
		d.Done = append(d.Done, g)
	}
}

// Stated says that something was said about a group: lines, or that there are none.
func (d Data) Stated(g rules.MeansGroup) bool { return slices.Contains(d.Done, g) || len(d.Of(g)) > 0 }

// People is how many live in the household, the person included.
func (d Data) People() int {
	n := 1
	for _, l := range d.Of(rules.MeansPeople) {
		n += l.Count
	}
	return n
}

// Ready says that enough was stated to work it out: the household, and every group that goes into the sum.
func (d Data) Ready() bool {
	return d.Household != "" && d.Order.How != "" && d.Stated(rules.MeansIncome) && d.Stated(rules.MeansCosts)
}

// Check names what cannot be taken in a statement: shape only. The error is Invalid; the fields are those of the forms.
func (l Line) Check(kind rules.MeansKind) error {
	var bad []fail.Field
	refuse := func(wrong bool, field, key string, kv ...any) {
		if wrong {
			bad = append(bad, fail.F(field, key, kv...))
		}
	}
	if l.Group == rules.MeansPeople {
		refuse(l.Count < 1 || l.Count > maxCount, "count", "means.count_range", "Max", maxCount)
	} else {
		refuse(l.Amount.Know == NotAsked, "amount", "means.amount_missing")
		refuse(l.Amount.Low > l.Amount.High, "low", "means.backwards")
	}
	if l.Group == rules.MeansIncome || l.Group == rules.MeansCosts || l.Group == rules.MeansDebts {
		refuse(l.Amount.Know != NotKnown && !l.Every.Known(), "every", "means.every_missing")
	}
	if l.Group == rules.MeansAssets {
		refuse(l.Seized != "yes" && l.Seized != "no" && l.Seized != "unsure", "seized", "answer.choose")
		refuse(l.Source != "" && !slices.Contains(Sources, l.Source), "source", "answer.choose")
	}
	for _, t := range []struct {
		field, text string
		most        int
	}{{"note", l.Note, maxNote}, {"reason", l.Reason, maxText}, {"meaning", l.Meaning, maxText}} {
		n := utf8.RuneCountInString(t.text)
		refuse(n > t.most, t.field, "answer.too_long", "n", n, "max", t.most, "over", n-t.most)
	}
	refuse(kind.Group != l.Group, "kind", "answer.choose")
	if len(bad) > 0 {
		return fail.Invalid(bad...)
	}
	return nil
}

func (s Statement) encode() ([]byte, error) { return json.Marshal(s.Data) }

func dataAD(id string) seal.AD   { return seal.AD{Table: "means_statement", Column: "data", Row: id} }
func changeAD(id string) seal.AD { return seal.AD{Table: "means_change", Column: "kinds", Row: id} }
