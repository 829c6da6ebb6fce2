package assist

import (
	"slices"
	"strings"
	"time"

	"reliefportal/app/filing"
	"reliefportal/app/rules"
	"reliefportal/app/seal"
)

// MostRepresentatives is how many may act for a person in one case at once: one or two (CPL art. 61(1)).
const MostRepresentatives = 2

// InvitationLife is how long an invitation can be taken up (PROJECT): time for a visit to a lawyer, not for a forgotten slip of paper.
const InvitationLife = 7 * 24 * time.Hour

// PaperPower is the kind of paper that a power of attorney is. The court asks for one (CPL art. 62(1)); the portal never waits for it.
const PaperPower = "power_of_attorney"

// SourcesOfPowers are where the law speaks of powers: the paper itself, and special authority.
var (
	CitePaper   = rules.Cite{Source: "CPL", Article: "62(1)", Standing: rules.Checked}
	CiteSpecial = rules.Cite{Source: "CPL", Article: "62(2)", Standing: rules.Checked}
	CiteTwo     = rules.Cite{Source: "CPL", Article: "61(1)", Standing: rules.Checked}
)

// RepState is how far a representation has come.
type RepState string

// The states of a representation.
const (
	Invited  RepState = "invited"
	Active   RepState = "active"
	Revoked  RepState = "revoked"  // ended by either side
	Declined RepState = "declined" // the invitation was taken back before it was taken up
	Lapsed   RepState = "expired"  // nobody took it up in time
)

// Representative is somebody a person has asked to act in one filing, or the invitation to it.
type Representative struct {
	ID          string
	FilingID    string
	PersonID    *string // nil until the invitation is taken up
	Capacity    string  // a code of Capacities
	Powers      string  // codes of filing.Power, separated by commas
	LabelSealed []byte  // how the person calls the one invited
	CodeIndex   []byte
	CodeSealed  []byte // so that the person can look the code up again; empty once it is used
	ExpiresAt   time.Time
	State       RepState
	Version     int64
	InvitedAt   time.Time
	AcceptedAt  *time.Time
	EndedAt     *time.Time
	EndedBy     *string
}

// TableName is the table of Representative.
func (Representative) TableName() string { return "representative" }

// Has tells whether the power was given.
func (r Representative) Has(p filing.Power) bool {
	return slices.Contains(strings.Split(r.Powers, ","), string(p))
}

// Waiting tells whether the invitation can still be taken up.
func (r Representative) Waiting(now time.Time) bool {
	return r.State == Invited && now.Before(r.ExpiresAt)
}

// Who is the id of the representative, empty until the invitation is taken up.
func (r Representative) Who() string {
	if r.PersonID == nil {
		return ""
	}
	return *r.PersonID
}

func labelAD(id string) seal.AD {
	return seal.AD{Table: "representative", Column: "label_sealed", Row: id}
}

func codeAD(id string) seal.AD {
	return seal.AD{Table: "representative", Column: "code_sealed", Row: id}
}

// Invitation is what the person asks.
type Invitation struct {
	Label    string // how he calls the one invited, for his own list
	Capacity string
	Powers   []filing.Power // in any order; reading and typing in the draft need none
}
