package law

import (
	"reliefportal/app/casenumber"
	"reliefportal/app/filing"
	"reliefportal/app/rules"
)

// CourtRemark says that the court given is not the one the case number names: cases move, and numbers are copied wrongly, so it stops nobody and
// is only told, to the person before he files and to the body afterwards. Empty when the two agree or one of them is not known.
func (v View) CourtRemark(facts rules.Facts) string {
	number, hasNumber := facts.Known(filing.FactCaseNumber)
	court, hasCourt := facts.Known(filing.FactExecCourt)
	if !hasNumber || !hasCourt || v.Courts == nil {
		return ""
	}
	n, err := casenumber.Parse(number.Text)
	if err != nil || n.Legacy {
		return ""
	}
	named, ok := v.Courts.Propose(n)
	switch {
	case !ok:
		return v.t("case.sign_unknown", "Sign", n.Court)
	case named.Name != court.Text:
		return v.t("case.court_differs", "Court", named.Name)
	}
	return ""
}
