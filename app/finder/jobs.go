package finder

import (
	"context"
	"time"

	"reliefportal/app/jobs"
)

// Register adds the periodic removal of answers whose time is over.
func Register(r *jobs.Registry, s *Service) {
	r.Every("finder.sweep", time.Hour, func(ctx context.Context) error {
		_, err := s.Sweep(ctx)
		return err
	})
}
