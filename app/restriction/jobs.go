package restriction

import (
	"context"
	"time"

	"reliefportal/app/jobs"
)

// WentAway is the job that lets others act on a restriction that is gone. It is known by the decision that ended it.
type WentAway struct {
	FilingID string `json:"filing"`
}

// Kind names the job.
func (WentAway) Kind() string { return "restriction.went_away" }

// Register adds the periodic work: every hour the entries whose day has passed are turned to due.
func (s *Service) Register(r *jobs.Registry) {
	r.Every("restriction.due", time.Hour, func(ctx context.Context) error {
		_, err := s.Sweep(ctx)
		return err
	})
}
