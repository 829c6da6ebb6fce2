// Package rules reads the law as data: facts in, open doors, next question, responsible body and clocks out.
//
// Everything here is pure. It knows no clock, no database and no HTTP: the day is an argument, courts come through
// the Courts interface, and no remedy is named in Go. What a rule says lives in a pack (package packs loads it).
// Conditions are three-valued: a fact nobody has given is unknown, and an unknown never shuts a door.
package rules

import (
	"reliefportal/app/calendar"
)

// Text is one piece of wording in both languages of the portal.
type Text struct {
	Zh string `json:"zh"`
	En string `json:"en"`
}

// In returns the wording for a language code: "en" is English, everything else simplified Chinese.
func (t Text) In(lang string) string {
	if lang == "en" {
		return t.En
	}
	return t.Zh
}

// Empty reports whether no wording is given in either language.
func (t Text) Empty() bool { return t.Zh == "" && t.En == "" }

// Standing says how firmly a rule has been checked; pages show it beside the citation.
type Standing string

// The four standings of a rule.
const (
	Checked Standing = "C"       // the article was read in a full text of the instrument
	Digest  Standing = "C*"      // read in an excerpt, a court page or a ruling that applies it
	Memory  Standing = "M"       // an inference that a lawyer must confirm
	Project Standing = "PROJECT" // a choice of this portal, not law
)

// Cite points at one article of one source of the pack.
type Cite struct {
	Source   string   `json:"source"`            // id in sources.yaml, for example "CPL"
	Article  string   `json:"article,omitempty"` // "236", "7(3)", "2, 3"
	Standing Standing `json:"standing"`
	Phrase   string   `json:"phrase,omitempty"` // short phrase of the article, kept so that a test can find it in the text
}

// Source is an instrument that citations point at.
type Source struct {
	ID     string
	Name   Text
	Number string        // document number, for example 法释〔2015〕10号
	File   string        // file name of the full text, empty when no text was at hand
	SHA256 string        // of that file when the citations were checked
	Note   Text          // which numbering it uses, what superseded it
	From   calendar.Date // day it came into force in this version, zero when not recorded
}

// QuestionID-bearing page: one question asks for exactly one fact.
type Question struct {
	ID       string
	Fact     FactID
	Ask      Cond // asked only when this is certainly true
	Title    Text
	Hint     Text
	Why      Text // "why we ask"
	Unsure   bool // whether "I do not know" is offered
	Required bool // whether the page may be left empty
	Past     bool // a date that must not lie after today
	// Volunteer questions are never asked by NextQuestion; the person opens them himself ("add something else").
	Volunteer bool
}

// Stage is a step of a filing at which a clock runs.
type Stage string

// The stages a clock may be bound to. Which clock each remedy uses is data.
const (
	StageSubmitted  Stage = "submitted"  // with the docketing division, not yet accepted
	StageSupplement Stage = "supplement" // the applicant was asked once for what is missing
	StageReviewing  Stage = "reviewing"  // accepted, being examined
	StageDecided    Stage = "decided"    // decided, to be served
)

// What a stage clock counts from.
const (
	FromReceived = "received" // the day the filing was received
	FromStage    = "stage"    // the day this stage began
)

// StageClock binds a clock rule to a stage.
type StageClock struct {
	Rule string // id of a ClockRule
	From string // FromReceived or FromStage
}

// RemedyKind says what the portal can do with a remedy.
type RemedyKind string

// The kinds of remedy.
const (
	KindFiling RemedyKind = "filing" // the portal takes the filing in and hands it over
	KindPaper  RemedyKind = "paper"  // the portal drafts or explains a paper that is handed in elsewhere (a lawsuit, another organ)
	KindExit   RemedyKind = "exit"   // not for this portal: the right body is named
)

