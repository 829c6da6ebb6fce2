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
	_, err := p.Reviews.Assign(c.Context(), c.Actor, c.Param("id"), formVersion(c), c.Form().Value("person"))
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
		view := views.AssignView{Head: d.head(c)}
		for _, one := range choices {
			view.People = append(view.People, choice(c, one))
			if one.Bar == review.BarMeasure {
				view.TookPart = append(view.TookPart, one.Name)
			}
		}
		return views.Assign(page, view), nil
	}
}

// choice is one person with his open filings, or switched off with the reason.
func choice(c *kit.Ctx, one review.Choice) tkit.Option {
	out := tkit.Option{Value: one.PersonID, Label: one.Name, Hint: c.T("work.load", "N", one.Open), Checked: c.Form().Value("person") == one.PersonID}
	if one.PersonID == c.Actor.PersonID {
		out.Label = c.T("work.myself", "Name", one.Name)
	}
	switch one.Bar {
	case review.BarNone:
		return out
	case review.BarMeasure:
		out.Hint = c.T("review.barred.took_part")
	case review.BarDecided:
		out.Hint = c.T("review.barred.decided_before")
	case review.BarAssisted:
		out.Hint = c.T("review.barred.assisted")
	default:
		out.Hint = c.T("review.barred.not_of_body")
	}
	out.Off, out.Checked = true, false
	return out
}
