package reviewer

import (
	"net/http"

	"reliefportal/app/fail"
	"reliefportal/app/filing"
	"reliefportal/app/i18n"
	"reliefportal/app/web/kit"
	views "reliefportal/templates/reviewer"
)

// lost answers a step that cannot be taken. It names somebody only when that person really has the filing; two clicks of one person lead back
// to the filing; anything else is said as it is, with the way back to the filing.
func (p pages) lost(c *kit.Ctx, d desk, act filing.Action, why *fail.Error, taken bool) error {
	if other := d.Reviewer(); other != "" && other != c.Actor.PersonID && taken {
		who, err := p.Reviews.NameOf(c.Context(), other)
		if err != nil {
			return err
		}
		return c.Show(http.StatusConflict, views.TakenByOther(c.Page(), views.TakenByOtherView{Number: number(d.Filing), Who: who, At: d.UpdatedAt,
			BackHref: c.Path(kit.RouteStaffHome), WorkspaceHref: c.Path("reviewer.filing", d.ID)}))
	}
	done, err := p.didItself(c, d, act)
	if err != nil {
		return err
	}
	if done {
		c.Flash("work.done_before")
		return c.To("reviewer.filing", d.ID)
	}
	return c.Show(http.StatusConflict, views.NotNow(c.Page(), views.NotNowView{Head: d.head(c), Text: i18n.With(c.Lang, why.Key, why.Args), BackHref: c.Path(kit.RouteStaffHome)}))
}

// didItself says that the person's own last press took this very step.
func (p pages) didItself(c *kit.Ctx, d desk, act filing.Action) (bool, error) {
	if act == filing.ActAssign {
		return d.Reviewer() == c.Actor.PersonID, nil
	}
	events, err := p.Filings.Timeline(c.Context(), d.Filing)
	if err != nil || len(events) == 0 {
		return false, err
	}
	return events[0].Actor.ID == c.Actor.PersonID && events[0].Kind == "filing."+string(act), nil
}

// closedStep says why the page of a step does not open: the one request was used, or the filing is elsewhere; taken when somebody may have it.
func closedStep(d desk, act filing.Action) (why *fail.Error, taken bool) {
	if act == filing.ActAsk && d.asked {
		return fail.Conflict("review.asked_before"), false
	}
	return fail.Conflict("filing.cannot"), d.Status == filing.Reviewing
}
