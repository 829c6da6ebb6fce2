package supervisor

import (
	"net/url"
	"slices"

	"reliefportal/app/account"
	"reliefportal/app/callback"
	"reliefportal/app/insight"
	"reliefportal/app/rules"
	"reliefportal/app/web/kit"
	"reliefportal/app/web/law"
	tkit "reliefportal/templates/kit"
	views "reliefportal/templates/supervisor"
)

// asked is what a page on the answers was asked for, and what it can be asked for.
type asked struct {
	insight.Wanted
	programmes []callback.Programme
	programme  callback.Programme
	quarters   []insight.Quarter
	parties    []rules.Party
}

// readAsked reads the choice from the address: programme, quarter, party, body, item. Whatever is missing is the newest, or the first.
// ok is false when there is no programme at all.
func (p pages) readAsked(c *kit.Ctx) (a asked, ok bool, err error) {
	if a.programmes, err = p.Calls.Surveys(c.Context(), c.Actor); err != nil || len(a.programmes) == 0 {
		return a, false, err
	}
	a.programme = a.programmes[0]
	if id := c.Query("programme"); id != "" {
		if a.programme, err = p.Callbacks.Survey(c.Context(), c.Actor, id); err != nil {
			return a, false, err
		}
	}
	a.Programme, a.Body, a.Item = a.programme.ID, c.Query("body"), c.Query("item")
	a.quarters, a.parties = insight.Quarters(a.programme, c.Today()), partiesOf(a.programme)
	a.Quarter, a.Party = a.quarters[0], a.parties[0]
	if q := c.Query("quarter"); q != "" {
		if a.Quarter, err = insight.ParseQuarter(q); err != nil {
			return a, false, err
		}
	}
	if party := rules.Party(c.Query("party")); slices.Contains(a.parties, party) {
		a.Party = party
	}
	return a, true, nil
}

func partiesOf(x callback.Programme) (out []rules.Party) {
	for _, s := range x.Strata {
		if !slices.Contains(out, s.Party) {
			out = append(out, s.Party)
		}
	}
	return out
}

// address is that of a page with the same choice.
func (a asked) address(c *kit.Ctx, route string) string {
	query := url.Values{}
	for _, kv := range [][2]string{{"programme", a.Programme}, {"quarter", a.Quarter.String()}, {"party", string(a.Party)}, {"body", a.Body}, {"item", a.Item}} {
		if kv[1] != "" {
			query.Set(kv[0], kv[1])
		}
	}
	return c.Path(route) + "?" + query.Encode()
}

// said shows what people answered.
func (p pages) said(c *kit.Ctx) error {
	a, ok, err := p.readAsked(c)
	if err != nil {
		return err
	}
	view := views.SaidView{Tabs: figureTabs(c), Action: c.Path("supervisor.said")}
	if !ok {
		return c.OK(views.Said(c.Page(), view))
	}
	report, err := p.Calls.Report(c.Context(), c.Actor, a.Wanted)
	if err != nil {
		return err
	}
	p.choices(c, &view, a, report)
	for i, f := range p.saidFigures(c, a, report) {
		v := f.View()
		v.ID = "figure-" + string(rune('a'+i))
		view.Figures = append(view.Figures, v)
	}
	view.CSVHref, view.XLSXHref = a.address(c, "supervisor.saidcsv"), a.address(c, "supervisor.saidxlsx")
	view.BookHref, view.OrderAction = kit.WithQuery(c.Path("supervisor.codebook"), "programme", a.Programme), c.Path("supervisor.exports")
	return c.OK(views.Said(c.Page(), view))
}

// figureTabs leads back to the other pages of a supervisor; an auditor has none of them.
func figureTabs(c *kit.Ctx) []tkit.Tab {
	if !c.Actor.Has(account.RoleSupervisor) {
		return nil
	}
	return tabs(c, "supervisor.said")
}

func (p pages) choices(c *kit.Ctx, view *views.SaidView, a asked, r insight.Report) {
	view.Programme, view.Quarter, view.Party, view.Body, view.Item = a.Programme, a.Quarter.String(), string(a.Party), a.Body, r.Compared.ID
	for _, x := range a.programmes {
		view.Programmes = append(view.Programmes, tkit.Option{Value: x.ID, Label: x.Name().In(c.Lang)})
	}
	for _, q := range a.quarters {
		view.Quarters = append(view.Quarters, tkit.Option{Value: q.String(), Label: law.Quarter(c, q)})
	}
	for _, party := range a.parties {
		view.Parties = append(view.Parties, tkit.Option{Value: string(party), Label: partyName(c, party)})
	}
	view.Bodies = []tkit.Option{{Value: "", Label: c.T("said.all_bodies")}}
	for _, id := range r.Bodies {
		view.Bodies = append(view.Bodies, tkit.Option{Value: id, Label: p.Bodies.BodyName(c.Context(), id)})
	}
	for _, it := range insight.Likert(r.Instrument) {
		view.Items = append(view.Items, tkit.Option{Value: it.ID, Label: it.ID + " " + it.Text.In(c.Lang)})
	}
}

// sheets are the figures as a spreadsheet holds them.
func (p pages) saidSheets(c *kit.Ctx) ([]insight.Sheet, error) {
	a, ok, err := p.readAsked(c)
	if err != nil || !ok {
		return nil, err
	}
	report, err := p.Calls.Report(c.Context(), c.Actor, a.Wanted)
	if err != nil {
		return nil, err
	}
	var out []insight.Sheet
	for _, f := range p.saidFigures(c, a, report) {
		if len(f.Cells) > 0 {
			out = append(out, f.Sheet())
		}
	}
	return out, nil
}

func (p pages) saidCSV(c *kit.Ctx) error {
	sheets, err := p.saidSheets(c)
	if err != nil {
		return err
	}
	return law.SendCSV(c, "callbacks", sheets...)
}

func (p pages) saidXLSX(c *kit.Ctx) error {
	sheets, err := p.saidSheets(c)
	if err != nil {
		return err
	}
	return law.SendXLSX(c, "callbacks", sheets...)
}
