package review

import (
	"slices"

	"reliefportal/app/rules"
)

// Finding is what a body found on one ground.
type Finding string

// The findings.
const (
	FoundMade    Finding = "made"
	FoundPartly  Finding = "partly"
	FoundNotMade Finding = "not_made"
)

// Findings in the order they are offered.
var Findings = []Finding{FoundMade, FoundPartly, FoundNotMade}

// found gives the finding on each ground of a ruling: the one that was written, else the one that follows from the outcome.
func (r Ruling) found(effect rules.OutcomeEffect, grounds []rules.Ground) map[string]Finding {
	out := map[string]Finding{}
	for _, code := range r.Grounds {
		g, _ := groundOf(grounds, code)
		switch said := r.Findings[code]; {
		case said != "":
			out[code] = said
		case g.For != rules.ForRequest:
			out[code] = FoundMade
		case effect == rules.EffectRejected:
			out[code] = FoundNotMade
		case effect == rules.EffectPartly:
			out[code] = FoundPartly
		default:
			out[code] = FoundMade
		}
	}
	return out
}

func groundOf(grounds []rules.Ground, code string) (rules.Ground, bool) {
	i := slices.IndexFunc(grounds, func(g rules.Ground) bool { return g.Code == code })
	if i < 0 {
		return rules.Ground{}, false
	}
	return grounds[i], true
}

// contradicts says why findings do not bear an outcome, as a message key; empty when they do. A request is not granted on a ground that speaks
// against it, nor refused while one that speaks for it is made out, and every outcome rests on something.
func contradicts(effect rules.OutcomeEffect, grounds []rules.Ground, found map[string]Finding) string {
	var holds, against bool
	for code, f := range found {
		g, _ := groundOf(grounds, code)
		switch {
		case g.For == rules.ForRequest && f != FoundNotMade:
			holds = true
		case g.For == rules.ForRefusal && f == FoundNotMade:
			return "decide.odd_finding"
		case g.For == rules.ForRefusal:
			against = true
		}
	}
	switch effect {
	case rules.EffectGranted:
		if against {
			return "decide.granted_against"
		}
		if !holds {
			return "decide.granted_on_nothing"
		}
	case rules.EffectPartly:
		if !holds {
			return "decide.partly_on_nothing"
		}
	case rules.EffectRejected:
		if holds {
			return "decide.refused_though"
		}
	case rules.EffectOther:
	}
	return ""
}
