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
			row, err := p.draftRow(c, f.ID)
			if err != nil {
				return err
			}
			view.Drafts = append(view.Drafts, row)
		default:
			row, err := p.filingRow(c, v, r, f)
			if err != nil {
				return err
			}
			view.Filings = append(view.Filings, row)
		}
	}
	return c.OK(views.Home(c.Page(), view))
}

// draftRow is one draft with the last day to file it, which hangs on its answers.
func (p pages) draftRow(c *kit.Ctx, id string) (views.DraftRow, error) {
	f, facts, err := p.Filings.Get(c.Context(), c.Actor, id)
	if err != nil {
		return views.DraftRow{}, err
	}
	o, err := p.read(c, f, facts)
	if err != nil {
		return views.DraftRow{}, err
	}
	row := views.DraftRow{Title: o.plain(), Saved: f.UpdatedAt, Href: c.Path("debtor.filing", id), RemoveHref: c.Path("debtor.remove", id)}
	if w := p.doorOf(c, o).Window; w != nil {
		row.Until, row.Left = w.Deadline.LegalEnd, w.Left
	}
	return row, nil
}

// filingRow says in one line who has a filing or what waits for the person.
func (p pages) filingRow(c *kit.Ctx, v law.View, r *rules.Remedy, f filing.Filing) (views.FilingRow, error) {
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
		return p.ownTime(c, row, f.ID)
	case f.Status == filing.Supplement:
		row.Tag, row.Line, row.Mine = tkit.Tag{Text: c.T("home.tag_yours"), Tone: "due"}, c.T("home.line_yours", "Body", body), true
	case f.Overdue:
		row.Tag, row.Line = tkit.Tag{Text: c.T("home.tag_late"), Tone: "late"}, c.T("home.line_late", "Body", body)
	}
	return row, nil
}

// ownTime adds the person's own last day to a filing that has a result: the time for the next way is running.
func (p pages) ownTime(c *kit.Ctx, row views.FilingRow, id string) (views.FilingRow, error) {
	f, facts, err := p.Filings.Get(c.Context(), c.Actor, id)
	if err != nil {
		return row, err
	}
	next, err := p.Filings.NextDoors(c.Context(), f, facts)
	if err != nil {
		return row, err
	}
	for _, n := range next {
		if w := n.Door.Window; w != nil && w.Left >= 0 {
			row.Mine, row.Due, row.Left = true, w.Deadline.LegalEnd, w.Left
			break
		}
	}
	return row, nil
}
