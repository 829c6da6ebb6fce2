package supervisor

import (
	"time"

	"reliefportal/app/calendar"
	"reliefportal/app/callback"
	"reliefportal/app/web/kit"
	tkit "reliefportal/templates/kit"
	views "reliefportal/templates/supervisor"
)

// findings lists the open findings of the bodies this person supervises, the earliest answer date first.
func (p pages) findings(c *kit.Ctx) error {
	scope := "findings/" + c.Actor.PersonID
	var after callback.Cursor
	later, err := c.ReadCursor(scope, &after)
	if err != nil {
		return err
	}
	found, more, err := p.Callbacks.Findings(c.Context(), c.Actor, after)
	if err != nil {
		return err
	}
	view := views.FindingsView{Tabs: tabs(c, "supervisor.findings")}
	for _, f := range found {
		view.Rows = append(view.Rows, p.line(c, f))
	}
	if later {
		view.FirstHref = c.Path("supervisor.findings")
	}
	if more != nil {
		next, err := c.Cursor(scope, more)
		if err != nil {
			return err
		}
		view.NextHref = kit.WithQuery(c.Path("supervisor.findings"), "after", next)
	}
	return c.OK(views.Findings(c.Page(), view))
}

func (p pages) line(c *kit.Ctx, f callback.FindingView) views.Row {
	return views.Row{Href: c.Path("supervisor.finding", f.ID), Number: callback.Short(f.ID), Kind: f.Label.In(c.Lang),
		Body: p.Bodies.BodyName(c.Context(), f.BodyID), Owner: p.Bodies.BodyName(c.Context(), f.OwnerBodyID),
		Due: due(f), Left: c.Today().DaysUntil(due(f)), HasDue: f.Status == callback.FindingOpen, Status: status(c, f)}
}

// due is the day the next duty ends: a finding that nobody has taken is to be taken first.
func due(f callback.FindingView) calendar.Date {
	end := f.AnswerBy
	if f.OwnerID == nil {
		end = f.TakeBy
	}
	return calendar.DateOf(end.Add(-time.Second)) // a period ends at 24:00, which is already the next day
}

func status(c *kit.Ctx, f callback.FindingView) tkit.Tag {
	switch {
	case f.Status == callback.FindingAnswered:
		return tkit.Tag{Text: c.T("ring.finding_answered"), Tone: "shut"}
	case f.Overdue:
		return tkit.Tag{Text: c.T("work.overdue"), Tone: "due"}
	case f.Mine:
		return tkit.Tag{Text: c.T("ring.finding_mine"), Tone: "open"}
	case f.OwnerID != nil:
		return tkit.Tag{Text: c.T("ring.finding_taken"), Tone: "open"}
	}
	return tkit.Tag{Text: c.T("ring.finding_open"), Tone: "maybe"}
}
