package reviewer

import (
	"github.com/a-h/templ"

	"reliefportal/app/calendar"
	"reliefportal/app/filing"
	"reliefportal/app/i18n"
	"reliefportal/app/rules"
	"reliefportal/app/web/kit"
	tkit "reliefportal/templates/kit"
	views "reliefportal/templates/reviewer"
)

func (p pages) accept(c *kit.Ctx, d desk) error {
	body, err := p.acceptForm(c, views.AcceptView{})(c.Page(), d)
	if err != nil {
		return err
	}
	return c.OK(body)
}

// doAccept takes a filing up (立案).
func (p pages) doAccept(c *kit.Ctx) error {
	_, err := p.Reviews.Accept(c.Context(), c.Actor, c.Param("id"), formVersion(c), c.Form().Value("number"))
	return p.finish(c, filing.ActAccept, err, "work.accepted", p.acceptForm(c, views.AcceptView{Number: c.Form().Raw("number")}))
}

func (p pages) acceptForm(c *kit.Ctx, view views.AcceptView) form {
	return func(page tkit.Page, d desk) (_ templ.Component, err error) {
		if view.Hints, err = p.hints(c, d); err != nil {
			return nil, err
		}
		view.Head = d.head(c)
		if dl, rule, ok := stageClock(c, d, rules.StageReviewing); ok {
			view.Due, view.Duty = dl.LegalEnd, d.law.Say(rule.Title)
		}
		return views.Accept(page, view), nil
	}
}

// stageClock is the clock that would run if the filing came to a stage today.
func stageClock(c *kit.Ctx, d desk, stage rules.Stage) (calendar.Deadline, rules.ClockRule, bool) {
	rule, from, ok := d.law.Pack.StageClock(d.Remedy, stage)
	if !ok {
		return calendar.Deadline{}, rule, false
	}
	start := c.Today()
	if from == rules.FromReceived {
		start = d.ReceivedOn()
	}
	return d.law.Pack.Calendar.End(start, rule.Length), rule, true
}

func length(c *kit.Ctx, rule rules.ClockRule) string { return i18n.Period(c.Lang, rule.Length) }
