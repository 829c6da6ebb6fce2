// Package account knows people: how debtors and staff sign in, their sessions, and what each may be.
package account

import (
	"log/slog"
	"slices"

	"reliefportal/app/audit"
)

// ActorKind is what sort of person, or thing, acts.
type ActorKind string

// The kinds of actors.
const (
	Anonymous ActorKind = "anonymous"
	Debtor    ActorKind = "debtor"
	Staff     ActorKind = "staff"
	SystemJob ActorKind = "system"
)

// Role is what a member of staff does at a body.
type Role string

// The roles. They are fixed in the program, since each is checked by name.
const (
	RoleDocketing   Role = "docketing"   // receives filings, asks for what is missing, assigns
	RoleReviewer    Role = "reviewer"    // examines and decides
	RoleImplementer Role = "implementer" // takes the measures; never reviews them
	RoleCaller      Role = "caller"      // calls debtors back, at a callback centre
	RoleSupervisor  Role = "supervisor"  // owns findings
	RoleArbiter     Role = "arbiter"     // settles which body must act
	RoleAdmin       Role = "admin"       // runs the system; sees no filing
	RoleAuditor     Role = "auditor"     // reads the audit record
	RoleProcurator  Role = "procurator"  // reads, at a procuratorate, what is filed against the courts of its seat, and remarks on it
	RoleHelper      Role = "helper"      // types for people on the telephone or at a desk, such as that of a legal aid line
)

// Roles lists every role.
func Roles() []Role {
	return []Role{RoleDocketing, RoleReviewer, RoleImplementer, RoleCaller, RoleSupervisor, RoleArbiter, RoleAdmin, RoleAuditor, RoleProcurator, RoleHelper}
}

// Grant is a role held at a body, and at one of its divisions when DivisionID is set.
type Grant struct {
	Role       Role
	BodyID     string // empty for a role that is not bound to a body
	DivisionID string
}

// Actor is who acts, as services and policies see it. The zero value may do nothing that needs a person.
type Actor struct {
	PersonID  string
	Kind      ActorKind
	Grants    []Grant // those valid today
	Lang      string  // zh-Hans or en
	SessionID string  // which session, for the record; not the token
	By        *Helper // the member of staff who types for this person; nil when the person acts alone
	name      []byte  // sealed, read along with the person
}

// How is the way a member of staff helps a person.
type How string

// The ways of helping.
const (
	ByPhone   How = "phone"
	AtCounter How = "counter"
	ByBooklet How = "booklet" // at a counter, from the code on a paper booklet
)

// AssistRole is the role under which the record names a member of staff who types for a person, and RepresentativeRole that of
// somebody the person has asked to act.
const (
	AssistRole         Role = "assist"
	RepresentativeRole Role = "representative"
)

// Helper is the member of staff behind an actor who is helped. The actor may then do what the person may, in one filing, and the
// record names the helper.
type Helper struct {
	PersonID string
	Role     Role // the role that lets him help
	BodyID   string
	How      How
	FilingID string // the one filing of the session; empty before it is chosen
}

// System is the actor of background work.
func System() Actor { return Actor{Kind: SystemJob} }

// Nobody is the actor of a request without sign-in.
func Nobody(lang string) Actor { return Actor{Kind: Anonymous, Lang: lang} }

// IsDebtor tells whether a signed-in debtor acts.
func (a Actor) IsDebtor() bool { return a.Kind == Debtor && a.PersonID != "" }

// IsStaff tells whether a signed-in member of staff acts.
func (a Actor) IsStaff() bool { return a.Kind == Staff && a.PersonID != "" }

// Has tells whether the actor holds role anywhere.
func (a Actor) Has(role Role) bool {
	return slices.ContainsFunc(a.Grants, func(g Grant) bool { return g.Role == role })
}

// HasAt tells whether the actor holds role at the body.
func (a Actor) HasAt(role Role, bodyID string) bool {
	return slices.ContainsFunc(a.Grants, func(g Grant) bool { return g.Role == role && g.BodyID == bodyID })
}

// Bodies lists the bodies at which the actor holds role, in order and each once.
func (a Actor) Bodies(role Role) []string {
	var out []string
	for _, g := range a.Grants {
		if g.Role == role && g.BodyID != "" {
			out = append(out, g.BodyID)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// Audit is the actor as the audit record names it, acting in role at the body; both may be empty. Of a person who is helped it names
// the helper.
func (a Actor) Audit(role Role, bodyID string) audit.Actor {
	if a.By != nil {
		return audit.Actor{ID: a.By.PersonID, Kind: string(Staff), Role: string(AssistRole), BodyID: a.By.BodyID}
	}
	return audit.Actor{ID: a.PersonID, Kind: string(a.Kind), Role: string(role), BodyID: bodyID}
}

// LogValue shows the actor in a log by identifiers only.
func (a Actor) LogValue() slog.Value {
	return slog.GroupValue(slog.String("kind", string(a.Kind)), slog.String("person", a.PersonID))
}
