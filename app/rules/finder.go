package rules

import (
	"slices"

	"reliefportal/app/calendar"
)

// NextQuestion gives the next finder question whose answer can still change a door, how many finder questions have been
// answered, and the most the person may be asked in all. ok is false when nothing is left to ask.
func (p *Pack) NextQuestion(f Facts, on calendar.Date) (q *Question, asked, atMost int, ok bool) {
	for _, x := range p.Finder {
		if f.Asked(x.Fact) {
			asked++
		}
	}
	open := p.openQuestions(f, on)
	if len(open) == 0 {
		return nil, asked, asked, false
	}
	return open[0], asked, asked + p.longest(f, on, open), true
}

// openQuestions are the unanswered finder questions that are due now and can change a door.
func (p *Pack) openQuestions(f Facts, on calendar.Date) []*Question {
	env, hinges := p.hinges(f, on)
	var out []*Question
	for _, q := range p.Finder {
		if !q.Volunteer && !f.Asked(q.Fact) && env.Eval(&q.Ask) == True && slices.Contains(hinges, q.Fact) {
			out = append(out, q)
		}
	}
	return out
}

// hinges collects the facts that the state of some door still hangs on.
func (p *Pack) hinges(f Facts, on calendar.Date) (*Env, []FactID) {
	env := p.Env(f, on, nil)
	doors := p.pass(env, nil, false)
	env.late = lateness(doors)
	doors = p.pass(env, doors, true)
	var out []FactID
	for _, d := range doors {
		if d.State == DoorShut {
			continue
		}
		for _, id := range d.Missing {
			if !slices.Contains(out, id) {
				out = append(out, id)
			}
		}
	}
	return env, out
}

// longest bounds the questions still to come: for each answer of the next question, those then due or perhaps due.
func (p *Pack) longest(f Facts, on calendar.Date, open []*Question) int {
	most := len(open)
	first := open[0]
	fact := p.index.facts[first.Fact]
	if fact.Kind != FactChoice && fact.Kind != FactYesNo {
		return max(most, p.perhaps(f, on))
	}
	for _, o := range fact.Options {
		g := f.Clone()
		g[first.Fact] = Pick(o.ID)
		most = max(most, 1+p.perhaps(g, on))
	}
	return most
}

// perhaps counts unanswered questions that are not certainly skipped and that a door hangs on.
func (p *Pack) perhaps(f Facts, on calendar.Date) int {
	env, hinges := p.hinges(f, on)
	n := 0
	for _, q := range p.Finder {
		if !q.Volunteer && !f.Asked(q.Fact) && env.Eval(&q.Ask) != False && slices.Contains(hinges, q.Fact) {
			n++
		}
	}
	return n
}
