package admin

import (
	"slices"
	"strings"

	"reliefportal/app/fail"
	"reliefportal/app/i18n"
	"reliefportal/app/packs"
	"reliefportal/app/rules"
	"reliefportal/app/web/kit"
	"reliefportal/app/web/law"
	views "reliefportal/templates/admin"
	tkit "reliefportal/templates/kit"
)

// remedy shows one remedy of a pack in full, with the worked cases that name it.
func (p pages) remedy(c *kit.Ctx) error {
	v, err := p.law(c)
	if err != nil {
		return err
	}
	r, ok := v.Pack.Remedy(c.Param("remedy"))
	if !ok {
		return fail.NotFound()
	}
	cases, err := p.cases(c, v, r)
	if err != nil {
		return err
	}
	view := views.RemedyView{Tabs: tabs(c, "admin.packs"), PackHref: c.Path("admin.pack", v.Pack.Hash), PackName: v.Say(v.Pack.Title), ID: r.ID,
		Title: v.Say(r.Plain), About: about(c, v, r)}
	for _, s := range []views.Section{
		{ID: "rule", Title: c.T("admin.part_cites"), Items: []views.Item{remedyItem(c, v, r), stayItem(c, v, r)}},
		{ID: "shut", Title: c.T("admin.part_shut"), Items: shut(v, r)},
		{ID: "routes", Title: c.T("admin.part_routes"), Items: routesOf(v, r)},
		{ID: "clocks", Title: c.T("admin.part_clocks"), Items: clocksOf(v, r)},
		{ID: "questions", Title: c.T("admin.part_questions"), Items: questionsOf(v, r)},
		{ID: "papers", Title: c.T("admin.part_papers"), Items: papers(c, v, r)},
		{ID: "outcomes", Title: c.T("admin.part_outcomes"), Items: outcomes(v, r)},
		{ID: "refusals", Title: c.T("admin.part_refusals"), Items: grounds(v, r.RefuseGrounds)},
		{ID: "grounds", Title: c.T("admin.part_grounds"), Items: grounds(v, r.Grounds)},
		{ID: "cases", Title: c.T("admin.part_cases"), Items: cases},
	} {
		if len(s.Items) > 0 {
			view.Sections = append(view.Sections, s)
		}
	}
	return c.OK(views.Remedy(c.Page(), view))
}

// about is what the remedy says of itself.
func about(c *kit.Ctx, v law.View, r *rules.Remedy) []tkit.SummaryRow {
	rows := []tkit.SummaryRow{
		{Key: c.T("admin.name"), Value: v.Say(r.Name)}, {Key: c.T("admin.purpose"), Value: v.Say(r.Purpose)}, {Key: c.T("admin.who"), Value: v.Say(r.Who)},
		{Key: c.T("admin.against"), Value: v.Say(r.Against)}, {Key: c.T("admin.body"), Value: v.Say(r.Body)}, {Key: c.T("admin.contact"), Value: v.Say(r.Contact)},
		{Key: c.T("admin.limit"), Value: window(v, r)}, {Key: c.T("admin.late"), Value: strings.Join(r.Late, " ")}, {Key: c.T("admin.stay"), Value: v.Say(r.Stay.Text)},
		{Key: c.T("admin.paper"), Value: v.Say(r.Paper)}, {Key: c.T("admin.open_when"), Value: reads(v, r.OpenWhen)}, {Key: c.T("admin.beside"), Value: strings.Join(r.Overlaps, " ")},
	}
	return slices.DeleteFunc(rows, func(row tkit.SummaryRow) bool { return row.Value == "" })
}

func stayItem(c *kit.Ctx, v law.View, r *rules.Remedy) views.Item {
	return views.Item{ID: c.T("admin.stay"), Title: v.Say(r.Stay.Text), Cites: cited(v, r.Stay.Cites)}
}

func shut(v law.View, r *rules.Remedy) []views.Item {
	var out []views.Item
	for _, s := range r.Shut {
		out = append(out, views.Item{ID: s.ID, Title: v.Say(s.Why), Lines: lines(strings.Join(s.Ways, " "), reads(v, s.When)), Cites: cited(v, s.Cites)})
	}
	return out
}

func routesOf(v law.View, r *rules.Remedy) []views.Item {
	var out []views.Item
	for i := range v.Pack.Rows {
		row := &v.Pack.Rows[i]
		if slices.Contains(row.Remedies, r.ID) || slices.Contains(row.Remedies, "*") {
			out = append(out, routeItem(v, row))
		}
	}
	return out
}

