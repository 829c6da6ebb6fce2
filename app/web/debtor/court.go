package debtor

import (
	"net/http"

	"reliefportal/app/directory"
	"reliefportal/app/fail"
	"reliefportal/app/filing"
	"reliefportal/app/rules"
	"reliefportal/app/web/kit"
	views "reliefportal/templates/debtor"
	tkit "reliefportal/templates/kit"
)

// courtsShown is how many courts a search lists; the next letter narrows it further.
const courtsShown = 20

// court searches the court whose seal is on the paper.
func (p pages) court(c *kit.Ctx, o own) error {
	return c.OK(views.CourtPick(courtPage(c, o), p.courts(c, o)))
}

func (p pages) pickCourt(c *kit.Ctx, o own) error {
	val, err := p.picked(c)
	if errs, invalid := c.FieldErrors(err); invalid {
		page := courtPage(c, o)
		page.Errors = errs
		return c.Again(views.CourtPick(page, p.courts(c, o)))
	}
	if err != nil {
		return err
	}
	facts := rules.Facts{filing.FactExecCourt: val}
	if !o.facts.Asked(filing.FactCaseNumber) {
		facts[filing.FactCaseNumber] = rules.Unsure()
	}
	saved, err := p.save(c, o, facts)
	if isStale(err) {
		return p.staleCourt(c)
	}
	if err != nil {
		return err
	}
	_, _, next, _ := around(c, saved, filing.PageCase, "")
	return c.ToAddress(next)
}

// picked is the court chosen, or "I do not know".
func (p pages) picked(c *kit.Ctx) (rules.Value, error) {
	id := c.Form().Value("court")
	switch {
	case c.Form().Has("unsure"), id == sealUnsure:
		return rules.Unsure(), nil
	case id == "":
		return rules.Value{}, fail.Invalid(fail.F("court", "answer.choose_or_unsure"))
	}
	body, err := p.Bodies.Body(c.Context(), id)
	if err == nil {
		if _, ok := p.Bodies.Court(body.Name); ok {
			return rules.Said(body.Name), nil
		}
	}
	if err != nil && fail.KindOf(err) != fail.KindNotFound {
		return rules.Value{}, err
	}
	return rules.Value{}, fail.Invalid(fail.F("court", "court.not_listed"))
}

func (p pages) courts(c *kit.Ctx, o own) views.CourtPickView {
	view := views.CourtPickView{Q: c.Query("q"), Version: o.Version}
	if view.Q == "" {
		return view
	}
	view.Searched = true
	found := p.Bodies.Search(view.Q, courtsShown+1)
	if view.More = len(found) > courtsShown; view.More {
		found = found[:courtsShown]
	}
	for _, court := range found {
		view.Results = append(view.Results, views.CourtRow{ID: court.ID, Name: court.Name, Above: court.Parent})
	}
	if kept, ok := o.facts.Known(filing.FactExecCourt); ok {
		view.Chosen = directory.IDOf(kept.Text)
	}
	return view
}

func courtPage(c *kit.Ctx, o own) tkit.Page {
	page := o.page(c)
	page.Back = kit.WithQuery(c.Path("debtor.case", o.ID), "to", c.Query("to"))
	return page
}

func (p pages) staleCourt(c *kit.Ctx) error {
	o, err := p.load(c)
	if err != nil {
		return err
	}
	page, view := courtPage(c, o), p.courts(c, o)
	view.Chosen = c.Form().Value("court")
	page.Errors = []tkit.FieldError{{ID: "court", Text: c.T("draft.stale", "Now", stored(c, o, filing.FactExecCourt))}}
	return c.Show(http.StatusConflict, views.CourtPick(page, view))
}
