// Package restriction follows the restrictions a person lives under until they are gone: by what event each has to end, by which day, whether it is
// still there, and the request to end it when the day has passed. It looks nothing up: the person looks and says.
package restriction

import (
	"log/slog"
	"time"

	"reliefportal/app/calendar"
	"reliefportal/app/rules"
)

// Entry is one restriction of one person, with the event by which it has to end.
type Entry struct {
	ID          string
	PersonID    string
	FilingID    *string // the decision that ends it; nil when the person noted it
	Kind        string  // id in the pack's restrictions
	Event       string  // id of the term
	HappenedOn  calendar.Date
	DueOn       calendar.Date // the last day by which it has to be gone
	Provisional bool
	PackHash    string
	FactsSealed []byte // case number, court and name, for the request
	State       State
	DraftID     *string // the request that was drafted because it was still there
	CheckedAt   *time.Time
	Version     int64
	Token       string // of the form that made it: two clicks make one entry
	CreatedAt   time.Time
	UpdatedAt   time.Time
}

// TableName is the table of Entry.
func (Entry) TableName() string { return "restriction" }

// LogValue shows an entry in a log by its id.
func (e Entry) LogValue() slog.Value { return slog.StringValue("restriction " + e.ID) }

// New is what is asked to note a restriction.
type New struct {
	Kind, Event string
	On          calendar.Date
	Facts       rules.Facts
	Lang, Token string
}
