package reviewer

import (
	"reliefportal/app/i18n"
	"reliefportal/app/review"
	"reliefportal/app/web/kit"
	views "reliefportal/templates/reviewer"
)

// hints are other filings that may be about the same matter, each with why.
func (p pages) hints(c *kit.Ctx, d desk) ([]views.HintRow, error) {
	found, err := p.Reviews.Hints(c.Context(), c.Actor, d.Filing)
	if err != nil {
		return nil, err
	}
	var out []views.HintRow
	for _, h := range found {
		row := views.HintRow{Number: number(h.Filing), Href: c.Path("reviewer.filing", h.ID), Status: status(c, h.Filing), Person: i18n.Name(p.Filings.Applicant(h.Filing)),
			Received: h.ReceivedOn()}
		if pack, err := p.Filings.Pack(h.Filing); err == nil {
			if r, ok := pack.Remedy(h.Remedy); ok {
				row.Subject = r.Name.In(c.Lang)
			}
		}
		for _, why := range h.Why {
			row.Why = append(row.Why, hintWhy(c, why))
		}
		out = append(out, row)
	}
	return out, nil
}

func hintWhy(c *kit.Ctx, why string) string {
	switch why {
	case review.SameRequest:
		return c.T("hint.same_request")
	case review.SamePaper:
		return c.T("hint.same_paper")
	}
	return c.T("hint.same_case")
}
