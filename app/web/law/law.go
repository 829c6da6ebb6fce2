// Package law puts what a rule pack says onto pages: questions, answers, doors, citations and periods, in the language of the reader.
// It decides nothing; every rule it shows was read by package rules.
package law

import (
	"reliefportal/app/casenumber"
	"reliefportal/app/directory"
	"reliefportal/app/i18n"
	"reliefportal/app/rules"
	"reliefportal/app/web/kit"
	tkit "reliefportal/templates/kit"
)

// View shows one pack in one language.
type View struct {
	// Pack is the edition of the law.
	Pack *rules.Pack
	// Lang is "zh-Hans" or "en".
	Lang string
	// Courts is the directory, for answers that name a court; it may be nil.
	Courts Courts

	ctx *kit.Ctx
}

// Courts is the directory as answers need it.
type Courts interface {
	rules.Courts
	// Search finds courts by part of a name, the best first.
	Search(q string, limit int) []directory.Court
	// Propose is the court that a case number names; false when the directory does not know its sign.
	Propose(n casenumber.Number) (directory.Court, bool)
}

// For shows a pack in the language of a request.
func For(c *kit.Ctx, p *rules.Pack, courts Courts) View {
	return View{Pack: p, Lang: c.Lang, Courts: courts, ctx: c}
}

// Say gives a text of the pack in the language of the page.
func (v View) Say(t rules.Text) string { return t.In(v.Lang) }

func (v View) t(key string, kv ...any) string { return i18n.T(v.Lang, key, kv...) }

// Cites shows citations, each with its standing where it was not checked against the text.
func (v View) Cites(cites []rules.Cite) []tkit.Cite {
	out := make([]tkit.Cite, 0, len(cites))
	for _, c := range cites {
		out = append(out, v.Cite(c))
	}
	return out
}

// Cite shows one citation. It leads to the page of rules and versions.
func (v View) Cite(c rules.Cite) tkit.Cite {
	if c.Source == "" {
		return tkit.Cite{}
	}
	return tkit.Cite{Text: v.Pack.CiteText(c, v.Lang), Href: v.ctx.Path("public.rules") + "#sources", Note: v.note(c.Standing)}
}

// note is the standing of a rule in words, empty for one read in full: the ordinary case needs no remark.
func (v View) note(s rules.Standing) string {
	if s == rules.Checked {
		return ""
	}
	return v.Standing(s)
}

// Standing says how firmly a rule was checked.
func (v View) Standing(s rules.Standing) string {
	switch s {
	case rules.Checked:
		return v.t("law.checked")
	case rules.Digest:
		return v.t("law.digest")
	case rules.Project:
		return v.t("law.project")
	}
	return v.t("law.memory")
}
