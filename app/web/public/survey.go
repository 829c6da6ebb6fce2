package public

import (
	"net/http"
	"time"

	"reliefportal/app/calendar"
	"reliefportal/app/callback"
	"reliefportal/app/fail"
	"reliefportal/app/i18n"
	"reliefportal/app/web/kit"
	tkit "reliefportal/templates/kit"
	views "reliefportal/templates/public"
)

// surveyCookie holds the secret of the browser that answers a questionnaire alone. The link's own token stays out of every later address.
const surveyCookie = "survey"

// surveyAge is longer than any questionnaire is open; the service says when it is over.
const surveyAge = 60 * 24 * time.Hour

// surveyRoutes are the pages of those who answer alone. Whoever holds the link may enter, signed in or not.
func (p pages) surveyRoutes(get func(path, name string, h kit.Handler) kit.Route, post func(path, name string, who kit.Who, h kit.Handler) kit.Route) []kit.Route {
	return []kit.Route{
		get("/s/:token", "survey.link", p.surveyLink),
		post("/s/:token", "survey.link", kit.Anyone, p.surveyBegin),
		post("/s/:token/code", "survey.code", kit.Anyone, p.surveyResume),
		post("/s/:token/never", "survey.linknever", kit.Anyone, p.surveyLinkNever),
		post("/survey/own", "survey.own", kit.DebtorOnly, p.surveyOwn),
		get("/survey", "survey.item", p.surveyItem),
		post("/survey", "survey.item", kit.Anyone, p.surveyAnswer),
		get("/survey/care", "survey.care", p.surveyCare),
		get("/survey/offer", "survey.offer", p.surveyOffer),
		post("/survey/offer", "survey.offer", kit.Anyone, p.surveyChoose),
		get("/survey/end", "survey.end", p.surveyEnd),
		post("/survey/end", "survey.end", kit.Anyone, p.surveyFinish),
		post("/survey/never", "survey.never", kit.Anyone, p.surveyNever),
		get("/survey/thanks", "survey.thanks", p.surveyThanks),
	}
}

// private keeps a page of a questionnaire out of every store, and takes the person signed in out of its head: the page must not say who
// answers.
func private(c *kit.Ctx) tkit.Page {
	c.Private()
	page := c.Page()
	page.User = nil
	return page
}

// surveyLink shows what lies behind a link. It changes nothing, so that programs that look through mail may open it.
func (p pages) surveyLink(c *kit.Ctx) error { return p.behind(c, http.StatusOK, private(c)) }

func (p pages) behind(c *kit.Ctx, status int, page tkit.Page) error {
	view, err := p.linkView(c)
	if err != nil {
		return err
	}
	switch view.State {
	case string(callback.EntryMine):
		return c.To("survey.item")
	case "gone":
		status = http.StatusGone
	}
	return c.Show(status, views.SurveyLink(page, view))
}

// linkView treats a link that never was and one that has run out alike.
func (p pages) linkView(c *kit.Ctx) (views.SurveyLinkView, error) {
	gone := views.SurveyLinkView{State: "gone"}
	if err := p.Callbacks.MayOpen(c.Context(), c.Address()); err != nil {
		return gone, err
	}
	token := c.Param("token")
	entry, sit, err := p.Callbacks.Peek(c.Context(), token, readCookie(c, surveyCookie))
	if fail.KindOf(err) == fail.KindNotFound || entry == callback.EntryExpired {
		return gone, nil
	}
	if err != nil {
		return gone, err
	}
	view := views.SurveyLinkView{State: string(entry), Title: sit.Instrument.Title.In(c.Lang), Until: calendar.DateOf(sit.Until.Add(-time.Second)),
		Words: minutes(sit.Instrument.Web.In(c.Lang), sit.Progress), StartAction: c.Path("survey.link", token), CodeAction: c.Path("survey.code", token),
		Code: c.Form().Raw("code")}
	if entry != callback.EntryStopped {
		view.NeverAction = c.Path("survey.linknever", token)
	}
	return view, nil
}

// surveyBegin is consent, and binds this browser. Pressed twice, it goes on.
func (p pages) surveyBegin(c *kit.Ctx) error {
	if err := p.Callbacks.MayOpen(c.Context(), c.Address()); err != nil {
		return err
	}
	secret, err := p.Callbacks.Begin(c.Context(), c.Param("token"), c.Lang)
	if err != nil {
		return p.notNow(c, err)
	}
	keepCookie(c, surveyCookie, secret, surveyAge)
	return c.To("survey.item")
}

