// Package application writes the application (申请书) of a filing as the court expects it: title, parties, what is asked, facts and reasons,
// list of evidence, signature. What a kind of application says is data of the rule pack; the person's own words stand in it whole.
//
// Once a filing is handed over its application is drawn from what was handed over, kept sealed, and never drawn anew.
package application

import (
	"time"

	"reliefportal/app/calendar"
	"reliefportal/app/document"
	"reliefportal/app/filing"
	"reliefportal/app/i18n"
	"reliefportal/app/paper"
	"reliefportal/app/rules"
)

// Input is everything an application is made of.
type Input struct {
	Lang   string // the official paper is Chinese; another language makes a reading copy
	Pack   *rules.Pack
	Remedy *rules.Remedy
	Facts  rules.Facts
	Bodies rules.Courts
	// Route is the routing kept with a filing that was handed over; the zero Route works the body out anew.
	Route filing.Route
	Files []document.Document
	// Annexes are what other nouns add: a statement of means, entries of outages, representatives.
	Annexes []Annex
	// Code and At are the receipt code and the instant of receipt (UTC); empty and zero for a draft.
	Code string
	At   time.Time
	// Made is how the statement of truth was made, as package filing says it.
	Made string
	// Words is the statement as it was shown, where it was shown in the language of the paper; else empty.
	Words string
	// Drawn is the instant kept in the properties of a draft's file.
	Drawn time.Time
	// Blanks leaves lines to write on where an answer is missing, for the booklet.
	Blanks bool
}

// Annex is a part that another noun adds to the application. Lines come first, then the table.
type Annex struct {
	// Party puts the rows, each a name and a value, among the parties; it needs no title.
	Party  bool
	Title  string
	Lines  []string
	Head   []string
	Rows   [][]string
	Shares []float64 // widths of the columns, relative to each other
}

// composer turns an input into blocks.
type composer struct {
	Input
	form  rules.ApplicationForm
	doc   *paper.Doc
	shown map[rules.FactID]bool // facts that stand in the paper already
}

// Compose writes the application. It depends on its input alone: the same filing gives the same paper on every day.
func Compose(in Input) paper.Doc {
	c := &composer{Input: in, shown: map[rules.FactID]bool{}}
	c.form, _ = in.Pack.FormFor(in.Remedy.ID)
	c.doc = &paper.Doc{Lang: in.Lang, Title: in.Remedy.Paper.In(in.Lang), At: in.At}
	if in.At.IsZero() {
		c.doc.At = in.Drawn
	}
	c.doc.Head, c.doc.Foot = c.head(), c.t("application.foot")
	c.opening()
	c.parties()
	for i, part := range c.form.Parts {
		c.part(part)
		if i == min(1, len(c.form.Parts)-1) {
			c.basis() // it belongs to the request and its reasons, before any security
		}
	}
	c.answers()
	for _, a := range in.Annexes {
		if !a.Party {
			c.annex(a)
		}
	}
	c.evidence()
	c.closing()
	c.serviceSheet()
	return *c.doc
}

func (c *composer) t(key string, kv ...any) string { return i18n.T(c.Lang, key, kv...) }

func (c *composer) say(t rules.Text) string { return t.In(c.Lang) }

func (c *composer) filed() bool { return c.Code != "" }

func (c *composer) head() string {
	if c.filed() {
		return c.t("application.head_filed", "Title", c.doc.Title, "Code", c.Code)
	}
	return c.t("application.head_draft", "Title", c.doc.Title)
}

func (c *composer) opening() {
	c.doc.Add(paper.Title, c.doc.Title)
	if c.Lang != i18n.Chinese {
		c.doc.Add(paper.Note, c.t("application.copy"))
	}
	if !c.filed() && !c.Blanks {
		c.doc.Add(paper.Note, c.t("application.draft"))
	}
}

// part is one section of the form. A section nobody has said anything in is left out, or left to be written by hand.
func (c *composer) part(part rules.ApplicationPart) {
	var lines []string
	for _, line := range part.Lines {
		if text, ok := rules.FillSlots(c.say(line), c.said); ok {
			lines = append(lines, text)
			for _, id := range rules.Slots(c.say(line)) {
				c.shown[id] = true
			}
		}
	}
	var words []string
	blanks := false
	for _, id := range part.Words {
		v, ok := c.Facts.Known(id)
		switch {
		case ok && v.Text != "":
			words = append(words, v.Text)
			c.shown[id] = true
		case c.asked(id):
			blanks = blanks || c.Blanks
			c.shown[id] = c.shown[id] || c.Blanks
		}
	}
	if len(words) == 0 && !blanks && (len(lines) == 0 || len(part.Words) > 0) {
		return
	}
	c.doc.Add(paper.Heading, c.say(part.Title))
	for _, text := range append(lines, words...) {
		c.doc.Add(paper.Para, text)
	}
	if blanks && len(words) == 0 {
		c.blank("", wordsBlank)
	}
}

// Lines to write on: for a story, for a short answer.
const (
	wordsBlank  = 10
	answerBlank = 1
)

func (c *composer) blank(label string, lines int) {
	c.doc.Blocks = append(c.doc.Blocks, paper.Block{Kind: paper.Blank, Text: label, Lines: lines})
}

// asked says that the remedy's own pages ask for a fact.
func (c *composer) asked(id rules.FactID) bool {
	for _, q := range c.Pack.FilingQuestions(c.Remedy, c.Facts) {
		if q.Fact == id {
			return true
		}
	}
	return false
}

// basis names the articles the remedy rests on: those read in a text, or in a ruling that applies them. What a lawyer has still to confirm does
// not go before a court under the person's name.
func (c *composer) basis() {
	text := ""
	for _, cite := range c.Remedy.Cites {
		if cite.Standing != rules.Checked && cite.Standing != rules.Digest {
			continue
		}
		if text != "" {
			text += c.t("punct.semicolon")
		}
		text += c.Pack.CiteText(cite, c.Lang)
	}
	if text != "" {
		c.doc.Add(paper.Para, c.t("application.basis", "Cites", text))
	}
}

func (c *composer) annex(a Annex) {
	c.doc.Add(paper.Heading, a.Title)
	for _, line := range a.Lines {
		c.doc.Add(paper.Para, line)
	}
	if len(a.Rows) > 0 {
		c.doc.Blocks = append(c.doc.Blocks, paper.Block{Kind: paper.Table, Head: a.Head, Rows: a.Rows, Shares: a.Shares})
	}
}

// received is the civil day of receipt in China; zero for a draft.
func (c *composer) received() calendar.Date {
	if c.At.IsZero() {
		return calendar.Date{}
	}
	return calendar.DateOf(c.At)
}
