// Package oversight is how the work of a body is looked at from outside its chain: what a procuratorate asks or recommends about a filing
// against a court of its seat, the request of a person that somebody steps aside, and the review of a random share of what was decided.
//
// Nothing here decides a filing. The only step it takes in one is to give it to somebody else, when whoever has it must step aside.
package oversight

import (
	"time"

	"reliefportal/app/calendar"
	"reliefportal/app/directory"
	"reliefportal/app/filing"
	"reliefportal/app/review"
	"reliefportal/app/seal"
	"reliefportal/app/store"
)

// Subjects of the audit record.
const (
	SubjectRemark  = "remark"
	SubjectRecusal = "recusal"
	SubjectDraw    = "quality"
)

// TextMin is the fewest characters of anything written here to somebody, TextMax the most (PROJECT): a reader must be told why.
const (
	TextMin = 10
	TextMax = 3000
)

// Deps are the neighbours of the service.
type Deps struct {
	DB      *store.DB
	Filings *filing.Service
	Reviews *review.Service
	Bodies  *directory.Service
	Box     *seal.Box
	Teller  filing.Teller
	Clock   calendar.Clock
}

// Service holds the use cases of oversight. It is the only writer of the tables remark, recusal, quality_draw and quality_item.
type Service struct{ Deps }

// New makes the service.
func New(d Deps) *Service { return &Service{d} }

// Kind is what a procuratorate wants of a body.
type Kind string

// The kinds of remark. Each names its clock in the pack.
const (
	Suggestion Kind = "suggestion" // 检察建议: K26
	Question   Kind = "question"   // 书面了解: K26Q
)

// Kinds in the order they are offered.
var Kinds = []Kind{Suggestion, Question}

// Rule is the clock by which a remark of this kind must be answered; "" for a kind nobody knows.
func (k Kind) Rule() string {
	switch k {
	case Suggestion:
		return "K26"
	case Question:
		return "K26Q"
	}
	return ""
}

// Remark is one thing a procuratorate asks or recommends about one filing, and the answer.
type Remark struct {
	ID           string
	FilingID     string
	BodyID       string // that must answer
	OfficeID     string // the procuratorate
	AuthorID     string
	Kind         Kind
	Status       RemarkStatus
	Version      int64
	TextSealed   []byte
	ClockRule    string
	DueOn        calendar.Date // the safe last day, in China
	DueAt        time.Time     // UTC; the end of that day
	Extended     bool
	ReasonSealed []byte // why the body took more time
	Overdue      bool
	AboveID      *string // the procuratorate above, which sees it once the date has passed
	AnswerSealed []byte
	AnsweredBy   *string
	AnsweredAt   *time.Time
	CreatedAt    time.Time
}

// TableName is the table of Remark.
func (Remark) TableName() string { return "remark" }

// Reason is why somebody should step aside (CPL 47).
type Reason string

// The reasons.
const (
	ReasonParty    Reason = "party"    // is a party, or a near relative of one or of its lawyer
	ReasonInterest Reason = "interest" // has something to gain or lose
	ReasonRelative Reason = "relative" // has another relation that may bend the decision
	ReasonOther    Reason = "other"    // took gifts, or met a party or its lawyer against the rules
)

// Reasons in the order they are offered.
var Reasons = []Reason{ReasonParty, ReasonInterest, ReasonRelative, ReasonOther}

// relation is the code of the pack's relations that a reason falls under.
func (r Reason) relation() string {
	switch r {
	case ReasonParty:
		return "relative"
	case ReasonInterest:
		return "interest"
	case ReasonRelative, ReasonOther:
	}
	return "other"
}

// RecusalRule is the clock by which a request that somebody steps aside is decided, the first time and again (CPL 50).
const RecusalRule = "K30"

// Recusal is the request of a person that the one who has his filing steps aside.
type Recusal struct {
	ID           string
	FilingID     string
	BodyID       string // whose head decides
	AskedBy      string
	AboutID      string // the member of staff
	Reason       Reason
	Status       RecusalStatus
	Version      int64
	TextSealed   []byte
	AgainSealed  []byte // what the person said when he asked once more
	DueOn        calendar.Date
	DueAt        time.Time
	Overdue      bool
	AnswerSealed []byte
	DecidedBy    *string
	DecidedAt    *time.Time
	CreatedAt    time.Time
}

// TableName is the table of Recusal.
func (Recusal) TableName() string { return "recusal" }

// Draw is one random share of what a body decided in a period. Seed and period make it again.
type Draw struct {
	ID         string
	OfficeID   string // the body whose supervisor drew
	BodyID     string // the body whose decisions are looked at
	FromOn     calendar.Date
	ToOn       calendar.Date
	Seed       int64
	Population int
	Size       int
	DrawnBy    string
	CreatedAt  time.Time
}

// TableName is the table of Draw.
func (Draw) TableName() string { return "quality_draw" }

// Item is one filing of a draw, and what was found.
type Item struct {
	ID         string
	DrawID     string
	FilingID   string
	Place      int // in the order drawn, from 1
	Version    int64
	Scores     string // JSON of Scores; empty before
	NoteSealed []byte
	ScoredBy   *string
	ScoredAt   *time.Time
}

// TableName is the table of Item.
func (Item) TableName() string { return "quality_item" }

// Done says that it was scored.
func (i Item) Done() bool { return i.ScoredAt != nil }

func remarkAD(id, column string) seal.AD {
	return seal.AD{Table: "remark", Column: column, Row: id}
}

func recusalAD(id, column string) seal.AD {
	return seal.AD{Table: "recusal", Column: column, Row: id}
}

func noteAD(id string) seal.AD { return seal.AD{Table: "quality_item", Column: "note", Row: id} }
