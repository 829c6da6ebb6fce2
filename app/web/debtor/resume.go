package debtor

import (
	"reliefportal/app/filing"
	"reliefportal/app/web/kit"
)

// resume leads to the first page of a draft that has no answer yet, and says what was found; or to the progress of a filing.
func (p pages) resume(c *kit.Ctx) error {
	o, err := p.load(c)
	if err != nil {
		return err
	}
	if o.isFiled() {
		return c.To("debtor.progress", o.ID)
	}
	return p.drafting(func(c *kit.Ctx, o own) error {
		next := hrefOf(c, o.ID, filing.Resume(o.pages(), o.facts))
		if o.Version > 1 {
			next = kit.WithQuery(next, found, "1")
		}
		return c.ToAddress(next)
	})(c)
}
