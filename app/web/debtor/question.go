package debtor

import (
	"errors"
	"net/http"
	"slices"

	"reliefportal/app/fail"
	"reliefportal/app/filing"
	"reliefportal/app/rules"
	"reliefportal/app/web/kit"
	"reliefportal/app/web/law"
	views "reliefportal/templates/debtor"
	tkit "reliefportal/templates/kit"
)

// errNotAsked says that a page of the remedy does not apply with the answers as they are now, such as after a change in another tab.
var errNotAsked = errors.New("the page does not apply any more")

// passed leads on from a page that does not apply any more.
func passed(c *kit.Ctx, o own, err error) error {
	if !errors.Is(err, errNotAsked) {
		return err
	}
	c.Flash("draft.not_asked")
	return c.To("debtor.filing", o.ID)
}

// question is the one page for all questions of all remedies.
func (p pages) question(c *kit.Ctx, o own) error {
	page, view, q, _, err := questionPage(c, o)
	if err != nil {
		return passed(c, o, err)
	}
	view.Question = o.law.Question(q, o.facts)
	return c.OK(views.Question(page, view))
}

// keptAnswer shows the page again with the answer kept before: an empty box does not wipe a day, a number or a name. The button that takes it
// away stands below.
func keptAnswer(c *kit.Ctx, o own, q *rules.Question, page tkit.Page, view views.QuestionView, errs []tkit.FieldError) error {
	page.Errors, view.Question = errs, o.law.Question(q, o.facts)
	return c.Again(views.Question(page, view))
}

// takeAway removes the answer of a page because the person pressed the button that says so.
func (p pages) takeAway(c *kit.Ctx, o own, q *rules.Question) error {
	_, err := p.Filings.RemoveAnswer(c.Context(), c.Actor, o.ID, formVersion(c), q.Fact)
	if isStale(err) {
		return p.staleAnswer(c, q, law.Read(c.Form()))
	}
	if err != nil {
		return err
	}
	c.Flash("draft.answer_removed")
	return c.ToAddress(kit.WithQuery(c.Path("debtor.question", o.ID, q.ID), "to", c.Query("to")))
}

func (p pages) answer(c *kit.Ctx, o own) error {
	page, view, q, _, err := questionPage(c, o)
	if err != nil {
		return passed(c, o, err)
	}
	typed := law.Read(c.Form())
	if c.Form().Has("remove") {
		return p.takeAway(c, o, q)
	}
	if c.Form().Has("later") && typed.Empty() {
		return leave(c)
	}
	val, err := o.law.Value(q, typed, c.Today())
	if errs, invalid := c.FieldErrors(err); invalid {
		page.Errors, view.Question = errs, o.law.Again(q, typed)
		return c.Again(views.Question(page, view))
	}
	if err != nil {
		return err
	}
	if doubtful(c, q, val) {
		view.Question, view.Doubt = o.law.Again(q, typed), true
		return c.OK(views.Question(page, view))
	}
	saved, err := p.save(c, o, rules.Facts{q.Fact: val})
	if isStale(err) {
		return p.staleAnswer(c, q, typed)
	}
	if errs, invalid := c.FieldErrors(err); invalid {
		return keptAnswer(c, o, q, page, view, errs)
	}
	if err != nil {
		return err
	}
	return goOn(c, saved)
}

// goOn leads from a page that was saved to the next.
func goOn(c *kit.Ctx, saved own) error {
	if c.Form().Has("later") {
		return leave(c)
	}
	_, _, _, next, err := questionPage(c, saved)
	if err != nil {
		return passed(c, saved, err)
	}
	return c.ToAddress(next)
}

// questionPage is the frame of a question: its place among the pages, the way back and the way on.
func questionPage(c *kit.Ctx, o own) (page tkit.Page, view views.QuestionView, q *rules.Question, next string, err error) {
	q, ok := o.law.Pack.Question(c.Param("question"))
	if !ok {
		return page, view, nil, "", fail.NotFound()
	}
	number, back, next, ok := around(c, o, filing.PageQuestion, q.ID)
	switch {
	case ok:
	case slices.Contains(o.remedy.Questions, q.ID):
		return page, view, nil, "", errNotAsked
	default:
		return page, view, nil, "", fail.NotFound()
	}
	page = o.page(c)
	page.Back = back
	view = views.QuestionView{Remedy: o.plain(), Number: number, AtMost: len(o.pages()), Version: o.Version, ToCheck: toCheck(c),
		Removable: filing.Removable(o.law.Pack, o.facts, q.Fact) && !q.Required}
	return page, view, q, next, nil
}

// staleAnswer shows the page once more when the draft was changed elsewhere meanwhile: what is stored now in a sentence, what was typed
// in its field, and the version that makes a second press count.
func (p pages) staleAnswer(c *kit.Ctx, q *rules.Question, typed law.Typed) error {
	o, err := p.load(c)
	if err != nil {
		return err
	}
	page, view, _, _, err := questionPage(c, o)
	if err != nil {
		return passed(c, o, err)
	}
	now := c.T("draft.empty_now")
	if val, ok := o.facts[q.Fact]; ok {
		now = o.law.Answer(q.Fact, val)
	}
	page.Errors = []tkit.FieldError{{ID: "value", Text: c.T("draft.stale", "Now", now)}}
	view.Question = o.law.Again(q, typed)
	return c.Show(http.StatusConflict, views.Question(page, view))
}

// doubtful says that an identity number does not hold together and the person has not yet said that it is right. Nobody is stopped by it.
func doubtful(c *kit.Ctx, q *rules.Question, val rules.Value) bool {
	return q.Fact == filing.FactIdentity && filing.DoubtfulIdentity(val.Text) && c.Form().Raw("sure") != c.Form().Raw("value")
}

// leave goes home; everything saved so far stays.
func leave(c *kit.Ctx) error {
	c.Flash("draft.kept")
	return c.To(kit.RouteDebtorHome)
}
