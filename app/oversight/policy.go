package oversight

import (
	"slices"

	"reliefportal/app/account"
	"reliefportal/app/filing"
)

// MayRemark says whether the actor may ask or recommend something about a filing he sees: he works for a procuratorate. Which filings
// it sees is the query's business; see filing.VisibleTo.
func MayRemark(a account.Actor) bool {
	return a.IsStaff() && len(a.Bodies(account.RoleProcurator)) > 0
}

// MayAnswer says whether the actor may answer a remark: as the head or the docketing desk of the body it is addressed to. Whoever took the
// measure never answers for it.
func MayAnswer(a account.Actor, r Remark) bool {
	return a.IsStaff() && r.Status == RemarkOpen &&
		(a.HasAt(account.RoleSupervisor, r.BodyID) || a.HasAt(account.RoleDocketing, r.BodyID))
}

// MayExtend says whether the actor may take the longer time for a remark, once: only the head of the body may (PS 13).
func MayExtend(a account.Actor, r Remark) bool {
	return a.IsStaff() && r.Status == RemarkOpen && r.Kind == Suggestion && !r.Extended && !r.Overdue && a.HasAt(account.RoleSupervisor, r.BodyID)
}

// MayDecide says whether the actor may decide that somebody steps aside: the head of the body, and never about himself (CPL 49).
func MayDecide(a account.Actor, r Recusal) bool {
	return a.IsStaff() && r.Status.Pending() && a.HasAt(account.RoleSupervisor, r.BodyID) && r.AboutID != a.PersonID
}

// MayAsk says whether the actor may ask that the one who has his filing steps aside: it is his, somebody has it, and it is not decided.
func MayAsk(a account.Actor, f filing.Filing) bool {
	return a.IsDebtor() && f.Status == filing.Reviewing && f.ReviewerID != nil
}

// offices are the bodies at which the actor supervises.
func offices(a account.Actor) []string {
	if !a.IsStaff() {
		return nil
	}
	return a.Bodies(account.RoleSupervisor)
}

// readers are the bodies whose remarks the actor may read: his own, when he is its head or at its desk, or his procuratorate.
func readers(a account.Actor) (bodies, procuratorates []string) {
	if !a.IsStaff() {
		return nil, nil
	}
	bodies = append(a.Bodies(account.RoleSupervisor), a.Bodies(account.RoleDocketing)...)
	slices.Sort(bodies)
	return slices.Compact(bodies), a.Bodies(account.RoleProcurator)
}
