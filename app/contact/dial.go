package contact

import (
	"slices"
	"time"

	"reliefportal/app/calendar"
	"reliefportal/app/rules"
)

// Hours are the hours in which anybody may be called at all; callback.Hours implements it. wished: the person named that day off.
type Hours interface {
	Slot(t time.Time, wished bool) (rules.Slot, bool)
}

// Why a person may not be called at a moment, as MayDial gives it.
const (
	NoCallsWished = "no_calls"    // the person does not want to be called
	ClosedHours   = "closed"      // nobody is called at this hour
	OtherHours    = "other_hours" // the person asked for other days or hours
)

const (
	searchDays = 62              // a moment not found within two months does not exist in the rules at all
	step       = 5 * time.Minute // calling hours and wishes begin on whole minutes of five
)

// MayDial says whether the person may be called at an instant: inside calling hours, and inside the hours the person asked for. When not,
// reason is one of the constants above and next the first instant from then on that would do (to five minutes), zero when there is none
// within two months.
func (p Profile) MayDial(at time.Time, h Hours) (ok bool, reason string, next time.Time) {
	if p.NoCalls {
		return false, NoCallsWished, time.Time{}
	}
	if reason = p.barred(at, h); reason == "" {
		return true, "", at
	}
	for t, end := at.Truncate(step).Add(step), at.AddDate(0, 0, searchDays); t.Before(end); t = t.Add(step) {
		if p.barred(t, h) == "" {
			return false, reason, t
		}
	}
	return false, reason, time.Time{}
}

// barred is why no call may be made at an instant; empty when one may.
func (p Profile) barred(t time.Time, h Hours) string {
	local := t.In(calendar.Zone)
	named := slices.Contains(p.Days, local.Weekday())
	dayOff := local.Weekday() == time.Saturday || local.Weekday() == time.Sunday
	if _, open := h.Slot(t, named && dayOff); !open {
		return ClosedHours
	}
	if len(p.Days) > 0 && !named {
		return OtherHours
	}
	if p.To > 0 && (local.Hour() < p.From || local.Hour() >= p.To) {
		return OtherHours
	}
	return ""
}
