package debtor

import (
	"net/http"
	"slices"
	"strings"

	"reliefportal/app/calendar"
	"reliefportal/app/fail"
	"reliefportal/app/i18n"
	"reliefportal/app/privacy"
	"reliefportal/app/web/kit"
	"reliefportal/app/web/law"
	views "reliefportal/templates/debtor"
	tkit "reliefportal/templates/kit"
)

// erase says what is kept by law and why, and asks what shall be erased.
func (p pages) erase(c *kit.Ctx) error { return p.showErase(c, http.StatusOK, nil, nil) }

func (p pages) showErase(c *kit.Ctx, status int, chosen []string, errs []tkit.FieldError) error {
	world, err := p.Privacy.World(c.Context(), c.Actor)
	if err != nil {
		return err
	}
	asked, err := p.Privacy.Erasures(c.Context(), c.Actor)
	if err != nil {
		return err
	}
	view := views.EraseView{Days: privacy.AnswerDays, DataHref: c.Path("debtor.data")}
	open := map[privacy.Part]bool{}
	for _, e := range asked {
		view.Asked = append(view.Asked, erasureRow(c, e))
		open[e.Part] = open[e.Part] || e.State.Open()
	}
	for _, part := range privacy.Parts() {
		if open[part] {
			continue
		}
		label, note := law.ErasePart(c.Lang, part)
		row := views.ErasePart{ID: string(part), Label: label, Note: note, Later: !part.AtOnce(), Checked: slices.Contains(chosen, string(part))}
		if b := privacy.BlockOf(part, world); b != "" {
			row.Blocked = c.T(b.Key())
		}
		view.Parts = append(view.Parts, row)
	}
	page := c.Page()
	page.Back, page.Errors = c.Path("debtor.account"), errs
	return c.Show(status, views.Erase(page, view))
}

func erasureRow(c *kit.Ctx, e privacy.Erasure) views.ErasureRow {
	label, _ := law.ErasePart(c.Lang, e.Part)
	row := views.ErasureRow{What: label, On: calendar.DateOf(e.CreatedAt)}
	switch e.State {
	case privacy.Queued:
		row.Tag, row.Text = tkit.Tag{Text: c.T("erase.queued"), Tone: "maybe"}, c.T("erase.queued_text")
	case privacy.Asked:
		row.Tag, row.Text = tkit.Tag{Text: c.T("erase.waiting"), Tone: "maybe"}, c.T("erase.waiting_text", "Date", i18n.Date(c.Lang, *e.DueOn))
	case privacy.Erased:
		row.Tag, row.Text = tkit.Tag{Text: c.T("erase.erased"), Tone: "open"}, c.T("erase.erased_text")
	case privacy.NotErased:
		row.Tag, row.Text = tkit.Tag{Text: c.T("erase.refused"), Tone: "shut"}, law.EraseReason(c.Lang, e.Reason)+"\n"+c.T("erase.refused_text")
	}
	return row
}

// chooseErase leads to the page that shows once more what goes. The choice is in its address: it names kinds of things, nothing of anybody's.
func (p pages) chooseErase(c *kit.Ctx) error {
	chosen := c.Form().All("parts")
	if len(chosen) == 0 {
		errs, _ := c.FieldErrors(fail.Invalid(fail.F("parts", "erase.choose")))
		return p.showErase(c, http.StatusUnprocessableEntity, chosen, errs)
	}
	return c.ToAddress(kit.WithQuery(c.Path("debtor.erasecheck"), "parts", strings.Join(chosen, ",")))
}

func (p pages) checkErase(c *kit.Ctx) error {
	parts := partsIn(c.Query("parts"))
	if len(parts) == 0 {
		return c.To("debtor.erase")
	}
	view := views.EraseCheckView{Parts: joined(parts), Days: privacy.AnswerDays, BackHref: c.Path("debtor.erase"), Account: slices.Contains(parts, privacy.PartAccount)}
	for _, part := range parts {
		label, note := law.ErasePart(c.Lang, part)
		if part.AtOnce() {
			view.Now = append(view.Now, label+c.T("punct.colon")+note)
		} else {
			view.Later = append(view.Later, label+c.T("punct.colon")+note)
		}
	}
	page := c.Page()
	page.Back = view.BackHref
	return c.OK(views.EraseCheck(page, view))
}

// doErase asks for what was checked.
func (p pages) doErase(c *kit.Ctx) error {
	parts := partsIn(c.Form().Value("parts"))
	err := p.Privacy.AskErasure(c.Context(), c.Actor, parts)
	if errs, invalid := c.FieldErrors(err); invalid {
		return p.showErase(c, http.StatusUnprocessableEntity, strings.Split(joined(parts), ","), errs)
	}
	if err != nil {
		return err
	}
	c.Flash("erase.done")
	return c.To("debtor.erase")
}

// partsIn reads parts from an address or a form; what is none is left out.
func partsIn(typed string) []privacy.Part {
	var out []privacy.Part
	for _, id := range strings.Split(typed, ",") {
		if part := privacy.Part(id); part.Known() && !slices.Contains(out, part) {
			out = append(out, part)
		}
	}
	return out
}

func joined(parts []privacy.Part) string {
	var ids []string
	for _, part := range parts {
		ids = append(ids, string(part))
	}
	return strings.Join(ids, ",")
}
