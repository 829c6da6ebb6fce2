package rules

import "slices"

// Letter is the build of the paper in which a body tells its decision. Papers of a court are in Chinese.
type Letter struct {
	ID      string
	Version string // of its wording; kept with every decision
	// Remedies and Outcomes say which decisions it is for; "*" names all.
	Remedies, Outcomes []string
	Name               Text   // what a reviewer picks it by
	Title              string // at the head of the paper
	Lines              []LetterLine
	Cites              []Cite
}

// LetterLine is one part of a letter, with fields in braces. A line is left out while one of its fields has nothing to say.
type LetterLine struct {
	Kind LineKind
	Text string
}

// LineKind says how a line stands on the paper.
type LineKind string

// The kinds of line.
const (
	LinePara    LineKind = "para"
	LineHeading LineKind = "heading"
	LineRight   LineKind = "right"
	LineSmall   LineKind = "small"
)

// LetterFields are the fields a letter may name.
var LetterFields = []FactID{"body", "number", "case_number", "applicant", "remedy", "received_on", "request", "outcome", "findings", "reasons", "numbers",
	"next", "signers", "decided_on"}

// LettersFor are the letters for an outcome of a remedy, those written for it before those written for all.
func (p *Pack) LettersFor(remedy, outcome string) []Letter {
	var own, general []Letter
	for _, l := range p.Letters {
		if !names(l.Remedies, remedy) || !names(l.Outcomes, outcome) {
			continue
		}
		if slices.Contains(l.Remedies, remedy) {
			own = append(own, l)
		} else {
			general = append(general, l)
		}
	}
	return slices.Concat(own, general)
}

func names(list []string, id string) bool {
	return slices.Contains(list, id) || slices.Contains(list, anyRemedy)
}
