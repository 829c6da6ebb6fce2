package insight

import (
	"time"

	"reliefportal/app/jobs"
)

// EveryRelease is the name of the periodic work that publishes quarters.
const EveryRelease = "insight.publish"

// Register adds the work of figures.
func Register(r *jobs.Registry, s *Calls) {
	r.Every(EveryRelease, 6*time.Hour, s.Publish)
}
