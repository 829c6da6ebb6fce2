// Package outage is the ledger of the times at which the portal could not be used. An entry is either measured by the program itself or
// entered by an administrator, and says which; a filing that comes late takes along the entries that stood in its way.
//
// The ledger claims no more than was seen: a silence lasts from the last sign of life to the next, a row of failures from the first to the
// last.
package outage

import (
	"time"

	"reliefportal/app/calendar"
)

// Kind is what did not work.
type Kind string

// The kinds of outage.
const (
	Down   Kind = "down"   // the portal did not run, or could not write to its database
	Save   Kind = "save"   // answers could not be stored
	Upload Kind = "upload" // files could not be taken in
	Scan   Kind = "scan"   // files could not be checked for harm, and so not taken in
	Mail   Kind = "mail"   // e-mail could not be handed over
	SMS    Kind = "sms"    // text messages could not be handed over
)

// Kinds are all kinds, in the order of a list to choose from.
func Kinds() []Kind { return []Kind{Down, Save, Upload, Scan, Mail, SMS} }

// Basis is how an entry is known.
type Basis string

// The bases of an entry.
const (
	Silence  Basis = "silence"  // two signs of life lie further apart than they may
	Failures Basis = "failures" // requests or deliveries failed, from the first to the last
	Entered  Basis = "entered"  // an administrator entered it
)

// Entry is one outage. Both instants are UTC.
type Entry struct {
	ID        string    `json:"id"`
	Kind      Kind      `json:"kind"`
	Basis     Basis     `json:"basis"`
	StartedAt time.Time `json:"started_at"`
	EndedAt   time.Time `json:"ended_at"`
	Failures  int64     `json:"failures,omitempty"`
	EnteredBy *string   `json:"-"`
	CreatedAt time.Time `json:"-"`
}

// TableName is the table of Entry.
func (Entry) TableName() string { return "outage" }

// Failure is one thing that failed at an instant. FilingID names the draft it struck, empty when it struck none or none is known; it counts for
// the draft only when that belongs to the person PersonID.
type Failure struct {
	Kind     Kind
	FilingID string
	PersonID string
	At       time.Time
}

// Question asks which entries a filing takes along.
type Question struct {
	FilingID string
	// Began is when the draft was opened, Until the instant of asking or of filing.
	Began, Until time.Time
	// LastDay is the last day of the time limit (civil date in China); zero when there is none or it is not known.
	LastDay calendar.Date
}

// strikesAll says whether an entry stood in everybody's way. Failures of single requests stand only in the way of the drafts they struck.
func (e Entry) strikesAll() bool {
	return e.Basis != Failures || e.Kind == Mail || e.Kind == SMS
}

// touches says whether an entry that struck everybody stood in the way: it fell between the opening of the draft and the end of the last day,
// or on the last day itself, when the person may not have been able even to begin (PROJECT).
func (q Question) touches(e Entry) bool {
	if q.LastDay.IsZero() || !e.strikesAll() {
		return false
	}
	dayBegins, dayEnds := q.LastDay.StartUTC(), q.LastDay.EndUTC()
	from := q.Began
	if dayBegins.Before(from) {
		from = dayBegins
	}
	return e.StartedAt.Before(dayEnds) && e.EndedAt.After(from) && !e.StartedAt.After(q.Until)
}
