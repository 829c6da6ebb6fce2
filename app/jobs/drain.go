package jobs

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/riverqueue/river"

	"reliefportal/app/store"
)

// Drain works every job that is due now, and those they insert, one after the other, and returns when none is left. It
// reports each try that failed. Periodic work does not start by it. It is for tests and for commands that end.
func (q *Queue) Drain(ctx context.Context) error {
	config := q.config()
	config.FetchPollInterval, config.FetchCooldown = drainPoll, drainPoll
	config.Queues = map[string]river.QueueConfig{mainQueue: {MaxWorkers: 1}}
	config.TestOnly = true // without it the client first sleeps so as not to start maintenance with others at once
	client, err := river.NewClient(store.RiverDriver(q.db.Dialect(), q.db.SQL()), config)
	if err != nil {
		return fmt.Errorf("prepare to drain the queue: %w", err)
	}
	events, unsubscribe := client.SubscribeConfig(&river.SubscribeConfig{ChanSize: 10_000, Kinds: []river.EventKind{river.EventKindJobFailed}})
	defer unsubscribe()
	if err := client.Start(ctx); err != nil {
		return fmt.Errorf("drain the queue: %w", err)
	}
	waited := q.waitUntilIdle(ctx)
	return errors.Join(waited, client.Stop(ctx), failures(events))
}

func (q *Queue) waitUntilIdle(ctx context.Context) error {
	tick := time.NewTicker(2 * drainPoll)
	defer tick.Stop()
	for {
		due, err := q.due(ctx)
		if err != nil || due == 0 {
			return err
		}
		select {
		case <-tick.C:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// due counts jobs that run or could run now by the database's clock, which is the one River takes jobs by.
func (q *Queue) due(ctx context.Context) (n int64, err error) {
	now := "now()"
	if q.db.Dialect() == store.SQLite {
		now = "datetime('now', 'subsec')"
	}
	row := q.db.SQL().QueryRowContext(ctx, "SELECT count(*) FROM river_job WHERE state = 'running' OR (state = 'available' AND scheduled_at <= "+now+")")
	if err := row.Scan(&n); err != nil {
		return 0, fmt.Errorf("count due jobs: %w", err)
	}
	return n, nil
}

func failures(events <-chan *river.Event) error {
	var errs []error
	for {
		select {
		case e, open := <-events:
			if !open {
				return errors.Join(errs...)
			}
			last := e.Job.Errors[len(e.Job.Errors)-1]
			errs = append(errs, fmt.Errorf("job %s: %s", e.Job.Kind, last.Error))
		default:
			return errors.Join(errs...)
		}
	}
}
