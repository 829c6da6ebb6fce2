package reviewer

import (
	"net/http"
	"slices"

	"reliefportal/app/account"
	"reliefportal/app/filing"
	"reliefportal/app/i18n"
	"reliefportal/app/oversight"
	"reliefportal/app/rules"
	"reliefportal/app/web/kit"
	"reliefportal/app/web/law"
	tkit "reliefportal/templates/kit"
	views "reliefportal/templates/reviewer"
)

// looks are the pages on which a filing is looked at and not handled: by the procuratorate of the seat, and for the review of quality.
func (p pages) looks() []kit.Route {
	seat, supervisor := kit.Roles(account.RoleProcurator), kit.Roles(account.RoleSupervisor)
	return []kit.Route{
		row(http.MethodGet, "/staff/seat", "seat.list", seat, kit.None, p.seat),
		row(http.MethodGet, "/staff/seat/f/:id", "seat.filing", seat, kit.FilingBody, p.seatFiling),
		row(http.MethodGet, "/staff/seat/f/:id/remark", "seat.remark", seat, kit.FilingBody, p.remark),
		row(http.MethodPost, "/staff/seat/f/:id/remark", "seat.remark", seat, kit.FilingBody, p.doRemark),
		row(http.MethodGet, "/staff/quality/items/:id", "quality.item", supervisor, kit.DrawItem, p.qualityItem),
		row(http.MethodPost, "/staff/quality/items/:id", "quality.item", supervisor, kit.DrawItem, p.scoreItem),
	}
}

// filingPath is where a filing is read by the person who asks: on the desk, or from outside it.
func filingPath(c *kit.Ctx, id string) string {
	if slices.ContainsFunc(desks, c.Actor.Has) {
		return c.Path("reviewer.filing", id)
	}
	return c.Path("seat.filing", id)
}

// seat lists what concerns the courts of the procuratorate's seat, the newest first.
func (p pages) seat(c *kit.Ctx) error {
	scope := "seat/" + c.Actor.PersonID
	var after filing.Cursor
	later, err := c.ReadCursor(scope, &after)
	if err != nil {
		return err
	}
	found, more, err := p.Filings.AtSeat(c.Context(), c.Actor, after)
	if err != nil {
		return err
	}
	view := views.SeatListView{Tabs: seatTabs(c, "seat.list")}
	for _, f := range found {
		line, err := p.seatRow(c, f)
		if err != nil {
			return err
		}
		view.Rows = append(view.Rows, line)
	}
	if later {
		view.FirstHref = c.Path("seat.list")
	}
	if !more.Zero() {
		next, err := c.Cursor(scope, more)
		if err != nil {
			return err
		}
		view.NextHref = kit.WithQuery(c.Path("seat.list"), "after", next)
	}
	return c.OK(views.SeatList(c.Page(), view))
}

func seatTabs(c *kit.Ctx, now string) []tkit.Tab {
	return []tkit.Tab{
		{Text: c.T("seat.list"), Href: c.Path("seat.list"), Count: -1, Selected: now == "seat.list"},
		{Text: c.T("remark.list"), Href: c.Path("supervisor.remarks"), Count: -1, Selected: now == "supervisor.remarks"},
	}
}

// seatRow is one line: what is asked, of whom, and which court of the seat it concerns, now and then.
func (p pages) seatRow(c *kit.Ctx, f filing.Filing) (views.SeatRow, error) {
	pack, err := p.Filings.Pack(f)
	if err != nil {
		return views.SeatRow{}, err
	}
	row := views.SeatRow{Href: c.Path("seat.filing", f.ID), Code: f.Code(), CaseNumber: f.CaseNumber, Status: status(c, f), Received: f.ReceivedOn(),
		Person: i18n.Name(p.Filings.Applicant(f)), Owner: p.Bodies.BodyName(c.Context(), f.Owner())}
	if r, ok := pack.Remedy(f.Remedy); ok {
		row.Subject = r.Name.In(c.Lang)
	}
	row.Now, row.Then = p.courts(c, f)
	return row, nil
}

// courts are the court that enforces now and, when it is another, the one that took the measure.
func (p pages) courts(c *kit.Ctx, f filing.Filing) (now, then string) {
	if f.ExecBodyID != nil {
		now = p.Bodies.BodyName(c.Context(), *f.ExecBodyID)
	}
	if f.ActBodyID != nil && (f.ExecBodyID == nil || *f.ActBodyID != *f.ExecBodyID) {
		then = p.Bodies.BodyName(c.Context(), *f.ActBodyID)
	}
	return now, then
}

