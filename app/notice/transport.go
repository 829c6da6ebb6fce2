package notice

import (
	"context"
	"errors"
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
	From    string    // name of the sender as people see it; empty takes the one configured
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

// Carriers gives the transports for the addresses configured: smtpURL with the sender shown to people, smsURL of the gateway. A
// channel without an address is nil, so that its messages fail visibly, or with keep stays in the outbox.
func Carriers(smtpURL, sender, smsURL string, keep bool) (mail, sms Transport, err error) {
	if keep {
		mail, sms = Keep{}, Keep{}
	}
	var problems []error
	if smtpURL != "" {
		m, err := NewSMTP(smtpURL, sender)
		mail, problems = m, append(problems, err)
	}
	if smsURL != "" {
		g, err := NewGateway(smsURL)
		sms, problems = g, append(problems, err)
	}
	if err := errors.Join(problems...); err != nil {
		return nil, nil, err
	}
	return mail, sms, nil
}
