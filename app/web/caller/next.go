package caller

import (
	"reliefportal/app/callback"
	"reliefportal/app/fail"
	"reliefportal/app/i18n"
	"reliefportal/app/web/kit"
	views "reliefportal/templates/caller"
	tkit "reliefportal/templates/kit"
)

// next takes the person who has waited longest and may be rung now.
func (p pages) next(c *kit.Ctx) error {
	taken, err := p.Callbacks.Take(c.Context(), c.Actor)
	if fail.KindOf(err) == fail.KindNotFound {
		c.Flash("ring.nobody")
		return c.To("caller.list")
	}
	if err != nil {
		return err
	}
	return c.To("caller.case", taken.ID)
}

// addLanguages shows in which languages this caller rings people.
func (p pages) addLanguages(c *kit.Ctx, view *views.ListView) error {
	langs, err := p.Callbacks.Languages(c.Context(), c.Actor)
	view.NextAction, view.LangsAction, view.ChecksHref = c.Path("caller.next"), c.Path("caller.languages"), c.Path("caller.checks")
	for _, l := range i18n.Languages {
		view.Langs = append(view.Langs, tkit.Option{Value: l, Label: langName(c, l)})
	}
	view.LangsChosen = langs
	return err
}

// languages keeps in which languages this caller rings people.
func (p pages) languages(c *kit.Ctx) error {
	err := p.Callbacks.SetLanguages(c.Context(), c.Actor, c.Form().All("langs"))
	if _, invalid := c.FieldErrors(err); invalid {
		c.Flash("callback.langs_missing")
		return c.To("caller.list")
	}
	if err != nil {
		return err
	}
	c.Flash("ring.langs_kept")
	return c.To("caller.list")
}

// flag says what is special about a row: mine, a promise, or a promise nobody kept.
func flag(c *kit.Ctx, r callback.Row) tkit.Tag {
	switch {
	case r.Mine:
		return tkit.Tag{Text: c.T("ring.mine"), Tone: "open"}
	case r.Appointment != nil && r.WithMe:
		return tkit.Tag{Text: c.T("ring.promised_by_me", "At", i18n.Time(*r.Appointment)), Tone: "due"}
	case r.Appointment != nil:
		return tkit.Tag{Text: c.T("ring.promised_at", "At", i18n.Time(*r.Appointment)), Tone: "late"}
	case r.Missed > 0:
		return tkit.Tag{Text: c.T("ring.missed"), Tone: "due"}
	}
	return tkit.Tag{}
}
