package reviewer

import "reliefportal/templates/kit"

// SignView shows a ruling that waits for signatures. Form: vote, text, proposal. A POST to TakeBack with proposal takes it back; empty shows no button.
type SignView struct {
	Head     Head
	Lead     string
	Now      ProposalView // the zero value when none waits
	Votes    []kit.Option // empty when it does not wait for the reader
	Text     string
	TakeBack string
	Past     []ProposalView
}

// ProposalView is a proposed ruling with its signatures.
type ProposalView struct {
	Proposal, Title, Disposition, Text, Why string
	Ground, Numbers                         []string
	Letter                                  []PaperLine
	Seats                                   []SeatView
}

// SeatView is one signature: the seat, who sits there, what he said.
type SeatView struct{ Seat, Name, Said, Words string }

// SignListView is what waits for a signature.
type SignListView struct {
	Rows      []kit.Link
	QueueHref string
}

// CorrectionView corrects a decision. Form: why, text, reserve, instalment, times, first, lifted, _version.
type CorrectionView struct {
	Head      Head
	Why, Text string
	Max       int
	Numbers   NumberFields
	Mode      Mode
}

// ServeCorrectionView records the service of a correction. Form: kind, year, month, day, _version.
type ServeCorrectionView struct {
	Head             Head
	Number           string
	Kinds            []kit.Option
	Kind             string
	Year, Month, Day string
}

// PracticeView sets how a body decides. Form: second, _version.
type PracticeView struct {
	Body, BackHref string
	Second         bool
	Version        int64
}
