// Package enforcement takes over cases of enforcement, and bodies, from tables that courts keep in systems of their own: who the parties are,
// who took part, and which measures were taken. A table is checked row by row first; nothing of it counts until it is applied, and then all of it.
package enforcement

import (
	"time"

	"reliefportal/app/account"
	"reliefportal/app/audit"
	"reliefportal/app/calendar"
	"reliefportal/app/directory"
	"reliefportal/app/jobs"
	"reliefportal/app/review"
	"reliefportal/app/rules"
	"reliefportal/app/seal"
	"reliefportal/app/store"
)

// Case is one case of enforcement.
type Case struct {
	ID         string
	CaseNumber string // canonical
	BodyID     string // that enforces now
	OpenedOn   calendar.Date
	ClosedOn   *calendar.Date
	Version    int64
	CreatedAt  time.Time
	UpdatedAt  time.Time
}

// TableName is the table of Case.
func (Case) TableName() string { return "enforcement_case" }

// Party is one side of a case. NameIndex is a keyed hash by which the same name is known again.
type Party struct {
	ID         string
	CaseID     string
	Part       string // creditor, debtor or third
	NameSealed []byte
	NameIndex  []byte
}

// TableName is the table of Party.
func (Party) TableName() string { return "enforcement_party" }

// Measure is one measure of a case, taken by a body on a day.
type Measure struct {
	ID         string
	CaseID     string
	BodyID     string
	Kind       string
	TakenOn    calendar.Date
	LiftedOn   *calendar.Date
	NoteSealed []byte
}

// TableName is the table of Measure.
func (Measure) TableName() string { return "enforcement_measure" }

// Kinds of measures that a table may name, in the order of a case.
var Kinds = []string{"freeze", "seal", "deduct", "search", "restrict", "list", "exit", "detain", "auction", "evict"}

// Status is where an import stands.
type Status string

// The statuses of an import.
const (
	Checked Status = "checked"
	Applied Status = "applied" // final
	Dropped Status = "dropped" // final
)

// Import is a table that was handed in. DataSealed is the table itself.
type Import struct {
	ID         string
	Kind       Kind
	SHA256     string `gorm:"column:sha256"`
	Status     Status
	Version    int64
	RowsTotal  int
	RowsBad    int
	DataSealed []byte
	MadeBy     string
	CreatedAt  time.Time
	AppliedBy  *string
	AppliedAt  *time.Time
}

// TableName is the table of Import.
func (Import) TableName() string { return "import" }

// Kind is what a table holds.
type Kind string

// The kinds of tables.
const (
	Bodies Kind = "bodies"
	Cases  Kind = "cases"
)

// Recent is how many days ago something may have happened to be acted on, when it comes with a table (PROJECT): who took over ten years of cases does
// not ring everybody in them.
const Recent = 30

// Happened is the job that something of an applied table sets off: whoever wants to act on it registers for its kind.
type Happened struct {
	Event      rules.CallEvent `json:"event"` // executed, lifted or closed
	BodyID     string          `json:"body"`  // the court that enforces now
	CaseNumber string          `json:"case_number"`
	Again      string          `json:"again"` // tells measures of one case apart
}

// Kind is the name of the job; never renamed, because rows in the queue carry it.
func (Happened) Kind() string { return "enforcement.happened" }

// SubjectImport is the subject of imports in the audit record.
const SubjectImport = "import"

// Deps are the neighbours of the service.
type Deps struct {
	DB       *store.DB
	Bodies   *directory.Service
	Accounts *account.Service
	Reviews  *review.Service
	Box      *seal.Box
	Jobs     jobs.Inserter
	Clock    calendar.Clock
}

// Service holds the use cases of imports. It is the only writer of the tables import, enforcement_case, enforcement_party and
// enforcement_measure.
type Service struct{ Deps }

// New makes the service.
func New(d Deps) *Service { return &Service{d} }

func dataAD(id string) seal.AD { return seal.AD{Table: "import", Column: "data", Row: id} }

func nameAD(id string) seal.AD { return seal.AD{Table: "enforcement_party", Column: "name", Row: id} }

func noteAD(id string) seal.AD { return seal.AD{Table: "enforcement_measure", Column: "note", Row: id} }

// MayImport says whether the actor may hand in tables: administrators only.
func MayImport(a account.Actor) bool { return a.IsStaff() && a.Has(account.RoleAdmin) }

func auditActor(a account.Actor) audit.Actor { return a.Audit(account.RoleAdmin, "") }
