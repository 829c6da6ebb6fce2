package kit

import (
	"net/url"
	"testing"

	"reliefportal/app/calendar"
	"reliefportal/app/fail"
)

func TestDay(t *testing.T) {
	for _, c := range []struct {
		name             string
		year, month, day string
		want             calendar.Date
		key              string
	}{
		{"a day", "2026", "11", "5", calendar.NewDate(2026, 11, 5), ""},
		{"full-width digits and spaces", " ２０２６ ", "１１", "５", calendar.NewDate(2026, 11, 5), ""},
		{"nothing", "", "", "", calendar.Date{}, ""},
		{"no month", "2026", "", "5", calendar.Date{}, "date.incomplete"},
		{"words", "2026", "冬月", "5", calendar.Date{}, "date.unreadable"},
		{"the last day of February", "2026", "2", "28", calendar.NewDate(2026, 2, 28), ""},
		{"one more", "2026", "2", "29", calendar.Date{}, "date.impossible"},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := &Form{values: url.Values{"year": {c.year}, "month": {c.month}, "day": {c.day}}}
			got, err := f.Day("from")
			if got != c.want {
				t.Errorf("got %v, want %v", got, c.want)
			}
			e, _ := fail.As(err)
			if c.key == "" && err == nil {
				return
			}
			if e == nil || len(e.Fields) != 1 || e.Fields[0].Name != "from" || e.Fields[0].Key != c.key {
				t.Errorf("error %v, want %s at from", err, c.key)
			}
		})
	}
}
