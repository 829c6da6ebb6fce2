package jobs

import (
	"context"
	"fmt"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"

	"reliefportal/app/calendar"
)

// stuckTries is how often a job may have been tried before it counts as stuck, and stuckAge how long it may wait for its turn. The queue keeps its own
// time, that of the machine.
const (
	stuckTries = 5
	stuckAge   = time.Hour
)

// Stuck lists jobs that were given up, that fail again and again, or whose turn was more than an hour ago, at most 200.
func (q *Queue) Stuck(ctx context.Context) ([]Failure, error) {
	out, err := q.Failed(ctx)
	if err != nil {
		return nil, err
	}
	found, err := q.client.JobList(ctx, river.NewJobListParams().
		States(rivertype.JobStateRetryable, rivertype.JobStateAvailable, rivertype.JobStateRunning).OrderBy(river.JobListOrderByID, river.SortOrderAsc).First(failedAtMost))
	if err != nil {
		return nil, fmt.Errorf("list the jobs that wait: %w", err)
	}
	old := calendar.SystemClock{}.Now().Add(-stuckAge)
	for _, j := range found.Jobs {
		if j.Attempt >= stuckTries || j.ScheduledAt.Before(old) {
			out = append(out, failure(j))
		}
	}
	return out, nil
}
