package appraisal

import "reliefportal/app/account"

// MayKeep says whether the actor may keep the price list: an administrator.
func MayKeep(a account.Actor) bool { return a.Has(account.RoleAdmin) }

// MayCount says whether the actor may see the figures on institutions: a supervisor.
func MayCount(a account.Actor) bool { return a.Has(account.RoleSupervisor) }
