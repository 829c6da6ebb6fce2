package debtor

import (
	"reliefportal/app/filing"
	"reliefportal/app/web/kit"
)

// resume leads to the page of a draft that is next, or to the progress of a filing.
func (p pages) resume(c *kit.Ctx) error {
	return p.drafting(func(c *kit.Ctx, o own) error {
		return c.ToAddress(hrefOf(c, o.ID, filing.Resume(o.pages(), o.facts)))
	})(c)
}
