// Package rehearse replays a rule pack on filings that were decided by another one, to show before it takes effect what it would change: which
// filings would go to another body, which dates would move, which would lose their remedy. Nothing is written. Answers are opened in memory and
// never leave it: a report names receipt codes, remedies, bodies and dates.
package rehearse

import (
	"context"
	"slices"

	"reliefportal/app/calendar"
	"reliefportal/app/filing"
	"reliefportal/app/rules"
)

// Kind is what a pack would change of a filing.
type Kind string

// The kinds of change.
const (
	Body     Kind = "body"     // another body would have it
	Division Kind = "division" // another division of the body would receive it
	LastDay  Kind = "last_day" // the last day by law of a clock would move
	FileBy   Kind = "file_by"  // the last day stays, the day to advise would move
	NoClock  Kind = "no_clock" // the pack has no such clock any more
	NoRemedy Kind = "remedy"   // its remedy is gone, or would not have been open on the day it was received
)

// Change is one difference. From and To are names of bodies, kinds of division or civil dates (2026-10-08); To is empty where nothing follows.
type Change struct {
	Kind Kind   `json:"kind"`
	Rule string `json:"rule,omitempty"` // id of the clock rule
	From string `json:"from,omitempty"`
	To   string `json:"to,omitempty"`
}

// Row is one filing that would change.
type Row struct {
	Code    string        `json:"code"` // receipt code in two groups
	Remedy  string        `json:"remedy"`
	On      calendar.Date `json:"received_on"`
	Changes []Change      `json:"changes"`
}

// Report is what a pack would change among the last filings.
type Report struct {
	Pack    string        `json:"pack"`
	Hash    string        `json:"hash"`
	From    calendar.Date `json:"from"`
	Looked  int           `json:"looked_at"` // filings replayed
	Unread  int           `json:"unread"`    // filings whose own pack, or whose answers, cannot be read any more
	Changed []Row         `json:"changed"`   // the newest first
}

// Count is how many filings have a change of one of the kinds.
func (r Report) Count(kinds ...Kind) int {
	n := 0
	for _, row := range r.Changed {
		if slices.ContainsFunc(row.Changes, func(c Change) bool { return slices.Contains(kinds, c.Kind) }) {
			n++
		}
	}
	return n
}

// Filings is package filing as a rehearsal needs it.
type Filings interface {
	EachLatest(ctx context.Context, n int, visit func(f filing.Filing, clocks []filing.Clock) error) error
	Pack(f filing.Filing) (*rules.Pack, error)
	Facts(f filing.Filing) (rules.Facts, error)
}

// MaxFilings is the most filings of one rehearsal (PROJECT): a page must answer in seconds.
const MaxFilings = 1000

// Run replays a candidate on the last n filings, at most MaxFilings.
func Run(ctx context.Context, filings Filings, courts rules.Courts, candidate *rules.Pack, n int) (Report, error) {
	out := Report{Pack: candidate.ID, Hash: candidate.Hash, From: candidate.From, Changed: []Row{}}
	err := filings.EachLatest(ctx, min(n, MaxFilings), func(f filing.Filing, clocks []filing.Clock) error {
		if err := ctx.Err(); err != nil {
			return err
		}
		out.Looked++
		own, errPack := filings.Pack(f)
		facts, errFacts := filings.Facts(f)
		if errPack != nil || errFacts != nil {
			out.Unread++
			return nil
		}
		r := replay{filing: f, own: own, candidate: candidate, courts: courts, facts: facts}
		if changes := r.changes(clocks); len(changes) > 0 {
			out.Changed = append(out.Changed, Row{Code: f.Code(), Remedy: f.Remedy, On: f.ReceivedOn(), Changes: changes})
		}
		return nil
	})
	return out, err
}
