package packs

import (
	"slices"

	"reliefportal/app/rules"
)

// CheckCases runs the worked cases and asks that each remedy has one in which its door is open and one in which it is
// not, so that both sides of its boundary are shown.
func CheckCases(p *rules.Pack, cases []Case, courts rules.Courts) []Problem {
	c := &checker{pack: p}
	open, closed := map[string]bool{}, map[string]bool{}
	seen := map[string]bool{}
	for _, w := range cases {
		where := "case " + w.ID
		if seen[w.ID] {
			c.add(where, "is there twice")
		}
		seen[w.ID] = true
		for _, diff := range w.Run(p, courts) {
			c.add(where, "%s", diff)
		}
		for _, d := range w.Doors {
			switch d.State {
			case rules.DoorOpen, rules.DoorUntil:
				open[d.Remedy] = true
			case rules.DoorShut, rules.DoorLate, rules.DoorMaybe:
				closed[d.Remedy] = true
			}
		}
		for _, id := range w.None {
			closed[id] = true
		}
	}
	for _, r := range p.Remedies {
		if !closed[r.ID] || !open[r.ID] && !neverOpen(r) {
			c.add("remedy "+r.ID, "has no worked case on both sides of its boundary")
		}
	}
	return c.out
}

// neverOpen reports whether a remedy is only there to say why it is shut and what is open instead.
func neverOpen(r *rules.Remedy) bool {
	return slices.ContainsFunc(r.Shut, func(s rules.ShutReason) bool { return s.When.IsZero() })
}
