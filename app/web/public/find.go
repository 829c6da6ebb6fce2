package public

import (
	"slices"

	"reliefportal/app/fail"
	"reliefportal/app/rules"
	"reliefportal/app/web/kit"
	"reliefportal/app/web/law"
	tkit "reliefportal/templates/kit"
	views "reliefportal/templates/public"
)

// find leads to the next question, or to the doors when nothing is left to ask.
func (p pages) find(c *kit.Ctx) error {
	pack := p.Packs.On(c.Today())
	facts, _, err := p.facts(c, pack)
	if err != nil {
		return err
	}
	return p.next(c, pack, facts)
}

func (p pages) next(c *kit.Ctx, pack *rules.Pack, facts rules.Facts) error {
	if q, _, _, ok := pack.NextQuestion(facts, c.Today()); ok {
		return c.To("public.question", q.ID)
	}
	return c.To("public.doors")
}

func (p pages) question(c *kit.Ctx) error {
	v := p.view(c)
	q, err := asked(c, v.Pack)
	if err != nil {
		return err
	}
	facts, _, err := p.facts(c, v.Pack)
	if err != nil {
		return err
	}
	page, view := finderPage(c, v, q, facts)
	view.Question = v.Question(q, facts)
	return c.OK(views.FinderQuestion(page, view))
}

func (p pages) answer(c *kit.Ctx) error {
	v := p.view(c)
	q, err := asked(c, v.Pack)
	if err != nil {
		return err
	}
	facts, _, err := p.facts(c, v.Pack)
	if err != nil {
		return err
	}
	typed := law.Read(c.Form())
	val, err := v.Value(q, typed, c.Today())
	if errs, invalid := c.FieldErrors(err); invalid {
		page, view := finderPage(c, v, q, facts)
		page.Errors, view.Question = errs, v.Again(q, typed)
		return c.Again(views.FinderQuestion(page, view))
	}
	if err != nil {
		return err
	}
	token, err := p.Finder.Answer(c.Context(), visitToken(c), c.Lang, rules.Facts{q.Fact: val})
	if err != nil {
		return err
	}
	keepVisit(c, token)
	facts[q.Fact] = val
	return p.next(c, v.Pack, facts)
}

// asked finds the finder question of the address.
func asked(c *kit.Ctx, pack *rules.Pack) (*rules.Question, error) {
	q, ok := pack.Question(c.Param("question"))
	if !ok || !slices.Contains(pack.Finder, q) {
		return nil, fail.NotFound()
	}
	return q, nil
}

// finderPage is the frame of a question: its number, the way back and the doors so far.
func finderPage(c *kit.Ctx, v law.View, q *rules.Question, facts rules.Facts) (tkit.Page, views.FinderQuestionView) {
	page, view := c.Page(), views.FinderQuestionView{Number: 1}
	page.Kept, page.Back = len(facts) > 0, c.Path(kit.RouteStart)
	for _, before := range v.Pack.Finder {
		if before == q {
			break
		}
		if facts.Asked(before.Fact) {
			page.Back = c.Path("public.question", before.ID)
			view.Number++
		}
	}
	_, _, most, _ := v.Pack.NextQuestion(facts, c.Today())
	view.AtMost = max(most, view.Number)
	if len(facts) > 0 {
		view.DoorsHref = c.Path("public.doors")
	}
	return page, view
}

func (p pages) restart(c *kit.Ctx) error {
	if err := p.forget(c); err != nil {
		return err
	}
	c.Flash("finder.forgotten")
	return c.To(kit.RouteStart)
}

// forget removes the visitor's answers, here and in his browser.
func (p pages) forget(c *kit.Ctx) error {
	token := visitToken(c)
	if token == "" {
		return nil
	}
	keepCookie(c, visitCookie, "", -1)
	return p.Finder.Forget(c.Context(), token)
}
