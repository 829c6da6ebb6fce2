package reviewer

import (
	"net/http"
	"time"

	"reliefportal/app/fail"
	"reliefportal/app/i18n"
	"reliefportal/app/web/kit"
	views "reliefportal/templates/reviewer"
)

// lost says who was faster. When it was the person himself, as with two clicks, the filing is simply shown.
func (p pages) lost(c *kit.Ctx, d desk) error {
	id, at, err := p.faster(c, d)
	if err != nil {
		return err
	}
	if id == c.Actor.PersonID {
		c.Flash("work.done_before")
		return c.To("reviewer.filing", d.ID)
	}
	who, err := p.nameOrBody(c, d, id)
	if err != nil {
		return err
	}
	return c.Show(http.StatusConflict, views.TakenByOther(c.Page(), views.TakenByOtherView{Number: number(d.Filing), Who: who, At: at,
		BackHref: c.Path(kit.RouteStaffHome), WorkspaceHref: c.Path("reviewer.filing", d.ID)}))
}

// faster finds who has the filing: the person it was given to, else whoever took the last step the record shows.
func (p pages) faster(c *kit.Ctx, d desk) (personID string, at time.Time, err error) {
	if d.ReviewerID != nil {
		return *d.ReviewerID, d.UpdatedAt, nil
	}
	events, err := p.Filings.Timeline(c.Context(), d.Filing)
	if err != nil || len(events) == 0 {
		return "", d.UpdatedAt, err
	}
	return events[0].Actor.ID, events[0].At, nil
}

// nameOrBody names a member of staff. Steps of the applicant, and of time, are told by the body that has the filing now.
func (p pages) nameOrBody(c *kit.Ctx, d desk, personID string) (string, error) {
	if personID != "" && personID != d.PersonID {
		return p.Reviews.NameOf(c.Context(), personID)
	}
	return p.Bodies.BodyName(c.Context(), d.Owner()), nil
}

// conflictText words a lost race above a form that keeps what was typed: who has the filing, when it is somebody else.
func (p pages) conflictText(c *kit.Ctx, d desk, err error) (string, error) {
	if d.ReviewerID != nil && *d.ReviewerID != c.Actor.PersonID {
		who, err := p.Reviews.NameOf(c.Context(), *d.ReviewerID)
		return c.T("review.taken", "Who", who), err
	}
	e, ok := fail.As(err)
	if !ok {
		return c.T("filing.stale"), nil
	}
	return i18n.With(c.Lang, e.Key, e.Args), nil
}
