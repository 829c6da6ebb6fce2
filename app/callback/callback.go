// Package callback asks people afterwards how a body of the portal treated them, and acts on what they say.
//
// Whoever asks never belongs to the body asked about; nobody of that body sees that a person was asked, or what was
// answered. Hours, limits, outcome codes and the questionnaire are data of the rule pack; a case keeps to the pack it
// was opened with.
package callback

import (
	"context"
	"strings"
	"time"

	"gorm.io/gorm"

	"reliefportal/app/calendar"
	"reliefportal/app/contact"
	"reliefportal/app/notice"
	"reliefportal/app/rules"
)

// Subject is what callbacks need to know of a filing: nothing about the debt or the facts.
type Subject struct {
	PersonID string
	BodyID   string      // the body asked about
	Lang     string      // "zh-Hans" or "en"
	Outcome  string      // how the filing ended; kept out of the caller's sight
	PackHash string      // rule pack whose survey is used; "" is the one in force today
	Party    rules.Party // on which side the person stands; "" is a respondent
	Ended    bool        // enforcement is over, as far as the person said
}

// Filings gives the subject of a filing inside a running transaction.
type Filings interface {
	ForCallback(ctx context.Context, tx *gorm.DB, filingID string) (Subject, error)
}

// Packs gives rule packs: the one in force on a day, and one by its hash (false when this program does not hold it).
type Packs interface {
	On(day calendar.Date) *rules.Pack
	ByHash(hash string) (*rules.Pack, bool)
}

// People gives names and numbers in the clear. A person without a name is missing from the map.
type People interface {
	NamesOf(ctx context.Context, personIDs []string) (map[string]string, error)
	// ReachIn gives the verified mobile numbers of a person, the newest first, and whether he has a verified e-mail address.
	ReachIn(tx *gorm.DB, personID string) (mobiles []string, email bool, err error)
}

// Profiles gives the safe-contact profiles of people by their ids; somebody without one is missing and has the zero profile. Package
// contact implements it.
type Profiles interface {
	AllIn(tx *gorm.DB, personIDs []string) (map[string]contact.Profile, error)
}

// Teller puts a message to a person into a running transaction; package notice implements it.
type Teller interface {
	Send(tx *gorm.DB, m notice.Message) error
}

// Case is one person to be asked about one filing; a row of callback_case. Instants are UTC.
type Case struct {
	ID               string `gorm:"primaryKey"`
	FilingID         string
	PersonID         string
	BodyID           string // the body asked about
	SupervisorBodyID *string
	ProgrammeID      *string // nil for cases older than programmes
	FrameID          *string
	Kind             rules.Purpose // of the instrument
	Party            rules.Party
	Stratum          string
	Reason           string // code of the event
	Instrument       string
	PackHash         string
	Lang             string
	Status           Status
	Version          int64
	DueAt            time.Time
	CloseBy          time.Time
	Attempts         int
	ByPhone          bool // false: no number works, so the person is not on the calling list
	AppointmentAt    *time.Time
	AppointmentWith  *string    // person id of the caller who was promised; nil is anybody
	Missed           int        // appointments nobody kept
	ReferredAt       *time.Time // with the supervisor since
	ReferredFor      string     // ForLanguage, or "" when a caller sent it there
	ClaimedBy        *string
	ClaimedUntil     *time.Time
	ClaimedAt        *time.Time // when that claim began
	DialledAt        *time.Time // when the telephone system last rang under it
	FinalCode        *string
	ConsentAt        *time.Time
	CreatedAt        time.Time `gorm:"autoCreateTime:false"`
	UpdatedAt        time.Time `gorm:"autoUpdateTime:false"`
}

// TableName names the table.
func (Case) TableName() string { return "callback_case" }

// HeldBy says that the person holds an unexpired claim at now.
func (c Case) HeldBy(personID string, now time.Time) bool {
	return c.ClaimedBy != nil && *c.ClaimedBy == personID && c.ClaimedUntil != nil && now.Before(*c.ClaimedUntil)
}

// free lets go of the claim.
func (c *Case) free() { c.ClaimedBy, c.ClaimedUntil, c.ClaimedAt, c.DialledAt = nil, nil, nil, nil }

// rang is when the telephone rang under the claim: when the telephone system dialled, else when the claim began, since a caller takes a case
// to ring at once.
func (c Case) rang(now time.Time) time.Time {
	switch {
	case c.DialledAt != nil:
		return *c.DialledAt
	case c.ClaimedAt != nil:
		return *c.ClaimedAt
	}
	return now
}

