package packs

import (
	"cmp"
	"fmt"
	"slices"

	"reliefportal/app/rules"
)

// Problem is one thing wrong with a pack that loads.
type Problem struct {
	Where string // "remedy R15", "question topic", "case c-17"
	What  string
}

// String gives both in one line.
func (p Problem) String() string { return p.Where + ": " + p.What }

// Check looks for what a pack that loads may still lack: facts nobody reads, questions that can never matter, remedies
// without a route, words missing in a language, rules without a citation.
func Check(p *rules.Pack) []Problem {
	c := &checker{pack: p}
	c.facts()
	c.questions()
	c.clocks()
	for _, r := range p.Remedies {
		c.remedy(r)
	}
	for _, row := range p.Rows {
		c.words("route "+row.ID, map[string]rules.Text{"body": row.Body, "reason": row.Reason})
		c.cited("route "+row.ID, row.Cites)
	}
	for _, s := range p.Surveys {
		c.survey(s)
	}
	if len(p.Surveys) > 0 {
		c.care()
	}
	c.application()
	c.work(p.Work)
	c.letters()
	c.means(p.Means)
	slices.SortFunc(c.out, func(a, b Problem) int {
		return cmp.Or(cmp.Compare(a.Where, b.Where), cmp.Compare(a.What, b.What))
	})
	return c.out
}

type checker struct {
	pack *rules.Pack
	out  []Problem
}

func (c *checker) add(where, format string, args ...any) {
	c.out = append(c.out, Problem{Where: where, What: fmt.Sprintf(format, args...)})
}

func (c *checker) words(where string, texts map[string]rules.Text) {
	for name, t := range texts {
		if t.Zh == "" {
			c.add(where, "%s has no Chinese words", name)
		}
		if t.En == "" {
			c.add(where, "%s has no English words", name)
		}
	}
}

// cited asks for a citation, and for a phrase of the article wherever a rule claims to have been checked against a text.
func (c *checker) cited(where string, cites []rules.Cite) {
	if len(cites) == 0 {
		c.add(where, "has no citation")
	}
	for _, x := range cites {
		if x.Standing == rules.Checked && x.Phrase == "" {
			c.add(where, "cites %s %s as checked without a phrase of it", x.Source, x.Article)
		}
	}
}

// facts lists facts that no question asks and no rule reads. Some the portal asks for on pages of its own: what cannot be had, why it comes late.
func (c *checker) facts() {
	used := map[rules.FactID]bool{rules.PapersCannot: true, "why_late": true} // asked on the pages of the papers and of the check
	for _, id := range rules.ServiceFacts {
		used[id] = true // asked on a page of their own
	}
	for _, q := range c.pack.Questions {
		used[q.Fact] = true
	}
	for _, cond := range conditions(c.pack) {
		for _, id := range cond.Facts() {
			used[id] = true
		}
	}
	for _, row := range c.pack.Rows {
		used[row.Of] = true
	}
	for _, r := range c.pack.Remedies {
		readBy(r, used)
	}
	for _, f := range c.pack.Facts {
		if !used[f.ID] {
			c.add("fact "+string(f.ID), "nothing asks for it or reads it")
		}
		texts := map[string]rules.Text{"label": f.Label}
		for _, o := range f.Options {
			texts["option "+o.ID] = o.Label
		}
		c.words("fact "+string(f.ID), texts)
	}
}

// readBy marks the facts that a remedy's window and its next ways read.
func readBy(r *rules.Remedy, used map[rules.FactID]bool) {
	if r.Window != nil {
		for _, id := range slices.Concat([]rules.FactID{r.Window.From}, r.Window.Earlier, r.Window.Later) {
			used[id] = true
		}
	}
	for _, o := range r.Outcomes {
		for _, n := range o.Next {
			for to := range n.Carry {
				used[to] = true
			}
		}
	}
}

// questions finds finder questions whose fact no door hangs on, and filing questions no remedy lists.
func (c *checker) questions() {
	hinges := map[rules.FactID]bool{}
	for _, r := range c.pack.Remedies {
		for _, id := range r.OpenWhen.Facts() {
			hinges[id] = true
		}
		for i := range r.Shut {
			for _, id := range r.Shut[i].When.Facts() {
				hinges[id] = true
			}
		}
		if w := r.Window; w != nil {
			for _, id := range slices.Concat([]rules.FactID{w.From}, w.Earlier, w.Later) {
				hinges[id] = true
			}
		}
	}
	listed := map[string]bool{}
	for _, r := range c.pack.Remedies {
		for _, id := range r.Questions {
			listed[id] = true
		}
	}
	for _, q := range c.pack.Questions {
		where := "question " + q.ID
		c.words(where, map[string]rules.Text{"title": q.Title, "hint": q.Hint, "why": q.Why})
		if slices.Contains(c.pack.Finder, q) {
			if !hinges[q.Fact] {
				c.add(where, "no door hangs on its answer")
			}
		} else if !listed[q.ID] {
			c.add(where, "no remedy asks it")
		}
	}
}

