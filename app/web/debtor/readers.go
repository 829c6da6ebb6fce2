package debtor

import (
	"reliefportal/app/account"
	"reliefportal/app/i18n"
	"reliefportal/app/web/kit"
	views "reliefportal/templates/debtor"
)

// devices lists where the person is signed in, for his own eyes.
func (p pages) devices(c *kit.Ctx) ([]views.Device, error) {
	all, err := p.Sessions.Devices(c.Context(), c.Actor.PersonID)
	if err != nil {
		return nil, err
	}
	out := make([]views.Device, 0, len(all))
	for _, d := range all {
		name := d.Name
		if name == "" {
			name = c.T("account.device_unknown")
		}
		if d.ByKey {
			name += " · " + c.T("passkey.one")
		}
		out = append(out, views.Device{Name: name, Current: d.Current, Text: c.T("account.device_line", "Since", i18n.DateTime(c.Lang, d.Since), "Seen", i18n.DateTime(c.Lang, d.Seen))})
	}
	return out, nil
}

// readers tells the person who of staff opened his requests: which desk of which body, and when. Names are left out: the person deals with
// the body, and whoever looked answers to it; the record keeps the name for a complaint.
func (p pages) readers(c *kit.Ctx) error {
	rows, err := p.Filings.Readings(c.Context(), c.Actor)
	if err != nil {
		return err
	}
	titles := map[string]string{}
	view := views.ReadersView{}
	for _, r := range rows {
		if titles[r.FilingID] == "" {
			f, facts, err := p.Filings.Get(c.Context(), c.Actor, r.FilingID)
			if err != nil {
				return err
			}
			o, err := p.read(c, f, facts)
			if err != nil {
				return err
			}
			titles[r.FilingID] = o.plain()
		}
		view.Rows = append(view.Rows, views.Reader{Title: titles[r.FilingID], Href: c.Path("debtor.filing", r.FilingID), At: r.At,
			Who: c.T("readers.who", "Body", p.Bodies.BodyName(c.Context(), r.BodyID), "Role", roleName(c, account.Role(r.Role)))})
	}
	page := c.Page()
	page.Back = c.Path("debtor.account")
	return c.OK(views.Readers(page, view))
}

func roleName(c *kit.Ctx, r account.Role) string {
	switch r {
	case account.RoleDocketing:
		return c.T("role.docketing")
	case account.RoleReviewer:
		return c.T("role.reviewer")
	case account.RoleImplementer:
		return c.T("role.implementer")
	case account.RoleArbiter:
		return c.T("role.arbiter")
	case account.RoleProcurator:
		return c.T("role.procurator")
	}
	return c.T("role.other")
}
