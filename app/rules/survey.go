package rules

import "reliefportal/app/calendar"

// ItemKind is the form of a survey item.
type ItemKind string

// The kinds of survey item.
const (
	ItemLikert ItemKind = "likert" // answered on the instrument's Scale
	ItemYesNo  ItemKind = "yesno"  // Options hold yes, no and "rather not say"
	ItemChoice ItemKind = "choice"
	ItemOpen   ItemKind = "open" // free words, may stay empty
)

// Purpose says what a questionnaire is for. The two are never mixed in one interview.
type Purpose string

// The purposes.
const (
	// Treatment asks how the court treated the person; anonymous towards the court.
	Treatment Purpose = "treatment"
	// Circumstances asks whether income, family and health have changed; identified, and only for the person's own request.
	Circumstances Purpose = "circumstances"
)

// Instrument is a questionnaire in one frozen version.
type Instrument struct {
	ID      string
	Version string
	Purpose Purpose
	Title   Text
	Consent Text     // read aloud first; {name}, {number}, {minutes} are filled in by the caller's page
	Web     Text     // read by the person himself before he begins alone; {minutes} is filled in
	Refused Text     // said when the person refuses
	Care    Text     // said when a stop word is heard
	Thanks  Text     // said at the end
	Probes  []Text   // the only follow-ups allowed
	Scale   []Option // likert answers in order, 1 to 5
	Apart   []Option // "does not apply", "rather not say" and "I cannot say", shown apart; the first is in no base
	Parts   []Part   // parts of the questionnaire in their order
	Items   []Item
	// Thresholds of answered applicable items, in percent: from CompleteFrom an interview is complete (0: when nothing
	// required is missing), from PartialFrom partial, below it is broken off.
	CompleteFrom, PartialFrom int
	// Short is the instrument used in place of this one when somebody answers alone from the beginning; "" for none.
	Short string
	Cites []Cite
}

// Part is one part of a questionnaire: facts, process, people, outcome, overall.
type Part struct {
	ID    string
	Title Text
}

// Item is one question of an instrument. Ask is evaluated over the answers given so far (fact id = item id).
type Item struct {
	ID      string
	Kind    ItemKind
	Element string // voice, neutrality, explanation, respect, trust, effort, outcome, fact, open
	Part    string // id of the part it belongs to
	Intro   Text   // read before the item
	Text    Text
	Options []Option
	Ask     Cond
	Reverse bool // a high answer is unfavourable
	// Required items must be answered for a complete interview; "rather not say" is an answer.
	Required bool
	RedFlags []RedFlag
	// Prepares are the requests written for the person when he says so here.
	Prepares []Prepare
}

// Fact is the name under which the answer stands in conditions.
func (it Item) Fact() FactID { return FactID(it.ID) }

// RedFlag opens a finding when an item is answered with one of Answers.
type RedFlag struct {
	Answers []string
	Finding string // kind of finding, for example "money_asked"
	Label   Text
	Within  calendar.Period // how soon an owner must have it
	To      string          // division kind that owns it, never the team asked about
	// Urgent findings go to the owner on the same day, whatever the person wishes, without his name.
	Urgent bool
	// Remedy is what the person is offered to file, with Facts filled in; "" offers none.
	Remedy string
	Facts  Facts
}

// Prepare is a request written for the person, with Facts filled in, when an item is answered with one of Answers. It is
// only ever a draft: the person reads, changes and files it himself.
type Prepare struct {
	Answers []string
	Remedy  string
	Facts   Facts
	// Also adds to the facts what other items were answered.
	Also []Also
}

// Also adds facts when an item was answered with one of Answers; lists are joined.
type Also struct {
	Item    string
	Answers []string
	Facts   Facts
}

// Flag finds the red flag that opens findings of a kind.
func (i *Instrument) Flag(kind string) (RedFlag, bool) {
	for _, it := range i.Items {
		for _, f := range it.RedFlags {
			if f.Finding == kind {
				return f, true
			}
		}
	}
	return RedFlag{}, false
}

// IsApart says that an answer is none on the scale: "does not apply", "rather not say" or "I cannot say".
func (i *Instrument) IsApart(answer string) bool {
	for _, o := range i.Apart {
		if o.ID == answer {
			return true
		}
	}
	return false
}

// Care is what is done when somebody speaks of harm, and what is offered when something has to be looked into.
type Care struct {
	// Words are looked for in what a person writes or says; one of them is enough. Lower case.
	Words []string
	// Say is read or shown at once; Lines are numbers to call. Whoever deploys the portal confirms them.
	Say   Text
	Lines []Line
	// Finding is opened for it, on the same day.
	Finding RedFlag
	// Offer is what a person is told when something he said has to be looked into; Urgent is added when it goes to the
	// owner whatever he wishes.
	Offer, Urgent Text
	Cites         []Cite
}

// Line is a number to call.
type Line struct {
	Number string
	Name   Text
	Cites  []Cite
}

