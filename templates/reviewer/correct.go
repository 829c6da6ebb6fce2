package reviewer

import (
	"reliefportal/app/calendar"
	"reliefportal/templates/kit"
)

// CorrectView corrects the day or the way of service. Form: kind, year, month, day, _version.
type CorrectView struct {
	Head             Head
	Was              calendar.Date // the day recorded so far
	Kinds            []kit.Option
	Kind             string
	Year, Month, Day string
}
