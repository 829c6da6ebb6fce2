package jobs

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"

	"reliefportal/app/fail"
)

// Failure is a job that was given up: staff must look at it.
type Failure struct {
	ID      int64
	Kind    string
	Args    string    // JSON; identifiers only
	Tries   int       // how often it was tried
	Problem string    // what the last try returned, cleaned of personal data
	At      time.Time // instant of the last try
}

// Failed lists the jobs given up, newest first, at most 200.
func (q *Queue) Failed(ctx context.Context) ([]Failure, error) {
	found, err := q.client.JobList(ctx, river.NewJobListParams().
		States(rivertype.JobStateDiscarded).OrderBy(river.JobListOrderByID, river.SortOrderDesc).First(failedAtMost))
	if err != nil {
		return nil, fmt.Errorf("list the jobs given up: %w", err)
	}
	out := make([]Failure, len(found.Jobs))
	for i, j := range found.Jobs {
		out[i] = failure(j)
	}
	return out, nil
}

func failure(j *rivertype.JobRow) Failure {
	f := Failure{ID: j.ID, Kind: j.Kind, Args: string(j.EncodedArgs), Tries: j.Attempt, At: j.CreatedAt.UTC()}
	if n := len(j.Errors); n > 0 {
		f.Problem, f.At = j.Errors[n-1].Error, j.Errors[n-1].At.UTC()
	}
	return f
}

// Retry puts a job that was given up back to work at once.
func (q *Queue) Retry(ctx context.Context, id int64) error {
	if _, err := q.client.JobRetry(ctx, id); err != nil {
		if errors.Is(err, rivertype.ErrNotFound) {
			return fail.NotFound()
		}
		return fmt.Errorf("retry job %d: %w", id, err)
	}
	return nil
}

// Counts tells how many jobs are in each of River's states (available, running, retryable, discarded, …), for metrics.
func (q *Queue) Counts(ctx context.Context) (map[string]int64, error) {
	var rows []struct {
		State string
		N     int64
	}
	err := q.db.Read(ctx).Raw("SELECT state, count(*) AS n FROM river_job GROUP BY state").Scan(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("count jobs: %w", err)
	}
	out := make(map[string]int64, len(rows))
	for _, r := range rows {
		out[r.State] = r.N
	}
	return out, nil
}
