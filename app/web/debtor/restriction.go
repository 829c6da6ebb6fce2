package debtor

import (
	"net/http"

	"reliefportal/app/fail"
	"reliefportal/app/filing"
	"reliefportal/app/restriction"
	"reliefportal/app/rules"
	"reliefportal/app/store"
	"reliefportal/app/web/kit"
	"reliefportal/app/web/law"
	views "reliefportal/templates/debtor"
	tkit "reliefportal/templates/kit"
)

// inForce is the law of today, by which restrictions are read.
func (p pages) inForce(c *kit.Ctx) law.View { return law.For(c, p.Packs.On(c.Today()), p.Bodies) }

// restrictions lists what the person follows.
func (p pages) restrictions(c *kit.Ctx) error {
	rows, err := p.Limits.Mine(c.Context(), c.Actor)
	if err != nil {
		return err
	}
	v, view := p.inForce(c), views.RestrictionsView{AddHref: c.Path("debtor.restrictionadd")}
	for _, e := range rows {
		kind, term := termOf(v, e)
		view.Rows = append(view.Rows, views.RestrictionRow{Title: v.Say(kind.Label), Event: v.Say(term.Label), Href: c.Path("debtor.restriction", e.ID),
			Tag: restrictionTag(c, e), Due: e.DueOn, Left: c.Today().DaysUntil(e.DueOn), Open: e.State.Open()})
	}
	page := c.Page()
	page.Back = c.Path(kit.RouteDebtorHome)
	return c.OK(views.Restrictions(page, view))
}

func termOf(v law.View, e restriction.Entry) (rules.Restriction, rules.RestrictionTerm) {
	kind, _ := v.Pack.Restriction(e.Kind)
	term, _ := kind.Term(e.Event)
	return kind, term
}

func restrictionTag(c *kit.Ctx, e restriction.Entry) tkit.Tag {
	switch {
	case e.State == restriction.Gone:
		return tkit.Tag{Text: c.T("restriction.tag_gone"), Tone: "shut"}
	case e.State == restriction.Dropped:
		return tkit.Tag{Text: c.T("restriction.tag_dropped"), Tone: "shut"}
	case c.Today().After(e.DueOn):
		return tkit.Tag{Text: c.T("restriction.tag_due"), Tone: "due"}
	}
	return tkit.Tag{Text: c.T("restriction.tag_waiting"), Tone: "open"}
}

// restriction shows one with its day, and asks whether it is still there.
func (p pages) restriction(c *kit.Ctx) error {
	e, _, err := p.Limits.Get(c.Context(), c.Actor, c.Param("id"))
	if err != nil {
		return err
	}
	return p.showRestriction(c, e, http.StatusOK, nil)
}

func (p pages) showRestriction(c *kit.Ctx, e restriction.Entry, status int, errs []tkit.FieldError) error {
	v := p.inForce(c)
	kind, term := termOf(v, e)
	dl := v.Pack.Calendar.End(e.HappenedOn, term.Within)
	view := views.RestrictionView{Title: v.Say(kind.Label), Event: v.Say(term.Label), Note: v.Say(term.Note), Where: v.Say(kind.Where), Happened: e.HappenedOn,
		Must: c.T("restriction.must"), Open: e.State.Open(), Version: e.Version, Working: v.Working(dl, v.Say(term.Label), c.Today(), term.Cite)}
	if !term.Must {
		view.Must = c.T("restriction.may")
	}
	if !view.Open {
		view.Ended = c.T(map[restriction.State]string{restriction.Gone: "restriction.ended_gone", restriction.Dropped: "restriction.ended_dropped"}[e.State])
	}
	view.Clock = restrictionClock(c, e)
	view.Clock.Cites = []tkit.Cite{v.Cite(term.Cite)}
	if e.DraftID != nil {
		view.DraftHref = c.Path("debtor.filing", *e.DraftID)
	}
	if e.CheckedAt != nil {
		view.CheckedAt = *e.CheckedAt
	}
	page := c.Page()
	page.Back, page.Errors = c.Path("debtor.restrictions"), errs
	return c.Show(status, views.Restriction(page, view))
}

func restrictionClock(c *kit.Ctx, e restriction.Entry) tkit.Clock {
	out := tkit.Clock{Name: c.T("restriction.clock"), State: "running", Left: c.Today().DaysUntil(e.DueOn), Start: e.HappenedOn, Due: e.DueOn, StartLabel: c.T("progress.start"),
		Duty: c.T("restriction.duty")}
	switch {
	case out.Left < 0:
		out.State = "missed"
	case out.Left <= soon:
		out.State = "soon"
	}
	return out
}

