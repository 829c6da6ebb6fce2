package public

import (
	"reliefportal/app/callback"
	"reliefportal/app/web/kit"
	views "reliefportal/templates/public"
)

// noCalls is the page on which anybody who got the message before a call refuses for good, without signing in.
func (p pages) noCalls(c *kit.Ctx) error { return c.OK(views.NoCalls(c.Page(), views.NoCallsView{})) }

// refuseCalls takes a refusal for good by the code of the message. It holds over every channel from this moment.
func (p pages) refuseCalls(c *kit.Ctx) error {
	if err := p.Finder.MayLookUp(c.Context(), c.Address()); err != nil {
		return err
	}
	err := p.Callbacks.RefuseByCode(c.Context(), c.Form().Value("code"), callback.ByWeb)
	page := c.Page()
	if errs, invalid := c.FieldErrors(err); invalid {
		page.Errors = errs
		return c.Again(views.NoCalls(page, views.NoCallsView{Code: c.Form().Raw("code")}))
	}
	if err != nil {
		return err
	}
	return c.OK(views.NoCalls(page, views.NoCallsView{Done: true}))
}
