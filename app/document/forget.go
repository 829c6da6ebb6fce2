package document

import (
	"context"
	"errors"
	"fmt"

	"gorm.io/gorm"
)

// ForgetFilings deletes the documents of filings that were never handed in. Their bytes are deleted by after, which the caller runs once the
// transaction stands; what it cannot reach then, Sweep finds.
func (s *Service) ForgetFilings(tx *gorm.DB, ids []string) (after func(ctx context.Context) error, err error) {
	var rows []row
	if err := tx.Where("filing_id IN ?", ids).Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("list documents to forget: %w", err)
	}
	if err := tx.Where("filing_id IN ?", ids).Delete(&row{}).Error; err != nil {
		return nil, fmt.Errorf("forget documents: %w", err)
	}
	return func(ctx context.Context) error {
		var problems []error
		for _, r := range rows {
			problems = append(problems, s.drop(ctx, r.BlobKey))
			if r.CopyKey != nil {
				problems = append(problems, s.drop(ctx, *r.CopyKey))
			}
		}
		return errors.Join(problems...)
	}, nil
}
