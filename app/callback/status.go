package callback

// Status is where a callback case stands.
type Status string

// The statuses of a case.
const (
	Open   Status = "open"   // somebody is still to be asked
	Closed Status = "closed" // with a final outcome code, for good
)

// Action is something a caller, or time, does to a case.
type Action string

// The actions of a case's life.
const (
	ActClaim   Action = "claim"   // a caller takes it for a while
	ActRelease Action = "release" // and gives it back uncalled
	ActConsent Action = "consent" // the person agrees to be asked
	ActAnswer  Action = "answer"  // one item of the questionnaire
	ActRetry   Action = "retry"   // an attempt whose outcome allows another one
	ActFinish  Action = "finish"  // an attempt whose outcome is final, or the last attempt allowed
	ActExpire  Action = "expire"  // the time for calling ran out
)

// Step is one row of the table of steps: from a status, by an action, to a status. Leased says that only the caller
// who holds the claim may take it.
type Step struct {
	From   Status
	Action Action
	To     Status
	Leased bool
}

// Steps is the whole life of a case. Nothing leads out of Closed: a refusal for good and a death stay what they are.
var Steps = []Step{
	{Open, ActClaim, Open, false},
	{Open, ActRelease, Open, true},
	{Open, ActConsent, Open, true},
	{Open, ActAnswer, Open, true},
	{Open, ActRetry, Open, true},
	{Open, ActFinish, Closed, true},
	{Open, ActExpire, Closed, false},
}

// Next returns the step that action takes from status, and false when there is none.
func Next(from Status, action Action) (Step, bool) {
	for _, s := range Steps {
		if s.From == from && s.Action == action {
			return s, true
		}
	}
	return Step{}, false
}

// FindingStatus is where a finding stands.
type FindingStatus string

// The statuses of a finding.
const (
	FindingOpen     FindingStatus = "open"     // its owner owes an answer
	FindingAnswered FindingStatus = "answered" // the answer is shown to the person
	FindingLeft     FindingStatus = "left"     // the person wished that nothing more is done
)

// FindingAction is something a supervisor, or time, does to a finding.
type FindingAction string

// The actions of a finding's life.
const (
	ActTake         FindingAction = "take"          // a supervisor makes it his own
	ActAnswerPerson FindingAction = "answer_person" // and answers the person
	ActEscalate     FindingAction = "escalate"      // the answer is late: the body above owns it now
	ActLeave        FindingAction = "leave"         // the person wishes that nothing more is done
)

// FindingStep is one row of the table of steps of a finding. Taken says that it must have been taken by the actor.
type FindingStep struct {
	From   FindingStatus
	Action FindingAction
	To     FindingStatus
	Taken  bool
}

// FindingSteps is the whole life of a finding.
var FindingSteps = []FindingStep{
	{FindingOpen, ActTake, FindingOpen, false},
	{FindingOpen, ActAnswerPerson, FindingAnswered, true},
	{FindingOpen, ActEscalate, FindingOpen, false},
	{FindingOpen, ActLeave, FindingLeft, false},
}

// NextFinding returns the step that action takes from status, and false when there is none.
func NextFinding(from FindingStatus, action FindingAction) (FindingStep, bool) {
	for _, s := range FindingSteps {
		if s.From == from && s.Action == action {
			return s, true
		}
	}
	return FindingStep{}, false
}
