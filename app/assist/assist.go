// Package assist is about people who do something for somebody else: staff who type on the telephone or at a counter, whoever continues a
// paper booklet, and representatives the person has asked to act. It keeps who typed what; the answers themselves stay with package filing.
package assist

import (
	"time"

	"reliefportal/app/account"
	"reliefportal/app/audit"
	"reliefportal/app/calendar"
	"reliefportal/app/filing"
	"reliefportal/app/jobs"
	"reliefportal/app/seal"
	"reliefportal/app/store"
)

// SessionIdle is how long a session of help lasts after the last page that was saved in it (PROJECT: as long as a person's own session).
const SessionIdle = 30 * time.Minute

// Session is one stretch of help: a member of staff, a person, and the one filing they work on.
type Session struct {
	ID        string
	StaffID   string
	Login     string // the sign-in it belongs to; another browser of the same person does not see it
	Role      account.Role
	BodyID    string
	PersonID  string
	FilingID  *string // nil until one is chosen
	How       account.How
	StartedAt time.Time
	SeenAt    time.Time
	EndedAt   *time.Time
	EndedHow  string // EndedByButton, EndedIdle or EndedByNext; empty while it lasts
}

// TableName is the table of Session.
func (Session) TableName() string { return "assist_session" }

// How a session ended.
const (
	EndedByButton = "button"
	EndedIdle     = "idle"
	EndedByNext   = "next" // the same member of staff began another
)

// Filing is the id of the chosen filing, empty before.
func (s Session) Filing() string {
	if s.FilingID == nil {
		return ""
	}
	return *s.FilingID
}

// Entry says who typed which answers for somebody else. The answers themselves are not in it.
type Entry struct {
	ID       string
	FilingID string
	ByID     string
	ByKind   string // KindStaff or KindRepresentative
	BodyID   *string
	How      string // a way of account.How, or "online"
	Page     string // id of the question, "case" or "papers"
	Facts    string // ids of the answers, separated by commas
	At       time.Time
}

// TableName is the table of Entry.
func (Entry) TableName() string { return "assist_entry" }

// Who typed.
const (
	KindStaff          = "staff"
	KindRepresentative = "representative"
)

// Deps are the neighbours of the service.
type Deps struct {
	DB       *store.DB
	Accounts *account.Service
	Filings  *filing.Service
	Box      *seal.Box
	Jobs     jobs.Inserter
	Clock    calendar.Clock
}

// Service is every use case of help, and the only writer of its tables.
type Service struct{ Deps }

// New makes the service.
func New(d Deps) *Service { return &Service{d} }

// helper is the member of staff behind the person of the session.
func (s Session) helper() *account.Helper {
	return &account.Helper{PersonID: s.StaffID, Role: s.Role, BodyID: s.BodyID, How: s.How, FilingID: s.Filing()}
}

func (s Session) by() audit.Actor { return account.Actor{By: s.helper()}.Audit("", "") }
