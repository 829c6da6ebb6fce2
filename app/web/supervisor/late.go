package supervisor

import (
	"time"

	"reliefportal/app/account"
	"reliefportal/app/calendar"
	"reliefportal/app/web/kit"
	views "reliefportal/templates/supervisor"
)

// late lists the filings of this body, and of those below it, whose last day has passed and of which a supervisor was told.
func (p pages) late(c *kit.Ctx) error {
	rows, err := p.Escalations.LateFor(c.Context(), c.Actor.Bodies(account.RoleSupervisor))
	if err != nil {
		return err
	}
	view := views.LateView{Tabs: tabs(c, "supervisor.late")}
	for _, r := range rows {
		due := calendar.DateOf(r.Filing.NextDueAt.Add(-time.Second)) // a period ends at 24:00, which is already the next day
		row := views.LateRow{Code: r.Filing.Code(), Body: p.Bodies.BodyName(c.Context(), r.Filing.Owner()), Due: due, Days: due.DaysUntil(c.Today())}
		if pack, err := p.Filings.Pack(r.Filing); err == nil {
			if remedy, ok := pack.Remedy(r.Filing.Remedy); ok {
				row.Subject = remedy.Name.In(c.Lang)
			}
		}
		view.Rows = append(view.Rows, row)
	}
	return c.OK(views.Late(c.Page(), view))
}
