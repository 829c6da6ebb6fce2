package reviewer

import (
	"fmt"
	"net/http"
	"strconv"

	"reliefportal/app/fail"
	"reliefportal/app/filing"
	"reliefportal/app/i18n"
	"reliefportal/app/money"
	"reliefportal/app/review"
	"reliefportal/app/web/kit"
	"reliefportal/app/web/law"
	tkit "reliefportal/templates/kit"
	views "reliefportal/templates/reviewer"
)

// correction asks for the corrected words of a served decision. Who may not correct it is led back to the filing.
func (p pages) correction(c *kit.Ctx) error {
	d, last, err := p.corrects(c)
	if err != nil {
		return err
	}
	if !review.MayCorrect(c.Actor, d.Filing) || last.ServedOn.IsZero() {
		return c.To("reviewer.filing", d.ID)
	}
	view := views.CorrectionView{Head: d.head(c), Text: last.Text, Max: review.TextMax, Numbers: numbersShown(last)}
	return p.showCorrection(c, d, view, http.StatusOK, nil)
}

// corrects loads a filing with the newest version of its decision.
func (p pages) corrects(c *kit.Ctx) (desk, review.Told, error) {
	d, err := p.load(c)
	if err != nil {
		return d, review.Told{}, err
	}
	all, err := p.Reviews.Versions(c.Context(), d.Filing)
	if err == nil && len(all) == 0 {
		err = fail.NotFound()
	}
	if err != nil {
		return d, review.Told{}, err
	}
	return d, all[0], nil
}

func (p pages) showCorrection(c *kit.Ctx, d desk, view views.CorrectionView, status int, errs []tkit.FieldError) error {
	var err error
	if view.Mode, err = p.mode(c, d); err != nil {
		return err
	}
	page := c.Page()
	page.Errors = errs
	return c.Show(status, views.Correction(page, view))
}

// numbersShown are the numbers of a decision as they are typed.
func numbersShown(t review.Told) views.NumberFields {
	var out views.NumberFields
	for _, n := range t.Numbers {
		switch n.Kind {
		case filing.NumberReserve:
			out.Reserve = yuan(n.Fen)
		case filing.NumberInstalment:
			out.Instalment, out.Times, out.First = yuan(n.Fen), strconv.FormatInt(n.Times, 10), n.On.String()
		case filing.NumberLifted:
			out.Lifted = n.On.String()
		}
	}
	return out
}

func yuan(fen money.Fen) string { return fmt.Sprintf("%d.%02d", fen/100, fen%100) }

// doCorrection writes the new version, or sends it for signing.
func (p pages) doCorrection(c *kit.Ctx) error {
	form := c.Form()
	wording := law.Both(law.Respectful("text", form.Value("text")), law.Respectful("why", form.Value("why")))
	err := wording
	if err == nil {
		r := review.Ruling{Text: form.Value("text"), Why: form.Value("why"), Numbers: numbersTyped(form)}
		_, err = p.Reviews.CorrectDecision(c.Context(), c.Actor, c.Param("id"), formVersion(c), r)
	}
	if err == nil {
		c.Flash("correction.done")
		return c.To("reviewer.filing", c.Param("id"))
	}
	errs, status := correctionErrors(c, err)
	if errs == nil {
		return err
	}
	d, loading := p.load(c)
	if loading != nil {
		return loading
	}
	view := views.CorrectionView{Head: d.head(c), Why: form.Raw("why"), Text: form.Raw("text"), Max: review.TextMax, Numbers: numberFields(c)}
	return p.showCorrection(c, d, view, status, errs)
}

// correctionErrors are what is wrong with what was typed, or what happened meanwhile; nil for anything else.
func correctionErrors(c *kit.Ctx, err error) ([]tkit.FieldError, int) {
	if errs, invalid := c.FieldErrors(err); invalid {
		return errs, http.StatusUnprocessableEntity
	}
	if why, ok := fail.As(err); ok && why.Kind == fail.KindConflict {
		return []tkit.FieldError{{ID: "text", Text: i18n.With(c.Lang, why.Key, why.Args)}}, http.StatusConflict
	}
	return nil, 0
}

// serveCorrection asks how and when a corrected version reached the person.
func (p pages) serveCorrection(c *kit.Ctx) error {
	d, last, err := p.corrects(c)
	if err != nil {
		return err
	}
	if !review.MayCorrect(c.Actor, d.Filing) || !last.ServedOn.IsZero() {
		return c.To("reviewer.filing", d.ID)
	}
	return p.showServeCorrection(c, d, last, http.StatusOK, nil)
}

func (p pages) showServeCorrection(c *kit.Ctx, d desk, last review.Told, status int, errs []tkit.FieldError) error {
	address, err := p.Filings.Address(c.Context(), d.Filing)
	if err != nil {
		return err
	}
	form := c.Form()
	page := c.Page()
	page.Errors = errs
	return c.Show(status, views.ServeCorrection(page, views.ServeCorrectionView{Head: d.head(c), Number: strconv.FormatInt(last.Version, 10), Kind: form.Value("kind"),
		Year: form.Raw("year"), Month: form.Raw("month"), Day: form.Raw("day"), Kinds: serviceKinds(c, address)}))
}

func (p pages) doServeCorrection(c *kit.Ctx) error {
	on, err := c.Form().Day("value")
	if err == nil {
		err = p.Reviews.ServeCorrection(c.Context(), c.Actor, c.Param("id"), c.Form().Value("kind"), on)
	}
	if err == nil {
		c.Flash("correction.served")
		return c.To("reviewer.filing", c.Param("id"))
	}
	errs, invalid := c.FieldErrors(err)
	if !invalid {
		return err
	}
	d, last, loading := p.corrects(c)
	if loading != nil {
		return loading
	}
	return p.showServeCorrection(c, d, last, http.StatusUnprocessableEntity, errs)
}
