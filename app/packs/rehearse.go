package packs

import (
	"fmt"

	"reliefportal/app/calendar"
	"reliefportal/app/rules"
)

// Filed is what a rehearsal needs of a filing.
type Filed struct {
	Reference string
	Remedy    string
	Facts     rules.Facts
	On        calendar.Date // the day it was filed
}

// Move is one thing that would be different for a filing under another pack.
type Move struct {
	Reference string
	Remedy    string
	What      string
}

// Rehearse replays filings under two packs and lists what would move: the door's state, the last day, the body, the
// clocks. Nothing is changed by it.
func Rehearse(old, now *rules.Pack, filed []Filed, courts rules.Courts) []Move {
	var out []Move
	for _, f := range filed {
		for _, what := range moves(old, now, f, courts) {
			out = append(out, Move{Reference: f.Reference, Remedy: f.Remedy, What: what})
		}
	}
	return out
}

func moves(old, now *rules.Pack, f Filed, courts rules.Courts) []string {
	var out []string
	differ := func(what string, a, b any) {
		if a != b {
			out = append(out, fmt.Sprintf("%s: %v becomes %v", what, a, b))
		}
	}
	a, b := doorOf(old, f, courts), doorOf(now, f, courts)
	differ("door", a.State, b.State)
	differ("last day", lastDay(a), lastDay(b))
	ra, rb := old.Route(f.Remedy, f.Facts, courts), now.Route(f.Remedy, f.Facts, courts)
	differ("body", ra.Court, rb.Court)
	differ("division", ra.Division, rb.Division)
	for _, s := range []rules.Stage{rules.StageSubmitted, rules.StageSupplement, rules.StageReviewing, rules.StageDecided} {
		ca, _, _ := old.StageClock(f.Remedy, s)
		cb, _, _ := now.StageClock(f.Remedy, s)
		differ("clock of "+string(s), ca.Length, cb.Length)
	}
	return out
}

func doorOf(p *rules.Pack, f Filed, courts rules.Courts) rules.Door {
	for _, d := range p.Doors(f.Facts, f.On, courts) {
		if d.Remedy.ID == f.Remedy {
			return d
		}
	}
	return rules.Door{State: "none"}
}

func lastDay(d rules.Door) string {
	if d.Window == nil {
		return "none"
	}
	return d.Window.Deadline.LegalEnd.String()
}
