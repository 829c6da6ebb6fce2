package supervisor

import (
	"math/big"

	"reliefportal/app/callback"
	"reliefportal/app/insight"
	"reliefportal/app/rates"
	"reliefportal/app/web/kit"
	"reliefportal/app/web/law"
	tkit "reliefportal/templates/kit"
	views "reliefportal/templates/supervisor"
)

// inTable are the rates shown for every group; the full set stands once, for the whole sample, and in the file.
var inTable = []string{"RR1", "RR3", "RR5", "COOP3", "REF1", "CON1"}

// group is a part of a sample.
type group struct {
	by, name string // what it is grouped by, as a message key, and which one it is
	counts   rates.Counts
}

// figures are the outcome rates of one programme: of the whole sample, and of its parts.
type figures struct {
	programme callback.Programme
	all       rates.Counts
	open      int // cases still in the field
	e         rates.Share
	estimated bool // e comes from the sample; else every unknown case is taken to be eligible
	groups    []group
}

func (p pages) readFigures(c *kit.Ctx) (f figures, err error) {
	if f.programme, err = p.Callbacks.Programme(c.Context(), c.Actor, c.Param("id")); err != nil {
		return f, err
	}
	tallies, err := p.Callbacks.Dispositions(c.Context(), f.programme.ID)
	if err != nil {
		return f, err
	}
	for _, t := range tallies {
		if err := f.all.Add(t.Class, int64(t.N)); err != nil {
			return f, err
		}
		if t.Open {
			f.open += t.N
		}
	}
	f.e, f.estimated = f.all.Share()
	f.groups, err = p.groups(c, f.programme, tallies)
	return f, err
}

// groups adds the tallies up by row of the plan, body, channel and caller, in this order.
func (p pages) groups(c *kit.Ctx, x callback.Programme, tallies []callback.Tally) ([]group, error) {
	callers := map[string]string{}
	for _, t := range tallies {
		if _, known := callers[t.CallerID]; !known && t.CallerID != "" {
			name, err := p.Accounts.NameOf(c.Context(), t.CallerID)
			if err != nil {
				return nil, err
			}
			callers[t.CallerID] = name
		}
	}
	var out []group
	for _, by := range []struct {
		key  string
		name func(callback.Tally) string
	}{
		{"figures.by_stratum", func(t callback.Tally) string { return stratumName(c, x, t.Stratum) }},
		{"figures.by_body", func(t callback.Tally) string { return p.Bodies.BodyName(c.Context(), t.BodyID) }},
		{"figures.by_mode", func(t callback.Tally) string { return modeName(c, t.Mode) }},
		{"figures.by_caller", func(t callback.Tally) string { return callers[t.CallerID] }},
	} {
		grown, err := grouped(by.key, tallies, by.name)
		if err != nil {
			return nil, err
		}
		out = append(out, grown...)
	}
	return out, nil
}

