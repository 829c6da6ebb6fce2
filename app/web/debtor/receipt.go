package debtor

import (
	"bytes"
	"strings"

	"reliefportal/app/document"
	"reliefportal/app/fail"
	"reliefportal/app/filing"
	"reliefportal/app/i18n"
	"reliefportal/app/paper"
	"reliefportal/app/rules"
	"reliefportal/app/web/kit"
	"reliefportal/app/web/law"
	views "reliefportal/templates/debtor"
	tkit "reliefportal/templates/kit"
)

// proof is what was promised when the filing was received.
type proof struct {
	filing.Receipt
	own  own
	docs []document.Document
}

func (p pages) proof(c *kit.Ctx) (proof, error) {
	r, err := p.Filings.Receipt(c.Context(), c.Actor, c.Param("id"))
	if err != nil {
		return proof{}, err
	}
	if r.Remedy == nil {
		return proof{}, fail.Unavailable("pack.missing", nil)
	}
	docs, err := p.Files.List(c.Context(), r.Filing.ID)
	if err != nil {
		return proof{}, err
	}
	o := own{Filing: r.Filing, facts: r.Facts, law: law.For(c, r.Pack, p.Bodies), remedy: r.Remedy}
	return proof{Receipt: r, own: o, docs: filedWith(r.Filing, docs)}, nil
}

// filedWith are the files that were there when the filing was handed over; later ones belong to a supplement.
func filedWith(f filing.Filing, docs []document.Document) []document.Document {
	var out []document.Document
	for _, d := range docs {
		if f.SubmittedAt != nil && !d.At.After(*f.SubmittedAt) {
			out = append(out, d)
		}
	}
	return out
}

func (p pages) receipt(c *kit.Ctx) error {
	r, err := p.proof(c)
	if err != nil {
		return err
	}
	id := r.Filing.ID
	shown, err := p.arrived(c, r.own, r.docs)
	if err != nil {
		return err
	}
	view := tkit.Receipt{Code: r.Filing.Code(), Remedy: r.own.plain(), CaseNumber: r.Filing.CaseNumber, At: *r.Filing.SubmittedAt,
		Chain: p.chain(c, r), Rule: p.why(c, r), Cites: r.own.law.Cites(r.Route.Cites), GoesOn: goesOn(r.Remedy),
		Files: shown, Cannot: cannots(r.own), CompareHref: c.Path("debtor.compare", id), PackName: r.own.law.Say(r.Pack.Title), PackHash: r.Pack.Hash,
		ProgressHref: c.Path("debtor.progress", id), PDFHref: c.Path("debtor.receiptpdf", id), Timing: inTime(c, r), Outages: law.Outages(c.Lang, r.Took)}
	kept, _, err := p.Files.Application(c.Context(), id)
	if err != nil {
		return err
	}
	return c.OK(views.Receipt(c.Page(), views.ReceiptView{Receipt: view, ApplicationHref: c.Path("debtor.application", id), ApplicationHash: kept.SHA256}))
}

// cannots are the papers that could not be had, each with its reason.
func cannots(o own) []string {
	val, ok := o.facts[rules.PapersCannot]
	if !ok || len(val.Choices) == 0 {
		return nil
	}
	return strings.Split(o.law.Answer(rules.PapersCannot, val), "\n")
}

// why says by what rule the first owner has it. Where the rules named no court, that is said.
func (p pages) why(c *kit.Ctx, r proof) string {
	if p.isDesk(c, r.Body) {
		return c.T("receipt.no_court")
	}
	return r.own.law.Say(r.Route.Reason)
}

// declared is the statement of truth in the words it was made in.
func declared(c *kit.Ctx, r proof) string {
	if r.Submission.Words != "" {
		return r.Submission.Words
	}
	return statement(c.Lang)
}

// inTime says whether the filing came within its time limit; empty when it has none or the answers do not tell.
func inTime(c *kit.Ctx, r proof) string {
	if r.Timing.Window == nil {
		return ""
	}
	last := r.Timing.Window.Deadline.LegalEnd
	switch {
	case r.Timing.Late:
		return c.T("receipt.late", "Last", last, "At", *r.Filing.SubmittedAt)
	case r.Timing.InTime:
		return c.T("receipt.in_time", "Last", last, "At", *r.Filing.SubmittedAt)
	}
	return c.T("receipt.time_unsure", "Last", last, "At", *r.Filing.SubmittedAt)
}

