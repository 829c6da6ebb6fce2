// Package filing is a debtor's request to a body, from the first answer to the outcome.
//
// It is the only writer of the filing and clock tables. Every change of status is one guarded update together with its
// audit entry, its clock and its messages in one transaction; whatever is not in the table of steps cannot happen.
package filing

import (
	"crypto/rand"
	"encoding/json"
	"strings"
	"time"

	"reliefportal/app/calendar"
	"reliefportal/app/rules"
)

// Facts the portal itself asks for, on pages of their own. The pack declares them like every other fact.
const (
	FactCaseNumber = rules.FactID("case_number") // 案号 on the notice, canonical
	FactExecCourt  = rules.FactID("exec_court")  // executing court, full Chinese name
	FactActCourt   = rules.FactID("act_court")   // court that took the measure, full Chinese name
	FactApplicant  = rules.FactID("name")        // name of the person filing
	FactWhyLate    = rules.FactID("why_late")    // what the person says about coming late, asked on the check page
)

// Filing is one row: what is known without opening the sealed answers.
type Filing struct {
	ID              string
	Ref             *string // receipt code, 8 characters without 0 O 1 I; nil while a draft
	Status          Status
	Version         int64 // grows with every change; a write with an old version is refused
	Remedy          string
	PackID          string
	PackHash        string // the pack it is decided by, frozen at submission
	PersonID        string
	Lang            string
	FactsSealed     []byte
	ApplicantSealed []byte
	Trace           string // JSON of Route
	CaseNumber      string
	ExecBodyID      *string
	ActBodyID       *string // the court that took the measure, when it is not the one that enforces now; nil when that is not known
	ParentID        *string
	SubmitKey       string // one-time token of the submit form, made with the draft
	OwnerBodyID     *string
	OwnerDivision   string
	ReviewerID      *string
	NextAction      *string
	NextClockID     *string
	NextDueAt       *time.Time // UTC; the end of the last day in China
	Overdue         bool
	RouteRow        string
	DocketNumber    string // the number the body gave it
	SubmittedAt     *time.Time
	DocketedAt      *time.Time
	DecidedAt       *time.Time
	ServedOn        calendar.Date
	ClosedAt        *time.Time
	Outcome         *string
	ClosedGround    *string
	DraftExpiresAt  *time.Time
	Urgency         string     // why it should not wait, see Urgencies
	UrgencyRank     int64      `gorm:"default:9"` // of the first of them; NotUrgent for none
	PapersAddedAt   *time.Time // papers came that the body has not looked at; nil when there are none
	DraftedFor      *string    // the clock that ran out and for which the portal drafted this; nil when the person began it
	DraftWarnedAt   *time.Time // when the person was told that the draft will go; nil before and after every change
	CreatedAt       time.Time
	UpdatedAt       time.Time
}

// NotUrgent is the rank of a filing for which no reason holds.
const NotUrgent = 9

// UrgencyMark is one reason why a filing should not wait: a code of its pack, and the civil day that makes it urgent, zero where there is none.
type UrgencyMark struct {
	Code string
	Day  calendar.Date
}

// Urgencies reads the reasons why the filing should not wait, the weightiest first. They are kept as "code" or "code:day", separated by commas.
func (f Filing) Urgencies() []UrgencyMark {
	var out []UrgencyMark
	for part := range strings.SplitSeq(f.Urgency, ",") {
		code, day, _ := strings.Cut(part, ":")
		if code == "" {
			continue
		}
		mark := UrgencyMark{Code: code}
		if d, err := calendar.ParseDate(day); err == nil {
			mark.Day = d
		}
		out = append(out, mark)
	}
	return out
}

// TableName is the table of Filing.
func (Filing) TableName() string { return "filing" }

// Code is the receipt code as people read it: two groups of four. Empty for a draft.
func (f Filing) Code() string {
	if f.Ref == nil || len(*f.Ref) != 8 {
		return ""
	}
	return (*f.Ref)[:4] + "-" + (*f.Ref)[4:]
}

// Owner is the id of the owning body, "" for a draft.
func (f Filing) Owner() string { return value(f.OwnerBodyID) }

// Reviewer is the id of the assigned person, "" for none.
func (f Filing) Reviewer() string { return value(f.ReviewerID) }

// ReceivedOn is the civil day in China on which the filing was received; zero for a draft.
func (f Filing) ReceivedOn() calendar.Date {
	if f.SubmittedAt == nil {
		return calendar.Date{}
	}
	return calendar.DateOf(*f.SubmittedAt)
}

