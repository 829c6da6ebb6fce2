package public

import (
	"fmt"
	"strings"

	"reliefportal/app/money"
	"reliefportal/app/reckon"
	"reliefportal/app/rules"
	"reliefportal/app/web/kit"
	"reliefportal/app/web/law"
	tkit "reliefportal/templates/kit"
	views "reliefportal/templates/public"
)

// reckonRoutes are the rows of the sums anyone may work out. What is typed comes by POST, so that it stays out of addresses and logs, and
// nothing of it is kept.
func (p pages) reckonRoutes(get func(string, string, kit.Handler) kit.Route, post func(string, string, kit.Who, kit.Handler) kit.Route) []kit.Route {
	return []kit.Route{
		get("/reckon", "public.reckon", p.reckon),
		get("/reckon/interest", "public.interest", p.interest),
		post("/reckon/interest", "public.interest", kit.Anyone, p.workInterest),
		get("/reckon/living", "public.living", p.living),
		post("/reckon/living", "public.living", kit.Anyone, p.workLiving),
		get("/reckon/seized", "public.seized", p.seized),
		post("/reckon/seized", "public.seized", kit.Anyone, p.workSeized),
	}
}

func (p pages) reckon(c *kit.Ctx) error {
	return c.OK(views.Reckon(reckonPage(c, kit.RouteStart), views.ReckonView{Sums: []views.ReckonSum{
		{Title: c.T("interest.title"), Text: c.T("interest.lead"), Href: c.Path("public.interest")},
		{Title: c.T("living.title"), Text: c.T("living.lead"), Href: c.Path("public.living")},
		{Title: c.T("seized.title"), Text: c.T("seized.lead"), Href: c.Path("public.seized")},
	}}))
}

// reckonPage is the page with the way back to a named route.
func reckonPage(c *kit.Ctx, back string) tkit.Page {
	page := c.Page()
	page.Back = c.Path(back)
	return page
}

// teller puts a worked sum into words.
type teller struct {
	*kit.Ctx
	law law.View
}

func (p pages) teller(c *kit.Ctx) teller { return teller{Ctx: c, law: p.view(c)} }

// cites shows the rules of a line as the pack names their instruments.
func (t teller) cites(list ...reckon.Rule) []tkit.Cite {
	var out []tkit.Cite
	for _, r := range list {
		out = append(out, t.law.Cite(rules.Cite{Source: r.Source, Article: r.Article, Standing: rules.Standing(r.Standing), Phrase: r.Phrase}))
	}
	return out
}

// next leads to the remedy a sum is for; none while today's pack does not have it.
func (t teller) next(remedy string) tkit.Link {
	r, ok := t.law.Pack.Remedy(remedy)
	if !ok {
		return tkit.Link{}
	}
	return tkit.Link{Text: t.law.Say(r.Plain), Href: t.Path("public.door", r.ID)}
}

// scale makes bars that share one scale: the largest sum given is as wide as the page.
type scale money.Fen

func scaleOf(sums ...money.Fen) scale {
	top := money.Fen(1)
	for _, s := range sums {
		top = max(top, s)
	}
	return scale(top)
}

func (s scale) bar(label, tone string, sum money.Fen) views.ReckonBar {
	const full = 1000
	return views.ReckonBar{Label: label, Value: sum.String(), Width: int(max(0, sum) * full / money.Fen(s)), Tone: tone}
}

// percent writes a rate of fen a day on a million fen in percent: 175 is 0.0175%.
func percent(perMillion int64) string {
	const unit = 10_000
	s := fmt.Sprintf("%d.%04d", perMillion/unit, perMillion%unit)
	return strings.TrimRight(strings.TrimRight(s, "0"), ".") + "%"
}
