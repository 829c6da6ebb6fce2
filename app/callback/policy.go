package callback

import (
	"slices"
	"time"

	"reliefportal/app/account"
	"reliefportal/app/calendar"
	"reliefportal/app/fail"
	"reliefportal/app/rules"
)

// Lease is how long a claim lasts. Every answer written down renews it, so a long call is not taken away.
const Lease = 30 * time.Minute

// Untried is the final code of a case nobody managed to ring before its time ran out. No caller can give it; it counts
// as "eligibility unknown", like every sampled person nobody reached for.
const Untried = "00"

// Tried is one attempt as the limits see it: when the telephone rang (UTC), not when that was written down, and with which outcome code.
type Tried struct {
	At   time.Time
	Code string
	Mode Mode // "" is a call
}

// calls leaves out what was no call: limits are about ringing.
func calls(tried []Tried) []Tried {
	return slices.DeleteFunc(slices.Clone(tried), func(t Tried) bool { return t.Mode != "" && t.Mode != ByPhone })
}

// MayCall says whether the actor works as a caller and may ring somebody about this body. Whoever has, or ever had, an
// office at the body asked about may not: elsewhere lists those bodies. Nobody surveys himself either.
func MayCall(a account.Actor, offices []string, c Case) bool {
	return a.IsStaff() && a.Has(account.RoleCaller) && !holds(offices, c.BodyID) && a.PersonID != c.PersonID
}

// MayAnswerFor says whether the actor is a supervisor of the body that owns the finding. Staff of the body asked about
// are left out, except where no body stands above it and its own supervision has to answer.
func MayAnswerFor(a account.Actor, offices []string, f Finding) bool {
	if !a.IsStaff() || !a.HasAt(account.RoleSupervisor, f.OwnerBodyID) {
		return false
	}
	return f.OwnerBodyID == f.BodyID || !holds(offices, f.BodyID)
}

func holds(list []string, s string) bool {
	for _, x := range list {
		if x == s {
			return true
		}
	}
	return false
}

// FreeAgain is the first day on which a person surveyed on last may be surveyed again.
func FreeAgain(r *rules.CallRules, cal *calendar.Calendar, last calendar.Date) calendar.Date {
	return cal.End(last, r.RepeatAfter).RawEnd
}

// FirstDue is the first moment inside calling hours at least a day after an event; UTC. False when there is none.
func FirstDue(h Hours, event time.Time) (time.Time, bool) {
	return h.Next(event.Add(24*time.Hour), "")
}

// CloseBy is the instant (UTC) at which calling ends: the end of the last of the days allowed, counted from today.
func CloseBy(r *rules.CallRules, today calendar.Date) time.Time {
	return today.AddDays(r.OverDays).EndUTC()
}

// CapReached says why nobody may ring at now, as a message key, or "" when one may. The limits are choices of the
// portal (callback rules of the pack): so many attempts in all and a day, so many connected calls a day, and no part of
// the day again before every other one was tried as often. An appointment overrides only the last.
func CapReached(r *rules.CallRules, h Hours, tried []Tried, now time.Time) string {
	tried = calls(tried)
	day := countDay(r, tried, calendar.DateOf(now))
	switch {
	case len(tried) >= r.MaxAttempts:
		return "callback.cap_total"
	case day.attempts >= r.MaxPerDay:
		return "callback.cap_day"
	case day.connected >= r.MaxConnected:
		return "callback.cap_connected"
	case spent(r, h, tried)[h.lastSlot(now)]:
		return "callback.cap_slot"
	}
	return ""
}

