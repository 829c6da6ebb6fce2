package public

import (
	"reliefportal/app/callback"
	"reliefportal/app/fail"
	"reliefportal/app/web/kit"
	"reliefportal/app/web/law"
	views "reliefportal/templates/public"
)

// surveyOffer asks what is to be done about the first thing said that has to be looked into.
func (p pages) surveyOffer(c *kit.Ctx) error {
	sit, ok, err := p.sitting(c)
	if !ok {
		return err
	}
	offer, pending := sit.Pending()
	if !pending {
		return c.To("survey.end")
	}
	return c.OK(views.SurveyOffer(private(c), p.offerView(c, sit, offer)))
}

func (p pages) offerView(c *kit.Ctx, sit callback.Sitting, o callback.Offer) views.SurveyOfferView {
	view := views.SurveyOfferView{Finding: o.FindingID, Label: o.Label.In(c.Lang), Offer: sit.Care.Offer.In(c.Lang),
		Choices: law.Choices(c, p.Packs.On(c.Today()), o), Replies: law.Replies(c), Choice: c.Form().Value("choice"), Reply: c.Form().Value("reply")}
	if o.Urgent {
		view.Urgent = sit.Care.Urgent.In(c.Lang)
	}
	return view
}

// surveyChoose writes down what he wishes.
func (p pages) surveyChoose(c *kit.Ctx) error {
	form := c.Form()
	err := p.Callbacks.Wish(c.Context(), readCookie(c, surveyCookie), form.Value("finding"),
		callback.Wish{Choice: callback.Choice(form.Value("choice")), ReplyBy: callback.ReplyBy(form.Value("reply"))})
	if err == nil {
		return c.To("survey.offer")
	}
	sit, ok, loading := p.sitting(c)
	if !ok {
		return loading
	}
	page, invalid := worded(c, err)
	for _, o := range sit.Offers {
		if invalid && o.FindingID == form.Value("finding") {
			return c.Again(views.SurveyOffer(page, p.offerView(c, sit, o)))
		}
	}
	if fail.KindOf(err) == fail.KindNotFound {
		return c.To("survey.offer")
	}
	return err
}

// surveyEnd asks once more before the questionnaire is closed for good.
func (p pages) surveyEnd(c *kit.Ctx) error {
	sit, ok, err := p.sitting(c)
	if !ok {
		return err
	}
	if _, pending := sit.Pending(); pending && sit.Progress.Item == nil {
		return c.To("survey.offer")
	}
	view := views.SurveyEndView{Thanks: sit.Instrument.Thanks.In(c.Lang), BackHref: c.Path("survey.item"), Code: sit.Code}
	if sit.Progress.Item != nil {
		view.Left = sit.Progress.Of - sit.Progress.Done
	} else if id := last(sit); id != "" {
		view.BackHref = kit.WithQuery(view.BackHref, "item", id)
	}
	return c.OK(views.SurveyEnd(private(c), view))
}

// last is the last item he answered himself.
func last(sit callback.Sitting) string {
	id := ""
	for _, it := range sit.Instrument.Items {
		if sit.Answers.Asked(it.Fact()) {
			id = it.ID
		}
	}
	return id
}

// surveyFinish closes the questionnaire. The cookie goes with it: nothing is left on a borrowed telephone.
func (p pages) surveyFinish(c *kit.Ctx) error {
	if err := p.Callbacks.End(c.Context(), readCookie(c, surveyCookie)); err != nil {
		if _, ok, shown := p.sitting(c); !ok {
			return shown
		}
		return err
	}
	keepCookie(c, surveyCookie, "", -1)
	return c.To("survey.thanks")
}

// surveyNever is "do not ask me again" in the middle of it.
func (p pages) surveyNever(c *kit.Ctx) error {
	if err := p.Callbacks.Never(c.Context(), readCookie(c, surveyCookie)); err != nil {
		if _, ok, shown := p.sitting(c); !ok {
			return shown
		}
		return err
	}
	keepCookie(c, surveyCookie, "", -1)
	return c.ToAddress(kit.WithQuery(c.Path("survey.thanks"), "refused", "1"))
}
