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
	body, err := serveForm(c)(c.Page(), d)
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
	return p.finish(c, filing.ActServe, err, "work.served", serveForm(c))
}

func serveForm(c *kit.Ctx) form {
	return func(page tkit.Page, d desk) (templ.Component, error) {
		form := c.Form()
		view := views.ServeView{Head: d.head(c), Kind: form.Value("kind"), Year: form.Raw("year"), Month: form.Raw("month"), Day: form.Raw("day"),
			Kinds: []tkit.Option{
				{Value: review.ServedPortal, Label: c.T("work.by_portal")},
				{Value: review.ServedInPerson, Label: c.T("work.by_hand")},
				{Value: review.ServedPost, Label: c.T("work.by_post")},
			}}
		if d.NextDueAt != nil {
			view.Due = lastDay(*d.NextDueAt)
		}
		return views.Serve(page, view), nil
	}
}
