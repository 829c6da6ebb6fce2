package debtor

import (
	"reliefportal/app/calendar"
	"reliefportal/app/filing"
	"reliefportal/app/means"
	"reliefportal/app/reckon"
	"reliefportal/app/rules"
	"reliefportal/app/web/kit"
	views "reliefportal/templates/debtor"
	tkit "reliefportal/templates/kit"
)

// meansResult shows what the statement comes to. Nothing left, and less than nothing, have a page of their own that asks for no date to pay by.
func (p pages) meansResult(c *kit.Ctx) error {
	s, err := p.stated(c)
	if err != nil {
		return err
	}
	if !s.Ready() {
		c.Flash("means.not_ready_text")
		return c.To("debtor.means")
	}
	sheet, err := means.SheetOf(s.law.Pack, s.Data, c.Today(), c.Lang)
	if err != nil {
		return err
	}
	view := views.MeansResultView{Title: c.T("means.result_title"), Sum: s.law.Sheet(sheet), ChangeHref: c.Path("debtor.means"), ExamplesHref: c.Path("debtor.meansexamples"),
		VersionText: versionText(c, s.Statement)}
	switch sheet.Result.Left.Sign() {
	case reckon.Zero, reckon.Minus:
		view.Title, view.Lead, view.Nothing = c.T("means.nothing_title"), c.T("means.nothing_lead"), true
		view.Doors = p.doorLinks(c, s, s.m.Doors)
	case reckon.Open:
		view.Title = c.T("means.gap_title")
	case reckon.Plus:
	}
	if _, ok := s.law.Pack.Remedy(s.m.Change); ok {
		view.UseHref = c.Path("public.door", s.m.Change)
	}
	if view.Drafts, err = p.draftsFor(c, s.m); err != nil {
		return err
	}
	return c.OK(views.MeansResult(meansPage(c, c.Path("debtor.means")), view))
}

// draftsFor links to the person's drafts that the statement can be added to.
func (p pages) draftsFor(c *kit.Ctx, m rules.Means) ([]tkit.Link, error) {
	rows, _, err := p.Filings.Mine(c.Context(), c.Actor, filing.Cursor{})
	if err != nil {
		return nil, err
	}
	var out []tkit.Link
	for _, f := range rows {
		if f.Status != filing.Draft || !m.Takes(f.Remedy) {
			continue
		}
		pack, err := p.Filings.Pack(f)
		if err != nil {
			return nil, err
		}
		if r, ok := pack.Remedy(f.Remedy); ok {
			out = append(out, tkit.Link{Text: r.Plain.In(c.Lang), Href: c.Path("debtor.attach", f.ID)})
		}
	}
	return out, nil
}

// doorLinks lead to remedies in plain words.
func (p pages) doorLinks(c *kit.Ctx, s stated, ids []string) []tkit.Link {
	var out []tkit.Link
	for _, id := range ids {
		if r, ok := s.law.Pack.Remedy(id); ok {
			out = append(out, tkit.Link{Text: s.law.Say(r.Plain), Href: c.Path("public.door", id)})
		}
	}
	return out
}

// meansExamples shows the worked examples of the rules, done by the same sums.
func (p pages) meansExamples(c *kit.Ctx) error {
	s, err := p.stated(c)
	if err != nil {
		return err
	}
	var view views.MeansExamplesView
	for _, e := range s.m.Examples {
		sheet, err := means.SheetOf(s.law.Pack, means.ExampleData(s.law.Pack, e), c.Today(), c.Lang)
		if err != nil {
			return err
		}
		view.Examples = append(view.Examples, views.MeansExample{Title: s.law.Say(e.Title), Sum: s.law.Sheet(sheet)})
	}
	return c.OK(views.MeansExamples(meansPage(c, c.Path("debtor.means")), view))
}

// attachPage offers the statement to a draft. The statement is the person's alone, so whoever types for him is led past it.
func (p pages) attachPage(c *kit.Ctx, o own) error {
	if c.Helper.PersonID != "" {
		return passMeans(c, o)
	}
	view, page, err := p.attachView(c, o)
	if err != nil {
		return err
	}
	return c.OK(views.MeansAttach(page, view))
}

