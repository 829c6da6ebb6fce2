package debtor

import (
	"bytes"
	"context"
	"errors"
	"net/http"
	"strings"
	"time"

	"reliefportal/app/account"
	"reliefportal/app/calendar"
	"reliefportal/app/document"
	"reliefportal/app/fail"
	"reliefportal/app/i18n"
	"reliefportal/app/paper"
	"reliefportal/app/web/kit"
	views "reliefportal/templates/debtor"
	tkit "reliefportal/templates/kit"
)

// Booklets issues the codes by which staff go on with a draft.
type Booklets interface {
	IssueBooklet(ctx context.Context, a account.Actor, filingID string) (code string, expires time.Time, err error)
}

func (p pages) booklet(c *kit.Ctx, o own) error {
	return p.showBooklet(c, o, http.StatusOK, nil)
}

func (p pages) showBooklet(c *kit.Ctx, o own, status int, errs []tkit.FieldError) error {
	page := o.page(c)
	page.Back, page.Errors = c.Path("debtor.application", o.ID), errs
	view := views.BookletView{Remedy: o.plain(), Body: p.afterwards(c, o)[0].Body, Action: c.Path("debtor.bookletpdf", o.ID), English: c.Lang == i18n.English}
	if o.DraftExpiresAt != nil {
		view.Expires = i18n.Date(c.Lang, calendar.DateOf(*o.DraftExpiresAt))
	}
	return c.Show(status, views.Booklet(page, view))
}

// bookletPDF issues a new code, which ends the one before, and gives the booklet with it. The code is kept nowhere in the open, so that this is the
// only time it is seen.
func (p pages) bookletPDF(c *kit.Ctx, o own) error {
	lang := i18n.Chinese
	if c.Form().Has("copy") {
		lang = i18n.English
	}
	// Whether it can be printed is found out before a code is issued, and the old one ended, for nothing.
	if d, err := p.Papers.Booklet(c.Context(), c.Actor, o.ID, lang, "AAAAA-AAAAA", *o.DraftExpiresAt); err != nil {
		return err
	} else if err := paper.Check(d); errors.Is(err, paper.ErrGlyph) {
		return p.showBooklet(c, o, http.StatusUnprocessableEntity, []tkit.FieldError{{ID: "main", Text: c.T("booklet.glyphs", "Signs", strings.Join(paper.Missing(err), " "))}})
	}
	code, expires, err := p.Booklets.IssueBooklet(c.Context(), c.Actor, o.ID)
	if err != nil {
		return err
	}
	d, err := p.Papers.Booklet(c.Context(), c.Actor, o.ID, lang, code, expires)
	if err != nil {
		return err
	}
	var out bytes.Buffer
	if err := paper.PDF(&out, d); err != nil {
		return fail.Unavailable("booklet.failed", err)
	}
	return send(c, c.T("booklet.title")+".pdf", string(document.PDF), &out)
}
