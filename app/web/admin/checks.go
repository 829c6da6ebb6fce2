package admin

import (
	"context"

	"reliefportal/app/integrity"
	"reliefportal/app/web/kit"
	views "reliefportal/templates/admin"
)

// Integrity is what looks for what must not be.
type Integrity interface {
	Look(ctx context.Context) ([]integrity.Result, error)
	States(ctx context.Context) ([]integrity.State, error)
}

// checks shows what the checkers found when they looked last.
func (p pages) checks(c *kit.Ctx) error {
	all, err := p.Integrity.States(c.Context())
	if err != nil {
		return err
	}
	view := views.ChecksView{Tabs: tabs(c, "admin.checks"), LookTo: c.Path("admin.checks")}
	for _, s := range all {
		row := views.CheckRow{Title: c.T(s.Title), What: c.T(s.What), At: s.Run.RanAt, Failed: s.Run.Problem != "", Found: len(s.Open)}
		for _, f := range s.Open {
			row.Open = append(row.Open, views.CheckFound{Subject: f.Subject, Detail: f.Detail, Since: f.FirstSeenAt})
		}
		if row.Failed || row.Found > 0 {
			view.Bad++
		}
		view.Rows = append(view.Rows, row)
	}
	return c.OK(views.Checks(c.Page(), view))
}

// look lets the checkers look at once. One that could not is shown as such on the page.
func (p pages) look(c *kit.Ctx) error {
	if _, err := p.Integrity.Look(c.Context()); err != nil {
		p.Log.ErrorContext(c.Context(), "checkers", "err", err)
	}
	return c.To("admin.checks")
}