func (p pages) attachView(c *kit.Ctx, o own) (views.MeansAttachView, tkit.Page, error) {
	s, err := p.stated(c)
	if err != nil {
		return views.MeansAttachView{}, tkit.Page{}, err
	}
	page := o.page(c)
	number, back, next, listed := around(c, o, filing.PageMeans, "")
	if !listed || number == 0 {
		back, next = c.Path("debtor.check", o.ID), c.Path("debtor.check", o.ID)
	}
	page.Back = back
	view := views.MeansAttachView{Remedy: o.plain(), Ready: s.Ready(), FillHref: c.Path("debtor.means"), SkipHref: next, Version: o.Version, VersionText: versionText(c, s.Statement)}
	say := func(d means.Data, on calendar.Date) (string, error) {
		sheet, err := means.SheetOf(o.law.Pack, d, on, c.Lang)
		return sheet.Say, err
	}
	if view.Ready {
		if view.Say, err = say(s.Data, c.Today()); err != nil {
			return view, page, err
		}
	}
	have, ok, err := p.Means.Of(c.Context(), o.Filing)
	if err != nil || !ok {
		return view, page, err
	}
	view.Have, view.Newer = true, have.Statement.ID != s.ID
	view.HaveSay, err = say(have.Statement.Data, have.On)
	return view, page, err
}

// attach adds the statement to a draft, or takes it out.
func (p pages) attach(c *kit.Ctx, o own) error {
	if c.Helper.PersonID != "" {
		return passMeans(c, o)
	}
	detach := c.Form().Has("detach")
	act := p.Means.Attach
	if detach {
		act = p.Means.Detach
	}
	err := act(c.Context(), c.Actor, o.ID, formVersion(c))
	if isStale(err) {
		c.Flash("papers.stale")
		return c.To("debtor.attach", o.ID)
	}
	if errs, invalid := c.FieldErrors(err); invalid {
		return p.attachAgain(c, o, errs)
	}
	if err != nil {
		return err
	}
	if detach {
		c.Flash("means.detached")
		return c.To("debtor.attach", o.ID)
	}
	c.Flash("means.attached")
	return passMeans(c, o)
}

// passMeans leads on to the page after the statement, or to the check page where the remedy has no page for it.
func passMeans(c *kit.Ctx, o own) error {
	_, _, next, listed := around(c, o, filing.PageMeans, "")
	if !listed {
		return c.To("debtor.check", o.ID)
	}
	return c.ToAddress(next)
}

func (p pages) attachAgain(c *kit.Ctx, o own, errs []tkit.FieldError) error {
	view, page, err := p.attachView(c, o)
	if err != nil {
		return err
	}
	page.Errors = errs
	return c.Again(views.MeansAttach(page, view))
}

// meansRow is the line on the check page that leads to the statement; none where the remedy does not take one.
func (p pages) meansRow(c *kit.Ctx, o own) (tkit.SummaryRow, bool, error) {
	if !o.law.Pack.Means.Takes(o.remedy.ID) {
		return tkit.SummaryRow{}, false, nil
	}
	row := tkit.SummaryRow{Key: c.T("means.attach_row"), Value: c.T("means.attach_none"), ChangeHref: c.Path("debtor.attach", o.ID)}
	have, ok, err := p.Means.Of(c.Context(), o.Filing)
	if err != nil || !ok {
		return row, err == nil, err
	}
	sheet, err := means.SheetOf(o.law.Pack, have.Statement.Data, have.On, c.Lang)
	if err != nil {
		return row, false, err
	}
	row.Value = c.T("means.attach_have", "Say", sheet.Say)
	if now, err := p.Means.Current(c.Context(), c.Actor); err == nil && now.ID != have.Statement.ID {
		row.Note = c.T("means.newer")
	}
	return row, true, nil
}
