package public

import (
	"reliefportal/app/i18n"
	"reliefportal/app/rules"
	"reliefportal/app/web/kit"
	"reliefportal/app/web/law"
	views "reliefportal/templates/public"
)

// rules shows the edition of the law in force, with its sources and how firmly each was checked.
func (p pages) rules(c *kit.Ctx) error {
	v := p.view(c)
	view := views.RulesView{PackName: v.Say(v.Pack.Title), PackHash: v.Pack.Hash, From: v.Pack.From, Sources: sources(c, v)}
	for _, r := range v.Pack.Remedies {
		view.Remedies = append(view.Remedies, views.RuleRemedy{Name: v.Say(r.Name), Plain: v.Say(r.Plain), Cites: v.Cites(r.Cites)})
	}
	for _, clock := range v.Pack.Clocks {
		view.Clocks = append(view.Clocks, views.RuleClock{Title: v.Say(clock.Title), Length: i18n.Period(c.Lang, clock.Length),
			Who: bound(c, clock.Who), Cite: v.Cite(clock.Cite)})
	}
	for _, old := range p.Packs.All() {
		if old.From.Before(v.Pack.From) {
			view.Older = append(view.Older, views.RuleVersion{Name: v.Say(old.Title), Hash: old.Hash, From: old.From})
		}
	}
	return c.OK(views.Rules(c.Page(), view))
}

// bound names whom a period binds.
func bound(c *kit.Ctx, who string) string {
	if who == rules.WhoBody {
		return c.T("rules.who_body")
	}
	return c.T("rules.who_you")
}

func sources(c *kit.Ctx, v law.View) []views.RuleSource {
	standing := firmest(v.Pack)
	var out []views.RuleSource
	for _, s := range v.Pack.Sources {
		known, cited := standing[s.ID]
		if !cited {
			continue // kept for a remedy of a later edition
		}
		row := views.RuleSource{Title: v.Say(s.Name), Issuer: s.Number, InForce: i18n.Date(c.Lang, s.From), Standing: v.Standing(known)}
		if !s.Note.Empty() {
			row.Standing += c.T("punct.stop") + v.Say(s.Note)
		}
		out = append(out, row)
	}
	return out
}

// firmest is how well each source was checked, by the best of its citations.
func firmest(p *rules.Pack) map[string]rules.Standing {
	out := map[string]rules.Standing{}
	note := func(cites ...rules.Cite) {
		for _, c := range cites {
			if old, ok := out[c.Source]; !ok || rank(c.Standing) < rank(old) {
				out[c.Source] = c.Standing
			}
		}
	}
	for _, r := range p.Remedies {
		note(r.Cites...)
		note(r.Stay.Cites...)
		for _, s := range r.Shut {
			note(s.Cites...)
		}
		for _, g := range append(r.Grounds[:len(r.Grounds):len(r.Grounds)], r.RefuseGrounds...) {
			note(g.Cites...)
		}
	}
	for _, row := range p.Rows {
		note(row.Cites...)
	}
	for _, clock := range p.Clocks {
		note(clock.Cite)
	}
	return out
}

func rank(s rules.Standing) int {
	switch s {
	case rules.Checked:
		return 0
	case rules.Digest:
		return 1
	case rules.Memory:
		return 2
	}
	return 3
}

func (p pages) privacy(c *kit.Ctx) error { return c.OK(views.Privacy(c.Page())) }

func (p pages) accessibility(c *kit.Ctx) error { return c.OK(views.Accessibility(c.Page())) }
