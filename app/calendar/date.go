// Package calendar holds civil dates, the official working-day calendar and the way a period of law ends.
//
// Three kinds of time never mix: an instant (time.Time, UTC, whole microseconds), a civil date (Date, in Zone) and a clock (Clock).
package calendar

import (
	"database/sql/driver"
	"fmt"
	"strings"
	"time"
	_ "time/tzdata" // a container without zone files must still know Asia/Shanghai

	"reliefportal/app/fail"
)

// Zone is the zone of every civil date of the portal: one zone is used in all of the country. It is named here and nowhere else.
var Zone = mustZone("Asia/Shanghai")

func mustZone(name string) *time.Location {
	z, err := time.LoadLocation(name)
	if err != nil {
		panic(err) // cannot happen: the zone is linked in
	}
	return z
}

// Date is a civil date in Zone, without a time of day. The zero Date means "none". Dates compare with ==.
// As text, in JSON and in the database it is "2026-10-08"; none is the empty text, and NULL.
type Date struct {
	n int32 // days since 1970-01-01, plus epoch; 0 is none
}

// epoch moves 1970-01-01 away from zero, far enough for every year a person can type (from the year 1).
const epoch = 1 << 20

const secondsPerDay = 24 * 60 * 60

// NewDate returns the date of year y, month m, day d; parts out of range move on as in time.Date. For typed parts use DateOfParts.
func NewDate(y int, m time.Month, d int) Date {
	return ofUTC(time.Date(y, m, d, 0, 0, 0, 0, time.UTC))
}

// DateOfParts returns the date of three typed parts.
// An impossible one gives an Invalid *fail.Error: "date.unreadable", or "date.impossible" with Month, Day and Last (the month's last day).
func DateOfParts(y, m, d int) (Date, error) {
	if y < 1900 || y > 2199 || m < 1 || m > 12 || d < 1 || d > 31 {
		return Date{}, fail.InvalidKey("date.unreadable")
	}
	if last := daysIn(y, time.Month(m)); d > last {
		return Date{}, fail.InvalidKey("date.impossible", "Month", m, "Day", d, "Last", last)
	}
	return NewDate(y, time.Month(m), d), nil
}

// ParseDate reads "2026-10-08". Errors are those of DateOfParts, and "date.empty".
func ParseDate(s string) (Date, error) {
	s = strings.TrimSpace(s)
	if s == "" {
		return Date{}, fail.InvalidKey("date.empty")
	}
	var y, m, d int
	if len(s) != len("2006-01-02") || s[4] != '-' || s[7] != '-' || !digits(s[:4], &y) || !digits(s[5:7], &m) || !digits(s[8:], &d) {
		return Date{}, fail.InvalidKey("date.unreadable")
	}
	return DateOfParts(y, m, d)
}

func digits(s string, n *int) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
		*n = *n*10 + int(s[i]-'0')
	}
	return true
}

// DateOf returns the civil date in Zone on which instant t falls.
func DateOf(t time.Time) Date {
	y, m, d := t.In(Zone).Date()
	return NewDate(y, m, d)
}

func ofUTC(midnight time.Time) Date {
	return Date{n: int32(midnight.Unix()/secondsPerDay) + epoch}
}

func (d Date) utc() time.Time {
	return time.Unix(int64(d.n-epoch)*secondsPerDay, 0).UTC()
}

// Parts returns year, month and day; 0, 0, 0 for none.
func (d Date) Parts() (year int, month time.Month, day int) {
	if d.IsZero() {
		return 0, 0, 0
	}
	return d.utc().Date()
}

// Year returns the year; 0 for none.
func (d Date) Year() int { y, _, _ := d.Parts(); return y }

// IsZero says that there is no date.
func (d Date) IsZero() bool { return d.n == 0 }

// AddDays moves by n calendar days, back when n is negative. None stays none.
func (d Date) AddDays(n int) Date {
	if d.IsZero() {
		return d
	}
	return Date{n: d.n + int32(n)}
}

// AddMonths moves to the same-numbered day n months on; where the month has no such day, to its last day (Civil Code 202). None stays none.
func (d Date) AddMonths(n int) Date {
	if d.IsZero() {
		return d
	}
	y, m, day := d.Parts()
	first := time.Date(y, m+time.Month(n), 1, 0, 0, 0, 0, time.UTC)
	return ofUTC(first).AddDays(min(day, daysIn(first.Year(), first.Month())) - 1)
}

func daysIn(y int, m time.Month) int {
	return time.Date(y, m+1, 0, 0, 0, 0, 0, time.UTC).Day()
}

// DaysUntil returns the calendar days from d to e; negative when e is earlier.
func (d Date) DaysUntil(e Date) int { return int(e.n - d.n) }

// Weekday returns the day of the week.
func (d Date) Weekday() time.Weekday {
	// 1970-01-01 was a Thursday. The shift keeps the remainder positive for every date.
	return time.Weekday((int(d.n) - epoch + int(time.Thursday) + 7*epoch) % 7)
}

// isWeekend says Saturday or Sunday, whatever the official calendar makes of it.
func (d Date) isWeekend() bool {
	w := d.Weekday()
	return w == time.Saturday || w == time.Sunday
}

// Before says that d is earlier than e.
func (d Date) Before(e Date) bool { return d.n < e.n }

// After says that d is later than e.
func (d Date) After(e Date) bool { return d.n > e.n }

// Equal says that both are the same date.
func (d Date) Equal(e Date) bool { return d == e }

// Compare returns -1, 0 or 1, for sorting.
func (d Date) Compare(e Date) int {
	switch {
	case d.n < e.n:
		return -1
	case d.n > e.n:
		return 1
	}
	return 0
}

// StartUTC returns the instant 00:00 in Zone of that day, as UTC. None gives the zero time.
func (d Date) StartUTC() time.Time {
	if d.IsZero() {
		return time.Time{}
	}
	y, m, day := d.Parts()
	return time.Date(y, m, day, 0, 0, 0, 0, Zone).UTC()
}

// EndUTC returns the instant 24:00 in Zone of that day, as UTC: a period that ends on the day runs until then (Civil Code 203(2)).
func (d Date) EndUTC() time.Time { return d.AddDays(1).StartUTC() }

// String returns "2026-10-08"; the empty text for none.
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	return d.utc().Format(time.DateOnly)
}

// MarshalText returns String; JSON uses it too.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads String; the empty text is none. Errors are those of ParseDate.
func (d *Date) UnmarshalText(b []byte) error {
	if len(b) == 0 {
		*d = Date{}
		return nil
	}
	p, err := ParseDate(string(b))
	if err != nil {
		return err
	}
	*d = p
	return nil
}

// Value stores the date as text; none as NULL.
func (d Date) Value() (driver.Value, error) {
	if d.IsZero() {
		return nil, nil
	}
	return d.String(), nil
}

// Scan reads a date column of either database.
func (d *Date) Scan(src any) error {
	switch v := src.(type) {
	case nil:
		*d = Date{}
		return nil
	case time.Time:
		// Drivers hand a date over as midnight in some zone: its own year, month and day are meant.
		y, m, day := v.Date()
		*d = NewDate(y, m, day)
		return nil
	case string:
		return d.scanText(v)
	case []byte:
		return d.scanText(string(v))
	}
	return fmt.Errorf("calendar: cannot read a date from %T", src)
}

func (d *Date) scanText(s string) error {
	if len(s) > len(time.DateOnly) {
		s = s[:len(time.DateOnly)] // SQLite may keep "2026-10-08 00:00:00+00:00"
	}
	return d.UnmarshalText([]byte(s))
}
