package rules

import (
	"strings"

	"reliefportal/app/calendar"
)

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
	ID        string
	Kind      RemedyKind
	Group     string // letter of the catalogue: A objections, B third parties, C what may be taken, D sanctions, E change, F supervision, X exits
	Name      Text   // legal term
	Plain     Text   // what the person would be doing, the door's title
	Purpose   Text   // what it can achieve
	Paper     Text   // title of the written application
	Who       Text   // who may use it
	Against   Text   // against what
	Body      Text   // who decides, in general words (Routing names the body)
	Contact   Text   // for exits and papers: where exactly to go
	OpenWhen  Cond
	Urgent    Cond // emergency: shown first; a zero condition here means never
	Shut      []ShutReason
	Why       []Reason
	Window    *Window // nil: no day count
	NoWindow  Text    // said in place of a date when Window is nil
	Late      []string
	Stay      Stay
	Meanwhile Meanwhile // what else is known about enforcement while it runs
	Papers    []Paper
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
	Done   CarryOut // the duty that follows, where it has a time of its own
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
	// Say are facts given in words, with places such as {code} to fill in: a draft that the person only has to confirm.
	Say map[FactID]Text
}

// Words are the facts of Say in a language, with its places filled in from values.
func (n NextRemedy) Words(lang string, values map[string]string) Facts {
	pairs := make([]string, 0, 2*len(values))
	for name, value := range values {
		pairs = append(pairs, "{"+name+"}", value)
	}
	fill := strings.NewReplacer(pairs...)
	out := Facts{}
	for id, text := range n.Say {
		out[id] = Said(fill.Replace(text.In(lang)))
	}
	return out
}

// Ground is a coded ground of a decision or of a refusal.
type Ground struct {
	Code  string
	Label Text
	Cites []Cite
	Ways  []string // what is open instead (refusals always name one)
	For   GroundFor
}

// GroundFor is whose side a ground speaks for once it is made out.
type GroundFor string

// The sides of a ground. A refusal may rest on a ground that speaks for the request only by finding that it is not made out.
const (
	ForRequest GroundFor = ""         // the request
	ForRefusal GroundFor = "rejected" // its refusal
	ForEither  GroundFor = "either"   // neither: it says where the matter belongs
)
