package assist

import (
	"context"
	"errors"
	"fmt"
	"time"

	"gorm.io/gorm"

	"reliefportal/app/jobs"
)

// sweepBatch is how many sessions one round closes.
const sweepBatch = 200

// Register adds the periodic work: sessions left alone are closed, so that the record says when they were over.
func (s *Service) Register(r *jobs.Registry) {
	r.Every("assist.sweep", time.Minute, s.Sweep)
	r.Every("assist.invitations", time.Hour, func(ctx context.Context) error { return s.lapse(ctx, s.Clock.Now()) })
}

// Sweep closes the sessions that were left alone for too long. They are dead before: this writes it down.
func (s *Service) Sweep(ctx context.Context) error {
	var rows []Session
	err := s.DB.Read(ctx).Where("ended_at IS NULL AND seen_at <= ?", s.Clock.Now().Add(-SessionIdle)).Order("seen_at").Limit(sweepBatch).Find(&rows).Error
	if err != nil {
		return fmt.Errorf("list idle sessions of help: %w", err)
	}
	var problems []error
	for _, sess := range rows {
		problems = append(problems, s.DB.Tx(ctx, func(tx *gorm.DB) error { return s.end(tx, sess, EndedIdle) }))
	}
	return errors.Join(problems...)
}
