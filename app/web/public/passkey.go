package public

import (
	"reliefportal/app/account"
	"reliefportal/app/web/kit"
	views "reliefportal/templates/public"
)

// askPasskey gives the browser a challenge for a passkey. Only the script asks for it.
func (p pages) askPasskey(c *kit.Ctx) error {
	options, err := p.Accounts.AskPasskey(c.Context(), c.Browser())
	if err != nil {
		return err
	}
	return c.JSON(options)
}

// enterByPasskey signs in whoever's passkey answered. What does not hold leads back to the codes, which always work.
func (p pages) enterByPasskey(c *kit.Ctx) error {
	person, err := p.Accounts.EnterByPasskey(c.Context(), []byte(c.Form().Raw("answer")), c.Browser())
	if err != nil {
		page, status, ok := c.Refused(err, "contact")
		if !ok {
			return err
		}
		for i := range page.Errors {
			page.Errors[i].ID = "contact" // the way that is left
		}
		return c.Show(status, views.SignIn(page, p.signInView(c)))
	}
	if err := p.Sessions.SignIn(c.Context(), person); err != nil {
		return err
	}
	p.Sessions.DescribeKey(c.Context(), c.Request().UserAgent())
	if person.Lang != c.Lang {
		if err := p.Accounts.SetLang(c.Context(), account.Actor{PersonID: person.ID, Kind: person.Kind}, person.ID, c.Lang); err != nil {
			return err
		}
	}
	if c.InKiosk() {
		p.Sessions.Shared(c.Context())
	}
	return p.enterAt(c, person)
}
