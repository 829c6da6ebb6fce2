package callback

import (
	"context"
	"time"

	"gorm.io/gorm"

	"reliefportal/app/account"
	"reliefportal/app/calendar"
	"reliefportal/app/fail"
	"reliefportal/app/rules"
)

// Surveys lists the programmes whose figures this actor may see, the newest first: those a supervisor sees, and all of them for an
// auditor, who sees figures and nothing else of callbacks. Only surveys on treatment have figures: what people say about their own
// circumstances is theirs, and counted nowhere.
func (s *Service) Surveys(ctx context.Context, a account.Actor) ([]Programme, error) {
	tx, err := s.surveysFor(s.db.Read(ctx), a)
	if err != nil {
		return nil, err
	}
	var out []Programme
	err = tx.Order("created_at DESC, id").Limit(mostProgrammes).Find(&out).Error
	return out, err
}

// Survey shows one of them; not found for everybody else.
func (s *Service) Survey(ctx context.Context, a account.Actor, id string) (Programme, error) {
	var p Programme
	tx, err := s.surveysFor(s.db.Read(ctx), a)
	if err != nil {
		return p, err
	}
	return found(p, tx.Where("id = ?", id).Take(&p).Error)
}

func (s *Service) surveysFor(tx *gorm.DB, a account.Actor) (*gorm.DB, error) {
	scope := tx.Where("kind = ? AND status <> ?", rules.Treatment, Drafted)
	if a.IsStaff() && a.Has(account.RoleAuditor) {
		return scope, nil
	}
	who, err := s.supervisor(tx, a)
	if err != nil {
		return nil, fail.NotFound()
	}
	return programmesOf(scope, who), nil
}

// DispositionsIn is Dispositions for the people drawn from one instant up to, and without, another.
func (s *Service) DispositionsIn(ctx context.Context, programmeID string, from, to time.Time) ([]Tally, error) {
	return s.dispositions(ctx, func(tx *gorm.DB) *gorm.DB {
		return tx.Where("programme_id = ? AND created_at >= ? AND created_at < ?", programmeID, from, to)
	})
}

// AllSurveys lists the programmes on treatment that drew people between two days, the first and the last included, by name: for what the
// public is told.
func (s *Service) AllSurveys(ctx context.Context, from, to calendar.Date) ([]Programme, error) {
	var out []Programme
	err := s.db.Read(ctx).Where("kind = ? AND status <> ? AND from_on <= ? AND (to_on IS NULL OR to_on >= ?)", rules.Treatment, Drafted, to, from.AddDays(-answeredLater)).
		Order("name_zh, id").Limit(mostProgrammes).Find(&out).Error
	return out, err
}

// answeredLater is how many days after a draw its people may still answer, in a later quarter.
const answeredLater = 31
