package reviewer

import (
	"net/http"

	"reliefportal/app/review"
	"reliefportal/app/web/kit"
	tkit "reliefportal/templates/kit"
	views "reliefportal/templates/reviewer"
)

// correct asks for the day on which a served decision really reached the person. Who may not correct it is led back to the filing.
func (p pages) correct(c *kit.Ctx) error {
	d, err := p.load(c)
	if err != nil {
		return err
	}
	if !review.MayCorrect(c.Actor, d.Filing) {
		return c.To("reviewer.filing", d.ID)
	}
	return c.OK(views.Correct(c.Page(), correctView(c, d)))
}

// doCorrect records the day; the person's time limit is counted anew from it, and he is told.
func (p pages) doCorrect(c *kit.Ctx) error {
	on, err := c.Form().Day("value")
	if err == nil {
		_, err = p.Reviews.CorrectService(c.Context(), c.Actor, c.Param("id"), formVersion(c), on, c.Form().Value("kind"))
	}
	if err == nil {
		c.Flash("admin.service_done")
		return c.To("reviewer.filing", c.Param("id"))
	}
	errs, invalid := c.FieldErrors(err)
	if !invalid {
		return err
	}
	d, err := p.load(c)
	if err != nil {
		return err
	}
	page := c.Page()
	page.Errors = errs
	return c.Show(http.StatusUnprocessableEntity, views.Correct(page, correctView(c, d)))
}

func correctView(c *kit.Ctx, d desk) views.CorrectView {
	form := c.Form()
	return views.CorrectView{Head: d.head(c), Was: d.ServedOn, Kind: form.Value("kind"), Year: form.Raw("year"), Month: form.Raw("month"), Day: form.Raw("day"),
		Kinds: []tkit.Option{
			{Value: review.ServedPortal, Label: c.T("work.by_portal")},
			{Value: review.ServedInPerson, Label: c.T("work.by_hand")},
			{Value: review.ServedPost, Label: c.T("work.by_post")},
		}}
}

// corrections are the links to what may be put right of a served decision, for whoever may: its words, or the service of a correction that waits
// for it, and the day of service.
func corrections(c *kit.Ctx, d desk, told []review.Told) []tkit.Link {
	if !review.MayCorrect(c.Actor, d.Filing) {
		return nil
	}
	words := tkit.Link{Text: c.T("correction.title"), Href: c.Path("reviewer.correction", d.ID)}
	if len(told) > 0 && told[0].ServedOn.IsZero() {
		words = tkit.Link{Text: c.T("correction.serve"), Href: c.Path("reviewer.servecorrection", d.ID)}
	}
	return []tkit.Link{words, {Text: c.T("admin.service_title"), Href: c.Path("reviewer.correct", d.ID)}}
}
