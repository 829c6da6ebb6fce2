package reviewer

import (
	"github.com/a-h/templ"

	"reliefportal/app/fail"
	"reliefportal/app/filing"
	"reliefportal/app/i18n"
	"reliefportal/app/review"
	"reliefportal/app/rules"
	"reliefportal/app/web/kit"
	"reliefportal/app/web/law"
	tkit "reliefportal/templates/kit"
	views "reliefportal/templates/reviewer"
)

func (p pages) decide(c *kit.Ctx, d desk) error {
	body, err := decideForm(c)(c.Page(), d)
	if err != nil {
		return err
	}
	return c.OK(body)
}

// doDecide checks a decision and shows it as the person will read it; pressed a second time, on that page, it makes it.
func (p pages) doDecide(c *kit.Ctx) error {
	wording := law.Respectful("text", c.Form().Value("text"))
	if c.Form().Value("confirm") == "1" && !c.Form().Has("edit") && wording == nil {
		_, err := p.Reviews.Decide(c.Context(), c.Actor, c.Param("id"), formVersion(c), ruling(c))
		return p.finish(c, filing.ActDecide, err, "work.decided", decideForm(c))
	}
	d, err := p.load(c)
	if err != nil {
		return err
	}
	if c.Form().Has("edit") {
		return p.decide(c, d)
	}
	switch {
	case !d.may(c, filing.ActDecide):
		err = fail.Conflict("filing.cannot")
	case d.Version != formVersion(c):
		err = fail.Conflict("filing.stale")
	default:
		err = law.Both(p.Reviews.CheckRuling(d.Filing, filing.ActDecide, ruling(c)), wording)
	}
	if err != nil {
		return p.finish(c, filing.ActDecide, err, "", decideForm(c))
	}
	return c.OK(views.DecideCheck(c.Page(), p.checkView(c, d)))
}

func ruling(c *kit.Ctx) review.Ruling {
	form := c.Form()
	return review.Ruling{Disposition: form.Value("disposition"), Grounds: form.All("grounds"), Text: form.Value("text"), Number: form.Value("number")}
}

// decideForm shows the form with what was typed, if anything was. Nothing is chosen beforehand.
func decideForm(c *kit.Ctx) form {
	return func(page tkit.Page, d desk) (templ.Component, error) {
		typed := ruling(c)
		view := views.DecideView{Head: d.head(c), Text: c.Form().Raw("text"), Number: c.Form().Raw("number"), Max: review.TextMax,
			Facts: facts(d), Trace: trace(c, d, rules.ClockRule{})}
		for _, o := range d.remedy.Outcomes {
			if id := filing.Outcome(o.ID); id == filing.Withdrawn || id == filing.Refused {
				continue // the applicant withdraws by himself; what is not taken up was refused before
			}
			view.Dispositions = append(view.Dispositions, tkit.Option{Value: o.ID, Label: d.law.Say(o.Label), Checked: o.ID == typed.Disposition})
		}
		for _, g := range d.remedy.Grounds {
			view.Grounds = append(view.Grounds, groundOption(c, d, g))
		}
		return views.Decide(page, view), nil
	}
}

// checkView shows a decision in the language of the person it is for.
func (p pages) checkView(c *kit.Ctx, d desk) views.DecideCheckView {
	typed := ruling(c)
	outcome, _ := d.remedy.Outcome(typed.Disposition)
	view := views.DecideCheckView{Head: d.head(c), Disposition: outcome.Label.In(d.Lang), Ground: grounds(d, typed.Grounds, d.Lang),
		Text: typed.Text, Number: typed.Number}
	for _, n := range outcome.Next {
		if door, ok := p.nextDoor(c, d, n); ok {
			view.Next = append(view.Next, door)
		}
	}
	view.Hidden = again(c)
	return view
}

// nextDoor is a way on that an outcome opens: what it is, how long it stays open from service, and who decides there.
func (p pages) nextDoor(c *kit.Ctx, d desk, n rules.NextRemedy) (views.NextDoor, bool) {
	r, ok := d.law.Pack.Remedy(n.Remedy)
	if !ok {
		return views.NextDoor{}, false
	}
	lang := d.Lang
	out := views.NextDoor{Title: r.Plain.In(lang), Window: n.Why.In(lang), Decider: r.Body.In(lang)}
	if r.Window != nil && n.Carry[r.Window.From] == rules.DecisionServedOn {
		out.Window = i18n.T(lang, "work.window", "Period", i18n.Period(lang, r.Window.Period))
	}
	decided := rules.Facts{rules.DecisionCourt: rules.Said(p.Bodies.BodyName(c.Context(), d.Owner()))}
	if to := d.law.Pack.Route(r.ID, n.CarryOver(d.facts, decided), p.Bodies); to.Court != "" && !to.Arbiter {
		out.Decider = to.Court
	}
	return out, true
}
