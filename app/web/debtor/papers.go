package debtor

import (
	"slices"

	"reliefportal/app/document"
	"reliefportal/app/fail"
	"reliefportal/app/filing"
	"reliefportal/app/rules"
	"reliefportal/app/web/kit"
	views "reliefportal/templates/debtor"
	tkit "reliefportal/templates/kit"
)

// factCannot holds the ids of the papers the person says he cannot get. The rule pack declares it like every other fact.
const factCannot = rules.FactID("papers_cannot")

// otherPaper is the kind of a file that is none of the papers the remedy names.
const otherPaper = "other"

const megabyte = 1 << 20

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
	view := views.EvidenceView{Remedy: o.plain(), Files: files(c, o, docs, true), Kinds: kinds(c, o), UploadAction: c.Path("debtor.upload", o.ID),
		ContinueHref: next, Version: o.Version, MaxMB: document.MaxFile / megabyte, LeftFiles: document.MaxFiles - len(docs)}
	if _, ok := o.law.Pack.Fact(factCannot); ok {
		view.CannotAction = c.Path("debtor.cannot", o.ID)
	}
	for _, paper := range o.law.Pack.PapersFor(o.remedy, o.facts) {
		view.Papers = append(view.Papers, views.PaperItem{ID: paper.ID, Label: o.law.Say(paper.Label), Why: o.law.Say(paper.Why),
			Where: o.law.Say(paper.Where), State: paperState(paper.ID, o.facts, docs), Required: paper.Required})
	}
	return view, nil
}

// paperState is have, cannot or missing.
func paperState(id string, facts rules.Facts, docs []document.Document) string {
	switch {
	case slices.ContainsFunc(docs, func(d document.Document) bool { return d.Paper == id }):
		return "have"
	case slices.Contains(facts[factCannot].Choices, id):
		return "cannot"
	}
	return "missing"
}

// kinds are the papers a file can be.
func kinds(c *kit.Ctx, o own) []tkit.Option {
	var out []tkit.Option
	for _, paper := range o.law.Pack.PapersFor(o.remedy, o.facts) {
		out = append(out, tkit.Option{Value: paper.ID, Label: o.law.Say(paper.Label)})
	}
	return append(out, tkit.Option{Value: otherPaper, Label: c.T("papers.other")})
}

// kindName is what paper a file is, in words.
func kindName(c *kit.Ctx, o own, id string) string {
	for _, paper := range o.remedy.Papers {
		if paper.ID == id {
			return o.law.Say(paper.Label)
		}
	}
	return c.T("papers.other")
}

// files shows what was handed in. Files of a draft can be taken out again.
func files(c *kit.Ctx, o own, docs []document.Document, removable bool) []tkit.File {
	var out []tkit.File
	for _, d := range docs {
		f := tkit.File{ID: d.ID, Name: d.Name, Kind: kindName(c, o, d.Paper), Size: d.Size, SHA256: d.SHA256, At: d.At,
			Href: c.Path("debtor.file", o.ID, d.ID)}
		if removable {
			f.RemoveHref = c.Path("debtor.removefile", o.ID, d.ID)
		}
		out = append(out, f)
	}
	return out
}

func (p pages) upload(c *kit.Ctx, o own) error {
	err := p.take(c, o)
	if errs, invalid := c.FieldErrors(err); invalid {
		view, err := p.evidence(c, o)
		if err != nil {
			return err
		}
		page := papersPage(c, o)
		page.Errors = errs
		keepKind(view.Kinds, c.Form().Value("kind"))
		return c.Again(views.Evidence(page, view))
	}
	if err != nil {
		return err
	}
	c.Flash("papers.added")
	return c.To("debtor.papers", o.ID)
}

// take stores the file of an upload form.
func (p pages) take(c *kit.Ctx, o own) error {
	kind := c.Form().Value("kind")
	if !slices.ContainsFunc(kinds(c, o), func(k tkit.Option) bool { return k.Value == kind }) {
		return fail.Invalid(fail.F("kind", "papers.which"))
	}
	file, ok := c.Form().File("file")
	if !ok {
		return fail.Invalid(fail.F("file", "upload.none"))
	}
	_, err := p.Files.Upload(c.Context(), c.Actor, o.ID, kind, file.Name, file.Open(), file.Size)
	return err
}

func keepKind(options []tkit.Option, chosen string) {
	for i := range options {
		options[i].Checked = options[i].Value == chosen
	}
}

// cannot notes that a paper cannot be had, or can after all.
func (p pages) cannot(c *kit.Ctx, o own) error {
	paper := c.Form().Value("paper")
	if !slices.ContainsFunc(o.remedy.Papers, func(x rules.Paper) bool { return x.ID == paper }) {
		return fail.NotFound()
	}
	ids := slices.DeleteFunc(slices.Clone(o.facts[factCannot].Choices), func(id string) bool { return id == paper })
	if c.Form().Value("cannot") == "1" {
		ids = append(ids, paper)
	}
	_, err := p.Filings.Answer(c.Context(), c.Actor, o.ID, formVersion(c), rules.Facts{factCannot: rules.Picks(ids...)})
	if isStale(err) {
		c.Flash("papers.stale")
		return c.To("debtor.papers", o.ID)
	}
	if err != nil {
		return err
	}
	return c.To("debtor.papers", o.ID)
}
