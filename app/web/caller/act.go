package caller

import (
	"errors"
	"net/http"
	"strings"
	"time"

	"golang.org/x/text/width"

	"reliefportal/app/calendar"
	"reliefportal/app/callback"
	"reliefportal/app/fail"
	"reliefportal/app/i18n"
	"reliefportal/app/web/kit"
	views "reliefportal/templates/caller"
	tkit "reliefportal/templates/kit"
)

// claim takes a case for half an hour, so that two callers never ring the same person.
func (p pages) claim(c *kit.Ctx) error {
	id := c.Param("id")
	if _, err := p.Callbacks.Claim(c.Context(), c.Actor, id); err != nil {
		return p.refused(c, err)
	}
	return c.To("caller.case", id)
}

// release gives a case back uncalled.
func (p pages) release(c *kit.Ctx) error {
	if err := p.Callbacks.Release(c.Context(), c.Actor, c.Param("id")); err != nil {
		return p.refused(c, err)
	}
	c.Flash("ring.released")
	return c.To("caller.list")
}

// refused shows a case anew when a step no longer fits: what stands against it is said on that page.
func (p pages) refused(c *kit.Ctx, err error) error {
	if fail.KindOf(err) != fail.KindConflict {
		return err
	}
	v, loading := p.Callbacks.Case(c.Context(), c.Actor, c.Param("id"))
	if loading != nil {
		return loading
	}
	if why, naming := p.whyNot(c, v); naming != nil || why == "" {
		return errors.Join(err, naming)
	}
	return p.offer(c, http.StatusConflict, v)
}

// answer writes one answer down and shows the next item. Consent comes first; a no is told apart from every other answer.
func (p pages) answer(c *kit.Ctx) error {
	id, form := c.Param("id"), c.Form()
	if form.Value("item") == consentItemID {
		return p.consent(c, id)
	}
	done, err := p.Callbacks.Answer(c.Context(), c.Actor, id, callback.Reply{Item: form.Value("item"), Value: form.Value("value"), Words: form.Value("text")})
	if err != nil {
		return p.again(c, err, func(view *views.CaseView) { keepAnswer(c, view) })
	}
	for _, f := range done.Findings {
		c.Flash("call.finding", "Owner", p.Bodies.BodyName(c.Context(), f.OwnerBodyID), "Date", i18n.Date(c.Lang, lastDay(f.AnswerBy)))
	}
	return c.To("caller.case", id)
}

func (p pages) consent(c *kit.Ctx, id string) error {
	var err error
	switch c.Form().Value("value") {
	case consentYes:
		_, err = p.Callbacks.Consent(c.Context(), c.Actor, id, formVersion(c))
	case consentNo:
		err = p.refusal(c, id)
	default:
		err = fail.Invalid(fail.F("value", "callback.answer_missing"))
	}
	if err != nil {
		return p.again(c, err, func(*views.CaseView) {})
	}
	return c.To("caller.case", id)
}

// refusal gives the caller the words to part with; which refusal it was he notes as the outcome of the call.
func (p pages) refusal(c *kit.Ctx, id string) error {
	v, err := p.Callbacks.Case(c.Context(), c.Actor, id)
	if err == nil {
		c.Flash("ring.said_no", "Words", v.Instrument.Refused.In(v.Lang))
	}
	return err
}

// attempt logs what came of the call.
func (p pages) attempt(c *kit.Ctx) error {
	id, form := c.Param("id"), c.Form()
	when, err := p.appointment(c)
	rang, unread := rangAt(c)
	if err = both(err, unread); err == nil {
		_, err = p.Callbacks.LogAttempt(c.Context(), c.Actor, id, formVersion(c),
			callback.Report{Code: form.Value("outcome"), Note: form.Value("note"), When: when, WithMe: form.Value("with_me") != "",
				Lang: form.Value("lang"), NumberID: form.Value("number"), Rang: rang})
	}
	if err != nil {
		return p.again(c, err, func(view *views.CaseView) { keepOutcome(c, view) })
	}
	return c.To("caller.done", id)
}

// both is what is wrong with two fields, told at once.
func both(a, b error) error {
	x, ok := fail.As(a)
	y, also := fail.As(b)
	if ok && also {
		return fail.Invalid(append(x.Fields, y.Fields...)...)
	}
	return errors.Join(a, b)
}

