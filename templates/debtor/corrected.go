package debtor

import "reliefportal/app/calendar"

// Corrected says that a decision was corrected by a new version, why, and what it read before.
type Corrected struct {
	On     calendar.Date // when the new version reached the person
	First  calendar.Date // when the first did: the person's time limits count from it
	Why    string
	Before []DecisionBefore
}

// DecisionBefore is an earlier version; Href leads to its paper and may be empty.
type DecisionBefore struct {
	Version, Reasons, Href string
	Decided, Served        calendar.Date
}
