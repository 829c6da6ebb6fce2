package public

import (
	"cmp"
	"slices"

	"reliefportal/app/calendar"
	"reliefportal/app/i18n"
	"reliefportal/app/rules"
	"reliefportal/app/web/kit"
	"reliefportal/app/web/law"
	views "reliefportal/templates/public"
)

// limitsShown is how many short periods the start page names.
const limitsShown = 4

func (p pages) start(c *kit.Ctx) error {
	v := p.view(c)
	facts, _, err := p.facts(c, v.Pack)
	if err != nil {
		return err
	}
	view := views.StartView{FindHref: c.Path("public.find"), LookupAction: c.Path("public.lookup"), SignInHref: c.Path(kit.RouteSignIn),
		Limits: limits(c, v)}
	if len(facts) > 0 {
		view.ResumeHref = c.Path("public.find")
	}
	return c.OK(views.Start(c.Page(), view))
}

// limits are the shortest times an applicant has, one line for each remedy the portal takes in.
func limits(c *kit.Ctx, v law.View) []views.Limit {
	var timed []*rules.Remedy
	for _, r := range v.Pack.Remedies {
		if r.Window != nil && r.Kind == rules.KindFiling {
			timed = append(timed, r)
		}
	}
	slices.SortStableFunc(timed, func(a, b *rules.Remedy) int { return cmp.Compare(about(a.Window.Period), about(b.Window.Period)) })
	var out []views.Limit
	for _, r := range timed[:min(len(timed), limitsShown)] {
		out = append(out, views.Limit{Days: i18n.Period(c.Lang, r.Window.Period), Text: v.Say(r.Plain), Href: c.Path("public.door", r.ID)})
	}
	return out
}

// about is the length of a period in days, near enough to sort by.
func about(p calendar.Period) int {
	switch p.Unit {
	case calendar.Month:
		return p.N * 30
	case calendar.Year:
		return p.N * 365
	}
	return p.N
}
