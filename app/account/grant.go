package account

import (
	"context"
	"fmt"
	"slices"

	"gorm.io/gorm"

	"reliefportal/app/calendar"
	"reliefportal/app/fail"
	"reliefportal/app/store"
)

// AddGrant gives a person a role; it counts from the next request on.
func (s *Service) AddGrant(ctx context.Context, actor Actor, personID string, g NewGrant) error {
	return s.db.Tx(ctx, func(tx *gorm.DB) error { return s.insertGrant(tx, actor, personID, g) })
}

func (s *Service) insertGrant(tx *gorm.DB, actor Actor, personID string, g NewGrant) error {
	if !slices.Contains(Roles(), g.Role) || g.From.IsZero() || !g.To.IsZero() && g.To.Before(g.From) {
		return fail.Invalid(fail.F("role", "staff.grant_bad"))
	}
	row := grantRow{ID: store.NewID(), PersonID: personID, Role: g.Role, BodyID: optional(g.BodyID), DivisionID: optional(g.DivisionID), FromOn: g.From, CreatedAt: s.clock.Now()}
	if !g.To.IsZero() {
		row.ToOn = &g.To
	}
	if err := tx.Create(&row).Error; err != nil {
		return fmt.Errorf("grant a role: %w", err)
	}
	return s.record(tx, actor.Audit("", ""), personID, "staff.granted", map[string]any{"role": g.Role, "body": g.BodyID, "division": g.DivisionID, "from": g.From, "to": g.To})
}

// EndGrants ends every grant of a role a person has at a body, with the day before today as its last.
func (s *Service) EndGrants(ctx context.Context, actor Actor, personID string, role Role, bodyID string) error {
	today := calendar.Today(s.clock)
	return s.db.Tx(ctx, func(tx *gorm.DB) error {
		open := tx.Model(&grantRow{}).Scopes(validOn(today)).Where("person_id = ? AND role = ?", personID, role)
		if bodyID == "" {
			open = open.Where("body_id IS NULL")
		} else {
			open = open.Where("body_id = ?", bodyID)
		}
		done := open.Update("to_on", today.AddDays(-1))
		if done.Error != nil {
			return fmt.Errorf("end a role: %w", done.Error)
		}
		if done.RowsAffected == 0 {
			return fail.NotFound()
		}
		return s.record(tx, actor.Audit("", ""), personID, "staff.grant_ended", map[string]any{"role": role, "body": bodyID})
	})
}

func optional(id string) *string {
	if id == "" {
		return nil
	}
	return &id
}
