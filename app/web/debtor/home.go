package debtor

import (
	"reliefportal/app/filing"
	"reliefportal/app/web/kit"
	views "reliefportal/templates/debtor"
	tkit "reliefportal/templates/kit"
)

// home lists the person's drafts and filings, the last change first: one query for the rows, one for the person's own clocks.
func (p pages) home(c *kit.Ctx) error {
	if c.Actor.By != nil { // the person's other filings are nobody's business but his
		return c.To(kit.RouteHelp)
	}
	scope := "home:" + c.Actor.PersonID
	var after filing.Cursor
	later, err := c.ReadCursor(scope, &after)
	if err != nil {
		return err
	}
	rows, more, err := p.Filings.Mine(c.Context(), c.Actor, after)
	if err != nil {
		return err
	}
	name, err := p.Accounts.NameOf(c.Context(), c.Actor.PersonID)
	if err != nil {
		return err
	}
	view := views.HomeView{Name: name, FindHref: c.Path("public.find"), AccountHref: c.Path("debtor.account"), ToldHref: c.Path("debtor.told"), RestrictionsHref: c.Path("debtor.restrictions")}
	view.More = meansLinks(c)
	if view.Dead, err = p.dead(c); err != nil {
		return err
	}
	if later {
		view.FirstHref = c.Path("debtor.home")
	}
	if !more.Zero() {
		next, err := c.Cursor(scope, more)
		if err != nil {
			return err
		}
		view.NextHref = kit.WithQuery(c.Path("debtor.home"), "after", next)
	}
	if err := p.listHome(c, rows, &view); err != nil {
		return err
	}
	if err := p.listOthers(c, &view); err != nil {
		return err
	}
	return c.OK(views.Home(c.Page(), view))
}

// listHome sorts the rows into drafts and filings.
func (p pages) listHome(c *kit.Ctx, rows []filing.Filing, view *views.HomeView) error {
	clocks, err := p.Filings.OwnClocks(c.Context(), ids(rows))
	if err != nil {
		return err
	}
	for _, f := range rows {
		facts, err := p.Filings.Facts(f)
		if err != nil {
			return err
		}
		o, err := p.read(c, f, facts)
		if err != nil {
			return err
		}
		if f.Status == filing.Draft {
			view.Drafts = append(view.Drafts, p.draftRow(c, o))
			continue
		}
		view.Filings = append(view.Filings, p.filingRow(c, o, clocks[f.ID]))
	}
	return nil
}

func ids(rows []filing.Filing) []string {
	out := make([]string, len(rows))
	for i, f := range rows {
		out[i] = f.ID
	}
	return out
}

// openShown is how many pages without an answer a draft names in the list.
const openShown = 3

// draftRow is one draft with the last day to file it, which hangs on its answers.
func (p pages) draftRow(c *kit.Ctx, o own) views.DraftRow {
	row := views.DraftRow{Title: o.plain(), Saved: o.UpdatedAt, Href: c.Path("debtor.filing", o.ID), RemoveHref: c.Path("debtor.remove", o.ID)}
	if w := p.doorOf(c, o).Window; w != nil {
		row.Until, row.Left = w.Deadline.LegalEnd, w.Left
	}
	row.Goes, _ = o.Going(c.Now())
	open := o.open()
	row.Open = len(open)
	for _, pg := range open[:min(len(open), openShown)] {
		row.OpenTitles = append(row.OpenTitles, titleOf(c, o, pg))
	}
	return row
}

// filingRow says in one line who has a filing or what waits for the person. mine is his own running clock, zero when there is none.
func (p pages) filingRow(c *kit.Ctx, o own, mine filing.Clock) views.FilingRow {
	body := p.Bodies.BodyName(c.Context(), o.Owner())
	row := views.FilingRow{Title: o.plain(), CaseNumber: o.CaseNumber, Code: o.Code(), Href: c.Path("debtor.filing", o.ID),
		Tag: tkit.Tag{Text: c.T("home.tag_open"), Tone: "open"}, Line: c.T("home.with", "Body", body)}
	if o.NextDueAt != nil {
		row.Due = lastDay(*o.NextDueAt)
	}
	switch {
	case o.Status == filing.Closed:
		row.Tag, row.Line = tkit.Tag{Text: c.T("home.tag_closed"), Tone: "shut"}, c.T("home.line_closed")
		if mine.ID != "" {
			row.Mine, row.Due = true, mine.LegalEndOn
		}
	case o.Status == filing.Supplement:
		row.Tag, row.Line, row.Mine = tkit.Tag{Text: c.T("home.tag_yours"), Tone: "late"}, c.T("home.line_yours", "Body", body), true
	case o.Overdue: // rust is for bodies that are late, never for the person
		row.Tag, row.Line = tkit.Tag{Text: c.T("home.tag_late"), Tone: "due"}, c.T("home.line_late", "Body", body)
	}
	if !row.Due.IsZero() {
		row.Left = c.Today().DaysUntil(row.Due)
	}
	return row
}
