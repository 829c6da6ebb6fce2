package caller

import (
	"net/http"

	"reliefportal/app/calendar"
	"reliefportal/app/callback"
	"reliefportal/app/fail"
	"reliefportal/app/i18n"
	"reliefportal/app/web/kit"
	"reliefportal/app/web/law"
	views "reliefportal/templates/caller"
	tkit "reliefportal/templates/kit"
)

// promised lists the calls promised to people: because they asked to be rung, or to be read the answer.
func (p pages) promised(c *kit.Ctx) error {
	all, err := p.Callbacks.Promised(c.Context(), c.Actor)
	if err != nil {
		return err
	}
	followed, err := p.Callbacks.Followed(c.Context(), c.Actor)
	if err != nil {
		return err
	}
	view := views.PromisedView{ListHref: c.Path("caller.list")}
	for _, f := range followed {
		view.Followed = append(view.Followed, p.followedRow(c, f))
	}
	for _, one := range all {
		due := lastDay(one.Due)
		view.Rows = append(view.Rows, views.PromiseRow{Href: c.Path("caller.promise", one.FindingID), Number: callback.Short(one.FindingID), Person: one.Person,
			What: whatFor(c, one), Due: due, Left: c.Today().DaysUntil(due)})
	}
	return c.OK(views.Promised(c.Page(), view))
}

// followedRow is what became of something said in a call.
func (p pages) followedRow(c *kit.Ctx, f callback.Followed) views.FollowedRow {
	row := views.FollowedRow{Number: callback.Short(f.ID), What: f.Label.In(c.Lang), Body: p.Bodies.BodyName(c.Context(), f.BodyID),
		Owner: p.Bodies.BodyName(c.Context(), f.OwnerID), On: calendar.DateOf(f.OpenedAt), Came: c.T("told.waiting")}
	switch f.Status {
	case callback.FindingAnswered:
		row.Came = law.Found(c.Lang, f.Result)
	case callback.FindingLeft:
		row.Came = c.T("wish.left")
	case callback.FindingOpen:
	}
	return row
}

func whatFor(c *kit.Ctx, one callback.Promise) string {
	if one.Said != "" {
		return c.T("promise.to_read", "What", one.Label.In(c.Lang))
	}
	return c.T("promise.to_ring", "What", one.Label.In(c.Lang))
}

// promise shows one promised call, with the number while the person may be rung.
func (p pages) promise(c *kit.Ctx) error { return p.showPromise(c, http.StatusOK, nil) }

func (p pages) showPromise(c *kit.Ctx, status int, errs []tkit.FieldError) error {
	one, err := p.Callbacks.PromiseOf(c.Context(), c.Actor, c.Param("id"))
	if err != nil {
		return err
	}
	view := views.PromiseView{Number: callback.Short(one.FindingID), Person: one.Person, Label: one.Label.In(one.Lang), Said: one.Said, Phone: i18n.Phone(one.Phone),
		Tel: one.Phone, Hours: hours(c, one.Hours), Action: c.Path("caller.promise", one.FindingID), ListHref: c.Path("caller.promised"), Safe: safe(c, callback.View{Person: one.Person})}
	view.Taken = one.Taken
	if one.May && !one.Taken && !one.Mine {
		view.TakeAction = c.Path("caller.takepromise", one.FindingID)
	}
	if one.Result != "" {
		view.Result = law.Found(one.Lang, one.Result)
	}
	page := c.Page()
	page.Errors = errs
	return c.Show(status, views.Promise(page, view))
}

// told writes down that the call was made.
func (p pages) told(c *kit.Ctx) error {
	if err := p.Callbacks.Told(c.Context(), c.Actor, c.Param("id")); err != nil {
		return p.promiseRefused(c, err)
	}
	c.Flash("promise.told")
	return c.To("caller.promised")
}

// takePromise gives a promised call to this caller.
func (p pages) takePromise(c *kit.Ctx) error {
	id := c.Param("id")
	if err := p.Callbacks.TakePromise(c.Context(), c.Actor, id); err != nil {
		return p.promiseRefused(c, err)
	}
	return c.To("caller.promise", id)
}

// promiseRefused shows the promised call anew with what stands against the step.
func (p pages) promiseRefused(c *kit.Ctx, err error) error {
	e, ok := fail.As(err)
	if !ok || e.Kind != fail.KindConflict {
		return err
	}
	return p.showPromise(c, http.StatusConflict, []tkit.FieldError{{ID: "main", Text: i18n.With(c.Lang, e.Key, e.Args)}})
}
