package callback

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"reliefportal/app/calendar"
)

func TestHoursSlot(t *testing.T) {
	calls := testCalls()
	h := NewHours(&calls, testCalendar(t))
	for _, c := range []struct {
		at     string
		wished bool
		slot   string // "" = nobody may be called
	}{
		{"2026-11-23 08:59", false, ""}, // Monday
		{"2026-11-23 09:00", false, "morning"},
		{"2026-11-23 11:59", false, "morning"},
		{"2026-11-23 12:00", false, ""},
		{"2026-11-23 13:59", false, ""},
		{"2026-11-23 14:00", false, "afternoon"},
		{"2026-11-23 17:59", false, "afternoon"},
		{"2026-11-23 18:00", false, "evening"},
		{"2026-11-23 19:59", false, "evening"},
		{"2026-11-23 20:00", false, ""},
		{"2026-11-23 23:30", true, ""},
		{"2026-11-22 10:00", false, ""}, // Sunday
		{"2026-11-22 09:59", true, ""},
		{"2026-11-22 10:00", true, "dayoff"}, // asked for
		{"2026-11-22 18:00", true, ""},
		{"2026-10-01 10:00", false, ""},        // National Day, a Thursday
		{"2026-10-07 10:00", false, ""},        // adjusted day off, a Wednesday
		{"2026-10-10 10:00", false, "morning"}, // adjusted working Saturday
		{"2026-10-10 10:00", true, "morning"},
	} {
		slot, ok := h.Slot(shanghai(t, c.at), c.wished)
		if slot.ID != c.slot || ok != (c.slot != "") {
			t.Errorf("%s wished=%t: slot %q, want %q", c.at, c.wished, slot.ID, c.slot)
		}
	}
}

func TestHoursNext(t *testing.T) {
	calls := testCalls()
	h := NewHours(&calls, testCalendar(t))
	for _, c := range []struct{ from, avoid, want string }{
		{"2026-11-23 08:00", "", "2026-11-23 09:00"},
		{"2026-11-23 09:30", "", "2026-11-23 09:30"},
		{"2026-11-23 11:59", "", "2026-11-23 11:59"},
		{"2026-11-23 12:00", "", "2026-11-23 14:00"},
		{"2026-11-23 09:30", "morning", "2026-11-23 14:00"},
		{"2026-11-23 17:00", "afternoon", "2026-11-23 18:00"},
		{"2026-11-23 19:59", "evening", "2026-11-24 09:00"},
		{"2026-11-23 20:00", "", "2026-11-24 09:00"},
		{"2026-11-27 20:00", "", "2026-11-30 09:00"},        // over the weekend
		{"2026-11-27 20:00", "morning", "2026-11-30 14:00"}, // never the same part of the day
		{"2026-09-30 20:00", "", "2026-10-08 09:00"},        // over the National Day holiday
		{"2026-10-09 20:00", "", "2026-10-10 09:00"},        // to the adjusted working Saturday
		{"2026-12-31 20:00", "", "2027-01-04 09:00"},        // New Year, year not announced yet: Friday is a fixed holiday
	} {
		got, ok := h.Next(shanghai(t, c.from), c.avoid)
		if !ok || inShanghai(got) != c.want {
			t.Errorf("from %s avoiding %q: %s, want %s", c.from, c.avoid, inShanghai(got), c.want)
		}
	}
}

func TestHoursWithoutSlots(t *testing.T) {
	calls := testCalls()
	calls.Slots = calls.Slots[3:] // only days off, on wish
	h := NewHours(&calls, testCalendar(t))
	if at, ok := h.Next(shanghai(t, "2026-11-23 09:00"), ""); ok {
		t.Errorf("a moment was found where there is none: %s", inShanghai(at))
	}
}

// TestHoursNextProperty: the next moment is never earlier, never outside the hours, never in the avoided slot, and the
// first such minute.
func TestHoursNextProperty(t *testing.T) {
	calls := testCalls()
	h := NewHours(&calls, testCalendar(t))
	start := calendar.NewDate(2026, 1, 1).StartUTC()
	rapid.Check(t, func(r *rapid.T) {
		from := start.Add(time.Duration(rapid.IntRange(0, 380*24*60).Draw(r, "minutes")) * time.Minute)
		avoid := rapid.SampledFrom([]string{"", "morning", "afternoon", "evening"}).Draw(r, "avoid")
		got, ok := h.Next(from, avoid)
		if !ok || got.Before(from) {
			r.Fatalf("from %s: %s, found %t", inShanghai(from), inShanghai(got), ok)
		}
		if slot, open := h.Slot(got, false); !open || slot.ID == avoid {
			r.Fatalf("from %s: %s lies in slot %q", inShanghai(from), inShanghai(got), slot.ID)
		}
		for at := from; at.Before(got); at = at.Add(time.Minute) {
			if slot, open := h.Slot(at, false); open && slot.ID != avoid {
				r.Fatalf("from %s: %s is earlier than %s", inShanghai(from), inShanghai(at), inShanghai(got))
			}
		}
	})
}
