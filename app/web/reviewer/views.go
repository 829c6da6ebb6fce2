package reviewer

import (
	"net/http"
	"net/url"

	"reliefportal/app/web/kit"
	views "reliefportal/templates/reviewer"
)

// saveView keeps the filter of the list for the person who looks at it.
func (p pages) saveView(c *kit.Ctx) error {
	posted, err := url.ParseQuery(c.Form().Value("query"))
	if err != nil {
		posted = url.Values{}
	}
	f := filterOf(posted.Get)
	err = p.Reviews.SaveView(c.Context(), c.Actor, c.Form().Value("name"), queryOf(f))
	if err == nil {
		c.Flash("views.saved")
		return c.ToAddress(here(c, f))
	}
	errs, invalid := c.FieldErrors(err)
	if !invalid {
		return err
	}
	view, err := p.queueView(c, f)
	if err != nil {
		return err
	}
	page := c.Page()
	page.Errors, view.SaveName = errs, c.Form().Raw("name")
	return c.Show(http.StatusUnprocessableEntity, views.Queue(page, view))
}

// dropView forgets a filter.
func (p pages) dropView(c *kit.Ctx) error {
	if err := p.Reviews.DropView(c.Context(), c.Actor, c.Param("id")); err != nil {
		return err
	}
	c.Flash("views.dropped")
	return c.To(kit.RouteStaffHome)
}
