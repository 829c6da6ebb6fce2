package contact_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"reliefportal/app/calendar"
	"reliefportal/app/contact"
	"reliefportal/app/rules"
)

// hours are 9 to 12 and 14 to 20 on Monday to Friday, and on other days 10 to 18 when wished, as the calling rules are.
type hours struct{}

func (hours) Slot(t time.Time, wished bool) (rules.Slot, bool) {
	local := t.In(calendar.Zone)
	if d := local.Weekday(); d == time.Saturday || d == time.Sunday {
		return rules.Slot{ID: "weekend"}, wished && local.Hour() >= 10 && local.Hour() < 18
	}
	return rules.Slot{ID: "day"}, local.Hour() >= 9 && local.Hour() < 12 || local.Hour() >= 14 && local.Hour() < 20
}

// at is a moment of November 2026 in China; the 2nd is a Monday.
func at(day, hour, minute int) time.Time {
	return time.Date(2026, 11, day, hour, minute, 0, 0, calendar.Zone)
}

func TestMayDial(t *testing.T) {
	evenings := contact.Profile{From: 18, To: 20}
	wednesdays := contact.Profile{Days: []time.Weekday{time.Wednesday}}
	saturdays := contact.Profile{Days: []time.Weekday{time.Saturday}, From: 15, To: 21}
	for _, c := range []struct {
		name   string
		p      contact.Profile
		at     time.Time
		ok     bool
		reason string
		next   time.Time
	}{
		{"nothing said, in calling hours", contact.Profile{}, at(2, 9, 0), true, "", at(2, 9, 0)},
		{"nothing said, a minute too early", contact.Profile{}, at(2, 8, 59), false, contact.ClosedHours, at(2, 9, 0)},
		{"nothing said, Friday after the end", contact.Profile{}, at(6, 20, 0), false, contact.ClosedHours, at(9, 9, 0)},
		{"nothing said, a Saturday", contact.Profile{}, at(7, 11, 0), false, contact.ClosedHours, at(9, 9, 0)},
		{"evenings, a minute too early", evenings, at(2, 17, 59), false, contact.OtherHours, at(2, 18, 0)},
		{"evenings, begun", evenings, at(2, 18, 0), true, "", at(2, 18, 0)},
		{"evenings, over", evenings, at(2, 20, 0), false, contact.ClosedHours, at(3, 18, 0)},
		{"Wednesdays only, on Monday", wednesdays, at(2, 10, 0), false, contact.OtherHours, at(4, 9, 0)},
		{"Wednesdays only, on Wednesday", wednesdays, at(4, 11, 59), true, "", at(4, 11, 59)},
		{"Saturdays named, in the morning", saturdays, at(7, 11, 0), false, contact.OtherHours, at(7, 15, 0)},
		{"Saturdays named, in the afternoon", saturdays, at(7, 17, 55), true, "", at(7, 17, 55)},
		{"Saturdays named, after the weekend slot", saturdays, at(7, 18, 0), false, contact.ClosedHours, at(14, 15, 0)},
		{"hours in which nobody is called", contact.Profile{From: 12, To: 14}, at(2, 12, 30), false, contact.ClosedHours, time.Time{}},
		{"no calls", contact.Profile{NoCalls: true}, at(2, 10, 0), false, contact.NoCallsWished, time.Time{}},
	} {
		t.Run(c.name, func(t *testing.T) {
			ok, reason, next := c.p.MayDial(c.at, hours{})
			if ok != c.ok || reason != c.reason || !next.Equal(c.next) {
				t.Errorf("%v %q %v, want %v %q %v", ok, reason, next.In(calendar.Zone), c.ok, c.reason, c.next)
			}
		})
	}
}

// TestNextMoment: the moment that is proposed is one at which the person may be called, and no earlier moment would do.
func TestNextMoment(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := contact.Profile{Days: rapid.SliceOfNDistinct(rapid.SampledFrom([]time.Weekday{0, 1, 2, 3, 4, 5, 6}), 0, 3, rapid.ID).Draw(t, "days")}
		if p.From = rapid.IntRange(0, 20).Draw(t, "from"); p.From >= contact.Earliest {
			p.To = rapid.IntRange(p.From+1, contact.Latest).Draw(t, "to")
		} else {
			p.From = 0
		}
		from := at(1, 0, 0).Add(time.Duration(rapid.IntRange(0, 14*24*60).Draw(t, "minute")) * time.Minute)
		ok, _, next := p.MayDial(from, hours{})
		if ok || next.IsZero() {
			return
		}
		if again, why, _ := p.MayDial(next, hours{}); !again || !next.After(from) {
			t.Fatalf("%v is proposed after %v, but %s", next, from, why)
		}
		for m := from; m.Before(next); m = m.Add(30 * time.Minute) {
			if sooner, _, _ := p.MayDial(m, hours{}); sooner {
				t.Fatalf("%v would have done before %v", m, next)
			}
		}
	})
}