// clocksOf are the clock of the window and those of the stages, each once, in the order a filing meets them.
func clocksOf(v law.View, r *rules.Remedy) []views.Item {
	var ids []string
	if r.Window != nil {
		ids = append(ids, r.Window.Clock)
	}
	for _, stage := range []rules.Stage{rules.StageSubmitted, rules.StageSupplement, rules.StageReviewing, rules.StageDecided} {
		ids = append(ids, r.Stages[stage].Rule)
	}
	var out []views.Item
	for i, id := range ids {
		if k, ok := v.Pack.Clock(id); ok && !slices.Contains(ids[:i], id) {
			out = append(out, clockItem(v, k))
		}
	}
	return out
}

func questionsOf(v law.View, r *rules.Remedy) []views.Item {
	var out []views.Item
	for _, id := range r.Questions {
		if q, ok := v.Pack.Question(id); ok {
			out = append(out, questionItem(v, q))
		}
	}
	return out
}

func papers(c *kit.Ctx, v law.View, r *rules.Remedy) []views.Item {
	var out []views.Item
	for _, paper := range r.Papers {
		item := views.Item{ID: paper.ID, Title: v.Say(paper.Label), Lines: lines(v.Say(paper.Why), v.Say(paper.Where), reads(v, paper.When))}
		if paper.Required {
			item.Tag = tkit.Tag{Text: c.T("admin.required"), Tone: "open"}
		}
		out = append(out, item)
	}
	return out
}

func outcomes(v law.View, r *rules.Remedy) []views.Item {
	var out []views.Item
	for _, o := range r.Outcomes {
		item := views.Item{ID: o.ID, Title: v.Say(o.Label)}
		for _, n := range o.Next {
			item.Lines = append(item.Lines, n.Remedy+" · "+v.Say(n.Why))
		}
		out = append(out, item)
	}
	return out
}

func grounds(v law.View, all []rules.Ground) []views.Item {
	var out []views.Item
	for _, g := range all {
		out = append(out, views.Item{ID: g.Code, Title: v.Say(g.Label), Lines: lines(strings.Join(g.Ways, " ")), Cites: cited(v, g.Cites)})
	}
	return out
}

// cases are the worked cases that name the remedy, each run now: it holds, or it is said where not.
func (p pages) cases(c *kit.Ctx, v law.View, r *rules.Remedy) ([]views.Item, error) {
	all, err := p.Packs.Cases(v.Pack)
	if err != nil {
		return nil, err
	}
	var out []views.Item
	for _, w := range all {
		if slices.Contains(w.None, r.ID) || slices.ContainsFunc(w.Doors, func(d packs.WantDoor) bool { return d.Remedy == r.ID }) {
			out = append(out, p.caseItem(c, v, r, w))
		}
	}
	return out, nil
}

func (p pages) caseItem(c *kit.Ctx, v law.View, r *rules.Remedy, w packs.Case) views.Item {
	item := views.Item{ID: w.ID, Title: v.Say(w.Title), Lines: lines(c.T("admin.case_on", "Date", w.On, "Rows", strings.Join(w.Rows, " "))),
		Tag: tkit.Tag{Text: c.T("admin.holds_true"), Tone: "open"}}
	for _, d := range w.Doors {
		if d.Remedy == r.ID {
			item.Lines = append(item.Lines, wanted(c, d))
		}
	}
	if differs := w.Run(v.Pack, p.Bodies); len(differs) > 0 {
		item.Tag = tkit.Tag{Text: c.T("admin.differs"), Tone: "due"}
		item.Lines = append(item.Lines, differs...)
	}
	return item
}

// wanted words what a case expects of the door.
func wanted(c *kit.Ctx, d packs.WantDoor) string {
	parts := lines(stateName(c, d.State), d.Row, d.Court, d.Division)
	if !d.Legal.IsZero() {
		parts = append(parts, i18n.Date(c.Lang, d.Legal))
	}
	if len(d.Ways) > 0 {
		parts = append(parts, strings.Join(d.Ways, " "))
	}
	return strings.Join(parts, " · ")
}

func stateName(c *kit.Ctx, s rules.DoorState) string {
	switch s {
	case rules.DoorUntil:
		return c.T("admin.state_until")
	case rules.DoorOpen:
		return c.T("admin.state_open")
	case rules.DoorMaybe:
		return c.T("admin.state_maybe")
	case rules.DoorLate:
		return c.T("admin.state_late")
	case rules.DoorShut:
		return c.T("admin.state_shut")
	}
	return ""
}