// grouped adds tallies up by a name, in the order in which names appear. A tally without a name, as one without a caller, is in no group.
func grouped(by string, tallies []callback.Tally, name func(callback.Tally) string) ([]group, error) {
	var out []group
	at := map[string]int{}
	for _, t := range tallies {
		n := name(t)
		if n == "" {
			continue
		}
		if _, ok := at[n]; !ok {
			at[n] = len(out)
			out = append(out, group{by: by, name: n})
		}
		if err := out[at[n]].counts.Add(t.Class, int64(t.N)); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func stratumName(c *kit.Ctx, x callback.Programme, id string) string {
	for _, s := range x.Strata {
		if s.ID == id {
			return eventName(c, s.Event) + c.T("figures.comma") + partyName(c, s.Party)
		}
	}
	return id
}

func modeName(c *kit.Ctx, m callback.Mode) string {
	switch m {
	case callback.ByPhone:
		return c.T("figures.mode_phone")
	case callback.ByWeb:
		return c.T("figures.mode_web")
	case callback.BySMS:
		return c.T("figures.mode_sms")
	case callback.ByMail:
		return c.T("figures.mode_mail")
	}
	return c.T("figures.mode_office")
}

// figuresPage shows the rates of a programme.
func (p pages) figuresPage(c *kit.Ctx) error {
	f, err := p.readFigures(c)
	if err != nil {
		return err
	}
	all, err := rates.Of(f.all, f.e)
	if err != nil {
		return err
	}
	view := views.FiguresView{Name: f.programme.Name().In(c.Lang), BackHref: c.Path("supervisor.programme", f.programme.ID),
		CSVHref: c.Path("supervisor.figurescsv", f.programme.ID), XLSXHref: c.Path("supervisor.figuresxlsx", f.programme.ID), Sample: f.all.Sample(), Open: f.open, Basis: basis(c, f), Columns: inTable}
	for _, r := range all {
		view.Rates = append(view.Rates, tkit.SummaryRow{Key: r.ID + c.T("figures.colon") + c.T(rateKeys[r.ID]), Value: shown(c, r), Note: caution(c, r, f.all)})
	}
	for _, g := range f.groups {
		if err := addGroup(c, &view, g, f.e); err != nil {
			return err
		}
	}
	return c.OK(views.Figures(c.Page(), view))
}

func addGroup(c *kit.Ctx, view *views.FiguresView, g group, e rates.Share) error {
	all, err := rates.Of(g.counts, e)
	if err != nil {
		return err
	}
	if n := len(view.Tables); n == 0 || view.Tables[n-1].Title != c.T(g.by) {
		view.Tables = append(view.Tables, views.FigureTable{Title: c.T(g.by)})
	}
	row := views.FigureRow{Name: g.name, N: g.counts.Sample(), Classes: classCounts(g.counts)}
	for _, id := range inTable {
		for _, r := range all {
			if r.ID == id {
				row.Rates = append(row.Rates, shown(c, r))
			}
		}
	}
	table := &view.Tables[len(view.Tables)-1]
	table.Rows = append(table.Rows, row)
	table.Bars = append(table.Bars, tkit.SumBar{Label: g.name, Value: shown(c, all[0]), Width: thousandths(all[0]), Tone: "pine"})
	return nil
}

// classCounts are the counts in the order of the table's columns: I, P, R, NC, O, unknown, not eligible.
func classCounts(n rates.Counts) []int64 { return []int64{n.I, n.P, n.R, n.NC, n.O, n.Unknown(), n.NE} }

// shown writes a rate in percent with one decimal.
func shown(c *kit.Ctx, r rates.Rate) string {
	if !r.Defined() {
		return c.T("figures.undefined")
	}
	return law.PercentText(r.Rat())
}

// thousandths is the length of a bar.
func thousandths(r rates.Rate) int {
	if !r.Defined() {
		return 0
	}
	return law.Thousandths(r.Rat())
}

func caution(c *kit.Ctx, r rates.Rate, n rates.Counts) string {
	if r.Needs && n.Unknown() > 0 {
		return c.T("figures.only_known", "N", n.Unknown())
	}
	return ""
}

// basis says what e is and where it comes from, as the Standard Definitions ask.
func basis(c *kit.Ctx, f figures) string {
	if !f.estimated {
		return c.T("figures.e_all")
	}
	return c.T("figures.e_estimated", "E", big.NewRat(f.e.Num, f.e.Den).FloatString(4), "Known", f.e.Num, "All", f.e.Den)
}

// rateKeys are the words of each rate.
var rateKeys = map[string]string{
	"RR1": "figures.rr1", "RR2": "figures.rr2", "RR3": "figures.rr3", "RR4": "figures.rr4", "RR5": "figures.rr5", "RR6": "figures.rr6",
	"COOP1": "figures.coop1", "COOP2": "figures.coop2", "COOP3": "figures.coop3", "COOP4": "figures.coop4",
	"REF1": "figures.ref1", "REF2": "figures.ref2", "REF3": "figures.ref3", "CON1": "figures.con1", "CON2": "figures.con2", "CON3": "figures.con3",
}

// figuresCSV is the same as a table for a spreadsheet. It holds counts, never an answer.
func (p pages) figuresCSV(c *kit.Ctx) error {
	f, err := p.readFigures(c)
	if err != nil {
		return err
	}
	sheet, err := figuresSheet(c, f)
	if err != nil {
		return err
	}
	return law.SendCSV(c, "figures", sheet)
}

// figuresXLSX is the same as a workbook.
func (p pages) figuresXLSX(c *kit.Ctx) error {
	f, err := p.readFigures(c)
	if err != nil {
		return err
	}
	sheet, err := figuresSheet(c, f)
	if err != nil {
		return err
	}
	return law.SendXLSX(c, "figures", sheet)
}

func figuresSheet(c *kit.Ctx, f figures) (insight.Sheet, error) {
	s := insight.Sheet{Name: c.T("figures.title"), Head: []string{"group", "name", "n", "I", "P", "R", "NC", "O", "UH", "UO", "NE", "e"}}
	for i, g := range append([]group{{by: "figures.by_all", counts: f.all}}, f.groups...) {
		all, err := rates.Of(g.counts, f.e)
		if err != nil {
			return s, err
		}
		n := g.counts
		line := []any{c.T(g.by), g.name, n.Sample(), n.I, n.P, n.R, n.NC, n.O, n.UH, n.UO, n.NE, big.NewRat(f.e.Num, f.e.Den)}
		for _, r := range all {
			if i == 0 {
				s.Head = append(s.Head, r.ID)
			}
			if r.Defined() {
				line = append(line, r.Rat())
			} else {
				line = append(line, nil)
			}
		}
		s.Rows = append(s.Rows, line)
	}
	return s, nil
}
