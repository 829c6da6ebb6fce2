package callback

import (
	"time"

	"reliefportal/app/jobs"
)

// Register adds the periodic work of callbacks: closing cases whose time ran out, and the clocks of findings.
func Register(r *jobs.Registry, s *Service) {
	r.Every("callback.close_late", 10*time.Minute, s.CloseLate)
	r.Every("callback.findings", 10*time.Minute, s.SweepFindings)
}
