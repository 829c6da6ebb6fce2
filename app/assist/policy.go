package assist

import (
	"time"

	"reliefportal/app/account"
)

// helping are the roles that may type for people, in the order they are looked for: the desk of a court that takes requests in, and
// a help line or legal aid desk.
var helping = []account.Role{account.RoleHelper, account.RoleDocketing}

// HelpingRoles lists the roles that may type for people.
func HelpingRoles() []account.Role { return helping }

// MayHelp says in which role, and for which body, a member of staff may type for people; ok is false when he may not.
func MayHelp(a account.Actor) (role account.Role, bodyID string, ok bool) {
	if !a.IsStaff() {
		return "", "", false
	}
	for _, r := range helping {
		if bodies := a.Bodies(r); len(bodies) > 0 {
			return r, bodies[0], true
		}
	}
	return "", "", false
}

// over tells whether a session has been left alone for too long.
func over(seen, now time.Time) bool { return now.Sub(seen) >= SessionIdle }