// saw keeps what the person saw; a request that was drafted is led to.
func (p pages) saw(c *kit.Ctx) error {
	e, _, err := p.Limits.Get(c.Context(), c.Actor, c.Param("id"))
	if err != nil {
		return err
	}
	say := restriction.Say(c.Form().Value("seen"))
	now, err := p.Limits.Answer(c.Context(), c.Actor, e.ID, formVersion(c), say, c.Lang)
	if errs, invalid := c.FieldErrors(err); invalid {
		return p.showRestriction(c, e, http.StatusUnprocessableEntity, errs)
	}
	if fail.KindOf(err) == fail.KindConflict {
		return p.showRestriction(c, e, http.StatusConflict, []tkit.FieldError{{ID: "seen", Text: c.T("restriction.stale")}})
	}
	if err != nil {
		return err
	}
	switch {
	case say == restriction.SayStill && now.DraftID != nil:
		c.Flash("restriction.drafted")
	case say == restriction.SayStill:
		c.Flash("restriction.not_yet")
	default:
		c.Flash("restriction.kept")
	}
	return c.To("debtor.restriction", e.ID)
}

// addRestriction asks which restriction, then by what it ends, then on which day; what was chosen stands in the address.
func (p pages) addRestriction(c *kit.Ctx) error { return p.askRestriction(c, http.StatusOK, nil) }

func (p pages) askRestriction(c *kit.Ctx, status int, errs []tkit.FieldError) error {
	v := p.inForce(c)
	view := views.RestrictionAddView{CancelHref: c.Path("debtor.restrictions"), Field: tkit.Field{Name: "value", Heading: true, Label: c.T("restriction.which")}}
	kind, chosen := v.Pack.Restriction(c.Query("kind"))
	term, timed := kind.Term(c.Query("event"))
	switch {
	case chosen && timed:
		view.Day, view.Token = true, store.NewID()
		view.Field.Label, view.Field.Hint = v.Say(term.Day), c.T("restriction.day_hint")
		view.Field.Year, view.Field.Month, view.Field.Day = c.Form().Raw("year"), c.Form().Raw("month"), c.Form().Raw("day")
	case chosen:
		view.Field.Label, view.Field.Hint = c.T("restriction.by_what"), c.T("restriction.by_what_hint")
		for _, t := range kind.Terms {
			view.Field.Options = append(view.Field.Options, tkit.Option{Value: t.ID, Label: v.Say(t.Label), Hint: v.Say(t.Note)})
		}
	default:
		for _, r := range v.Pack.Restrictions {
			view.Field.Options = append(view.Field.Options, tkit.Option{Value: r.ID, Label: v.Say(r.Label)})
		}
	}
	page := c.Page()
	page.Back, page.Errors = view.CancelHref, errs
	return c.Show(status, views.RestrictionAdd(page, view))
}

// takeAdd takes one page and leads to the next, or notes the restriction with what is known from the newest filing.
func (p pages) takeAdd(c *kit.Ctx) error {
	v := p.inForce(c)
	here := c.Path("debtor.restrictionadd")
	kind, chosen := v.Pack.Restriction(c.Query("kind"))
	if !chosen {
		if kind, chosen = v.Pack.Restriction(c.Form().Value("value")); !chosen {
			return p.askRestriction(c, http.StatusUnprocessableEntity, []tkit.FieldError{{ID: "value", Text: c.T("answer.choose")}})
		}
		return c.ToAddress(kit.WithQuery(here, "kind", kind.ID))
	}
	term, timed := kind.Term(c.Query("event"))
	if !timed {
		if term, timed = kind.Term(c.Form().Value("value")); !timed {
			return p.askRestriction(c, http.StatusUnprocessableEntity, []tkit.FieldError{{ID: "value", Text: c.T("answer.choose")}})
		}
		return c.ToAddress(kit.WithQuery(here, "kind", kind.ID, "event", term.ID))
	}
	return p.noteRestriction(c, kind, term)
}

func (p pages) noteRestriction(c *kit.Ctx, kind rules.Restriction, term rules.RestrictionTerm) error {
	on, err := c.Form().Day("value")
	var e restriction.Entry
	if err == nil {
		var facts rules.Facts
		if facts, err = p.knownFacts(c); err != nil {
			return err
		}
		e, err = p.Limits.Note(c.Context(), c.Actor, restriction.New{Kind: kind.ID, Event: term.ID, On: on, Facts: facts, Lang: c.Lang, Token: c.Form().Value(startToken)})
	}
	if errs, invalid := c.FieldErrors(err); invalid {
		return p.askRestriction(c, http.StatusUnprocessableEntity, errs)
	}
	if err != nil {
		return err
	}
	c.Flash("restriction.noted")
	return c.To("debtor.restriction", e.ID)
}

// knownFacts are the case and the person as the newest filing knows them, so that nothing is asked twice.
func (p pages) knownFacts(c *kit.Ctx) (rules.Facts, error) {
	out := rules.Facts{}
	rows, _, err := p.Filings.Mine(c.Context(), c.Actor, filing.Cursor{})
	if err != nil || len(rows) == 0 {
		return out, err
	}
	facts, err := p.Filings.Facts(rows[0])
	for _, id := range []rules.FactID{filing.FactCaseNumber, filing.FactExecCourt, filing.FactApplicant, "id_number"} {
		if v, ok := facts.Known(id); ok {
			out[id] = v
		}
	}
	return out, err
}
