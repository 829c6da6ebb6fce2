package debtor

import (
	"bytes"
	"net/http"
	"slices"
	"strconv"

	"reliefportal/app/document"
	"reliefportal/app/fail"
	"reliefportal/app/filing"
	"reliefportal/app/i18n"
	"reliefportal/app/paper"
	"reliefportal/app/store"
	"reliefportal/app/web/kit"
	views "reliefportal/templates/debtor"
	tkit "reliefportal/templates/kit"
)

// add offers to add papers to a filing that a body has. While the body asks for some, its own page takes them.
func (p pages) add(c *kit.Ctx) error {
	o, err := p.load(c)
	switch {
	case err != nil:
		return err
	case !o.isFiled():
		return c.To("debtor.filing", o.ID)
	case o.Status == filing.Supplement:
		return c.To("debtor.supplement", o.ID)
	}
	return p.showAdd(c, o, http.StatusOK, document.Addition{}, nil)
}

// showAdd draws the page, with what was typed; got is what was taken although other files were not.
func (p pages) showAdd(c *kit.Ctx, o own, status int, got document.Addition, errs []tkit.FieldError) error {
	docs, err := p.Files.List(c.Context(), o.ID)
	if err != nil {
		return err
	}
	view := views.AddView{Remedy: o.plain(), Body: p.Bodies.BodyName(c.Context(), o.Owner()), Said: c.Form().Raw("said"), Submit: store.NewID(),
		Upload: uploadView(c, o, docs), CancelHref: c.Path("debtor.progress", o.ID)}
	switch {
	case !slices.Contains(filing.AddableIn, o.Status):
		view.Closed = c.T("papers.not_addable")
	case view.Upload.LeftFiles <= 0:
		view.Closed = c.T("add.full")
	}
	if got.ID != "" {
		view.Got = tkit.Link{Text: c.T("add.receipt"), Href: p.addedPath(c, o.ID, got)}
	}
	page := c.Page()
	page.Back, page.Errors = view.CancelHref, errs
	return c.Show(status, views.Add(page, view))
}

func (p pages) addedPath(c *kit.Ctx, filingID string, a document.Addition) string {
	return c.Path("debtor.added", filingID, strconv.FormatInt(a.Number, 10))
}

// doAdd adds the papers, once, and leads to their receipt.
func (p pages) doAdd(c *kit.Ctx) error {
	o, err := p.load(c)
	if err != nil {
		return err
	}
	in, err := attachment(c, o)
	var got document.Addition
	var bad []fail.Field
	if err == nil {
		got, bad, err = p.Files.Add(c.Context(), c.Actor, document.Adding{Attachment: in, Said: c.Form().Value("said"), Token: c.Form().Raw("_submit")})
	}
	if err == nil && len(bad) > 0 {
		err = fail.Invalid(bad...)
	}
	if errs, invalid := c.FieldErrors(err); invalid {
		return p.showAdd(c, o, http.StatusUnprocessableEntity, got, errs)
	}
	if err != nil {
		return err
	}
	return c.ToAddress(p.addedPath(c, o.ID, got))
}

// added is one later addition with its files.
type added struct {
	own own
	document.Addition
	docs []document.Document
}

func (p pages) addition(c *kit.Ctx) (added, error) {
	o, err := p.load(c)
	if err != nil {
		return added{}, err
	}
	number, err := strconv.ParseInt(c.Param("number"), 10, 64)
	if err != nil {
		return added{}, fail.NotFound()
	}
	a, err := p.Files.AdditionOf(c.Context(), o.ID, number)
	if err != nil {
		return added{}, err
	}
	docs, err := p.Files.List(c.Context(), o.ID)
	return added{own: o, Addition: a, docs: slices.DeleteFunc(docs, func(d document.Document) bool { return d.Addition != a.ID })}, err
}

// added is the receipt of a later addition.
func (p pages) added(c *kit.Ctx) error {
	a, err := p.addition(c)
	if err != nil {
		return err
	}
	o := a.own
	shown, err := p.arrived(c, o, a.docs)
	if err != nil {
		return err
	}
	page := c.Page()
	page.Back = c.Path("debtor.progress", o.ID)
	return c.OK(views.Added(page, views.AddedView{Remedy: o.plain(), CaseNumber: o.CaseNumber, Code: o.Code(), Number: int(a.Number), At: a.At,
		Body: p.Bodies.BodyName(c.Context(), o.Owner()), Said: a.Said, Files: shown, ProgressHref: page.Back,
		PDFHref: c.Path("debtor.addedpdf", o.ID, c.Param("number")), CompareHref: c.Path("debtor.compare", o.ID)}))
}

