package filing

import (
	"reliefportal/app/account"
	"reliefportal/app/rules"
)

// RoleFor is the role that works for a division of a body.
func RoleFor(division string) account.Role {
	switch division {
	case rules.DivDocketing:
		return account.RoleDocketing
	case rules.DivImplementing:
		return account.RoleImplementer
	case rules.DivSupervision:
		return account.RoleSupervisor
	case DivisionRouting:
		return account.RoleArbiter
	default: // review and civil divisions
		return account.RoleReviewer
	}
}

// DivisionRouting is the desk of persons who name the body where no rule decides (PROJECT).
const DivisionRouting = "routing"

// DivisionsOf lists the divisions whose filings a role may see at its own body. Docketing and review see each other's
// part of one file, because a file passes between them; the implementing team sees only requests addressed to it,
// never the review of its own measure (OR art. 11).
func DivisionsOf(role account.Role) []string {
	switch role {
	case account.RoleDocketing, account.RoleReviewer:
		return []string{rules.DivDocketing, rules.DivReview, rules.DivCivil}
	case account.RoleImplementer:
		return []string{rules.DivImplementing}
	case account.RoleArbiter:
		return []string{DivisionRouting}
	}
	return nil
}

// MayHandle reports whether the actor works for the division of the body that owns the filing.
func MayHandle(a account.Actor, bodyID, division string) bool {
	return bodyID != "" && a.HasAt(RoleFor(division), bodyID)
}
