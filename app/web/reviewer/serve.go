package reviewer

import (
	"github.com/a-h/templ"

	"reliefportal/app/calendar"
	"reliefportal/app/fail"
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
	on, err := servedOn(c)
	if err == nil {
		_, err = p.Reviews.Serve(c.Context(), c.Actor, c.Param("id"), formVersion(c), c.Form().Value("kind"), on)
	}
	return p.finish(c, filing.ActServe, err, "work.served", serveForm(c))
}

// servedOn reads the day; the error speaks of the field "value". Nothing typed at all is left to the service.
func servedOn(c *kit.Ctx) (calendar.Date, error) {
	form := c.Form()
	if form.Value("year")+form.Value("month")+form.Value("day") == "" {
		return calendar.Date{}, nil
	}
	var parts [3]int
	for i, name := range []string{"year", "month", "day"} {
		if form.Value(name) == "" {
			return calendar.Date{}, fail.Invalid(fail.F("value", "date.incomplete"))
		}
		n, ok := form.Int(name)
		if !ok {
			return calendar.Date{}, fail.Invalid(fail.F("value", "date.unreadable"))
		}
		parts[i] = int(n)
	}
	on, err := calendar.DateOfParts(parts[0], parts[1], parts[2])
	if err != nil {
		return calendar.Date{}, fail.Invalid(fail.At("value", err))
	}
	return on, nil
}

func serveForm(c *kit.Ctx) form {
	return func(page tkit.Page, d desk) (templ.Component, error) {
		form := c.Form()
		view := views.ServeView{Head: d.head(c), Kind: form.Value("kind"), Year: form.Raw("year"), Month: form.Raw("month"), Day: form.Raw("day"),
			Note: form.Raw("note"), Kinds: []tkit.Option{
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
