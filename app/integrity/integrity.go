// Package integrity looks every night, and when somebody asks, for what must not be: a filing without an owner or a clock, a clock without a
// source, a decision that nobody serves, a file without a row, a broken record. It changes nothing but its own list of what was found. Most of it the
// database refuses already; that is why finding any is worth somebody's night.
package integrity

import (
	"context"
	"time"

	"reliefportal/app/audit"
	"reliefportal/app/calendar"
	"reliefportal/app/filing"
	"reliefportal/app/jobs"
	"reliefportal/app/notice"
	"reliefportal/app/store"
)

// Found is one thing that must not be. Subject is the id of what it is about, Detail one word or number more; neither is personal.
type Found struct {
	Subject string `json:"subject"`
	Detail  string `json:"detail,omitempty"`
}

// Checker looks for one kind of thing that must not be.
type Checker struct {
	Name string // never renamed: the list of what was found carries it
	// Title and What are keys of messages: what it looks for, and what to do when it finds some.
	Title, What string
	find        func(ctx context.Context, s *Service) ([]Found, error)
}

// Finding is something found, from when it was first seen until it was gone.
type Finding struct {
	ID          string
	Checker     string
	Subject     string
	Detail      string
	FirstSeenAt time.Time
	LastSeenAt  time.Time
	EndedAt     *time.Time
}

// TableName is the table of Finding.
func (Finding) TableName() string { return "integrity_finding" }

// Run is the last time a checker looked.
type Run struct {
	Checker string `gorm:"primaryKey"`
	RanAt   time.Time
	TookMs  int64
	Found   int64
	Problem string // why it could not look; empty when it could
}

// TableName is the table of Run.
func (Run) TableName() string { return "integrity_run" }

// Files finds documents without a file and files without a document.
type Files interface {
	Stray(ctx context.Context) (missing, orphans []string, err error)
}

// Jobs finds work that does not get done.
type Jobs interface {
	Stuck(ctx context.Context) ([]jobs.Failure, error)
}

// Notices finds messages that did not arrive.
type Notices interface {
	Undelivered(ctx context.Context, limit int) ([]notice.Notice, error)
}

// Record verifies the audit record as a whole.
type Record interface {
	VerifyAll(ctx context.Context) (audit.Report, error)
}

// Deps are the neighbours of the service.
type Deps struct {
	DB      *store.DB
	Packs   filing.Packs
	Files   Files
	Notices Notices
	Record  Record
	Clock   calendar.Clock
	Jobs    func() Jobs // the queue is built after the services
	// Closed lists the bodies that are no more on a day.
	Closed func(ctx context.Context, on calendar.Date) []string
}

// Service runs the checkers. It is the only writer of the tables integrity_finding and integrity_run.
type Service struct{ Deps }

// New makes the service.
func New(d Deps) *Service { return &Service{d} }
