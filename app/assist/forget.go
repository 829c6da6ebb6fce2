package assist

import (
	"errors"

	"gorm.io/gorm"
)

// ForgetFilings deletes who helped with drafts that go, and the codes of their booklets. That staff sat with the person stays.
func (s *Service) ForgetFilings(tx *gorm.DB, ids []string) error {
	return errors.Join(tx.Where("filing_id IN ?", ids).Delete(&Entry{}).Error, tx.Where("filing_id IN ?", ids).Delete(&bookletRow{}).Error,
		tx.Where("filing_id IN ?", ids).Delete(&Representative{}).Error, tx.Model(&Session{}).Where("filing_id IN ?", ids).Update("filing_id", nil).Error)
}

// ActsForOthers says that a person acts in a filing of somebody else that a body has not closed.
func (s *Service) ActsForOthers(tx *gorm.DB, personID string) (bool, error) {
	var n int64
	err := tx.Model(&Representative{}).Joins("JOIN filing f ON f.id = representative.filing_id").
		Where("representative.person_id = ? AND representative.state = ? AND f.status <> 'closed'", personID, Active).Count(&n).Error
	return n > 0, err
}
