package admin

import (
	"strconv"

	"reliefportal/app/calendar"
	"reliefportal/app/fail"
	"reliefportal/app/i18n"
	"reliefportal/app/rehearse"
	"reliefportal/app/rules"
	"reliefportal/app/web/kit"
	"reliefportal/app/web/law"
	views "reliefportal/templates/admin"
	tkit "reliefportal/templates/kit"
)

// rehearseFew is how many filings are replayed when nobody says, rehearseMost the most that a page replays.
const (
	rehearseFew  = 100
	rehearseMost = 500
)

// rehearse asks for a pack and a number, and shows what the pack would change among the last filings. Receipt codes only.
func (p pages) rehearse(c *kit.Ctx) error {
	view := views.RehearsalView{Tabs: tabs(c, "admin.rehearse"), Action: c.Path("admin.rehearse"), N: c.Query("n")}
	for _, pack := range p.Packs.All() {
		view.Packs = append(view.Packs, tkit.Option{Value: pack.Hash, Label: pack.Title.In(c.Lang), Hint: pack.ID + " · " + i18n.Date(c.Lang, pack.From),
			Checked: pack.Hash == c.Query("pack")})
	}
	if c.Query("pack") == "" && view.N == "" {
		view.N = strconv.Itoa(rehearseFew)
		return c.OK(views.Rehearsal(c.Page(), view))
	}
	pack, n, err := p.asked(c)
	if errs, invalid := c.FieldErrors(err); invalid {
		page := c.Page()
		page.Errors = errs
		return c.Again(views.Rehearsal(page, view))
	}
	report, err := rehearse.Run(c.Context(), p.Filings, p.Bodies, pack, n)
	if err != nil {
		return err
	}
	view.Summary = c.T("admin.rehearse_summary", "Looked", report.Looked, "Changed", len(report.Changed),
		"Moved", report.Count(rehearse.Body, rehearse.Division), "Dates", report.Count(rehearse.LastDay, rehearse.FileBy, rehearse.NoClock),
		"Lost", report.Count(rehearse.NoRemedy), "Unread", report.Unread)
	v := law.For(c, pack, p.Bodies)
	for _, r := range report.Changed {
		row := views.RehearsalRow{Code: r.Code, Remedy: r.Remedy, Received: r.On}
		for _, change := range r.Changes {
			row.Changes = append(row.Changes, words(c, v, change))
		}
		view.Rows = append(view.Rows, row)
	}
	return c.OK(views.Rehearsal(c.Page(), view))
}

// asked reads the pack and the number. Error: Invalid "pack" or "n".
func (p pages) asked(c *kit.Ctx) (*rules.Pack, int, error) {
	var fields []fail.Field
	pack, ok := p.Packs.ByHash(c.Query("pack"))
	if !ok {
		fields = append(fields, fail.F("pack", "answer.choose"))
	}
	n, err := strconv.Atoi(c.Query("n"))
	if err != nil || n < 1 || n > rehearseMost {
		fields = append(fields, fail.F("n", "admin.rehearse_number", "Max", rehearseMost))
	}
	if len(fields) > 0 {
		return nil, 0, fail.Invalid(fields...)
	}
	return pack, n, nil
}

// words says one change.
func words(c *kit.Ctx, v law.View, change rehearse.Change) string {
	switch change.Kind {
	case rehearse.NoRemedy:
		return c.T("admin.change_remedy")
	case rehearse.NoClock:
		return c.T("admin.change_no_clock", "Rule", change.Rule, "From", dateIn(c, change.From))
	case rehearse.LastDay:
		return c.T("admin.change_last_day", "Rule", change.Rule, "From", dateIn(c, change.From), "To", dateIn(c, change.To))
	case rehearse.FileBy:
		return c.T("admin.change_file_by", "Rule", change.Rule, "From", dateIn(c, change.From), "To", dateIn(c, change.To))
	case rehearse.Division:
		return c.T("admin.change_division", "From", orPerson(c, divisionName(v, change.From)), "To", orPerson(c, divisionName(v, change.To)))
	case rehearse.Body:
	}
	return c.T("admin.change_body", "From", orPerson(c, change.From), "To", orPerson(c, change.To))
}

// dateIn words a civil date of a report; the report wrote it.
func dateIn(c *kit.Ctx, text string) string {
	d, err := calendar.ParseDate(text)
	if err != nil {
		return text
	}
	return i18n.Date(c.Lang, d)
}

func orPerson(c *kit.Ctx, name string) string {
	if name == "" {
		return c.T("admin.a_person")
	}
	return name
}
