package supervisor

import (
	"net/http"

	"reliefportal/app/account"
	"reliefportal/app/calendar"
	"reliefportal/app/fail"
	"reliefportal/app/i18n"
	"reliefportal/app/oversight"
	"reliefportal/app/rules"
	"reliefportal/app/web/kit"
	"reliefportal/app/web/law"
	tkit "reliefportal/templates/kit"
	views "reliefportal/templates/supervisor"
)

// oversight are the rows on remarks of procuratorates, requests that somebody steps aside, and the review of quality.
func (p pages) oversight() []kit.Route {
	readers := kit.Roles(account.RoleProcurator, account.RoleSupervisor, account.RoleDocketing)
	remark := func(method, path, name string, who kit.Who, object kit.Object, h kit.Handler) kit.Route {
		return kit.Route{Method: method, Path: path, Name: name, Who: who, Object: object, Handler: h}
	}
	return []kit.Route{
		remark(http.MethodGet, "/staff/remarks", "supervisor.remarks", readers, kit.None, p.remarks),
		remark(http.MethodGet, "/staff/remarks/:id", "supervisor.remark", readers, kit.Remark, p.remark),
		remark(http.MethodPost, "/staff/remarks/:id", "supervisor.remark", kit.Roles(account.RoleSupervisor, account.RoleDocketing), kit.Remark, p.answerRemark),
		row(http.MethodPost, "/staff/remarks/:id/longer", "supervisor.longer", kit.Remark, p.extendRemark),
		row(http.MethodGet, "/staff/recusals", "supervisor.recusals", kit.None, p.recusals),
		row(http.MethodGet, "/staff/recusals/:id", "supervisor.recusal", kit.Recusal, p.recusal),
		row(http.MethodPost, "/staff/recusals/:id", "supervisor.recusal", kit.Recusal, p.decideRecusal),
		row(http.MethodGet, "/staff/quality", "supervisor.quality", kit.None, p.quality),
		row(http.MethodPost, "/staff/quality", "supervisor.quality", kit.None, p.drawQuality),
		row(http.MethodGet, "/staff/quality/:id", "supervisor.draw", kit.Draw, p.draw),
	}
}

// listTabs lead from a list to the other lists of whoever reads it.
func listTabs(c *kit.Ctx, now string) []tkit.Tab {
	switch {
	case c.Actor.Has(account.RoleSupervisor):
		return tabs(c, now)
	case c.Actor.Has(account.RoleProcurator):
		return []tkit.Tab{{Text: c.T("seat.list"), Href: c.Path("seat.list"), Count: -1}, {Text: c.T("remark.list"), Href: c.Path("supervisor.remarks"), Count: -1, Selected: true}}
	}
	return []tkit.Tab{{Text: c.T("desk.queue"), Href: c.Path(kit.RouteStaffHome), Count: -1}, {Text: c.T("remark.list"), Href: c.Path("supervisor.remarks"), Count: -1, Selected: true}}
}

// remarks lists what procuratorates have asked and recommended: open ones first, by the day of the answer.
func (p pages) remarks(c *kit.Ctx) error {
	all, err := p.Oversight.Remarks(c.Context(), c.Actor)
	if err != nil {
		return err
	}
	view := views.DutiesView{Tabs: listTabs(c, "supervisor.remarks"), Title: c.T("remark.list"), None: c.T("remark.none")}
	for _, r := range all {
		view.Rows = append(view.Rows, p.duty(c, views.Duty{Href: c.Path("supervisor.remark", r.ID), Code: r.Filing.Code(), Kind: remarkKind(c, r.Kind),
			Body: p.Bodies.BodyName(c.Context(), r.BodyID), From: p.Bodies.BodyName(c.Context(), r.OfficeID), Status: remarkStatus(c, r.Remark), Due: r.DueOn,
			HasDue: r.Status == oversight.RemarkOpen}))
	}
	return c.OK(views.Duties(c.Page(), view))
}

// duty counts the days left of a row.
func (p pages) duty(c *kit.Ctx, d views.Duty) views.Duty {
	d.Left = c.Today().DaysUntil(d.Due)
	return d
}

func remarkKind(c *kit.Ctx, k oversight.Kind) string {
	if k == oversight.Suggestion {
		return c.T("remark.suggestion")
	}
	return c.T("remark.question")
}

func remarkStatus(c *kit.Ctx, r oversight.Remark) tkit.Tag {
	switch {
	case r.Status == oversight.RemarkAnswered:
		return tkit.Tag{Text: c.T("remark.answered"), Tone: "shut"}
	case r.Overdue:
		return tkit.Tag{Text: c.T("work.overdue"), Tone: "due"}
	}
	return tkit.Tag{Text: c.T("remark.open"), Tone: "maybe"}
}

