package reviewer

import (
	"net/http"
	"slices"

	"reliefportal/app/fail"
	"reliefportal/app/review"
	"reliefportal/app/web/kit"
	tkit "reliefportal/templates/kit"
	views "reliefportal/templates/reviewer"
)

// panel shows the three who decide a filing together, and the form that forms them.
func (p pages) panel(c *kit.Ctx) error { return p.showPanel(c, http.StatusOK, nil) }

// doPanel forms a panel; one that sat before ends.
func (p pages) doPanel(c *kit.Ctx) error {
	_, err := p.Reviews.FormPanel(c.Context(), c.Actor, c.Param("id"), formVersion(c), c.Form().Value("presiding"), c.Form().All("members"))
	errs, invalid := c.FieldErrors(err)
	switch {
	case invalid:
		return p.showPanel(c, http.StatusUnprocessableEntity, errs)
	case fail.KindOf(err) == fail.KindConflict:
		return p.conflict(c, err)
	case err != nil:
		return err
	}
	c.Flash("work.panel_formed")
	return c.To("reviewer.filing", c.Param("id"))
}

func (p pages) showPanel(c *kit.Ctx, status int, errs []tkit.FieldError) error {
	d, err := p.load(c)
	if err != nil {
		return err
	}
	view := views.PanelView{Head: d.head(c), Version: d.Version}
	rule, needed, err := p.Reviews.PanelRule(d.Filing)
	if err != nil {
		return err
	}
	if needed {
		view.Law = c.T("panel.needed", "N", rule.Size, "Cites", cites(d, rule.Cites))
	} else {
		view.Law = c.T("panel.free")
	}
	now, sits, err := p.Reviews.Panel(c.Context(), d.Filing)
	if err != nil {
		return err
	}
	if view.Now, err = p.seated(c, now); err != nil {
		return err
	}
	if view.May = review.MayFormPanel(c.Actor, d.Filing); view.May {
		if err := p.seats(c, d, now, sits, &view); err != nil {
			return err
		}
	}
	page := c.Page()
	page.Errors = errs
	return c.Show(status, views.Panel(page, view))
}

// seated names the members, the presiding one first.
func (p pages) seated(c *kit.Ctx, now review.Panel) (out []string, err error) {
	for _, m := range now.Members {
		name, err := p.Reviews.NameOf(c.Context(), m.PersonID)
		if err != nil {
			return nil, err
		}
		if m.Presiding {
			name = c.T("panel.presides", "Name", name)
		}
		out = append(out, name)
	}
	return out, nil
}

// seats offers the people of the division: the one in charge, and the two with least in hand, are ticked at first.
func (p pages) seats(c *kit.Ctx, d desk, now review.Panel, sits bool, view *views.PanelView) error {
	choices, err := p.Reviews.Choices(c.Context(), d.Filing)
	if err != nil {
		return err
	}
	ticked := c.Form().All("members")
	free := 0
	for _, one := range choices {
		option := choice(c, one)
		option.Checked = slices.Contains(ticked, one.PersonID)
		if inCharge := one.PersonID == d.Reviewer(); inCharge {
			option.Label, option.Off = c.T("panel.charge", "Name", one.Name), false
			option.Checked = option.Checked || len(ticked) == 0
		} else if len(ticked) == 0 && !option.Off {
			option.Checked = sits && now.Has(one.PersonID) || !sits && free < 2
			free++
		}
		if one.Bar == review.BarNone && !one.Away {
			view.Able++
		}
		view.Members = append(view.Members, option)
		head := option
		head.Hint, head.Checked = "", c.Form().Value("presiding") == one.PersonID
		view.Presiding = append(view.Presiding, head)
	}
	return nil
}
