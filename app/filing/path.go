package filing

import (
	"slices"

	"reliefportal/app/rules"
)

// PageKind is one kind of page on the way to filing.
type PageKind string

// The pages of a draft, in order: the case, the means statement where the remedy asks for it, then the remedy's questions, the papers, the
// address for service, the check.
const (
	PageCase     PageKind = "case"
	PageMeans    PageKind = "means"
	PageQuestion PageKind = "question"
	PagePapers   PageKind = "papers"
	PageService  PageKind = "service"
	PageCheck    PageKind = "check"
)

// Page is one page of a draft.
type Page struct {
	Kind     PageKind
	Question *rules.Question // for PageQuestion
}

// Pages lists the pages of a draft that certainly apply with these answers; answers of pages that no longer apply open no others.
func Pages(p *rules.Pack, r *rules.Remedy, f rules.Facts) []Page {
	f, _ = Counted(p, r, f)
	out := []Page{{Kind: PageCase}}
	if p.Means.Asks(r.ID) {
		out = append(out, Page{Kind: PageMeans})
	}
	for _, q := range p.FilingQuestions(r, f) {
		if q.Fact == FactCaseNumber || q.Fact == FactExecCourt {
			continue // asked on the page of the case
		}
		out = append(out, Page{Kind: PageQuestion, Question: q})
	}
	return append(out, Page{Kind: PagePapers}, Page{Kind: PageService}, Page{Kind: PageCheck})
}

// Around gives the pages before and after a page; ok is false when the page does not apply now.
func Around(pages []Page, kind PageKind, question string) (at int, before, after *Page, ok bool) {
	for i := range pages {
		if pages[i].Kind != kind || (kind == PageQuestion && pages[i].Question.ID != question) {
			continue
		}
		if i > 0 {
			before = &pages[i-1]
		}
		if i+1 < len(pages) {
			after = &pages[i+1]
		}
		return i, before, after, true
	}
	return 0, nil, nil, false
}

// Resume is the first page that has not been answered yet, the check page when all are.
func Resume(pages []Page, f rules.Facts) Page {
	if open := OpenPages(pages, f); len(open) > 0 {
		return open[0]
	}
	return pages[len(pages)-1]
}

// OpenPages are the pages with a question that nobody has answered yet, whether or not they must be.
func OpenPages(pages []Page, f rules.Facts) []Page {
	var out []Page
	for _, pg := range pages {
		switch pg.Kind {
		case PageCase:
			if !f.Asked(FactCaseNumber) || !f.Asked(FactExecCourt) {
				out = append(out, pg)
			}
		case PageMeans:
			// It can always be left out: whoever has answered a question after it has passed it.
			if !f.Asked("means") && !slices.ContainsFunc(pages, func(o Page) bool { return o.Kind == PageQuestion && f.Asked(o.Question.Fact) }) {
				out = append(out, pg)
			}
		case PageQuestion:
			if !f.Asked(pg.Question.Fact) {
				out = append(out, pg)
			}
		}
	}
	return out
}

// MissingPages are the pages that must be answered before filing.
func MissingPages(pages []Page, f rules.Facts) []Page {
	var out []Page
	for _, pg := range pages {
		switch pg.Kind {
		case PageCase:
			if !f.Asked(FactCaseNumber) || !f.Asked(FactExecCourt) {
				out = append(out, pg)
			}
		case PageQuestion:
			if pg.Question.Required && !f.Asked(pg.Question.Fact) {
				out = append(out, pg)
			}
		}
	}
	return out
}
