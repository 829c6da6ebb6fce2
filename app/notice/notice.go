// Package notice sends short messages to people by e-mail and text message: what happened, who has it, by which day, and what
// if not. A message is put into the transaction of the fact it tells of, sealed, and delivered by a job. Nothing in it opens
// by a link, and nobody but the person can tell from a text message which body or case it is about.
package notice

import (
	"maps"
	"slices"
	"time"

	"reliefportal/app/account"
)

// Message is something to tell a person. Args are the values its words need: "code" (receipt code), "body" (name of the body that has
// the filing), "due" and "until" (civil dates); see the table in words.go.
type Message struct {
	PersonID string
	FilingID string // empty when it is about none
	Kind     string // one of those in words.go
	Lang     string // language of the filing; empty takes the person's own
	Args     map[string]any
	SendKey  string // the event: filing, kind and occasion. Each recipient is told of one event once, however often Send is called
	Subject  string // what the message hangs on, such as a clock; asked again before it is sent (see Deps.Moot)
}

// State says how far a notice has come.
type State string

// The states of a notice.
const (
	Queued State = "queued"
	Sent   State = "sent"   // a mail server or gateway has taken it over
	Failed State = "failed" // given up; Problem says why

	// Stopped is a notice that was not sent because there was no reason any more, or because the person does not wish it. In the table it is
	// failed, with the problem Moot or NotWished.
	Stopped State = "stopped"
)

// Problem says in one word, without personal data, why a notice was not taken over.
type Problem string

// The problems of delivery.
const (
	NoTransport Problem = "no_transport" // nothing is configured for this channel
	Unreachable Problem = "unreachable"  // the server or gateway does not answer
	Later       Problem = "later"        // it answered: not now
	Rejected    Problem = "rejected"     // it answered: never
	BadAddress  Problem = "bad_address"  // the address cannot be written to
	TooOld      Problem = "too_old"      // a sign-in code whose time is over
	Sealed      Problem = "sealed"       // the text cannot be opened with the keys at hand
	Moot        Problem = "moot"         // by the time it could be sent, what it tells of was over
	NotWished   Problem = "not_wished"   // the person has closed this channel meanwhile
)

// Problems lists every problem, for the pages that word them.
func Problems() []Problem {
	return []Problem{NoTransport, Unreachable, Later, Rejected, BadAddress, TooOld, Sealed, Moot, NotWished}
}

// stopped says that not sending was right.
func (p Problem) stopped() bool { return p == Moot || p == NotWished }

// Notice is a message to one address, as the outbox of the development program shows it.
type Notice struct {
	ID       string
	Kind     string
	Channel  account.ContactKind
	To       string
	Subject  string // empty for a text message
	Text     string
	Lang     string
	State    State
	Problem  Problem
	Tries    int64
	At       time.Time // instant it was queued
	SentAt   time.Time // zero until it was taken over
	FilingID string
	Neutral  bool   // worded without saying what it is about
	SecondOf string // the notice that did not arrive and for which this one goes another way
}

// Kinds lists every kind of message, in order.
func Kinds() []string { return slices.Sorted(maps.Keys(kinds)) }
