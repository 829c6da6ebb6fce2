package rehearse

import (
	"slices"

	"reliefportal/app/filing"
	"reliefportal/app/rules"
)

// replay is one filing under its own pack and under the candidate.
type replay struct {
	filing         filing.Filing
	own, candidate *rules.Pack
	courts         rules.Courts
	facts          rules.Facts
}

// changes lists what the candidate would change. A filing without its remedy has no route and no clocks to compare.
func (r replay) changes(clocks []filing.Clock) []Change {
	if r.lost() {
		return []Change{{Kind: NoRemedy, From: r.filing.Remedy}}
	}
	out := r.route()
	for _, c := range clocks {
		if change, moved := r.clock(c); moved && !slices.Contains(out, change) {
			out = append(out, change)
		}
	}
	return out
}

// lost says that the remedy is gone, or that its door was open on the day of receipt and would not have been.
func (r replay) lost() bool {
	if _, ok := r.candidate.Remedy(r.filing.Remedy); !ok {
		return true
	}
	return r.open(r.own) && !r.open(r.candidate)
}

// open says whether a pack holds the door of the remedy open, or ajar, or late with a way back, on the day the filing was received.
func (r replay) open(p *rules.Pack) bool {
	return slices.ContainsFunc(p.Doors(r.facts, r.filing.ReceivedOn(), r.courts), func(d rules.Door) bool {
		return d.Remedy.ID == r.filing.Remedy && d.State != rules.DoorShut
	})
}

// route compares what both packs say on the same answers. Where a person named the body, both leave it to a person and nothing changes.
func (r replay) route() []Change {
	was, now := r.own.Route(r.filing.Remedy, r.facts, r.courts), r.candidate.Route(r.filing.Remedy, r.facts, r.courts)
	var out []Change
	if from, to := bodyOf(was), bodyOf(now); from != to {
		out = append(out, Change{Kind: Body, From: from, To: to})
	}
	if was.Division != now.Division {
		out = append(out, Change{Kind: Division, From: was.Division, To: now.Division})
	}
	return out
}

// bodyOf names the body of a route: the court, or its general words where the pack names none; empty where a person decides.
func bodyOf(r rules.Routing) string {
	switch {
	case r.Arbiter:
		return ""
	case r.Court != "":
		return r.Court
	}
	return r.Body.Zh
}

// clock compares the dates of a clock as they stand with those the candidate would give.
func (r replay) clock(c filing.Clock) (Change, bool) {
	rule, ok := r.ruleFor(c)
	if !ok {
		return Change{Kind: NoClock, Rule: c.Rule, From: c.LegalEndOn.String()}, true
	}
	dl := r.candidate.Calendar.End(c.StartedOn, rule.Length)
	switch {
	case dl.LegalEnd != c.LegalEndOn:
		return Change{Kind: LastDay, Rule: rule.ID, From: c.LegalEndOn.String(), To: dl.LegalEnd.String()}, true
	case dl.FileBy != c.FileByOn:
		return Change{Kind: FileBy, Rule: rule.ID, From: c.FileByOn.String(), To: dl.FileBy.String()}, true
	}
	return Change{}, false
}

// ruleFor is the candidate's clock for the stage that the filing's own pack bound the clock to; a clock of no stage (the applicant's window after
// service) keeps its rule.
func (r replay) ruleFor(c filing.Clock) (rules.ClockRule, bool) {
	if remedy, ok := r.own.Remedy(r.filing.Remedy); ok {
		for _, stage := range []rules.Stage{rules.StageSubmitted, rules.StageSupplement, rules.StageReviewing, rules.StageDecided} {
			if remedy.Stages[stage].Rule == c.Rule {
				rule, _, ok := r.candidate.StageClock(r.filing.Remedy, stage)
				return rule, ok
			}
		}
	}
	return r.candidate.Clock(c.Rule)
}
