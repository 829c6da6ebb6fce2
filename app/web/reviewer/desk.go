package reviewer

import (
	"net/http"
	"slices"

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

// desk is one filing in the hands of a body, with the law it is decided by.
type desk struct {
	filing.Filing
	facts  rules.Facts
	law    law.View
	remedy *rules.Remedy
	asked  bool   // the one request for what is missing was made
	person string // full name of the applicant: it is shown inside the case, never in a list
}

// load reads the filing of the address. One that is not on this person's desk is not found.
func (p pages) load(c *kit.Ctx) (desk, error) {
	f, facts, err := p.Filings.Get(c.Context(), c.Actor, c.Param("id"))
	if err != nil {
		return desk{}, err
	}
	return p.deskOf(c, f, facts)
}

// deskOf is a filing with its law, for a page that has found it.
func (p pages) deskOf(c *kit.Ctx, f filing.Filing, facts rules.Facts) (desk, error) {
	pack, err := p.Filings.Pack(f)
	if err != nil {
		return desk{}, err
	}
	remedy, ok := pack.Remedy(f.Remedy)
	if !ok {
		return desk{}, fail.Unavailable("pack.missing", nil)
	}
	d := desk{Filing: f, facts: facts, law: law.For(c, pack, p.Bodies), remedy: remedy, person: p.Filings.Applicant(f)}
	if slices.Contains(review.Actions(c.Actor, f), filing.ActAsk) {
		_, _, _, d.asked, err = p.Reviews.SupplementOf(c.Context(), f)
	}
	return d, err
}

func (d desk) title() string { return d.law.Say(d.remedy.Name) }

// head names the filing on a page that does something with it.
func (d desk) head(c *kit.Ctx) views.Head {
	return views.Head{Number: number(d.Filing), Title: d.title(), Person: d.person, BackHref: c.Path("reviewer.filing", d.ID), Version: d.Version}
}

// may says whether the person may take this step now. Somebody who has the filing already is not given it again, and defects are told once.
func (d desk) may(c *kit.Ctx, act filing.Action) bool {
	if act == filing.ActAssign && d.ReviewerID != nil || act == filing.ActAsk && d.asked {
		return false
	}
	return slices.Contains(review.Actions(c.Actor, d.Filing), act)
}

// formVersion is the version of the filing that the form was made from.
func formVersion(c *kit.Ctx) int64 {
	n, _ := c.Form().Int("_version")
	return n
}

// open shows the page of a step that can still be taken; else it says why not.
func (p pages) open(act filing.Action, show func(*kit.Ctx, desk) error) kit.Handler {
	return func(c *kit.Ctx) error {
		d, err := p.load(c)
		if err != nil {
			return err
		}
		if !d.may(c, act) {
			why, taken := closedStep(d, act)
			return p.lost(c, d, act, why, taken)
		}
		return show(c, d)
	}
}

// form shows the page of a step once more, with what was typed.
type form func(page tkit.Page, d desk) (templ.Component, error)

// finish ends a step: done, back to the filing; wrong, the form again; too late, what happened meanwhile. Words that were typed are never lost: a form
// with text is shown again with them, and with what happened meanwhile.
func (p pages) finish(c *kit.Ctx, act filing.Action, err error, done string, again form) error {
	if err == nil {
		c.Flash(done)
		return c.To("reviewer.filing", c.Param("id"))
	}
	kind := fail.KindOf(err)
	if kind != fail.KindInvalid && kind != fail.KindConflict {
		return err
	}
	d, loading := p.load(c)
	if loading != nil {
		return loading
	}
	status := http.StatusUnprocessableEntity
	errs, invalid := c.FieldErrors(err)
	if !invalid {
		why, _ := fail.As(err)
		if c.Form().Value("text") == "" {
			return p.lost(c, d, act, why, why.Key == "review.taken")
		}
		status, errs = http.StatusConflict, []tkit.FieldError{{ID: "text", Text: i18n.With(c.Lang, why.Key, why.Args)}}
	}
	page := c.Page()
	page.Errors = errs
	body, err := again(page, d)
	if err != nil {
		return err
	}
	return c.Show(status, body)
}
