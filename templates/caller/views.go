// Package caller holds the pages of the callback centre.
package caller

import (
	"time"

	"reliefportal/app/calendar"
	"reliefportal/templates/kit"
)

// ListView is who can be called now.
type ListView struct {
	Now time.Time
	// Within says that calling is allowed now. Hours is the window in words; Opens is when it opens next.
	Within bool
	Hours  string
	Opens  time.Time
	Rows   []Row
	// PromisedHref leads to the calls promised to people.
	PromisedHref string
	// NextHref is the following page; FirstHref leads back to the first.
	NextHref, FirstHref string
	// NextAction takes the next person; LangsAction keeps the languages of this caller (field langs); ChecksHref leads to the checks.
	NextAction, LangsAction, ChecksHref string
	Langs                               []kit.Option
	LangsChosen                         []string
}

// Row is one person to call; the name is masked.
type Row struct {
	Href, Number, Person, Matter string
	Due                          calendar.Date
	Left                         int
	// Tries is the number of attempts so far; Last says what came of the last one.
	Tries int
	Last  string
	Flag  kit.Tag
}

// CaseView is one call. Forms:
// answer (AnswerAction): value (option, or text of an open item), text (exact words), item (hidden), _version;
// outcome (OutcomeAction): outcome (code), note, rang, year, month, day, slot (for an appointment), _version, _rang.
// Errors are reported under the ids value, text, outcome, note, rang and when (the appointment).
type CaseView struct {
	Number, Person string
	// Try is the number of this attempt; Last says what came of the one before.
	Try  int
	Last string
	Now  time.Time
	// Within says that calling is allowed now.
	Within bool
	Hours  string
	Safe   []SafeLine
	// Phone is masked; Tel is the full number for the link, empty when it must not be shown yet.
	Phone, Tel string
	// Sections are the parts of the call; Item is the item to read now, nil when the script is over.
	Sections []Section
	Item     *Item
	PrevHref string
	Outcomes []Outcome
	// Numbers are all numbers known, NumberID the one that was rung; Another is a further one being typed (NumberAction, field another).
	Numbers           []Number
	NumberID, Another string
	NumberAction      string
	// DialAction has the telephone system ring; empty without one.
	DialAction string
	// Langs are the languages to go on in, Lang the present one; WithMe promises the appointment for this caller himself.
	Langs  []kit.Option
	Lang   string
	WithMe bool
	// Outcome, Note, Year, Month, Day and Slot are what was typed.
	Outcome, Note, Year, Month, Day, Slot string
	Slots                                 []kit.Option
	// Rang is the time of day at which it rang, as it stands in the field; RangBefore as the portal filled it in.
	Rang, RangBefore            string
	AnswerAction, OutcomeAction string
	// ReleaseAction is a POST that gives the case back uncalled.
	ReleaseAction string
	Version       int64
	ListHref      string
	// Duty is the extension of the person on duty.
	Duty string
	// Offer asks what is to be done about something he said; OfferHref leads there before the questions are over. Form of the offer (Offer.Action):
	// choice, reply, finding, errors under those ids.
	Offer     *Offer
	OfferHref string
	// Care is read at once to somebody who speaks of harm.
	Care *Care
	// InviteAction sends him the link to answer alone; SheetAction prints it.
	InviteAction, SheetAction string
}

// Offer is what a person is asked about something he said.
type Offer struct {
	Finding, Label, Say, Urgent string
	Choices, Replies            []kit.Option
	Choice, Reply               string
	Action                      string
}

// Care is what helps somebody who speaks of harm.
type Care struct {
	Say   string
	Lines []CareLine
}

// CareLine is a number to call.
type CareLine struct{ Number, Name string }

// PromisedView lists calls promised to people.
type PromisedView struct {
	Rows     []PromiseRow
	ListHref string
	// Followed is what became of what people said in calls.
	Followed []FollowedRow
}

// FollowedRow is what became of one thing said. It names nobody.
type FollowedRow struct {
	Number, What, Body, Owner, Came string
	On                              calendar.Date
}

// PromiseRow is one promised call; the name is masked.
type PromiseRow struct {
	Href, Number, Person, What string
	Due                        calendar.Date
	Left                       int
}

// PromiseView is one promised call: what to say, and the number for whoever has taken it while people may be called. Forms: nothing typed.
type PromiseView struct {
	Number, Person, Label string
	// Said is the answer to be read out; empty when the person only wishes to be rung.
	Said, Result string
	Phone, Tel   string
	Hours        string
	// TakeAction takes the call before the number is shown; Taken says that a colleague has it.
	TakeAction string
	Taken      bool
	Action     string
	ListHref   string
	Safe       []SafeLine
}

// SafeLine is one line of the safe-contact banner: what stands bold, then the rest.
type SafeLine struct{ Bold, Text string }

// Section is one part of the call.
type Section struct {
	Text string
	Now  bool
}

// Item is one item of the script.
type Item struct {
	ID string
	// Kind is likert, yesno, choice, open or consent.
	Kind string
	// Lead is read first; Say is the sentence itself.
	Lead, Say string
	Options   []kit.Option
	// Apart are "does not apply" and "rather not say".
	Apart []kit.Option
	Value string
	Text  string
	// Number and Of count the items.
	Number, Of int
	// Probe is the only thing that may be said besides.
	Probe string
}

// Outcome is one result of a call.
type Outcome struct {
	Code, Label string
	NoteNeeded  bool
	// Appointment asks for a day and a time.
	Appointment bool
	// Refer sends the case to the supervisor.
	Refer bool
}

// Number is one number of the person, with what is known of it in words.
type Number struct {
	ID, Text, Tel, State string
	Usable               bool
}

// ChecksView lists interviews to be checked.
type ChecksView struct {
	Rows     []CheckRow
	ListHref string
}

// CheckRow is one of them; the name is masked.
type CheckRow struct{ Href, Number, Person, Lang string }

// CheckView is one interview to be checked. Form: result, never.
type CheckView struct {
	Number, Person, Phone, Tel, Say string
	Open                            bool
	Results                         []kit.Option
	ListHref                        string
}

// DoneView says that the attempt is recorded.
type DoneView struct {
	Outcome  string
	ListHref string
	// Again is the day of the next attempt; zero when there is none.
	Again calendar.Date
	// Finding says that a finding was opened; Owner is who has it and Due by when.
	Finding bool
	Owner   string
	Due     calendar.Date
}
