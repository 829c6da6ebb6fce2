package supervisor

import (
	"bytes"

	"reliefportal/app/insight"
	"reliefportal/app/web/kit"
	"reliefportal/app/web/law"
	tkit "reliefportal/templates/kit"
	views "reliefportal/templates/supervisor"
)

// order has a file of answers made, for the programme, quarter and side of the page.
func (p pages) order(c *kit.Ctx) error {
	at := insight.Slice{Programme: c.Form().Value("programme")}
	x, err := p.Callbacks.Survey(c.Context(), c.Actor, at.Programme)
	if err != nil {
		return err
	}
	if at.Quarter, err = insight.ParseQuarter(c.Form().Value("quarter")); err != nil {
		return err
	}
	at.Party = partiesOf(x)[0]
	for _, party := range partiesOf(x) {
		if string(party) == c.Form().Value("party") {
			at.Party = party
		}
	}
	id, err := p.Calls.Order(c.Context(), c.Actor, at)
	if err != nil {
		return err
	}
	return c.To("supervisor.export", id)
}

// export shows how far a file is, and what had to be taken out of it.
func (p pages) export(c *kit.Ctx) error {
	e, x, err := p.Calls.Export(c.Context(), c.Actor, c.Param("id"))
	if err != nil {
		return err
	}
	q, err := insight.ParseQuarter(e.Quarter)
	if err != nil {
		return err
	}
	left, _ := insight.Line([]int64{int64(e.LeftOut)})
	view := views.ExportView{Status: string(e.Status), Days: insight.ExportDays, AgainHref: c.Path("supervisor.export", e.ID), BackHref: c.Path("supervisor.said"),
		BookHref: kit.WithQuery(c.Path("supervisor.codebook"), "programme", e.ProgrammeID),
		Rows: []tkit.SummaryRow{{Key: c.T("said.programme"), Value: x.Name().In(c.Lang)}, {Key: c.T("said.when"), Value: law.Quarter(c, q)}, {Key: c.T("said.party"), Value: partyName(c, e.Party)},
			{Key: c.T("export.progress"), Value: c.T("export.progress_of", "Done", e.Done, "All", e.Whole)}}}
	if e.Status == insight.ExportDone {
		view.FileHref = c.Path("supervisor.exportfile", e.ID)
		view.Rows = append(view.Rows, tkit.SummaryRow{Key: c.T("export.kept"), Value: law.Number(int64(e.Kept)).Text}, tkit.SummaryRow{Key: c.T("export.coarser"), Value: law.Number(int64(e.Coarser)).Text},
			tkit.SummaryRow{Key: c.T("export.left_out"), Value: law.Count(c, left[0]).Text})
	}
	return c.OK(views.Export(c.Page(), view))
}

func (p pages) exportFile(c *kit.Ctx) error {
	file, err := p.Calls.File(c.Context(), c.Actor, c.Param("id"))
	if err != nil {
		return err
	}
	return c.Send(kit.Download{Name: "answers.csv", Type: insight.CSVType, Size: int64(len(file)), Body: bytes.NewReader(file)})
}

// codebook explains the columns of the answers, in both languages.
func (p pages) codebook(c *kit.Ctx) error {
	a, ok, err := p.readAsked(c)
	if err != nil {
		return err
	}
	if !ok {
		return law.SendXLSX(c, "codebook", insight.Sheet{Name: "codebook"})
	}
	sheet, err := p.Calls.Codebook(c.Context(), c.Actor, a.Programme)
	if err != nil {
		return err
	}
	return law.SendXLSX(c, "codebook", sheet)
}
