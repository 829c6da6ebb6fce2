package reviewer

import (
	"strings"

	"github.com/a-h/templ"

	"reliefportal/app/filing"
	"reliefportal/app/review"
	"reliefportal/app/rules"
	"reliefportal/app/web/kit"
	"reliefportal/app/web/law"
	tkit "reliefportal/templates/kit"
	views "reliefportal/templates/reviewer"
)

func (p pages) refuse(c *kit.Ctx, d desk) error {
	body, err := p.refuseForm(c)(c.Page(), d)
	if err != nil {
		return err
	}
	return c.OK(body)
}

// doRefuse does not take a filing up (不予受理). It still has to be served, and every ground names a way on.
func (p pages) doRefuse(c *kit.Ctx) error {
	d, err := p.load(c)
	if err != nil {
		return err
	}
	r := review.Ruling{Grounds: c.Form().All("grounds"), Text: c.Form().Value("text")}
	if err = law.Both(p.Reviews.CheckRuling(d.Filing, filing.ActRefuse, r), law.Respectful("text", r.Text)); err == nil {
		_, err = p.Reviews.Refuse(c.Context(), c.Actor, d.ID, formVersion(c), r)
	}
	return p.finish(c, filing.ActRefuse, err, "work.refused", p.refuseForm(c))
}

func (p pages) refuseForm(c *kit.Ctx) form {
	return func(page tkit.Page, d desk) (templ.Component, error) {
		found, err := p.hints(c, d)
		if err != nil {
			return nil, err
		}
		view := views.RefuseView{Head: d.head(c), Hints: found, Text: c.Form().Raw("text"), Next: c.T("work.refuse_next")}
		for _, g := range d.remedy.RefuseGrounds {
			option := groundOption(c, d, g)
			if ways := waysOn(d, g); ways != "" {
				option.Hint = c.T("work.ways", "Ways", ways)
			}
			view.Grounds = append(view.Grounds, option)
		}
		return views.Refuse(page, view), nil
	}
}

// groundOption is a coded ground with its source.
func groundOption(c *kit.Ctx, d desk, g rules.Ground) tkit.Option {
	return tkit.Option{Value: g.Code, Label: d.law.Say(g.Label), Hint: cites(d, g.Cites), Checked: c.Form().Value("grounds") == g.Code}
}

// waysOn are the remedies a ground of refusal leaves open.
func waysOn(d desk, g rules.Ground) string {
	var out []string
	for _, id := range g.Ways {
		if r, ok := d.law.Pack.Remedy(id); ok {
			out = append(out, d.law.Say(r.Plain))
		}
	}
	return strings.Join(out, " · ")
}
