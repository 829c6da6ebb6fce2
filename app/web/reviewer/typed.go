package reviewer

import (
	"reliefportal/app/i18n"
	"reliefportal/app/rules"
	"reliefportal/app/web/kit"
	views "reliefportal/templates/reviewer"
)

// typed adds to each answer that somebody typed for the person who it was, where and when.
func (p pages) typed(c *kit.Ctx, d desk, view *views.WorkspaceView) error {
	entries, err := p.Assist.Typists(c.Context(), d.ID)
	if err != nil {
		return err
	}
	for i, f := range view.Facts {
		e, ok := entries[rules.FactID(f.ID)]
		if !ok {
			continue
		}
		who := c.T("typed.representative")
		if e.BodyID != nil {
			who = c.T("typed.staff", "Body", p.Bodies.BodyName(c.Context(), *e.BodyID))
		}
		said := c.T("typed.by", "Who", who, "Time", i18n.DateTime(c.Lang, e.At))
		if f.Source != "" {
			said = f.Source + "\n" + said
		}
		view.Facts[i].Source = said
	}
	return nil
}
