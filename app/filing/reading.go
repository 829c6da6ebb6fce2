package filing

import (
	"context"
	"fmt"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"reliefportal/app/account"
	"reliefportal/app/audit"
	"reliefportal/app/fail"
)

// Reading says that somebody of staff opened a filing. It is kept once for a person, a filing and an hour: what matters is who looked, not
// how often a page was turned.
type Reading struct {
	FilingID string
	PersonID string
	Hour     time.Time
	Role     string
	BodyID   string
	At       time.Time
}

// TableName is the table of Reading.
func (Reading) TableName() string { return "filing_reading" }

// NoteOpened records that the actor has opened a filing he may see; the first time in an hour counts, the others change nothing.
func (s *Service) NoteOpened(ctx context.Context, a account.Actor, f Filing) error {
	if !a.IsStaff() {
		return nil
	}
	now, by := s.Clock.Now(), AuditActor(a, f.Owner())
	row := Reading{FilingID: f.ID, PersonID: a.PersonID, Hour: now.UTC().Truncate(time.Hour), Role: by.Role, BodyID: by.BodyID, At: now}
	return s.db.Tx(ctx, func(tx *gorm.DB) error {
		done := tx.Clauses(clause.OnConflict{DoNothing: true}).Create(&row)
		if done.Error != nil {
			return fmt.Errorf("record that a filing was opened: %w", done.Error)
		}
		if done.RowsAffected == 0 {
			return nil
		}
		return audit.Append(tx, audit.Entry{SubjectType: "filing", SubjectID: f.ID, Actor: by, Kind: "filing.opened", At: now})
	})
}

// mostReadings is how many lines the person is shown, the newest first.
const mostReadings = 200

// Readings lists who of staff opened the filings of the person, the newest first.
func (s *Service) Readings(ctx context.Context, a account.Actor) ([]Reading, error) {
	if !a.IsDebtor() || a.By != nil {
		return nil, fail.NotFound()
	}
	var out []Reading
	err := s.db.Read(ctx).Where("filing_id IN (SELECT id FROM filing WHERE person_id = ?)", a.PersonID).Order("at DESC, person_id").Limit(mostReadings).Find(&out).Error
	return out, err
}
