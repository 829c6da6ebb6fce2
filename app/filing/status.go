package filing

import "reliefportal/app/rules"

// Status is where a filing stands. Open means: somebody owes the next step.
type Status string

// The statuses, in the order a filing usually passes through them.
const (
	Draft      Status = "draft"      // 草稿: only the debtor sees it
	Submitted  Status = "submitted"  // 待立案: received, not yet docketed
	Supplement Status = "supplement" // 等当事人: asked once for what is missing
	Reviewing  Status = "reviewing"  // 审查中: docketed
	Decided    Status = "decided"    // 已裁定: decided, not yet served
	Closed     Status = "closed"     // 已办结: with an outcome and a ground
)

// Open reports whether the filing has an owner and a running clock.
func (s Status) Open() bool {
	switch s {
	case Submitted, Supplement, Reviewing, Decided:
		return true
	}
	return false
}

// Action is something a person, or a clock, does to a filing.
type Action string

// The actions of a filing's life.
const (
	ActSubmit    Action = "submit"
	ActAccept    Action = "accept"    // 立案
	ActAsk       Action = "ask"       // 一次性告知补正
	ActAnswer    Action = "answer"    // 补正
	ActLapse     Action = "lapse"     // the term for the supplement ran out
	ActRefuse    Action = "refuse"    // 不予受理
	ActAssign    Action = "assign"    // 分配承办人
	ActRelease   Action = "release"   // 退回待分配: the one in charge gives it back, or it is taken from him
	ActDesignate Action = "designate" // 分派: a person names the body where no rule decides
	ActDecide    Action = "decide"    // 裁定
	ActServe     Action = "serve"     // 送达
	ActWithdraw  Action = "withdraw"  // 撤回
	ActExpire    Action = "expire"    // a draft nobody came back to
)

// Party is who may take a step.
type Party string

// The parties to a step.
const (
	ByDebtor Party = "debtor"
	ByBody   Party = "body"
	BySystem Party = "system"
)

// Step is one row of the table of steps: from a status, by an action, to a status.
// Stage names the clock of the remedy that runs afterwards; "" keeps the running clock.
type Step struct {
	From   Status
	Action Action
	To     Status
	By     Party
	Stage  rules.Stage
	// Next is the code of what the owner has to do afterwards (shown in the queue).
	Next string
	// Anew counts the clock from this step, also where the remedy counts it from receipt: the desk has its days from the moment the
	// papers are complete (OR art. 2 as we read it; to be confirmed), or could only be late.
	Anew bool
}

// Steps is the whole life of a filing. Whatever is not in this table cannot happen.
var Steps = []Step{
	{Draft, ActSubmit, Submitted, ByDebtor, rules.StageSubmitted, "docket", false},
	{Draft, ActWithdraw, Closed, ByDebtor, "", "", false},
	{Draft, ActExpire, Closed, BySystem, "", "", false},

	{Submitted, ActAccept, Reviewing, ByBody, rules.StageReviewing, "assign", false},
	{Submitted, ActAsk, Supplement, ByBody, rules.StageSupplement, "wait", false},
	{Submitted, ActRefuse, Decided, ByBody, rules.StageDecided, "serve", false},
	{Submitted, ActDesignate, Submitted, ByBody, rules.StageSubmitted, "docket", false},
	{Submitted, ActWithdraw, Closed, ByDebtor, "", "", false},

	// OR art. 2: defects are told once; after the answer, or after the term, the body dockets or refuses.
	{Supplement, ActAnswer, Submitted, ByDebtor, rules.StageSubmitted, "docket", true},
	{Supplement, ActLapse, Submitted, BySystem, rules.StageSubmitted, "docket", true},
	{Supplement, ActWithdraw, Closed, ByDebtor, "", "", false},

	{Reviewing, ActAssign, Reviewing, ByBody, "", "decide", false},
	{Reviewing, ActRelease, Reviewing, ByBody, "", "assign", false},
	{Reviewing, ActDecide, Decided, ByBody, rules.StageDecided, "serve", false},
	{Reviewing, ActWithdraw, Closed, ByDebtor, "", "", false},

	{Decided, ActServe, Closed, ByBody, "", "", false},
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

// Can lists the actions the party may take from the status, in table order.
func Can(from Status, by Party) []Action {
	var out []Action
	for _, s := range Steps {
		if s.From == from && s.By == by {
			out = append(out, s.Action)
		}
	}
	return out
}

// Outcome is how a closed filing ended.
type Outcome string

// The outcomes.
const (
	Upheld    Outcome = "upheld"
	Partly    Outcome = "partly"
	Rejected  Outcome = "rejected"
	Refused   Outcome = "refused"   // 不予受理
	Withdrawn Outcome = "withdrawn" // by the debtor
	Expired   Outcome = "expired"   // a draft left alone
)
