package supervisor

import (
	"net/http"

	"reliefportal/app/calendar"
	"reliefportal/app/fail"
	"reliefportal/app/oversight"
	"reliefportal/app/rules"
	"reliefportal/app/web/kit"
	"reliefportal/app/web/law"
	tkit "reliefportal/templates/kit"
	views "reliefportal/templates/supervisor"
)

// recusals lists the requests that somebody steps aside: those to be decided first.
func (p pages) recusals(c *kit.Ctx) error {
	all, err := p.Oversight.Recusals(c.Context(), c.Actor)
	if err != nil {
		return err
	}
	view := views.DutiesView{Tabs: tabs(c, "supervisor.recusals"), Title: c.T("recusal.list"), None: c.T("recusal.none")}
	for _, r := range all {
		name, err := p.Accounts.NameOf(c.Context(), r.AboutID)
		if err != nil {
			return err
		}
		view.Rows = append(view.Rows, p.duty(c, views.Duty{Href: c.Path("supervisor.recusal", r.ID), Code: r.Filing.Code(), Kind: law.RecusalReason(c, r.Reason),
			Body: p.Bodies.BodyName(c.Context(), r.BodyID), From: c.T("recusal.about", "Name", name), Status: law.RecusalStatus(c, r.Recusal), Due: r.DueOn,
			HasDue: r.Status.Pending()}))
	}
	return c.OK(views.Duties(c.Page(), view))
}

// recusal shows one request, and to the head of the body the form of the decision.
func (p pages) recusal(c *kit.Ctx) error {
	r, err := p.Oversight.RecusalOf(c.Context(), c.Actor, c.Param("id"))
	if err != nil {
		return err
	}
	return p.showRecusal(c, r, http.StatusOK, nil)
}

func (p pages) showRecusal(c *kit.Ctx, r oversight.RecusalView, code int, errs []tkit.FieldError) error {
	pack, err := p.Filings.Pack(r.Filing)
	if err != nil {
		return err
	}
	name, err := p.Accounts.NameOf(c.Context(), r.AboutID)
	if err != nil {
		return err
	}
	rule, ok := pack.Clock(oversight.RecusalRule)
	if !ok {
		return fail.Unavailable("pack.missing", nil)
	}
	view := views.RecusalView{Code: r.Filing.Code(), Name: name, Reason: law.RecusalReason(c, r.Reason), Said: r.Text, Again: r.Again, Answer: r.Answer,
		Status: law.RecusalStatus(c, r.Recusal), Due: r.DueOn, Left: c.Today().DaysUntil(r.DueOn), HasDue: r.Status.Pending(), Version: r.Version,
		ListHref: c.Path("supervisor.recusals"), Typed: c.Form().Raw("text"), Max: oversight.TextMax, Rule: p.rule(c, pack, rule)}
	if r.DecidedAt != nil {
		view.Decided = calendar.DateOf(*r.DecidedAt)
	}
	if oversight.MayDecide(c.Actor, r.Recusal) {
		given := c.Form().Value("grant")
		view.Choices = []tkit.Option{{Value: rules.Yes, Label: c.T("recusal.grant"), Hint: c.T("recusal.grant_hint"), Checked: given == rules.Yes},
			{Value: rules.No, Label: c.T("recusal.refuse"), Hint: c.T("recusal.refuse_hint"), Checked: given == rules.No}}
	}
	page := c.Page()
	page.Errors = errs
	return c.Show(code, views.Recusal(page, view))
}

// decideRecusal decides for the body.
func (p pages) decideRecusal(c *kit.Ctx) error {
	r, err := p.Oversight.RecusalOf(c.Context(), c.Actor, c.Param("id"))
	if err != nil {
		return err
	}
	grant, text := c.Form().Value("grant"), c.Form().Value("text")
	if err = law.Respectful("text", text); grant != rules.Yes && grant != rules.No {
		err = law.Both(fail.Invalid(fail.F("grant", "answer.choose")), err)
	}
	if err == nil {
		err = p.Oversight.DecideRecusal(c.Context(), c.Actor, r.ID, formVersion(c), grant == rules.Yes, text)
	}
	if errs, code := formErrors(c, err); errs != nil {
		return p.showRecusal(c, r, code, errs)
	}
	if err != nil {
		return err
	}
	c.Flash("recusal.decided")
	return c.To("supervisor.recusal", r.ID)
}
