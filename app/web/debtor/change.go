package debtor

import (
	"net/http"

	"reliefportal/app/account"
	"reliefportal/app/fail"
	"reliefportal/app/i18n"
	"reliefportal/app/web/kit"
	views "reliefportal/templates/debtor"
	tkit "reliefportal/templates/kit"
)

// newContact asks for another e-mail address or mobile number, and says what follows from it.
func (p pages) newContact(c *kit.Ctx) error {
	return p.showNewContact(c, http.StatusOK, nil)
}

func (p pages) showNewContact(c *kit.Ctx, status int, errs []tkit.FieldError) error {
	page := c.Page()
	page.Back, page.Errors = c.Path("debtor.account"), errs
	return c.Show(status, views.NewContact(page, views.NewContactView{Contact: c.Form().Raw("contact")}))
}

func (p pages) askNewContact(c *kit.Ctx) error {
	err := p.Accounts.StartChange(c.Context(), c.Actor, c.Form().Value("contact"), c.Browser(), c.Lang)
	if errs, status, ok := changeRefused(c, err, "contact"); ok {
		return p.showNewContact(c, status, errs)
	}
	if err != nil {
		return err
	}
	return c.To("debtor.confirmcontact")
}

// changeRefused puts a mistake, a limit, an end of time or somebody else's claim to a field.
func changeRefused(c *kit.Ctx, err error, field string) ([]tkit.FieldError, int, bool) {
	if errs, invalid := c.FieldErrors(err); invalid {
		return errs, http.StatusUnprocessableEntity, true
	}
	e, known := fail.As(err)
	if !known {
		return nil, 0, false
	}
	errs := []tkit.FieldError{{ID: field, Text: i18n.With(c.Lang, e.Key, e.Args)}}
	switch e.Kind {
	case fail.KindTooMany:
		return errs, http.StatusTooManyRequests, true
	case fail.KindExpired:
		return errs, http.StatusGone, true
	case fail.KindConflict:
		return errs, http.StatusConflict, true
	}
	return nil, 0, false
}

// change runs a page of a change that was begun; without one it leads to the beginning.
func (p pages) change(h func(*kit.Ctx, account.Change) error) kit.Handler {
	return func(c *kit.Ctx) error {
		ch, err := p.Accounts.ChangeOf(c.Context(), c.Actor.PersonID)
		if fail.KindOf(err) == fail.KindNotFound && err != nil {
			return c.To("debtor.newcontact")
		}
		if err != nil {
			return err
		}
		return h(c, ch)
	}
}

func (p pages) confirmContact(c *kit.Ctx, ch account.Change) error {
	return p.showConfirm(c, ch, http.StatusOK, nil)
}

func (p pages) showConfirm(c *kit.Ctx, ch account.Change, status int, errs []tkit.FieldError) error {
	page := c.Page()
	page.Back, page.Errors = c.Path("debtor.account"), errs
	return c.Show(status, views.ConfirmContact(page, views.ConfirmContactView{New: i18n.Contact(ch.New.Value), Old: i18n.Contact(ch.Old.Value), NewOK: ch.NewOK, OldOK: ch.OldOK,
		Waiting: ch.Waiting, On: ch.AppliesOn, Days: int(account.ContactWait.Hours() / 24), NewCode: c.Form().Raw("new"), OldCode: c.Form().Raw("old"),
		StopAction: c.Path("debtor.stopcontact")}))
}

// doConfirmContact takes the codes that were typed: one, the other, or both; or lets the change wait when the old contact is lost.
func (p pages) doConfirmContact(c *kit.Ctx, ch account.Change) error {
	done, field, err := p.confirmBoth(c, ch)
	if err == nil && !done && c.Form().Has("lost") {
		field, err = "new", p.Accounts.WaitForChange(c.Context(), c.Actor, c.Lang)
	}
	if errs, status, ok := changeRefused(c, err, field); ok {
		now, err := p.Accounts.ChangeOf(c.Context(), c.Actor.PersonID)
		if err != nil {
			return err
		}
		return p.showConfirm(c, now, status, errs)
	}
	if err != nil {
		return err
	}
	if !done {
		return c.To("debtor.confirmcontact")
	}
	if err := p.Sessions.SignOut(c.Context()); err != nil {
		return err
	}
	c.Flash("change.done")
	return c.To(kit.RouteSignIn)
}

func (p pages) confirmBoth(c *kit.Ctx, ch account.Change) (done bool, field string, err error) {
	if code := c.Form().Value("new"); code != "" && !ch.NewOK {
		if done, err = p.Accounts.ConfirmNew(c.Context(), c.Actor, code, c.Browser()); done || err != nil {
			return done, "new", err
		}
	}
	if code := c.Form().Value("old"); code != "" && !ch.OldOK {
		done, err = p.Accounts.ConfirmOld(c.Context(), c.Actor, code, c.Browser())
	}
	return done, "old", err
}

func (p pages) stopContact(c *kit.Ctx) error {
	err := p.Accounts.StopChange(c.Context(), c.Actor)
	if err != nil && fail.KindOf(err) != fail.KindNotFound {
		return err
	}
	c.Flash("change.stopped")
	return c.To("debtor.account")
}

// changeHref leads from the account to a change that is on its way, or to the beginning of one.
func (p pages) changeHref(c *kit.Ctx) (href string, changing bool, err error) {
	_, err = p.Accounts.ChangeOf(c.Context(), c.Actor.PersonID)
	if err == nil {
		return c.Path("debtor.confirmcontact"), true, nil
	}
	if fail.KindOf(err) != fail.KindNotFound {
		return "", false, err
	}
	return c.Path("debtor.newcontact"), false, nil
}
