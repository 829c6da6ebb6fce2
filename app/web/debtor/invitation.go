package debtor

import (
	"net/http"

	"reliefportal/app/assist"
	"reliefportal/app/fail"
	"reliefportal/app/i18n"
	"reliefportal/app/web/kit"
	"reliefportal/app/web/law"
	views "reliefportal/templates/debtor"
	tkit "reliefportal/templates/kit"
)

// invitation asks somebody who was asked to act for his code.
func (p pages) invitation(c *kit.Ctx) error {
	return showInvitation(c, http.StatusOK, nil)
}

func showInvitation(c *kit.Ctx, status int, errs []tkit.FieldError) error {
	page := c.Page()
	page.Back, page.Errors = c.Path(kit.RouteDebtorHome), errs
	return c.Show(status, views.Invitation(page, views.InvitationView{Code: c.Form().Raw("code")}))
}

// readInvitation shows what the code is about before anything is taken up.
func (p pages) readInvitation(c *kit.Ctx) error {
	offered, err := p.Assist.Look(c.Context(), c.Actor, c.Form().Value("code"))
	if err != nil {
		return p.badInvitation(c, err)
	}
	name, err := p.Accounts.NameOf(c.Context(), c.Actor.PersonID)
	if err != nil {
		return err
	}
	return c.OK(views.Invited(invitedPage(c), p.invitedView(c, offered, name)))
}

func invitedPage(c *kit.Ctx) tkit.Page {
	page := c.Page()
	page.Back = c.Path("debtor.invitation")
	return page
}

func (p pages) invitedView(c *kit.Ctx, o assist.Offered, name string) views.InvitedView {
	pack := p.Filings.Packs.On(c.Today())
	v := law.For(c, pack, p.Bodies)
	capacity, _ := assist.CapacityOf(o.Capacity)
	view := views.InvitedView{Applicant: o.Applicant, Capacity: v.Say(capacity.Name), Papers: v.Say(capacity.Papers), Cite: v.Cite(capacity.Needs),
		Powers: powerNames(c, o.Representative), Code: c.Form().Value("code"), Name: name, Action: c.Path("debtor.invited"), CancelHref: c.Path(kit.RouteDebtorHome)}
	if r, ok := pack.Remedy(o.Remedy); ok {
		view.Remedy = v.Say(r.Plain)
	}
	return view
}

// badInvitation puts what is wrong with a code to its field.
func (p pages) badInvitation(c *kit.Ctx, err error) error {
	if errs, invalid := c.FieldErrors(err); invalid {
		return showInvitation(c, http.StatusUnprocessableEntity, errs)
	}
	e, ok := fail.As(err)
	if !ok || e.Kind != fail.KindTooMany && e.Kind != fail.KindConflict {
		return err
	}
	status := http.StatusConflict
	if e.Kind == fail.KindTooMany {
		status = http.StatusTooManyRequests
	}
	return showInvitation(c, status, []tkit.FieldError{{ID: "code", Text: i18n.With(c.Lang, e.Key, e.Args)}})
}

func (p pages) acceptInvitation(c *kit.Ctx) error {
	r, err := p.Assist.Accept(c.Context(), c.Actor, c.Form().Value("code"), c.Form().Value("name"))
	if errs, invalid := c.FieldErrors(err); invalid && errs[0].ID == "name" {
		offered, err := p.Assist.Look(c.Context(), c.Actor, c.Form().Value("code"))
		if err != nil {
			return p.badInvitation(c, err)
		}
		page := invitedPage(c)
		page.Errors = errs
		return c.Again(views.Invited(page, p.invitedView(c, offered, c.Form().Raw("name"))))
	}
	if err != nil {
		return p.badInvitation(c, err)
	}
	c.Flash("rep.accepted")
	return c.To("debtor.filing", r.FilingID)
}
