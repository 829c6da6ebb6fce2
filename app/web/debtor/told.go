package debtor

import (
	"reliefportal/app/calendar"
	"reliefportal/app/callback"
	"reliefportal/app/i18n"
	"reliefportal/app/web/kit"
	"reliefportal/app/web/law"
	views "reliefportal/templates/debtor"
	tkit "reliefportal/templates/kit"
)

// toldPage shows a person what he told the portal and what was done about it: a questionnaire that waits, requests prepared for him, and the
// answers to what had to be looked into.
func (p pages) toldPage(c *kit.Ctx) error {
	findings, err := p.Findings.FindingsFor(c.Context(), c.Actor.PersonID)
	if err != nil {
		return err
	}
	prepared, err := p.Findings.PreparedFor(c.Context(), c.Actor.PersonID)
	if err != nil {
		return err
	}
	until, waiting, err := p.Findings.Waiting(c.Context(), c.Actor.PersonID)
	if err != nil {
		return err
	}
	page := c.Page()
	page.Back = c.Path(kit.RouteDebtorHome)
	view := views.ToldView{Prepared: p.preparedRows(c, prepared)}
	if waiting {
		view.AnswerAction, view.Until = c.Path("survey.own"), lastDay(until)
	}
	for _, f := range findings {
		view.Findings = append(view.Findings, p.toldRow(c, f))
	}
	return c.OK(views.Told(page, view))
}

func (p pages) preparedRows(c *kit.Ctx, all []callback.Prepared) []views.PreparedRow {
	pack := p.Filings.Packs.On(c.Today())
	var out []views.PreparedRow
	for _, one := range all {
		row := views.PreparedRow{On: calendar.DateOf(one.CreatedAt), Action: c.Path("debtor.takeup", one.ID)}
		if r, ok := pack.Remedy(one.Remedy); ok {
			row.Title = r.Plain.In(c.Lang)
		}
		if one.FilingID != "" {
			row.Action, row.Href = "", c.Path("debtor.filing", one.FilingID)
		}
		out = append(out, row)
	}
	return out
}

// toldRow is one thing he said: who looks into it and by when, or what came of it.
func (p pages) toldRow(c *kit.Ctx, f callback.PersonalFinding) views.ToldRow {
	owner := p.Bodies.BodyName(c.Context(), f.OwnerBodyID)
	row := views.ToldRow{Said: f.Label.In(c.Lang), On: calendar.DateOf(f.OpenedAt)}
	if f.Answer == "" {
		row.Tag = tkit.Tag{Text: c.T("told.waiting"), Tone: "maybe"}
		row.Did = c.T("told.open", "Body", owner, "Date", i18n.Date(c.Lang, lastDay(f.AnswerBy)))
		return row
	}
	row.Tag = tkit.Tag{Text: law.Found(c.Lang, f.Result), Tone: "open"}
	row.Did, row.Answer = c.T("told.answered", "Body", owner, "Date", i18n.Date(c.Lang, calendar.DateOf(f.AnsweredAt))), f.Answer
	return row
}

// takeUp makes a prepared request a draft of his own.
func (p pages) takeUp(c *kit.Ctx) error {
	id, err := p.Findings.TakeUp(c.Context(), c.Actor, c.Param("id"), c.Lang)
	if err != nil {
		return err
	}
	c.Flash("told.taken_up")
	return c.To("debtor.filing", id)
}
