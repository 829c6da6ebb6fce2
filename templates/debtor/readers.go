package debtor

import "time"

// Device is one browser in which the person is signed in.
type Device struct {
	Name, Text string
	Current    bool
}

// Reader is one time somebody of staff opened a request.
type Reader struct {
	Title, Href, Who string
	At               time.Time
}

// ReadersView lists who opened the person's requests.
type ReadersView struct{ Rows []Reader }
