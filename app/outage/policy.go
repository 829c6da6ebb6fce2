package outage

import (
	"time"

	"reliefportal/app/account"
	"reliefportal/app/fail"
)

// The limits of measuring (PROJECT).
const (
	// BeatEvery is how often the portal gives a sign of life.
	BeatEvery = 30 * time.Second
	// SilenceAfter is how far two signs of life may lie apart before it is an outage: a restart takes seconds.
	SilenceAfter = 3 * time.Minute
	// sameRow is how far two failures of one kind may lie apart and still belong to one entry.
	sameRow = 10 * time.Minute
	// longest is the longest outage an administrator may enter.
	longest = 90 * 24 * time.Hour
	// mostWaiting bounds the failures kept in memory while the database cannot be written.
	mostWaiting = 1000
)

// MayEnter says whether the actor may enter an outage by hand.
func MayEnter(a account.Actor) bool { return a.IsStaff() && a.Has(account.RoleAdmin) }

// check refuses an entry that cannot have been: fields kind, start and end.
func check(kind Kind, start, end, now time.Time) error {
	known := false
	for _, k := range Kinds() {
		known = known || k == kind
	}
	var fields []fail.Field
	if !known {
		fields = append(fields, fail.F("kind", "answer.choose"))
	}
	switch {
	case start.After(now):
		fields = append(fields, fail.F("start", "outage.future"))
	case end.After(now):
		fields = append(fields, fail.F("end", "outage.future"))
	case !end.After(start):
		fields = append(fields, fail.F("end", "outage.order"))
	case end.Sub(start) > longest:
		fields = append(fields, fail.F("end", "outage.long", "Days", int(longest/(24*time.Hour))))
	}
	if len(fields) > 0 {
		return fail.Invalid(fields...)
	}
	return nil
}
