package debtor

import (
	"net/http"

	"reliefportal/app/fail"
	"reliefportal/app/i18n"
	"reliefportal/app/web/kit"
	views "reliefportal/templates/debtor"
	tkit "reliefportal/templates/kit"
)

func (p pages) account(c *kit.Ctx) error {
	name, err := p.Accounts.NameOf(c.Context(), c.Actor.PersonID)
	if err != nil {
		return err
	}
	return p.showAccount(c, http.StatusOK, name, nil)
}

func (p pages) showAccount(c *kit.Ctx, status int, name string, errs []tkit.FieldError) error {
	contacts, err := p.Accounts.ContactsOf(c.Context(), c.Actor.PersonID)
	if err != nil {
		return err
	}
	devices, err := p.devices(c)
	if err != nil {
		return err
	}
	view := views.AccountView{Name: name, Devices: devices, EverywhereAction: c.Path("debtor.everywhere"), HomeHref: c.Path(kit.RouteDebtorHome),
		ContactHref: c.Path("debtor.contact"), ReadersHref: c.Path("debtor.readers"),
		PasskeysHref: c.Path("debtor.passkeys"), DataHref: c.Path("debtor.data"), EraseHref: c.Path("debtor.erase")}
	if view.ChangeHref, view.Changing, err = p.changeHref(c); err != nil {
		return err
	}
	for _, contact := range contacts {
		view.Contacts = append(view.Contacts, views.Contact{Kind: string(contact.Kind), Masked: i18n.Contact(contact.Value)})
	}
	page := c.Page()
	page.Back, page.Errors = view.HomeHref, errs
	return c.Show(status, views.Account(page, view))
}

// rename keeps the person's name. The field of the form is "value", the service speaks of "name".
func (p pages) rename(c *kit.Ctx) error {
	err := p.Accounts.SetName(c.Context(), c.Actor, c.Actor.PersonID, c.Form().Value("value"))
	if e, ok := fail.As(err); ok && e.Kind == fail.KindInvalid {
		for i := range e.Fields {
			e.Fields[i].Name = "value"
		}
		errs, _ := c.FieldErrors(e)
		return p.showAccount(c, http.StatusUnprocessableEntity, c.Form().Raw("value"), errs)
	}
	if err != nil {
		return err
	}
	c.Flash("account.saved")
	return c.To("debtor.account")
}

// everywhere ends every session of the person, this one included.
func (p pages) everywhere(c *kit.Ctx) error {
	if err := p.Accounts.SignOutEverywhere(c.Context(), c.Actor, c.Actor.PersonID); err != nil {
		return err
	}
	if err := p.Sessions.SignOut(c.Context()); err != nil {
		return err
	}
	return c.To(kit.RouteStart)
}
