package filing

import (
	"errors"
	"fmt"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"
)

// Unfiled lists, and locks, the filings of a person that were never handed in: drafts, those he removed, and those that ran out.
func (s *Service) Unfiled(tx *gorm.DB, personID string) ([]string, error) {
	var ids []string
	err := tx.Model(&Filing{}).Clauses(clause.Locking{Strength: "UPDATE"}).Where("person_id = ? AND ref IS NULL", personID).Order("id").Pluck("id", &ids).Error
	if err != nil {
		return nil, fmt.Errorf("list what was never filed: %w", err)
	}
	return ids, nil
}

// ForgetFilings deletes filings that were never handed in, after the nouns above have let go of them. The record keeps that there was a
// draft, and nothing that stood in it.
func (s *Service) ForgetFilings(tx *gorm.DB, ids []string) error {
	return errors.Join(
		tx.Where("filing_id IN ?", ids).Delete(&Reading{}).Error, tx.Where("filing_id IN ?", ids).Delete(&addressRow{}).Error,
		tx.Where("id IN ? AND ref IS NULL", ids).Delete(&Filing{}).Error,
	)
}

// HasOpen says that a body has a filing of the person that is not closed.
func (s *Service) HasOpen(tx *gorm.DB, personID string) (bool, error) {
	var n int64
	err := tx.Model(&Filing{}).Where("person_id = ? AND status NOT IN ?", personID, []Status{Draft, Closed}).Count(&n).Error
	return n > 0, err
}