// heldByOther says that somebody else holds an unexpired claim at now.
func (c Case) heldByOther(personID string, now time.Time) bool {
	return c.ClaimedBy != nil && *c.ClaimedBy != personID && c.ClaimedUntil != nil && now.Before(*c.ClaimedUntil)
}

// Cursor is the place in a list after which the next page begins.
type Cursor struct {
	At time.Time `json:"at"` // UTC
	ID string    `json:"id"`
}

// PageSize is how many rows a list page has.
const PageSize = 25

// List is who can be called now.
type List struct {
	Now  time.Time // UTC
	Open bool      // calling is allowed at Now
	// Today are the calling hours of this day; Opens is when they begin next, zero while open.
	Today []Window
	Opens time.Time
	Rows  []Row
	Next  *Cursor // nil on the last page
}

// Row is one person to call.
type Row struct {
	ID       string
	Person   string // masked, "黄某"; "" when no name is known
	Reason   string // code of the event that gave the case, "served"
	Lang     string
	DueAt    time.Time
	CloseBy  time.Time
	Attempts int
	Last     *Past // the last attempt; nil before the first
	Mine     bool  // the actor has claimed it
	// Appointment is when the person was promised a call, nil for no promise; WithMe says that the actor himself was promised.
	Appointment *time.Time
	WithMe      bool
	Missed      int // appointments nobody kept
}

// Past is one attempt of a case.
type Past struct {
	At      time.Time // UTC; when it rang
	Slot    string    // id of the slot it belongs to
	Outcome rules.OutcomeCode
	Note    string // only for the caller who holds the claim
}

// View is one case as its caller sees it: no debt, no fact of the filing, no outcome of it.
type View struct {
	ID          string
	Version     int64
	Status      Status
	Person      string // masked
	Lang        string
	Phone       string          // the number to ring, in full; only while claimed by the actor and inside hours
	Numbers     []Number        // all numbers known, under the same condition
	Contact     contact.Profile // how the person wishes to be contacted; only while claimed by the actor
	Appointment *time.Time      // UTC; when the person was promised a call
	Referred    bool            // with the supervisor
	Mine        bool
	TakenBy     string // person id of another caller who holds it, "" for none
	Until       time.Time
	Rang        time.Time // when the telephone rang under the actor's claim; see Report.Rang
	Now         time.Time
	Open        bool // calling is allowed at Now
	Today       []Window
	DueAt       time.Time
	CloseBy     time.Time
	Blocked     string // message key of the limit that forbids a call now, "" for none
	Attempts    []Past
	Consent     *time.Time
	// Instrument, Progress and Answers are the script. Answers are those this caller wrote down himself.
	Instrument *rules.Instrument
	Progress   Progress
	Answers    rules.Facts
	Outcomes   []rules.OutcomeCode
	// Offers are what he said that has to be looked into, with what he wishes; Care what is read when somebody speaks of harm.
	Offers []Offer
	Care   rules.Care
	Alone  bool // the person himself is answering by his link at this moment
}

// Short is a short name of a case or finding for people to say aloud: the first four characters of its id. It is not
// unique.
func Short(id string) string { return strings.ToUpper(id[:min(4, len(id))]) }

// Report is what a caller logs after an attempt.
type Report struct {
	Code string
	Note string    // sealed
	When time.Time // UTC; the appointment, for a code that needs one
	// WithMe promises that the actor himself will call at When; else whoever is free does.
	WithMe bool
	// Lang is the language to go on in, "" for no change.
	Lang string
	// NumberID is the number that was rung, "" for the one the case showed first.
	NumberID string
	// Rang is when the telephone rang, where the caller corrects it: within his claim, and not later than now. Zero leaves the time at which
	// the telephone system dialled, or the claim began.
	Rang time.Time
	mode Mode
}

// Logged is what became of a case after an attempt or an interview.
type Logged struct {
	Code    string // of this attempt
	Final   string // under which the case was closed, "" while it is open; see Disposition
	Closed  bool
	Again   time.Time // UTC; the next attempt, zero when Closed
	Version int64
}

// Answered is what became of an interview after one answer.
type Answered struct {
	Progress Progress
	Findings []Finding // opened by this answer
	Care     bool      // the words speak of harm: the questions stop, and numbers to call are shown
	Version  int64
}
