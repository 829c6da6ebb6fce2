package admin

import (
	"net/http"

	"reliefportal/app/calendar"
	"reliefportal/app/fail"
	"reliefportal/app/i18n"
	"reliefportal/app/privacy"
	"reliefportal/app/web/kit"
	"reliefportal/app/web/law"
	views "reliefportal/templates/admin"
	tkit "reliefportal/templates/kit"
)

// erasures lists what people asked to have erased and somebody has to answer. It shows what kind of thing it is and by when, not whose.
func (p pages) erasures(c *kit.Ctx) error { return p.showErasures(c, http.StatusOK, nil) }

func (p pages) showErasures(c *kit.Ctx, status int, errs []tkit.FieldError) error {
	all, err := p.Privacy.Pending(c.Context(), c.Actor)
	if err != nil {
		return err
	}
	view := views.ErasuresView{Tabs: tabs(c, "admin.erasures"), Days: privacy.AnswerDays}
	for _, r := range privacy.Reasons() {
		view.Reasons = append(view.Reasons, tkit.Option{Value: string(r), Label: law.EraseReason(c.Lang, r)})
	}
	for _, e := range all {
		row, err := p.erasureRow(c, e)
		if err != nil {
			return err
		}
		view.Rows = append(view.Rows, row)
	}
	page := c.Page()
	page.Errors = errs
	return c.Show(status, views.Erasures(page, view))
}

func (p pages) erasureRow(c *kit.Ctx, e privacy.Erasure) (views.ErasureRow, error) {
	label, note := law.ErasePart(c.Lang, e.Part)
	row := views.ErasureRow{ID: e.ID, What: label, Note: note, Asked: calendar.DateOf(e.CreatedAt), Due: *e.DueOn, Late: c.Today().After(*e.DueOn),
		Action: c.Path("admin.erasure", e.ID), Version: e.Version}
	blocked, err := p.Privacy.Blocked(c.Context(), e)
	if blocked != "" {
		row.Blocked = c.T(blocked.Key())
	}
	return row, err
}

// answerErasure grants or refuses one request.
func (p pages) answerErasure(c *kit.Ctx) error {
	version, _ := c.Form().Int("_version")
	in := privacy.Answer{Grant: c.Form().Value("do") == "grant", Reason: privacy.Reason(c.Form().Value("reason"))}
	err := p.Privacy.AnswerErasure(c.Context(), c.Actor, c.Param("id"), version, in)
	e, known := fail.As(err)
	switch {
	case err == nil:
		c.Flash("erasures.done")
		return c.To("admin.erasures")
	case known && e.Kind == fail.KindConflict:
		return p.showErasures(c, http.StatusConflict, []tkit.FieldError{{ID: "reason-" + c.Param("id"), Text: i18n.With(c.Lang, e.Key, e.Args)}})
	case known && e.Kind == fail.KindInvalid:
		return p.showErasures(c, http.StatusUnprocessableEntity, []tkit.FieldError{{ID: "reason-" + c.Param("id"), Text: c.T("answer.choose")}})
	}
	return err
}
