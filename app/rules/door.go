package rules

import "reliefportal/app/calendar"

// DoorState says how far a door stands open.
type DoorState string

// The five states, in the order they are shown.
const (
	DoorUntil DoorState = "until" // open, with a last day
	DoorOpen  DoorState = "open"  // open, no last day
	DoorMaybe DoorState = "maybe" // an answer is missing
	DoorLate  DoorState = "late"  // the last day has passed; Ways says how to come back
	DoorShut  DoorState = "shut"  // not open; Ways says what is
)

// Door is one remedy as it stands for one person on one day.
type Door struct {
	Remedy  *Remedy
	State   DoorState
	Why     Text
	Cites   []Cite
	Window  *WindowResult
	Missing []FactID // what the state still hangs on
	AskNext string   // question id that would settle it, "" when none is left to ask
	Routing *Routing
	Ways    []string // remedy ids
	Urgent  bool
	Trace   []TraceLine
}

// WindowResult is a window worked out for one person.
type WindowResult struct {
	Deadline calendar.Deadline
	From     FactID // the fact the count really started from
	Event    Text
	Left     int // calendar days from the asking day to LegalEnd; 0 = today, negative = past
	Cite     Cite
	SafeOnly bool // service date unknown: counted from the earliest plausible date, the true end may be later
	// Latest is the latest arguable end when the service date is unknown and a later date bounds it.
	Latest *calendar.Deadline
}