// rangAt reads when the telephone rang, a time of today's day; zero where the caller left the time the page filled in.
func rangAt(c *kit.Ctx) (time.Time, error) {
	typed := strings.ReplaceAll(width.Narrow.String(c.Form().Value("rang")), " ", "")
	if typed == "" || typed == c.Form().Value("_rang") {
		return time.Time{}, nil
	}
	at, err := time.Parse("15:04", typed)
	if err != nil {
		return time.Time{}, fail.Invalid(fail.F("rang", "callback.rang_unreadable"))
	}
	return c.Today().StartUTC().Add(time.Duration(at.Hour())*time.Hour + time.Duration(at.Minute())*time.Minute), nil
}

// appointment reads the day and the part of the day the person asked to be called at; zero when none was given.
func (p pages) appointment(c *kit.Ctx) (time.Time, error) {
	form := c.Form()
	if form.Value("year")+form.Value("month")+form.Value("day") == "" {
		return time.Time{}, nil
	}
	var parts [3]int
	for i, name := range []string{"year", "month", "day"} {
		n, ok := form.Int(name)
		if !ok {
			return time.Time{}, fail.Invalid(fail.F("when", "date.unreadable"))
		}
		parts[i] = int(n)
	}
	day, err := calendar.DateOfParts(parts[0], parts[1], parts[2])
	if err != nil {
		return time.Time{}, fail.Invalid(fail.At("when", err))
	}
	for _, s := range p.slotsOf(c) {
		if s.ID == form.Value("slot") {
			return day.StartUTC().Add(time.Duration(s.From) * time.Minute), nil
		}
	}
	return time.Time{}, fail.Invalid(fail.F("slot", "callback.appointment_missing"))
}

// again shows the call once more with what was typed: what to correct, or what has changed meanwhile.
func (p pages) again(c *kit.Ctx, err error, keep func(*views.CaseView)) error {
	status, page := http.StatusUnprocessableEntity, c.Page()
	errs, invalid := c.FieldErrors(err)
	if e, ok := fail.As(err); !invalid && ok && e.Kind == fail.KindConflict {
		status, errs = http.StatusConflict, []tkit.FieldError{{ID: "outcome", Text: i18n.With(c.Lang, e.Key, e.Args)}}
	} else if !invalid {
		return err
	}
	v, loading := p.Callbacks.Case(c.Context(), c.Actor, c.Param("id"))
	if loading != nil {
		return loading
	}
	if !v.Mine || v.Status != callback.Open {
		return p.refused(c, err)
	}
	view, loading := p.view(c, v)
	if loading != nil {
		return loading
	}
	page.Errors = errs
	keep(&view)
	return c.Show(status, views.Case(page, view))
}

func keepAnswer(c *kit.Ctx, view *views.CaseView) {
	if view.Item != nil && view.Item.ID == c.Form().Value("item") {
		view.Item.Value, view.Item.Text = c.Form().Value("value"), c.Form().Raw("text")
	}
}

func keepOutcome(c *kit.Ctx, view *views.CaseView) {
	form := c.Form()
	view.Outcome, view.Note, view.Slot = form.Value("outcome"), form.Raw("note"), form.Value("slot")
	view.Rang = form.Raw("rang")
	view.WithMe, view.NumberID = form.Value("with_me") != "", form.Value("number")
	if form.Has("lang") {
		view.Lang = form.Value("lang")
	}
	view.Year, view.Month, view.Day = form.Raw("year"), form.Raw("month"), form.Raw("day")
}

// done says what came of the last attempt and when the next one may be made.
func (p pages) done(c *kit.Ctx) error {
	v, err := p.Callbacks.Case(c.Context(), c.Actor, c.Param("id"))
	if err != nil {
		return err
	}
	if len(v.Attempts) == 0 {
		return c.To("caller.case", v.ID)
	}
	view := views.DoneView{Outcome: v.Attempts[len(v.Attempts)-1].Outcome.Label.In(c.Lang), ListHref: c.Path("caller.list")}
	if v.Status == callback.Open {
		view.Again = calendar.DateOf(v.DueAt)
	}
	return c.OK(views.Done(c.Page(), view))
}
