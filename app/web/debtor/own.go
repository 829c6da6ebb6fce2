package debtor

import (
	"reliefportal/app/fail"
	"reliefportal/app/filing"
	"reliefportal/app/i18n"
	"reliefportal/app/rules"
	"reliefportal/app/web/kit"
	"reliefportal/app/web/law"
	tkit "reliefportal/templates/kit"
)

// own is one filing of the person, with the law it is read by.
type own struct {
	filing.Filing
	facts  rules.Facts
	law    law.View
	remedy *rules.Remedy
}

// load reads the filing of the address. Somebody else's is not found.
func (p pages) load(c *kit.Ctx) (own, error) {
	f, facts, err := p.Filings.Get(c.Context(), c.Actor, c.Param("id"))
	if err != nil {
		return own{}, err
	}
	if f.PersonID != c.Actor.PersonID {
		c.ActFor(p.nameOfOwner(c, f))
	}
	return p.read(c, f, facts)
}

func (p pages) read(c *kit.Ctx, f filing.Filing, facts rules.Facts) (own, error) {
	pack, err := p.Filings.Pack(f)
	if err != nil {
		return own{}, err
	}
	r, ok := pack.Remedy(f.Remedy)
	if !ok {
		return own{}, fail.Unavailable("pack.missing", nil)
	}
	return own{Filing: f, facts: facts, law: law.For(c, pack, p.Bodies), remedy: r}, nil
}

// plain is what the person is doing, in plain words.
func (o own) plain() string { return o.law.Say(o.remedy.Plain) }

// isFiled says that the filing has left the person's desk.
func (o own) isFiled() bool { return o.Ref != nil }

// pages are the pages of the draft with the answers so far.
func (o own) pages() []filing.Page { return filing.Pages(o.law.Pack, o.remedy, o.facts) }

// page is the frame of a page of the filing.
func (o own) page(c *kit.Ctx) tkit.Page {
	page := c.Page()
	page.SavedAt = i18n.Time(o.UpdatedAt)
	day, going := o.Going(c.Now())
	switch {
	case page.Flash != "":
	case c.Query(found) != "":
		page.Flash = c.T("draft.found", "Remedy", o.plain(), "Time", i18n.DateTime(c.Lang, o.UpdatedAt), "N", len(o.open()))
	case going:
		page.Flash = c.T("draft.going", "Date", i18n.Date(c.Lang, day))
	}
	return page
}

// found marks the address of a page that a person came back to: it says what was found.
const found = "found"

// open are the pages that nobody has answered yet.
func (o own) open() []filing.Page { return filing.OpenPages(o.pages(), o.facts) }

// drafting runs a page of a draft. A filing that was handed over cannot be changed any more: its receipt says so. A draft that is gone says so.
func (p pages) drafting(h func(*kit.Ctx, own) error) kit.Handler {
	return func(c *kit.Ctx) error {
		o, err := p.load(c)
		switch {
		case err != nil:
			return err
		case o.isFiled() && c.Actor.By != nil: // who typed it may hand the receipt over, and sees nothing of what follows
			return c.To("debtor.receipt", o.ID)
		case o.isFiled():
			c.Flash("draft.is_filed")
			return c.To("debtor.receipt", o.ID)
		case o.Status != filing.Draft && o.Outcome != nil && filing.Outcome(*o.Outcome) == filing.Expired:
			return fail.Expired("draft.expired")
		case o.Status != filing.Draft:
			return fail.NotFound()
		}
		return h(c, o)
	}
}

// formVersion is the version of the filing that the form was made from.
func formVersion(c *kit.Ctx) int64 {
	n, _ := c.Form().Int("_version")
	return n
}

// toCheck says that an answer is being changed from the check page, which is where it leads back to.
func toCheck(c *kit.Ctx) bool { return c.Query("to") == "check" }

// hrefOf is the address of a page of a draft.
func hrefOf(c *kit.Ctx, id string, pg filing.Page) string {
	switch pg.Kind {
	case filing.PageCase:
		return c.Path("debtor.case", id)
	case filing.PageMeans:
		return c.Path("debtor.attach", id)
	case filing.PageQuestion:
		return c.Path("debtor.question", id, pg.Question.ID)
	case filing.PagePapers:
		return c.Path("debtor.papers", id)
	case filing.PageService:
		return c.Path("debtor.address", id)
	}
	return c.Path("debtor.check", id)
}

// around are the addresses before and after a page of the draft, and its number.
func around(c *kit.Ctx, o own, kind filing.PageKind, question string) (number int, back, next string, ok bool) {
	at, before, after, ok := filing.Around(o.pages(), kind, question)
	if !ok {
		return 0, "", "", false
	}
	back, next = c.Path(kit.RouteDebtorHome), c.Path("debtor.check", o.ID)
	if before != nil {
		back = hrefOf(c, o.ID, *before)
	}
	if after != nil && !toCheck(c) {
		next = hrefOf(c, o.ID, *after)
	}
	if toCheck(c) {
		back = c.Path("debtor.check", o.ID)
	}
	return at + 1, back, next, true
}

// save stores answers and returns the draft as it is now.
func (p pages) save(c *kit.Ctx, o own, answers rules.Facts) (own, error) {
	f, err := p.Filings.Answer(c.Context(), c.Actor, o.ID, formVersion(c), answers)
	if err != nil {
		return own{}, err
	}
	facts, err := p.Filings.Facts(f)
	if err != nil {
		return own{}, err
	}
	return p.read(c, f, facts)
}

// isStale says that the draft changed after the form was shown.
func isStale(err error) bool {
	e, ok := fail.As(err)
	return ok && e.Kind == fail.KindConflict && e.Key == "filing.stale"
}
