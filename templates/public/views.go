// Package public holds the pages anyone may open without signing in.
package public

import (
	"time"

	"reliefportal/app/calendar"
	"reliefportal/templates/kit"
)

// StartView is the first page. Form at LookupAction: code.
type StartView struct {
	// FindHref is the first question of the finder. ResumeHref continues kept answers; empty shows no link.
	FindHref, ResumeHref string
	LookupAction         string
	// SignInHref leads a person who has filed before to the sign-in page.
	SignInHref string
	// Limits are the very short periods, shortest first.
	Limits []Limit
}

// Limit is one short period: Days is ready text ("3 天").
type Limit struct{ Days, Text, Href string }

// FinderQuestionView is one question of the finder.
// Form: value (one for choices, several for kind choices), year, month, day, unsure=1.
type FinderQuestionView struct {
	Question kit.Question
	// Number is the number of this question; AtMost the greatest number there can be.
	Number, AtMost int
	// DoorsHref leads to the doors known so far; empty shows no link.
	DoorsHref string
}

// DoorsView is the result of the finder.
type DoorsView struct {
	// Open are the doors until, open, maybe and late, ranked; Shut those that are not open.
	Open, Shut []kit.Door
	// Answers are the answers given, each with a link to change it.
	Answers []kit.SummaryRow
	// More are rows that are no answers: what can be added, and the number the answers are found by.
	More       []kit.SummaryRow
	ChangeHref string
	On         calendar.Date
	// PackName is the name of the rules in words.
	PackName string
	// Safety are sentences that come before everything else (threats, an auction tomorrow).
	Safety []string
	// ClearAction is a POST that forgets the answers; empty shows no button.
	ClearAction string
}

// SignInView asks for an e-mail address or a mobile number. Form: contact, next (hidden).
type SignInView struct {
	Contact, Next string
	// Reason says why signing in is needed now; empty shows a general line.
	Reason string
	// StaffHref leads staff to their own page.
	StaffHref string
	// PasskeyBegin gives a challenge, PasskeyAction takes the answer; empty where there are no passkeys.
	PasskeyBegin, PasskeyAction string
}

// SignInCodeView asks for the code. Form: code, next (hidden). A POST to AgainAction (contact, next) sends a new one.
type SignInCodeView struct {
	// Contact is masked, SentTo is what the hidden field of the second form carries.
	Contact, SentTo, Next string
	Code                  string
	Minutes               int
	AgainAction           string
	// ChangeHref leads back to another address or number.
	ChangeHref string
	// OutboxHref leads to the messages in development; empty in production.
	OutboxHref string
	// Spent says that the code cannot be used any more: the page offers a new one and nothing else.
	Spent bool
}

// LookupView looks a receipt code up. Form: code.
type LookupView struct {
	Code   string
	Result *LookupResult
}

// LookupResult says only who has the filing and until when.
type LookupResult struct {
	Code, Body, Duty string
	Until            calendar.Date
	Left             int
	// State is running, missed, waiting (for the person) or done.
	State string
	// ThenBody has it next if nothing happens.
	ThenBody   string
	SignInHref string
	// Next is the next way in general words, open until Until (State done only).
	Next string
}

// RulesView is the page of sources and versions.
type RulesView struct {
	PackName, PackHash string
	From               calendar.Date
	Remedies           []RuleRemedy
	Sources            []RuleSource
	Clocks             []RuleClock
	// Older are the packs in force before.
	Older []RuleVersion
}

// RuleRemedy is one remedy with its sources.
type RuleRemedy struct {
	Name, Plain string
	Cites       []kit.Cite
}

// RuleSource is one instrument. Standing says how the project knows it.
type RuleSource struct{ Title, Issuer, InForce, Standing, Href string }

// RuleClock is one period with its source.
type RuleClock struct {
	Title, Length, Who string
	Cite               kit.Cite
}

// RuleVersion is one published pack.
type RuleVersion struct {
	Name, Hash string
	From       calendar.Date
}

// MessageView is a page that says what happened and what to do.
type MessageView struct {
	// Kind is notfound, method, invalid, expired, conflict, toomany, unavailable, error, csrf or toolarge.
	Kind string
	// Text is a more exact sentence; empty uses the general one of the kind.
	Text string
	// ErrorID is the number to quote, for example E-7F3K.
	ErrorID string
	// Action leads on; empty leads to the start page.
	Action kit.Link
	// Until is when to try again (kind toomany); zero shows nothing.
	Until time.Time
}
