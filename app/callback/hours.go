package callback

import (
	"slices"
	"time"

	"reliefportal/app/calendar"
	"reliefportal/app/rules"
)

// searchDays bounds the search for the next moment to call. The longest run of days off in the official calendar is
// below ten days, so a window that is not found within two months does not exist in the rules at all.
const searchDays = 62

// Hours are the calling hours of one rule pack: its slots read by its official working-day calendar. All instants are
// UTC; slots are minutes after midnight in Asia/Shanghai.
type Hours struct {
	slots []rules.Slot
	cal   *calendar.Calendar
}

// NewHours joins the slots of the calling rules and a calendar. Slots are put in the order of the day.
func NewHours(r *rules.CallRules, cal *calendar.Calendar) Hours {
	slots := slices.Clone(r.Slots)
	slices.SortStableFunc(slots, func(a, b rules.Slot) int { return a.From - b.From })
	return Hours{slots: slots, cal: cal}
}

// Within are the hours cut down to those of the day between from and to, both zero for all of them: a person's own hours. Parts of the
// day that he does not want are not parts of his day at all, so that attempts are spread over the others.
func (h Hours) Within(from, to int) Hours {
	if from == 0 && to == 0 {
		return h
	}
	out := Hours{cal: h.cal}
	for _, s := range h.slots {
		if s.From, s.To = max(s.From, from*60), min(s.To, to*60); s.From < s.To {
			out.slots = append(out.slots, s)
		}
	}
	return out
}

// Slot finds the slot in which t lies. On a day off there is one only when wished: the person asked to be called then.
func (h Hours) Slot(t time.Time, wished bool) (rules.Slot, bool) {
	day, minute := civil(t)
	for _, s := range h.slots {
		if h.holds(s, day, wished) && s.From <= minute && minute < s.To {
			return s, true
		}
	}
	return rules.Slot{}, false
}

// Open says that people may be called at t without having asked for that day.
func (h Hours) Open(t time.Time) bool {
	_, ok := h.Slot(t, false)
	return ok
}

// Next finds the first moment at or after from inside calling hours and not in the slot named avoid ("" avoids none).
// It is false when the rules hold no such moment.
func (h Hours) Next(from time.Time, avoid string) (time.Time, bool) {
	return h.NextOutside(from, map[string]bool{avoid: avoid != ""})
}

// NextOutside finds the first moment at or after from inside calling hours and in none of the slots named.
func (h Hours) NextOutside(from time.Time, avoid map[string]bool) (time.Time, bool) {
	first := calendar.DateOf(from)
	for n := range searchDays {
		day := first.AddDays(n)
		for _, s := range h.slots {
			if avoid[s.ID] || !h.holds(s, day, false) {
				continue
			}
			if opens, closes := instants(s, day); from.Before(closes) {
				return later(opens, from), true
			}
		}
	}
	return time.Time{}, false
}

// Day lists the ordinary slots of a day as pairs of UTC instants, for the line that says when calling is allowed.
func (h Hours) Day(day calendar.Date) []Window {
	var out []Window
	for _, s := range h.slots {
		if h.holds(s, day, false) {
			opens, closes := instants(s, day)
			out = append(out, Window{Slot: s, Opens: opens, Closes: closes})
		}
	}
	return out
}

// Window is one slot on one day; Closes is the first instant outside it. Both are UTC.
type Window struct {
	Slot          rules.Slot
	Opens, Closes time.Time
}

// lastSlot is the slot an attempt belongs to: the one it lies in or, for a call that ran past the end, the one before.
func (h Hours) lastSlot(t time.Time) string {
	day, minute := civil(t)
	id := ""
	for _, s := range h.slots {
		if h.holds(s, day, true) && s.From <= minute {
			id = s.ID
		}
	}
	return id
}

// holds says that the slot exists on the day: working slots on working days by the official calendar (an adjusted
// working Saturday is one), the others only on days off and only when wished.
func (h Hours) holds(s rules.Slot, day calendar.Date, wished bool) bool {
	if h.cal.IsWorkday(day) {
		return s.Workdays
	}
	return s.OnWish && wished
}

func civil(t time.Time) (calendar.Date, int) {
	local := t.In(calendar.Zone)
	return calendar.DateOf(t), local.Hour()*60 + local.Minute()
}

func instants(s rules.Slot, day calendar.Date) (opens, closes time.Time) {
	start := day.StartUTC()
	return start.Add(time.Duration(s.From) * time.Minute), start.Add(time.Duration(s.To) * time.Minute)
}

func later(a, b time.Time) time.Time {
	if a.Before(b) {
		return b
	}
	return a
}
