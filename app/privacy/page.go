package privacy

import (
	"context"
	"embed"
	"html/template"
	"io"
	"strings"

	"reliefportal/app/account"
	"reliefportal/app/audit"
	"reliefportal/app/callback"
	"reliefportal/app/document"
	"reliefportal/app/filing"
	"reliefportal/app/i18n"
	"reliefportal/app/means"
	"reliefportal/app/paper"
	"reliefportal/app/review"
	"reliefportal/app/rules"
)

//go:embed page.html
var pageFile embed.FS

// pageTemplate escapes all it is given: what a person or a body wrote can never run in the page.
var pageTemplate = template.Must(template.New("page.html").Funcs(template.FuncMap{"lines": func(s string) []string { return strings.Split(s, "\n") }}).ParseFS(pageFile, "page.html"))

// page is the part of a copy that people read. It loads nothing from anywhere.
type page struct {
	Lang     string
	Title    string
	Lead     []string
	Sections []section
}

// section is one part of the page; Blocks are those of papers.
type section struct {
	Title  string
	Blocks []paper.Block
	Files  []fileLink
}

type fileLink struct{ Name, Href, Hash string }

func (s *section) pairs(rows ...[]string) {
	if len(rows) > 0 {
		s.Blocks = append(s.Blocks, paper.Block{Kind: paper.Pairs, Rows: rows})
	}
}

func (s *section) heading(text string) {
	s.Blocks = append(s.Blocks, paper.Block{Kind: paper.Heading, Text: text})
}

func (s *section) para(text string) {
	if text != "" {
		s.Blocks = append(s.Blocks, paper.Block{Kind: paper.Para, Text: text})
	}
}

func newPage(e Export) page {
	t := func(key string, kv ...any) string { return i18n.T(e.Lang, key, kv...) }
	return page{Lang: e.Lang, Title: t("export.page_title"), Lead: []string{t("export.page_made", "Time", i18n.DateTime(e.Lang, e.CreatedAt)), t("export.page_data"), t("export.page_care")}}
}

func (p *page) t(key string, kv ...any) string { return i18n.T(p.Lang, key, kv...) }

// add appends a section; one in which there is nothing says so.
func (p *page) add(s section) {
	if len(s.Blocks) == 0 && len(s.Files) == 0 {
		s.para(p.t("export.nothing"))
	}
	p.Sections = append(p.Sections, s)
}

func (p *page) render(w io.Writer) error { return pageTemplate.Execute(w, p) }

// profile says who the person is to the portal.
func (b *bundle) profile(ctx context.Context) error {
	name, err := b.s.Accounts.NameOf(ctx, b.e.PersonID)
	if err != nil {
		return err
	}
	contacts, err := b.s.Accounts.ContactsOf(ctx, b.e.PersonID)
	if err != nil {
		return err
	}
	keys, err := b.s.Accounts.Passkeys(ctx, b.actor)
	if err != nil {
		return err
	}
	p := &b.page
	out := section{Title: p.t("export.profile")}
	if name != "" {
		out.pairs([]string{p.t("account.name"), name})
	}
	for _, c := range contacts {
		label := p.t("account.mobile")
		if c.Kind == account.Email {
			label = p.t("account.email")
		}
		out.pairs([]string{label, c.Value})
	}
	for _, k := range keys {
		out.pairs([]string{p.t("passkey.one"), k.Name})
	}
	p.add(out)
	return nil
}

// filings tells every filing and draft: its paper, what was decided, what the person was told, and its files.
func (b *bundle) filings(ctx context.Context) error {
	after := filing.Cursor{}
	for {
		rows, more, err := b.s.Filings.Mine(ctx, b.actor, after)
		if err != nil {
			return err
		}
		for _, f := range rows {
			if err := b.filing(ctx, f); err != nil {
				return err
			}
		}
		if more.Zero() {
			return nil
		}
		after = more
	}
}

func (b *bundle) filing(ctx context.Context, f filing.Filing) error {
	pack, err := b.s.Filings.Pack(f)
	if err != nil {
		return err
	}
	p := &b.page
	out := section{Title: f.Remedy}
	if r, ok := pack.Remedy(f.Remedy); ok {
		out.Title = r.Plain.In(p.Lang)
	}
	folder := f.Code()
	if f.SubmittedAt != nil {
		out.pairs([]string{p.t("home.code"), folder}, []string{p.t("export.filed_at"), b.day(*f.SubmittedAt)})
	} else {
		folder = "draft-" + f.ID[:8]
		out.pairs([]string{p.t("export.draft"), p.t("home.saved", "Time", b.day(f.UpdatedAt))})
	}
	doc, err := b.s.Papers.Read(ctx, b.actor, f.ID, p.Lang)
	if err != nil {
		return err
	}
	out.Blocks = append(out.Blocks, doc.Blocks...)
	if err := b.answered(ctx, f, pack, &out); err != nil {
		return err
	}
	if out.Files, err = b.files(ctx, f, folder); err != nil {
		return err
	}
	p.add(out)
	return nil
}