// remark shows one remark with its answer, or the form for it.
func (p pages) remark(c *kit.Ctx) error {
	r, err := p.Oversight.RemarkOf(c.Context(), c.Actor, c.Param("id"))
	if err != nil {
		return err
	}
	return p.showRemark(c, r, http.StatusOK, nil)
}

func (p pages) showRemark(c *kit.Ctx, r oversight.RemarkView, code int, errs []tkit.FieldError) error {
	pack, err := p.Filings.Pack(r.Filing)
	if err != nil {
		return err
	}
	view := views.RemarkView{Code: r.Filing.Code(), Kind: remarkKind(c, r.Kind), From: p.Bodies.BodyName(c.Context(), r.OfficeID), Said: r.Text, Answer: r.Answer,
		Longer: r.Reason, Body: p.Bodies.BodyName(c.Context(), r.BodyID), Status: remarkStatus(c, r.Remark), Due: r.DueOn, Left: c.Today().DaysUntil(r.DueOn),
		HasDue: r.Status == oversight.RemarkOpen, Version: r.Version, ListHref: c.Path("supervisor.remarks"), Typed: c.Form().Raw("text"), Max: oversight.TextMax,
		Rule: p.rule(c, pack, r.Rule)}
	if c.Actor.Has(account.RoleProcurator) {
		view.FilingHref = c.Path("seat.filing", r.FilingID)
	}
	view.MayAnswer = oversight.MayAnswer(c.Actor, r.Remark)
	if oversight.MayExtend(c.Actor, r.Remark) && r.Rule.Extra.Valid() {
		view.LongerAction, view.Extra = c.Path("supervisor.longer", r.ID), i18n.Period(c.Lang, r.Rule.Extra)
	}
	if r.Overdue && r.AboveID != nil {
		view.Above = p.Bodies.BodyName(c.Context(), *r.AboveID)
	}
	if r.AnsweredAt != nil {
		view.Answered = calendar.DateOf(*r.AnsweredAt)
	}
	page := c.Page()
	page.Errors = errs
	return c.Show(code, views.Remark(page, view))
}

// rule words a clock: what it is called, how long it is, and by which article.
func (p pages) rule(c *kit.Ctx, pack *rules.Pack, r rules.ClockRule) tkit.Cite {
	cite := law.For(c, pack, p.Bodies).Cite(r.Cite)
	cite.Text = c.T("remark.rule", "Title", r.Title.In(c.Lang), "Length", i18n.Period(c.Lang, r.Length), "Cite", cite.Text)
	return cite
}

// answerRemark answers for the body.
func (p pages) answerRemark(c *kit.Ctx) error {
	text := c.Form().Value("text")
	return p.onRemark(c, "remark.thanks", func(id string) error {
		return p.Oversight.Answer(c.Context(), c.Actor, id, formVersion(c), text)
	})
}

// extendRemark takes the longer time, once.
func (p pages) extendRemark(c *kit.Ctx) error {
	return p.onRemark(c, "remark.extended", func(id string) error {
		return p.Oversight.Extend(c.Context(), c.Actor, id, formVersion(c), c.Form().Value("text"))
	})
}

// onRemark does one thing with a remark: back to it, or the form again with what was typed.
func (p pages) onRemark(c *kit.Ctx, done string, do func(id string) error) error {
	r, err := p.Oversight.RemarkOf(c.Context(), c.Actor, c.Param("id"))
	if err != nil {
		return err
	}
	if err = law.Respectful("text", c.Form().Value("text")); err == nil {
		err = do(r.ID)
	}
	if errs, code := formErrors(c, err); errs != nil {
		if fresh, loading := p.Oversight.RemarkOf(c.Context(), c.Actor, r.ID); loading == nil {
			r = fresh
		}
		return p.showRemark(c, r, code, errs)
	}
	if err != nil {
		return err
	}
	c.Flash(done)
	return c.To("supervisor.remark", r.ID)
}

// formErrors words what is to be changed, or that somebody was faster; nil for any other error.
func formErrors(c *kit.Ctx, err error) (errs []tkit.FieldError, code int) {
	if errs, invalid := c.FieldErrors(err); invalid {
		return errs, http.StatusUnprocessableEntity
	}
	if e, ok := fail.As(err); ok && e.Kind == fail.KindConflict {
		return []tkit.FieldError{{ID: "text", Text: i18n.With(c.Lang, e.Key, e.Args)}}, http.StatusConflict
	}
	return nil, 0
}
