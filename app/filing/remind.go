package filing

import (
	"context"
	"errors"
	"slices"
	"time"

	"gorm.io/gorm"

	"reliefportal/app/calendar"
	"reliefportal/app/contact"
	"reliefportal/app/notice"
	"reliefportal/app/rules"
)

// Safe knows how a person wishes to be reached and reminded; package contact implements it.
type Safe interface {
	In(tx *gorm.DB, personID string) (contact.Profile, error)
}

const (
	// remindAhead bounds the search: the earliest reminder a person may choose is contact.MostAhead working days before, and the longest
	// run of days off is below ten days.
	remindAhead = 30 * 24 * time.Hour
	// Reminders go between these hours of the day in China (PROJECT): a message at night helps nobody.
	remindFrom, remindTo = 8, 20
)

// SweepReminders reminds people of their own last days, on the working days before that each has chosen, and returns how many reminders it put in.
// An event is told once, so running it twice does nothing twice; a clock that has ended is not reminded of.
func (s *Service) SweepReminders(ctx context.Context) (int, error) {
	if hour := s.Clock.Now().In(calendar.Zone).Hour(); s.Safe == nil || hour < remindFrom || hour >= remindTo {
		return 0, nil
	}
	count, after := 0, ""
	var problems []error
	for {
		var rows []Clock
		now := s.Clock.Now()
		err := s.db.Read(ctx).Where("who = ? AND state = ? AND due_at > ? AND due_at <= ? AND id > ?", rules.WhoApplicant, Running, now, now.Add(remindAhead), after).
			Order("id").Limit(sweepBatch).Find(&rows).Error
		if err != nil || len(rows) == 0 {
			return count, errors.Join(append(problems, err)...)
		}
		for _, c := range rows {
			did, err := s.remind(ctx, c)
			if did {
				count++
			}
			problems = append(problems, err)
		}
		after = rows[len(rows)-1].ID
	}
}

// remind puts the reminder of today for one clock into the outbox, if there is one.
func (s *Service) remind(ctx context.Context, c Clock) (did bool, err error) {
	err = s.db.Tx(ctx, func(tx *gorm.DB) error {
		did = false
		var f Filing
		if err := tx.Where("id = ?", c.FilingID).Take(&f).Error; err != nil {
			return err
		}
		profile, err := s.Safe.In(tx, f.PersonID)
		if err != nil {
			return err
		}
		p := s.Packs.On(s.today())
		ahead, due := Reminder(p.Calendar, s.today(), c.FileByOn, profile.RemindDays())
		if !due {
			return nil
		}
		did = true
		args := s.OwnerArgs(ctx, f)
		args["due"] = c.FileByOn
		return s.Teller.Send(tx, notice.Message{PersonID: f.PersonID, FilingID: f.ID, Kind: "reminder", Lang: f.Lang, Args: args, Subject: c.ID,
			SendKey: reminderKey(c, ahead)})
	})
	return did && err == nil, err
}

func reminderKey(c Clock, ahead int) string {
	return "filing/" + c.FilingID + "/reminder/" + c.ID + "/" + c.FileByOn.String() + "/" + string(rune('0'+ahead))
}

// Reminder says which of the chosen reminders is the one of today: ahead working days before the last day. Of several whose day has come it is the one
// nearest to the end. due is false before the first, and after the last day.
func Reminder(cal *calendar.Calendar, today, last calendar.Date, days []int) (ahead int, due bool) {
	if today.After(last) {
		return 0, false
	}
	for _, n := range slices.Sorted(slices.Values(days)) {
		if !today.Before(WorkdaysBefore(cal, last, n)) {
			return n, true
		}
	}
	return 0, false
}

// WorkdaysBefore is the n-th working day before a day by the official calendar; the day itself for 0.
func WorkdaysBefore(cal *calendar.Calendar, d calendar.Date, n int) calendar.Date {
	for n > 0 {
		if d = d.AddDays(-1); cal.IsWorkday(d) {
			n--
		}
	}
	return d
}
