package reviewer

import (
	"maps"
	"net/http"
	"slices"

	"reliefportal/app/fail"
	"reliefportal/app/filing"
	"reliefportal/app/i18n"
	"reliefportal/app/review"
	"reliefportal/app/rules"
	"reliefportal/app/web/kit"
	tkit "reliefportal/templates/kit"
	views "reliefportal/templates/reviewer"
)

// giveAtMost is how many filings are given away at once: a page of the queue.
const giveAtMost = filing.PageSize

// take gives the next filing of the division to the person who presses.
func (p pages) take(c *kit.Ctx) error {
	f, err := p.Reviews.TakeNext(c.Context(), c.Actor)
	if e, ok := fail.As(err); ok && e.Kind == fail.KindConflict {
		c.Flash(e.Key)
		return c.To(kit.RouteStaffHome)
	}
	if err != nil {
		return err
	}
	c.Flash("work.claimed")
	return c.To("reviewer.filing", f.ID)
}

// give shows the picked filings and whom each would go to.
func (p pages) give(c *kit.Ctx) error {
	return p.showGive(c, http.StatusOK, c.Request().URL.Query()["pick"], nil, nil)
}

// doGive gives each of them away. What went wrong with one keeps none of the others back: those are shown again, each with its reason.
func (p pages) doGive(c *kit.Ctx) error {
	picked, person, reason := c.Form().All("pick"), c.Form().Value("person"), c.Form().Value("reason")
	left, why := []string{}, map[string]string{}
	given := 0
	for _, id := range picked[:min(len(picked), giveAtMost)] {
		err := p.giveOne(c, id, person, reason)
		switch kind := fail.KindOf(err); {
		case err == nil:
			given++
		case kind == fail.KindInvalid || kind == fail.KindConflict:
			left, why[id] = append(left, id), said(c, err)
		case kind != fail.KindNotFound: // gone from this desk meanwhile: nothing to give
			return err
		}
	}
	if len(left) == 0 {
		c.Flash("give.done", "N", given)
		return c.To(kit.RouteStaffHome)
	}
	errs := []tkit.FieldError{{ID: "person", Text: c.T("give.some_left", "N", len(left), "Given", given)}}
	return p.showGive(c, http.StatusUnprocessableEntity, left, why, errs)
}

// giveOne gives one filing to a person, or to whoever is proposed for it when none is named.
func (p pages) giveOne(c *kit.Ctx, id, person, reason string) error {
	f, _, err := p.Filings.Get(c.Context(), c.Actor, id)
	if err != nil {
		return err
	}
	if person == "" {
		choices, err := p.Reviews.Choices(c.Context(), f)
		if err != nil {
			return err
		}
		if len(choices) == 0 || !choices[0].Proposed {
			return fail.Invalid(fail.F("person", "give.nobody"))
		}
		person = choices[0].PersonID
	}
	_, err = p.Reviews.Give(c.Context(), c.Actor, f.ID, f.Version, person, reason)
	return err
}

// said words why one filing was not given.
func said(c *kit.Ctx, err error) string {
	e, _ := fail.As(err)
	if len(e.Fields) > 0 {
		return i18n.With(c.Lang, e.Fields[0].Key, e.Fields[0].Args)
	}
	return i18n.With(c.Lang, e.Key, e.Args)
}

func (p pages) showGive(c *kit.Ctx, status int, picked []string, why map[string]string, errs []tkit.FieldError) error {
	view := views.GiveView{BackHref: c.Path(kit.RouteStaffHome)}
	people := map[string]tkit.Option{}
	for _, id := range picked[:min(len(picked), giveAtMost)] {
		f, _, err := p.Filings.Get(c.Context(), c.Actor, id)
		if fail.KindOf(err) == fail.KindNotFound {
			continue
		}
		if err != nil {
			return err
		}
		if !slices.Contains(review.Actions(c.Actor, f), filing.ActAssign) {
			continue
		}
		row, err := p.giveRow(c, f, people)
		if err != nil {
			return err
		}
		if text := why[id]; text != "" {
			row.Why = text
		}
		view.Rows = append(view.Rows, row)
	}
	view.People = append(view.People, tkit.Option{Label: c.T("give.as_proposed"), Checked: c.Form().Value("person") == ""})
	for _, id := range slices.Sorted(maps.Keys(people)) {
		view.People = append(view.People, people[id])
	}
	view.Reasons = overrides(c, p.Filings.Packs.On(c.Today()))
	page := c.Page()
	page.Errors = errs
	return c.Show(status, views.Give(page, view))
}

// giveRow is one filing with who is proposed for it; people gathers everybody who could have one of them.
func (p pages) giveRow(c *kit.Ctx, f filing.Filing, people map[string]tkit.Option) (views.GiveRow, error) {
	choices, err := p.Reviews.Choices(c.Context(), f)
	if err != nil {
		return views.GiveRow{}, err
	}
	row := views.GiveRow{Pick: f.ID, Number: number(f), Person: i18n.Name(p.Filings.Applicant(f)), Why: c.T("give.nobody")}
	if pack, err := p.Filings.Pack(f); err == nil {
		if r, ok := pack.Remedy(f.Remedy); ok {
			row.Subject = r.Name.In(c.Lang)
		}
	}
	if f.NextDueAt != nil {
		row.HasDue, row.Left = true, c.Today().DaysUntil(lastDay(*f.NextDueAt))
	}
	for _, one := range choices {
		if one.Proposed {
			row.Proposed, row.Why = one.Name, ""
		}
		if one.Bar == review.BarNone && !one.Away {
			people[one.Name+one.PersonID] = tkit.Option{Value: one.PersonID, Label: one.Name, Hint: c.T("work.load", "N", one.Open), Checked: c.Form().Value("person") == one.PersonID}
		}
	}
	return row, nil
}

// overrides are the coded reasons for giving a filing to somebody other than the one proposed.
func overrides(c *kit.Ctx, pack *rules.Pack) []tkit.Option {
	var out []tkit.Option
	for _, o := range pack.Work.Overrides {
		out = append(out, tkit.Option{Value: o.ID, Label: o.Label.In(c.Lang), Checked: c.Form().Value("reason") == o.ID})
	}
	return out
}
