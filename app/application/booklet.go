package application

import (
	"strconv"

	"reliefportal/app/calendar"
	"reliefportal/app/i18n"
	"reliefportal/app/paper"
)

// Bind puts a cover before the application of a draft: the code by which staff go on with the same draft, where the booklet goes, what to sign
// and what to add. until is the last day (civil, in China) on which the code is good.
func Bind(in Input, code string, until calendar.Date) paper.Doc {
	inner := Compose(in)
	c := &composer{Input: in, doc: &paper.Doc{Lang: in.Lang, Title: inner.Title, At: inner.At, Head: inner.Head, Foot: inner.Foot}}
	c.form, _ = in.Pack.FormFor(in.Remedy.ID)
	c.doc.Add(paper.Title, c.t("booklet.title"))
	c.doc.Add(paper.Para, c.t("booklet.about", "Paper", inner.Title, "Date", i18n.Date(in.Lang, until)))
	c.doc.Add(paper.Code, code)
	c.doc.Add(paper.Small, c.t("booklet.secret"))
	c.doc.Add(paper.Heading, c.t("booklet.where"))
	c.doc.Add(paper.Para, c.t("booklet.bring", "Body", c.addressed()))
	c.doc.Add(paper.Para, c.t("booklet.address"))
	c.doc.Add(paper.Heading, c.t("booklet.steps"))
	for i, step := range []string{c.t("booklet.fill"), c.t("booklet.sign", "Person", c.say(c.form.Person)), c.t("booklet.copies")} {
		c.doc.Add(paper.Para, strconv.Itoa(i+1)+". "+step)
	}
	if papers := in.Pack.PapersFor(in.Remedy, in.Facts); len(papers) > 0 {
		c.doc.Add(paper.Heading, c.t("booklet.papers"))
		var rows [][]string
		for _, p := range papers {
			rows = append(rows, []string{"□ " + c.say(p.Label), c.say(p.Why), c.say(p.Where)})
		}
		c.doc.Blocks = append(c.doc.Blocks, paper.Block{Kind: paper.Table, Rows: rows, Shares: []float64{2, 3, 3},
			Head: []string{c.t("booklet.paper"), c.t("booklet.why"), c.t("booklet.get")}})
	}
	c.doc.Add(paper.Para, c.t("booklet.help"))
	c.doc.Blocks = append(c.doc.Blocks, paper.Block{Kind: paper.Break})
	c.doc.Blocks = append(c.doc.Blocks, inner.Blocks...)
	return *c.doc
}
