package public

import (
	"reliefportal/app/fail"
	"reliefportal/app/filing"
	"reliefportal/app/web/kit"
	"reliefportal/app/web/law"
	views "reliefportal/templates/public"
)

func (p pages) lookup(c *kit.Ctx) error { return c.OK(views.Lookup(c.Page(), views.LookupView{})) }

// lookUp says who has a filing and until when, to whoever holds its code, and nothing else.
func (p pages) lookUp(c *kit.Ctx) error {
	if err := p.Finder.MayLookUp(c.Context(), c.Address()); err != nil {
		return err
	}
	view := views.LookupView{Code: c.Form().Raw("code")}
	result, err := p.byCode(c, c.Form().Value("code"))
	page := c.Page()
	if errs, invalid := c.FieldErrors(err); invalid {
		page.Errors = errs
		return c.Again(views.Lookup(page, view))
	}
	if err != nil {
		return err
	}
	view.Result = &result
	return c.OK(views.Lookup(page, view))
}

func (p pages) byCode(c *kit.Ctx, typed string) (views.LookupResult, error) {
	ref, ok := filing.ParseRef(typed)
	if !ok {
		return views.LookupResult{}, fail.Invalid(fail.F("code", "lookup.bad"))
	}
	f, err := p.Filings.ByRef(c.Context(), ref)
	if err != nil {
		if fail.KindOf(err) == fail.KindNotFound {
			err = fail.Invalid(fail.F("code", "lookup.unknown"))
		}
		return views.LookupResult{}, err
	}
	return p.whoHas(c, f)
}

func (p pages) whoHas(c *kit.Ctx, f filing.Filing) (views.LookupResult, error) {
	out := views.LookupResult{Code: f.Code(), Body: p.Bodies.BodyName(c.Context(), f.Owner()), State: "done",
		SignInHref: kit.WithQuery(c.Path(kit.RouteSignIn), "next", c.Path(kit.RouteDebtorHome))}
	clock, running, err := p.Filings.NextClock(c.Context(), f)
	if err != nil {
		return out, err
	}
	if !running {
		return p.nextOf(c, f, out)
	}
	pack, err := p.Filings.Pack(f)
	if err != nil {
		return out, err
	}
	_, rule := filing.Deadline(pack, clock)
	out.Duty, out.Until, out.Left = law.For(c, pack, p.Bodies).Say(rule.Title), clock.LegalEndOn, c.Today().DaysUntil(clock.LegalEndOn)
	switch {
	case f.Status == filing.Supplement:
		out.State = "waiting"
	case f.Overdue:
		out.State = "missed"
	default:
		out.State = "running"
	}
	if above, ok := p.Bodies.Above(out.Body); ok {
		out.ThenBody = above.Name
	}
	return out, nil
}

// nextOf adds to a filing that is done the last day of the next way, if one still runs: a day and a general name, nothing of the person.
func (p pages) nextOf(c *kit.Ctx, f filing.Filing, out views.LookupResult) (views.LookupResult, error) {
	own, err := p.Filings.OwnClocks(c.Context(), []string{f.ID})
	clock, ok := own[f.ID]
	if err != nil || !ok {
		return out, err
	}
	pack, err := p.Filings.Pack(f)
	if err != nil {
		return out, err
	}
	_, rule := filing.Deadline(pack, clock)
	out.Next, out.Until, out.Left = law.For(c, pack, p.Bodies).Say(rule.Title), clock.FileByOn, c.Today().DaysUntil(clock.FileByOn)
	return out, nil
}
