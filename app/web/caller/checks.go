package caller

import (
	"reliefportal/app/callback"
	"reliefportal/app/i18n"
	"reliefportal/app/web/kit"
	views "reliefportal/templates/caller"
	tkit "reliefportal/templates/kit"
)

// checks lists interviews of colleagues that were drawn to be checked.
func (p pages) checks(c *kit.Ctx) error {
	all, err := p.Callbacks.Checks(c.Context(), c.Actor)
	if err != nil {
		return err
	}
	view := views.ChecksView{ListHref: c.Path("caller.list")}
	for _, x := range all {
		view.Rows = append(view.Rows, views.CheckRow{Href: c.Path("caller.check", x.CaseID), Number: callback.Short(x.CaseID), Person: x.Person, Lang: langName(c, x.Lang)})
	}
	return c.OK(views.Checks(c.Page(), view))
}

// check shows one interview to be checked: three things are asked, none of the answers.
func (p pages) check(c *kit.Ctx) error {
	v, err := p.Callbacks.CheckOf(c.Context(), c.Actor, c.Param("id"))
	if err != nil {
		return err
	}
	return c.OK(views.Check(c.Page(), checkView(c, v)))
}

func checkView(c *kit.Ctx, v callback.Check) views.CheckView {
	view := views.CheckView{Number: callback.Short(v.CaseID), Person: v.Person, Tel: v.Phone, Phone: i18n.Phone(v.Phone), Open: v.Open, ListHref: c.Path("caller.checks"),
		Say: i18n.T(v.Lang, "check.say")}
	for _, r := range callback.RedialResults {
		view.Results = append(view.Results, tkit.Option{Value: string(r), Label: resultName(c, r)})
	}
	return view
}

func resultName(c *kit.Ctx, r callback.RedialResult) string {
	switch r {
	case callback.RedialAgreed:
		return c.T("check.agreed")
	case callback.RedialDiffers:
		return c.T("check.differs")
	case callback.RedialNotCalled:
		return c.T("check.not_called")
	case callback.RedialNotReached:
		return c.T("check.not_reached")
	}
	return c.T("check.refused")
}

// closeCheck writes down what a check found.
func (p pages) closeCheck(c *kit.Ctx) error {
	v, err := p.Callbacks.CheckOf(c.Context(), c.Actor, c.Param("id"))
	if err != nil {
		return err
	}
	form := c.Form()
	err = p.Callbacks.CloseCheck(c.Context(), c.Actor, v.CaseID, callback.RedialResult(form.Value("result")), form.Value("never") != "")
	if errs, invalid := c.FieldErrors(err); invalid {
		page := c.Page()
		page.Errors = errs
		return c.Again(views.Check(page, checkView(c, v)))
	}
	if err != nil {
		return err
	}
	c.Flash("check.kept")
	return c.To("caller.checks")
}
