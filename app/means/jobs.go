package means

import (
	"context"
	"time"

	"reliefportal/app/jobs"
)

// Register adds the periodic question whether anything has changed.
func (s *Service) Register(r *jobs.Registry) {
	r.Every("means.reminders", time.Hour, func(ctx context.Context) error {
		_, err := s.SweepReminders(ctx)
		return err
	})
}
