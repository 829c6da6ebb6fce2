package debtor

import "reliefportal/templates/kit"

// ContactView lists how the person may be reached. Given says that the person has changed something; Silent that no message may go at all.
type ContactView struct {
	Rows          []kit.SummaryRow
	Given, Silent bool
}

// ContactPartView is one page of the contact profile. Form: the fields, _version.
type ContactPartView struct {
	Title, CancelHref string
	Fields            []ContactField
	Version           int64
}

// ContactField is one field of such a page; the first draws the heading.
type ContactField struct {
	Kind  ContactKind
	Field kit.Field
}

// ContactKind is how a field is drawn.
type ContactKind int

// The kinds of field.
const (
	ContactRadios ContactKind = iota
	ContactBoxes
	ContactLine
	ContactArea
	ContactSelect
	// ContactHead draws the heading and the lead of the page by themselves.
	ContactHead
)
