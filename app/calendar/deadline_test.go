package calendar

import (
	"os"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// The worked examples of how periods end, each with the day before or after its boundary where one exists.
func TestEnd(t *testing.T) {
	c := official(t)
	cases := []struct {
		why, start, period string
		raw, legal, fileBy string
		provisional        bool
		steps              []StepKind
	}{
		{"ends inside National Day", "2026-09-23", "10 day", "2026-10-03", "2026-10-08", "2026-10-03", false,
			[]StepKind{StepServed, StepCounted, StepHoliday, StepMoved, StepAdjusted}},
		{"first day of the holiday", "2026-09-21", "10 day", "2026-10-01", "2026-10-08", "2026-10-01", false,
			[]StepKind{StepServed, StepCounted, StepHoliday, StepMoved, StepAdjusted}},
		{"day before the holiday", "2026-09-20", "10 day", "2026-09-30", "2026-09-30", "2026-09-30", false,
			[]StepKind{StepServed, StepCounted}},
		{"adjusted day off itself", "2026-09-27", "10 day", "2026-10-07", "2026-10-08", "2026-10-07", false,
			[]StepKind{StepServed, StepCounted, StepHoliday, StepMoved, StepAdjusted}},
		{"day after the holiday", "2026-09-28", "10 day", "2026-10-08", "2026-10-08", "2026-10-08", false,
			[]StepKind{StepServed, StepCounted}},
		{"Spring Festival", "2026-02-06", "10 day", "2026-02-16", "2026-02-24", "2026-02-16", false,
			[]StepKind{StepServed, StepCounted, StepHoliday, StepMoved, StepAdjusted}},
		{"Labour Day", "2026-04-24", "10 day", "2026-05-04", "2026-05-06", "2026-05-04", false,
			[]StepKind{StepServed, StepCounted, StepHoliday, StepMoved, StepAdjusted}},
		{"worked Saturday", "2026-04-29", "10 day", "2026-05-09", "2026-05-09", "2026-05-09", false,
			[]StepKind{StepServed, StepCounted, StepWorkedWeekend}},
		{"worked Sunday", "2026-09-10", "10 day", "2026-09-20", "2026-09-20", "2026-09-20", false,
			[]StepKind{StepServed, StepCounted, StepWorkedWeekend}},
		{"Dragon Boat", "2026-06-10", "10 day", "2026-06-20", "2026-06-22", "2026-06-22", false,
			[]StepKind{StepServed, StepCounted, StepHoliday, StepMoved}},
		{"plain Saturday", "2026-11-13", "15 day", "2026-11-28", "2026-11-30", "2026-11-30", false,
			[]StepKind{StepServed, StepCounted, StepWeekend, StepMoved}},
		{"Friday before", "2026-11-12", "15 day", "2026-11-27", "2026-11-27", "2026-11-27", false,
			[]StepKind{StepServed, StepCounted}},
		{"plain Sunday", "2026-11-14", "15 day", "2026-11-29", "2026-11-30", "2026-11-30", false,
			[]StepKind{StepServed, StepCounted, StepWeekend, StepMoved}},
		{"Monday after", "2026-11-15", "15 day", "2026-11-30", "2026-11-30", "2026-11-30", false,
			[]StepKind{StepServed, StepCounted}},
		{"Mid-Autumn", "2026-09-24", "3 day", "2026-09-27", "2026-09-28", "2026-09-28", false,
			[]StepKind{StepServed, StepCounted, StepHoliday, StepMoved}},
		{"5 days into National Day", "2026-09-28", "5 day", "2026-10-03", "2026-10-08", "2026-10-03", false,
			[]StepKind{StepServed, StepCounted, StepHoliday, StepMoved, StepAdjusted}},
		{"moved to a worked Sunday", "2025-12-22", "10 day", "2026-01-01", "2026-01-04", "2026-01-01", false,
			[]StepKind{StepServed, StepCounted, StepHoliday, StepMoved, StepAdjusted}},
		{"months into a weekend", "2026-05-01", "6 month", "2026-11-01", "2026-11-02", "2026-11-02", false,
			[]StepKind{StepServed, StepMonths, StepWeekend, StepMoved}},
		{"months into a holiday", "2026-04-03", "6 month", "2026-10-03", "2026-10-08", "2026-10-03", false,
			[]StepKind{StepServed, StepMonths, StepHoliday, StepMoved, StepAdjusted}},
		{"month end on a worked Saturday", "2025-08-31", "6 month", "2026-02-28", "2026-02-28", "2026-02-28", false,
			[]StepKind{StepServed, StepMonthEnd, StepWorkedWeekend}},
		{"two years", "2024-11-22", "2 year", "2026-11-22", "2026-11-23", "2026-11-23", false,
			[]StepKind{StepServed, StepMonths, StepWeekend, StepMoved}},
		{"year from a leap day", "2024-02-29", "2 year", "2026-02-28", "2026-02-28", "2026-02-28", false,
			[]StepKind{StepServed, StepMonthEnd, StepWorkedWeekend}},
		{"next year not announced", "2026-12-22", "10 day", "2027-01-01", "2027-01-04", "2026-12-31", true,
			[]StepKind{StepServed, StepCounted, StepHoliday, StepMoved, StepProvisional}},
		{"last announced day", "2026-12-21", "10 day", "2026-12-31", "2026-12-31", "2026-12-31", false,
			[]StepKind{StepServed, StepCounted}},
		{"weekend not announced", "2026-12-23", "10 day", "2027-01-02", "2027-01-04", "2026-12-31", true,
			[]StepKind{StepServed, StepCounted, StepWeekend, StepMoved, StepProvisional}},
		{"weekday not announced", "2026-12-25", "10 day", "2027-01-04", "2027-01-04", "2027-01-04", true,
			[]StepKind{StepServed, StepCounted, StepProvisional}},
		{"only the starting day before it", "2026-12-31", "1 day", "2027-01-01", "2027-01-04", "2027-01-01", true,
			[]StepKind{StepServed, StepCounted, StepHoliday, StepMoved, StepProvisional}},
		{"working days over National Day", "2026-09-30", "3 workday", "2026-10-10", "2026-10-10", "2026-10-10", false,
			[]StepKind{StepServed, StepWorkdays, StepSkipped, StepWeekendCounts}},
		{"one working day less", "2026-09-30", "2 workday", "2026-10-09", "2026-10-09", "2026-10-09", false,
			[]StepKind{StepServed, StepWorkdays, StepSkipped}},
		{"working days over a plain weekend", "2026-11-20", "1 workday", "2026-11-23", "2026-11-23", "2026-11-23", false,
			[]StepKind{StepServed, StepWorkdays}},
		{"working days not announced", "2026-12-30", "3 workday", "2027-01-05", "2027-01-05", "2027-01-03", true,
			[]StepKind{StepServed, StepWorkdays, StepSkipped, StepProvisional}},
	}
	for _, tc := range cases {
		t.Run(tc.why, func(t *testing.T) {
			p, err := ParsePeriod(tc.period)
			if err != nil {
				t.Fatal(err)
			}
			dl := c.End(day1(t, tc.start), p)
			got := []string{dl.RawEnd.String(), dl.LegalEnd.String(), dl.FileBy.String()}
			if want := []string{tc.raw, tc.legal, tc.fileBy}; !slices.Equal(got, want) || dl.Provisional != tc.provisional {
				t.Errorf("raw, legal, file by = %v provisional %v, want %v %v", got, dl.Provisional, want, tc.provisional)
			}
			kinds := []StepKind{}
			for _, s := range dl.Steps {
				kinds = append(kinds, s.Kind)
			}
			if !slices.Equal(kinds, tc.steps) {
				t.Errorf("steps = %v, want %v", kinds, tc.steps)
			}
		})
	}
}

func TestStepsOfOneWorking(t *testing.T) {
	dl := official(t).End(NewDate(2026, 9, 23), Period{10, Day})
	want := []Step{
		{Kind: StepServed, Date: NewDate(2026, 9, 23)},
		{Kind: StepCounted, Date: NewDate(2026, 9, 24), To: NewDate(2026, 10, 3), N: 10},
		{Kind: StepHoliday, Date: NewDate(2026, 10, 3), To: NewDate(2026, 10, 7), Name: "国庆节"},
		{Kind: StepMoved, Date: NewDate(2026, 10, 3), To: NewDate(2026, 10, 8)},
		{Kind: StepAdjusted, Date: NewDate(2026, 10, 3), To: NewDate(2026, 10, 8)},
	}
	if !slices.Equal(dl.Steps, want) {
		t.Errorf("steps = %+v", dl.Steps)
	}
	dl = official(t).End(NewDate(2026, 9, 30), Period{3, WorkDay})
	want = []Step{
		{Kind: StepServed, Date: NewDate(2026, 9, 30)},
		{Kind: StepWorkdays, Date: NewDate(2026, 10, 8), To: NewDate(2026, 10, 10), N: 3},
		{Kind: StepSkipped, Date: NewDate(2026, 10, 1), To: NewDate(2026, 10, 7), N: 7, Name: "国庆节"},
		{Kind: StepWeekendCounts, Date: NewDate(2026, 10, 10), Name: "国庆节"},
	}
	if !slices.Equal(dl.Steps, want) {
		t.Errorf("steps = %+v", dl.Steps)
	}
}

func TestEndOfNothing(t *testing.T) {
	c := official(t)
	for _, dl := range []Deadline{
		c.End(Date{}, Period{10, Day}),
		c.End(NewDate(2026, 1, 1), Period{}),
		c.End(NewDate(2026, 1, 1), Period{0, Day}),
		c.End(NewDate(2026, 1, 1), Period{-1, WorkDay}),
		c.End(NewDate(2026, 1, 1), Period{1, "week"}),
	} {
		if !dl.LegalEnd.IsZero() || dl.Steps != nil {
			t.Errorf("End = %+v, want nothing", dl)
		}
	}
}

// What holds for every start and period, announced year or not.
func TestEndProperties(t *testing.T) {
	c := official(t)
	units := []Unit{Day, WorkDay, Month, Year}
	rapid.Check(t, func(t *rapid.T) {
		start := NewDate(2023, 11, 1).AddDays(rapid.IntRange(0, 1500).Draw(t, "start"))
		p := Period{Unit: rapid.SampledFrom(units).Draw(t, "unit")}
		p.N = rapid.IntRange(1, map[Unit]int{Day: 90, WorkDay: 60, Month: 12, Year: 3}[p.Unit]).Draw(t, "n")
		dl := c.End(start, p)
		later := c.End(start.AddDays(rapid.IntRange(1, 20).Draw(t, "later")), p)
		longer := c.End(start, Period{p.N + 1, p.Unit})

		kind, _, known := c.Kind(dl.LegalEnd)
		switch {
		case kind.Off():
			t.Fatalf("legal end %v is a day off", dl.LegalEnd)
		case !known && !dl.Provisional:
			t.Fatalf("legal end %v is not announced, yet not provisional", dl.LegalEnd)
		case dl.RawEnd.After(dl.LegalEnd) || !dl.RawEnd.After(start):
			t.Fatalf("raw end %v, legal end %v", dl.RawEnd, dl.LegalEnd)
		case dl.FileBy.After(dl.LegalEnd) || !dl.FileBy.After(start):
			t.Fatalf("file by %v, legal end %v, start %v", dl.FileBy, dl.LegalEnd, start)
		case dl.Provisional && dl.FileBy.After(dl.RawEnd):
			t.Fatalf("provisional, yet file by %v is after raw end %v", dl.FileBy, dl.RawEnd)
		case later.LegalEnd.Before(dl.LegalEnd):
			t.Fatalf("start %v ends %v, later start %v ends %v", start, dl.LegalEnd, later.Start, later.LegalEnd)
		case longer.LegalEnd.Before(dl.LegalEnd) || longer.FileBy.Before(dl.FileBy):
			t.Fatalf("longer ends %v, %v; shorter %v, %v", longer.LegalEnd, longer.FileBy, dl.LegalEnd, dl.FileBy)
		case p.Unit == Day && dl.RawEnd != start.AddDays(p.N):
			t.Fatalf("raw end %v", dl.RawEnd)
		case dl.Steps[0] != Step{Kind: StepServed, Date: start}:
			t.Fatalf("first step %+v", dl.Steps[0])
		}
		for d := dl.RawEnd; d.Before(dl.LegalEnd); d = d.AddDays(1) {
			if c.IsWorkday(d) {
				t.Fatalf("moved past working day %v", d)
			}
		}
	})
}

// Counting working days one by one gives the same end as counting them at once.
func TestWorkdaysAddUp(t *testing.T) {
	c := official(t)
	rapid.Check(t, func(t *rapid.T) {
		start := NewDate(2024, 1, 1).AddDays(rapid.IntRange(0, 1000).Draw(t, "start"))
		n := rapid.IntRange(1, 30).Draw(t, "n")
		d := start
		for range n {
			d = c.End(d, Period{1, WorkDay}).LegalEnd
		}
		if got := c.End(start, Period{n, WorkDay}).LegalEnd; got != d {
			t.Fatalf("%d at once end %v, one by one %v", n, got, d)
		}
	})
}

// When the missing year is announced, a provisional advice must turn out to have been early enough, whatever was announced.
func TestProvisionalAdviceHolds(t *testing.T) {
	before, after := withoutYear(t, "2026"), official(t)
	rapid.Check(t, func(t *rapid.T) {
		start := NewDate(2025, 11, 1).AddDays(rapid.IntRange(0, 400).Draw(t, "start"))
		p := Period{N: rapid.IntRange(1, 30).Draw(t, "n"), Unit: rapid.SampledFrom([]Unit{Day, WorkDay}).Draw(t, "unit")}
		early, final := before.End(start, p), after.End(start, p)
		if early.FileBy.After(final.LegalEnd) {
			t.Fatalf("advised %v, but the period ended %v", early.FileBy, final.LegalEnd)
		}
	})
}

func withoutYear(t testing.TB, year string) *Calendar {
	t.Helper()
	var files [][]byte
	for _, y := range []string{"2024", "2025", "2026"} {
		if y == year {
			continue
		}
		raw, err := os.ReadFile("testdata/holiday-" + y + ".json")
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, raw)
	}
	c, err := New(files...)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func BenchmarkEnd(b *testing.B) {
	c := official(b)
	for name, p := range map[string]Period{"10 days": {10, Day}, "6 months": {6, Month}, "10 workdays": {10, WorkDay}} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			start := NewDate(2026, 9, 23)
			for b.Loop() {
				if c.End(start, p).LegalEnd.IsZero() {
					b.Fatal("no end")
				}
			}
		})
	}
}
