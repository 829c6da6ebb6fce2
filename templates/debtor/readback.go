package debtor

import "reliefportal/templates/kit"

// ReadBackView is the check page for a member of staff who types for somebody.
type ReadBackView struct {
	CheckView
	// Action is where the form is sent.
	Action string
	// Made are the ways in which the statement of truth can be made.
	Made []kit.Option
}
