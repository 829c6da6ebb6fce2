package rules

import (
	"cmp"
	"slices"

	"reliefportal/app/calendar"
)

// Doors works out how far each remedy's door stands open for these facts on this day (civil date in China).
// Remedies that certainly have nothing to do with the facts are left out. Emergencies come first, then doors with a
// last day by that day, open ones, those missing an answer, late ones and shut ones. courts may be nil.
func (p *Pack) Doors(f Facts, on calendar.Date, courts Courts) []Door {
	env := p.Env(f, on, courts)
	out := p.pass(env, nil, false)
	env.late = lateness(out)
	out = p.pass(env, out, true)
	for i := range out {
		p.finish(env, &out[i])
	}
	slices.SortStableFunc(out, byRank)
	return out
}

// pass works out the remedies that do (or do not) depend on whether another door is late.
func (p *Pack) pass(env *Env, out []Door, late bool) []Door {
	list := p.index.prompt
	if late {
		list = p.index.after
	}
	for _, r := range list {
		if d, ok := p.door(env, r); ok {
			out = append(out, d)
		}
	}
	return out
}

func lateness(doors []Door) Truth {
	out := False
	for _, d := range doors {
		switch {
		case d.State == DoorLate:
			return True
		case d.State == DoorMaybe && d.Window != nil && d.Window.Left < 0:
			out = Unknown
		}
	}
	return out
}

func (p *Pack) door(env *Env, r *Remedy) (Door, bool) {
	open := env.Eval(&r.OpenWhen)
	if open == False {
		return Door{}, false
	}
	d := Door{Remedy: r, State: DoorOpen, Cites: r.Cites}
	if s := env.shut(r); s != nil {
		d.State, d.Why, d.Ways, d.Cites = DoorShut, s.Why, s.Ways, s.Cites
		return d, true
	}
	d.Missing = env.Hinges(&r.OpenWhen, nil)
	ajar := open == Unknown
	for i := range r.Shut {
		n := len(d.Missing)
		d.Missing = env.Hinges(&r.Shut[i].When, d.Missing)
		for _, id := range d.Missing[n:] {
			// A possible bar is for the body to examine; only a question still to come holds the door ajar.
			ajar = ajar || p.askable(env, id)
		}
	}
	p.window(env, r, &d)
	if ajar && d.State != DoorLate {
		d.State = DoorMaybe
	}
	return d, true
}

// shut finds the first reason that certainly shuts the door.
func (e *Env) shut(r *Remedy) *ShutReason {
	for i := range r.Shut {
		if e.Eval(&r.Shut[i].When) == True {
			return &r.Shut[i]
		}
	}
	return nil
}

// finish adds what needs the finished state: words, ways back, the next question, the body, urgency, trace.
func (p *Pack) finish(env *Env, d *Door) {
	r := d.Remedy
	switch d.State {
	case DoorShut:
		d.Trace = append(d.Trace, TraceLine{Rule: r.ID + " shut", Result: True, Facts: r.OpenWhen.Facts()})
		return
	case DoorLate:
		d.Ways = r.Late
	}
	d.Why = env.why(r)
	d.AskNext = p.askNext(env, d.Missing)
	d.Urgent = !r.Urgent.IsZero() && d.State != DoorLate && env.Eval(&r.Urgent) == True
	routing := p.route(env, r.ID)
	d.Routing = &routing
	d.Trace = append(d.Trace, TraceLine{Rule: r.ID + " open", Result: env.Eval(&r.OpenWhen), Facts: r.OpenWhen.Facts()})
	if d.Window != nil {
		d.Trace = append(d.Trace, TraceLine{Rule: r.Window.Clock, Result: truth(d.State != DoorLate), Facts: []FactID{d.Window.From}})
	}
}

func (e *Env) why(r *Remedy) Text {
	for i := range r.Why {
		if e.Eval(&r.Why[i].When) == True {
			return r.Why[i].Text
		}
	}
	return r.Purpose
}

// askNext finds the finder question that would settle the first missing fact still unasked.
func (p *Pack) askNext(env *Env, missing []FactID) string {
	for _, id := range missing {
		if p.askable(env, id) {
			return p.index.byFact[id].ID
		}
	}
	return ""
}

// askable reports whether the finder may still ask for a fact.
func (p *Pack) askable(env *Env, id FactID) bool {
	q, ok := p.index.byFact[id]
	return ok && !q.Volunteer && !env.Facts.Asked(id) && env.Eval(&q.Ask) != False
}

var stateOrder = map[DoorState]int{DoorUntil: 0, DoorOpen: 1, DoorMaybe: 2, DoorLate: 3, DoorShut: 4}

func byRank(a, b Door) int {
	if a.Urgent != b.Urgent {
		if a.Urgent {
			return -1
		}
		return 1
	}
	if c := cmp.Compare(stateOrder[a.State], stateOrder[b.State]); c != 0 {
		return c
	}
	if a.State == DoorUntil {
		if c := a.Window.Deadline.LegalEnd.Compare(b.Window.Deadline.LegalEnd); c != 0 {
			return c
		}
	}
	return cmp.Or(cmp.Compare(a.Remedy.Rank, b.Remedy.Rank), cmp.Compare(a.Remedy.ID, b.Remedy.ID))
}
