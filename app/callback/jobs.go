package callback

import (
	"context"
	"time"

	"reliefportal/app/jobs"
	"reliefportal/app/rules"
)

// Names of the periodic work of callbacks.
const (
	EveryClose        = "callback.close_late"
	EveryFindings     = "callback.findings"
	EveryAppointments = "callback.appointments"
	EveryChecks       = "callback.checks"
	EveryRounds       = "callback.rounds"
	EveryLanguages    = "callback.languages"
)

// sweepEvery is how often clocks are looked at: late enough to cost nothing, soon enough that a day's clock is honest.
const sweepEvery = 10 * time.Minute

// Register adds the periodic work of callbacks: closing cases whose time ran out, the clocks of findings, the half-yearly rounds,
// and languages nobody speaks.
func Register(r *jobs.Registry, s *Service) {
	r.Every(EveryClose, sweepEvery, s.CloseLate)
	r.Every(EveryFindings, sweepEvery, s.SweepFindings)
	r.Every(EveryAppointments, sweepEvery, s.MissedAppointments)
	r.Every(EveryChecks, time.Hour, s.LapseChecks)
	r.Every(EveryRounds, time.Hour, s.Rounds)
	r.Every(EveryLanguages, sweepEvery, s.Unspoken)
}

// OpenOn brings the person of a filing before the programmes whenever a job of kind T is worked, for example after a decision was served.
// filing says which filing the job is about.
func OpenOn[T jobs.Args](r *jobs.Registry, s *Service, event rules.CallEvent, filing func(T) string) {
	jobs.Register(r, func(ctx context.Context, args T) error {
		return s.Happened(ctx, Event{Kind: event, FilingID: filing(args)})
	})
}
