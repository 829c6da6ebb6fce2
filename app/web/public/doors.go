package public

import (
	"slices"

	"reliefportal/app/finder"
	"reliefportal/app/rules"
	"reliefportal/app/web/kit"
	"reliefportal/app/web/law"
	tkit "reliefportal/templates/kit"
	views "reliefportal/templates/public"
)

func (p pages) doors(c *kit.Ctx) error {
	v := p.view(c)
	facts, visit, err := p.facts(c, v.Pack)
	if err != nil {
		return err
	}
	if len(facts) == 0 {
		return c.To("public.find")
	}
	view := views.DoorsView{On: c.Today(), PackName: v.Say(v.Pack.Title),
		ClearAction: c.Path("public.restart"), ChangeHref: c.Path("public.question", v.Pack.Finder[0].ID)}
	view.Answers, view.More = answers(c, v, facts, visit)
	all := v.Pack.Doors(facts, c.Today(), p.Bodies)
	for _, d := range all {
		door := v.Door(d)
		door.Ways = v.Ways(d.Ways, p.wayHref(c, all))
		if d.State == rules.DoorShut {
			view.Shut = append(view.Shut, door)
			continue
		}
		if door.Href = c.Path("public.door", d.Remedy.ID); d.State == rules.DoorMaybe && d.AskNext != "" {
			door.Href = c.Path("public.question", d.AskNext)
		}
		view.Open = append(view.Open, door)
	}
	page := c.Page()
	page.Kept, page.Back = true, lastAnswered(c, v.Pack, facts)
	return c.OK(views.Doors(page, view))
}

// wayHref leads from one door to another: to its card when it is on the page, else to its own page.
func (p pages) wayHref(c *kit.Ctx, shown []rules.Door) func(string) string {
	return func(id string) string {
		if slices.ContainsFunc(shown, func(d rules.Door) bool { return d.Remedy.ID == id && d.State != rules.DoorShut }) {
			return "#" + law.Anchor(id)
		}
		return c.Path("public.door", id)
	}
}

// answers are the visitor's answers with links to change them; more is what he can still add, and the code that lets legal aid find the
// answers when he reads it out.
func answers(c *kit.Ctx, v law.View, facts rules.Facts, visit finder.Visit) (given, more []tkit.SummaryRow) {
	for _, q := range v.Pack.Finder {
		val, ok := facts[q.Fact]
		fact, _ := v.Pack.Fact(q.Fact)
		row := tkit.SummaryRow{Key: v.Say(fact.Label), Value: v.Answer(q.Fact, val), ChangeHref: c.Path("public.question", q.ID)}
		switch {
		case ok:
			given = append(given, row)
		case q.Volunteer:
			more = append(more, row)
		}
	}
	return given, append(more, tkit.SummaryRow{Key: c.T("doors.code"), Value: visit.Code, Note: c.T("doors.code_note")})
}

// lastAnswered is the question before the doors.
func lastAnswered(c *kit.Ctx, pack *rules.Pack, facts rules.Facts) string {
	back := c.Path(kit.RouteStart)
	for _, q := range pack.Finder {
		if facts.Asked(q.Fact) && !q.Volunteer {
			back = c.Path("public.question", q.ID)
		}
	}
	return back
}
