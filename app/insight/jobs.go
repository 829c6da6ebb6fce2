package insight

import (
	"time"

	"reliefportal/app/jobs"
)

// Names of the periodic work of figures.
const (
	EveryRelease = "insight.publish"
	EverySweep   = "insight.exports"
)

// Register adds the work of figures: files of answers, and what the public is told every quarter.
func Register(r *jobs.Registry, s *Calls) {
	jobs.Register(r, s.Make)
	r.Every(EveryRelease, 6*time.Hour, s.Publish)
	r.Every(EverySweep, time.Hour, s.Sweep)
}
