package debtor

import (
	"net/http"
	"strconv"

	"reliefportal/app/casenumber"
	"reliefportal/app/fail"
	"reliefportal/app/filing"
	"reliefportal/app/rules"
	"reliefportal/app/web/kit"
	views "reliefportal/templates/debtor"
	tkit "reliefportal/templates/kit"
)

// The answers to "is this the court whose seal is on your paper?".
const (
	sealYes    = "yes"
	sealOther  = "other"
	sealUnsure = "unsure"
)

// caseNumber shows the number kept before, with how it was read.
func (p pages) caseNumber(c *kit.Ctx, o own) error {
	view := views.CaseNumberView{Version: o.Version}
	if kept, ok := o.facts.Known(filing.FactCaseNumber); ok && kept.Text != "" {
		view.Value = kept.Text
		if n, err := casenumber.Parse(kept.Text); err == nil {
			view.Reading = p.reading(c, n)
			view.Answer = sealAnswer(o.facts, view.Reading.Court)
		}
	}
	return c.OK(views.CaseNumber(casePage(c, o), view))
}

// readNumber takes the number and, once the person has seen how it was read, the court.
func (p pages) readNumber(c *kit.Ctx, o own) error {
	form := c.Form()
	if form.Has("none") {
		return p.keepCase(c, o, rules.Facts{filing.FactCaseNumber: rules.Unsure()}, "debtor.court")
	}
	view := views.CaseNumberView{Value: form.Raw("value"), Answer: form.Value("court"), Version: o.Version}
	n, err := casenumber.ParseAt(form.Value("value"), c.Today())
	if err != nil {
		return caseAgain(c, o, view, fail.At("value", err))
	}
	view.Reading = p.reading(c, n)
	if before, err := casenumber.Parse(form.Value("read")); err != nil || !before.Same(n) {
		view.Answer = "" // a number that was not read out yet is read out first; nothing is chosen beforehand
		return c.OK(views.CaseNumber(casePage(c, o), view))
	}
	facts := rules.Facts{filing.FactCaseNumber: rules.Said(n.String())}
	switch {
	case view.Reading.Court == "", view.Answer == sealOther:
		facts[filing.FactExecCourt] = rules.Unsure() // until the next page names it
		return p.keepCase(c, o, facts, "debtor.court")
	case view.Answer == sealYes:
		facts[filing.FactExecCourt] = rules.Said(view.Reading.Court)
	case view.Answer == sealUnsure:
		facts[filing.FactExecCourt] = rules.Unsure()
	default:
		return caseAgain(c, o, view, fail.F("court", "answer.choose_or_unsure"))
	}
	return p.keepCase(c, o, facts, "")
}

// keepCase saves and goes on: to the named page, or to the page after the case.
func (p pages) keepCase(c *kit.Ctx, o own, facts rules.Facts, to string) error {
	_, err := p.save(c, o, facts)
	if isStale(err) {
		return p.staleCase(c)
	}
	if err != nil {
		return err
	}
	if to != "" {
		return c.ToAddress(kit.WithQuery(c.Path(to, o.ID), "to", c.Query("to")))
	}
	_, _, next, _ := around(c, o, filing.PageCase, "")
	return c.ToAddress(next)
}

func caseAgain(c *kit.Ctx, o own, view views.CaseNumberView, wrong fail.Field) error {
	page := casePage(c, o)
	page.Errors, _ = c.FieldErrors(fail.Invalid(wrong))
	return c.Again(views.CaseNumber(page, view))
}

// staleCase keeps what was typed and says what is stored now.
func (p pages) staleCase(c *kit.Ctx) error {
	o, err := p.load(c)
	if err != nil {
		return err
	}
	view := views.CaseNumberView{Value: c.Form().Raw("value"), Answer: c.Form().Value("court"), Version: o.Version}
	if n, err := casenumber.Parse(view.Value); err == nil {
		view.Reading = p.reading(c, n)
	}
	page := casePage(c, o)
	page.Errors = []tkit.FieldError{{ID: "value", Text: c.T("draft.stale", "Now", stored(c, o, filing.FactCaseNumber))}}
	return c.Show(http.StatusConflict, views.CaseNumber(page, view))
}

// stored is an answer as it is kept now.
func stored(c *kit.Ctx, o own, id rules.FactID) string {
	val, ok := o.facts[id]
	if !ok {
		return c.T("draft.empty_now")
	}
	return o.law.Answer(id, val)
}

func casePage(c *kit.Ctx, o own) tkit.Page {
	page := o.page(c)
	_, page.Back, _, _ = around(c, o, filing.PageCase, "")
	return page
}

// sealAnswer is what the person answered before about the proposed court.
func sealAnswer(facts rules.Facts, proposed string) string {
	court, ok := facts[filing.FactExecCourt]
	switch {
	case !ok:
		return ""
	case court.Unsure:
		return sealUnsure
	case court.Text == proposed:
		return sealYes
	}
	return sealOther
}

// reading says how the number was understood, part by part.
func (p pages) reading(c *kit.Ctx, n casenumber.Number) *views.Reading {
	out := &views.Reading{Canonical: n.String(), Legacy: n.Legacy}
	if n.Legacy {
		return out
	}
	out.Segments = []tkit.Segment{{Text: strconv.Itoa(n.Year), Name: c.T("reading.year")}, {Text: n.Court, Name: c.T("reading.court")},
		{Text: n.Type, Name: stageName(c, n.Stage())}, {Text: strconv.Itoa(n.Serial), Name: c.T("reading.serial")}}
	if court, ok := p.Bodies.Propose(n); ok {
		out.Court = court.Name
	} else {
		out.Remark = c.T("case.sign_unknown", "Sign", n.Court)
	}
	if isTrial(n.Stage()) {
		out.Remark = c.T("case.not_enforcement", "Type", n.Type)
	}
	return out
}

// isTrial says that a number is that of a trial, not of its enforcement.
func isTrial(s casenumber.Stage) bool {
	return s == casenumber.StageTrial || s == casenumber.StageRetrial || s == casenumber.StageSpecial
}

// stageName says what kind of case a type sign stands for.
func stageName(c *kit.Ctx, s casenumber.Stage) string {
	switch s {
	case casenumber.StageEnforcement:
		return c.T("reading.enforcement")
	case casenumber.StageResumed:
		return c.T("reading.resumed")
	case casenumber.StagePreservationAct, casenumber.StagePreservation:
		return c.T("reading.preservation")
	case casenumber.StageObjection:
		return c.T("reading.objection")
	case casenumber.StageReconsideration:
		return c.T("reading.reconsideration")
	case casenumber.StageSupervision:
		return c.T("reading.supervision")
	case casenumber.StagePenalty, casenumber.StagePenaltyReview:
		return c.T("reading.penalty")
	case casenumber.StageTrial, casenumber.StageRetrial, casenumber.StageSpecial:
		return c.T("reading.trial")
	}
	return c.T("reading.type")
}