// addedPDF is the receipt of a later addition on paper.
func (p pages) addedPDF(c *kit.Ctx) error {
	a, err := p.addition(c)
	if err != nil {
		return err
	}
	o := a.own
	shown, err := p.arrived(c, o, a.docs)
	if err != nil {
		return err
	}
	code := c.T("added.code", "Code", o.Code(), "N", int(a.Number))
	var out bytes.Buffer
	err = paper.Addition(&out, paper.AdditionData{Lang: c.Lang, Code: code, Remedy: o.plain(), CaseNumber: o.CaseNumber,
		Applicant: p.Filings.Applicant(o.Filing), At: a.At, Body: p.Bodies.BodyName(c.Context(), o.Owner()), Said: a.Said, Files: onPaper(shown)})
	if err != nil {
		return err
	}
	name := c.T("receipt.file_name", "Code", o.Code()+"-"+c.Param("number")) + ".pdf"
	return c.Send(kit.Download{Name: name, Type: "application/pdf", Size: int64(out.Len()), Body: &out})
}

// onPaper are the files of a receipt as its paper shows them.
func onPaper(shown []tkit.File) []paper.File {
	out := make([]paper.File, len(shown))
	for i, f := range shown {
		out[i] = paper.File{Name: f.Name, Kind: f.Kind, Size: f.Size, SHA256: f.SHA256, At: f.At, Lines: append([]string{f.Note}, f.Arrival...)}
	}
	return out
}

// arrived shows files with the proof of their arrival: kept here, given to which body, opened or accepted there and when.
func (p pages) arrived(c *kit.Ctx, o own, docs []document.Document) ([]tkit.File, error) {
	out := files(c, o, docs, false)
	opened, err := p.Filings.FilesOpened(c.Context(), o.ID)
	if err != nil {
		return nil, err
	}
	body := p.Bodies.BodyName(c.Context(), o.Owner())
	for i, d := range docs {
		if d.State == document.Refused {
			continue
		}
		out[i].Arrival = []string{c.T("arrival.given", "Body", body)}
		if !d.Cleared() {
			out[i].Arrival = []string{c.T("arrival.held", "Body", body)}
		}
		at, seen := opened[d.ID]
		switch {
		case seen:
			out[i].Arrival = append(out[i].Arrival, c.T("arrival.opened", "At", i18n.DateTime(c.Lang, at)))
		case o.DocketedAt != nil && o.DocketedAt.After(d.At):
			out[i].Arrival = append(out[i].Arrival, c.T("arrival.accepted", "At", i18n.DateTime(c.Lang, *o.DocketedAt)))
		default:
			out[i].Arrival = append(out[i].Arrival, c.T("arrival.not_opened"))
		}
	}
	return out, nil
}

// compare compares a fingerprint with those of the files received.
func (p pages) compare(c *kit.Ctx) error {
	o, err := p.load(c)
	if err != nil {
		return err
	}
	if !o.isFiled() {
		return c.To("debtor.filing", o.ID)
	}
	docs, err := p.Files.List(c.Context(), o.ID)
	if err != nil {
		return err
	}
	typed := c.Query("hash")
	hash, err := document.ParseHash(typed)
	view := views.CompareView{Remedy: o.plain(), Code: o.Code(), Hash: typed, Asked: typed != "", Bad: err != nil, Files: files(c, o, docs, false),
		BackHref: c.Path("debtor.progress", o.ID)}
	for i, d := range docs {
		if err == nil && d.SHA256 == hash {
			view.Match = &view.Files[i]
		}
	}
	page, status := c.Page(), http.StatusOK
	page.Back = view.BackHref
	if view.Asked && view.Bad {
		page.Errors, _ = c.FieldErrors(err)
		status = http.StatusUnprocessableEntity
	}
	return c.Show(status, views.Compare(page, view))
}
