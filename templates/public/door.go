package public

import "reliefportal/templates/kit"

// DoorView is one way in full. Form at StartAction: _start (hidden).
type DoorView struct {
	Door kit.Door
	// StartAction begins a filing and Start makes a second click find the first; empty shows no button.
	StartAction, Start string
	// SignInHref stands in for StartAction before signing in.
	SignInHref string
	// Name is the legal term; Who says who may use it, Against what it is against.
	Name, Who, Against string
	// Papers are those that belong to it.
	Papers []DoorPaper
	// Situations are people for whom this way is open, from the worked cases of the pack.
	Situations []string
	// Contact says where to go when the portal does not take it in itself.
	Contact string
}

// DoorPaper is one paper: what it is, why it helps and where to get it.
type DoorPaper struct {
	Label, Why, Where string
	Required          bool
}
