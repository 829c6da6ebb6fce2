package transfer

import (
	"slices"

	"reliefportal/app/account"
	"reliefportal/app/filing"
	"reliefportal/app/rules"
)

// MayAnswer says whether the actor may answer an offer: he works for the same division at the body that was asked.
func MayAnswer(a account.Actor, o Offer) bool {
	return a.IsStaff() && filing.MayHandle(a, o.ToBodyID, o.Division)
}

// MayAppoint says whether the actor may name who has a filing: a supervisor of the court that was asked, or an arbiter of the routing desk.
func MayAppoint(a account.Actor, q Appointment, routingDesk string) bool {
	return a.IsStaff() && a.HasAt(appointerAt(q.AskedBodyID, routingDesk), q.AskedBodyID)
}

func appointerAt(bodyID, routingDesk string) account.Role {
	if bodyID == routingDesk {
		return account.RoleArbiter
	}
	return account.RoleSupervisor
}

// answerers are the divisions whose offers a role answers at its own body.
func answerers(role account.Role) []string {
	return slices.DeleteFunc([]string{rules.DivDocketing, rules.DivReview, rules.DivCivil, rules.DivImplementing, rules.DivSupervision}, func(division string) bool {
		return filing.RoleFor(division) != role
	})
}
