package debtor

import (
	"net/http"

	"reliefportal/app/document"
	"reliefportal/app/fail"
	"reliefportal/app/filing"
	"reliefportal/app/web/kit"
	views "reliefportal/templates/debtor"
	tkit "reliefportal/templates/kit"
)

// asked runs a page of a filing that waits for something from the person; at any other time it leads to the progress.
func (p pages) asked(c *kit.Ctx, h func(own) error) error {
	o, err := p.load(c)
	if err != nil {
		return err
	}
	if o.Status != filing.Supplement {
		return c.To("debtor.filing", o.ID)
	}
	return h(o)
}

func (p pages) supplement(c *kit.Ctx) error {
	return p.asked(c, func(o own) error { return p.showSupplement(c, o, http.StatusOK, nil) })
}

// showSupplement draws the page, with what is to be corrected and what was typed.
func (p pages) showSupplement(c *kit.Ctx, o own, status int, errs []tkit.FieldError) error {
	_, ask, kept, ok, err := p.Reviews.SupplementOf(c.Context(), o.Filing)
	if err != nil {
		return err
	}
	clock, running, err := p.Filings.NextClock(c.Context(), o.Filing)
	if err != nil {
		return err
	}
	docs, err := p.Files.List(c.Context(), o.ID)
	if err != nil {
		return err
	}
	if !ok || !running {
		return fail.NotFound()
	}
	dl, rule := filing.Deadline(o.law.Pack, clock)
	view := views.SupplementView{Remedy: o.plain(), Body: p.Bodies.BodyName(c.Context(), o.Owner()), Ask: ask, Due: dl.LegalEnd,
		Left: c.Today().DaysUntil(dl.LegalEnd), Working: o.law.Working(dl, c.T("supplement.event"), c.Today(), rule.Cite),
		Files: files(c, o, addedAfter(o.Filing, docs), false), Upload: uploadView(c, o, docs), Text: kept, Version: o.Version}
	if c.Form().Has("text") {
		view.Text = c.Form().Raw("text")
	}
	page := c.Page()
	page.Back, page.Errors = c.Path("debtor.progress", o.ID), errs
	return c.Show(status, views.Supplement(page, view))
}

// addedAfter are the files that came after the filing was handed over.
func addedAfter(f filing.Filing, docs []document.Document) []document.Document {
	return docs[len(filedWith(f, docs)):]
}

// answerSupplement hands the filing back with words, files, or both. The other button of the form only adds a file; the words typed so far stay.
func (p pages) answerSupplement(c *kit.Ctx) error {
	return p.asked(c, func(o own) error {
		version, err := formVersion(c), error(nil)
		if chosen(c) || !c.Form().Has("send") {
			if err = p.addToSupplement(c, o); err == nil && c.Form().Has("send") {
				o, err = p.load(c) // a file makes a new version of the filing
				version = o.Version
			}
		}
		if err == nil && c.Form().Has("send") {
			_, err = p.Reviews.AnswerSupplement(c.Context(), c.Actor, o.ID, version, c.Form().Value("text"))
		}
		if errs, invalid := c.FieldErrors(err); invalid {
			return p.showSupplement(c, o, http.StatusUnprocessableEntity, errs)
		}
		if isStale(err) {
			return p.showSupplement(c, o, http.StatusConflict, []tkit.FieldError{{ID: "text", Text: c.T("supplement.stale")}})
		}
		if err != nil {
			return err
		}
		if !c.Form().Has("send") {
			c.Flash("papers.added")
			return c.To("debtor.supplement", o.ID)
		}
		c.Flash("supplement.sent")
		return c.To("debtor.progress", o.ID)
	})
}

// addToSupplement keeps the words typed so far and takes the file.
func (p pages) addToSupplement(c *kit.Ctx, o own) error {
	if err := p.Reviews.KeepSupplement(c.Context(), c.Actor, o.ID, c.Form().Value("text")); err != nil {
		return err
	}
	_, err := p.take(c, o)
	return err
}
