package privacy

import (
	"slices"

	"reliefportal/app/account"
)

// Part is something a person can ask to have erased.
type Part string

// The parts. Papers that were filed, and decisions on them, are none: they belong to the file of the body.
const (
	PartDrafts       Part = "drafts"       // drafts that were never filed, with their files
	PartMeans        Part = "means"        // statements of means that no filing shows
	PartWishes       Part = "wishes"       // how he wishes to be reached
	PartRestrictions Part = "restrictions" // restrictions he follows
	PartAppraisals   Part = "appraisals"   // what he stated about appraisals
	PartExports      Part = "exports"      // copies that can still be fetched
	PartCalls        Part = "calls"        // what he said in calls and questionnaires, and numbers he gave
	PartAccount      Part = "account"      // e-mail, telephone, name, passkeys: he cannot sign in any more
)

// Parts lists every part in the order of the page.
func Parts() []Part {
	return []Part{PartDrafts, PartMeans, PartWishes, PartRestrictions, PartAppraisals, PartExports, PartCalls, PartAccount}
}

// Known says that there is such a part.
func (p Part) Known() bool { return slices.Contains(Parts(), p) }

// AtOnce says that the part is erased without anybody being asked: nobody but the person needs it. The others touch the record of a
// survey, or cut the way by which a body reaches the person, and somebody looks at them first (PROJECT).
func (p Part) AtOnce() bool { return p != PartCalls && p != PartAccount }

// Block is why a part cannot be erased yet; "" is no reason.
type Block string

// The reasons.
const (
	OpenFiling Block = "open_filing" // a body has a filing of his, or one he acts in, and must reach him
	OpenCall   Block = "open_call"   // a call or questionnaire is under way
)

// Key is the message that says why.
func (b Block) Key() string {
	if b == OpenCall {
		return "erase.blocked_open_call"
	}
	return "erase.blocked_open_filing"
}

// World is what stands against erasing, as it is now.
type World struct {
	OpenFiling bool // handed in and not closed; his own, or one in which he acts for somebody
	OpenCall   bool
}

// BlockOf says what stands against erasing a part.
func BlockOf(p Part, w World) Block {
	switch {
	case p == PartAccount && w.OpenFiling:
		return OpenFiling
	case (p == PartAccount || p == PartCalls) && w.OpenCall:
		return OpenCall
	}
	return ""
}

// Reason is why an administrator refuses, as a code; the person reads it in words.
type Reason string

// The reasons. Each is one that PIPL art. 47 leaves room for: a term of keeping set by law, or that erasing is not possible technically.
const (
	DutyToKeep  Reason = "duty"      // a law or a court says that it is kept
	OpenMatter  Reason = "matter"    // a complaint or finding about it is being looked into
	NotThatOne  Reason = "identity"  // it could not be told that the request came from the person
	NotPossible Reason = "technical" // it cannot be taken out without harm to others' data; it is no longer used
)

// Reasons lists the reasons in the order of the form.
func Reasons() []Reason { return []Reason{DutyToKeep, OpenMatter, NotThatOne, NotPossible} }

// Known says that there is such a reason.
func (r Reason) Known() bool { return slices.Contains(Reasons(), r) }

// IsOwner says that the actor is the person himself: neither staff who type for him nor a representative has a share in this.
func IsOwner(a account.Actor) bool { return a.IsDebtor() && a.By == nil }

// MayAnswer says that the actor answers requests to erase: an administrator.
func MayAnswer(a account.Actor) bool { return a.Has(account.RoleAdmin) }
