package rules

import (
	"maps"
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
	return open[0], asked, p.atMost(f, on, asked, open), true
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
		// Whether it is an emergency decides what is seen first, so that is asked too.
		for _, id := range env.Hinges(urgency(d.Remedy), d.Missing) {
			if !slices.Contains(out, id) {
				out = append(out, id)
			}
		}
	}
	return env, out
}

// urgency is the condition of an emergency; a remedy without one never is.
func urgency(r *Remedy) *Cond {
	if r.Urgent.IsZero() {
		return &Cond{Op: OpNever}
	}
	return &r.Urgent
}

// The bound on the number of questions follows every answer of the next few and counts what is left after that.
const (
	depthLive  = 1 // for each page
	depthStart = 3 // once for each answer of the first question, then kept
)

// longest bounds the questions still to come.
func (p *Pack) longest(f Facts, on calendar.Date, open []*Question, depth int) int {
	if len(open) == 0 {
		return 0
	}
	most := 0
	first := open[0]
	for _, v := range p.index.facts[first.Fact].samples(on) {
		g := maps.Clone(f)
		g[first.Fact] = v
		most = max(most, 1+p.after(g, on, depth-1))
	}
	return most
}

// after bounds the questions that follow once g is known.
func (p *Pack) after(g Facts, on calendar.Date, depth int) int {
	if depth == 0 {
		return p.perhaps(g, on)
	}
	return p.longest(g, on, p.openQuestions(g, on), depth)
}

// samples are answers that between them open every follow-up: each option, an old date, "I do not know".
func (f Fact) samples(on calendar.Date) []Value {
	out := []Value{Unsure()}
	switch f.Kind {
	case FactDate:
		const longAgo = 3 * 365
		out = append(out, On(on.AddDays(-longAgo)))
	case FactChoice, FactYesNo:
		for _, o := range f.Options {
			out = append(out, Pick(o.ID))
		}
	case FactChoices:
		var all []string
		for _, o := range f.Options {
			all = append(all, o.ID)
		}
		out = append(out, Picks(all...))
	}
	return out
}

// startBound is the most questions that can follow the first answer, worked out once for each pack and answer.
func (p *Pack) startBound(f Facts, on calendar.Date) int {
	first := p.Finder[0].Fact
	answer := f[first].Choice
	if n, ok := p.bounds.Load(answer); ok {
		return n.(int)
	}
	g := Facts{first: f[first]}
	n := 1 + p.longest(g, on, p.openQuestions(g, on), depthStart)
	p.bounds.Store(answer, n)
	return n
}

// atMost bounds all questions of one person, those already answered included.
func (p *Pack) atMost(f Facts, on calendar.Date, asked int, open []*Question) int {
	known := max(p.MostQuestions, asked+len(open))
	if asked == 0 {
		return known
	}
	n := min(known, asked+p.longest(f, on, open, depthLive))
	if f.Asked(p.Finder[0].Fact) {
		n = min(n, max(p.startBound(f, on), asked+len(open)))
	}
	return n
}

// perhaps counts unanswered questions that are not certainly skipped and that a door hangs on.
func (p *Pack) perhaps(f Facts, on calendar.Date) int {
	env, hinges := p.hinges(f, on)
	if env.late == False {
		env.late = Unknown // a date still to come may be long past
		for _, r := range p.index.after {
			hinges = env.Hinges(&r.OpenWhen, hinges)
			if r.Window != nil {
				hinges = append(hinges, r.Window.From)
			}
		}
	}
	n := 0
	for _, q := range p.Finder {
		if !q.Volunteer && !f.Asked(q.Fact) && env.Eval(&q.Ask) != False && slices.Contains(hinges, q.Fact) {
			n++
		}
	}
	return n
}
