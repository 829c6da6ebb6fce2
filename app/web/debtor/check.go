package debtor

import (
	"net/http"
	"strings"

	"reliefportal/app/calendar"
	"reliefportal/app/document"
	"reliefportal/app/filing"
	"reliefportal/app/i18n"
	"reliefportal/app/rules"
	"reliefportal/app/web/kit"
	views "reliefportal/templates/debtor"
	tkit "reliefportal/templates/kit"
)

// check shows everything once more before filing.
func (p pages) check(c *kit.Ctx, o own) error {
	if c.Actor.By != nil {
		return c.To("debtor.readback", o.ID)
	}
	view, err := p.checkView(c, o)
	if err != nil {
		return err
	}
	return c.OK(views.Check(checkPage(c, o), view))
}

// submit files the draft, once. It is no page of drafts only: the second of two clicks finds a filing, and is told so.
func (p pages) submit(c *kit.Ctx) error {
	o, err := p.load(c)
	if err != nil {
		return err
	}
	if c.Form().Has("later") {
		return leave(c)
	}
	in := filing.SubmitInput{Version: formVersion(c), Key: c.Form().Raw("_submit"), Declared: c.Form().Has("declare"), Made: c.Form().Value("made"),
		Checked: c.Form().Raw("_checked"), WhyLate: c.Form().Value("late")}
	if c.Form().Has("_lang") {
		in.Lang = i18n.Pick(c.Form().Value("_lang"))
		in.Words = statement(in.Lang)
	}
	f, already, err := p.Filings.Submit(c.Context(), c.Actor, o.ID, in)
	if err != nil {
		return p.notFiled(c, err)
	}
	if already {
		c.Flash("check.twice")
	}
	return c.To("debtor.receipt", f.ID)
}

// notFiled shows the check page again with what stands in the way.
func (p pages) notFiled(c *kit.Ctx, err error) error {
	return p.drafting(func(c *kit.Ctx, o own) error {
		page, status := checkPage(c, o), http.StatusUnprocessableEntity
		errs, invalid := c.FieldErrors(err)
		switch {
		case invalid:
			page.Errors = errs
		case isStale(err):
			status = http.StatusConflict
			page.Errors = []tkit.FieldError{{ID: "declare", Text: c.T("check.stale")}}
		default:
			return err
		}
		view, err := p.checkView(c, o)
		if err != nil {
			return err
		}
		if !invalid {
			if view.Changed, err = p.changes(c, o, view.Seen, c.Form().Raw("_seen")); err != nil {
				return err
			}
			page.Errors[0].ID = "changed"
		}
		view.WhyLate = c.Form().Raw("late")
		// What was declared was declared of what the page showed; after a change elsewhere the person looks again.
		view.Declared = invalid && c.Form().Has("declare")
		if c.Actor.By != nil {
			return c.Show(status, views.ReadBack(page, readBackView(c, view)))
		}
		return c.Show(status, views.Check(page, view))
	})(c)
}

func checkPage(c *kit.Ctx, o own) tkit.Page {
	page := o.page(c)
	page.Back = c.Path("debtor.address", o.ID)
	return page
}

func (p pages) checkView(c *kit.Ctx, o own) (views.CheckView, error) {
	docs, err := p.Files.List(c.Context(), o.ID)
	if err != nil {
		return views.CheckView{}, err
	}
	view := views.CheckView{Remedy: o.plain(), Submit: o.SubmitKey, Version: o.Version, After: p.afterwards(c, o), Window: window(o, p.doorOf(c, o))}
	view.ApplicationHref, view.BookletHref = c.Path("debtor.application", o.ID), c.Path("debtor.booklet", o.ID)
	view.HelpersHref = c.Path("debtor.helpers", o.ID)
	typed, err := p.typed(c, o.ID)
	if err != nil {
		return views.CheckView{}, err
	}
	view.Groups = []tkit.SummaryGroup{{Title: c.T("check.case"), Rows: caseRows(c, o, typed)}, {Title: c.T("check.answers"), Rows: answerRows(c, o, typed)},
		{Title: c.T("check.papers"), Rows: paperRows(c, o, docs)}, {Title: c.T("address.title"), Rows: addressRows(c, o)}}
	row, takes, err := p.meansRow(c, o)
	if err != nil {
		return view, err
	}
	if takes {
		view.Groups[2].Rows = append(view.Groups[2].Rows, row)
	}
	for _, pg := range filing.MissingPages(o.pages(), o.facts) {
		view.Missing = append(view.Missing, tkit.Link{Text: titleOf(c, o, pg), Href: change(hrefOf(c, o.ID, pg))})
	}
	return view, p.looked(c, o, &view)
}

// paperRows are the files that go with the filing, those that cannot be handed over named as such, and the papers that could not be had.
func paperRows(c *kit.Ctx, o own, docs []document.Document) []tkit.SummaryRow {
	row := tkit.SummaryRow{Key: c.T("check.files"), Value: c.T("check.no_files"), ChangeHref: c.Path("debtor.papers", o.ID)}
	var names, notes []string
	for _, d := range docs {
		names = append(names, d.Name)
		if said, bad := stateOf(c, d); bad {
			notes = append(notes, d.Name+c.T("punct.colon")+said)
		}
	}
	if len(names) > 0 {
		row.Value, row.Note = strings.Join(names, "\n"), strings.Join(notes, "\n")
	}
	rows := []tkit.SummaryRow{row}
	if cannot := cannots(o); len(cannot) > 0 {
		rows = append(rows, tkit.SummaryRow{Key: c.T("papers.cannot_list"), Value: strings.Join(cannot, "\n"), ChangeHref: row.ChangeHref})
	}
	return rows
}

