package kit

import (
	"strconv"

	"reliefportal/app/calendar"
	"reliefportal/app/i18n"
)

// SafeDay is the advised day when it differs from the last day by law and is not past; else zero.
func (w DateWorking) SafeDay() calendar.Date {
	d := w.Deadline
	if d.FileBy == d.LegalEnd || w.Left < d.FileBy.DaysUntil(d.LegalEnd) {
		return calendar.Date{}
	}
	return d.FileBy
}

func (w DateWorking) event(p Page) string {
	if w.Event != "" {
		return w.Event
	}
	return p.T("date.service")
}

// weeks cuts the days into rows.
func (w DateWorking) weeks() [][]calendar.DayMark {
	var rows [][]calendar.DayMark
	for at := 0; at+7 <= len(w.Days); at += 7 {
		rows = append(rows, w.Days[at:at+7])
	}
	return rows
}

func (w DateWorking) caption(p Page) string {
	return i18n.Months(p.Lang, w.Days[0].Date, w.Days[len(w.Days)-1].Date)
}

func weekdays(p Page) []string {
	return []string{p.T("week.mo"), p.T("week.tu"), p.T("week.we"), p.T("week.th"), p.T("week.fr"), p.T("week.sa"), p.T("week.su")}
}

func dayClass(m calendar.DayMark) string {
	c := map[calendar.MarkKind]string{
		calendar.MarkOutside: "x", calendar.MarkServed: "s", calendar.MarkCounted: "in", calendar.MarkOff: "off",
		calendar.MarkCountedOff: "in off", calendar.MarkLast: "e",
	}[m.Kind]
	if m.Safe {
		c += " f"
	}
	return c
}

// dayNumber is the day of the month, with the month before the first.
func dayNumber(m calendar.DayMark) string {
	_, month, day := m.Date.Parts()
	if day == 1 {
		return strconv.Itoa(int(month)) + "/1"
	}
	return strconv.Itoa(day)
}

// dayNote is the small line under a day; a space keeps the height of days without one.
func dayNote(p Page, m calendar.DayMark) string {
	switch {
	case m.Kind == calendar.MarkServed:
		return p.T("cal.served")
	case m.Kind == calendar.MarkLast:
		return p.T("cal.last")
	case m.Safe:
		return p.T("cal.safe")
	case m.N > 0:
		return strconv.Itoa(m.N)
	case m.Kind == calendar.MarkOff && m.Name != "":
		return p.T("cal.holiday")
	case m.Kind == calendar.MarkOff:
		return p.T("cal.off")
	}
	return "\u00a0"
}
