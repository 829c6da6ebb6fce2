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

// Instrument is a questionnaire in one frozen version.
type Instrument struct {
	ID      string
	Version string
	Title   Text
	Consent Text     // read aloud first; {name}, {number}, {minutes} are filled in by the caller's page
	Refused Text     // said when the person refuses
	Care    Text     // said when a stop word is heard
	Probes  []Text   // the only follow-ups allowed
	Scale   []Option // likert answers in order, 1 to 5
	Apart   []Option // "does not apply" and "rather not say", shown apart
	Items   []Item
	// Threshold of answered applicable items, in percent, from which an interview counts as partial.
	PartialFrom int
	Cites       []Cite
}

// Item is one question of an instrument. Ask is evaluated over the answers given so far (fact id = item id).
type Item struct {
	ID      string
	Kind    ItemKind
	Element string // voice, neutrality, explanation, respect, trust, effort, outcome, fact, open
	Intro   Text   // read before the item
	Text    Text
	Options []Option
	Ask     Cond
	Reverse bool // a high answer is unfavourable
	// Required items must be answered for a complete interview; "rather not say" is an answer.
	Required bool
	RedFlags []RedFlag
}

// RedFlag opens a finding when an item is answered with one of Answers.
type RedFlag struct {
	Answers []string
	Finding string // kind of finding, for example "improper_contact"
	Label   Text
	Within  calendar.Period // how soon an owner must have it
	To      string          // division kind that owns it, never the team asked about
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
	Announce       Text // short message before the first call
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
