package admin

import (
	"net/http"

	"reliefportal/app/directory"
	"reliefportal/app/fail"
	"reliefportal/app/filing"
	"reliefportal/app/web/kit"
	views "reliefportal/templates/admin"
	tkit "reliefportal/templates/kit"
)

// courtsShown is how many courts a page lists, and how many a search finds.
const courtsShown = 25

// courts lists courts from the supreme court down, or those a search finds.
func (p pages) courts(c *kit.Ctx) error {
	const scope = "admin.courts"
	view := views.CourtsView{Tabs: tabs(c, "admin.courts"), Action: c.Path("admin.courts"), Q: c.Query("q")}
	if view.Q != "" {
		view.Rows = courtRows(c, p.Bodies.Search(view.Q, courtsShown))
		return c.OK(views.Courts(c.Page(), view))
	}
	var after string
	later, err := c.ReadCursor(scope, &after)
	if err != nil {
		return err
	}
	found := p.Bodies.Tree().From(after, courtsShown+1)
	if len(found) > courtsShown {
		found = found[:courtsShown]
		next, err := c.Cursor(scope, found[courtsShown-1].Name)
		if err != nil {
			return err
		}
		view.NextHref = kit.WithQuery(view.Action, "after", next)
	}
	if later {
		view.FirstHref = view.Action
	}
	view.Rows = courtRows(c, found)
	return c.OK(views.Courts(c.Page(), view))
}

func courtRows(c *kit.Ctx, courts []directory.Court) []views.CourtRow {
	var out []views.CourtRow
	for _, court := range courts {
		row := views.CourtRow{Href: c.Path("admin.court", court.ID), Name: court.Name, Level: levelName(c, court.Level), Above: court.Parent, Sign: court.Sign}
		if court.Uncertain {
			row.Note = c.T("admin.uncertain")
		}
		out = append(out, row)
	}
	return out
}

func levelName(c *kit.Ctx, level int) string {
	switch level {
	case directory.LevelSupreme:
		return c.T("admin.level_1")
	case directory.LevelHigh:
		return c.T("admin.level_2")
	case directory.LevelIntermediate:
		return c.T("admin.level_3")
	}
	return c.T("admin.level_4")
}

// court shows one court.
func (p pages) court(c *kit.Ctx) error { return p.showCourt(c, nil) }

// showCourt draws the page of a court, with what is to be corrected and what was typed.
func (p pages) showCourt(c *kit.Ctx, errs []tkit.FieldError) error {
	court, ok := p.Bodies.Tree().ByID(c.Param("id"))
	if !ok {
		return fail.NotFound()
	}
	form := c.Form()
	view := views.CourtView{Tabs: tabs(c, "admin.courts"), ListHref: c.Path("admin.courts"), Name: court.Name, Divisions: p.divisions(c, court.ID),
		DivisionAction: c.Path("admin.division", court.ID), ProcuratorateAction: c.Path("admin.procuratorate", court.ID),
		Kind: form.Value("kind"), DivisionName: form.Raw("name"), DivisionEn: form.Raw("name_en"), Year: form.Raw("year"), Month: form.Raw("month"), Day: form.Raw("day"),
		ProcuratorateTyped: form.Raw("organ")}
	view.Procuratorate, view.Confirmed = p.Bodies.ProcuratorateOf(court.ID)
	view.About = []tkit.SummaryRow{{Key: c.T("admin.level"), Value: levelName(c, court.Level)}, {Key: c.T("admin.sign"), Value: court.Sign},
		{Key: c.T("admin.above"), Value: court.Parent}}
	view.PracticeHref = c.Path("reviewer.practice", court.ID)
	if court.Uncertain {
		view.About[0].Note = c.T("admin.uncertain")
	}
	if up, ok := p.Bodies.Tree().ByName(court.Parent); ok {
		view.AboveHref = c.Path("admin.court", up.ID)
	}
	for _, kind := range directory.CourtDivisions() {
		view.Kinds = append(view.Kinds, tkit.Option{Value: kind, Label: usualName(c, kind)})
	}
	page := c.Page()
	status := http.StatusOK
	if page.Errors = errs; len(errs) > 0 {
		status = http.StatusUnprocessableEntity
	}
	return c.Show(status, views.Court(page, view))
}

// divisions are those entered, by kind and the newest first, and the usual one of every kind that has none today.
func (p pages) divisions(c *kit.Ctx, courtID string) []views.DivisionRow {
	entered := p.Bodies.History(c.Context(), courtID)
	var out []views.DivisionRow
	for _, kind := range directory.CourtDivisions() {
		if d := p.Bodies.DivisionOrDefault(c.Context(), courtID, kind, c.Today()); d.Assumed {
			out = append(out, views.DivisionRow{Kind: usualName(c, kind), Name: d.Named(c.Lang), Assumed: true})
		}
		for _, d := range entered {
			if d.Kind == kind {
				out = append(out, views.DivisionRow{Kind: usualName(c, kind), Name: d.Named(c.Lang), From: d.From, To: d.To,
					Future: d.From.After(c.Today()), Past: !d.To.IsZero() && d.To.Before(c.Today())})
			}
		}
	}
	return out
}

func usualName(c *kit.Ctx, kind string) string {
	d, _ := directory.UsualDivision(kind)
	return d.Named(c.Lang)
}

// setDivision enters the division a court has from a day on; the one before ends on the day before.
func (p pages) setDivision(c *kit.Ctx) error {
	court, ok := p.Bodies.Tree().ByID(c.Param("id"))
	if !ok {
		return fail.NotFound()
	}
	from, err := c.Form().Day("from")
	if err == nil {
		form := c.Form()
		_, err = p.Bodies.SetDivision(c.Context(), filing.AuditActor(c.Actor, ""), directory.Division{BodyID: court.ID, Kind: form.Value("kind"),
			Name: form.Value("name"), NameEn: form.Value("name_en"), From: from})
	}
	return p.done(c, court, err, "from", "admin.division_set")
}

// done ends a change of a court: back to its page, or the form again. A conflict is told at the field it is about.
func (p pages) done(c *kit.Ctx, court directory.Court, err error, field, flash string) error {
	if err == nil {
		c.Flash(flash)
		return c.To("admin.court", court.ID)
	}
	if e, ok := fail.As(err); ok && e.Kind == fail.KindConflict {
		err = fail.Invalid(fail.Field{Name: field, Key: e.Key, Args: e.Args})
	}
	errs, invalid := c.FieldErrors(err)
	if !invalid {
		return err
	}
	return p.showCourt(c, errs)
}

// setProcuratorate confirms or corrects the procuratorate of a court.
func (p pages) setProcuratorate(c *kit.Ctx) error {
	court, ok := p.Bodies.Tree().ByID(c.Param("id"))
	if !ok {
		return fail.NotFound()
	}
	_, err := p.Bodies.SetProcuratorate(c.Context(), filing.AuditActor(c.Actor, ""), court.ID, c.Form().Value("organ"))
	if e, ok := fail.As(err); ok {
		for i := range e.Fields {
			e.Fields[i].Name = "organ"
		}
	}
	return p.done(c, court, err, "organ", "admin.procuratorate_set")
}
