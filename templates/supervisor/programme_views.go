package supervisor

import (
	"time"

	"reliefportal/app/calendar"
	"reliefportal/templates/kit"
)

// ProgrammesView lists programmes. NewHref is empty for somebody who may not plan one.
type ProgrammesView struct {
	Tabs    []kit.Tab
	Rows    []ProgrammeRow
	NewHref string
}

// ProgrammeRow is one programme of the list.
type ProgrammeRow struct {
	Href, Name, Instrument, Owner, Days string
	Status                              kit.Tag
}

// ProgrammeFormView is a programme being planned. Form: owner, name_zh, name_en, instrument, from, to, body, and for each row of the plan
// share_KEY (percent) and quota_KEY; _version. Errors are reported under these names and "strata".
type ProgrammeFormView struct {
	Title    string // message key
	Owner    string // name of the body that runs it
	OwnerID  string
	Owners   []kit.Option
	NameZh   string
	NameEn   string
	From, To string // as typed, 2026-11-23
	// Instruments and Bodies are what can be chosen.
	Instruments, Bodies []kit.Option
	Instrument, BodyID  string
	Plan                []PlanRow
	Action, ListHref    string
	Version             int64
}

// PlanRow is one event and party of a plan, with what was typed.
type PlanRow struct{ Key, Event, Party, Share, Quota string }

// ProgrammeView is one programme. Actions are empty for those who may not, or when they no longer make sense.
type ProgrammeView struct {
	Name                              string
	Status                            kit.Tag
	EditHref, StartAction, StopAction string
	Version                           int64
	About, Progress, Reasons          []kit.SummaryRow
	Classes                           []ClassRow
	Strata                            []StratumRow
	Frame                             []FrameRow
	NextHref, FirstHref, ListHref     string
	FiguresHref                       string
}

// ClassRow counts the people whose case came to one end.
type ClassRow struct {
	Label, Code string
	N           int
}

// StratumRow is one row of the plan with what the draw made of it.
type StratumRow struct {
	Event, Party, Body, Share, Quota string
	InFrame, Excluded, Drawn         int
}

// FrameRow is one person in the frame, who is not named.
type FrameRow struct {
	At                                 time.Time
	Number, Event, Party, Body, Chance string
	State                              kit.Tag
	Reason                             string
}

// ReferralsView lists referred cases.
type ReferralsView struct {
	Tabs                []kit.Tab
	Rows                []ReferralRow
	NextHref, FirstHref string
}

// ReferralRow is one referred case; the name is masked.
type ReferralRow struct {
	Href, Number, Person, Body, Why string // Why it is here
	Since                           time.Time
	Until                           calendar.Date
}

// ReferralView is one referred case. Form: outcome ("back", "alone" or a code), note, _version.
type ReferralView struct {
	Number, Person, Body string
	Why                  string // why it is here when no caller sent it; empty otherwise
	Attempts             []ReferralAttempt
	Endings              []kit.Option
	Outcome, Note        string
	Version              int64
	ListHref             string
}

// ReferralAttempt is one attempt with the note of its caller.
type ReferralAttempt struct {
	At            time.Time
	Outcome, Note string
}
