package samples

import (
	"embed"

	"reliefportal/app/calendar"
	"reliefportal/templates/kit"
)

// The official days off of the year the samples play in.
//
//go:embed holiday-2026.json
var holidays embed.FS

var official = mustCalendar()

func mustCalendar() *calendar.Calendar {
	raw, err := holidays.ReadFile("holiday-2026.json")
	if err != nil {
		panic(err) // impossible: the file is embedded by name
	}
	c, err := calendar.New(raw)
	if err != nil {
		panic(err) // impossible once the tests of this package have passed
	}
	return c
}

// working counts a period of days from a day.
func working(p kit.Page, from calendar.Date, n int, event string) *kit.DateWorking {
	dl := official.End(from, calendar.Period{N: n, Unit: calendar.Day})
	return &kit.DateWorking{Deadline: dl, Days: official.Days(dl), Event: event, Left: p.Today.DaysUntil(dl.LegalEnd)}
}
