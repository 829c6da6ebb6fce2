package public

import (
	"math/big"
	"slices"
	"strconv"

	"reliefportal/app/calendar"
	"reliefportal/app/callback"
	"reliefportal/app/i18n"
	"reliefportal/app/insight"
	"reliefportal/app/rules"
	"reliefportal/app/web/kit"
	"reliefportal/app/web/law"
	tkit "reliefportal/templates/kit"
	views "reliefportal/templates/public"
)

// callbacks tells everybody what was asked in a quarter, of how many, what they said and what was done about it.
func (p pages) callbacks(c *kit.Ctx) error {
	r, quarters, err := p.released(c)
	if err != nil {
		return err
	}
	view := views.CallbacksView{Days: insight.ReleaseAfter}
	for _, q := range quarters {
		view.Quarters = append(view.Quarters, tkit.Tab{Text: law.Quarter(c, q), Href: kit.WithQuery(c.Path("public.callbacks"), "quarter", q.String()), Count: -1, Selected: q == r.Quarter})
	}
	if len(quarters) == 0 {
		return c.OK(views.Callbacks(c.Page(), view))
	}
	view.Quarter, view.MadeOn = law.Quarter(c, r.Quarter), i18n.Date(c.Lang, calendar.DateOf(r.MadeAt))
	view.CSVHref = kit.WithQuery(c.Path("public.callbackscsv"), "quarter", r.Quarter.String())
	for i, part := range r.Parts {
		v := views.CallbackPart{Programme: part.Programme.In(c.Lang), Party: publicParty(c, part.Party), Say: said(c, part)}
		for j, f := range partFigures(c, part) {
			shown := f.View()
			shown.ID = "part-" + strconv.Itoa(i) + "-" + strconv.Itoa(j)
			v.Figures = append(v.Figures, shown)
		}
		view.Parts = append(view.Parts, v)
	}
	return c.OK(views.Callbacks(c.Page(), view))
}

// released reads the quarter asked for, or the newest. Without any the list is empty.
func (p pages) released(c *kit.Ctx) (r insight.Release, quarters []insight.Quarter, err error) {
	if quarters, err = p.Calls.Released(c.Context()); err != nil {
		return r, nil, err
	}
	asked := c.Query("quarter")
	if asked == "" && len(quarters) == 0 {
		return r, nil, nil
	}
	var q insight.Quarter
	if asked == "" {
		q = quarters[0]
	} else if q, err = insight.ParseQuarter(asked); err != nil {
		return r, nil, err
	}
	r, err = p.Calls.Release(c.Context(), q)
	return r, quarters, err
}

// callbacksCSV is the same as a table.
func (p pages) callbacksCSV(c *kit.Ctx) error {
	r, _, err := p.released(c)
	if err != nil {
		return err
	}
	var sheets []insight.Sheet
	for _, part := range r.Parts {
		for _, f := range partFigures(c, part) {
			if len(f.Cells) > 0 {
				s := f.Sheet()
				s.Name = part.Programme.In(c.Lang) + " · " + publicParty(c, part.Party) + " · " + f.Title
				sheets = append(sheets, s)
			}
		}
	}
	return law.SendCSV(c, "callbacks", sheets...)
}

// said is the one sentence that comes first.
func said(c *kit.Ctx, p insight.Part) string {
	if !p.Drawn.Shown() || !p.People.Shown() {
		return c.T("callbacks.too_few")
	}
	return c.T("callbacks.asked", "Drawn", p.Drawn.N, "Answered", p.People.N)
}

func partFigures(c *kit.Ctx, p insight.Part) []law.Figure {
	out := []law.Figure{fieldwork(c, p)}
	if p.Instrument != nil {
		facts, items := law.FactItems(c, p.Items), law.ScaleItems(c, p.Instrument, p.Items)
		items.Title, facts.Title = c.T("callbacks.items"), c.T("callbacks.facts")
		out = append(out, items, facts)
	}
	return append(out, done(c, p))
}

func fieldwork(c *kit.Ctx, p insight.Part) law.Figure {
	f := law.Fieldwork(c, p.Classes)
	f.Title = c.T("callbacks.fieldwork")
	for _, r := range []struct {
		name, key string
		v         int64
	}{{"RR1", "figures.rr1", p.RR1}, {"RR3", "figures.rr3", p.RR3}} {
		if r.v >= 0 {
			share := big.NewRat(r.v, 10000)
			f.Add(law.Words(r.name+c.T("figures.colon")+c.T(r.key)), law.FigureCell{Text: law.PercentText(share), Value: share})
		}
	}
	return f
}

// done says what was done about what people said.
func done(c *kit.Ctx, p insight.Part) law.Figure {
	f := law.Figure{}
	f.Title, f.Say, f.Words, f.Head = c.T("callbacks.done"), c.T("callbacks.done_say"), 1, []string{c.T("callbacks.came"), c.T("callbacks.times")}
	names := []string{c.T("callbacks.open"), c.T("callbacks.left")}
	for _, r := range callback.Results {
		names = append(names, resultName(c, r))
	}
	for i, name := range names {
		f.Add(law.Words(name), law.Count(c, p.Results[i]))
	}
	f.Add(law.Words(c.T("callbacks.prepared")), law.Count(c, p.Prepared))
	f.Add(law.Words(c.T("callbacks.filed")), law.Count(c, p.Filed))
	if slices.ContainsFunc(p.Results, func(n insight.Cell) bool { return n.Hidden == insight.Withheld }) {
		f.Notes = []string{c.T("callbacks.done_few")}
	}
	return f
}

func resultName(c *kit.Ctx, r callback.Result) string {
	switch r {
	case callback.Confirmed:
		return c.T("callbacks.confirmed")
	case callback.Partly:
		return c.T("callbacks.partly")
	case callback.NotConfirmed:
		return c.T("callbacks.not_confirmed")
	}
	return c.T("callbacks.unclear")
}

func publicParty(c *kit.Ctx, p rules.Party) string {
	switch p {
	case rules.Creditor:
		return c.T("callbacks.creditor")
	case rules.ThirdParty:
		return c.T("callbacks.third")
	}
	return c.T("callbacks.respondent")
}
