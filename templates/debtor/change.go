package debtor

import "reliefportal/app/calendar"

// NewContactView asks for a new e-mail address or mobile number.
type NewContactView struct{ Contact string }

// ConfirmContactView asks for the codes that went to the new contact and to the old one.
type ConfirmContactView struct {
	New, Old         string // masked; Old is empty when there is none
	NewOK, OldOK     bool
	Waiting          bool
	On               calendar.Date // day from which the new contact counts, when Waiting
	Days             int
	NewCode, OldCode string
	StopAction       string
}
