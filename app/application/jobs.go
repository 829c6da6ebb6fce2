package application

import (
	"context"

	"reliefportal/app/filing"
	"reliefportal/app/jobs"
)

// Register adds the work that follows on a filing being handed over.
func (s *Service) Register(r *jobs.Registry) {
	jobs.Register(r, func(ctx context.Context, j filing.Filed) error { return s.Freeze(ctx, j.FilingID) })
}
