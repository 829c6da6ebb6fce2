package reviewer

import (
	"github.com/a-h/templ"

	"reliefportal/app/filing"
	"reliefportal/app/review"
	"reliefportal/app/web/kit"
	tkit "reliefportal/templates/kit"
	views "reliefportal/templates/reviewer"
)

func (p pages) serve(c *kit.Ctx, d desk) error {
	body, err := p.serveForm(c)(c.Page(), d)
	if err != nil {
		return err
	}
	return c.OK(body)
}

// doServe records how and on which day the decision reached the person. His next time limit starts from it.
func (p pages) doServe(c *kit.Ctx) error {
	on, err := c.Form().Day("value")
	if err == nil {
		_, err = p.Reviews.Serve(c.Context(), c.Actor, c.Param("id"), formVersion(c), c.Form().Value("kind"), on)
	}
	return p.finish(c, filing.ActServe, err, "work.served", p.serveForm(c))
}

func (p pages) serveForm(c *kit.Ctx) form {
	return func(page tkit.Page, d desk) (templ.Component, error) {
		form := c.Form()
		address, err := p.Filings.Address(c.Context(), d.Filing)
		if err != nil {
			return nil, err
		}
		view := views.ServeView{Head: d.head(c), Kind: form.Value("kind"), Year: form.Raw("year"), Month: form.Raw("month"), Day: form.Raw("day"),
			Kinds: serviceKinds(c, address), Address: addressLines(c, address)}
		if d.NextDueAt != nil {
			view.Due = lastDay(*d.NextDueAt)
		}
		return views.Serve(page, view), nil
	}
}

// serviceKinds are the ways to serve.
func serviceKinds(c *kit.Ctx, address filing.ServiceAddress) []tkit.Option {
	return []tkit.Option{
		portalService(c, address),
		{Value: review.ServedInPerson, Label: c.T("work.by_hand")},
		{Value: review.ServedPost, Label: c.T("work.by_post")},
	}
}

// portalService is the way through the portal: it needs the consent of the person (CPL 90), who may take it back at any time.
func portalService(c *kit.Ctx, a filing.ServiceAddress) tkit.Option {
	out := tkit.Option{Value: review.ServedPortal, Label: c.T("work.by_portal"), Hint: c.T("serve.consent"), Off: !a.Consents()}
	if out.Off {
		out.Hint = c.T("serve.no_consent")
	}
	return out
}

// addressLines are where the person wants to be reached; nothing was given means that the file itself has to tell.
func addressLines(c *kit.Ctx, a filing.ServiceAddress) []string {
	var out []string
	for _, line := range []string{a.Name, a.Address, a.Phone, a.Email} {
		if line != "" {
			out = append(out, line)
		}
	}
	if len(out) == 0 {
		return []string{c.T("serve.no_address")}
	}
	return out
}
