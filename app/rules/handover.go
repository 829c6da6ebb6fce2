package rules

import "slices"

// Handover is what the pack says of a body that thinks another is responsible, and of bodies that come too late.
type Handover struct {
	Clock    string   // id of the clock rule within which the body that is asked answers
	Above    string   // id of the clock rule within which the court above names who has it
	Cites    []Cite   // why the court above names
	Reasons  []Ground // why a body thinks that another is responsible
	Declines []Ground // why the body that is asked says no
	// Before is how many working days before its last day a clock of a body is said to approach, After how many working days past it the body
	// above is told. EscalationCites say why.
	Before, After   int
	EscalationCites []Cite
}

// Reason finds a coded reason for offering a filing.
func (h Handover) Reason(code string) (Ground, bool) { return groundIn(h.Reasons, code) }

// Decline finds a coded reason for declining an offer.
func (h Handover) Decline(code string) (Ground, bool) { return groundIn(h.Declines, code) }

func groundIn(all []Ground, code string) (Ground, bool) {
	i := slices.IndexFunc(all, func(g Ground) bool { return g.Code == code })
	if i < 0 {
		return Ground{}, false
	}
	return all[i], true
}
