package reviewer

import (
	"github.com/a-h/templ"

	"reliefportal/app/filing"
	"reliefportal/app/review"
	"reliefportal/app/web/kit"
	tkit "reliefportal/templates/kit"
	views "reliefportal/templates/reviewer"
)

func (p pages) assign(c *kit.Ctx, d desk) error {
	body, err := p.assignForm(c)(c.Page(), d)
	if err != nil {
		return err
	}
	return c.OK(body)
}

// doAssign gives a filing to a person of the division. Of two at once one wins, and the other is told who.
func (p pages) doAssign(c *kit.Ctx) error {
	_, err := p.Reviews.Give(c.Context(), c.Actor, c.Param("id"), formVersion(c), c.Form().Value("person"), c.Form().Value("reason"))
	return p.finish(c, filing.ActAssign, err, "work.assigned", p.assignForm(c))
}

// claim is doAssign to oneself.
func (p pages) claim(c *kit.Ctx) error {
	_, err := p.Reviews.Assign(c.Context(), c.Actor, c.Param("id"), formVersion(c), c.Actor.PersonID)
	return p.finish(c, filing.ActAssign, err, "work.claimed", p.assignForm(c))
}

func (p pages) assignForm(c *kit.Ctx) form {
	return func(page tkit.Page, d desk) (templ.Component, error) {
		choices, err := p.Reviews.Choices(c.Context(), d.Filing)
		if err != nil {
			return nil, err
		}
		view := views.AssignView{Head: d.head(c), Reasons: overrides(c, d.law.Pack)}
		if load, ok, err := p.Reviews.WorkloadOf(c.Context(), d.Filing); err != nil {
			return nil, err
		} else if ok {
			view.Weight = c.T("assign.weight", "N", load.Points)
		}
		for _, one := range choices {
			view.People = append(view.People, choice(c, one))
			if one.Bar == review.BarMeasure {
				view.TookPart = append(view.TookPart, one.Name)
			}
		}
		return views.Assign(page, view), nil
	}
}

// choice is one person with what he has in hand, or switched off with the reason.
func choice(c *kit.Ctx, one review.Choice) tkit.Option {
	out := tkit.Option{Value: one.PersonID, Label: one.Name, Hint: c.T("assign.load", "N", one.Open, "Points", one.Points), Checked: c.Form().Value("person") == one.PersonID}
	if one.PersonID == c.Actor.PersonID {
		out.Label = c.T("work.myself", "Name", one.Name)
	}
	if one.Proposed {
		out.Hint = c.T("assign.proposed") + " · " + out.Hint
		out.Checked = out.Checked || !c.Form().Has("person")
	}
	if one.Before {
		out.Hint += " · " + c.T("assign.before")
	}
	switch {
	case one.Bar != review.BarNone:
		out.Hint = barred(c, one.Bar)
	case one.Away:
		out.Hint = c.T("review.away")
	default:
		return out
	}
	out.Off, out.Checked = true, false
	return out
}

// barred says in words what stands against somebody.
func barred(c *kit.Ctx, bar review.Bar) string {
	switch bar {
	case review.BarMeasure:
		return c.T("review.barred.took_part")
	case review.BarDecided:
		return c.T("review.barred.decided_before")
	case review.BarAssisted:
		return c.T("review.barred.assisted")
	case review.BarTeam:
		return c.T("review.barred.same_team")
	case review.BarRecused:
		return c.T("review.barred.recused")
	case review.BarRelation:
		return c.T("review.barred.relation")
	case review.BarNone, review.BarNotOfBody:
	}
	return c.T("review.barred.not_of_body")
}
