package supervisor

import (
	"net/http"
	"time"

	"reliefportal/app/calendar"
	"reliefportal/app/callback"
	"reliefportal/app/fail"
	"reliefportal/app/i18n"
	"reliefportal/app/web/kit"
	tkit "reliefportal/templates/kit"
	views "reliefportal/templates/supervisor"
)

// referrals lists the cases callers sent to this supervisor, the oldest first.
func (p pages) referrals(c *kit.Ctx) error {
	scope := "referrals/" + c.Actor.PersonID
	var after callback.Cursor
	later, err := c.ReadCursor(scope, &after)
	if err != nil {
		return err
	}
	rows, more, err := p.Callbacks.Referrals(c.Context(), c.Actor, after)
	if err != nil {
		return err
	}
	view := views.ReferralsView{Tabs: tabs(c, "supervisor.referrals")}
	for _, r := range rows {
		view.Rows = append(view.Rows, views.ReferralRow{Href: c.Path("supervisor.referral", r.ID), Number: callback.Short(r.ID), Person: r.Person,
			Body: p.Bodies.BodyName(c.Context(), r.BodyID), Why: whyReferred(c, r), Since: r.At, Until: calendar.DateOf(r.CloseBy.Add(-time.Second))})
	}
	if later {
		view.FirstHref = c.Path("supervisor.referrals")
	}
	if more != nil {
		next, err := c.Cursor(scope, more)
		if err != nil {
			return err
		}
		view.NextHref = kit.WithQuery(c.Path("supervisor.referrals"), "after", next)
	}
	return c.OK(views.Referrals(c.Page(), view))
}

// whyReferred says why a case is here.
func whyReferred(c *kit.Ctx, r callback.Referral) string {
	if r.For == callback.ForLanguage {
		return c.T("referral.for_language", "Lang", languageName(c, r.Lang))
	}
	return c.T("referral.for_caller")
}

func languageName(c *kit.Ctx, lang string) string {
	if lang == i18n.English {
		return c.T("ring.lang_en")
	}
	return c.T("ring.lang_zh")
}

// Choices besides the outcomes: back to the list, and to the person himself.
const (
	backToCallers = "back"
	toThePerson   = "alone"
)

// referral shows one case a caller could not go on with.
func (p pages) referral(c *kit.Ctx) error {
	v, err := p.Callbacks.Referral(c.Context(), c.Actor, c.Param("id"))
	if err != nil {
		return err
	}
	return c.OK(views.Referral(c.Page(), p.referralView(c, v)))
}

func (p pages) referralView(c *kit.Ctx, v callback.Referral) views.ReferralView {
	view := views.ReferralView{Number: callback.Short(v.ID), Person: v.Person, Body: p.Bodies.BodyName(c.Context(), v.BodyID), Version: v.Version,
		ListHref: c.Path("supervisor.referrals"), Endings: []tkit.Option{{Value: backToCallers, Label: c.T("referral.back"), Hint: c.T("referral.back_hint")}}}
	if v.For == callback.ForLanguage {
		view.Why = whyReferred(c, v)
		view.Endings = []tkit.Option{{Value: toThePerson, Label: c.T("referral.alone"), Hint: c.T("referral.alone_hint")}}
	}
	for _, a := range v.Attempts {
		view.Attempts = append(view.Attempts, views.ReferralAttempt{At: a.At, Outcome: a.Outcome.Label.In(c.Lang), Note: a.Note})
	}
	for i, o := range v.Endings {
		option := tkit.Option{Value: o.Code, Label: o.Label.In(c.Lang), Apart: i == 0}
		if o.NoteNeeded {
			option.Hint = c.T("call.needs_note")
		}
		view.Endings = append(view.Endings, option)
	}
	return view
}

// resolve sends a referred case back to the callers, or ends it.
func (p pages) resolve(c *kit.Ctx) error {
	id, form := c.Param("id"), c.Form()
	r := callback.Resolution{Code: form.Value("outcome"), Note: form.Value("note")}
	v, err := p.Callbacks.Referral(c.Context(), c.Actor, id)
	if err != nil {
		return err
	}
	switch r.Code {
	case "":
		err = fail.Invalid(fail.F("outcome", "callback.outcome_unknown"))
	case backToCallers:
		r.Code = ""
		err = p.Callbacks.Resolve(c.Context(), c.Actor, id, formVersion(c), r)
	case toThePerson:
		r.Code, r.Alone = "", true
		fallthrough
	default:
		err = p.Callbacks.Resolve(c.Context(), c.Actor, id, formVersion(c), r)
	}
	if err == nil {
		c.Flash("referral.flash_done")
		return c.To("supervisor.referrals")
	}
	page, status := c.Page(), http.StatusUnprocessableEntity
	errs, invalid := c.FieldErrors(err)
	if e, ok := fail.As(err); !invalid && ok && e.Kind == fail.KindConflict {
		status, errs = http.StatusConflict, []tkit.FieldError{{ID: "outcome", Text: i18n.With(c.Lang, e.Key, e.Args)}}
	} else if !invalid {
		return err
	}
	page.Errors = errs
	view := p.referralView(c, v)
	view.Outcome, view.Note = form.Value("outcome"), form.Raw("note")
	return c.Show(status, views.Referral(page, view))
}
