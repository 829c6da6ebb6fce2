package debtor

import (
	"reliefportal/app/calendar"
	"reliefportal/templates/kit"
)

// RecusalView asks that whoever has the filing steps aside. Form: reason, text; to ask again: request, text, _version.
type RecusalView struct {
	Remedy, Body string
	// Name is who has the filing; Reasons is empty when nothing can be asked now.
	Name    string
	Reasons []kit.Option
	Text    string
	Max     int
	// Length is how long the body has to decide, by Cite.
	Length string
	Cite   kit.Cite
	Asked  []AskedRecusal
	// AgainAction is where to ask once more, about AgainID; empty when that cannot be done.
	AgainAction, AgainID string
	Version              int64
	CancelHref           string
}

// AskedRecusal is one request made before.
type AskedRecusal struct {
	Reason, Said, Again, Answer string
	Status                      kit.Tag
	Due                         calendar.Date
	Left                        int
}
