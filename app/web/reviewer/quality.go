package reviewer

import (
	"net/http"
	"strconv"

	"reliefportal/app/fail"
	"reliefportal/app/oversight"
	"reliefportal/app/web/kit"
	"reliefportal/app/web/law"
	tkit "reliefportal/templates/kit"
	views "reliefportal/templates/reviewer"
)

// qualityItem shows one filing that was drawn, with the form for its scores.
func (p pages) qualityItem(c *kit.Ctx) error {
	it, err := p.Oversight.ItemOf(c.Context(), c.Actor, c.Param("id"))
	if err != nil {
		return err
	}
	return p.showItem(c, it, http.StatusOK, nil)
}

func (p pages) showItem(c *kit.Ctx, it oversight.ItemView, code int, errs []tkit.FieldError) error {
	facts, err := p.Filings.Facts(it.Filing)
	if err != nil {
		return err
	}
	d, err := p.deskOf(c, it.Filing, facts)
	if err != nil {
		return err
	}
	view, err := p.look(c, d)
	if err != nil {
		return err
	}
	view.ListHref, view.ListText = c.Path("supervisor.draw", it.DrawID), c.T("quality.back")
	view.Score = &views.ScoreView{Version: it.Version, Note: it.Note, Max: oversight.MostNote}
	points, form := it.Points(), c.Form()
	if form.Has("note") {
		view.Score.Note = form.Raw("note")
	}
	for _, name := range oversight.Criteria {
		given, scored := points[name]
		view.Score.Criteria = append(view.Score.Criteria, criterion(c, name, given, scored))
	}
	if percent, ok := points.Percent(); ok {
		view.Score.Percent = c.T("quality.percent", "N", percent)
	}
	page := c.Page()
	page.Errors = errs
	return c.Show(code, views.Look(page, view))
}

// scoreItem keeps the scores of one filing that was drawn.
func (p pages) scoreItem(c *kit.Ctx) error {
	it, err := p.Oversight.ItemOf(c.Context(), c.Actor, c.Param("id"))
	if err != nil {
		return err
	}
	form, scores := c.Form(), oversight.Scores{}
	for _, name := range oversight.Criteria {
		if n, ok := form.Int(name); ok {
			scores[name] = int(n)
		}
	}
	note := form.Value("note")
	if err = law.Both(oversight.CheckScores(scores, note), law.Respectful("note", note)); err == nil {
		err = p.Oversight.Score(c.Context(), c.Actor, it.ID, formVersion(c), scores, note)
	}
	if errs, invalid := c.FieldErrors(err); invalid {
		return p.showItem(c, it, http.StatusUnprocessableEntity, errs)
	}
	if fail.KindOf(err) == fail.KindConflict {
		return p.showItem(c, it, http.StatusConflict, []tkit.FieldError{{ID: oversight.Criteria[0], Text: c.T("filing.stale")}})
	}
	if err != nil {
		return err
	}
	c.Flash("quality.kept")
	return c.To("supervisor.draw", it.DrawID)
}

// criterion is one thing a decision is looked at for, with the points it can be given.
func criterion(c *kit.Ctx, name string, given int, scored bool) tkit.Field {
	label, hint := criterionWords(c, name)
	field := tkit.Field{Name: name, Label: label, Hint: hint}
	typed := c.Form().Value(name)
	for points := oversight.MostPoints; points > oversight.NotApplicable; points-- {
		field.Options = append(field.Options, tkit.Option{Value: strconv.Itoa(points), Label: c.T("quality.points", "N", points)})
	}
	field.Options = append(field.Options, tkit.Option{Value: strconv.Itoa(oversight.NotApplicable), Label: c.T("quality.not_applicable"), Apart: true})
	for i, o := range field.Options {
		field.Options[i].Checked = typed == o.Value || typed == "" && scored && o.Value == strconv.Itoa(given)
	}
	return field
}

func criterionWords(c *kit.Ctx, name string) (label, hint string) {
	switch name {
	case "facts":
		return c.T("quality.facts"), c.T("quality.facts_hint")
	case "reasons":
		return c.T("quality.reasons"), c.T("quality.reasons_hint")
	case "law":
		return c.T("quality.law"), c.T("quality.law_hint")
	case "time":
		return c.T("quality.time"), c.T("quality.time_hint")
	case "words":
		return c.T("quality.words"), c.T("quality.words_hint")
	case "notice":
		return c.T("quality.notice"), c.T("quality.notice_hint")
	}
	return c.T("quality.separation"), c.T("quality.separation_hint")
}
