package rules

import (
	"slices"

	"reliefportal/app/money"
)

// Means is how a pack reads a household's means statement: which lines it may have, whether each counts, and why.
type Means struct {
	Ask []string // remedies whose draft asks for the statement on a page of its own
	May []string // remedies it may be added to
	// Change, Excess and Swap are the remedies that a change of circumstances, too much sealed, and another asset to take first lead to.
	Change, Excess, Swap string
	Doors                []string // remedies there are instead of a smaller sum
	NoCut                MeansRule
	Households           []Option
	Rules                map[string]MeansRule
	Kinds                []MeansKind
	Changes              []MeansChange
	Examples             []MeansExample
}

// MeansRule is one rule of the statement in words, with its sources.
type MeansRule struct {
	Text  Text
	Cites []Cite
}

// MeansGroup is a part of the statement.
type MeansGroup string

// The groups of lines.
const (
	MeansIncome MeansGroup = "income"
	MeansCosts  MeansGroup = "costs"
	MeansPeople MeansGroup = "people"
	MeansDebts  MeansGroup = "debts"
	MeansAssets MeansGroup = "assets"
)

// MeansGroups are the groups in the order they are asked.
var MeansGroups = []MeansGroup{MeansPeople, MeansIncome, MeansCosts, MeansDebts, MeansAssets}

// How a line counts.
const (
	CountsYes   = "yes"
	CountsDaily = "daily" // up to the local living standard, beyond it with a reason
	CountsNo    = "no"
)

// How far an asset is kept from enforcement.
const (
	ShieldYes     = "yes"     // may not be sealed
	ShieldCaution = "caution" // may be sealed, within limits
)

// MeansKind is one kind of line.
type MeansKind struct {
	ID     string
	Group  MeansGroup
	Counts string
	Shield string
	Harm   int      // of an asset: how hard its loss hits, 0 to 100
	For    []string // households asked for it; empty means all
	Label  Text
	Why    Text
	Cites  []Cite
}

// MeansChange is one change of circumstances with the groups of lines that change with it. Says is the answer of the fact "change".
type MeansChange struct {
	ID     string
	Label  Text
	Groups []MeansGroup
	Says   string
}

// MeansExample is a worked example of the statement.
type MeansExample struct {
	ID     string
	Title  Text
	People int
	Floor  money.Fen // local standard for one person and month, made up
	Taken  MeansSum
	Lines  []MeansSum
	Want   MeansWant
}

// MeansSum is one sum of an example.
type MeansSum struct {
	Kind  string
	Sum   money.Fen
	Every string
}

// MeansWant is what an example comes to, a month.
type MeansWant struct{ Income, Costs, Left, After money.Fen }

// Kind finds a kind of line.
func (m Means) Kind(id string) (MeansKind, bool) {
	i := slices.IndexFunc(m.Kinds, func(k MeansKind) bool { return k.ID == id })
	if i < 0 {
		return MeansKind{}, false
	}
	return m.Kinds[i], true
}

// KindsFor are the kinds of a group that a household is asked for. A household nobody has named is asked for all.
func (m Means) KindsFor(g MeansGroup, household string) []MeansKind {
	var out []MeansKind
	for _, k := range m.Kinds {
		if k.Group == g && (len(k.For) == 0 || household == "" || slices.Contains(k.For, household)) {
			out = append(out, k)
		}
	}
	return out
}

// ChangeOf finds a change of circumstances.
func (m Means) ChangeOf(id string) (MeansChange, bool) {
	i := slices.IndexFunc(m.Changes, func(c MeansChange) bool { return c.ID == id })
	if i < 0 {
		return MeansChange{}, false
	}
	return m.Changes[i], true
}

// Household finds a kind of household.
func (m Means) Household(id string) (Option, bool) {
	i := slices.IndexFunc(m.Households, func(o Option) bool { return o.ID == id })
	if i < 0 {
		return Option{}, false
	}
	return m.Households[i], true
}

// Asks says that drafts of the remedy have a page for the statement.
func (m Means) Asks(remedy string) bool { return slices.Contains(m.Ask, remedy) }

// Takes says that the statement can be added to drafts of the remedy.
func (m Means) Takes(remedy string) bool { return m.Asks(remedy) || slices.Contains(m.May, remedy) }
