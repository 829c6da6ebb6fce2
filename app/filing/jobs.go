package filing

import (
	"context"
	"time"

	"reliefportal/app/jobs"
)

// Filed is the job after a filing was handed over: its written application is drawn and kept.
type Filed struct {
	FilingID string `json:"filing_id"`
}

// Kind names the job.
func (Filed) Kind() string { return "filing.filed" }

// TakenBack is the job that lets others act on a request that its person took back after it was filed.
type TakenBack struct {
	FilingID string `json:"filing"`
}

// Kind names the job.
func (TakenBack) Kind() string { return "filing.withdrawn" }

// Register adds the periodic work of filings: clocks are looked at every minute, files that wait for the scanner every quarter of an hour,
// drafts and dates that wait for a calendar every hour.
func (s *Service) Register(r *jobs.Registry) {
	r.Every("filing.clocks", time.Minute, func(ctx context.Context) error {
		_, err := s.SweepClocks(ctx)
		return err
	})
	r.Every("filing.reminders", time.Hour, func(ctx context.Context) error {
		_, err := s.SweepReminders(ctx)
		return err
	})
	r.Every("filing.carried", time.Hour, func(ctx context.Context) error {
		_, err := s.SweepCarried(ctx)
		return err
	})
	jobs.Register(r, func(ctx context.Context, job Followed) error { return follow(ctx, s.Followed, job.FilingID) })
	jobs.Register(r, func(ctx context.Context, job Undone) error { return follow(ctx, s.Undone, job.FilingID) })
	r.Every("filing.drafts", time.Hour, func(ctx context.Context) error {
		_, err := s.SweepDrafts(ctx)
		return err
	})
	r.Every("filing.files", time.Hour/4, func(ctx context.Context) error {
		_, err := s.SweepLateFiles(ctx)
		return err
	})
	r.Every("filing.calendar", time.Hour, func(ctx context.Context) error {
		_, err := s.RecomputeProvisional(ctx)
		return err
	})
}

func follow(ctx context.Context, next func(context.Context, string) error, filingID string) error {
	if next == nil {
		return nil
	}
	return next(ctx, filingID)
}
