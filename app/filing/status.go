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

	// Handing on without passing the buck: the body that has a filing keeps it, and its clock runs on, until another has taken it.
	ActOffer    Action = "offer"     // 提出移送: the body thinks that another is responsible, and asks that one
	ActRecall   Action = "recall"    // the body takes its offer back and goes on itself
	ActTakeOver Action = "take_over" // 接收: the body that was asked takes it
	ActDecline  Action = "decline"   // the body that was asked says no: the court above names who has it
	ActSilence  Action = "silence"   // the body that was asked says nothing in its time: the court above names who has it
	ActAskAbove Action = "ask_above" // 报请指定: offered a second time, which nobody may: the court above names who has it
	ActPassUp   Action = "pass_up"   // the court above says nothing in its time: the routing desk names who has it
	ActAppoint  Action = "appoint"   // 指定: the court above, or the routing desk, names who has it
	ActSucceed  Action = "succeed"   // the body has closed: its successor has what it had
)

// What the owner waits for while a filing is being handed on, as next actions. The owner owes the step it owed before all the while.
const (
	NextAnswerOffer = "answer_offer" // the body that was asked answers
	NextAppoint     = "appoint"      // the court above names who has it
)

// Party is who may take a step.
type Party string

// The parties to a step.
const (
	ByDebtor Party = "debtor"
	ByBody   Party = "body"
	BySystem Party = "system"
	ByAsked  Party = "asked" // the body another one has offered a filing to
	ByAbove  Party = "above" // the court above both, or the routing desk
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

	// Handing on keeps the status and the clock (CPL 37, 38 by analogy): nobody gains time by it, and the person loses none.
	{Submitted, ActOffer, Submitted, ByBody, "", NextAnswerOffer, false},
	{Submitted, ActAskAbove, Submitted, ByBody, "", NextAppoint, false},
	{Submitted, ActRecall, Submitted, ByBody, "", "docket", false},
	{Submitted, ActTakeOver, Submitted, ByAsked, "", "docket", false},
	{Submitted, ActDecline, Submitted, ByAsked, "", NextAppoint, false},
	{Submitted, ActSilence, Submitted, BySystem, "", NextAppoint, false},
	{Submitted, ActPassUp, Submitted, BySystem, "", NextAppoint, false},
	{Submitted, ActAppoint, Submitted, ByAbove, "", "docket", false},
	{Reviewing, ActOffer, Reviewing, ByBody, "", NextAnswerOffer, false},
	{Reviewing, ActAskAbove, Reviewing, ByBody, "", NextAppoint, false},
	{Reviewing, ActRecall, Reviewing, ByBody, "", "assign", false},
	{Reviewing, ActTakeOver, Reviewing, ByAsked, "", "assign", false},
	{Reviewing, ActDecline, Reviewing, ByAsked, "", NextAppoint, false},
	{Reviewing, ActSilence, Reviewing, BySystem, "", NextAppoint, false},
	{Reviewing, ActPassUp, Reviewing, BySystem, "", NextAppoint, false},
	{Reviewing, ActAppoint, Reviewing, ByAbove, "", "assign", false},

	{Submitted, ActSucceed, Submitted, BySystem, "", "docket", false},
	{Supplement, ActSucceed, Supplement, BySystem, "", "wait", false},
	{Reviewing, ActSucceed, Reviewing, BySystem, "", "assign", false},
	{Decided, ActSucceed, Decided, BySystem, "", "serve", false},
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
