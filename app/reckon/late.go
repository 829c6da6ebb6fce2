package reckon

import (
	"strconv"

	"reliefportal/app/calendar"
	"reliefportal/app/money"
)

// OldRuleEnds is the first day of the present way of counting (法释〔2014〕8号). The days before follow an older rule (LI 7) whose text this
// portal does not hold; they are shown and not counted.
var OldRuleEnds = calendar.NewDate(2014, 8, 1)

// Debt is one sum the title orders to be paid, general interest left out (LI 1). A title that orders instalments has one Debt for each (LI 2).
type Debt struct {
	Sum money.Fen
	Due calendar.Date // last day to pay; for a title that names none, the day it took effect
}

// PaymentKind says how money came in; it decides which day counts (LI 3).
type PaymentKind string

// The kinds of payment and the day each counts on.
const (
	Paid   PaymentKind = "paid"   // paid by the debtor: the day of payment
	Taken  PaymentKind = "taken"  // taken from an account or income: the day it was taken
	Sold   PaymentKind = "sold"   // auction, sale or taking in payment: the day the ruling took effect
	Turned PaymentKind = "turned" // turned into money in another way: the day that was done
)

// Rule is the sentence that fixes the day of the payment.
func (k PaymentKind) Rule() Rule {
	switch k {
	case Taken:
		return RuleTaken
	case Sold:
		return RuleSold
	case Turned:
		return RuleTurned
	}
	return RuleEnd
}

// Payment is money that came in on a day.
type Payment struct {
	Sum  money.Fen
	On   calendar.Date
	Kind PaymentKind
}

// StayKind says why enforcement stood still.
type StayKind string

// The kinds of stay. Only the first two are left out of the count (LI 3(3)).
const (
	StayReview    StayKind = "review"     // the title was under review, and not because the debtor had asked for it
	StayRetrial   StayKind = "retrial"    // suspended for a retrial, whoever asked for it
	StayOwnReview StayKind = "own_review" // the title was under review because the debtor had asked for it
	StayOther     StayKind = "other"      // anything else, such as a settlement or a postponement against security
)

// LeftOut says whether the days of such a stay are left out of the count.
func (k StayKind) LeftOut() bool { return k == StayReview || k == StayRetrial }

// Stay is a run of days on which enforcement stood still, both included.
type Stay struct {
	From, To calendar.Date
	Kind     StayKind
}

// Order says what a payment meets first.
type Order string

// The orders. LI 4 puts the debt of the title before the doubled part unless the parties agreed otherwise; it does not say which part of
// the title's own debt comes first, so that both ways are offered.
const (
	PrincipalFirst Order = "principal" // principal, general interest, doubled part
	InterestFirst  Order = "interest"  // general interest, principal, doubled part
	DoubledFirst   Order = "doubled"   // by agreement: doubled part, principal, general interest
)

// LateInput is what the doubled part of late interest is worked out from.
type LateInput struct {
	Debts    []Debt
	Interest money.Fen     // general interest the title awards, as a sum; it carries no doubled part
	Until    calendar.Date // last day of the count
	Payments []Payment
	Stays    []Stay
	Order    Order
	// PerMillion is the rate in fen a day on a million fen: 175 is 0.0175 % a day.
	PerMillion int64
}

// Check names everything in the input that cannot be counted with. The error is Invalid; its fields are until, interest, order and, numbered
// from 1, debt_sum_1, debt_due_1, paid_sum_1, paid_on_1, paid_kind_1, stay_from_1, stay_to_1, stay_kind_1.
func (in LateInput) Check() error {
	var bad fields
	bad.refuse(len(in.Debts) == 0, "debt_sum_1", "reckon.no_debt")
	owed, paid := money.Max, money.Max
	for i, d := range in.Debts {
		bad.refuse(d.Sum <= 0, at("debt_sum", i), "reckon.no_debt")
		bad.refuse(!fits(&owed, d.Sum), at("debt_sum", i), "money.too_large")
		bad.refuse(d.Due.IsZero(), at("debt_due", i), "reckon.no_day")
	}
	bad.refuse(in.Interest < 0, "interest", "money.negative")
	bad.refuse(in.Interest > money.Max, "interest", "money.too_large")
	for i, p := range in.Payments {
		bad.refuse(p.Sum <= 0, at("paid_sum", i), "reckon.no_sum")
		bad.refuse(!fits(&paid, p.Sum), at("paid_sum", i), "money.too_large")
		bad.refuse(p.On.IsZero(), at("paid_on", i), "reckon.no_day")
		bad.refuse(p.Kind != Paid && p.Kind != Taken && p.Kind != Sold && p.Kind != Turned, at("paid_kind", i), "field.choose")
	}
	for i, s := range in.Stays {
		bad.refuse(s.From.IsZero(), at("stay_from", i), "reckon.no_day")
		bad.refuse(s.To.IsZero(), at("stay_to", i), "reckon.no_day")
		bad.refuse(!s.To.IsZero() && s.To.Before(s.From), at("stay_to", i), "reckon.backwards")
		bad.refuse(!s.Kind.LeftOut() && s.Kind != StayOwnReview && s.Kind != StayOther, at("stay_kind", i), "field.choose")
	}
	bad.refuse(in.Until.IsZero(), "until", "reckon.no_day")
	bad.refuse(in.Order != PrincipalFirst && in.Order != InterestFirst && in.Order != DoubledFirst, "order", "field.choose")
	return bad.err()
}

func at(name string, i int) string { return name + "_" + strconv.Itoa(i+1) }

// SegmentState says whether a run of days was counted.
type SegmentState string

// The states of a segment.
const (
	Counted SegmentState = "counted"
	Stayed  SegmentState = "stayed" // LI 3(3)
	OldRule SegmentState = "old"    // before OldRuleEnds
)

// Segment is a run of days on one sum.
type Segment struct {
	From, To calendar.Date // both included
	Days     int
	Base     money.Fen // principal due and not yet paid
	State    SegmentState
	Doubled  money.Fen // zero unless Counted; rounded to the nearest fen, half a fen up
	Rule     Rule
}

// Receipt is a payment with what it met.
type Receipt struct {
	Payment
	Principal, Interest, Doubled money.Fen
	Over                         money.Fen // beyond everything owed on that day
	After                        bool      // it came after the last day of the count and was left out
}

// LateResult is the worked table. Sums are in fen and never negative.
type LateResult struct {
	Segments []Segment
	Receipts []Receipt // by day
	Doubled  money.Fen // doubled part in all, paid or not
	// Principal, Interest and DoubledLeft are what is left on the last day; Balance is all three.
	Principal, Interest, DoubledLeft, Balance money.Fen
	Over                                      money.Fen // paid beyond what was owed
	// Partial says that days before OldRuleEnds were left out, so that the true sum is greater.
	Partial bool
}
