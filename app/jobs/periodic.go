package jobs

import (
	"context"
	"maps"
	"slices"

	"github.com/riverqueue/river"
)

// periodicTries gives one run of periodic work up after about 100 seconds; the next run comes anyway.
const periodicTries = 4

// periodicArgs is one run of periodic work.
type periodicArgs struct {
	Name string `json:"name"`
}

// Kind is the job kind of periodic work.
func (periodicArgs) Kind() string { return "periodic" }

func (r *Registry) workPeriodic(ctx context.Context, args periodicArgs) error {
	return r.RunNow(ctx, args.Name)
}

// schedule gives River the periodic work in order of name. Only the elected leader among the instances inserts.
func (r *Registry) schedule() []*river.PeriodicJob {
	var out []*river.PeriodicJob
	for _, name := range slices.Sorted(maps.Keys(r.periodic)) {
		args := periodicArgs{Name: name}
		out = append(out, river.NewPeriodicJob(
			river.PeriodicInterval(r.periodic[name].every),
			func() (river.JobArgs, *river.InsertOpts) { return args, r.kinds[args.Kind()].insertOpts() },
			&river.PeriodicJobOpts{RunOnStart: true},
		))
	}
	return out
}
