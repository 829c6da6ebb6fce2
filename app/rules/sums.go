package rules

import (
	"reliefportal/app/calendar"
	"reliefportal/app/money"
)

// Sums are the figures of the money rules; package reckon works with them.
type Sums struct {
	LatePerMillion int64 // doubled part of late interest: fen a day on a million fen
	LateCite       Cite
	OverPercent    int64 // sealed value that counts as clearly more than the debt, in percent of debt and costs
	OverCite       Cite
	Standards      []Standard
	ReserveCite    Cite
}

// Standard is a local minimum living standard.
type Standard struct {
	Region   string // GB/T 2260 code, or the first two or four figures of one for a province or city
	Name     string // the place in words
	Kind     string // "urban" or "rural"
	PerMonth money.Fen
	From     calendar.Date
	To       calendar.Date // last day; zero while it is in force
	Source   string        // the notice it was read in
}
