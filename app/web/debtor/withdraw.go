package debtor

import (
	"reliefportal/app/filing"
	"reliefportal/app/web/kit"
	views "reliefportal/templates/debtor"
)

// withdraw asks before a filing is taken back.
func (p pages) withdraw(c *kit.Ctx) error {
	o, err := p.load(c)
	if err != nil {
		return err
	}
	if _, can := filing.Next(o.Status, filing.ActWithdraw); !can || !o.isFiled() {
		return c.To("debtor.filing", o.ID)
	}
	page := c.Page()
	page.Back = c.Path("debtor.progress", o.ID)
	return c.OK(views.Withdraw(page, views.WithdrawView{Remedy: o.plain(), Body: p.Bodies.BodyName(c.Context(), o.Owner()), CancelHref: page.Back,
		Version: o.Version}))
}

// takeBack withdraws it. One that moved on since the question was asked is shown first.
func (p pages) takeBack(c *kit.Ctx) error {
	o, err := p.load(c)
	if err != nil {
		return err
	}
	if !o.isFiled() {
		return c.To("debtor.filing", o.ID)
	}
	_, err = p.Filings.Withdraw(c.Context(), c.Actor, o.ID, formVersion(c))
	if isStale(err) {
		c.Flash("withdraw.changed")
		return c.To("debtor.progress", o.ID)
	}
	if err != nil {
		return err
	}
	c.Flash("withdraw.done")
	return c.To("debtor.progress", o.ID)
}
