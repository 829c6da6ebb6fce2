package rules

import "reliefportal/app/calendar"

// Stage is a step of a filing at which a clock runs.
type Stage string

// The stages a clock may be bound to. Which clock each remedy uses is data.
const (
	StageSubmitted  Stage = "submitted"  // with the docketing division, not yet accepted
	StageSupplement Stage = "supplement" // the applicant was asked once for what is missing
	StageReviewing  Stage = "reviewing"  // accepted, being examined
	StageDecided    Stage = "decided"    // decided, to be served
)

// What a stage clock counts from.
const (
	FromReceived = "received" // the day the filing was received
	FromStage    = "stage"    // the day this stage began
)

// StageClock binds a clock rule to a stage.
type StageClock struct {
	Rule string // id of a ClockRule
	From string // FromReceived or FromStage
}

// ClockRule is one time limit of a body or of the applicant.
type ClockRule struct {
	ID         string
	Who        string // WhoBody or WhoApplicant
	Title      Text
	Length     calendar.Period
	Extra      calendar.Period // possible extension, zero when none
	Start      Text            // what starts it
	OnExpiry   []string        // remedy ids that open when it runs out
	ExpiryText Text
	Cite       Cite
}

// Who a clock binds.
const (
	WhoBody      = "body"
	WhoApplicant = "applicant"
)
