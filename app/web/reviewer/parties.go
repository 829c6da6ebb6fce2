package reviewer

import (
	"net/http"

	"reliefportal/app/calendar"
	"reliefportal/app/fail"
	"reliefportal/app/i18n"
	"reliefportal/app/review"
	"reliefportal/app/rules"
	"reliefportal/app/web/kit"
	tkit "reliefportal/templates/kit"
	views "reliefportal/templates/reviewer"
)

// parties lists the other sides of a filing and when each was told that it was taken up.
func (p pages) parties(c *kit.Ctx) error { return p.showParties(c, http.StatusOK, nil) }

// doParties writes another side down.
func (p pages) doParties(c *kit.Ctx) error {
	err := p.Reviews.AddParty(c.Context(), c.Actor, c.Param("id"), c.Form().Value("role"), c.Form().Value("name"))
	return p.afterParties(c, err, "party.added")
}

// doTold records that a side was told.
func (p pages) doTold(c *kit.Ctx) error {
	on, err := c.Form().Day("value")
	if err == nil {
		err = p.Reviews.TellParty(c.Context(), c.Actor, c.Param("id"), c.Form().Value("party"), c.Form().Value("kind"), on)
	}
	return p.afterParties(c, err, "party.told_now")
}

func (p pages) afterParties(c *kit.Ctx, err error, done string) error {
	errs, invalid := c.FieldErrors(err)
	switch {
	case invalid:
		return p.showParties(c, http.StatusUnprocessableEntity, errs)
	case fail.KindOf(err) == fail.KindConflict:
		return p.conflict(c, err)
	case err != nil:
		return err
	}
	c.Flash(done)
	return c.To("reviewer.parties", c.Param("id"))
}

func (p pages) showParties(c *kit.Ctx, status int, errs []tkit.FieldError) error {
	d, err := p.load(c)
	if err != nil {
		return err
	}
	list, err := p.Reviews.Parties(c.Context(), d.Filing)
	if err != nil {
		return err
	}
	form := c.Form()
	view := views.PartiesView{Head: d.head(c), May: review.MayTell(c.Actor, d.Filing), Name: form.Raw("name"), Year: form.Raw("year"), Month: form.Raw("month"),
		Day: form.Raw("day"), LetterHref: c.Path("reviewer.letter", d.ID), ToldAction: c.Path("reviewer.told", d.ID), AddAction: c.Path("reviewer.parties", d.ID),
		Kinds: []tkit.Option{{Value: review.ServedPost, Label: c.T("work.by_post"), Checked: form.Value("kind") == review.ServedPost},
			{Value: review.ServedInPerson, Label: c.T("work.by_hand"), Checked: form.Value("kind") == review.ServedInPerson}}}
	view.Due, view.Cite = tellBy(d)
	roles := map[string]string{}
	for _, o := range d.law.Pack.Work.Parties {
		roles[o.ID] = d.law.Say(o.Label)
		view.Roles = append(view.Roles, tkit.Option{Value: o.ID, Label: roles[o.ID], Checked: form.Value("role") == o.ID})
	}
	for _, party := range list {
		row := views.PartyRow{Name: party.Name, Role: roles[party.Role]}
		if party.ToldOn == nil {
			view.Untold = append(view.Untold, tkit.Option{Value: party.ID, Label: party.Name, Hint: row.Role, Checked: form.Value("party") == party.ID})
		} else {
			row.Told = c.T("party.told_on", "Date", *party.ToldOn, "How", toldHow(c, party.ToldHow))
		}
		view.Rows = append(view.Rows, row)
	}
	page := c.Page()
	page.Errors = errs
	return c.Show(status, views.Parties(page, view))
}

func toldHow(c *kit.Ctx, how string) string {
	if how == review.ServedInPerson {
		return c.T("work.by_hand")
	}
	return c.T("work.by_post")
}

// tellBy is the last day for telling the other sides, with the rule it follows from; zero before the filing is taken up.
func tellBy(d desk) (calendar.Date, string) {
	rule, ok := d.law.Pack.Clock(d.law.Pack.Work.TellBy)
	if !ok || d.DocketedAt == nil {
		return calendar.Date{}, ""
	}
	return d.law.Pack.Calendar.End(calendar.DateOf(*d.DocketedAt), rule.Length).LegalEnd, cites(d, []rules.Cite{rule.Cite})
}

// letter is the notice to the other sides, for the printer: it has no account here, so it is told on paper.
func (p pages) letter(c *kit.Ctx) error {
	d, err := p.load(c)
	if err != nil {
		return err
	}
	list, err := p.Reviews.Parties(c.Context(), d.Filing)
	if err != nil {
		return err
	}
	zh := i18n.Chinese // a paper of the court is in Chinese, whatever language its staff read
	view := views.LetterView{BackHref: c.Path("reviewer.parties", d.ID), Court: p.Bodies.BodyName(c.Context(), d.Owner()), Number: d.DocketNumber, Case: d.CaseNumber,
		Applicant: d.person, Remedy: d.remedy.Name.In(zh), Today: c.Today()}
	if d.DocketedAt != nil {
		view.Docketed = calendar.DateOf(*d.DocketedAt)
	}
	for _, party := range list {
		if party.ToldOn == nil {
			view.To = append(view.To, party.Name)
		}
	}
	return c.OK(views.Letter(c.Page(), view))
}
