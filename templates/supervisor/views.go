// Package supervisor holds the pages on findings.
package supervisor

import (
	"time"

	"reliefportal/app/calendar"
	"reliefportal/templates/kit"
)

// FindingsView lists findings.
type FindingsView struct {
	Tabs                []kit.Tab
	Rows                []Row
	NextHref, FirstHref string
}

// Row is one finding of the list.
type Row struct {
	Href, Number, Kind, Body, Owner string
	Due                             calendar.Date
	Left                            int
	HasDue                          bool
	Status                          kit.Tag
}

// FindingView is one finding. Form: disposition, result, text, _version.
type FindingView struct {
	Number, Kind, Body, Owner string
	Status                    kit.Tag
	Due                       calendar.Date
	Left                      int
	HasDue                    bool
	// Answers are what the person said, with names already hidden.
	Answers []Answer
	Events  []kit.Event
	// Dispositions is empty when this person may not close it.
	Dispositions []kit.Option
	// Results are what can have been found; empty while nobody may answer. Sent as result.
	Results []kit.Option
	// Hidden is how many places were taken out of the words; ShowAction shows them in full to the owner, Shown says that it did.
	Hidden     int
	ShowAction string
	Shown      bool
	// Urgent findings had to be taken on the same day. Wish says what the person wants.
	Urgent   bool
	Wish     string
	Text     string
	Version  int64
	ListHref string
	OpenedAt time.Time
}

// Answer is one answer of the call.
type Answer struct{ Item, Value, Words string }
