package debtor

import (
	"net/http"

	"reliefportal/app/web/kit"
	views "reliefportal/templates/debtor"
	tkit "reliefportal/templates/kit"
)

// passkeys lists the person's passkeys. The form to add one shows where the browser can make keys.
func (p pages) passkeys(c *kit.Ctx) error { return p.showPasskeys(c, http.StatusOK, nil) }

func (p pages) showPasskeys(c *kit.Ctx, status int, errs []tkit.FieldError) error {
	keys, err := p.Accounts.Passkeys(c.Context(), c.Actor)
	if err != nil {
		return err
	}
	view := views.PasskeysView{Name: c.Form().Raw("name"), BeginAction: c.Path("debtor.passkeybegin"), Shared: c.InKiosk(), Possible: p.Accounts.HasPasskeys()}
	for _, k := range keys {
		view.Keys = append(view.Keys, views.PasskeyRow{Name: k.Name, Added: k.Added, Used: k.Used, RemoveAction: c.Path("debtor.passkeyremove", k.ID)})
	}
	page := c.Page()
	page.Back, page.Errors = c.Path("debtor.account"), errs
	return c.Show(status, views.Passkeys(page, view))
}

// beginPasskey gives the script what the browser needs to make a key. A mistake in the name is told by the form that follows.
func (p pages) beginPasskey(c *kit.Ctx) error {
	options, err := p.Accounts.BeginPasskey(c.Context(), c.Actor, c.Form().Value("name"), c.Browser())
	if err != nil {
		return err
	}
	return c.JSON(options)
}

func (p pages) addPasskey(c *kit.Ctx) error {
	err := p.Accounts.AddPasskey(c.Context(), c.Actor, c.Form().Value("name"), []byte(c.Form().Raw("answer")), c.Browser())
	if errs, status, ok := changeRefused(c, err, "name"); ok {
		return p.showPasskeys(c, status, errs)
	}
	if err != nil {
		return err
	}
	c.Flash("passkey.done")
	return c.To("debtor.passkeys")
}

func (p pages) removePasskey(c *kit.Ctx) error {
	if err := p.Accounts.RemovePasskey(c.Context(), c.Actor, c.Param("id")); err != nil {
		return err
	}
	c.Flash("passkey.removed")
	return c.To("debtor.passkeys")
}
