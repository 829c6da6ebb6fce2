package notice

import (
	"context"
	"time"
)

// Transport hands messages of one channel over to whoever carries them. Deliver returns only once they were taken over.
type Transport interface {
	Deliver(ctx context.Context, l Letter) error
}

// Letter is a message ready to go.
type Letter struct {
	ID      string // the same on every try
	To      string // e-mail address, or mobile number as +86 and eleven digits
	Subject string // empty for a text message
	Text    string
	Lang    string
	At      time.Time // instant it was written
}

// failure is a try that did not succeed. Its text holds no address and no words.
type failure struct {
	problem Problem
	cause   error
	final   bool // another try is of no use
}

// Error names the problem only: what a server answers may quote the address.
func (f *failure) Error() string { return "notice not delivered: " + string(f.problem) }

// Unwrap gives what lies beneath.
func (f *failure) Unwrap() error { return f.cause }

// Keep is the transport of a development program: it sends nothing, and the outbox page shows what was kept.
type Keep struct{}

// Deliver does nothing.
func (Keep) Deliver(context.Context, Letter) error { return nil }
