package callback

import (
	"time"

	"reliefportal/app/rules"
)

// Finding is something a person said that must be looked into; a row of finding. Instants are UTC.
type Finding struct {
	ID           string `gorm:"primaryKey"`
	CaseID       string
	Kind         string // for example "money_asked"
	BodyID       string // the body asked about
	OwnerBodyID  string // the body that owes the answer, outside the enforcement bureau
	OwnerID      *string
	Status       FindingStatus
	Version      int64
	TakeBy       time.Time
	AnswerBy     time.Time
	AnswerSealed []byte
	CreatedAt    time.Time `gorm:"autoCreateTime:false"`
	AnsweredAt   *time.Time
	Urgent       bool // went to its owner on the same day, whatever the person wishes
	Choice       Choice
	ChosenAt     *time.Time
	ChosenBy     Means
	ReplyBy      ReplyBy
	Result       Result
	CalledAt     *time.Time // when he was rung because he wished to be
	ToldAt       *time.Time // when the answer was read to him
	ToldBy       *string    // who rang him last
	RingBy       *string    // the caller who is about to make the promised call
	RingUntil    *time.Time // for so long nobody else does
}

// TableName names the table.
func (Finding) TableName() string { return "finding" }

// Choice is what the person wishes to be done about something he said.
type Choice string

// The choices. Nothing chosen leaves the finding with its owner, without a name.
const (
	ChoiceNone  Choice = ""
	ChoiceFile  Choice = "file"  // a request is prepared for him to read and file himself
	ChoiceCall  Choice = "call"  // somebody of the callback centre rings him about it
	ChoiceLeave Choice = "leave" // nothing more is done, except what is urgent
)

// ReplyBy is how the person wishes to hear what came of it.
type ReplyBy string

// The ways to hear it.
const (
	ReplyPortal ReplyBy = "portal" // on his own pages, with a message that says nothing of what it is about
	ReplyCall   ReplyBy = "call"   // the callback centre rings and reads it out
	ReplyNone   ReplyBy = "none"   // he does not want to hear it
)

// Means is how somebody answered: told a caller, or wrote himself.
type Means string

// The means.
const (
	ToldCaller   Means = "phone"
	WroteHimself Means = "web"
)

// Result is what the owner of a finding found.
type Result string

// The results.
const (
	Confirmed    Result = "confirmed"
	Partly       Result = "partly"
	NotConfirmed Result = "not_confirmed"
	Unclear      Result = "unclear" // it could not be cleared up
)

// Results lists them in the order they are shown.
var Results = []Result{Confirmed, Partly, NotConfirmed, Unclear}

// FindingView is one finding as its owner sees it. It does not say who the person is.
type FindingView struct {
	Finding
	Label   rules.Text // what was said, in general words
	Said    []Said     // the answers that raised it
	Overdue bool       // not taken, or not answered, in time
	Mine    bool
	Lang    string // language of the person, for the answer
	Answer  string
}

// Said is one answer: the option chosen in words, and the free words beside it with what could tell who spoke taken out.
type Said struct {
	Item   rules.Text
	Answer rules.Text
	Words  string
	Hidden int // places taken out of the words
}

// PersonalFinding is one finding as the person who spoke sees it.
type PersonalFinding struct {
	ID          string
	FilingID    string
	Label       rules.Text
	OwnerBodyID string
	AnswerBy    time.Time // UTC
	OpenedAt    time.Time // UTC
	Choice      Choice
	Result      Result
	Answer      string    // "" until answered
	AnsweredAt  time.Time // UTC; zero until answered
}

// Verdict is the owner's answer to a finding.
type Verdict struct {
	Result Result
	Text   string // to the person; sealed
}
