// Package review is the body's side of a filing: docketing, queue, assignment, decision and service.
//
// It never writes the filing table itself; every step goes through filing.Move, so that the owner, the clock and the
// record change together. Whoever took part in the measure, or decided the objection, can never be given its review.
package review

import (
	"time"

	"reliefportal/app/calendar"
)

// Decision is what a body decided about one filing. Corrections are new versions; a row is never rewritten, only served.
type Decision struct {
	ID          string
	FilingID    string
	Version     int64
	Disposition string // upheld, partly, rejected, or refused (不予受理)
	Grounds     string // codes of the pack, separated by commas
	TextSealed  []byte // the reasons, as the person reads them
	DecidedBy   string // who wrote it
	DecidedAt   time.Time
	ServedOn    calendar.Date // the day this version reached the person; that of the first starts his next window
	ServedHow   string
	Letter      string // id and version of the letter of the pack
	// LetterSealed is the paper as it was signed, WhySealed why a later version was made.
	LetterSealed, WhySealed []byte
}

// TableName is the table of Decision.
func (Decision) TableName() string { return "decision" }

// Supplement is the one request for what is missing (OR art. 2: defects are told once).
type Supplement struct {
	ID           string
	FilingID     string
	AskedBy      string
	TextSealed   []byte
	AnswerSealed []byte
	AskedAt      time.Time
	AnsweredAt   *time.Time
}

// TableName is the table of Supplement.
func (Supplement) TableName() string { return "supplement_request" }

// Participant is a person who took part in the measure of a case.
type Participant struct {
	ID         string
	BodyID     string
	CaseNumber string
	PersonID   string
	Part       string // took, approved, attended …
	CreatedAt  time.Time
}

// TableName is the table of Participant.
func (Participant) TableName() string { return "measure_participant" }

// Served is the job that a served decision sets off: whoever wants to act on it registers for its kind.
type Served struct {
	FilingID string `json:"filing_id"`
}

// Kind is the name of the job; never renamed, because rows in the queue carry it.
func (Served) Kind() string { return "filing.served" }

// How a decision may be served.
const (
	ServedPortal   = "portal"   // electronically, through this portal, with the person's consent (CPL 90)
	ServedInPerson = "inperson" // handed over and signed for (CPL 88)
	ServedPost     = "post"     // by post; the day on the return slip (CPL 91)
)
