package calendar

import "time"

// MarkKind says how a day is drawn.
type MarkKind string

// The ways a day is drawn.
const (
	MarkOutside    MarkKind = "outside"     // in the drawn weeks but not part of the period
	MarkServed     MarkKind = "served"      // the starting day
	MarkCounted    MarkKind = "counted"     // a counted day
	MarkOff        MarkKind = "off"         // a day off that is not counted: passed over by the extension, or no working day
	MarkCountedOff MarkKind = "counted-off" // a counted day that is a day off
	MarkLast       MarkKind = "last"        // the last day by law
)

// DayMark is one day of the drawn calendar.
type DayMark struct {
	Date Date
	Kind MarkKind
	N    int    // the number of a counted day, from 1; 0 for the others
	Name string // the holiday's name in Chinese, if any
	Safe bool   // the advised day (FileBy) where it differs from the last day by law
}

// DrawnWeeks is the most weeks that are drawn; a longer period is told in sentences only.
const DrawnWeeks = 5

// Days returns the days of the drawn calendar, in whole weeks from Monday to Sunday; none for the zero Deadline or more than DrawnWeeks weeks.
func (c *Calendar) Days(dl Deadline) []DayMark {
	if dl.LegalEnd.IsZero() {
		return nil
	}
	first, last := monday(dl.Start), monday(dl.LegalEnd).AddDays(6)
	n := first.DaysUntil(last) + 1
	if n > 7*DrawnWeeks {
		return nil
	}
	marks := make([]DayMark, 0, n)
	counted := 0
	for d := first; !d.After(last); d = d.AddDays(1) {
		m := c.mark(dl, d)
		if m.counts(dl) {
			counted++
			m.N = counted
		}
		marks = append(marks, m)
	}
	return marks
}

func monday(d Date) Date {
	return d.AddDays(-(int(d.Weekday()-time.Monday) + 7) % 7)
}

func (c *Calendar) mark(dl Deadline, d Date) DayMark {
	kind, name, _ := c.Kind(d)
	m := DayMark{Date: d, Kind: MarkOutside, Name: name, Safe: d == dl.FileBy && d != dl.LegalEnd}
	switch {
	case d == dl.Start:
		m.Kind = MarkServed
	case d == dl.LegalEnd:
		m.Kind = MarkLast
	case d.Before(dl.Start) || d.After(dl.LegalEnd):
		return m
	case d.After(dl.RawEnd) || dl.Period.Unit == WorkDay && kind.Off():
		m.Kind = MarkOff
	case kind.Off():
		m.Kind = MarkCountedOff
	default:
		m.Kind = MarkCounted
	}
	return m
}

// counts says that the day carries a number: a counted day, or the last day when it was not moved.
func (m DayMark) counts(dl Deadline) bool {
	return m.Kind == MarkCounted || m.Kind == MarkCountedOff || m.Kind == MarkLast && dl.RawEnd == dl.LegalEnd
}
