// Package escalation tells people of a body's clock in time, and tells those above when it was missed: the one who has the filing before the last
// day and on it, the supervisor of the body the day after, the supervisor of the body above some working days later. Each is told once a clock.
package escalation

import (
	"time"

	"reliefportal/app/calendar"
	"reliefportal/app/filing"
)

// Level is who is told, and when.
type Level string

// The levels, in the order they are reached.
const (
	Approaching Level = "approaching" // some working days before the last day
	Due         Level = "due"         // on the last day
	Supervisor  Level = "supervisor"  // the day after: the supervisor of the body
	Above       Level = "above"       // some working days after: the supervisor of the body above
)

// Escalation is one telling.
type Escalation struct {
	ID        string
	ClockID   string
	FilingID  string
	Level     Level
	BodyID    string // whose people were told
	Told      int64  // how many
	CreatedAt time.Time
}

// TableName is the table of Escalation.
func (Escalation) TableName() string { return "escalation" }

// Reached are the levels that a clock with this last day has reached on a day (civil dates in China): before and after are in working days by the
// calendar. A level whose time is over is left out: on the last day nobody is told any more that it comes.
func Reached(cal *calendar.Calendar, today, last calendar.Date, before, after int) []Level {
	switch {
	case today == last:
		return []Level{Due}
	case today.Before(last):
		if today.Before(filing.WorkdaysBefore(cal, last, before)) {
			return nil
		}
		return []Level{Approaching}
	}
	day := last
	for range after {
		for day = day.AddDays(1); !cal.IsWorkday(day); day = day.AddDays(1) {
		}
	}
	if today.After(day) {
		return []Level{Supervisor, Above}
	}
	return []Level{Supervisor}
}
