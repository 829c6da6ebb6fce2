package debtor

import (
	"reliefportal/app/fail"
	"reliefportal/app/store"
	"reliefportal/app/web/kit"
)

// startToken is the hidden field that makes two clicks open one draft.
const startToken = "_start"

// startNext drafts the next way with the facts carried over.
func (p pages) startNext(c *kit.Ctx) error {
	o, err := p.load(c)
	if err != nil {
		return err
	}
	token := c.Form().Value(startToken)
	if len(token) != len(store.NewID()) {
		return fail.Conflict("filing.stale")
	}
	f, err := p.Filings.StartNext(c.Context(), c.Actor, o.ID, c.Param("remedy"), c.Lang, token)
	if err != nil {
		return err
	}
	c.Flash("draft.carried")
	return c.To("debtor.filing", f.ID)
}
