package supervisor

import (
	"strconv"

	"reliefportal/app/appraisal"
	"reliefportal/app/web/kit"
	views "reliefportal/templates/supervisor"
)

// appraisals shows which institutions people name, and how many of the fees are above the price list. Small figures are not shown.
func (p pages) appraisals(c *kit.Ctx) error {
	counts, hidden, err := p.Appraisals.Counts(c.Context(), c.Actor)
	if err != nil {
		return err
	}
	view := views.AppraisalsView{Tabs: tabs(c, "supervisor.appraisals")}
	for _, n := range counts {
		row := views.AppraisalRow{Name: n.Institution, People: strconv.Itoa(n.People), Above: c.T("appraisal.few", "N", appraisal.Few)}
		if n.AboveShown {
			row.Above = strconv.Itoa(n.Above)
		}
		view.Rows = append(view.Rows, row)
	}
	if hidden > 0 {
		view.Hidden = c.T("appraisal.hidden", "N", hidden, "Few", appraisal.Few)
	}
	return c.OK(views.Appraisals(c.Page(), view))
}
