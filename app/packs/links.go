package packs

import (
	"errors"
	"fmt"
	"slices"

	"reliefportal/app/rules"
)

// links refuses a pack in which one part names another that is not there.
func links(p *rules.Pack) error {
	l := &linker{pack: p}
	for _, c := range p.Clocks {
		l.remedies("clock "+c.ID, c.OnExpiry)
		l.cites("clock "+c.ID, []rules.Cite{c.Cite})
	}
	for _, r := range p.Remedies {
		l.remedy(r)
	}
	for _, row := range p.Rows {
		l.row(row)
	}
	if _, ok := p.Clock(p.Desk.Clock); !ok && p.Desk.Clock != "" {
		l.add("desk", "no clock is called %q", p.Desk.Clock)
	}
	l.cites("desk", p.Desk.Cites)
	l.application(p.Application)
	l.letters(p.Letters)
	l.carry("carry_out", p.CarryOut)
	for id, n := range p.LateDrafts {
		l.nexts("late draft of "+id, []rules.NextRemedy{n})
	}
	for _, r := range p.Restrictions {
		l.restriction(r)
	}
	l.work(p.Work)
	l.means(p.Means)
	l.handover(p.Handover)
	return errors.Join(l.errs...)
}

type linker struct {
	pack *rules.Pack
	errs []error
}

func (l *linker) add(where, format string, args ...any) {
	l.errs = append(l.errs, fmt.Errorf("%s: %s", where, fmt.Sprintf(format, args...)))
}

func (l *linker) remedies(where string, ids []string) {
	for _, id := range ids {
		if _, ok := l.pack.Remedy(id); !ok {
			l.add(where, "no remedy is called %q", id)
		}
	}
}

func (l *linker) cites(where string, cites []rules.Cite) {
	for _, c := range cites {
		if _, ok := l.pack.Source(c.Source); !ok {
			l.add(where, "no source is called %q", c.Source)
		}
	}
}

func (l *linker) remedy(r *rules.Remedy) {
	w := "remedy " + r.ID
	l.remedies(w, r.Late)
	l.remedies(w, r.Overlaps)
	l.cites(w, r.Cites)
	l.cites(w, r.Stay.Cites)
	l.cites(w, r.Meanwhile.Cites)
	for _, id := range r.Questions {
		if _, ok := l.pack.Question(id); !ok {
			l.add(w, "no question is called %q", id)
		}
	}
	for stage, s := range r.Stages {
		if _, ok := l.pack.Clock(s.Rule); !ok {
			l.add(w, "stage %s names the unknown clock %q", stage, s.Rule)
		}
	}
	for _, s := range r.Shut {
		l.remedies(w+" shut "+s.ID, s.Ways)
		l.cites(w+" shut "+s.ID, s.Cites)
	}
	for _, g := range slices.Concat(r.RefuseGrounds, r.Grounds) {
		l.sideOf(w, g)
		l.remedies(w+" ground "+g.Code, g.Ways)
		l.cites(w+" ground "+g.Code, g.Cites)
	}
	for _, o := range r.Outcomes {
		l.outcome(w, o)
	}
	for _, c := range []*rules.Cond{&r.OpenWhen, &r.Urgent} {
		l.steady(w, c)
	}
}

// steady refuses conditions that ask whether something was answered where a door depends on them: with those, an
// answer could close what not knowing had left open for the wrong reason.
func (l *linker) steady(where string, c *rules.Cond) {
	if c.Has(rules.OpKnown) || c.Has(rules.OpUnsure) {
		l.add(where, "a door may not depend on whether a question was answered")
	}
}

func (l *linker) outcome(w string, o rules.Outcome) {
	l.nexts(w+" outcome "+o.ID, o.Next)
	l.carry(w+" outcome "+o.ID, o.Done)
}

func (l *linker) nexts(w string, next []rules.NextRemedy) {
	for _, n := range next {
		l.remedies(w, []string{n.Remedy})
		for to, from := range n.Carry {
			if _, ok := l.pack.Fact(to); !ok {
				l.add(w, "carries to the unknown fact %q", to)
			}
			if _, ok := l.pack.Fact(from); !ok && !slices.Contains(pseudo, from) {
				l.add(w, "carries from the unknown fact %q", from)
			}
		}
		for id, text := range n.Say {
			if f, ok := l.pack.Fact(id); !ok || (f.Kind != rules.FactText && f.Kind != rules.FactLongText) || text.Zh == "" || text.En == "" {
				l.add(w, "says the fact %q, which is no text or has no words", id)
			}
		}
	}
}

var pseudo = []rules.FactID{
	rules.DecisionServedOn, rules.DecisionMadeOn, rules.DecisionNumber, rules.DecisionCourt, rules.FilingReceivedOn,
}

func (l *linker) row(row rules.RouteRow) {
	w := "route " + row.ID
	for _, id := range row.Remedies {
		if id != "*" {
			l.remedies(w, []string{id})
		}
	}
	l.cites(w, row.Cites)
	if f, ok := l.pack.Fact(row.Of); row.Of != "" && (!ok || f.Kind != rules.FactCourt) {
		l.add(w, "%q is no court fact", row.Of)
	}
	needsCourt := slices.Contains([]rules.RouteStep{rules.StepSame, rules.StepAbove, rules.StepIntermediate, rules.StepProcuratorate}, row.Step)
	if needsCourt == (row.Of == "") {
		l.add(w, "step %q and court fact %q do not go together", row.Step, row.Of)
	}
	if row.Step == rules.StepNamed && row.Named == "" {
		l.add(w, "a named body has no name")
	}
}
