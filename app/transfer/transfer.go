// Package transfer hands a filing on without passing the buck. A body that thinks another is responsible offers the filing to that one, once,
// with a coded reason; it stays the owner, and its clock runs on, until the other has taken it. When the other declines or says nothing, or the
// filing would be offered a second time, the court above both names who has it (EW 14, CPL 37 by analogy); when that one says nothing either, or
// there is none, the routing desk does.
//
// It never writes the filing table itself: every step goes through filing.Move.
package transfer

import (
	"time"

	"reliefportal/app/calendar"
	"reliefportal/app/seal"
)

// State is how far an offer, or a question to the court above, has come.
type State string

// The states. Declined and Silent belong to offers, Named and PassedUp to questions.
const (
	Open     State = "open"
	Taken    State = "taken"
	Declined State = "declined"
	Silent   State = "silent"
	Named    State = "named"
	PassedUp State = "passed_up" // the court above said nothing in its time
	Recalled State = "recalled"  // the owner goes on itself
	Moot     State = "moot"      // the filing was withdrawn, or the bodies have become one
)

// Offer is one body asking another to take a filing. A filing has at most one.
type Offer struct {
	ID           string
	FilingID     string
	FromBodyID   string
	ToBodyID     string
	Division     string // of the filing; its people at the other body answer
	Reason       string // code of the pack
	TextSealed   []byte
	OfferedBy    string
	OfferedAt    time.Time
	DueOn        calendar.Date // last day to answer, in China
	DueAt        time.Time     // UTC; the end of that day
	State        State
	Answer       string // code of a declining
	AnswerSealed []byte
	AnsweredBy   *string // nil when time answered
	AnsweredAt   *time.Time
}

// TableName is the table of Offer.
func (Offer) TableName() string { return "transfer_offer" }

// Why the court above is asked.
const (
	WhyDeclined    = "declined"
	WhySilence     = "silence"
	WhySecondOffer = "second_offer"
	WhyAboveSilent = "above_silent"
)

// Appointment is the question who has a filing, asked of the court above or of the routing desk (指定).
type Appointment struct {
	ID          string
	FilingID    string
	OfferID     *string
	AskedBodyID string
	Why         string
	ProposedID  *string // the body the owner thinks responsible
	Reason      string  // code of the pack, for a second offer
	TextSealed  []byte
	AskedAt     time.Time
	DueOn       calendar.Date
	DueAt       time.Time
	State       State
	NamedBodyID *string
	NamedSealed []byte // why
	NamedBy     *string
	EndedAt     *time.Time
}

// TableName is the table of Appointment.
func (Appointment) TableName() string { return "transfer_appointment" }

func offerAD(id, column string) seal.AD {
	return seal.AD{Table: "transfer_offer", Column: column, Row: id}
}

func appointmentAD(id, column string) seal.AD {
	return seal.AD{Table: "transfer_appointment", Column: column, Row: id}
}