func (c *checker) clocks() {
	for _, k := range c.pack.Clocks {
		where := "clock " + k.ID
		c.words(where, map[string]rules.Text{"title": k.Title, "start": k.Start, "what follows": k.ExpiryText})
		c.cited(where, []rules.Cite{k.Cite})
		if k.Cite.Source == "" {
			c.add(where, "has no citation")
		}
		if k.Who != rules.WhoBody && k.Who != rules.WhoApplicant {
			c.add(where, "binds nobody")
		}
	}
}

func (c *checker) remedy(r *rules.Remedy) {
	where := "remedy " + r.ID
	c.words(where, map[string]rules.Text{
		"name": r.Name, "plain words": r.Plain, "purpose": r.Purpose, "who": r.Who, "against": r.Against, "body": r.Body, "stay": r.Stay.Text,
	})
	c.cited(where, r.Cites)
	if r.Stay.Effect == "" {
		c.add(where, "does not say whether enforcement waits")
	}
	if r.Window == nil {
		c.words(where, map[string]rules.Text{"no window": r.NoWindow})
	} else {
		c.words(where, map[string]rules.Text{"event": r.Window.Event})
		if len(r.Late) == 0 {
			c.add(where, "has a window and no way back from being late")
		}
	}
	switch r.Kind {
	case rules.KindFiling:
		c.filing(where, r)
	case rules.KindPaper, rules.KindExit:
		c.words(where, map[string]rules.Text{"contact": r.Contact})
	default:
		c.add(where, "has the unknown kind %q", r.Kind)
	}
	if len(r.Why) == 0 {
		c.add(where, "never says why it fits")
	}
	c.parts(where, r)
	c.routed(where, r)
}

// filing looks at what only a filing of the portal needs: every stage its clock, every refusal a next step.
func (c *checker) filing(where string, r *rules.Remedy) {
	for _, s := range []rules.Stage{rules.StageSubmitted, rules.StageSupplement, rules.StageReviewing, rules.StageDecided} {
		if _, ok := r.Stages[s]; !ok {
			c.add(where, "stage %s has no clock", s)
		}
	}
	if len(r.Questions) == 0 {
		c.add(where, "asks nothing")
	}
	if len(r.Grounds) == 0 || len(r.RefuseGrounds) == 0 || len(r.Outcomes) == 0 {
		c.add(where, "lacks grounds, refusal grounds or outcomes")
	}
	for _, g := range r.RefuseGrounds {
		if len(g.Ways) == 0 {
			c.add(where, "refusal ground %s names no next step", g.Code)
		}
	}
	for _, o := range r.Outcomes {
		if o.Effect == rules.EffectRejected && len(o.Next) == 0 {
			c.add(where, "outcome %s names no next step", o.ID)
		}
	}
}

func (c *checker) parts(where string, r *rules.Remedy) {
	for _, s := range r.Shut {
		c.words(where+" shut "+s.ID, map[string]rules.Text{"why": s.Why})
		c.cited(where+" shut "+s.ID, s.Cites)
		if len(s.Ways) == 0 {
			c.add(where+" shut "+s.ID, "names no way that is open")
		}
	}
	for _, p := range r.Papers {
		c.words(where+" paper "+p.ID, map[string]rules.Text{"label": p.Label, "why": p.Why, "where": p.Where})
	}
	for _, g := range slices.Concat(r.Grounds, r.RefuseGrounds) {
		c.words(where+" ground "+g.Code, map[string]rules.Text{"label": g.Label})
		c.cited(where+" ground "+g.Code, g.Cites)
	}
	for _, o := range r.Outcomes {
		c.words(where+" outcome "+o.ID, map[string]rules.Text{"label": o.Label})
	}
	for i, w := range r.Why {
		c.words(fmt.Sprintf("%s reason %d", where, i+1), map[string]rules.Text{"text": w.Text})
	}
}

// routed asks that some row without a condition ends every remedy's search for a body.
func (c *checker) routed(where string, r *rules.Remedy) {
	for _, row := range c.pack.Rows {
		if slices.Contains(row.Remedies, r.ID) && row.When.IsZero() {
			return
		}
	}
	c.add(where, "no routing row of its own holds without condition")
}

// conditions lists every condition of a pack.
func conditions(p *rules.Pack) []*rules.Cond {
	var out []*rules.Cond
	for _, q := range p.Questions {
		out = append(out, &q.Ask)
	}
	for i := range p.Rows {
		out = append(out, &p.Rows[i].When)
	}
	for i := range p.Work.Urgencies {
		out = append(out, &p.Work.Urgencies[i].When)
	}
	for _, r := range p.Remedies {
		out = append(out, &r.OpenWhen, &r.Urgent)
		for i := range r.Shut {
			out = append(out, &r.Shut[i].When)
		}
		for i := range r.Why {
			out = append(out, &r.Why[i].When)
		}
		for i := range r.Papers {
			out = append(out, &r.Papers[i].When)
		}
	}
	return out
}