// Remedy is one way a person may take, with everything the portal says and asks about it.
type Remedy struct {
	ID       string
	Kind     RemedyKind
	Group    string // letter of the catalogue: A objections, B third parties, C what may be taken, D sanctions, E change, F supervision, X exits
	Name     Text   // legal term
	Plain    Text   // what the person would be doing, the door's title
	Purpose  Text   // what it can achieve
	Paper    Text   // title of the written application
	Who      Text   // who may use it
	Against  Text   // against what
	Body     Text   // who decides, in general words (Routing names the body)
	Contact  Text   // for exits and papers: where exactly to go
	OpenWhen Cond
	Urgent   Cond // emergency: shown first; a zero condition here means never
	Shut     []ShutReason
	Why      []Reason
	Window   *Window // nil: no day count
	NoWindow Text    // said in place of a date when Window is nil
	Late     []string
	Stay     Stay
	Papers   []Paper
	// Questions are the ids of the filing pages in order.
	Questions     []string
	Stages        map[Stage]StageClock
	Outcomes      []Outcome
	RefuseGrounds []Ground // grounds on which a body may refuse to take it
	Grounds       []Ground // grounds of a decision on the merits
	Cites         []Cite
	Overlaps      []string // remedies that are commonly used beside this one
	Rank          int      // order among doors of the same state; smaller first
}

// ShutReason says why a door is not open, and what is open instead.
type ShutReason struct {
	ID    string
	When  Cond
	Why   Text
	Ways  []string // remedy ids that are open instead
	Cites []Cite
}

// Reason is the line that says why a door fits the person; the first whose condition holds is shown.
type Reason struct {
	When Cond
	Text Text
}

// Window is the time limit of the applicant.
type Window struct {
	Clock   string          // id of the clock rule it comes from
	Period  calendar.Period // length
	From    FactID          // date the count starts from (that day is not counted)
	Earlier []FactID        // dates that cannot be later than From; used when From is unknown
	Later   []FactID        // dates that cannot be earlier than From; give the latest arguable end
	Event   Text            // "裁定送达" / "the ruling reached you"
	Cite    Cite
}

// StayEffect says whether enforcement waits.
type StayEffect string

// The effects a filing can have on enforcement.
const (
	StayNo       StayEffect = "no"
	StaySecurity StayEffect = "security"    // disposal may stop against sufficient security
	StayDisposal StayEffect = "no_disposal" // the asset is not sold meanwhile
	StayYes      StayEffect = "yes"
)

// Stay says in words whether enforcement waits while the remedy runs.
type Stay struct {
	Effect StayEffect
	Text   Text
	Cites  []Cite
}

// Paper is a document that belongs to the filing.
type Paper struct {
	ID       string
	Label    Text
	Why      Text
	Where    Text // where to get it
	Required bool
	When     Cond
}

// OutcomeEffect groups outcomes for counting.
type OutcomeEffect string

// What an outcome did for the applicant.
const (
	EffectGranted  OutcomeEffect = "granted"
	EffectPartly   OutcomeEffect = "partly"
	EffectRejected OutcomeEffect = "rejected"
	EffectOther    OutcomeEffect = "other"
)

// Outcome is one way a remedy can end, with the next remedies it opens.
type Outcome struct {
	ID     string
	Label  Text
	Effect OutcomeEffect
	Next   []NextRemedy
}

// Pseudo facts that Carry may name on its right side. The filing supplies them from its own decision.
const (
	DecisionServedOn FactID = "decision.served_on" // date the decision reached the applicant
	DecisionMadeOn   FactID = "decision.made_on"   // date of the decision
	DecisionNumber   FactID = "decision.number"    // case number of the decision
	DecisionCourt    FactID = "decision.court"     // name of the body that decided
	FilingReceivedOn FactID = "filing.received_on" // date the filing was received
)

// NextRemedy is what can follow an outcome. Carry maps a fact of the next filing to a fact (or pseudo fact) of this one;
// Set gives facts that are true by the outcome itself.
type NextRemedy struct {
	Remedy string
	Why    Text
	Carry  map[FactID]FactID
	Set    Facts
}

