package packs

import (
	"fmt"
	"slices"

	"reliefportal/app/rules"
)

// remedies reads every file of the folder; one that is "like" another takes over what it does not say itself.
func (l *loader) remedies() error {
	raws := map[string]rawRemedy{}
	files := map[string]string{}
	var order []string
	for _, name := range l.files("remedies", ".yaml") {
		var raw rawRemedy
		if err := l.read(name, &raw); err != nil {
			return err
		}
		if _, twice := raws[raw.ID]; twice || raw.ID == "" {
			return fmt.Errorf("%s: remedy %q is there twice or has no id", name, raw.ID)
		}
		raws[raw.ID], files[raw.ID] = raw, name
		order = append(order, raw.ID)
	}
	for _, id := range order {
		raw, err := inherit(raws, id)
		if err != nil {
			return fmt.Errorf("%s: %w", files[id], err)
		}
		r, err := l.remedy(files[id], raw)
		if err != nil {
			return err
		}
		l.pack.Remedies = append(l.pack.Remedies, r)
	}
	return nil
}

// inherit fills a remedy from the one it is like. One step only: a chain would hide where a rule comes from.
func inherit(all map[string]rawRemedy, id string) (rawRemedy, error) {
	r := all[id]
	if r.Like == "" {
		return r, nil
	}
	base, ok := all[r.Like]
	if !ok || base.Like != "" {
		return r, fmt.Errorf("like %q: no such remedy, or it is itself like another", r.Like)
	}
	if r.Stay == nil {
		r.Stay = base.Stay
	}
	if r.Meanwhile == nil && r.Stay == base.Stay {
		r.Meanwhile = base.Meanwhile
	}
	if r.Papers == nil {
		r.Papers = base.Papers
	}
	if r.Questions == nil {
		r.Questions = base.Questions
	}
	if r.Stages.name == "" && r.Stages.list == nil {
		r.Stages = base.Stages
	}
	if !r.Outcomes.said {
		r.Outcomes = base.Outcomes
	}
	if r.RefuseGrounds == nil {
		r.RefuseGrounds = base.RefuseGrounds
	}
	if r.Grounds == nil {
		r.Grounds = base.Grounds
	}
	inheritWords(&r, base)
	return r, nil
}

func inheritWords(r *rawRemedy, base rawRemedy) {
	for _, w := range []struct{ to, from *rules.Text }{
		{&r.Body, &base.Body}, {&r.NoWindow, &base.NoWindow}, {&r.Paper, &base.Paper}, {&r.Who, &base.Who}, {&r.Against, &base.Against},
	} {
		if w.to.Empty() {
			*w.to = *w.from
		}
	}
	if r.Kind == "" {
		r.Kind = base.Kind
	}
	if r.Group == "" {
		r.Group = base.Group
	}
}

func (l *loader) remedy(file string, raw rawRemedy) (*rules.Remedy, error) {
	c := l.in(file)
	r := &rules.Remedy{
		ID: raw.ID, Kind: raw.Kind, Group: raw.Group, Name: raw.Name, Plain: raw.Plain, Purpose: raw.Purpose, Paper: raw.Paper,
		Who: raw.Who, Against: raw.Against, Body: raw.Body, Contact: raw.Contact, NoWindow: raw.NoWindow, Late: raw.Late,
		Questions: raw.Questions, Cites: citesOf(raw.Cites), Overlaps: raw.Overlaps, Rank: raw.Rank,
	}
	if raw.Stay != nil {
		r.Stay = rules.Stay{Effect: raw.Stay.Effect, Text: raw.Stay.Text, Cites: citesOf(raw.Stay.Cites)}
	}
	if m := raw.Meanwhile; m != nil {
		r.Meanwhile = rules.Meanwhile{Asset: m.Asset, Until: m.Until, Ask: m.Ask, Cites: citesOf(m.Cites)}
	}
	for _, step := range []func(*compiler, *rules.Remedy, rawRemedy) error{
		l.conditions, l.window, l.stages, l.papersOf, l.groundsOf, l.outcomesOf,
	} {
		if err := step(c, r, raw); err != nil {
			return nil, err
		}
	}
	return r, nil
}

func (l *loader) conditions(c *compiler, r *rules.Remedy, raw rawRemedy) (err error) {
	if r.OpenWhen, err = c.cond(raw.OpenWhen); err != nil {
		return err
	}
	if r.Urgent, err = c.cond(raw.Urgent); err != nil {
		return err
	}
	for _, s := range raw.Shut {
		when, err := c.cond(s.When)
		if err != nil {
			return err
		}
		r.Shut = append(r.Shut, rules.ShutReason{ID: s.ID, When: when, Why: s.Why, Ways: s.Ways, Cites: citesOf(s.Cites)})
	}
	for _, w := range raw.Why {
		when, err := c.cond(w.When)
		if err != nil {
			return err
		}
		r.Why = append(r.Why, rules.Reason{When: when, Text: w.Text})
	}
	return nil
}

