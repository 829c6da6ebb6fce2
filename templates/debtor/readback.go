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

// hidden is what the form of the check page carries: the token, and what was seen.
func (v CheckView) hidden() []kit.Hidden {
	return []kit.Hidden{{Name: "_submit", Value: v.Submit}, {Name: "_checked", Value: v.Checked}, {Name: "_seen", Value: v.Seen}, {Name: "_lang", Value: v.StatementLang}}
}
