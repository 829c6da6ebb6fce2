package debtor

import (
	"slices"
	"strings"
	"unicode/utf8"

	"reliefportal/app/document"
	"reliefportal/app/fail"
	"reliefportal/app/filing"
	"reliefportal/app/rules"
	"reliefportal/app/web/kit"
	views "reliefportal/templates/debtor"
	tkit "reliefportal/templates/kit"
)

func (p pages) papers(c *kit.Ctx, o own) error {
	view, err := p.evidence(c, o)
	if err != nil {
		return err
	}
	return c.OK(views.Evidence(papersPage(c, o), view))
}

func papersPage(c *kit.Ctx, o own) tkit.Page {
	page := o.page(c)
	_, page.Back, _, _ = around(c, o, filing.PagePapers, "")
	return page
}

func (p pages) evidence(c *kit.Ctx, o own) (views.EvidenceView, error) {
	docs, err := p.Files.List(c.Context(), o.ID)
	if err != nil {
		return views.EvidenceView{}, err
	}
	_, _, next, _ := around(c, o, filing.PagePapers, "")
	view := views.EvidenceView{Remedy: o.plain(), Files: files(c, o, docs, true), Upload: uploadView(c, o, docs), UploadAction: c.Path("debtor.upload", o.ID),
		CannotAction: c.Path("debtor.cannot", o.ID), ContinueHref: next, Version: o.Version}
	reasons := o.facts[rules.PapersCannot].Reasons()
	for _, paper := range o.law.Pack.PapersFor(o.remedy, o.facts) {
		view.Papers = append(view.Papers, views.PaperItem{ID: paper.ID, Label: o.law.Say(paper.Label), Why: o.law.Say(paper.Why),
			Where: o.law.Say(paper.Where), State: paperState(paper.ID, reasons, docs), Reason: reasons[paper.ID], Required: paper.Required})
	}
	return view, nil
}

// paperState is have, cannot or missing.
func paperState(id string, reasons map[string]string, docs []document.Document) string {
	if slices.ContainsFunc(docs, func(d document.Document) bool { return d.Paper == id && d.State != document.Refused }) {
		return "have"
	}
	if _, cannot := reasons[id]; cannot {
		return "cannot"
	}
	return "missing"
}

// files shows what was handed in. Files of a draft can be described anew and taken out again.
func files(c *kit.Ctx, o own, docs []document.Document, draft bool) []tkit.File {
	var out []tkit.File
	for _, d := range docs {
		f := tkit.File{ID: d.ID, Name: d.Name, Kind: kindName(c, o, d.Paper), Said: d.Note, Size: d.Size, SHA256: d.SHA256, At: d.At}
		f.Note, f.Bad = stateOf(c, d)
		if d.State != document.Refused {
			f.Href = c.Path("debtor.file", o.ID, d.ID)
		}
		if draft {
			f.EditHref, f.RemoveHref = c.Path("debtor.describe", o.ID, d.ID), c.Path("debtor.removefile", o.ID, d.ID)
		}
		out = append(out, f)
	}
	return out
}

// stateOf says how far a file has come; bad says that the person has something to do.
func stateOf(c *kit.Ctx, d document.Document) (text string, bad bool) {
	switch {
	case d.State == document.Refused:
		return c.T("papers.file_refused"), true
	case d.Scan == document.ScanWaiting:
		return c.T("papers.file_checking"), false
	case d.Scan == document.ScanClean:
		return c.T("papers.file_clean"), false
	}
	return c.T("papers.file_kept"), false
}

func (p pages) upload(c *kit.Ctx, o own) error {
	got, err := p.take(c, o)
	if errs, invalid := c.FieldErrors(err); invalid {
		return p.papersAgain(c, len(got.Documents), errs)
	}
	if err != nil {
		return err
	}
	if got.Again > 0 {
		c.Flash("papers.there_already", "N", len(got.Documents))
	} else {
		c.Flash("papers.added")
	}
	return c.To("debtor.papers", o.ID)
}

// papersAgain shows the page as it is now with what is to be corrected; some of the files may have been taken.
func (p pages) papersAgain(c *kit.Ctx, taken int, errs []tkit.FieldError) error {
	o, err := p.load(c)
	if err != nil {
		return err
	}
	view, err := p.evidence(c, o)
	if err != nil {
		return err
	}
	page := papersPage(c, o)
	page.Errors = errs
	if taken > 0 {
		page.Flash = c.T("papers.added_some", "N", taken)
	}
	reason := c.Form().Raw("reason")
	for i := range view.Papers {
		if reason != "" && view.Papers[i].ID == c.Form().Value("paper") {
			view.Papers[i].Reason = reason
		}
	}
	return c.Again(views.Evidence(page, view))
}

// reasonMax is the most characters of why a paper cannot be had (PROJECT).
const reasonMax = 200

// cannot notes that a paper cannot be had, and why, or that it can after all. It keeps nobody from filing.
func (p pages) cannot(c *kit.Ctx, o own) error {
	paper, reason := c.Form().Value("paper"), strings.Join(strings.Fields(c.Form().Value("reason")), " ")
	if !slices.ContainsFunc(o.remedy.Papers, func(x rules.Paper) bool { return x.ID == paper }) {
		return fail.NotFound()
	}
	if n := utf8.RuneCountInString(reason); n > reasonMax {
		errs, _ := c.FieldErrors(fail.Invalid(fail.F("reason-"+paper, "answer.too_long", "n", n, "max", reasonMax, "over", n-reasonMax)))
		return p.papersAgain(c, 0, errs)
	}
	reasons := o.facts[rules.PapersCannot].Reasons()
	delete(reasons, paper)
	if c.Form().Value("cannot") == "1" {
		reasons[paper] = reason
	}
	_, err := p.Filings.Answer(c.Context(), c.Actor, o.ID, formVersion(c), rules.Facts{rules.PapersCannot: rules.WithReasons(reasons)})
	if isStale(err) {
		c.Flash("papers.stale")
		return c.To("debtor.papers", o.ID)
	}
	if err != nil {
		return err
	}
	return c.To("debtor.papers", o.ID)
}
