package debtor

import (
	"bytes"
	"slices"
	"strconv"

	"reliefportal/app/document"
	"reliefportal/app/fail"
	"reliefportal/app/filing"
	"reliefportal/app/i18n"
	"reliefportal/app/paper"
	"reliefportal/app/review"
	"reliefportal/app/rules"
	"reliefportal/app/web/kit"
	views "reliefportal/templates/debtor"
	tkit "reliefportal/templates/kit"
)

// decision shows the outcome once it has been served, with the next way open beside it.
func (p pages) decision(c *kit.Ctx) error {
	f, all, err := p.Reviews.ForDebtor(c.Context(), c.Actor, c.Param("id"))
	if err != nil {
		return err
	}
	d := all[0]
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
		Outcome: outcome(o, d.Decision), Label: label(c, o, d.Decision), Served: f.ServedOn, Reasons: d.Text, Grounds: grounds(o, d), Changes: numbers(c, d),
		Next: p.nextDoors(c, o, next), ProgressHref: c.Path("debtor.progress", f.ID)}
	versions(c, f, all, &view)
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

// grounds are the coded grounds in words with what was found on each, each with its sources.
func grounds(o own, d review.Told) []tkit.Cite {
	all := slices.Concat(o.remedy.Grounds, o.remedy.RefuseGrounds)
	var out []tkit.Cite
	for _, code := range d.Codes() {
		i := slices.IndexFunc(all, func(g rules.Ground) bool { return g.Code == code })
		if i < 0 {
			continue
		}
		ground := tkit.Cite{Text: o.law.Say(all[i].Label)}
		if found, ok := d.Findings[code]; ok && filing.Outcome(d.Disposition) != filing.Refused {
			ground.Text += i18n.T(o.law.Lang, "decision.colon") + review.FindingText(o.law.Lang, all[i], found)
		}
		if cites := o.law.Cites(all[i].Cites); len(cites) > 0 {
			ground.Note, ground.Href = cites[0].Text, cites[0].Href
		}
		out = append(out, ground)
	}
	return out
}

// numbers are what a decision sets as numbers, a sentence each.
func numbers(c *kit.Ctx, d review.Told) []string {
	var out []string
	for _, n := range d.Numbers {
		out = append(out, review.NumberText(c.Lang, n))
	}
	return out
}

// versions fills in the paper of the newest version, and the versions before it where it was corrected.
func versions(c *kit.Ctx, f filing.Filing, all []review.Told, view *views.DecisionView) {
	if newest := all[0]; newest.HasPaper {
		view.Paper = &tkit.File{ID: newest.ID, Name: newest.Paper.Title, At: newest.DecidedAt, Href: c.Path("debtor.decisionpdf", f.ID, version(newest))}
	}
	if len(all) == 1 {
		return
	}
	view.Corrected = views.Corrected{On: all[0].ServedOn, Why: all[0].Why, First: f.ServedOn}
	for _, old := range all[1:] {
		before := views.DecisionBefore{Version: version(old), Decided: dayOf(old.DecidedAt), Served: old.ServedOn, Reasons: old.Text}
		if old.HasPaper {
			before.Href = c.Path("debtor.decisionpdf", f.ID, version(old))
		}
		view.Corrected.Before = append(view.Corrected.Before, before)
	}
}

func version(t review.Told) string { return strconv.FormatInt(t.Version, 10) }

// decisionPDF is the paper of one served version, as it was signed.
func (p pages) decisionPDF(c *kit.Ctx) error {
	f, all, err := p.Reviews.ForDebtor(c.Context(), c.Actor, c.Param("id"))
	if err != nil {
		return err
	}
	i := slices.IndexFunc(all, func(t review.Told) bool { return t.HasPaper && version(t) == c.Param("number") })
	if i < 0 {
		return fail.NotFound()
	}
	var out bytes.Buffer
	if err := paper.PDF(&out, all[i].Paper); err != nil {
		return err
	}
	return send(c, all[i].Paper.Title+" "+f.Code()+".pdf", string(document.PDF), &out)
}
