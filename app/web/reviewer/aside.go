package reviewer

import (
	"net/http"

	"github.com/a-h/templ"

	"reliefportal/app/fail"
	"reliefportal/app/filing"
	"reliefportal/app/review"
	"reliefportal/app/web/kit"
	tkit "reliefportal/templates/kit"
	views "reliefportal/templates/reviewer"
)

func (p pages) release(c *kit.Ctx, d desk) error {
	body, err := releaseForm(c)(c.Page(), d)
	if err != nil {
		return err
	}
	return c.OK(body)
}

// doRelease takes a filing from the one in charge, so that it can be given to somebody else. The clock runs on.
func (p pages) doRelease(c *kit.Ctx) error {
	_, err := p.Reviews.Release(c.Context(), c.Actor, c.Param("id"), formVersion(c), c.Form().Value("reason"))
	return p.finish(c, filing.ActRelease, err, "work.released", releaseForm(c))
}

func releaseForm(c *kit.Ctx) form {
	return func(page tkit.Page, d desk) (templ.Component, error) {
		return views.Release(page, views.ReleaseView{Head: d.head(c), Reasons: overrides(c, d.law.Pack)}), nil
	}
}

// aside shows the page on which somebody stands aside, or is recorded as recused by the desk.
func (p pages) aside(c *kit.Ctx) error { return p.showAside(c, http.StatusOK, nil) }

// doAside keeps somebody out of a filing for good.
func (p pages) doAside(c *kit.Ctx) error {
	err := p.Reviews.StandAside(c.Context(), c.Actor, c.Param("id"), formVersion(c), c.Form().Value("person"), c.Form().Value("reason"), c.Form().Value("text"))
	errs, invalid := c.FieldErrors(err)
	switch {
	case invalid:
		return p.showAside(c, http.StatusUnprocessableEntity, errs)
	case fail.KindOf(err) == fail.KindConflict:
		return p.conflict(c, err)
	case err != nil:
		return err
	}
	c.Flash("work.aside")
	return c.To(kit.RouteStaffHome)
}

func (p pages) showAside(c *kit.Ctx, status int, errs []tkit.FieldError) error {
	d, err := p.load(c)
	if err != nil {
		return err
	}
	choices, err := p.Reviews.Choices(c.Context(), d.Filing)
	if err != nil {
		return err
	}
	view := views.AsideView{Head: d.head(c), Text: c.Form().Raw("text")}
	for _, one := range choices {
		if !review.MayStandAside(c.Actor, d.Filing, one.PersonID) {
			continue
		}
		label := one.Name
		if one.PersonID == c.Actor.PersonID {
			label = c.T("work.myself", "Name", one.Name)
		}
		view.People = append(view.People, tkit.Option{Value: one.PersonID, Label: label, Checked: c.Form().Value("person") == one.PersonID})
	}
	if len(view.People) == 0 {
		return p.lost(c, d, filing.ActRelease, fail.Conflict("filing.cannot"), false)
	}
	for _, o := range d.law.Pack.Work.Relations {
		view.Reasons = append(view.Reasons, tkit.Option{Value: o.ID, Label: d.law.Say(o.Label), Checked: c.Form().Value("reason") == o.ID})
	}
	page := c.Page()
	page.Errors = errs
	return c.Show(status, views.Aside(page, view))
}

// conflict says why something about a filing cannot be done any more.
func (p pages) conflict(c *kit.Ctx, err error) error {
	d, loading := p.load(c)
	if loading != nil {
		return loading
	}
	why, _ := fail.As(err)
	return p.lost(c, d, "", why, false)
}
