package calendar

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"
)

// DayKind says what the official calendar makes of a day.
type DayKind int

// The kinds of day.
const (
	Workday        DayKind = iota // an ordinary working day
	WorkedWeekend                 // a Saturday or Sunday made a working day (调休上班)
	Weekend                       // an ordinary Saturday or Sunday
	Holiday                       // a day off by the holiday decree: a statutory day, a weekend inside a holiday, a make-up day of its article 6
	AdjustedDayOff                // a weekday that is off only because a weekend day is worked for it (调休放假)
)

// Off says that the day is a day off.
func (k DayKind) Off() bool { return k == Weekend || k == Holiday || k == AdjustedDayOff }

// Calendar is the official working-day calendar: State Council notices by year, and the holiday decree for what no notice covers.
// It never changes once built and is safe for use by several goroutines.
type Calendar struct {
	days  map[Date]day
	years map[int]bool
}

type day struct {
	kind DayKind
	name string
}

// file is the shape of one year of NateScarlet/holiday-cn. A year that is not announced yet has no days.
type file struct {
	Year int `json:"year"`
	Days []struct {
		Name  string `json:"name"`
		Date  Date   `json:"date"`
		IsOff bool   `json:"isOffDay"`
	} `json:"days"`
}

// New builds a calendar from holiday-cn files, one for each year. A year without a file, or with an empty one, is "not announced":
// its periods are provisional. The error names a file that cannot be read or a day that contradicts another file.
func New(files ...[]byte) (*Calendar, error) {
	c := &Calendar{days: map[Date]day{}, years: map[int]bool{}}
	for i, raw := range files {
		var f file
		if err := json.Unmarshal(raw, &f); err != nil {
			return nil, fmt.Errorf("holiday file %d: %w", i+1, err)
		}
		if err := c.add(f); err != nil {
			return nil, fmt.Errorf("holiday file of %d: %w", f.Year, err)
		}
	}
	return c, nil
}

func (c *Calendar) add(f file) error {
	if len(f.Days) == 0 {
		return nil
	}
	worked := map[string]bool{} // holidays for which a weekend day is worked
	for _, d := range f.Days {
		worked[d.Name] = worked[d.Name] || !d.IsOff
	}
	for _, d := range f.Days {
		if d.Date.IsZero() || d.Name == "" {
			return fmt.Errorf("a day without date or name")
		}
		if !d.IsOff && !d.Date.isWeekend() {
			return fmt.Errorf("%s is said to be worked but is no weekend day", d.Date)
		}
		entry := day{kind: kindOf(d.Date, d.IsOff, worked[d.Name]), name: d.Name}
		if old, ok := c.days[d.Date]; ok && old != entry {
			return fmt.Errorf("%s is given twice with different meaning", d.Date)
		}
		c.days[d.Date] = entry
	}
	c.years[f.Year] = true
	return nil
}

// kindOf tells days off by the decree from days off by adjustment. The notices do not say which is which: in a holiday for which no weekend
// day is worked every day off is by the decree; otherwise every weekday without a fixed statutory date is taken as adjusted. This can only make
// the advised day (FileBy) earlier.
func kindOf(d Date, off, worked bool) DayKind {
	switch {
	case !off:
		return WorkedWeekend
	case worked && !d.isWeekend() && statutory(d) == "":
		return AdjustedDayOff
	}
	return Holiday
}

// statutory names the holiday whose statutory day has this fixed date, by articles 2 and 6 of the holiday decree as amended 2024-11-10;
// empty for every other day. Holidays of the lunar calendar have no fixed date and wait for the notice.
func statutory(d Date) string {
	switch _, m, day := d.Parts(); {
	case m == time.January && day == 1:
		return "元旦"
	case m == time.May && day <= 2:
		return "劳动节"
	case m == time.October && day <= 3:
		return "国庆节"
	}
	return ""
}

// Kind says what d is, the name of its holiday (empty for none), and whether that is certain: a day of a year whose notice is not out is
// judged by its weekday and the fixed statutory dates, and only the latter are certain.
func (c *Calendar) Kind(d Date) (kind DayKind, name string, known bool) {
	if e, ok := c.days[d]; ok {
		return e.kind, e.name, true
	}
	announced := c.years[d.Year()]
	if name := statutory(d); name != "" && !announced {
		return Holiday, name, true
	}
	if d.isWeekend() {
		return Weekend, "", announced
	}
	return Workday, "", announced
}

// IsWorkday says that d is a working day by the official calendar; in a year not announced, as far as the weekday and fixed dates tell.
func (c *Calendar) IsWorkday(d Date) bool {
	kind, _, _ := c.Kind(d)
	return !kind.Off()
}

// Announced says that the State Council notice of the year is in the calendar.
func (c *Calendar) Announced(year int) bool { return c.years[year] }

// nextWorkday returns the first working day on or after d.
func (c *Calendar) nextWorkday(d Date) Date {
	for !c.IsWorkday(d) {
		d = d.AddDays(1)
	}
	return d
}

// Unit is the unit of a period.
type Unit string

// The units. A bare 日 in the law is a calendar day; 工作日 is a working day.
const (
	Day     Unit = "day"
	WorkDay Unit = "workday"
	Month   Unit = "month"
	Year    Unit = "year"
)

// Period is a length of time in law: N units.
type Period struct {
	N    int  `json:"n" yaml:"n"`
	Unit Unit `json:"unit" yaml:"unit"`
}

// IsZero says that there is no period.
func (p Period) IsZero() bool { return p == Period{} }

// Valid says that N is positive and Unit is known.
func (p Period) Valid() bool {
	switch p.Unit {
	case Day, WorkDay, Month, Year:
		return p.N > 0
	}
	return false
}

// ParsePeriod reads "10 day", "3 workday", "6 month" or "2 year".
func ParsePeriod(s string) (Period, error) {
	var p Period
	n, unit, ok := strings.Cut(strings.TrimSpace(s), " ")
	if !ok || n == "" || len(n) > 4 || !digits(n, &p.N) {
		return Period{}, fmt.Errorf("calendar: %q is no period", s)
	}
	p.Unit = Unit(strings.TrimSuffix(unit, "s"))
	if !p.Valid() {
		return Period{}, fmt.Errorf("calendar: %q is no period", s)
	}
	return p, nil
}

// String returns what ParsePeriod reads.
func (p Period) String() string { return fmt.Sprintf("%d %s", p.N, p.Unit) }
