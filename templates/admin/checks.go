package admin

import (
	"time"

	"reliefportal/templates/kit"
)

// ChecksView is what the checkers found. The page has one POST without fields, which lets them look at once.
type ChecksView struct {
	Tabs   []kit.Tab
	Rows   []CheckRow
	LookTo string // address of the POST
	Bad    int    // how many checkers found something, or could not look
}

// CheckRow is one checker. At is zero before it looked for the first time.
type CheckRow struct {
	Title, What string
	At          time.Time
	Failed      bool // it could not look
	Found       int
	Open        []CheckFound
}

// CheckFound is one thing found, since when.
type CheckFound struct {
	Subject, Detail string
	Since           time.Time
}
