package debtor

import (
	"reliefportal/app/filing"
	"reliefportal/app/rules"
	"reliefportal/app/web/kit"
	"reliefportal/app/web/law"
	views "reliefportal/templates/debtor"
	tkit "reliefportal/templates/kit"
)

// home lists the person's drafts and filings, the last change first.
func (p pages) home(c *kit.Ctx) error {
	rows, _, err := p.Filings.Mine(c.Context(), c.Actor, filing.Cursor{})
	if err != nil {
		return err
	}
	name, err := p.Accounts.NameOf(c.Context(), c.Actor.PersonID)
	if err != nil {
		return err
	}
	view := views.HomeView{Name: name, FindHref: c.Path("public.find"), AccountHref: c.Path("debtor.account")}
	for _, f := range rows {
		pack, err := p.Filings.Pack(f)
		if err != nil {
			return err
		}
		v := law.For(c, pack, p.Bodies)
		r, ok := pack.Remedy(f.Remedy)
		switch {
		case !ok:
			continue
		case f.Status == filing.Draft:
			view.Drafts = append(view.Drafts, views.DraftRow{Title: v.Say(r.Plain), Saved: f.UpdatedAt, Href: c.Path("debtor.filing", f.ID),
				RemoveHref: c.Path("debtor.remove", f.ID)})
		default:
			view.Filings = append(view.Filings, p.filingRow(c, v, r, f))
		}
	}
	return c.OK(views.Home(c.Page(), view))
}

// filingRow says in one line who has a filing or what waits for the person.
func (p pages) filingRow(c *kit.Ctx, v law.View, r *rules.Remedy, f filing.Filing) views.FilingRow {
	body := p.Bodies.BodyName(c.Context(), f.Owner())
	row := views.FilingRow{Title: v.Say(r.Plain), CaseNumber: f.CaseNumber, Code: f.Code(), Href: c.Path("debtor.filing", f.ID),
		Tag: tkit.Tag{Text: c.T("home.tag_open"), Tone: "open"}, Line: c.T("home.with", "Body", body)}
	if f.NextDueAt != nil {
		row.Due = lastDay(*f.NextDueAt)
		row.Left = c.Today().DaysUntil(row.Due)
	}
	switch {
	case f.Status == filing.Closed:
		row.Tag, row.Line = tkit.Tag{Text: c.T("home.tag_closed"), Tone: "shut"}, c.T("home.line_closed")
	case f.Status == filing.Supplement:
		row.Tag, row.Line, row.Mine = tkit.Tag{Text: c.T("home.tag_yours"), Tone: "due"}, c.T("home.line_yours", "Body", body), true
	case f.Overdue:
		row.Tag, row.Line = tkit.Tag{Text: c.T("home.tag_late"), Tone: "late"}, c.T("home.line_late", "Body", body)
	}
	return row
}
