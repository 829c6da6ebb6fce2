package debtor

import (
	"net/http"

	"reliefportal/app/fail"
	"reliefportal/app/i18n"
	"reliefportal/app/oversight"
	"reliefportal/app/web/kit"
	"reliefportal/app/web/law"
	views "reliefportal/templates/debtor"
	tkit "reliefportal/templates/kit"
)

// recusal asks that whoever has the filing steps aside, and shows what was asked before.
func (p pages) recusal(c *kit.Ctx) error {
	o, err := p.load(c)
	if err != nil {
		return err
	}
	return p.showRecusal(c, o, http.StatusOK, nil)
}

func (p pages) showRecusal(c *kit.Ctx, o own, code int, errs []tkit.FieldError) error {
	asked, err := p.Oversight.RecusalsOn(c.Context(), c.Actor, o.ID)
	if err != nil {
		return err
	}
	rule, _ := o.law.Pack.Clock(oversight.RecusalRule)
	form := c.Form()
	view := views.RecusalView{Remedy: o.plain(), Body: p.Bodies.BodyName(c.Context(), o.Owner()), CancelHref: c.Path("debtor.progress", o.ID), Text: form.Raw("text"),
		Max: oversight.TextMax, Length: i18n.Period(c.Lang, rule.Length), Cite: o.law.Cite(rule.Cite)}
	about := map[string]bool{}
	for _, r := range asked {
		about[r.AboutID] = true
		view.Asked = append(view.Asked, askedBefore(c, r))
		if r.Status == oversight.RecusalRefused {
			view.AgainAction, view.Version = c.Path("debtor.recusalagain", o.ID), r.Version
			view.AgainID = r.ID
		}
	}
	if oversight.MayAsk(c.Actor, o.Filing) && !about[o.Reviewer()] {
		if view.Name, err = p.Accounts.NameOf(c.Context(), o.Reviewer()); err != nil {
			return err
		}
		for _, reason := range oversight.Reasons {
			view.Reasons = append(view.Reasons, tkit.Option{Value: string(reason), Label: law.RecusalReason(c, reason), Checked: form.Value("reason") == string(reason)})
		}
	}
	page := c.Page()
	page.Back, page.Errors = view.CancelHref, errs
	return c.Show(code, views.Recusal(page, view))
}

// askedBefore is one request made before, with its decision.
func askedBefore(c *kit.Ctx, r oversight.RecusalView) views.AskedRecusal {
	out := views.AskedRecusal{Reason: law.RecusalReason(c, r.Reason), Said: r.Text, Again: r.Again, Status: law.RecusalStatus(c, r.Recusal), Answer: r.Answer}
	if r.Status.Pending() {
		out.Due, out.Left = r.DueOn, c.Today().DaysUntil(r.DueOn)
	}
	return out
}

// askRecusal sends the request.
func (p pages) askRecusal(c *kit.Ctx) error {
	return p.sendRecusal(c, "recusal.sent", func(id string) error {
		_, err := p.Oversight.AskRecusal(c.Context(), c.Actor, id, oversight.Reason(c.Form().Value("reason")), c.Form().Value("text"))
		return err
	})
}

// askRecusalAgain asks once more after a refusal.
func (p pages) askRecusalAgain(c *kit.Ctx) error {
	return p.sendRecusal(c, "recusal.sent", func(string) error {
		return p.Oversight.AskAgain(c.Context(), c.Actor, c.Form().Value("request"), formVersion(c), c.Form().Value("text"))
	})
}

func (p pages) sendRecusal(c *kit.Ctx, done string, send func(id string) error) error {
	o, err := p.load(c)
	if err != nil {
		return err
	}
	err = send(o.ID)
	if errs, invalid := c.FieldErrors(err); invalid {
		return p.showRecusal(c, o, http.StatusUnprocessableEntity, errs)
	}
	if e, ok := fail.As(err); ok && (e.Kind == fail.KindConflict || e.Kind == fail.KindNotFound) {
		return p.showRecusal(c, o, http.StatusConflict, []tkit.FieldError{{ID: "text", Text: i18n.With(c.Lang, conflictKey(e), e.Args)}})
	}
	if err != nil {
		return err
	}
	c.Flash(done)
	return c.To("debtor.recusal", o.ID)
}

// conflictKey words a request that is gone like one that has changed.
func conflictKey(e *fail.Error) string {
	if e.Kind == fail.KindNotFound {
		return "filing.stale"
	}
	return e.Key
}

// recusalHref leads to the page while somebody has the filing, and as long as something was asked there.
func (p pages) recusalHref(c *kit.Ctx, o own) (string, error) {
	may := oversight.MayAsk(c.Actor, o.Filing)
	if !may {
		asked, err := p.Oversight.RecusalsOn(c.Context(), c.Actor, o.ID)
		if err != nil || len(asked) == 0 {
			return "", err
		}
	}
	return c.Path("debtor.recusal", o.ID), nil
}
