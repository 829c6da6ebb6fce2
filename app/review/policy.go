package review

import (
	"cmp"
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
	BarTeam      Bar = "same_team"      // works in the team of somebody who took part (PROJECT, from OR art. 11(3))
	BarRecused   Bar = "recused"        // was recused in this filing: CPL art. 47
	BarAsked     Bar = "asked_aside"    // is asked to step aside, which is not decided yet: CPL art. 48
	BarRelation  Bar = "relation"       // declared a tie himself: CPL art. 47
	BarNotOfBody Bar = "not_of_body"    // does not work for the division that owns it
)

// Candidate is what the rule needs to know of a person.
type Candidate struct {
	Person  account.Actor
	Took    bool // took part in the measure of this case
	Decided bool // reviewed or decided the filing that this one follows on, or sat on its panel
	Typed   bool // typed for the person, or had his draft open to type in it
	Team    bool // works, or worked at the same time, in the team of somebody who took part
	Aside   Bar  // BarAsked, BarRecused or BarRelation when he stands aside in this filing
}

// MayReview says whether the person may be given the review of a filing. The bar of whoever took the measure holds for
// every review; a request addressed to the implementing side itself (a living-cost reserve, say) is not a review.
func MayReview(c Candidate, bodyID, division string) Bar {
	switch {
	case !filing.MayHandle(c.Person, bodyID, division):
		return BarNotOfBody
	case c.Typed:
		return BarAssisted
	case c.Aside != BarNone:
		return c.Aside
	case division == rules.DivImplementing:
		return BarNone
	case c.Took:
		return BarMeasure
	case c.Decided:
		return BarDecided
	case c.Team:
		return BarTeam
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
		if !handles && (act != filing.ActAssign && act != filing.ActRelease || !desk) {
			return true
		}
		if f.HandedOn() {
			return act != filing.ActRecall // while another is asked, the body first takes its question back
		}
		switch act {
		case filing.ActRecall, filing.ActAskAbove: // what a second offer becomes is no step of its own
			return true
		case filing.ActOffer:
			return f.OwnerDivision == filing.DivisionRouting || f.ReviewerID != nil && f.Reviewer() != a.PersonID
		case filing.ActDesignate:
			return f.OwnerDivision != filing.DivisionRouting
		case filing.ActAssign:
			return f.ReviewerID != nil
		case filing.ActRelease:
			return f.ReviewerID == nil || f.Reviewer() != a.PersonID && !desk
		case filing.ActDecide:
			return f.Reviewer() != a.PersonID
		case filing.ActAsk, filing.ActAccept, filing.ActRefuse:
			return f.OwnerDivision == filing.DivisionRouting
		}
		return false
	})
}

// Propose marks the one of these people whom the rule would give a filing that has waited so many calendar days, and sorts them: he first, then those
// who may have it by what they have in hand, then the others. He is whoever has least in hand; but somebody who had a filing of the same case lately
// is preferred while his load exceeds the lightest by no more than the weights allow. From the age floor on only the load counts.
func Propose(choices []Choice, w rules.Weights, waited int64) {
	slices.SortFunc(choices, func(a, b Choice) int {
		return cmp.Or(cmp.Compare(rank(a), rank(b)), cmp.Compare(a.Points, b.Points), cmp.Compare(a.Open, b.Open), cmp.Compare(a.Name, b.Name),
			cmp.Compare(a.PersonID, b.PersonID))
	})
	if len(choices) == 0 || rank(choices[0]) > 0 {
		return
	}
	at := 0
	for i, c := range choices {
		if waited < w.AgeDays && c.Before && rank(c) == 0 && c.Points-choices[0].Points <= w.AffinityOver {
			at = i
			break
		}
	}
	best := choices[at]
	copy(choices[1:at+1], choices[:at])
	best.Proposed = true
	choices[0] = best
}

func rank(c Choice) int {
	switch {
	case c.Bar != BarNone:
		return 2
	case c.Away:
		return 1
	}
	return 0
}
