package jobs

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"
	"gorm.io/gorm"

	"reliefportal/app/calendar"
	"reliefportal/app/store"
)

// Inserter is what a noun needs of the queue.
type Inserter interface {
	// Insert adds a job in the caller's transaction: it is worked if, and only if, the transaction commits.
	Insert(tx *gorm.DB, args Args) error
}

// Queue inserts and works jobs.
type Queue struct {
	db       *store.DB
	registry *Registry
	log      *slog.Logger
	client   *river.Client[*sql.Tx]
}

const (
	pollInterval     = 250 * time.Millisecond // neither driver is told of new jobs, so this is the usual delay
	rescueAfter      = 10 * time.Minute       // a job of a killed process is tried again after this
	keepGivenUp      = 90 * 24 * time.Hour
	workersPostgres  = 8
	workersSQLite    = 2 // they share one writer
	mainQueue        = river.QueueDefault
	stopHardAfter    = 5 * time.Second
	longestTimeout   = rescueAfter / 2
	drainPoll        = 2 * time.Millisecond
	failedAtMost     = 200
	insertionAttempt = "insert job %s: %w"
)

// New gives a queue over the database that knows the kinds in registry. It reports kinds registered wrongly.
func New(db *store.DB, registry *Registry, log *slog.Logger) (*Queue, error) {
	if err := registry.check(); err != nil {
		return nil, err
	}
	q := &Queue{db: db, registry: registry, log: log}
	config := q.config()
	config.PeriodicJobs = registry.schedule()
	client, err := river.NewClient(store.RiverDriver(db.Dialect(), db.SQL()), config)
	if err != nil {
		return nil, fmt.Errorf("prepare the job queue: %w", err)
	}
	q.client = client
	return q, nil
}

func (r *Registry) check() error {
	errs := r.errs
	for name, k := range r.kinds {
		if k.timeout > longestTimeout || k.maxTries < 1 {
			errs = append(errs, fmt.Errorf("job kind %s: a try may take %s at most, and there must be one", name, longestTimeout))
		}
	}
	return errors.Join(errs...)
}

func (q *Queue) config() *river.Config {
	workers := workersPostgres
	if q.db.Dialect() == store.SQLite {
		workers = workersSQLite
	}
	return &river.Config{
		Logger:                      q.log,
		Workers:                     q.registry.workers,
		Queues:                      map[string]river.QueueConfig{mainQueue: {MaxWorkers: workers}},
		FetchPollInterval:           pollInterval,
		DiscardedJobRetentionPeriod: keepGivenUp,
		RescueStuckJobsAfter:        rescueAfter,
	}
}

// Insert adds a job in the caller's transaction. A kind that nobody registered is an error, so a job is never inserted
// that nobody will work.
func (q *Queue) Insert(tx *gorm.DB, args Args) error { return q.insert(tx, args, time.Time{}) }

// InsertAt adds a job that is not worked before at, an instant of the machine's clock.
func (q *Queue) InsertAt(tx *gorm.DB, args Args, at time.Time) error { return q.insert(tx, args, at) }

func (q *Queue) insert(tx *gorm.DB, args Args, at time.Time) error {
	sqlTx, err := store.SQLTx(tx)
	if err != nil {
		return fmt.Errorf(insertionAttempt, args.Kind(), err)
	}
	opts := q.registry.kinds[args.Kind()].insertOpts()
	if at.After(calendar.SystemClock{}.Now()) { // River lets even a past instant wait for its scheduler
		opts.ScheduledAt = at
	}
	if _, err := q.client.InsertTx(tx.Statement.Context, sqlTx, args, opts); err != nil {
		return fmt.Errorf(insertionAttempt, args.Kind(), err)
	}
	return nil
}

func (k kind) insertOpts() *river.InsertOpts {
	opts := &river.InsertOpts{MaxAttempts: k.maxTries}
	if k.once {
		opts.UniqueOpts = river.UniqueOpts{ByArgs: true, ByState: []rivertype.JobState{
			rivertype.JobStateAvailable, rivertype.JobStatePending, rivertype.JobStateRetryable,
			rivertype.JobStateRunning, rivertype.JobStateScheduled,
		}}
	}
	return opts
}

// Start begins to work jobs in the background until Stop. The end of ctx does not stop it: jobs that run at shutdown
// are given time by Stop.
func (q *Queue) Start(ctx context.Context) error {
	if err := q.client.Start(context.WithoutCancel(ctx)); err != nil {
		return fmt.Errorf("start the job queue: %w", err)
	}
	return nil
}

// Stop takes no more jobs and waits for running ones until ctx ends; then their contexts are cancelled and they are
// tried again later.
func (q *Queue) Stop(ctx context.Context) error {
	err := q.client.Stop(ctx)
	if err == nil {
		return nil
	}
	hard, cancel := context.WithTimeout(context.WithoutCancel(ctx), stopHardAfter)
	defer cancel()
	return errors.Join(err, q.client.StopAndCancel(hard))
}
