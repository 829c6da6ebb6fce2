package reviewer

import (
	"context"
	"strings"

	"reliefportal/app/document"
	"reliefportal/app/filing"
	"reliefportal/app/i18n"
	"reliefportal/app/web/kit"
	tkit "reliefportal/templates/kit"
	views "reliefportal/templates/reviewer"
)

// supplementTab is the tab with what was asked for and what the person wrote.
const supplementTab = "supplement"

// query is what the document package asks its limits of; a page need not know what queries are made of.
type query[Q any] interface{ Where(any, ...any) Q }

// inFiling reads the file of the address within one filing: a file of another filing is not found, in the query itself.
func inFiling[Q query[Q], File any](c *kit.Ctx, filingID string, read func(context.Context, string, func(Q) Q) (File, error)) (File, error) {
	return read(c.Context(), c.Param("doc"), func(q Q) Q { return q.Where("document.filing_id = ?", filingID) })
}

// papers fills in one tab for each paper. The first is open unless the address names another.
func (p pages) papers(c *kit.Ctx, d desk, view *views.WorkspaceView) error {
	docs, err := p.Files.List(c.Context(), d.ID)
	if err != nil {
		return err
	}
	if docs, err = p.withApplication(c, d, docs); err != nil {
		return err
	}
	open := c.Query("paper")
	if open == "" && len(docs) > 0 {
		open = docs[0].ID
	}
	if d.PapersAddedAt != nil && filing.MayHandle(c.Actor, d.Owner(), d.OwnerDivision) {
		view.SeenAction, view.Version = c.Path("reviewer.seen", d.ID), d.Version
	}
	for _, doc := range docs {
		view.Papers = append(view.Papers, paperTab(c, d, doc.ID, doc.Name, open))
		if doc.ID == open {
			shown := onDesk(c, d, doc)
			view.Shown = &shown
		}
	}
	return p.supplement(c, d, open, view)
}

// supplement adds the request for what is missing, and the answer, as a paper of its own.
func (p pages) supplement(c *kit.Ctx, d desk, shown string, view *views.WorkspaceView) error {
	sup, ask, answer, ok, err := p.Reviews.SupplementOf(c.Context(), d.Filing)
	if err != nil || !ok {
		return err
	}
	name := c.T("work.supplement")
	view.Papers = append(view.Papers, paperTab(c, d, supplementTab, name, shown))
	if shown != supplementTab && len(view.Papers) > 1 {
		return nil
	}
	text := c.T("work.asked", "Text", ask)
	if sup.AnsweredAt != nil {
		text += "\n\n" + c.T("work.answered", "Text", answer)
	}
	view.Shown = &views.Paper{File: tkit.File{ID: sup.ID, Name: name, At: sup.AskedAt}, Text: text}
	return nil
}

func paperTab(c *kit.Ctx, d desk, id, name, shown string) tkit.Tab {
	return tkit.Tab{Text: name, Href: kit.WithQuery(c.Path("reviewer.filing", d.ID), "paper", id), Count: -1, Selected: id == shown}
}

// onDesk shows one file: a picture as the portal's own copy, anything else as a link to keep it. One that is not checked has neither.
func onDesk(c *kit.Ctx, d desk, doc document.Document) views.Paper {
	out := views.Paper{File: tkit.File{ID: doc.ID, Name: doc.Name, Kind: paperName(c, d, doc.Paper), Size: doc.Size, SHA256: doc.SHA256, At: doc.At}}
	if doc.Note != "" {
		out.File.Said = c.T("work.said_by", "Text", doc.Note)
	}
	if doc.Addition != "" {
		out.File.Arrival = []string{c.T("work.added_on", "At", i18n.DateTime(c.Lang, doc.At))}
	}
	switch {
	case doc.State == document.Refused:
		out.Warn = c.T("work.file_refused")
		return out
	case !doc.Cleared():
		out.Warn = c.T("work.file_checking")
		return out
	case len(doc.Flags) > 0:
		out.Warn = c.T("work.flags", "Flags", strings.Join(doc.Flags, ", "))
	}
	out.File.Href = c.Path("reviewer.file", d.ID, doc.ID)
	if showable(doc) {
		out.ImageSrc = out.File.Href
	}
	return out
}

// paperName is what paper a file is, in words.
func paperName(c *kit.Ctx, d desk, id string) string {
	if id == document.PaperApplication {
		return c.T("work.application")
	}
	if x, ok := d.law.Pack.Paper(d.remedy, id); ok {
		return d.law.Say(x.Label)
	}
	return c.T("papers.other")
}

// showable says that the portal has made a picture of its own of this file.
func showable(doc document.Document) bool {
	return doc.HasCopy && (doc.CopyMime == document.JPEG || doc.CopyMime == document.PNG)
}

// file sends one paper. A picture is sent as the portal's own copy and shown in the page; what was handed in as it is, such as a PDF, is only
// given to be kept. Every look at a paper is recorded.
func (p pages) file(c *kit.Ctx) error {
	d, err := p.load(c)
	if err != nil {
		return err
	}
	doc, err := inFiling(c, d.ID, p.Files.ByID)
	if err != nil {
		return err
	}
	f, err := inFiling(c, d.ID, p.Files.OpenChecked)
	if err != nil {
		return err
	}
	if err = p.Reads.NoteRead(c.Context(), c.Actor, d.Filing, doc.ID); err == nil {
		err = c.Send(kit.Download{Name: f.Name, Type: string(f.Mime), Size: f.Size, Body: f.Body, Inline: showable(doc)})
	}
	if closing := f.Body.Close(); err == nil {
		err = closing
	}
	return err
}

// seen notes that the papers the person added have been looked at.
func (p pages) seen(c *kit.Ctx) error {
	if _, err := p.Filings.SeePapers(c.Context(), c.Actor, c.Param("id"), formVersion(c)); err != nil {
		return err
	}
	c.Flash("work.seen_papers")
	return c.To("reviewer.filing", c.Param("id"))
}
