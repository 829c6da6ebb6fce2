package reviewer

import (
	"slices"

	"reliefportal/app/account"
	"reliefportal/app/web/kit"
	views "reliefportal/templates/reviewer"
)

func (p pages) signIn(c *kit.Ctx) error {
	if c.Actor.IsStaff() {
		return c.To(firstPage(c.Actor))
	}
	return c.OK(views.StaffSignIn(c.Page(), views.StaffSignInView{Next: c.Query("next")}))
}

// enter signs a member of staff in by password and second factor. Which of them was wrong is not said.
func (p pages) enter(c *kit.Ctx) error {
	form := c.Form()
	person, err := p.Accounts.StaffSignIn(c.Context(), form.Value("login"), form.Raw("password"), form.Value("totp"))
	if errs, invalid := c.FieldErrors(err); invalid {
		page := c.Page()
		page.Errors = errs
		return c.Again(views.StaffSignIn(page, views.StaffSignInView{Login: form.Raw("login"), Next: form.Value("next")}))
	}
	if err != nil {
		return err
	}
	actor, err := p.Accounts.ActorOf(c.Context(), person.ID)
	if err != nil {
		return err
	}
	if err := p.Sessions.SignIn(c.Context(), person); err != nil {
		return err
	}
	if c.InKiosk() {
		p.Sessions.Shared(c.Context())
	}
	return c.ToAddress(c.SafeNext(firstPage(actor)))
}

// firstPage is the route a member of staff begins the day on.
func firstPage(a account.Actor) string {
	switch {
	case slices.ContainsFunc(desks, a.Has):
		return kit.RouteStaffHome
	case a.Has(account.RoleProcurator):
		return "seat.list"
	case a.Has(account.RoleHelper):
		return "helper.start"
	case a.Has(account.RoleCaller):
		return "caller.list"
	case a.Has(account.RoleSupervisor):
		return "supervisor.findings"
	case a.Has(account.RoleAdmin):
		return "admin.jobs"
	}
	return kit.RouteStaffHome
}
