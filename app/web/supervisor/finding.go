package supervisor

import (
	"net/http"
	"slices"

	"reliefportal/app/callback"
	"reliefportal/app/fail"
	"reliefportal/app/i18n"
	"reliefportal/app/web/kit"
	"reliefportal/app/web/law"
	tkit "reliefportal/templates/kit"
	views "reliefportal/templates/supervisor"
)

// What a supervisor can do with a finding.
const (
	doTake   = "take"
	doAnswer = "answer"
)

func (p pages) finding(c *kit.Ctx) error {
	f, err := p.Callbacks.Finding(c.Context(), c.Actor, c.Param("id"))
	if err != nil {
		return err
	}
	view, err := p.view(c, f)
	if err != nil {
		return err
	}
	return c.OK(views.Finding(c.Page(), view))
}

// view shows one finding. It does not say who the person is.
func (p pages) view(c *kit.Ctx, f callback.FindingView) (views.FindingView, error) {
	line := p.line(c, f)
	view := views.FindingView{Number: line.Number, Kind: line.Kind, Body: line.Body, Owner: line.Owner, Status: line.Status, Due: line.Due,
		Left: line.Left, HasDue: line.HasDue, Version: f.Version, ListHref: c.Path("supervisor.findings"), OpenedAt: f.CreatedAt,
		Dispositions: choices(c, f)}
	for _, s := range f.Said {
		view.Answers = append(view.Answers, views.Answer{Item: s.Item.In(c.Lang), Value: s.Answer.In(c.Lang), Words: s.Words})
		view.Hidden += s.Hidden
	}
	view.Urgent, view.Wish = f.Urgent, wish(c, f)
	if f.Mine && hasWords(f) {
		view.ShowAction = c.Path("supervisor.words", f.ID)
	}
	if f.Mine && f.Status == callback.FindingOpen {
		for _, r := range callback.Results {
			view.Results = append(view.Results, tkit.Option{Value: string(r), Label: law.Found(c.Lang, r), Checked: c.Form().Value("result") == string(r)})
		}
	}
	if f.OwnerID != nil {
		name, err := p.Accounts.NameOf(c.Context(), *f.OwnerID)
		if err != nil {
			return view, err
		}
		view.Owner = c.T("ring.finding_owner", "Body", line.Owner, "Who", name)
	}
	if f.AnsweredAt != nil {
		view.Events = append(view.Events, tkit.Event{State: "done", At: *f.AnsweredAt, Title: c.T("ring.finding_answered") + " · " + law.Found(c.Lang, f.Result), Text: f.Answer})
	}
	view.Events = append(view.Events, tkit.Event{State: "done", At: f.CreatedAt, Title: c.T("ring.finding_opened")})
	return view, nil
}

func hasWords(f callback.FindingView) bool {
	return slices.ContainsFunc(f.Said, func(s callback.Said) bool { return s.Words != "" })
}

// wish says what the person wants to be done, so that nobody does more.
func wish(c *kit.Ctx, f callback.FindingView) string {
	switch f.Choice {
	case callback.ChoiceFile:
		return c.T("wish.file")
	case callback.ChoiceCall:
		return c.T("wish.call")
	case callback.ChoiceLeave:
		return c.T("wish.leave")
	case callback.ChoiceNone:
	}
	return c.T("wish.none")
}

// words shows the words as they were said, to the one who looks into it; that he read them is recorded.
func (p pages) words(c *kit.Ctx) error {
	f, err := p.Callbacks.WordsOf(c.Context(), c.Actor, c.Param("id"))
	if err != nil {
		return p.again(c, err)
	}
	view, err := p.view(c, f)
	if err != nil {
		return err
	}
	view.ShowAction, view.Shown = "", true
	return c.OK(views.Finding(c.Page(), view))
}

// choices are what this person may do: take what nobody has, answer what is his own.
func choices(c *kit.Ctx, f callback.FindingView) []tkit.Option {
	switch {
	case f.Status != callback.FindingOpen:
		return nil
	case f.Mine:
		return []tkit.Option{{Value: doAnswer, Label: c.T("ring.do_answer"), Hint: c.T("ring.do_answer_hint")}}
	case f.OwnerID == nil:
		return []tkit.Option{{Value: doTake, Label: c.T("ring.do_take"), Hint: c.T("ring.do_take_hint")}}
	}
	return nil
}

// act takes a finding on, or answers the person. The answer is read on the person's own page.
func (p pages) act(c *kit.Ctx) error {
	id, form := c.Param("id"), c.Form()
	var err error
	done := "ring.took"
	switch form.Value("disposition") {
	case doTake:
		err = p.Callbacks.TakeFinding(c.Context(), c.Actor, id)
	case doAnswer:
		done = "ring.answered"
		if err = law.Respectful("text", form.Value("text")); err == nil {
			version, _ := form.Int("_version")
			err = p.Callbacks.AnswerFinding(c.Context(), c.Actor, id, version,
				callback.Verdict{Result: callback.Result(form.Value("result")), Text: form.Value("text")})
		}
	default:
		err = fail.Invalid(fail.F("disposition", "answer.choose"))
	}
	if err != nil {
		return p.again(c, err)
	}
	c.Flash(done)
	return c.To("supervisor.finding", id)
}

// again shows the finding once more with what was typed: what to correct, or who was faster.
func (p pages) again(c *kit.Ctx, err error) error {
	e, ok := fail.As(err)
	if !ok || e.Kind != fail.KindInvalid && e.Kind != fail.KindConflict {
		return err
	}
	f, loading := p.Callbacks.Finding(c.Context(), c.Actor, c.Param("id"))
	if loading != nil {
		return loading
	}
	view, loading := p.view(c, f)
	if loading != nil {
		return loading
	}
	view.Text = c.Form().Raw("text")
	for i := range view.Dispositions {
		view.Dispositions[i].Checked = view.Dispositions[i].Value == c.Form().Value("disposition")
	}
	page, status := c.Page(), http.StatusUnprocessableEntity
	errs, invalid := c.FieldErrors(err)
	if !invalid {
		status, errs = http.StatusConflict, []tkit.FieldError{{ID: "text", Text: i18n.With(c.Lang, e.Key, e.Args)}}
	}
	page.Errors = errs
	return c.Show(status, views.Finding(page, view))
}
