package caller

import (
	"reliefportal/app/calendar"
	"reliefportal/app/callback"
	"reliefportal/app/i18n"
	"reliefportal/app/web/kit"
	"reliefportal/app/web/law"
	views "reliefportal/templates/caller"
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
func (p pages) promise(c *kit.Ctx) error {
	one, err := p.Callbacks.PromiseOf(c.Context(), c.Actor, c.Param("id"))
	if err != nil {
		return err
	}
	view := views.PromiseView{Number: callback.Short(one.FindingID), Person: one.Person, Label: one.Label.In(one.Lang), Said: one.Said, Phone: i18n.Phone(one.Phone),
		Tel: one.Phone, Hours: hours(c, one.Hours), Action: c.Path("caller.promise", one.FindingID), ListHref: c.Path("caller.promised"), Safe: safe(c, callback.View{Person: one.Person})}
	if one.Result != "" {
		view.Result = law.Found(one.Lang, one.Result)
	}
	return c.OK(views.Promise(c.Page(), view))
}

// told writes down that the call was made.
func (p pages) told(c *kit.Ctx) error {
	if err := p.Callbacks.Told(c.Context(), c.Actor, c.Param("id")); err != nil {
		return err
	}
	c.Flash("promise.told")
	return c.To("caller.promised")
}