// change leads to a page and back to the check.
func change(href string) string { return kit.WithQuery(href, "to", "check") }

func titleOf(c *kit.Ctx, o own, pg filing.Page) string {
	if pg.Question != nil {
		return o.law.Say(pg.Question.Title)
	}
	return c.T("case.title")
}

func caseRows(c *kit.Ctx, o own, typed map[rules.FactID]string) []tkit.SummaryRow {
	var rows []tkit.SummaryRow
	for _, id := range []rules.FactID{filing.FactCaseNumber, filing.FactExecCourt} {
		fact, _ := o.law.Pack.Fact(id)
		rows = append(rows, tkit.SummaryRow{Key: o.law.Say(fact.Label), Value: kept(c, o, id), ChangeHref: change(c.Path("debtor.case", o.ID))})
	}
	rows[0].Note = typed[filing.FactCaseNumber]
	rows[1].Note = join(o.law.CourtRemark(o.facts), typed[filing.FactExecCourt])
	return rows
}

func answerRows(c *kit.Ctx, o own, typed map[rules.FactID]string) []tkit.SummaryRow {
	var rows []tkit.SummaryRow
	for _, pg := range o.pages() {
		if pg.Kind != filing.PageQuestion {
			continue
		}
		fact, _ := o.law.Pack.Fact(pg.Question.Fact)
		rows = append(rows, tkit.SummaryRow{Key: o.law.Say(fact.Label), Value: kept(c, o, fact.ID), Note: typed[fact.ID],
			ChangeHref: change(hrefOf(c, o.ID, pg))})
	}
	return rows
}

// kept is an answer in words; one nobody gave is said to be missing, never left blank.
func kept(c *kit.Ctx, o own, id rules.FactID) string {
	val, ok := o.facts[id]
	if !ok {
		return c.T("answer.none")
	}
	return o.law.Answer(id, val)
}

// doorOf is the remedy's door with the answers so far; ok is false when the answers do not lead there any more.
func (p pages) doorOf(c *kit.Ctx, o own) rules.Door {
	for _, d := range o.law.Pack.Doors(o.facts, c.Today(), p.Bodies) {
		if d.Remedy == o.remedy {
			return d
		}
	}
	return rules.Door{Remedy: o.remedy}
}

// window is the time to file in; nil when there is none.
func window(o own, d rules.Door) *tkit.DateWorking {
	if d.Window == nil {
		return nil
	}
	return o.law.Door(d).Working
}

// afterwards is what happens when the draft is filed today.
func (p pages) afterwards(c *kit.Ctx, o own) []tkit.ChainLink {
	routing := o.law.Pack.Route(o.Filing.Remedy, o.facts, p.Bodies)
	body, division := routing.Court, routing.Division
	if routing.Arbiter || body == "" {
		body, division = p.Bodies.BodyName(c.Context(), p.Bodies.RoutingDesk()), filing.DivisionRouting
	}
	var links []tkit.ChainLink
	rule, _, ok := o.law.Pack.StageClock(o.Filing.Remedy, rules.StageSubmitted)
	if desk, known := o.law.Pack.Clock(o.law.Pack.Desk.Clock); known && p.isDesk(c, body) {
		rule, ok = desk, true // the desk is no court: it names one, and decides nothing
	}
	if ok {
		due := o.law.Pack.Calendar.End(c.Today(), rule.Length).LegalEnd
		links = append(links, tkit.ChainLink{Body: p.place(c, body, division, c.Today()), Text: o.law.Say(rule.Title), Due: due,
			Cites: []tkit.Cite{o.law.Cite(rule.Cite)}})
	}
	if then, ok := p.later(c, o, body, routing.Then, division); ok {
		if rule, from, _ := o.law.Pack.StageClock(o.Filing.Remedy, rules.StageReviewing); from == rules.FromReceived && !p.isDesk(c, body) {
			then.Due = o.law.Pack.Calendar.End(c.Today(), rule.Length).LegalEnd
		}
		links = append(links, then)
	}
	return links
}

// isDesk says that a body, by its name, is the desk of the portal that names a court where the rules cannot.
func (p pages) isDesk(c *kit.Ctx, body string) bool {
	return body == p.Bodies.BodyName(c.Context(), p.Bodies.RoutingDesk())
}

// later is the stage after acceptance; its last day is known only where it counts from receipt.
func (p pages) later(c *kit.Ctx, o own, body, then, division string) (tkit.ChainLink, bool) {
	rule, _, ok := o.law.Pack.StageClock(o.Filing.Remedy, rules.StageReviewing)
	if !ok {
		return tkit.ChainLink{}, false
	}
	if then == "" {
		then = division
	}
	place := c.T("chain.named")
	if !p.isDesk(c, body) {
		place = p.place(c, body, then, c.Today())
	}
	return tkit.ChainLink{Body: place, Text: c.T("chain.within", "Duty", o.law.Say(rule.Title), "Length", rule.Length,
		"Start", o.law.Say(rule.Start)), Cites: []tkit.Cite{o.law.Cite(rule.Cite)}}, true
}

// place names a body with the division that has the matter, in full.
func (p pages) place(c *kit.Ctx, body, division string, on calendar.Date) string {
	if division == "" || division == filing.DivisionRouting {
		return body
	}
	d := p.Bodies.DivisionOrDefault(c.Context(), p.Bodies.BodyID(c.Context(), body), division, on)
	if c.Lang == "en" && d.NameEn != "" {
		return body + ", " + d.NameEn
	}
	return body + d.Name
}
