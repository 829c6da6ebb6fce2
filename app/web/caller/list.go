package caller

import (
	"strings"
	"time"

	"reliefportal/app/calendar"
	"reliefportal/app/callback"
	"reliefportal/app/i18n"
	"reliefportal/app/web/kit"
	views "reliefportal/templates/caller"
)

// list shows who can be called now. Outside the hours it is empty and says when they begin.
func (p pages) list(c *kit.Ctx) error {
	scope := "calls/" + c.Actor.PersonID
	var after callback.Cursor
	later, err := c.ReadCursor(scope, &after)
	if err != nil {
		return err
	}
	due, err := p.Callbacks.Due(c.Context(), c.Actor, after)
	if err != nil {
		return err
	}
	view := views.ListView{Now: due.Now, Within: due.Open, Hours: hours(c, due.Today), Opens: due.Opens, PromisedHref: c.Path("caller.promised")}
	if err := p.addLanguages(c, &view); err != nil {
		return err
	}
	for _, r := range due.Rows {
		view.Rows = append(view.Rows, line(c, r))
	}
	if later {
		view.FirstHref = c.Path("caller.list")
	}
	if due.Next != nil {
		next, err := c.Cursor(scope, due.Next)
		if err != nil {
			return err
		}
		view.NextHref = kit.WithQuery(c.Path("caller.list"), "after", next)
	}
	return c.OK(views.List(c.Page(), view))
}

func line(c *kit.Ctx, r callback.Row) views.Row {
	out := views.Row{Href: c.Path("caller.case", r.ID), Number: callback.Short(r.ID), Person: r.Person, Matter: c.T("ring.matter"),
		Due: lastDay(r.CloseBy), Tries: r.Attempts}
	out.Left = c.Today().DaysUntil(out.Due)
	if r.Last != nil {
		out.Last = r.Last.Outcome.Label.In(c.Lang)
	}
	out.Flag = flag(c, r)
	return out
}

// lastDay is the civil day that ends at an instant: a period ends at 24:00, which is already the next day.
func lastDay(end time.Time) calendar.Date { return calendar.DateOf(end.Add(-time.Second)) }

// hours are the calling hours of a day in words; slots that touch are told as one.
func hours(c *kit.Ctx, day []callback.Window) string {
	var spans []callback.Window
	for _, w := range day {
		if n := len(spans); n > 0 && spans[n-1].Closes.Equal(w.Opens) {
			spans[n-1].Closes = w.Closes
			continue
		}
		spans = append(spans, w)
	}
	if len(spans) == 0 {
		return c.T("ring.no_hours")
	}
	words := make([]string, len(spans))
	for i, w := range spans {
		words[i] = i18n.Time(w.Opens) + "–" + i18n.Time(w.Closes)
	}
	return strings.Join(words, c.T("ring.and"))
}
