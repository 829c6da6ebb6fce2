package debtor

import (
	"bytes"
	"slices"

	"reliefportal/app/contact"
	"reliefportal/app/fail"
	"reliefportal/app/filing"
	"reliefportal/app/ical"
	"reliefportal/app/rules"
	"reliefportal/app/web/kit"
)

// dates are the dates of a filing for the calendar of a telephone: the body's, and the person's own with the reminders the person has chosen.
// Somebody who asked for neutral messages gets neutral entries: a calendar is seen by others too.
func (p pages) dates(c *kit.Ctx) error {
	o, err := p.load(c)
	if err != nil {
		return err
	}
	if !o.isFiled() {
		return fail.NotFound()
	}
	profile, err := p.Contacts.Of(c.Context(), c.Actor.PersonID)
	if err != nil {
		return err
	}
	clocks, err := p.Filings.Clocks(c.Context(), o.Filing)
	if err != nil {
		return err
	}
	var events []ical.Event
	for _, clock := range clocks {
		if clock.State == filing.Running {
			events = append(events, entry(c, o, clock, profile))
		}
	}
	name := c.T("dates.name", "Code", o.Code())
	if profile.Neutral() {
		name = c.T("dates.neutral")
	}
	body := ical.Write(name, c.Now(), events)
	return c.Send(kit.Download{Name: c.T("dates.file") + ".ics", Type: ical.Type, Size: int64(len(body)), Body: bytes.NewReader(body)})
}

// entry is one clock as a day of a calendar. The person's own day is the advised one.
func entry(c *kit.Ctx, o own, clock filing.Clock, profile contact.Profile) ical.Event {
	_, rule := filing.Deadline(o.law.Pack, clock)
	e := ical.Event{UID: clock.ID + "@menjing", Sequence: o.Version, On: clock.Told(), Title: c.T("dates.theirs", "Duty", o.law.Say(rule.Title)),
		Text: c.T("dates.text", "Code", o.Code())}
	if clock.Who == rules.WhoApplicant {
		e.Title = c.T("dates.mine", "Duty", o.law.Say(rule.Title))
		for _, n := range slices.Sorted(slices.Values(profile.RemindDays())) {
			e.Alarms = append(e.Alarms, filing.WorkdaysBefore(o.law.Pack.Calendar, e.On, n).DaysUntil(e.On))
		}
	}
	if profile.Neutral() {
		e.Title, e.Text = c.T("dates.neutral"), ""
	}
	return e
}
