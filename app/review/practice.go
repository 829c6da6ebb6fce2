package review

import (
	"context"
	"errors"
	"time"

	"gorm.io/gorm"

	"reliefportal/app/account"
	"reliefportal/app/audit"
	"reliefportal/app/fail"
)

// Practice is how a body works by its own choice.
type Practice struct {
	BodyID    string `gorm:"primaryKey"`
	Second    bool   // a second person approves every decision that no panel makes
	Version   int64  // 0 while nothing was chosen
	ChangedBy string
	ChangedAt time.Time
}

// TableName is the table of Practice.
func (Practice) TableName() string { return "body_practice" }

// PracticeOf is how a body works; one that has chosen nothing has the zero Practice. Error: NotFound for no body.
func (s *Service) PracticeOf(ctx context.Context, bodyID string) (Practice, error) {
	if s.Bodies.BodyName(ctx, bodyID) == "" {
		return Practice{}, fail.NotFound()
	}
	return practiceOf(s.DB.Read(ctx), bodyID)
}

func practiceOf(db *gorm.DB, bodyID string) (Practice, error) {
	p := Practice{}
	err := db.Where("body_id = ?", bodyID).Take(&p).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return Practice{BodyID: bodyID}, nil
	}
	return p, err
}

// SetPractice changes how a body works, from the version the page showed. Errors: NotFound for anybody but an administrator; Conflict "filing.stale".
func (s *Service) SetPractice(ctx context.Context, a account.Actor, bodyID string, version int64, second bool) error {
	if !a.IsStaff() || !a.Has(account.RoleAdmin) || s.Bodies.BodyName(ctx, bodyID) == "" {
		return fail.NotFound()
	}
	return s.DB.Tx(ctx, func(tx *gorm.DB) error {
		now := s.Clock.Now()
		row := Practice{BodyID: bodyID, Second: second, Version: version + 1, ChangedBy: a.PersonID, ChangedAt: now}
		if version == 0 {
			if err := tx.Create(&row).Error; errors.Is(err, gorm.ErrDuplicatedKey) {
				return fail.Conflict("filing.stale")
			} else if err != nil {
				return err
			}
		} else {
			done := tx.Model(&Practice{}).Where("body_id = ? AND version = ?", bodyID, version).
				Updates(map[string]any{"second": second, "version": version + 1, "changed_by": a.PersonID, "changed_at": now})
			if done.Error != nil {
				return done.Error
			}
			if done.RowsAffected == 0 {
				return fail.Conflict("filing.stale")
			}
		}
		return audit.Append(tx, audit.Entry{SubjectType: "body", SubjectID: bodyID, Actor: a.Audit(account.RoleAdmin, ""), Kind: "body.practice",
			Data: map[string]any{"second": second}, At: now})
	})
}
