// Package jobs runs background work. A job is a row inserted in the transaction of the fact that calls for it, worked at
// least once, retried, and given up visibly. Workers must therefore be idempotent and re-read the world when they run.
// The arguments of a job hold identifiers only, never personal data.
package jobs

import (
	"context"
	"fmt"
	"time"

	"github.com/riverqueue/river"
)

// Args are the arguments of one kind of job; they are stored as JSON. Kind must never change while jobs of it exist.
type Args interface{ Kind() string }

// Registry holds what can be worked: kinds of jobs and periodic work. Fill it before New; it is not safe for
// concurrent use.
type Registry struct {
	workers  *river.Workers
	kinds    map[string]kind
	periodic map[string]periodic
	errs     []error
}

type kind struct {
	maxTries int
	timeout  time.Duration
	once     bool
}

type periodic struct {
	every time.Duration
	work  func(context.Context) error
}

// NewRegistry gives an empty registry.
func NewRegistry() *Registry {
	r := &Registry{workers: river.NewWorkers(), kinds: map[string]kind{}, periodic: map[string]periodic{}}
	Register(r, r.workPeriodic, MaxTries(periodicTries), Once())
	return r
}

// Option changes how jobs of a kind are worked.
type Option func(*kind)

// MaxTries is how often a job is tried before it is given up; the pause after try n is n⁴ seconds. The default is 8,
// which is about 80 minutes in all.
func MaxTries(n int) Option { return func(k *kind) { k.maxTries = n } }

// Timeout is how long one try may take before its context ends; the default is two minutes.
func Timeout(d time.Duration) Option { return func(k *kind) { k.timeout = d } }

// Once lets an insert do nothing while an equal job, of the same kind and arguments, still waits or runs.
func Once() Option { return func(k *kind) { k.once = true } }

// Register says what is done with jobs of kind T. A kind registered twice is reported by New.
func Register[T Args](r *Registry, work func(ctx context.Context, args T) error, opts ...Option) {
	var zero T
	k := kind{maxTries: 8, timeout: 2 * time.Minute}
	for _, set := range opts {
		set(&k)
	}
	if err := river.AddWorkerSafely(r.workers, &worker[T]{work: work, timeout: k.timeout}); err != nil {
		r.errs = append(r.errs, fmt.Errorf("register job kind %s: %w", zero.Kind(), err))
		return
	}
	r.kinds[zero.Kind()] = k
}

// Every runs work at start and then every d, on one instance at a time: a run is left out while the one before it still
// works or waits for its next try.
func (r *Registry) Every(name string, d time.Duration, work func(ctx context.Context) error) {
	if _, there := r.periodic[name]; there {
		r.errs = append(r.errs, fmt.Errorf("register periodic work %s: it is there already", name))
		return
	}
	r.periodic[name] = periodic{every: d, work: work}
}

// RunNow does periodic work at once in this goroutine, for a command or a test that moved the clock.
func (r *Registry) RunNow(ctx context.Context, name string) error {
	p, there := r.periodic[name]
	if !there {
		return fmt.Errorf("no periodic work is called %s", name)
	}
	return p.work(ctx)
}

// worker adapts a function to River.
type worker[T Args] struct {
	river.WorkerDefaults[T]
	work    func(context.Context, T) error
	timeout time.Duration
}

// Work does one try. What it returns is stored with the job and logged, so it is cleaned of personal data here.
func (w *worker[T]) Work(ctx context.Context, job *river.Job[T]) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v", p)
		}
		err = clean(err)
	}()
	return w.work(ctx, job.Args)
}

// Timeout is the longest one try may take.
func (w *worker[T]) Timeout(*river.Job[T]) time.Duration { return w.timeout }
