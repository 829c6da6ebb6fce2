package application

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"reliefportal/app/document"
	"reliefportal/app/filing"
	"reliefportal/app/i18n"
	"reliefportal/app/paper"
	"reliefportal/app/rules"
)

const factOthers = rules.FactID("other_parties")

// parties are the person, the others as far as they are known, and the case.
func (c *composer) parties() {
	var rows [][]string
	row := func(label string, id rules.FactID) {
		c.shown[id] = true
		text, ok := c.said(id)
		if !ok || text == "" {
			if !c.Blanks {
				return
			}
			text = blankSpace
		}
		rows = append(rows, []string{label, text})
	}
	row(c.say(c.form.Person), filing.FactApplicant)
	row(c.t("application.identity"), filing.FactIdentity)
	row(c.t("application.address"), rules.FactServiceAddress)
	row(c.t("application.phone"), rules.FactServicePhone)
	row(c.t("application.email"), rules.FactServiceEmail)
	for _, a := range c.Annexes {
		if a.Party {
			rows = append(rows, a.Rows...)
		}
	}
	if c.asked(factOthers) || c.Facts.Asked(factOthers) {
		row(c.t("application.others"), factOthers)
	}
	row(c.t("application.case"), filing.FactCaseNumber)
	row(c.t("application.court"), filing.FactExecCourt)
	for _, id := range rules.ServiceFacts {
		c.shown[id] = true // they stand in the confirmation of the address
	}
	c.doc.Blocks = append(c.doc.Blocks, paper.Block{Kind: paper.Pairs, Rows: rows})
}

// blankSpace is where a short answer is written by hand.
const blankSpace = "________________________"

// answers are all other answers, so that nothing that was said is missing: first those of the remedy's own pages, then those that led to it.
func (c *composer) answers() {
	c.shown[rules.PapersCannot] = true // has a part of its own
	var rows [][]string
	add := func(id rules.FactID) {
		fact, known := c.Pack.Fact(id)
		val, answered := c.Facts[id]
		if c.shown[id] || !known {
			return
		}
		c.shown[id] = true
		if text := c.answer(fact, val); answered && text != "" {
			rows = append(rows, []string{c.say(fact.Label), text})
		} else if c.Blanks && c.asked(id) {
			rows = append(rows, []string{c.say(fact.Label), c.choices(fact)})
		}
	}
	for _, q := range c.Pack.FilingQuestions(c.Remedy, c.Facts) {
		add(q.Fact)
	}
	hidden := c.hidden()
	for _, f := range c.Pack.Facts {
		if !hidden[f.ID] {
			add(f.ID)
		}
	}
	if len(rows) > 0 {
		c.doc.Add(paper.Heading, c.t("application.answers"))
		c.doc.Blocks = append(c.doc.Blocks, paper.Block{Kind: paper.Table, Rows: rows, Shares: []float64{1, 2}})
	}
}

// hidden are answers to pages of the remedy that do not apply any more; they are kept with the draft and are no part of what is said.
func (c *composer) hidden() map[rules.FactID]bool {
	out := map[rules.FactID]bool{}
	for _, id := range c.Remedy.Questions {
		if q, ok := c.Pack.Question(id); ok && !c.asked(q.Fact) {
			out[q.Fact] = true
		}
	}
	return out
}

// choices are the boxes to tick by hand, or the space to write in.
func (c *composer) choices(fact rules.Fact) string {
	var out []string
	for _, o := range fact.Options {
		out = append(out, "□ "+c.say(o.Label))
	}
	if len(out) == 0 {
		return blankSpace
	}
	return strings.Join(append(out, "□ "+c.t("answer.unsure")), "\n")
}

// said puts a known answer into words; ok is false when there is none.
func (c *composer) said(id rules.FactID) (string, bool) {
	fact, declared := c.Pack.Fact(id)
	val, ok := c.Facts.Known(id)
	if !ok || !declared {
		return "", false
	}
	text := c.answer(fact, val)
	return text, text != ""
}

func (c *composer) answer(fact rules.Fact, val rules.Value) string {
	if val.Unsure {
		return c.t("answer.unsure")
	}
	switch fact.Kind {
	case rules.FactChoice, rules.FactYesNo:
		o, _ := fact.Option(val.Choice)
		return c.say(o.Label)
	case rules.FactChoices:
		var labels []string
		for _, o := range fact.Options {
			if slices.Contains(val.Choices, o.ID) {
				labels = append(labels, c.say(o.Label))
			}
		}
		return strings.Join(labels, "\n")
	case rules.FactDate:
		return c.date(val)
	case rules.FactMoney:
		return val.Money.String()
	case rules.FactNumber:
		return strconv.FormatInt(val.Number, 10)
	}
	return val.Text
}

// date writes a day as papers of the court do, without its weekday.
func (c *composer) date(val rules.Value) string {
	if val.Date.IsZero() {
		return ""
	}
	if c.Lang == i18n.English {
		return i18n.Date(c.Lang, val.Date)
	}
	y, m, d := val.Date.Parts()
	return fmt.Sprintf("%d年%d月%d日", y, int(m), d)
}

