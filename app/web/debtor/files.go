package debtor

import (
	"context"
	"net/http"

	"reliefportal/app/document"
	"reliefportal/app/fail"
	"reliefportal/app/filing"
	"reliefportal/app/web/kit"
	views "reliefportal/templates/debtor"
	tkit "reliefportal/templates/kit"
)

// query is what the document package asks its limits of; a page need not know what queries are made of.
type query[Q any] interface{ Where(any, ...any) Q }

// inFiling reads the file of the address within one filing: a file of another filing is not found, in the query itself.
func inFiling[Q query[Q], File any](c *kit.Ctx, filingID string, read func(context.Context, string, func(Q) Q) (File, error)) (File, error) {
	return within(c, filingID, c.Param("doc"), read)
}

// within reads one file of one filing.
func within[Q query[Q], File any](c *kit.Ctx, filingID, doc string, read func(context.Context, string, func(Q) Q) (File, error)) (File, error) {
	return read(c.Context(), doc, func(q Q) Q { return q.Where("document.filing_id = ?", filingID) })
}

// file gives the person his own file back, byte for byte as it was handed in.
func (p pages) file(c *kit.Ctx) error {
	o, err := p.load(c)
	if err != nil {
		return err
	}
	d, err := inFiling(c, o.ID, p.Files.ByID)
	if err != nil {
		return err
	}
	if d.State == document.Refused {
		return fail.Conflict("papers.file_refused") // a virus is given to nobody, not to its owner either
	}
	f, err := inFiling(c, o.ID, p.Files.OpenOriginal)
	if err != nil {
		return err
	}
	err = c.Send(kit.Download{Name: f.Name, Type: string(f.Mime), Size: f.Size, Body: f.Body})
	if closing := f.Body.Close(); err == nil {
		err = closing
	}
	return err
}

// ownFile loads a file of the filing in the address.
func (p pages) ownFile(c *kit.Ctx) (own, document.Document, error) {
	o, err := p.load(c)
	if err != nil {
		return o, document.Document{}, err
	}
	d, err := inFiling(c, o.ID, p.Files.ByID)
	return o, d, err
}

// describe asks how a file of a draft is to be called, what paper it is and what it shows.
func (p pages) describe(c *kit.Ctx) error {
	o, d, err := p.ownFile(c)
	if err != nil {
		return err
	}
	if o.Status != filing.Draft {
		return c.To("debtor.progress", o.ID)
	}
	return p.showDescribe(c, o, d, document.Description{Name: d.Name, Paper: d.Paper, Note: d.Note}, http.StatusOK, nil)
}

func (p pages) showDescribe(c *kit.Ctx, o own, d document.Document, said document.Description, status int, errs []tkit.FieldError) error {
	page := o.page(c)
	page.Back, page.Errors = c.Path("debtor.papers", o.ID), errs
	view := views.DescribeFileView{File: files(c, o, []document.Document{d}, false)[0], Name: said.Name, Note: said.Note, Kinds: kinds(c, o),
		CancelHref: page.Back, Version: o.Version}
	keepKind(view.Kinds, said.Paper)
	return c.Show(status, views.DescribeFile(page, view))
}

func (p pages) doDescribe(c *kit.Ctx) error {
	o, d, err := p.ownFile(c)
	if err != nil {
		return err
	}
	said := document.Description{Name: c.Form().Value("name"), Paper: c.Form().Value("kind"), Note: c.Form().Value("note")}
	if err = checkKind(c, o); err == nil {
		_, err = p.Files.Describe(c.Context(), c.Actor, d.ID, said)
	}
	if errs, invalid := c.FieldErrors(err); invalid {
		return p.showDescribe(c, o, d, said, http.StatusUnprocessableEntity, errs)
	}
	if err != nil {
		return err
	}
	c.Flash("papers.described")
	return c.To("debtor.papers", o.ID)
}

func (p pages) removeFile(c *kit.Ctx) error {
	o, d, err := p.ownFile(c)
	if err != nil {
		return err
	}
	if o.Status != filing.Draft {
		return c.To("debtor.progress", o.ID)
	}
	page := o.page(c)
	page.Back = c.Path("debtor.papers", o.ID)
	return c.OK(views.RemoveFile(page, views.RemoveFileView{File: files(c, o, []document.Document{d}, false)[0], CancelHref: page.Back, Version: o.Version}))
}

func (p pages) dropFile(c *kit.Ctx) error {
	o, d, err := p.ownFile(c)
	if err != nil {
		return err
	}
	if o.Status != filing.Draft {
		return fail.Conflict("filing.not_draft")
	}
	if err := p.Files.Remove(c.Context(), c.Actor, d.ID); err != nil {
		return err
	}
	c.Flash("papers.removed")
	return c.To("debtor.papers", o.ID)
}
