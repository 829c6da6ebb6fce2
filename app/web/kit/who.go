package kit

import (
	"slices"
	"strings"

	"reliefportal/app/account"
)

// Who is a set of people that may enter a route.
type Who struct {
	anyone bool
	debtor bool
	staff  bool
	roles  []account.Role
}

var (
	// Anyone may enter, signed in or not.
	Anyone = Who{anyone: true}
	// DebtorOnly admits people who signed in by one-time code.
	DebtorOnly = Who{debtor: true}
	// AnyStaff admits everybody who signed in as staff, whatever the role.
	AnyStaff = Who{staff: true}
	// SignedIn admits debtors and staff.
	SignedIn = Who{debtor: true, staff: true}
)

// Roles admits staff holding at least one of the roles, at whichever body; which body is the query's business.
func Roles(roles ...account.Role) Who { return Who{roles: roles} }

// Admits says whether the actor may enter.
func (w Who) Admits(a account.Actor) bool {
	switch {
	case w.anyone:
		return true
	case a.IsDebtor():
		return w.debtor
	case a.IsStaff():
		return w.staff || slices.ContainsFunc(w.roles, a.Has)
	}
	return false
}

// ForStaff says whether the route belongs to the staff side, and with it which sign-in page leads there.
func (w Who) ForStaff() bool { return !w.anyone && !w.debtor }

// String names the set as the golden route table shows it.
func (w Who) String() string {
	var names []string
	if w.anyone {
		names = append(names, "anyone")
	}
	if w.debtor {
		names = append(names, "debtor")
	}
	if w.staff {
		names = append(names, "staff")
	}
	for _, role := range w.roles {
		names = append(names, string(role))
	}
	return strings.Join(names, ",")
}
