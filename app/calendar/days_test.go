package calendar

import (
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestDays(t *testing.T) {
	c := official(t)
	marks := c.Days(c.End(NewDate(2026, 9, 23), Period{10, Day}))
	want := map[string]DayMark{
		"2026-09-21": {Kind: MarkOutside},
		"2026-09-23": {Kind: MarkServed},
		"2026-09-24": {Kind: MarkCounted, N: 1},
		"2026-09-25": {Kind: MarkCountedOff, N: 2, Name: "中秋节"},
		"2026-09-28": {Kind: MarkCounted, N: 5},
		"2026-10-03": {Kind: MarkCountedOff, N: 10, Name: "国庆节", Safe: true},
		"2026-10-04": {Kind: MarkOff, Name: "国庆节"},
		"2026-10-07": {Kind: MarkOff, Name: "国庆节"},
		"2026-10-08": {Kind: MarkLast},
		"2026-10-10": {Kind: MarkOutside, Name: "国庆节"},
		"2026-10-11": {Kind: MarkOutside},
	}
	if len(marks) != 21 {
		t.Fatalf("%d days drawn, want three weeks", len(marks))
	}
	for _, m := range marks {
		w, ok := want[m.Date.String()]
		if w.Date = m.Date; ok && w != m {
			t.Errorf("%v = %+v, want %+v", m.Date, m, w)
		}
	}
}

func TestDaysOfWorkdays(t *testing.T) {
	c := official(t)
	marks := c.Days(c.End(NewDate(2026, 9, 30), Period{3, WorkDay}))
	want := map[Date]DayMark{
		NewDate(2026, 10, 1):  {Kind: MarkOff, Name: "国庆节"},
		NewDate(2026, 10, 8):  {Kind: MarkCounted, N: 1},
		NewDate(2026, 10, 9):  {Kind: MarkCounted, N: 2},
		NewDate(2026, 10, 10): {Kind: MarkLast, N: 3, Name: "国庆节"},
	}
	seen := 0
	for _, m := range marks {
		if w, ok := want[m.Date]; ok {
			seen++
			if w.Date = m.Date; w != m {
				t.Errorf("%v = %+v, want %+v", m.Date, m, w)
			}
		}
	}
	if seen != len(want) {
		t.Errorf("%d of %d days drawn", seen, len(want))
	}
}

// Five weeks are drawn, six are not.
func TestDaysStopAtFiveWeeks(t *testing.T) {
	c := official(t)
	monday := NewDate(2026, 10, 19)
	if got := len(c.Days(c.End(monday, Period{32, Day}))); got != 35 {
		t.Errorf("Friday of the fifth week: %d days drawn", got)
	}
	if got := c.Days(c.End(monday, Period{33, Day})); got != nil {
		t.Errorf("moved into the sixth week: %d days drawn", len(got))
	}
	if got := c.Days(Deadline{}); got != nil {
		t.Errorf("nothing to draw: %d days", len(got))
	}
}

func TestDaysProperties(t *testing.T) {
	c := official(t)
	rapid.Check(t, func(t *rapid.T) {
		start := NewDate(2024, 1, 1).AddDays(rapid.IntRange(0, 1300).Draw(t, "start"))
		p := Period{rapid.IntRange(1, 40).Draw(t, "n"), rapid.SampledFrom([]Unit{Day, WorkDay}).Draw(t, "unit")}
		dl := c.End(start, p)
		marks := c.Days(dl)
		if marks == nil {
			return
		}
		served, last, safe, n := 0, 0, 0, 0
		for i, m := range marks {
			if want := time.Weekday((i + 1) % 7); m.Date.Weekday() != want {
				t.Fatalf("%v stands in the column of %v", m.Date, want)
			}
			if m.Kind == MarkServed {
				served++
			}
			if m.Kind == MarkLast {
				last++
			}
			if m.Safe {
				safe++
			}
			if m.N > 0 {
				if n++; m.N != n {
					t.Fatalf("%v has number %d, want %d", m.Date, m.N, n)
				}
			}
		}
		if served != 1 || last != 1 || n != p.N || (safe == 1) != (dl.FileBy != dl.LegalEnd) {
			t.Fatalf("served %d, last %d, numbers %d of %d, safe %d", served, last, n, p.N, safe)
		}
	})
}