// NextDue is when the person may be rung again after the last of tried, whose outcome allows it. UTC; false when no
// moment is left before closeBy or no attempt is left.
func NextDue(r *rules.CallRules, h Hours, tried []Tried, closeBy time.Time) (time.Time, bool) {
	if tried = calls(tried); len(tried) == 0 || len(tried) >= r.MaxAttempts {
		return time.Time{}, false
	}
	last := tried[len(tried)-1]
	outcome, _ := r.Outcome(last.Code)
	today := calendar.DateOf(last.At)
	days := outcome.Retry.AfterDays
	if day := countDay(r, tried, today); days == 0 && (day.attempts >= r.MaxPerDay || day.connected >= r.MaxConnected) {
		days = 1
	}
	from := last.At
	if days > 0 {
		from = today.AddDays(days).StartUTC()
	}
	due, ok := h.NextOutside(from, spent(r, h, tried))
	return due, ok && due.Before(closeBy)
}

// spent are the slots the next attempt must not lie in: that of the last one, and those in which more attempts came to nothing than in
// another slot of working days. An appointment, or a wish to go on, clears them: the person himself chose the time.
func spent(r *rules.CallRules, h Hours, tried []Tried) map[string]bool {
	if len(tried) == 0 {
		return nil
	}
	if o, ok := r.Outcome(tried[len(tried)-1].Code); !ok || !o.Retry.OtherSlot || o.DateNeeded {
		return nil
	}
	count := map[string]int{}
	for _, t := range tried {
		if o, ok := r.Outcome(t.Code); ok && o.Retry.OtherSlot && !o.DateNeeded {
			count[h.lastSlot(t.At)]++
		}
	}
	least, parts := -1, 0
	for _, s := range h.slots {
		if s.Workdays {
			parts++
		}
		if s.Workdays && (least < 0 || count[s.ID] < least) {
			least = count[s.ID]
		}
	}
	if parts < 2 {
		return nil // his day has one part only
	}
	out := map[string]bool{h.lastSlot(tried[len(tried)-1].At): true}
	for id, n := range count {
		out[id] = out[id] || n > least
	}
	return out
}

type dayCount struct{ attempts, connected int }

func countDay(r *rules.CallRules, tried []Tried, day calendar.Date) dayCount {
	var n dayCount
	for _, t := range tried {
		if calendar.DateOf(t.At) != day {
			continue
		}
		n.attempts++
		if o, ok := r.Outcome(t.Code); ok && o.Connected {
			n.connected++
		}
	}
	return n
}

// CheckAppointment says whether a person may be promised a call at when: later than today (one connected call a day),
// before calling ends, and inside calling hours, on days off too because the person asks for it.
func CheckAppointment(h Hours, now, when, closeBy time.Time) error {
	switch {
	case when.IsZero():
		return fail.Invalid(fail.F("when", "callback.appointment_missing"))
	case !calendar.DateOf(when).After(calendar.DateOf(now)):
		return fail.Invalid(fail.F("when", "callback.appointment_too_soon"))
	case !when.Before(closeBy):
		return fail.Invalid(fail.F("when", "callback.appointment_too_late", "last", calendar.DateOf(closeBy.Add(-time.Microsecond))))
	}
	if _, ok := h.Slot(when, true); !ok {
		return fail.Invalid(fail.F("when", "callback.appointment_hours"))
	}
	return nil
}

// rank orders what an attempt came to, best contact first (common practice for final dispositions, AAPOR).
var rank = map[string]int{"I": 7, "P": 6, "R": 5, "O": 4, "NC": 3, "UO": 2, "UH": 1, "NE": 1}

// Disposition is the one final code of a case: a code after which nobody is rung again about anything stands whatever
// came before; else the best contact, and among equal ones the last. Untried when there was no attempt.
func Disposition(r *rules.CallRules, tried []Tried) string {
	best, code := 0, Untried
	for _, t := range tried {
		o, ok := r.Outcome(t.Code)
		if ok && o.NeverAgain {
			return t.Code
		}
		if ok && rank[o.CountsAs] >= best {
			best, code = rank[o.CountsAs], t.Code
		}
	}
	return code
}

// codeThatCounts finds the first outcome code that counts as the given letter of the response-rate formulas.
func codeThatCounts(r *rules.CallRules, letter string) (string, bool) {
	for _, o := range r.Outcomes {
		if letter != "" && o.CountsAs == letter {
			return o.Code, true
		}
	}
	return "", false
}
