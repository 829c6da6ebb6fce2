package rules

import "reliefportal/app/calendar"

// CarryOut says within what time a decision in the person's favour must be carried out, and what is open when it is not.
type CarryOut struct {
	Within calendar.Period // counted from the day the decision reached the person
	Cite   Cite
	Text   Text         // the duty, in words; says so where no rule sets a time
	Next   []NextRemedy // ways when it was not done, or only in part
	// Finding is what the supervision is told when it was not done; empty tells it nothing.
	Finding Text
}

// IsZero reports that nothing was said.
func (c CarryOut) IsZero() bool { return c.Within.IsZero() }

// Meanwhile says, beyond Stay, what happens to enforcement while a remedy runs. Unknown parts stay empty and are shown as unknown.
type Meanwhile struct {
	Asset Text // which asset waits, if any does
	Until Text // until when
	Ask   Text // what to ask for in the same paper
	Cites []Cite
}

// Empty reports that nothing is known beyond Stay.
func (m Meanwhile) Empty() bool { return m.Asset.Empty() && m.Until.Empty() && m.Ask.Empty() }

// CarryOutOf is the duty behind an outcome: its own, else the pack's general one. ok is false where there is nothing to carry out.
func (p *Pack) CarryOutOf(o Outcome) (c CarryOut, ok bool) {
	if o.Effect != EffectGranted && o.Effect != EffectPartly {
		return CarryOut{}, false
	}
	if !o.Done.IsZero() {
		return o.Done, true
	}
	return p.CarryOut, !p.CarryOut.IsZero()
}

// Restriction is one kind of restriction with its terms: when it has to end, by what event.
type Restriction struct {
	ID    string
	Label Text
	Where Text // the public page on which anybody can see whether it is still there
	Terms []RestrictionTerm
}

// RestrictionTerm is how soon a restriction has to end after an event.
type RestrictionTerm struct {
	ID     string // event: paid, settled, secured, agreed, rested, stopped, ended, term, ruling
	Label  Text   // the event, in words
	Day    Text   // the question for the day it happened
	Within calendar.Period
	Must   bool // false: the court may end it, but need not
	Cite   Cite
	Note   Text // what else matters; says so where no rule sets a time
	// Correct is the filing to be drafted when the day has passed and the restriction is still there.
	Correct NextRemedy
	// Lifts are outcomes, as REMEDY/OUTCOME, that are this event when they are served.
	Lifts []string
}

// Restriction finds a kind of restriction.
func (p *Pack) Restriction(id string) (Restriction, bool) {
	for _, r := range p.Restrictions {
		if r.ID == id {
			return r, true
		}
	}
	return Restriction{}, false
}

// Term finds an event of a restriction.
func (r Restriction) Term(id string) (RestrictionTerm, bool) {
	for _, t := range r.Terms {
		if t.ID == id {
			return t, true
		}
	}
	return RestrictionTerm{}, false
}

// LiftedBy finds the restriction and event that an outcome of a remedy amounts to.
func (p *Pack) LiftedBy(remedy, outcome string) (Restriction, RestrictionTerm, bool) {
	for _, r := range p.Restrictions {
		for _, t := range r.Terms {
			for _, o := range t.Lifts {
				if o == remedy+"/"+outcome {
					return r, t, true
				}
			}
		}
	}
	return Restriction{}, RestrictionTerm{}, false
}
