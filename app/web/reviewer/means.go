package reviewer

import (
	"strings"

	"reliefportal/app/fail"
	"reliefportal/app/i18n"
	"reliefportal/app/means"
	"reliefportal/app/web/kit"
	tkit "reliefportal/templates/kit"
	views "reliefportal/templates/reviewer"
)

// meansPage shows the means statement of a filing as it stood when it was added, line by line, and what it was before a change.
func (p pages) meansPage(c *kit.Ctx) error {
	d, err := p.load(c)
	if err != nil {
		return err
	}
	shown, ok, err := p.Means.Of(c.Context(), d.Filing)
	if err != nil {
		return err
	}
	if !ok {
		return fail.NotFound()
	}
	sheet, err := means.SheetOf(d.law.Pack, shown.Statement.Data, shown.On, c.Lang)
	if err != nil {
		return err
	}
	view := views.MeansView{Number: number(d.Filing), BackHref: filingPath(c, d.ID), Sum: d.law.Sheet(sheet),
		Version: c.T("means.desk_version", "N", shown.Statement.Version, "Time", i18n.DateTime(c.Lang, shown.Statement.At), "Date", i18n.Date(c.Lang, shown.On)),
		Rules:   c.T("means.desk_pack", "Pack", d.law.Say(d.law.Pack.Title))}
	if shown.Before != nil {
		if view.Compare, err = d.law.Comparison(*shown.Before, shown.Statement); err != nil {
			return err
		}
		view.Compare.Title = c.T("means.desk_before")
	}
	var kinds []string
	for _, id := range shown.Kinds {
		if k, ok := d.law.Pack.Means.ChangeOf(id); ok {
			kinds = append(kinds, d.law.Say(k.Label))
		}
	}
	if len(kinds) > 0 {
		view.Kinds = c.T("means.desk_kinds", "Kinds", strings.Join(kinds, c.T("means.comma")))
	}
	return c.OK(views.Means(c.Page(), view))
}

// sheets are the statements that belong to a filing, as links.
func (p pages) sheets(c *kit.Ctx, d desk, view *views.WorkspaceView) error {
	shown, ok, err := p.Means.Of(c.Context(), d.Filing)
	if err != nil {
		return err
	}
	if ok {
		view.Sheets = append(view.Sheets, tkit.Link{Text: c.T("means.desk_link", "Date", i18n.Date(c.Lang, shown.On)), Href: c.Path("reviewer.means", d.ID)})
	}
	return nil
}
