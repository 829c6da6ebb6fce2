package debtor

import (
	"reliefportal/app/web/kit"
	views "reliefportal/templates/debtor"
)

func (p pages) removeDraft(c *kit.Ctx, o own) error {
	page := c.Page()
	page.Back = c.Path(kit.RouteDebtorHome)
	return c.OK(views.RemoveDraft(page, views.RemoveDraftView{Title: o.plain(), CancelHref: page.Back, Saved: o.UpdatedAt, Version: o.Version}))
}

// dropDraft takes a draft away. One that changed since the question was asked is shown again first.
func (p pages) dropDraft(c *kit.Ctx, o own) error {
	_, err := p.Filings.Withdraw(c.Context(), c.Actor, o.ID, formVersion(c))
	if isStale(err) {
		c.Flash("draft.changed")
		return c.To("debtor.remove", o.ID)
	}
	if err != nil {
		return err
	}
	c.Flash("draft.removed")
	return c.To(kit.RouteDebtorHome)
}