// HandedOn says that the owner has asked another body to take the filing, or that the court above is to name who has it.
func (f Filing) HandedOn() bool {
	next := value(f.NextAction)
	return next == NextAnswerOffer || next == NextAppoint
}

func value(p *string) string {
	if p == nil {
		return ""
	}
	return *p
}

// ClockState is whether a clock still runs and how it ended.
type ClockState string

// The states of a clock.
const (
	Running ClockState = "running"
	Met     ClockState = "met"
	Missed  ClockState = "missed"
	Moot    ClockState = "moot"
)

// Clock is one period bound to a filing.
type Clock struct {
	ID          string
	FilingID    string
	Rule        string // id of the pack's clock rule
	Who         string // rules.WhoBody or rules.WhoApplicant
	BodyID      *string
	StartedOn   calendar.Date // the day that is not counted
	RawEndOn    calendar.Date
	LegalEndOn  calendar.Date
	FileByOn    calendar.Date
	Provisional bool
	DueAt       time.Time
	State       ClockState
	EndedAt     *time.Time
	CreatedAt   time.Time
}

// TableName is the table of Clock.
func (Clock) TableName() string { return "clock" }

// Submission is the statement of truth behind a filing. Append-only.
type Submission struct {
	FilingID    string `gorm:"primaryKey"`
	SubmitKey   string
	FactsHash   string    // SHA-256 of what was checked: pack, remedy, statement of truth, answers, files
	Declaration string    // version of the declaration's wording
	Lang        string    // language in which the declaration was shown
	Words       string    // the declaration as it was shown; empty when it was not made on a page
	Outages     string    // JSON list of outage.Entry that the filing took along; empty for none
	SubmittedAt time.Time // by the server's clock
	Made        string    // MadeSelf, MadeOrally, MadePaper or MadeByRep
	MadeTo      *string   // the member of staff it was made before, or the representative who made it
}

// TableName is the table of Submission.
func (Submission) TableName() string { return "submission" }

// DeclarationVersion names the wording of the statement of truth; change it when the words change.
const DeclarationVersion = "2026-11"

// Route is the part of a routing that is kept with the filing.
type Route struct {
	Row      string            `json:"row"`
	Court    string            `json:"court"`
	Division string            `json:"division"`
	Then     string            `json:"then,omitempty"`
	Never    []string          `json:"never,omitempty"`
	Reason   rules.Text        `json:"reason"`
	Cites    []rules.Cite      `json:"cites"`
	Arbiter  bool              `json:"arbiter,omitempty"`
	Lines    []rules.TraceLine `json:"lines,omitempty"`
}

// Route reads the routing kept with the filing; the zero Route for a draft.
func (f Filing) Route() Route {
	var r Route
	// The column is written by this package only; an empty one is a draft.
	_ = json.Unmarshal([]byte(f.Trace), &r)
	return r
}

func routeOf(r rules.Routing) Route {
	return Route{Row: r.Row, Court: r.Court, Division: r.Division, Then: r.Then, Never: r.Never,
		Reason: r.Reason, Cites: r.Cites, Arbiter: r.Arbiter, Lines: r.Trace}
}

const refAlphabet = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ" // 32 signs, none of 0 O 1 I

// newRef makes a receipt code of 40 random bits. A code taken already is refused by the table; the caller tries again.
func newRef() string {
	var b [8]byte
	_, _ = rand.Read(b[:]) // crypto/rand never fails
	for i := range b {
		b[i] = refAlphabet[b[i]&31]
	}
	return string(b[:])
}

// ParseRef reads a receipt code as typed: small letters, spaces, any dash. ok is false when it cannot be one.
func ParseRef(s string) (string, bool) {
	s = strings.Map(func(r rune) rune {
		switch {
		case r >= '０' && r <= '９':
			return r - '０' + '0'
		case r >= 'a' && r <= 'z':
			return r - 'a' + 'A'
		case r >= 'ａ' && r <= 'ｚ':
			return r - 'ａ' + 'A'
		case r >= 'Ａ' && r <= 'Ｚ':
			return r - 'Ａ' + 'A'
		case strings.ContainsRune(" 　-—－–_", r):
			return -1
		}
		return r
	}, s)
	if len(s) != 8 {
		return "", false
	}
	for _, r := range s {
		if !strings.ContainsRune(refAlphabet, r) {
			return "", false
		}
	}
	return s, true
}
