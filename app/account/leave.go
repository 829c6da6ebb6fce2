package account

import (
	"errors"
	"fmt"

	"gorm.io/gorm"

	"reliefportal/app/audit"
)

// Leave takes from a person, in the transaction, everything by which he signs in and is told things, and his name: nobody can sign in as him
// any more, and his e-mail address and number are free for a new account. What he filed keeps standing under his id.
func (s *Service) Leave(tx *gorm.DB, by audit.Actor, personID string) error {
	for _, row := range []any{&changeRow{}, &contactRow{}, &keptRow{}, &sessionRow{}, &passkeyRow{}, &challengeRow{}} {
		if err := tx.Where("person_id = ?", personID).Delete(row).Error; err != nil {
			return fmt.Errorf("take leave of a person: %w", err)
		}
	}
	set := map[string]any{"name_sealed": nil, "status": disabled, "epoch": gorm.Expr("epoch + 1"), "updated_at": s.clock.Now()}
	return errors.Join(tx.Model(&personRow{}).Where("id = ?", personID).Updates(set).Error, s.record(tx, by, personID, "person.left", nil))
}
