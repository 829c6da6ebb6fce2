package kit

import (
	"testing"

	"reliefportal/app/calendar"
)

func TestSafeDay(t *testing.T) {
	safe, last := calendar.NewDate(2026, 10, 3), calendar.NewDate(2026, 10, 8)
	for _, c := range []struct {
		name   string
		fileBy calendar.Date
		left   int
		want   calendar.Date
	}{
		{"ahead", safe, 14, safe},
		{"on the safe day", safe, 5, safe},
		{"the day after", safe, 4, calendar.Date{}},
		{"past", safe, -1, calendar.Date{}},
		{"the same day", last, 14, calendar.Date{}},
	} {
		w := DateWorking{Deadline: calendar.Deadline{FileBy: c.fileBy, LegalEnd: last}, Left: c.left}
		if got := w.SafeDay(); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}

func TestClockRail(t *testing.T) {
	start := calendar.NewDate(2026, 10, 1)
	for _, c := range []struct {
		name   string
		due    calendar.Date
		left   int
		passed int
		x      int
	}{
		{"first day", start.AddDays(10), 10, 0, 5},
		{"half way", start.AddDays(10), 5, 5, 200},
		{"last day", start.AddDays(10), 0, 10, 395},
		{"past", start.AddDays(10), -4, 10, 395},
		{"before the start", start.AddDays(10), 12, 0, 5},
		{"no length", start, 0, 1, 395},
	} {
		k := Clock{State: "running", Start: start, Due: c.due, Left: c.left}
		if k.passed() != c.passed || k.x() != c.x {
			t.Errorf("%s: %d days at %d, want %d at %d", c.name, k.passed(), k.x(), c.passed, c.x)
		}
	}
}
