package debtor

import (
	"slices"
	"strings"

	"reliefportal/app/filing"
	"reliefportal/app/i18n"
	"reliefportal/app/rules"
	"reliefportal/app/web/kit"
	"reliefportal/app/web/law"
	views "reliefportal/templates/debtor"
	tkit "reliefportal/templates/kit"
)

// statement is the statement of truth in a language, as the check page shows it.
func statement(lang string) string { return i18n.T(lang, "check.declare_label") }

// looked fills in what a check page says of itself: what it shows (so that nothing else is filed), what is left out, what stood in the way.
func (p pages) looked(c *kit.Ctx, o own, view *views.CheckView) error {
	look, err := p.Filings.LookOf(c.Context(), o.Filing, o.facts, statement(c.Lang))
	if err != nil {
		return err
	}
	view.Checked, view.Seen, view.StatementLang = look.Hash, look.Parts, c.Lang
	_, aside := filing.Counted(o.law.Pack, o.remedy, o.facts)
	for _, id := range aside {
		fact, _ := o.law.Pack.Fact(id)
		view.Aside = append(view.Aside, tkit.SummaryRow{Key: o.law.Say(fact.Label), Value: kept(c, o, id)})
	}
	view.Late = view.Window != nil && view.Window.Left < 0
	caught, err := p.Filings.CaughtNow(c.Context(), o.Filing, o.facts)
	if err != nil {
		return err
	}
	view.Outages = law.Outages(c.Lang, caught)
	followed, ok, err := p.Filings.LastFollowed(c.Context(), o.Filing)
	if ok {
		view.Notes = append(view.Notes, followedNote(c, followed))
	}
	return err
}

// followedNote says that the day of service was corrected, and whether the draft has moved along.
func followedNote(c *kit.Ctx, f filing.Moved) string {
	if len(f.Facts) == 0 {
		return c.T("draft.service_differs", "Old", f.From, "New", f.To)
	}
	return c.T("draft.service_moved", "Old", f.From, "New", f.To)
}

// changes says in words what is different from what the person saw. An answer is named and shown as it is now.
func (p pages) changes(c *kit.Ctx, o own, now, seen string) ([]string, error) {
	diff := filing.Look{Parts: now}.Since(seen)
	var out []string
	for _, id := range diff.Facts {
		if fact, ok := o.law.Pack.Fact(id); ok {
			out = append(out, c.T("check.changed_answer", "What", o.law.Say(fact.Label), "Now", oneLine(counted(c, o, id))))
		}
	}
	docs, err := p.Files.List(c.Context(), o.ID)
	if err != nil {
		return nil, err
	}
	for _, d := range docs {
		if slices.Contains(diff.Files, d.SHA256) {
			out = append(out, c.T("check.changed_added", "Name", d.Name))
		}
	}
	if diff.Gone > 0 {
		out = append(out, c.T("check.changed_gone", "N", diff.Gone))
	}
	if len(diff.Attached) > 0 {
		out = append(out, c.T("check.changed_means"))
	}
	if diff.Law {
		out = append(out, c.T("check.changed_law"))
	}
	if diff.Words {
		out = append(out, c.T("check.changed_words"))
	}
	return out, nil
}

// counted is an answer as it would be filed now; one that does not count any more reads as not given.
func counted(c *kit.Ctx, o own, id rules.FactID) string {
	if facts, _ := filing.Counted(o.law.Pack, o.remedy, o.facts); !facts.Asked(id) {
		return c.T("answer.none")
	}
	return kept(c, o, id)
}

// longestNow is how many characters of a changed answer the list shows; the whole stands below it.
const longestNow = 60

func oneLine(text string) string {
	text = strings.Join(strings.Fields(text), " ")
	if r := []rune(text); len(r) > longestNow {
		return string(r[:longestNow]) + "…"
	}
	return text
}
