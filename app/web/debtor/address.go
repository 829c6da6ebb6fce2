package debtor

import (
	"net/http"
	"strings"

	"reliefportal/app/account"
	"reliefportal/app/fail"
	"reliefportal/app/filing"
	"reliefportal/app/rules"
	"reliefportal/app/web/kit"
	views "reliefportal/templates/debtor"
	tkit "reliefportal/templates/kit"
)

// address is the page of the address for service and of the consent to electronic service, in a draft and afterwards.
func (p pages) address(c *kit.Ctx) error {
	o, err := p.load(c)
	if err != nil {
		return err
	}
	if gone(o) {
		return fail.NotFound()
	}
	kept, err := p.Filings.Address(c.Context(), o.Filing)
	if err != nil {
		return err
	}
	if !o.isFiled() && !o.facts.Asked(rules.FactServiceAddress) {
		if kept, err = p.proposed(c, o); err != nil {
			return err
		}
	}
	return p.showAddress(c, o, http.StatusOK, kept, nil)
}

// gone says that a draft was taken away or ran out.
func gone(o own) bool { return !o.isFiled() && o.Status != filing.Draft }

// proposed is what the portal knows already. Consent is never proposed.
func (p pages) proposed(c *kit.Ctx, o own) (filing.ServiceAddress, error) {
	out := filing.ServiceAddress{Name: o.facts[filing.FactApplicant].Text}
	contacts, err := p.Accounts.ContactsOf(c.Context(), c.Actor.PersonID)
	for _, contact := range contacts {
		if contact.Kind == account.Mobile {
			out.Phone = strings.TrimPrefix(contact.Value, "+86") // as it is written at home
		} else {
			out.Email = contact.Value
		}
	}
	return out, err
}

func (p pages) showAddress(c *kit.Ctx, o own, status int, a filing.ServiceAddress, errs []tkit.FieldError) error {
	words := o.law.Pack.Application.Service
	view := views.AddressView{Remedy: o.plain(), Name: a.Name, Address: a.Address, Phone: a.Phone, Email: a.Email, Consent: a.Consent,
		Why: o.law.Say(words.Why), Cites: o.law.Cites(words.Cites), Agree: o.law.Say(words.Consent), Rests: o.law.Cites(words.Rests),
		Version: o.Version, Filed: o.isFiled(), ToCheck: toCheck(c)}
	for _, text := range words.Follows {
		view.Follows = append(view.Follows, o.law.Say(text))
	}
	page := c.Page()
	page.Back, page.Errors = c.Path("debtor.progress", o.ID), errs
	if !o.isFiled() {
		page = o.page(c)
		_, page.Back, _, _ = around(c, o, filing.PageService, "")
		page.Errors = errs
	}
	return c.Show(status, views.Address(page, view))
}

// typedAddress is what the form holds.
func typedAddress(c *kit.Ctx) filing.ServiceAddress {
	f := c.Form()
	a := filing.ServiceAddress{Name: f.Value("name"), Address: f.Value("address"), Phone: f.Value("phone"), Email: f.Value("email")}
	if said := f.Value("consent"); said == rules.Yes || said == rules.No {
		a.Consent = said
	}
	return a
}

func (p pages) keepAddress(c *kit.Ctx) error {
	o, err := p.load(c)
	if err != nil {
		return err
	}
	if gone(o) {
		return fail.NotFound()
	}
	typed := typedAddress(c)
	if o.isFiled() {
		_, err = p.Filings.ChangeAddress(c.Context(), c.Actor, o.ID, formVersion(c), typed)
	} else if err = filing.CheckAddress(o.law.Pack, typed); err == nil {
		o, err = p.saveAddress(c, o, typed)
	}
	if errs, invalid := c.FieldErrors(err); invalid {
		return p.showAddress(c, o, http.StatusUnprocessableEntity, typed, errs)
	}
	if isStale(err) {
		if o, err = p.load(c); err != nil {
			return err
		}
		return p.showAddress(c, o, http.StatusConflict, typed, []tkit.FieldError{{ID: "name", Text: c.T("address.stale")}})
	}
	if err != nil {
		return err
	}
	return afterAddress(c, o)
}

// saveAddress keeps the address among the answers of a draft; of what it holds unchanged nothing is written.
func (p pages) saveAddress(c *kit.Ctx, o own, a filing.ServiceAddress) (own, error) {
	if o.facts.Asked(rules.FactServiceAddress) && filing.AddressIn(o.facts) == a {
		return o, nil
	}
	return p.save(c, o, a.Answers())
}

func afterAddress(c *kit.Ctx, o own) error {
	switch {
	case o.isFiled():
		c.Flash("address.changed")
		return c.To("debtor.progress", o.ID)
	case c.Form().Has("later"):
		return leave(c)
	}
	_, _, next, _ := around(c, o, filing.PageService, "")
	return c.ToAddress(next)
}

// addressRows show the address on the check page.
func addressRows(c *kit.Ctx, o own) []tkit.SummaryRow {
	href := change(c.Path("debtor.address", o.ID))
	if filing.AddressIn(o.facts).Empty() {
		return []tkit.SummaryRow{{Key: c.T("address.where"), Value: c.T("address.none"), Note: o.law.Say(o.law.Pack.Application.Service.Why), ChangeHref: href}}
	}
	var rows []tkit.SummaryRow
	for _, id := range rules.ServiceFacts {
		fact, _ := o.law.Pack.Fact(id)
		rows = append(rows, tkit.SummaryRow{Key: o.law.Say(fact.Label), Value: kept(c, o, id), ChangeHref: href})
	}
	return rows
}