// goesOn says that enforcement does not stop by itself while the filing is looked at.
func goesOn(r *rules.Remedy) bool {
	return r.Stay.Effect == rules.StayNo || r.Stay.Effect == rules.StaySecurity
}

// chain is who has it now, who then, and who when nothing happens.
func (p pages) chain(c *kit.Ctx, r proof) []tkit.ChainLink {
	now := tkit.ChainLink{Now: true, Body: p.place(c, r.Body, r.Division, r.Filing.ReceivedOn()), Due: r.Deadline.LegalEnd,
		Text: strings.Join(append([]string{r.own.law.Say(r.Rule.Title)}, working(c, r)...), "\n"), Cites: []tkit.Cite{r.own.law.Cite(r.Rule.Cite)}}
	links := []tkit.ChainLink{now}
	if then, ok := p.later(c, r.own, r.Body, r.Route.Then, r.Division); ok && (r.Then != nil || p.isDesk(c, r.Body)) {
		then.Due = r.ThenDue.LegalEnd
		links = append(links, then)
	}
	return append(links, ifNothing(c, r))
}

// working are the sentences that show how the first date was found.
func working(c *kit.Ctx, r proof) []string {
	var lines []string
	for _, step := range r.Deadline.Steps {
		lines = append(lines, i18n.Step(c.Lang, c.T("receipt.event"), r.Deadline, step))
	}
	return lines
}

// ifNothing is who has it when the first date passes without anything.
func ifNothing(c *kit.Ctx, r proof) tkit.ChainLink {
	link := tkit.ChainLink{Caption: c.T("receipt.if_nothing", "Date", i18n.DateDay(c.Lang, r.Deadline.LegalEnd)), Body: r.Above,
		Text: r.own.law.Say(r.Rule.ExpiryText)}
	if link.Body == "" {
		link.Body = c.T("receipt.we_ask")
	}
	for _, next := range r.Expiry {
		link.Text += "\n" + c.T("receipt.drafted", "Remedy", r.own.law.Say(next.Plain))
	}
	return link
}

// receiptPDF is the receipt on paper.
func (p pages) receiptPDF(c *kit.Ctx) error {
	r, err := p.proof(c)
	if err != nil {
		return err
	}
	data := paper.ReceiptData{Lang: c.Lang, Code: r.Filing.Code(), Remedy: r.own.plain(), CaseNumber: r.Filing.CaseNumber,
		Applicant: p.Filings.Applicant(r.Filing), At: *r.Filing.SubmittedAt, Rule: p.why(c, r),
		Cites: texts(r.own.law.Cites(r.Route.Cites)), Working: working(c, r), GoesOn: goesOn(r.Remedy), PackName: r.own.law.Say(r.Pack.Title),
		PackHash: r.Pack.Hash, Declaration: declared(c, r), Timing: inTime(c, r), Outages: law.Outages(c.Lang, r.Took)}
	if kept, ok, err := p.Files.Application(c.Context(), r.Filing.ID); err != nil {
		return err
	} else if ok {
		data.Application = paper.File{Name: kept.Name, Kind: c.T("receipt.application_kind"), Size: kept.Size, SHA256: kept.SHA256}
	}
	for i, l := range p.chain(c, r) {
		link := paper.Link{Caption: l.Caption, Body: l.Body, Text: l.Text, Due: l.Due, Cites: texts(l.Cites)}
		if i == 0 {
			link.Text, _, _ = strings.Cut(l.Text, "\n") // its working has a part of its own on paper
		}
		data.Chain = append(data.Chain, link)
	}
	shown, err := p.arrived(c, r.own, r.docs)
	if err != nil {
		return err
	}
	data.Files, data.Cannot = onPaper(shown), cannots(r.own)
	var out bytes.Buffer
	if err := paper.Receipt(&out, data); err != nil {
		return err
	}
	return c.Send(kit.Download{Name: c.T("receipt.file_name", "Code", r.Filing.Code()) + ".pdf", Type: "application/pdf", Size: int64(out.Len()), Body: &out})
}

func texts(cites []tkit.Cite) []string {
	var out []string
	for _, cite := range cites {
		out = append(out, cite.Text)
	}
	return out
}
