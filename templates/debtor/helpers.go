package debtor

import (
	"time"

	"reliefportal/app/calendar"
	"reliefportal/templates/kit"
)

// HelperRow is somebody who acts, or is asked to act, for the person.
type HelperRow struct {
	ID, Name, Label, Capacity, Code string
	Powers                          []string
	// Papers are what the court asks of him beside the power of attorney, with the Cite.
	Papers          string
	Cite            kit.Cite
	Until           calendar.Date // last day of an invitation
	Active, Waiting bool
	Ended           time.Time
}

// HelpersView is who helps with one filing.
type HelpersView struct {
	Remedy string
	// Owner says that the person himself looks, and not one who acts for him.
	Owner        bool
	Acting, Past []HelperRow
	// Papers are the powers of attorney handed in; MayUpload says that one can be added now.
	Papers                 []kit.File
	MayUpload              bool
	PaperCite, TwoCite     kit.Cite
	Most                   int
	Label                  string
	Capacities, Powers     []kit.Option
	EndAction, PaperAction string
	// Typed are the answers that somebody else typed.
	Typed []kit.SummaryRow
}

// InvitationView asks for the code of an invitation.
type InvitationView struct{ Code string }

// InvitedView shows an invitation before it is taken up.
type InvitedView struct {
	Applicant, Remedy, Capacity, Papers string
	Cite                                kit.Cite
	Powers                              []string
	Code, Name, Action, CancelHref      string
}
