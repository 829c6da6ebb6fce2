// Package admin holds the pages of those who keep the program running.
package admin

import "time"

// FailedJobsView lists jobs that were given up. Form for each row: id.
type FailedJobsView struct {
	Rows []FailedJob
	// RetryAction is a POST that puts a job back; empty shows no button.
	RetryAction string
}

// FailedJob is one job that was given up. Error holds no personal data.
type FailedJob struct {
	ID, Kind, Error string
	Attempts        int
	At              time.Time
}
