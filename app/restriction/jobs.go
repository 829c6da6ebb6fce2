package restriction

import (
	"context"
	"time"

	"reliefportal/app/jobs"
)

// Register adds the periodic work: every hour the entries whose day has passed are turned to due.
func (s *Service) Register(r *jobs.Registry) {
	r.Every("restriction.due", time.Hour, func(ctx context.Context) error {
		_, err := s.Sweep(ctx)
		return err
	})
}
