package debtor

import (
	"bytes"
	"errors"
	"net/http"
	"strings"

	"reliefportal/app/document"
	"reliefportal/app/filing"
	"reliefportal/app/i18n"
	"reliefportal/app/paper"
	"reliefportal/app/web/kit"
	views "reliefportal/templates/debtor"
	tkit "reliefportal/templates/kit"
)

// copyOf in the address asks for the reading copy in a language.
const copyOf = "copy"

// paperLang is the language of the paper asked for: Chinese, which is the one for the court, unless a copy is wanted.
func paperLang(c *kit.Ctx) string {
	if c.Query(copyOf) == i18n.English {
		return i18n.English
	}
	return i18n.Chinese
}

// written reads the application of the filing in the address. A draft that is gone has none.
func (p pages) written(c *kit.Ctx) (own, paper.Doc, error) {
	o, err := p.load(c)
	if err != nil {
		return o, paper.Doc{}, err
	}
	if gone(o) {
		return o, paper.Doc{}, p.drafting(nil)(c)
	}
	d, err := p.Papers.Read(c.Context(), c.Actor, o.ID, paperLang(c))
	return o, d, err
}

func (p pages) application(c *kit.Ctx) error {
	return p.showApplication(c, http.StatusOK, nil)
}

func (p pages) showApplication(c *kit.Ctx, status int, errs []tkit.FieldError) error {
	o, d, err := p.written(c)
	if err != nil {
		return err
	}
	view := views.ApplicationView{Remedy: o.plain(), Paper: masked(sheet(d), o.facts[filing.FactIdentity].Text), Filed: o.isFiled(), Official: p.forms(c, o, i18n.Chinese)}
	if c.Lang != i18n.Chinese {
		view.Copy = p.forms(c, o, c.Lang)
	}
	if err := paper.Check(d); errors.Is(err, paper.ErrGlyph) {
		view.Missing = strings.Join(paper.Missing(err), " ")
	} else if err != nil {
		return err
	}
	if kept, ok, err := p.Files.Application(c.Context(), o.ID); err != nil {
		return err
	} else if ok {
		view.Hash = kept.SHA256
	}
	page := c.Page()
	page.Back, page.Errors = c.Path("debtor.check", o.ID), errs
	if o.isFiled() {
		page.Back = c.Path("debtor.receipt", o.ID)
	} else {
		view.BookletHref = c.Path("debtor.booklet", o.ID)
	}
	return c.Show(status, views.Application(page, view))
}

// forms leads to the paper in its forms.
func (p pages) forms(c *kit.Ctx, o own, lang string) []tkit.Link {
	var out []tkit.Link
	for _, form := range []struct{ route, text string }{
		{"debtor.applicationpdf", c.T("application.pdf")}, {"debtor.applicationdocx", c.T("application.docx")}, {"debtor.applicationprint", c.T("application.print")},
	} {
		href := c.Path(form.route, o.ID)
		if lang != i18n.Chinese {
			href = kit.WithQuery(href, copyOf, lang)
		}
		out = append(out, tkit.Link{Text: form.text, Href: href})
	}
	return out
}

// sheet hands a paper to the page.
func sheet(d paper.Doc) views.Paper {
	out := views.Paper{Title: d.Title, Lang: d.Lang}
	for _, b := range d.Blocks {
		out.Blocks = append(out.Blocks, views.PaperBlock{Kind: string(b.Kind), Text: b.Text, Head: b.Head, Rows: b.Rows, Lines: b.Lines})
	}
	return out
}

// masked shows the identity number by its ends: a page may be read over somebody's shoulder. What is printed has it in full.
func masked(v views.Paper, number string) views.Paper {
	for _, b := range v.Blocks {
		for i, row := range b.Rows {
			if b.Kind == string(paper.Pairs) && number != "" && row[1] == number {
				b.Rows[i] = []string{row[0], i18n.ID(number)}
			}
		}
	}
	return v
}

// applicationPDF gives the paper as PDF: of a filing that was handed over the one that was kept. Signs that cannot be printed are told, with
// the ways that can.
func (p pages) applicationPDF(c *kit.Ctx) error {
	o, d, err := p.written(c)
	if err != nil {
		return err
	}
	if kept, ok, err := p.Files.Application(c.Context(), o.ID); err != nil {
		return err
	} else if ok && kept.Mime == document.PDF && d.Lang == i18n.Chinese {
		return p.sendKept(c, o, kept)
	}
	var out bytes.Buffer
	if err := paper.PDF(&out, d); errors.Is(err, paper.ErrGlyph) {
		return p.showApplication(c, http.StatusUnprocessableEntity, []tkit.FieldError{{ID: "glyphs", Text: c.T("application.glyphs", "Signs", strings.Join(paper.Missing(err), " "))}})
	} else if err != nil {
		return err
	}
	return send(c, d.Title+".pdf", string(document.PDF), &out)
}

// sendKept sends the paper that was kept when the filing was handed over.
func (p pages) sendKept(c *kit.Ctx, o own, kept document.Document) (err error) {
	f, err := within(c, o.ID, kept.ID, p.Files.OpenOriginal)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Body.Close()) }()
	return c.Send(kit.Download{Name: f.Name, Type: string(f.Mime), Size: f.Size, Body: f.Body})
}

func (p pages) applicationDOCX(c *kit.Ctx) error {
	_, d, err := p.written(c)
	if err != nil {
		return err
	}
	var out bytes.Buffer
	if err := paper.DOCX(&out, d); err != nil {
		return err
	}
	return send(c, d.Title+".docx", string(document.DOCX), &out)
}

// applicationPrint is the paper alone, for the printer of the browser, whose fonts hold more signs than the PDF's.
func (p pages) applicationPrint(c *kit.Ctx) error {
	o, d, err := p.written(c)
	if err != nil {
		return err
	}
	page := c.Page()
	page.Back = c.Path("debtor.application", o.ID)
	return c.OK(views.Print(page, sheet(d)))
}

func send(c *kit.Ctx, name, kind string, body *bytes.Buffer) error {
	return c.Send(kit.Download{Name: name, Type: kind, Size: int64(body.Len()), Body: body})
}