// answered tells what a body asked and decided.
func (b *bundle) answered(ctx context.Context, f filing.Filing, pack *rules.Pack, out *section) error {
	p := &b.page
	if _, ask, answer, ok, err := b.s.Reviews.SupplementOf(ctx, f); err != nil {
		return err
	} else if ok {
		out.heading(p.t("export.supplement"))
		out.para(ask)
		out.para(answer)
	}
	if f.ServedOn.IsZero() {
		return nil
	}
	_, versions, err := b.s.Reviews.ForDebtor(ctx, b.actor, f.ID)
	if err != nil {
		return err
	}
	for _, d := range versions {
		out.heading(p.t("export.decision", "Date", i18n.Date(p.Lang, d.ServedOn)))
		if r, ok := pack.Remedy(f.Remedy); ok {
			if o, ok := r.Outcome(d.Disposition); ok {
				out.para(o.Label.In(p.Lang))
			}
		}
		out.para(d.Text)
		out.para(review.NumbersText(p.Lang, d.Numbers))
		out.para(d.Why)
	}
	return nil
}

// files puts what was handed in with a filing, and its written application, into the copy.
func (b *bundle) files(ctx context.Context, f filing.Filing, folder string) ([]fileLink, error) {
	docs, err := b.s.Files.List(ctx, f.ID)
	if err != nil {
		return nil, err
	}
	if kept, ok, err := b.s.Files.Application(ctx, f.ID); err != nil {
		return nil, err
	} else if ok {
		docs = append([]document.Document{kept}, docs...)
	}
	var out []fileLink
	for i, d := range docs {
		if d.Scan == document.ScanInfected {
			out = append(out, fileLink{Name: d.Name + b.page.t("punct.colon") + b.page.t("export.infected"), Hash: d.SHA256})
			continue
		}
		name, err := b.file(ctx, d, folder, i+1)
		if err != nil {
			return nil, err
		}
		out = append(out, fileLink{Name: d.Name, Href: name, Hash: d.SHA256})
	}
	return out, nil
}

// statements tells means, restrictions and appraisals.
func (b *bundle) statements(ctx context.Context) error {
	p := &b.page
	now, err := b.s.Means.Current(ctx, b.actor)
	if err != nil {
		return err
	}
	out := section{Title: p.t("export.means")}
	if now.Version > 0 {
		sheet, err := means.SheetOf(b.s.Packs.On(b.s.today()), now.Data, b.s.today(), p.Lang)
		if err != nil {
			return err
		}
		out.para(sheet.Say)
		for _, t := range sheet.Tables {
			table := paper.Block{Kind: paper.Table, Head: []string{t.What, t.SumHeader}}
			for _, l := range t.Lines {
				table.Rows = append(table.Rows, []string{l.Name, l.Sum})
			}
			out.heading(t.Title)
			out.Blocks = append(out.Blocks, table)
		}
	}
	p.add(out)
	return b.followed(ctx)
}

func (b *bundle) followed(ctx context.Context) error {
	p := &b.page
	entries, err := b.s.Limits.Mine(ctx, b.actor)
	if err != nil {
		return err
	}
	out := section{Title: p.t("restriction.title")}
	pack := b.s.Packs.On(b.s.today())
	for _, e := range entries {
		name := e.Kind
		if r, ok := pack.Restriction(e.Kind); ok {
			name = r.Label.In(p.Lang)
		}
		out.pairs([]string{name, i18n.Date(p.Lang, e.HappenedOn) + " → " + i18n.Date(p.Lang, e.DueOn)})
	}
	p.add(out)
	check, err := b.s.Appraisals.Current(ctx, b.actor)
	if err != nil {
		return err
	}
	seen := section{Title: p.t("export.appraisal")}
	if check.Version > 0 {
		seen.pairs([]string{check.Institution, i18n.Date(p.Lang, check.Day)})
	}
	p.add(seen)
	return nil
}

// calls tells of calls and questionnaires, without answers.
func (p *page) calls(part callback.Participation, found []callback.PersonalFinding) {
	out := section{Title: p.t("export.calls")}
	out.para(p.t("export.calls_apart"))
	for _, c := range part.Calls {
		out.pairs([]string{i18n.DateTime(p.Lang, c.Opened), p.t("export.call", "N", len(c.Attempts))})
	}
	for _, n := range part.Numbers {
		out.pairs([]string{p.t("account.mobile"), n.Number})
	}
	if part.Stopped {
		out.para(p.t("export.never_call"))
	}
	for _, f := range found {
		out.heading(f.Label.In(p.Lang))
		out.para(f.Answer)
	}
	p.add(out)
}

// shown are the entries of the record that say when somebody signed in or out.
var shown = map[string]string{"signin.code": "export.signed_in", "person.key_used": "export.signed_in_key", "person.signed_out_everywhere": "export.everywhere"}

// traces tells of messages, sign-ins, and of who opened the person's filings.
func (b *bundle) traces(ctx context.Context) error {
	p := &b.page
	told, err := b.s.Notices.Everything(ctx, b.e.PersonID)
	if err != nil {
		return err
	}
	messages := section{Title: p.t("export.messages")}
	for _, n := range told {
		messages.pairs([]string{b.day(n.At), n.To + "\n" + n.Subject + "\n" + n.Text})
	}
	p.add(messages)
	readings, err := b.s.Filings.Readings(ctx, b.actor)
	if err != nil {
		return err
	}
	opened := section{Title: p.t("readers.title")}
	for _, r := range readings {
		opened.pairs([]string{b.day(r.At), b.s.Filings.Bodies.BodyName(ctx, r.BodyID)})
	}
	p.add(opened)
	events, err := audit.List(ctx, b.s.DB, audit.Subject{Type: account.SubjectPerson, ID: b.e.PersonID})
	if err != nil {
		return err
	}
	signed := section{Title: p.t("export.signins")}
	for _, e := range events {
		if key, ok := shown[e.Kind]; ok {
			signed.pairs([]string{b.day(e.At), p.t(key)})
		}
	}
	p.add(signed)
	return nil
}
