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

// The parts of a worked sum.
type (
	ReckonResult = kit.Sum
	ReckonBar    = kit.SumBar
	ReckonTable  = kit.SumTable
	ReckonLine   = kit.SumLine
)
