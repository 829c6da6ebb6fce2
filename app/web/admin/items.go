package admin

import (
	"strings"

	"reliefportal/app/directory"
	"reliefportal/app/i18n"
	"reliefportal/app/rules"
	"reliefportal/app/web/kit"
	"reliefportal/app/web/law"
	views "reliefportal/templates/admin"
	tkit "reliefportal/templates/kit"
)

// items are what one part of a pack says, in its order and in the language of v.
func items(c *kit.Ctx, v law.View, part string) []views.Item {
	var out []views.Item
	switch part {
	case "remedies":
		for _, r := range v.Pack.Remedies {
			out = append(out, remedyItem(c, v, r))
		}
	case "routes":
		for i := range v.Pack.Rows {
			out = append(out, routeItem(v, &v.Pack.Rows[i]))
		}
	case "clocks":
		for _, k := range v.Pack.Clocks {
			out = append(out, clockItem(v, k))
		}
	case "questions":
		for _, q := range v.Pack.Questions {
			out = append(out, questionItem(v, q))
		}
	case "sources":
		for _, s := range v.Pack.Sources {
			out = append(out, sourceItem(v, s))
		}
	}
	return out
}

// search finds the items that hold every word, in either language, in their ids, words, citations or kept phrases.
func search(c *kit.Ctx, v law.View, q string) []views.Item {
	other := v
	if other.Lang = i18n.English; v.Lang == i18n.English {
		other.Lang = i18n.Chinese
	}
	words := strings.Fields(strings.ToLower(q))
	var out []views.Item
	for _, part := range parts {
		twins := items(c, other, part)
		for i, item := range items(c, v, part) {
			if holds(strings.ToLower(said(item)+said(twins[i])), words) {
				out = append(out, item)
			}
		}
	}
	return out
}

func holds(text string, words []string) bool {
	for _, w := range words {
		if !strings.Contains(text, w) {
			return false
		}
	}
	return true
}

// said is everything an item says, in one text.
func said(item views.Item) string {
	all := append([]string{item.ID, item.Title, item.Tag.Text}, item.Lines...)
	for _, cite := range item.Cites {
		all = append(all, cite.Text, cite.Phrase)
	}
	return strings.Join(all, "\n") + "\n"
}

func remedyItem(c *kit.Ctx, v law.View, r *rules.Remedy) views.Item {
	return views.Item{ID: r.ID, Title: v.Say(r.Plain), Href: c.Path("admin.remedy", v.Pack.Hash, r.ID), Tag: kindTag(v, r.Kind),
		Lines: lines(v.Say(r.Name), v.Say(r.Purpose), window(v, r), v.Say(r.Body)), Cites: cited(v, r.Cites)}
}

func kindTag(v law.View, k rules.RemedyKind) tkit.Tag {
	switch k {
	case rules.KindPaper:
		return tkit.Tag{Text: i18n.T(v.Lang, "admin.kind_paper"), Tone: "maybe"}
	case rules.KindExit:
		return tkit.Tag{Text: i18n.T(v.Lang, "admin.kind_exit"), Tone: "shut"}
	}
	return tkit.Tag{Text: i18n.T(v.Lang, "admin.kind_filing"), Tone: "open"}
}

// window words the time limit of a remedy, or what is said in its place.
func window(v law.View, r *rules.Remedy) string {
	if r.Window == nil {
		return v.Say(r.NoWindow)
	}
	return i18n.T(v.Lang, "admin.window", "Length", i18n.Period(v.Lang, r.Window.Period), "Event", v.Say(r.Window.Event), "Clock", r.Window.Clock)
}

func routeItem(v law.View, row *rules.RouteRow) views.Item {
	to := divisionName(v, row.Division)
	if row.Then != "" {
		to += " → " + divisionName(v, row.Then)
	}
	return views.Item{ID: row.ID, Title: v.Say(row.Body), Cites: cited(v, row.Cites),
		Lines: lines(strings.Join(row.Remedies, " "), to, v.Say(row.Reason), reads(v, row.When))}
}

func divisionName(v law.View, kind string) string {
	d, _ := directory.UsualDivision(kind)
	return d.Named(v.Lang)
}

// reads names the facts a condition hangs on; its exact form stands in the file of the pack.
func reads(v law.View, conds ...rules.Cond) string {
	var names []string
	seen := map[rules.FactID]bool{}
	for i := range conds {
		for _, id := range conds[i].Facts() {
			if fact, ok := v.Pack.Fact(id); ok && !seen[id] {
				seen[id] = true
				names = append(names, v.Say(fact.Label))
			}
		}
	}
	if len(names) == 0 {
		return ""
	}
	return i18n.T(v.Lang, "admin.reads", "Facts", strings.Join(names, " · "))
}

func clockItem(v law.View, k rules.ClockRule) views.Item {
	length := i18n.Period(v.Lang, k.Length)
	if !k.Extra.IsZero() {
		length = i18n.T(v.Lang, "admin.extra", "Length", length, "Extra", i18n.Period(v.Lang, k.Extra))
	}
	who := i18n.T(v.Lang, "admin.binds_body")
	if k.Who == rules.WhoApplicant {
		who = i18n.T(v.Lang, "admin.binds_applicant")
	}
	return views.Item{ID: k.ID, Title: v.Say(k.Title), Cites: cited(v, []rules.Cite{k.Cite}),
		Lines: lines(length+" · "+who, v.Say(k.Start), v.Say(k.ExpiryText), strings.Join(k.OnExpiry, " "))}
}

func questionItem(v law.View, q *rules.Question) views.Item {
	fact, _ := v.Pack.Fact(q.Fact)
	var options []string
	for _, o := range fact.Options {
		options = append(options, v.Say(o.Label))
	}
	return views.Item{ID: q.ID, Title: v.Say(q.Title), Lines: lines(v.Say(q.Hint), strings.Join(options, " / "), v.Say(q.Why), reads(v, q.Ask))}
}

func sourceItem(v law.View, s rules.Source) views.Item {
	from, hash := "", ""
	if !s.From.IsZero() {
		from = i18n.T(v.Lang, "admin.from_day", "Date", s.From)
	}
	if s.SHA256 != "" {
		hash = "SHA-256 " + i18n.Hash(s.SHA256)
	}
	return views.Item{ID: s.ID, Title: v.Say(s.Name), Lines: lines(s.Number, from, v.Say(s.Note), hash)}
}

// cited words citations, each with its standing.
func cited(v law.View, cites []rules.Cite) []views.Cited {
	var out []views.Cited
	for _, c := range cites {
		if c.Source != "" {
			out = append(out, views.Cited{Text: v.Pack.CiteText(c, v.Lang), Standing: v.Standing(c.Standing), Phrase: c.Phrase})
		}
	}
	return out
}

// lines leaves out what is empty.
func lines(all ...string) []string {
	var out []string
	for _, s := range all {
		if s != "" {
			out = append(out, s)
		}
	}
	return out
}