// Item finds an item by its id.
func (i *Instrument) Item(id string) (*Item, bool) {
	for k := range i.Items {
		if i.Items[k].ID == id {
			return &i.Items[k], true
		}
	}
	return nil, false
}

// Answers lists what may be chosen for an item, the apart answers last; nil for open items.
func (i *Instrument) Answers(it *Item) []Option {
	switch it.Kind {
	case ItemLikert:
		return append(append([]Option{}, i.Scale...), i.Apart...)
	case ItemOpen:
		return nil
	}
	return it.Options
}

// Flags lists the red flags that the answers raise, in item order.
func (i *Instrument) Flags(answers Facts) []RedFlag {
	var out []RedFlag
	for _, it := range i.Items {
		v, ok := answers.Known(FactID(it.ID))
		if !ok {
			continue
		}
		for _, f := range it.RedFlags {
			if contains(f.Answers, v.Choice) {
				out = append(out, f)
			}
		}
	}
	return out
}

// OutcomeCode is one result of a call attempt.
type OutcomeCode struct {
	Code  string
	Label Text
	AAPOR string // disposition code of the AAPOR standard definitions
	// CountsAs is the letter of the response-rate formulas: I, P, R, NC, O, UH, UO or NE.
	CountsAs   string
	Final      bool // no further attempt
	Connected  bool // counts towards the connected calls of a day
	NeverAgain bool // the person is not called again about anything
	Retry      Retry
	NoteNeeded bool
	DateNeeded bool // an appointment has to be given
	// Number is what the attempt showed of the number rung: "works", "wrong" (out of use), "not_his", or "" for nothing. After the
	// last two the case goes on with another number, if one is known, and ends only when there is none.
	Number string
	Refer  bool // the case goes to the supervisor, and off the calling list until he sends it back
	System bool // written by the program or for the person himself; no caller chooses it
}

// Party is on which side of a case somebody stands. Parties are never counted together.
type Party string

// The parties.
const (
	Respondent Party = "respondent" // against whom it is enforced
	Creditor   Party = "creditor"   // who asked for enforcement
	ThirdParty Party = "third"      // whose things or duties are touched
)

// Parties lists them in the order they are shown.
var Parties = []Party{Respondent, Creditor, ThirdParty}

// CallEvent is something that happened after which people may be asked.
type CallEvent string

// The events.
const (
	EventExecuted CallEvent = "executed"  // a measure was carried out
	EventServed   CallEvent = "served"    // a decision reached the person
	EventClosed   CallEvent = "closed"    // a request ended in another way
	EventLifted   CallEvent = "lifted"    // a restriction came to its end
	EventHalfYear CallEvent = "half_year" // six months since the last word on the circumstances
)

// CallEvents lists them in the order they are shown.
var CallEvents = []CallEvent{EventExecuted, EventServed, EventClosed, EventLifted, EventHalfYear}

// Stratum is one row of a sampling plan. The first row that fits an event decides.
type Stratum struct {
	ID       string    `json:"id"`
	Event    CallEvent `json:"event"`
	Party    Party     `json:"party"`
	BodyID   string    `json:"body,omitempty"` // the body asked about; "" is any
	PerMille int       `json:"per_mille"`      // share drawn, in thousandths
	Quota    int       `json:"quota,omitempty"`
}

// Programme is the standing sampling plan of a pack: it holds wherever no body runs one of its own.
type Programme struct {
	ID         string
	Title      Text
	Instrument string
	Strata     []Stratum
}

// Retry says when the next attempt may be made after a non-final outcome.
type Retry struct {
	AfterDays int
	OtherSlot bool // in another slot than this attempt
}

// Slot is a part of the day in which calls may be made, minutes after midnight, Asia/Shanghai; To is not included.
type Slot struct {
	ID       string
	Label    Text
	From, To int
	Workdays bool // on working days by the official calendar
	OnWish   bool // on days off, only if the person asked for it
}

// CallRules are the limits of calling. All of them are choices of the portal.
type CallRules struct {
	Slots          []Slot
	MaxAttempts    int             // per person and survey
	OverDays       int             // attempts are spread over this many calendar days from the draw
	MaxPerDay      int             // attempts
	MaxConnected   int             // connected calls a day
	DrawWithin     calendar.Period // after closing or a decision
	RepeatAfter    calendar.Period // no second survey to the same person earlier
	FindingOwnerIn calendar.Period
	FindingReplyIn calendar.Period
	RedialPercent  int // share re-dialled by a second person
	SmallCell      int // answers below this count are never shown
	Outcomes       []OutcomeCode
	Programmes     []Programme
	Cites          []Cite
}

// Outcome finds an outcome code.
func (c *CallRules) Outcome(code string) (OutcomeCode, bool) {
	for _, o := range c.Outcomes {
		if o.Code == code {
			return o, true
		}
	}
	return OutcomeCode{}, false
}