// window takes its length and citation from the clock it names, so that a number is written once.
func (l *loader) window(c *compiler, r *rules.Remedy, raw rawRemedy) error {
	if raw.Window == nil {
		return nil
	}
	w := raw.Window
	i := slices.IndexFunc(l.pack.Clocks, func(x rules.ClockRule) bool { return x.ID == w.Clock })
	if i < 0 {
		return fmt.Errorf("%s: window names the unknown clock %q", c.file, w.Clock)
	}
	for _, id := range slices.Concat([]rules.FactID{w.From}, w.Earlier, w.Later) {
		if c.facts[id].Kind != rules.FactDate {
			return fmt.Errorf("%s: window counts from %q, which is no date", c.file, id)
		}
	}
	clock := l.pack.Clocks[i]
	r.Window = &rules.Window{Clock: w.Clock, Period: clock.Length, From: w.From, Earlier: w.Earlier, Later: w.Later, Event: w.Event, Cite: clock.Cite}
	return nil
}

// stages reads "clock" (counted from receipt) or "clock stage" (counted from the beginning of the stage).
func (l *loader) stages(c *compiler, r *rules.Remedy, raw rawRemedy) error {
	list := raw.Stages.list
	if name := raw.Stages.name; name != "" {
		if list = l.stageSets[name]; list == nil {
			return fmt.Errorf("%s: no shared stages are called %q", c.file, name)
		}
	}
	for stage, s := range list {
		var rule, from string
		if n, _ := fmt.Sscan(s, &rule, &from); n == 1 {
			from = rules.FromReceived
		}
		if from != rules.FromReceived && from != rules.FromStage {
			return fmt.Errorf("%s: stage %s counts from %q", c.file, stage, from)
		}
		if r.Stages == nil {
			r.Stages = map[rules.Stage]rules.StageClock{}
		}
		r.Stages[stage] = rules.StageClock{Rule: rule, From: from}
	}
	return nil
}

func (c *compiler) paper(raw rawPaper) (rules.Paper, error) {
	when, err := c.cond(raw.When)
	return rules.Paper{ID: raw.ID, Label: raw.Label, Why: raw.Why, Where: raw.Where, Required: raw.Required, When: when}, err
}

func (l *loader) papersOf(c *compiler, r *rules.Remedy, raw rawRemedy) error {
	for _, p := range slices.Concat(raw.Papers, raw.MorePapers) {
		if p.Label.Empty() {
			shared, ok := l.papers[p.ID]
			if !ok {
				return fmt.Errorf("%s: no shared paper is called %q", c.file, p.ID)
			}
			r.Papers = append(r.Papers, shared)
			continue
		}
		paper, err := c.paper(p)
		if err != nil {
			return err
		}
		r.Papers = append(r.Papers, paper)
	}
	return nil
}

func (g rawGround) build() rules.Ground {
	return rules.Ground{Code: g.Code, Label: g.Label, Cites: citesOf(g.Cites), Ways: g.Ways, For: g.For}
}

func (l *loader) groundsOf(c *compiler, r *rules.Remedy, raw rawRemedy) (err error) {
	if r.RefuseGrounds, err = pick(c, slices.Concat(raw.RefuseGrounds, raw.MoreRefusals), l.refuse); err != nil {
		return err
	}
	if r.Grounds, err = pick(c, raw.Grounds, l.ground); err != nil {
		return err
	}
	for _, list := range [][]rules.Ground{r.Grounds, r.RefuseGrounds} {
		for i := range list {
			if len(list[i].Cites) == 0 {
				list[i].Cites = r.Cites // a general ground rests on the remedy's own articles
			}
		}
	}
	return nil
}

func pick(c *compiler, in []rawGround, shared map[string]rules.Ground) ([]rules.Ground, error) {
	var out []rules.Ground
	for _, g := range in {
		if !g.Label.Empty() {
			out = append(out, g.build())
			continue
		}
		s, ok := shared[g.Code]
		if !ok {
			return nil, fmt.Errorf("%s: no shared ground has the code %q", c.file, g.Code)
		}
		out = append(out, s)
	}
	return out, nil
}

// always adds the ends every filing can have, whatever it asks for, unless the remedy says them itself.
func (l *loader) always(list []rawOutcome) []rawOutcome {
	list = slices.Clone(list)
	for _, o := range l.outcomes["always"] {
		if !slices.ContainsFunc(list, func(x rawOutcome) bool { return x.ID == o.ID }) {
			list = append(list, o)
		}
	}
	return list
}

func (l *loader) outcomesOf(c *compiler, r *rules.Remedy, raw rawRemedy) error {
	list := raw.Outcomes.list
	if name := raw.Outcomes.name; name != "" {
		if list = l.outcomes[name]; list == nil {
			return fmt.Errorf("%s: no shared outcomes are called %q", c.file, name)
		}
	}
	if raw.Kind == rules.KindFiling {
		list = l.always(list)
	}
	for _, o := range list {
		out := rules.Outcome{ID: o.ID, Label: o.Label, Effect: o.Effect}
		var err error
		if out.Next, err = c.next(o.Next); err != nil {
			return err
		}
		if out.Done, err = c.carryOut(o.Done); err != nil {
			return err
		}
		r.Outcomes = append(r.Outcomes, out)
	}
	return nil
}
