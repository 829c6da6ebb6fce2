package reviewer

import (
	"context"
	"io"

	"github.com/a-h/templ"

	"reliefportal/app/filing"
	"reliefportal/app/web/kit"
	tkit "reliefportal/templates/kit"
	views "reliefportal/templates/reviewer"
)

// courtsShown is how many courts are offered for a part of a name.
const courtsShown = 10

func (p pages) designate(c *kit.Ctx, d desk) error {
	body, err := p.designateForm(c)(c.Page(), d)
	if err != nil {
		return err
	}
	return c.OK(body)
}

// doDesignate names the executing court of a filing that no rule could route; the rules then say who has it. A name that is not a court's own
// is looked up, and the courts found are offered to be chosen from.
func (p pages) doDesignate(c *kit.Ctx) error {
	err := namedCourt(c, p, "court")
	if err == nil {
		_, err = p.Reviews.Designate(c.Context(), c.Actor, c.Param("id"), formVersion(c), typedCourt(c))
	}
	if err == nil {
		c.Flash("work.designated")
		return c.To(kit.RouteStaffHome) // the filing has left this desk
	}
	return p.finish(c, filing.ActDesignate, err, "", p.designateForm(c))
}

func (p pages) designateForm(c *kit.Ctx) form {
	return func(page tkit.Page, d desk) (templ.Component, error) {
		typed := c.Form().Raw("court")
		inner := []templ.Component{tkit.Input(page, tkit.Field{Name: "court", Label: c.T("court.name"), Hint: c.T("court.hint"), Value: typed})}
		if options := p.found(c); len(options) > 0 {
			inner = append(inner, tkit.Radios(page, tkit.Field{Name: "pick", Label: c.T("court.which"), Options: options}))
		}
		inner = append(inner, tkit.Button(tkit.ButtonOpts{Text: c.T("work.designate")}))
		title := c.T("work.designate")
		return within(tkit.StaffLayout(page, title),
			tkit.ErrorSummary(page),
			heading(title, d.head(c)),
			tkit.Lamp(c.T("work.designate_text")),
			within(tkit.Form(page, tkit.FormOpts{Version: d.Version}), inner...),
		), nil
	}
}

// found are the courts that a part of a name may mean.
func (p pages) found(c *kit.Ctx) []tkit.Option {
	typed := c.Form().Value("court")
	if typed == "" {
		return nil
	}
	var out []tkit.Option
	for _, court := range p.Bodies.Search(typed, courtsShown) {
		out = append(out, tkit.Option{Value: court.Name, Label: court.Name, Hint: court.Parent, Checked: c.Form().Value("pick") == court.Name})
	}
	return out
}

// within puts components inside another.
func within(outer templ.Component, inner ...templ.Component) templ.Component {
	return templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
		return outer.Render(templ.WithChildren(ctx, templ.Join(inner...)), w)
	})
}

// heading is the title of a page on a filing.
func heading(title string, h views.Head) templ.Component {
	return templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
		_, err := io.WriteString(w, "<h1>"+templ.EscapeString(title)+"</h1><p>"+templ.EscapeString(h.Number+" · "+h.Title+" · "+h.Person)+"</p>")
		return err
	})
}