// Ground is a coded ground of a decision or of a refusal.
type Ground struct {
	Code  string
	Label Text
	Cites []Cite
	Ways  []string // what is open instead (refusals always name one)
}

// DoorState says how far a door stands open.
type DoorState string

// The five states, in the order they are shown.
const (
	DoorUntil DoorState = "until" // open, with a last day
	DoorOpen  DoorState = "open"  // open, no last day
	DoorMaybe DoorState = "maybe" // an answer is missing
	DoorLate  DoorState = "late"  // the last day has passed; Ways says how to come back
	DoorShut  DoorState = "shut"  // not open; Ways says what is
)

// Door is one remedy as it stands for one person on one day.
type Door struct {
	Remedy  *Remedy
	State   DoorState
	Why     Text
	Cites   []Cite
	Window  *WindowResult
	Missing []FactID // what the state still hangs on
	AskNext string   // question id that would settle it, "" when none is left to ask
	Routing *Routing
	Ways    []string // remedy ids
	Urgent  bool
	Trace   []TraceLine
}

// WindowResult is a window worked out for one person.
type WindowResult struct {
	Deadline calendar.Deadline
	From     FactID // the fact the count really started from
	Event    Text
	Left     int // calendar days from the asking day to LegalEnd; 0 = today, negative = past
	Cite     Cite
	SafeOnly bool // service date unknown: counted from the earliest plausible date, the true end may be later
	// Latest is the latest arguable end when the service date is unknown and a later date bounds it.
	Latest *calendar.Deadline
}

// Court is what the rules need to know of a court.
type Court struct {
	ID        string
	Name      string
	Level     int // 1 supreme, 2 high, 3 intermediate, 4 basic
	Province  string
	Uncertain bool // the directory is not sure of level or parent
}

// Courts is the court directory as the rules see it.
type Courts interface {
	// Court finds a court by its full Chinese name.
	Court(name string) (Court, bool)
	// Above finds the court one level up; false for the supreme court and unknown names.
	Above(name string) (Court, bool)
}

// Procuratorates is what a directory of courts may know besides: the procuratorate that a person has confirmed for a court. Where it knows
// none the name is derived.
type Procuratorates interface {
	// Procuratorate gives the full Chinese name of the procuratorate that supervises the court of this name.
	Procuratorate(court string) (name string, ok bool)
}

// Division kinds a routing row may name.
const (
	DivDocketing    = "docketing"
	DivReview       = "review"
	DivImplementing = "implementing"
	DivCivil        = "civil"
	DivSupervision  = "supervision"
	DivCriminal     = "criminal"
	DivBankruptcy   = "bankruptcy"
	DivCompensation = "compensation"
)

// Routing is the answer to "who must deal with this".
type Routing struct {
	Row      string // id of the row that decided
	Court    string // name of the body; "" while the court it depends on is not known, or when an arbiter decides
	Body     Text   // the body in general words, always given
	Division string // division that receives it (a Div constant)
	Then     string // division after docketing
	Never    []string
	Reason   Text
	Cites    []Cite
	Arbiter  bool     // a person of the portal names the body; never sent back to the applicant
	Missing  []FactID // facts that would name the body
	Trace    []TraceLine
}

// TraceLine is one step of an evaluation, kept with the filing.
type TraceLine struct {
	Rule   string   `json:"rule"` // "R15 open", "B08", "K05"
	Result Truth    `json:"result"`
	Facts  []FactID `json:"facts,omitempty"` // facts read, or, when unknown, facts missing
	Note   string   `json:"note,omitempty"`
}

// ClockRule is one time limit of a body or of the applicant.
type ClockRule struct {
	ID         string
	Who        string // WhoBody or WhoApplicant
	Title      Text
	Length     calendar.Period
	Extra      calendar.Period // possible extension, zero when none
	Start      Text            // what starts it
	OnExpiry   []string        // remedy ids that open when it runs out
	ExpiryText Text
	Cite       Cite
}

// Who a clock binds.
const (
	WhoBody      = "body"
	WhoApplicant = "applicant"
)
