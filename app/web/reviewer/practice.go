package reviewer

import (
	"reliefportal/app/web/kit"
	views "reliefportal/templates/reviewer"
)

// practice shows an administrator how a court decides.
func (p pages) practice(c *kit.Ctx) error {
	id := c.Param("id")
	now, err := p.Reviews.PracticeOf(c.Context(), id)
	if err != nil {
		return err
	}
	return c.OK(views.Practice(c.Page(), views.PracticeView{Body: p.Bodies.BodyName(c.Context(), id), BackHref: c.Path("admin.court", id), Second: now.Second, Version: now.Version}))
}

// doPractice changes it; every change is on the record.
func (p pages) doPractice(c *kit.Ctx) error {
	id := c.Param("id")
	if err := p.Reviews.SetPractice(c.Context(), c.Actor, id, formVersion(c), c.Form().Value("second") == "1"); err != nil {
		return err
	}
	c.Flash("practice.saved")
	return c.To("reviewer.practice", id)
}
