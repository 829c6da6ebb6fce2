package i18n

import (
	"unicode"
	"unicode/utf8"

	"reliefportal/app/calendar"
)

// Step words one step of how a deadline was found. event is what the period runs from, as a clause: 裁定到您手里, "the ruling reached you".
func Step(lang, event string, dl calendar.Deadline, s calendar.Step) string {
	d, to := DateDay(lang, s.Date), DateDay(lang, s.To)
	holiday := Holiday(lang, s.Name)
	switch s.Kind {
	case calendar.StepServed:
		return T(lang, "step.served", "Event", capital(event), "Date", d)
	case calendar.StepCounted:
		return T(lang, "step.counted", "Date", DayMonth(lang, s.Date), "N", s.N, "To", to)
	case calendar.StepMonths:
		return T(lang, "step.months", "Period", Period(lang, dl.Period), "Date", Date(lang, s.Date))
	case calendar.StepMonthEnd:
		return T(lang, "step.month_end", "Period", Period(lang, dl.Period), "Date", Date(lang, s.Date))
	case calendar.StepWorkdays:
		return T(lang, "step.workdays", "Date", DayMonth(lang, s.Date), "N", s.N, "To", to)
	case calendar.StepSkipped:
		return T(lang, "step.skipped", "Span", Span(lang, s.Date, s.To), "Holiday", holiday)
	case calendar.StepWeekendCounts:
		return T(lang, "step.weekend_counts", "Date", d)
	case calendar.StepHoliday:
		return T(lang, "step.holiday", "Date", d, "Holiday", holiday)
	case calendar.StepWeekend:
		return T(lang, "step.weekend", "Date", d)
	case calendar.StepWorkedWeekend:
		return T(lang, "step.worked_weekend", "Date", d)
	case calendar.StepMoved:
		return T(lang, "step.moved", "To", to)
	case calendar.StepAdjusted:
		return T(lang, "step.adjusted", "Date", d, "To", to)
	case calendar.StepProvisional:
		return T(lang, "step.provisional", "Year", s.N, "Date", d)
	}
	return ""
}

// capital lets a clause begin a sentence.
func capital(s string) string {
	r, size := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[size:]
}