// seatFiling shows everything about one filing to the procuratorate, to be read.
func (p pages) seatFiling(c *kit.Ctx) error {
	d, err := p.load(c)
	if err != nil {
		return err
	}
	if err := p.Filings.NoteOpened(c.Context(), c.Actor, d.Filing); err != nil {
		return err
	}
	view, err := p.look(c, d)
	if err != nil {
		return err
	}
	view.ListHref, view.ListText, view.RemarkHref = c.Path("seat.list"), c.T("seat.list"), c.Path("seat.remark", d.ID)
	remarks, err := p.Oversight.RemarksOn(c.Context(), c.Actor, d.ID)
	if err != nil {
		return err
	}
	for _, r := range remarks {
		view.Remarks = append(view.Remarks, tkit.Link{Href: c.Path("supervisor.remark", r.ID),
			Text: c.T("remark.line", "Kind", remarkKind(c, r.Kind), "Body", p.Bodies.BodyName(c.Context(), r.BodyID), "Date", r.DueOn)})
	}
	return c.OK(views.Look(c.Page(), view))
}

// look fills in what is read of a filing from outside its desk. Notes and drafts of the body are not among it.
func (p pages) look(c *kit.Ctx, d desk) (views.LookView, error) {
	view := views.LookView{Case: views.WorkspaceView{Number: number(d.Filing), Title: d.title(), Person: d.person, Status: status(c, d.Filing),
		Received: d.ReceivedOn(), PackName: d.law.Say(d.law.Pack.Title), Facts: facts(d)}, Body: p.Bodies.BodyName(c.Context(), d.Owner())}
	view.Now, view.Then = p.courts(c, d.Filing)
	for _, fill := range []func(*kit.Ctx, desk, *views.WorkspaceView) error{p.clock, p.people, p.past, p.ruled, p.timing} {
		if err := fill(c, d, &view.Case); err != nil {
			return view, err
		}
	}
	docs, err := p.Files.List(c.Context(), d.ID)
	if err != nil {
		return view, err
	}
	for _, doc := range docs {
		shown := onDesk(c, d, doc)
		if !c.Actor.Has(account.RoleProcurator) {
			shown.File.Href = "" // the papers are opened by those who may open the filing itself
		}
		view.Files = append(view.Files, shown.File)
	}
	return view, nil
}

// remark is the form on which the procuratorate asks or recommends something.
func (p pages) remark(c *kit.Ctx) error { return p.showRemark(c, nil) }

func (p pages) showRemark(c *kit.Ctx, errs []tkit.FieldError) error {
	d, err := p.load(c)
	if err != nil {
		return err
	}
	form := c.Form()
	head := d.head(c)
	head.BackHref = c.Path("seat.filing", d.ID)
	view := views.RemarkView{Head: head, Text: form.Raw("text"), Max: oversight.TextMax}
	for _, k := range oversight.Kinds {
		rule, _ := d.law.Pack.Clock(k.Rule())
		view.Kinds = append(view.Kinds, tkit.Option{Value: string(k), Label: remarkKind(c, k), Checked: form.Value("kind") == string(k),
			Hint: c.T("remark.kind_hint", "Length", i18n.Period(c.Lang, rule.Length), "Cite", cites(d, []rules.Cite{rule.Cite}))})
	}
	bodies := p.Oversight.Addressees(c.Actor, d.Filing)
	for _, id := range bodies {
		view.Bodies = append(view.Bodies, tkit.Option{Value: id, Label: p.Bodies.BodyName(c.Context(), id), Checked: form.Value("body") == id || len(bodies) == 1})
	}
	page := c.Page()
	if page.Errors = errs; len(errs) > 0 {
		return c.Again(views.Remark(page, view))
	}
	return c.OK(views.Remark(page, view))
}

func (p pages) doRemark(c *kit.Ctx) error {
	form := c.Form()
	in := oversight.NewRemark{Kind: oversight.Kind(form.Value("kind")), BodyID: form.Value("body"), Text: form.Value("text")}
	if _, _, err := p.Filings.Get(c.Context(), c.Actor, c.Param("id")); err != nil {
		return err
	}
	err := law.Respectful("text", in.Text)
	var r oversight.Remark
	if err == nil {
		r, err = p.Oversight.Remark(c.Context(), c.Actor, c.Param("id"), in)
	}
	if errs, invalid := c.FieldErrors(err); invalid {
		return p.showRemark(c, errs)
	}
	if err != nil {
		return err
	}
	c.Flash("remark.sent")
	return c.To("supervisor.remark", r.ID)
}

func remarkKind(c *kit.Ctx, k oversight.Kind) string {
	if k == oversight.Suggestion {
		return c.T("remark.suggestion")
	}
	return c.T("remark.question")
}
