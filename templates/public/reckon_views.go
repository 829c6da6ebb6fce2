package public

import "reliefportal/templates/kit"

// ReckonView is the list of the sums a person can work out.
type ReckonView struct{ Sums []ReckonSum }

// ReckonSum leads to one of them.
type ReckonSum struct{ Title, Text, Href string }

// InterestView works late interest out. Form: see ReckonRow, and interest, until, order; the button more shows more rows.
type InterestView struct {
	// Debts have the fields debt_sum_1, debt_due_1; Payments paid_sum_1, paid_on_1, paid_kind_1; Stays stay_from_1, stay_to_1, stay_kind_1.
	Debts, Payments, Stays []ReckonRow
	Interest, Until, Order string
	Result                 *ReckonResult
}

// ReckonRow is one row of a form, as typed. Its fields are numbered from 1.
type ReckonRow struct {
	Name, Sum, From, To, Kind string
	// Whole says that a thing cannot be divided.
	Whole bool
}

// LivingView works the living reserve out. Form: place, home, asked, people, income, taken, needs.
type LivingView struct {
	// Places are the places whose standard is known; empty shows no choice.
	Places                                           []kit.Option
	Place, Home, Asked, People, Income, Taken, Needs string
	Result                                           *ReckonResult
}

// SeizedView compares what is sealed with the debt. Form: claim, costs, asset_name_1, asset_value_1, asset_whole_1; the button more.
type SeizedView struct {
	Claim, Costs string
	Assets       []ReckonRow
	Result       *ReckonResult
}

// ReckonResult is a worked sum: one sentence first, then the bars, then every line with what was counted and why.
type ReckonResult struct {
	Say string
	// Notes stand apart: what is missing from the sum, and what to ask.
	Notes  []string
	Bars   []ReckonBar
	Tables []ReckonTable
	// Rules are the general rules of the sum.
	Rules []ReckonLine
	// Next leads to the way this belongs to; an empty Href shows none.
	Next kit.Link
}

// ReckonBar is one bar. From and Width are on a scale of 0 to 1000.
type ReckonBar struct {
	Label, Value string
	From, Width  int
	// Tone is pale, dark, pine or lamp.
	Tone string
}

// ReckonTable is a table of lines. Say is its caption, a sentence.
type ReckonTable struct {
	Title, What, Sum string
	Lines            []ReckonLine
}

// ReckonLine is one line: what it is, why it was counted or not, and its sum.
type ReckonLine struct {
	Name, Why, Sum string
	Cites          []kit.Cite
	// Total makes it bold.
	Total bool
}
