// Package helper holds the pages of staff who type for people on the telephone or at a counter.
package helper

import (
	"time"

	"reliefportal/templates/kit"
)

// StartView is the page on which a session of help begins, in one of three ways.
type StartView struct {
	Contact, How, Code, Name string
	// Lang is the language of a person without e-mail and telephone.
	Lang string
	// CodeAction, BookletAction and PaperAction are where the three forms are sent.
	CodeAction, BookletAction, PaperAction string
}

// SpokenView asks for the code that the person reads out.
type SpokenView struct {
	// Contact is kept for the form, Masked is shown.
	Contact, Masked, How, Code string
	Action, AgainAction        string
	BackHref                   string
	// OutboxHref leads to the messages of a development portal; empty in production.
	OutboxHref string
}

// Draft is a draft the person had begun.
type Draft struct {
	ID, Title string
	Saved     time.Time
}

// SessionView is the overview of a session of help.
type SessionView struct {
	// For is the name of the person, empty while it is not known.
	For, How string
	Since    time.Time
	// Drafts and Remedies are offered while no request is chosen; Token makes two clicks begin one draft.
	Drafts   []kit.Option
	Remedies []kit.Option
	Token    string
	FindHref string
	// Title and GoHref are the request of the session. ReceiptHref and PDFHref are set once it is handed in, with its Code.
	Title, GoHref, ReceiptHref, PDFHref, Code string
	// OnPaper says that the person can only be told on paper.
	OnPaper   bool
	EndAction string
}
