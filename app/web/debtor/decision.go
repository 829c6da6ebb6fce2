package debtor

import (
	"slices"

	"reliefportal/app/filing"
	"reliefportal/app/review"
	"reliefportal/app/rules"
	"reliefportal/app/web/kit"
	views "reliefportal/templates/debtor"
	tkit "reliefportal/templates/kit"
)

// decision shows the outcome once it has been served, with the next way open beside it.
func (p pages) decision(c *kit.Ctx) error {
	f, d, text, err := p.Reviews.ForDebtor(c.Context(), c.Actor, c.Param("id"))
	if err != nil {
		return err
	}
	facts, err := p.Filings.Facts(f)
	if err != nil {
		return err
	}
	o, err := p.read(c, f, facts)
	if err != nil {
		return err
	}
	next, err := p.Filings.NextDoors(c.Context(), f, facts)
	if err != nil {
		return err
	}
	view := views.DecisionView{Remedy: o.plain(), Body: p.Bodies.BodyName(c.Context(), f.Owner()), Number: f.DocketNumber, CaseNumber: f.CaseNumber,
		Outcome: outcome(o, d), Label: label(c, o, d), Served: f.ServedOn, Reasons: text, Grounds: grounds(o, d), Next: p.nextDoors(c, o, next),
		ProgressHref: c.Path("debtor.progress", f.ID)}
	if f.DecidedAt != nil {
		view.Decided = dayOf(*f.DecidedAt)
	}
	if err := p.afterDecision(c, o, &view); err != nil {
		return err
	}
	page := c.Page()
	page.Back = view.ProgressHref
	return c.OK(views.Decision(page, view))
}

// outcome is granted, partly, refused, returned (not taken up) or ended, as the page words it.
func outcome(o own, d review.Decision) string {
	if filing.Outcome(d.Disposition) == filing.Refused {
		return "returned"
	}
	known, _ := o.remedy.Outcome(d.Disposition)
	switch known.Effect {
	case rules.EffectGranted:
		return "granted"
	case rules.EffectPartly:
		return "partly"
	case rules.EffectRejected:
		return "refused"
	}
	return "ended"
}

// label is the outcome in the words of the law.
func label(c *kit.Ctx, o own, d review.Decision) string {
	if known, ok := o.remedy.Outcome(d.Disposition); ok {
		return o.law.Say(known.Label)
	}
	return c.T("decision.not_taken")
}

// grounds are the coded grounds in words, each with its sources.
func grounds(o own, d review.Decision) []tkit.Cite {
	all := slices.Concat(o.remedy.Grounds, o.remedy.RefuseGrounds)
	var out []tkit.Cite
	for _, code := range d.Codes() {
		i := slices.IndexFunc(all, func(g rules.Ground) bool { return g.Code == code })
		if i < 0 {
			continue
		}
		ground := tkit.Cite{Text: o.law.Say(all[i].Label)}
		if cites := o.law.Cites(all[i].Cites); len(cites) > 0 {
			ground.Note, ground.Href = cites[0].Text, cites[0].Href
		}
		out = append(out, ground)
	}
	return out
}
