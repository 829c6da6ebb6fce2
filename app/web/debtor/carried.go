package debtor

import (
	"net/http"

	"reliefportal/app/calendar"
	"reliefportal/app/fail"
	"reliefportal/app/filing"
	"reliefportal/app/rules"
	"reliefportal/app/web/kit"
	views "reliefportal/templates/debtor"
	tkit "reliefportal/templates/kit"
)

// carriedOut asks whether a decision was carried out.
func (p pages) carriedOut(c *kit.Ctx) error {
	o, err := p.load(c)
	if err != nil {
		return err
	}
	return p.showCarried(c, o, http.StatusOK, nil)
}

func (p pages) showCarried(c *kit.Ctx, o own, status int, errs []tkit.FieldError) error {
	state, duty, note, ok, err := p.Filings.CarriedOf(c.Context(), c.Actor, o.Filing)
	if err != nil {
		return err
	}
	if !ok {
		return fail.NotFound()
	}
	view := views.CarriedView{Remedy: o.plain(), Duty: o.law.Say(duty.Text), Cite: o.law.Cite(duty.Cite), Due: state.DueOn,
		Left: c.Today().DaysUntil(state.DueOn), Done: string(state.Answer), Agrees: state.Agrees, Note: note, Version: state.Version,
		CancelHref: c.Path("debtor.decision", o.ID)}
	if c.Form().Has("note") {
		view.Done, view.Agrees, view.Note = c.Form().Value("done"), c.Form().Value("agrees"), c.Form().Raw("note")
	}
	page := c.Page()
	page.Back, page.Errors = view.CancelHref, errs
	return c.Show(status, views.CarriedOut(page, view))
}

// sayCarried keeps the answer. Where it was not done, the way on stands on the decision page, with the facts carried.
func (p pages) sayCarried(c *kit.Ctx) error {
	o, err := p.load(c)
	if err != nil {
		return err
	}
	in := filing.CarriedAnswer{Version: formVersion(c), Done: filing.Done(c.Form().Value("done")), Agrees: c.Form().Value("agrees"), Note: c.Form().Value("note")}
	err = p.Filings.AnswerCarried(c.Context(), c.Actor, o.ID, in)
	if errs, invalid := c.FieldErrors(err); invalid {
		return p.showCarried(c, o, http.StatusUnprocessableEntity, errs)
	}
	if isStale(err) {
		return p.showCarried(c, o, http.StatusConflict, []tkit.FieldError{{ID: "done", Text: c.T("restriction.stale")}})
	}
	if err != nil {
		return err
	}
	if in.Done == filing.DoneYes {
		c.Flash("carried.thanks")
	} else {
		c.Flash("carried.ways")
	}
	return c.To("debtor.decision", o.ID)
}

// afterDecision are the three things that are told apart: decided, carried out, agreed with.
func (p pages) afterDecision(c *kit.Ctx, o own, view *views.DecisionView) error {
	state, duty, _, ok, err := p.Filings.CarriedOf(c.Context(), c.Actor, o.Filing)
	if err != nil || !ok {
		return err
	}
	view.Changes = append(view.Changes, o.law.Say(duty.Text)+"\n"+c.T("carried.until", "Date", state.DueOn))
	view.ChangesCite = o.law.Cite(duty.Cite)
	view.CarriedHref, view.AskNow = c.Path("debtor.carried", o.ID), c.Today().After(state.DueOn) && state.Answer == filing.Unsaid
	view.Carried = c.T(map[filing.Done]string{filing.Unsaid: "carried.unsaid", filing.DoneYes: "carried.yes", filing.DonePartly: "carried.partly", filing.DoneNo: "carried.no"}[state.Answer])
	if state.AnsweredAt != nil {
		view.CarriedOn = calendar.DateOf(*state.AnsweredAt)
	}
	view.Agreed = c.T(map[string]string{"": "carried.agrees_unsaid", rules.Yes: "carried.agrees_yes", rules.No: "carried.agrees_no"}[state.Agrees])
	return nil
}
