package supervisor

import (
	"net/http"

	"reliefportal/app/calendar"
	"reliefportal/app/fail"
	"reliefportal/app/i18n"
	"reliefportal/app/oversight"
	"reliefportal/app/web/kit"
	tkit "reliefportal/templates/kit"
	views "reliefportal/templates/supervisor"
)

// quality lists what was drawn, and holds the form that draws.
func (p pages) quality(c *kit.Ctx) error { return p.showQuality(c, http.StatusOK, nil) }

func (p pages) showQuality(c *kit.Ctx, code int, errs []tkit.FieldError) error {
	all, err := p.Oversight.Draws(c.Context(), c.Actor)
	if err != nil {
		return err
	}
	form := c.Form()
	view := views.QualityView{Tabs: tabs(c, "supervisor.quality"), Months: months(c), Share: oversight.Share}
	for _, b := range p.Oversight.Watched(c.Actor) {
		view.Bodies = append(view.Bodies, tkit.Option{Value: b.ID, Label: b.Named(c.Lang), Checked: form.Value("body") == b.ID})
	}
	for _, d := range all {
		view.Rows = append(view.Rows, p.drawRow(c, d))
	}
	page := c.Page()
	page.Errors = errs
	return c.Show(code, views.Quality(page, view))
}

// monthsBack is how many months the form offers, the running one included.
const monthsBack = 12

// months are the periods that can be drawn from, the newest first. The running month ends today.
func months(c *kit.Ctx) []tkit.Option {
	y, m, _ := c.Today().Parts()
	first, err := calendar.DateOfParts(y, int(m), 1)
	if err != nil {
		return nil
	}
	var out []tkit.Option
	for range monthsBack {
		value := first.String()
		out = append(out, tkit.Option{Value: value, Label: i18n.Months(c.Lang, first, first), Checked: c.Form().Value("from") == value})
		first = first.AddMonths(-1)
	}
	return out
}

// monthOf reads a period that was chosen: the first day of its month, and the last, or today.
func monthOf(c *kit.Ctx, value string) (from, to calendar.Date) {
	from, err := calendar.ParseDate(value)
	if err != nil {
		return calendar.Date{}, calendar.Date{}
	}
	if to = from.AddMonths(1).AddDays(-1); to.After(c.Today()) {
		to = c.Today()
	}
	return from, to
}

func (p pages) drawRow(c *kit.Ctx, d oversight.DrawView) views.DrawRow {
	row := views.DrawRow{Href: c.Path("supervisor.draw", d.ID), Body: p.Bodies.BodyName(c.Context(), d.BodyID), Days: i18n.Span(c.Lang, d.FromOn, d.ToOn),
		Size: d.Size, Population: d.Population, Done: d.Done, Seed: d.Seed, DrawnAt: d.CreatedAt}
	if d.Scored > 0 {
		row.Percent = c.T("quality.percent", "N", d.Percent)
	}
	return row
}

// drawQuality draws a share of what a body decided in a period.
func (p pages) drawQuality(c *kit.Ctx) error {
	from, to := monthOf(c, c.Form().Value("from"))
	d, err := p.Oversight.DrawFor(c.Context(), c.Actor, c.Form().Value("body"), from, to)
	if errs, invalid := c.FieldErrors(err); invalid {
		return p.showQuality(c, http.StatusUnprocessableEntity, errs)
	}
	if e, ok := fail.As(err); ok && e.Kind == fail.KindConflict {
		return p.showQuality(c, http.StatusConflict, []tkit.FieldError{{ID: "body", Text: i18n.With(c.Lang, e.Key, e.Args)}})
	}
	if err != nil {
		return err
	}
	c.Flash("quality.drawn_now")
	return c.To("supervisor.draw", d.ID)
}

// draw shows what was drawn, and how it was.
func (p pages) draw(c *kit.Ctx) error {
	d, items, err := p.Oversight.DrawOf(c.Context(), c.Actor, c.Param("id"))
	if err != nil {
		return err
	}
	view := views.DrawView{Tabs: tabs(c, "supervisor.quality"), ListHref: c.Path("supervisor.quality"), Draw: p.drawRow(c, d)}
	for _, it := range items {
		row := views.DrawItem{Href: c.Path("quality.item", it.ID), Code: it.Filing.Code(), Place: it.Place, Status: tkit.Tag{Text: c.T("quality.waits"), Tone: "maybe"}}
		if pack, err := p.Filings.Pack(it.Filing); err == nil {
			if r, ok := pack.Remedy(it.Filing.Remedy); ok {
				row.Subject = r.Name.In(c.Lang)
			}
		}
		if it.Done() {
			row.Status = tkit.Tag{Text: c.T("quality.done"), Tone: "open"}
			if percent, ok := it.Points().Percent(); ok {
				row.Percent = c.T("quality.percent", "N", percent)
			}
		}
		view.Items = append(view.Items, row)
	}
	return c.OK(views.Draw(c.Page(), view))
}
