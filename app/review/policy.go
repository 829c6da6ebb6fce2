package review

import (
	"slices"

	"reliefportal/app/account"
	"reliefportal/app/filing"
	"reliefportal/app/rules"
)

// Bar is why a person may not review a filing.
type Bar string

// The bars. An empty Bar means that nothing stands against it.
const (
	BarNone      Bar = ""
	BarMeasure   Bar = "took_part"      // took part in the measure: OR art. 11(3)
	BarDecided   Bar = "decided_before" // decided the matter that is now under review: OR art. 11(2)
	BarAssisted  Bar = "assisted"       // typed the request for the person (PROJECT): nobody judges what he has written himself
	BarNotOfBody Bar = "not_of_body"    // does not work for the division that owns it
)

// Candidate is what the rule needs to know of a person.
type Candidate struct {
	Person  account.Actor
	Took    bool // took part in the measure of this case
	Decided bool // reviewed or decided the filing that this one follows on
	Typed   bool // typed for the person, or had his draft open to type in it
}

// MayReview says whether the person may be given the review of a filing. The bar of whoever took the measure holds for
// every review; a request addressed to the implementing side itself (a living-cost reserve, say) is not a review.
func MayReview(c Candidate, bodyID, division string) Bar {
	switch {
	case !filing.MayHandle(c.Person, bodyID, division):
		return BarNotOfBody
	case c.Typed:
		return BarAssisted
	case division == rules.DivImplementing:
		return BarNone
	case c.Took:
		return BarMeasure
	case c.Decided:
		return BarDecided
	}
	return BarNone
}

// Actions lists what the actor may do with a filing now. A decision belongs to its reviewer alone.
func Actions(a account.Actor, f filing.Filing) []filing.Action {
	if !f.Status.Open() {
		return nil
	}
	handles := filing.MayHandle(a, f.Owner(), f.OwnerDivision)
	// The desk that docketed a filing may give it to a reviewer of its court; a reviewer may take it himself.
	desk := f.OwnerDivision != rules.DivImplementing && a.HasAt(account.RoleDocketing, f.Owner())
	return slices.DeleteFunc(filing.Can(f.Status, filing.ByBody), func(act filing.Action) bool {
		if !handles && (act != filing.ActAssign || !desk) {
			return true
		}
		switch act {
		case filing.ActDesignate:
			return f.OwnerDivision != filing.DivisionRouting
		case filing.ActAssign:
			return f.ReviewerID != nil
		case filing.ActDecide:
			return f.Reviewer() != a.PersonID
		case filing.ActAsk, filing.ActAccept, filing.ActRefuse:
			return f.OwnerDivision == filing.DivisionRouting
		}
		return false
	})
}