// notNow shows the page of the link once more when something has changed meanwhile.
func (p pages) notNow(c *kit.Ctx, err error) error {
	switch fail.KindOf(err) {
	case fail.KindConflict:
		return p.behind(c, http.StatusConflict, private(c))
	case fail.KindNotFound:
		return c.Show(http.StatusGone, views.SurveyLink(private(c), views.SurveyLinkView{State: "gone"}))
	}
	return err
}

// surveyResume goes on in this browser, with the short code shown in the other.
func (p pages) surveyResume(c *kit.Ctx) error {
	secret, err := p.Callbacks.Resume(c.Context(), c.Param("token"), c.Form().Value("code"))
	if err != nil {
		if errs, invalid := c.FieldErrors(err); invalid {
			page := private(c)
			page.Errors = errs
			return p.behind(c, http.StatusUnprocessableEntity, page)
		}
		return p.notNow(c, err)
	}
	keepCookie(c, surveyCookie, secret, surveyAge)
	return c.To("survey.item")
}

func (p pages) surveyLinkNever(c *kit.Ctx) error {
	if err := p.Callbacks.Never(c.Context(), c.Param("token")); err != nil {
		return p.notNow(c, err)
	}
	return c.ToAddress(kit.WithQuery(c.Path("survey.thanks"), "refused", "1"))
}

// surveyOwn begins, or goes on with, the questionnaire of the person signed in, who needs no link.
func (p pages) surveyOwn(c *kit.Ctx) error {
	secret, err := p.Callbacks.BeginOwn(c.Context(), c.Actor, c.Lang)
	if err != nil {
		if fail.KindOf(err) == fail.KindNotFound {
			return p.lost(c)
		}
		return err
	}
	keepCookie(c, surveyCookie, secret, surveyAge)
	return c.To("survey.item")
}

// lost is the page of a browser that holds no questionnaire.
func (p pages) lost(c *kit.Ctx) error {
	return c.Show(http.StatusGone, views.SurveyLink(private(c), views.SurveyLinkView{State: "gone"}))
}

// sitting loads the questionnaire of this browser. ok is false when the answer has been shown already: none, or not open.
func (p pages) sitting(c *kit.Ctx) (sit callback.Sitting, ok bool, err error) {
	sit, entry, err := p.Callbacks.Sit(c.Context(), readCookie(c, surveyCookie))
	switch {
	case fail.KindOf(err) == fail.KindNotFound:
		return sit, false, p.lost(c)
	case err != nil:
		return sit, false, err
	case entry == callback.EntryExpired:
		return sit, false, p.lost(c)
	case entry != callback.EntryStarted:
		return sit, false, c.Show(http.StatusConflict, views.SurveyLink(private(c), views.SurveyLinkView{State: string(entry)}))
	}
	return sit, true, nil
}

// surveyThanks is the last page. It holds nothing of the questionnaire, whose cookie is gone.
func (p pages) surveyThanks(c *kit.Ctx) error {
	return c.OK(views.SurveyThanks(private(c), views.SurveyThanksView{Refused: c.Query("refused") != "",
		TellHref: kit.WithQuery(c.Path(kit.RouteSignIn), "next", c.Path("debtor.told"))}))
}

// surveyCare shows at once what helps somebody who speaks of harm.
func (p pages) surveyCare(c *kit.Ctx) error {
	sit, ok, err := p.sitting(c)
	if !ok {
		return err
	}
	view := views.SurveyCareView{Say: sit.Care.Say.In(c.Lang), GoOnHref: c.Path("survey.item"), EndHref: c.Path("survey.end")}
	for _, l := range sit.Care.Lines {
		view.Lines = append(view.Lines, views.CareLine{Number: l.Number, Name: l.Name.In(c.Lang)})
	}
	return c.OK(views.SurveyCare(private(c), view))
}

// worded puts the errors of a form on its page; false when the error is of another kind.
func worded(c *kit.Ctx, err error) (tkit.Page, bool) {
	page := private(c)
	errs, invalid := c.FieldErrors(err)
	if e, ok := fail.As(err); !invalid && ok && e.Kind == fail.KindConflict {
		errs, invalid = []tkit.FieldError{{ID: "value", Text: i18n.With(c.Lang, e.Key, e.Args)}}, true
	}
	page.Errors = errs
	return page, invalid
}
