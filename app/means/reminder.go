package means

import (
	"context"
	"errors"
	"slices"
	"time"

	"gorm.io/gorm"

	"reliefportal/app/account"
	"reliefportal/app/audit"
	"reliefportal/app/calendar"
	"reliefportal/app/fail"
	"reliefportal/app/filing"
	"reliefportal/app/notice"
)

// Cycles are how many months may lie between two questions whether anything has changed; 0 is never.
var Cycles = []int64{0, 3, 6, 12}

// reminder is the table means_reminder.
type reminder struct {
	PersonID  string `gorm:"primaryKey"`
	Months    int64
	NextOn    calendar.Date
	Version   int64
	CreatedAt time.Time
	UpdatedAt time.Time
}

// TableName is the table of reminder.
func (reminder) TableName() string { return "means_reminder" }

// Reminder is how often the person is asked, in months, and when next; 0 when never.
func (s *Service) Reminder(ctx context.Context, a account.Actor) (months int64, next calendar.Date, err error) {
	if !a.IsDebtor() {
		return 0, next, fail.NotFound()
	}
	var r reminder
	err = s.DB.Read(ctx).Where("person_id = ?", a.PersonID).Take(&r).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return 0, next, nil
	}
	return r.Months, r.NextOn, err
}

// Remind sets how often the person is asked; 0 ends it. The next question is that many months from today. Errors: NotFound; Invalid "months".
func (s *Service) Remind(ctx context.Context, a account.Actor, months int64) error {
	if !a.IsDebtor() {
		return fail.NotFound()
	}
	if !slices.Contains(Cycles, months) {
		return fail.Invalid(fail.F("months", "answer.choose"))
	}
	return s.DB.Tx(ctx, func(tx *gorm.DB) error {
		if err := tx.Where("person_id = ?", a.PersonID).Delete(&reminder{}).Error; err != nil {
			return err
		}
		if months > 0 {
			now := s.Clock.Now()
			r := reminder{PersonID: a.PersonID, Months: months, NextOn: s.today().AddMonths(int(months)), Version: 1, CreatedAt: now, UpdatedAt: now}
			if err := tx.Create(&r).Error; err != nil {
				return err
			}
		}
		return audit.Append(tx, audit.Entry{SubjectType: "means", SubjectID: a.PersonID, Actor: filing.AuditActor(a, ""), Kind: "means.reminder",
			Data: map[string]any{"months": months}, At: s.Clock.Now()})
	})
}

const remindBatch = 200

// SweepReminders asks those whose day has come and returns how many messages it put on their way. A reminder is moot, and moves on without a
// message, when the statement was renewed within the cycle or a change is being reported; it ends when there is nothing to renew any more
// because every filing of the person was withdrawn or left alone, or no statement is left.
func (s *Service) SweepReminders(ctx context.Context) (int, error) {
	var due []reminder
	if err := s.DB.Read(ctx).Where("next_on <= ?", s.today()).Order("next_on, person_id").Limit(remindBatch).Find(&due).Error; err != nil {
		return 0, err
	}
	sent := 0
	var problems []error
	for _, r := range due {
		told := false
		problems = append(problems, s.DB.Tx(ctx, func(tx *gorm.DB) (err error) {
			told, err = s.remind(tx, r)
			return err
		}))
		if told {
			sent++
		}
	}
	return sent, errors.Join(problems...)
}

// remind looks at the world as it is now and sends, moves or ends one reminder.
func (s *Service) remind(tx *gorm.DB, r reminder) (told bool, err error) {
	stated, ok, err := latest(tx, r.PersonID)
	if err != nil {
		return false, err
	}
	over, err := s.over(tx, r.PersonID)
	if err != nil {
		return false, err
	}
	if !ok || over {
		return false, tx.Where("person_id = ? AND version = ?", r.PersonID, r.Version).Delete(&reminder{}).Error
	}
	next := s.today().AddMonths(int(r.Months))
	renewed := calendar.DateOf(stated.CreatedAt).AddMonths(int(r.Months))
	_, changing, err := openChange(tx, r.PersonID)
	if err != nil {
		return false, err
	}
	moot := renewed.After(s.today())
	if moot {
		next = renewed
	}
	moved := tx.Model(&reminder{}).Where("person_id = ? AND version = ?", r.PersonID, r.Version).
		Updates(map[string]any{"next_on": next, "version": r.Version + 1, "updated_at": s.Clock.Now()})
	if moved.Error != nil || moved.RowsAffected == 0 || moot || changing {
		return false, moved.Error
	}
	return true, s.Teller.Send(tx, notice.Message{PersonID: r.PersonID, Kind: "means_reminder", SendKey: "means/" + r.PersonID + "/" + r.NextOn.String()})
}

// over says that the person has filings and each of them was withdrawn or ran out as a draft: there is nothing to keep up to date.
func (s *Service) over(tx *gorm.DB, personID string) (bool, error) {
	var all, gone int64
	mine := tx.Model(&filing.Filing{}).Where("person_id = ?", personID).Session(&gorm.Session{})
	if err := mine.Count(&all).Error; err != nil {
		return false, err
	}
	err := mine.Where("status = ? AND outcome IN ?", filing.Closed, []filing.Outcome{filing.Withdrawn, filing.Expired}).Count(&gone).Error
	return all > 0 && all == gone, err
}