// evidence is the list of what was handed in (证据目录), each with its fingerprint, and of what cannot be had.
func (c *composer) evidence() {
	if len(c.Files) > 0 {
		c.doc.Add(paper.Heading, c.t("application.evidence", "N", len(c.Files)))
		b := paper.Block{Kind: paper.Table, Shares: []float64{0.6, 3.4, 2.2, 1.1, 4.2},
			Head: []string{c.t("application.no"), c.t("application.file"), c.t("application.kind"), c.t("application.size"), "SHA-256"}}
		for i, f := range c.Files {
			b.Rows = append(b.Rows, []string{strconv.Itoa(i + 1), named(f), c.kind(f), i18n.Size(f.Size), i18n.Hash(f.SHA256)})
		}
		c.doc.Blocks = append(c.doc.Blocks, b)
	} else if c.filed() {
		c.doc.Add(paper.Heading, c.t("application.evidence", "N", 0))
		c.doc.Add(paper.Para, c.t("application.no_files"))
	}
	var cannot []string
	reasons := c.Facts[rules.PapersCannot].Reasons()
	for _, p := range c.Remedy.Papers {
		switch reason, said := reasons[p.ID]; {
		case reason != "":
			cannot = append(cannot, c.say(p.Label)+c.t("punct.colon")+reason)
		case said:
			cannot = append(cannot, c.say(p.Label))
		}
	}
	if len(cannot) > 0 {
		c.doc.Add(paper.Heading, c.t("application.cannot"))
		c.doc.Add(paper.Para, strings.Join(cannot, "\n"))
	}
}

// named is a file by its name, and by what it shows in the person's words.
func named(f document.Document) string {
	if f.Note == "" {
		return f.Name
	}
	return f.Name + "\n" + f.Note
}

// kind is what paper a file is, in words.
func (c *composer) kind(f document.Document) string {
	if p, ok := c.Pack.Paper(c.Remedy, f.Paper); ok {
		return c.say(p.Label)
	}
	return c.t("papers.other")
}

// closing names the body addressed, and leaves the place to sign.
func (c *composer) closing() {
	c.doc.Add(paper.Heading, c.t("application.to"))
	c.doc.Add(paper.Para, c.addressed())
	c.sign()
	if c.filed() {
		c.doc.Add(paper.Small, c.t("application.filed", "Time", i18n.DateTime(c.Lang, c.At), "Code", c.Code))
		c.doc.Add(paper.Small, c.declared())
	}
}

// declared is the statement of truth, and how it was made.
func (c *composer) declared() string {
	words := c.Words
	if words == "" {
		words = c.t("check.declare_label")
	}
	switch c.Made {
	case filing.MadeOrally:
		return c.t("application.declared_orally", "Words", words)
	case filing.MadePaper:
		return c.t("application.declared_paper", "Words", words)
	case filing.MadeByRep:
		return c.t("application.declared_rep", "Words", words)
	}
	return c.t("application.declared", "Words", words)
}

// sign leaves the place for name and date.
func (c *composer) sign() {
	c.doc.Add(paper.Right, c.t("application.sign", "Person", c.say(c.form.Person))+blankSpace)
	day := c.t("application.day_blank")
	if on := c.received(); !on.IsZero() {
		day = c.date(rules.On(on))
	}
	c.doc.Add(paper.Right, day)
}

// addressed is the body that deals with the filing: as it was routed when it was handed over, or as the rules say now.
func (c *composer) addressed() string {
	court, arbiter, body := c.Route.Court, c.Route.Arbiter, ""
	if c.Route.Row == "" {
		now := c.Pack.Route(c.Remedy.ID, c.Facts, c.Bodies)
		court, arbiter, body = now.Court, now.Arbiter, c.say(now.Body)
	}
	if court != "" && !arbiter {
		return court
	}
	if named, ok := c.said(filing.FactExecCourt); ok {
		return named
	}
	if body != "" && !arbiter {
		return body
	}
	return blankSpace
}

// serviceSheet is the confirmation of the address for service (送达地址确认书, MSJ 136) on a page of its own.
func (c *composer) serviceSheet() {
	a := filing.AddressIn(c.Facts)
	if a.Empty() && !c.Blanks {
		return
	}
	words := c.Pack.Application.Service
	c.doc.Blocks = append(c.doc.Blocks, paper.Block{Kind: paper.Break})
	c.doc.Add(paper.Title, c.t("application.service"))
	var rows [][]string
	for _, id := range rules.ServiceFacts {
		if id == rules.FactServiceConsent {
			continue
		}
		fact, _ := c.Pack.Fact(id)
		text, ok := c.said(id)
		if !ok {
			text = blankSpace
		}
		rows = append(rows, []string{c.say(fact.Label), text})
	}
	c.doc.Blocks = append(c.doc.Blocks, paper.Block{Kind: paper.Pairs, Rows: rows})
	c.doc.Add(paper.Heading, c.t("application.consent"))
	c.doc.Add(paper.Para, c.say(words.Consent))
	c.doc.Add(paper.Para, c.ticked(a.Consent))
	for i, text := range words.Follows {
		c.doc.Add(paper.Para, strconv.Itoa(i+1)+". "+c.say(text))
	}
	var cites []string
	for _, cite := range slices.Concat(words.Cites, words.Rests) {
		if cite.Standing == rules.Checked {
			cites = append(cites, c.Pack.CiteText(cite, c.Lang))
		}
	}
	c.doc.Add(paper.Small, c.t("application.basis", "Cites", strings.Join(cites, c.t("punct.semicolon"))))
	c.sign()
}

// ticked shows both answers with the one given marked; none is marked while nothing was said.
func (c *composer) ticked(consent string) string {
	fact, _ := c.Pack.Fact(rules.FactServiceConsent)
	var out []string
	for _, o := range fact.Options {
		box := "□ "
		if o.ID == consent {
			box = "■ "
		}
		out = append(out, box+c.say(o.Label))
	}
	return strings.Join(out, "    ")
}
