package caller

import (
	"reliefportal/app/callback"
	"reliefportal/app/i18n"
	"reliefportal/app/web/kit"
	views "reliefportal/templates/caller"
	tkit "reliefportal/templates/kit"
)

// addNumbers shows every number that is known with what is known of it, and how to ring it.
func (p pages) addNumbers(c *kit.Ctx, v callback.View, view *views.CaseView) {
	view.NumberAction = c.Path("caller.number", v.ID)
	for _, l := range i18n.Languages {
		view.Langs = append(view.Langs, tkit.Option{Value: l, Label: langName(c, l)})
	}
	view.Lang = v.Lang
	if p.Callbacks.CanDial() && v.Phone != "" {
		view.DialAction = c.Path("caller.dial", v.ID)
	}
	for _, n := range v.Numbers {
		view.Numbers = append(view.Numbers, views.Number{ID: n.ID, Text: i18n.Phone(n.Number), Tel: n.Number, State: numberState(c, n.State), Usable: n.Usable()})
	}
}

func numberState(c *kit.Ctx, s callback.NumberState) string {
	switch s {
	case callback.NumberWorks:
		return c.T("ring.number_works")
	case callback.NumberWrong:
		return c.T("ring.number_wrong")
	case callback.NumberNotHis:
		return c.T("ring.number_not_his")
	}
	return c.T("ring.number_unknown")
}

func langName(c *kit.Ctx, lang string) string {
	if lang == i18n.English {
		return c.T("ring.lang_en")
	}
	return c.T("ring.lang_zh")
}

// addNumber keeps a further number the person told the caller.
func (p pages) addNumber(c *kit.Ctx) error {
	id := c.Param("id")
	if err := p.Callbacks.AddNumber(c.Context(), c.Actor, id, c.Form().Value("another")); err != nil {
		return p.again(c, err, func(view *views.CaseView) { view.Another = c.Form().Raw("another") })
	}
	c.Flash("ring.number_added")
	return c.To("caller.case", id)
}

// dial has the telephone system connect the caller with the person.
func (p pages) dial(c *kit.Ctx) error {
	id := c.Param("id")
	if err := p.Callbacks.Dial(c.Context(), c.Actor, id); err != nil {
		return p.again(c, err, func(*views.CaseView) {}) // the call page stays: the number can be rung by hand
	}
	c.Flash("ring.dialling")
	return c.To("caller.case", id)
}
