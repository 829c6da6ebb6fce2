package callback

import (
	"context"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"reliefportal/app/calendar"
	"reliefportal/app/fail"
	"reliefportal/app/rules"
)

// roundRow is when somebody is to be asked anew about his circumstances, while enforcement goes on; a row of callback_round.
type roundRow struct {
	PersonID    string `gorm:"primaryKey"`
	FilingID    string // his newest request
	SubmittedAt time.Time
	DueOn       calendar.Date // zero once enforcement is over
}

// TableName names the table.
func (roundRow) TableName() string { return "callback_round" }

// roundOverlap is how far a round of the sweep looks back before the newest request it knows: transactions that began earlier may end later.
const roundOverlap = 24 * time.Hour

// Rounds brings people before the programmes half a year after their last word, again and again while enforcement goes on. It is safe to run
// at any time and by several instances.
func (s *Service) Rounds(ctx context.Context) error {
	if err := s.beginRounds(ctx); err != nil {
		return err
	}
	today := calendar.DateOf(s.clock.Now())
	var due []roundRow
	err := s.db.Read(ctx).Where("due_on <= ?", today).Order("due_on, person_id").Limit(sweepAtMost).Find(&due).Error
	if err != nil {
		return err
	}
	for _, r := range due {
		if err := s.round(ctx, r, today); err != nil && fail.KindOf(err) != fail.KindConflict {
			return err
		}
	}
	return nil
}

// beginRounds notes the requests filed since the last sweep; a newer request of the same person is his last word.
func (s *Service) beginRounds(ctx context.Context) error {
	var newest struct{ At *time.Time }
	db := s.db.Read(ctx)
	if err := db.Model(&roundRow{}).Order("submitted_at DESC").Limit(1).Select("submitted_at AS at").Scan(&newest).Error; err != nil {
		return err
	}
	var since time.Time
	if newest.At != nil {
		since = newest.At.Add(-roundOverlap)
	}
	after := ""
	for {
		var filed []roundRow
		err := db.Table("filing").Where("submitted_at > ? AND (submitted_at, id) > (?, ?)", since, since, after).Order("submitted_at, id").Limit(sweepAtMost).
			Select("person_id, id AS filing_id, submitted_at").Scan(&filed).Error
		if err != nil || len(filed) == 0 {
			return err
		}
		if err := s.keepRounds(ctx, filed); err != nil {
			return err
		}
		last := filed[len(filed)-1]
		since, after = last.SubmittedAt, last.FilingID
	}
}

func (s *Service) keepRounds(ctx context.Context, filed []roundRow) error {
	pack := s.packs.On(calendar.DateOf(s.clock.Now()))
	return s.db.Tx(ctx, func(tx *gorm.DB) error {
		for _, r := range filed {
			r.DueOn = FreeAgain(&pack.Calls, pack.Calendar, calendar.DateOf(r.SubmittedAt))
			err := tx.Clauses(clause.OnConflict{
				Columns:   []clause.Column{{Name: "person_id"}},
				Where:     clause.Where{Exprs: []clause.Expression{gorm.Expr("callback_round.submitted_at < excluded.submitted_at")}},
				DoUpdates: clause.AssignmentColumns([]string{"filing_id", "submitted_at", "due_on"}),
			}).Create(&r).Error
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// round brings one person before the programmes and notes when he comes again: half a year after he was last asked anything, or after today.
func (s *Service) round(ctx context.Context, r roundRow, today calendar.Date) error {
	subject, err := s.filings.ForCallback(ctx, s.db.Read(ctx), r.FilingID)
	if err != nil {
		return err
	}
	next := calendar.Date{}
	if !subject.Ended {
		if err := s.Happened(ctx, Event{Kind: rules.EventHalfYear, FilingID: r.FilingID, Again: r.DueOn.String()}); err != nil {
			return err
		}
		if next, err = s.nextRound(ctx, r.PersonID, today); err != nil {
			return err
		}
	}
	return s.db.Tx(ctx, func(tx *gorm.DB) error {
		done := tx.Model(&roundRow{}).Where("person_id = ? AND due_on = ?", r.PersonID, r.DueOn).Update("due_on", next)
		return oneRow(done, "callback.changed")
	})
}

func (s *Service) nextRound(ctx context.Context, personID string, today calendar.Date) (calendar.Date, error) {
	pack := s.packs.On(today)
	var last []Case
	err := s.db.Read(ctx).Where("person_id = ?", personID).Order("created_at DESC").Limit(1).Find(&last).Error
	if err != nil {
		return calendar.Date{}, err
	}
	if len(last) > 0 {
		if free := FreeAgain(&pack.Calls, pack.Calendar, calendar.DateOf(last[0].CreatedAt)); free.After(today) {
			return free, nil
		}
	}
	return FreeAgain(&pack.Calls, pack.Calendar, today), nil
}

// CaseEvent is something that happened in an enforcement case, as the court reports it.
type CaseEvent struct {
	Kind       rules.CallEvent // executed, closed or lifted
	BodyID     string          // the court that enforces
	CaseNumber string          // in the form of package casenumber
	// Again tells events of one kind in one case apart, for example the measure; "" where there is only one.
	Again string
}

// HappenedInCase is Happened for everybody who has a request in an enforcement case: each person once, by his newest request there. When the
// case is closed nobody in it is asked about his circumstances any more. It returns how many people it concerned. Telling twice is telling once.
func (s *Service) HappenedInCase(ctx context.Context, e CaseEvent) (people int, err error) {
	var filings []struct{ ID, PersonID string }
	err = s.db.Read(ctx).Table("filing").Where("exec_body_id = ? AND case_number = ? AND case_number <> '' AND submitted_at IS NOT NULL", e.BodyID, e.CaseNumber).
		Order("submitted_at DESC, id").Select("id, person_id").Scan(&filings).Error
	if err != nil {
		return 0, err
	}
	told := map[string]bool{}
	for _, f := range filings {
		if told[f.PersonID] {
			continue
		}
		told[f.PersonID] = true
		if err := s.Happened(ctx, Event{Kind: e.Kind, FilingID: f.ID, Again: e.Again}); err != nil {
			return len(told), err
		}
		if e.Kind == rules.EventClosed {
			if err := s.endRound(ctx, f.PersonID, f.ID); err != nil {
				return len(told), err
			}
		}
	}
	return len(told), nil
}

func (s *Service) endRound(ctx context.Context, personID, filingID string) error {
	return s.db.Tx(ctx, func(tx *gorm.DB) error {
		return tx.Model(&roundRow{}).Where("person_id = ? AND filing_id = ?", personID, filingID).Update("due_on", calendar.Date{}).Error
	})
}
