package review

import (
	"context"
	"slices"
	"strings"
	"time"

	"gorm.io/gorm"

	"reliefportal/app/account"
	"reliefportal/app/audit"
	"reliefportal/app/calendar"
	"reliefportal/app/fail"
	"reliefportal/app/filing"
	"reliefportal/app/rules"
	"reliefportal/app/seal"
	"reliefportal/app/store"
)

// How somebody came to stand aside in a filing.
const (
	Recused = "recused"  // somebody else decided so
	Related = "relation" // he declared a tie himself
)

// Exclusion is one person who stands aside in one filing (CPL art. 47). It is never taken back: a mistake is put right by another person.
type Exclusion struct {
	ID         string
	FilingID   string
	PersonID   string
	Kind       string // Recused or Related
	Reason     string // code of the pack's relations
	NoteSealed []byte
	RecordedBy string
	CreatedAt  time.Time
}

// TableName is the table of Exclusion.
func (Exclusion) TableName() string { return "review_exclusion" }

// TeamMember is a member of staff in a team of a body, from a day on and to a day; a nil end is open.
type TeamMember struct {
	ID        string
	BodyID    string
	Team      string
	PersonID  string
	FromOn    calendar.Date
	ToOn      *calendar.Date
	CreatedAt time.Time
}

// TableName is the table of TeamMember.
func (TeamMember) TableName() string { return "team_member" }

// Absence is a time in which somebody is away, first and last day included. Nothing is given to him then.
type Absence struct {
	ID         string
	PersonID   string
	FromOn     calendar.Date
	ToOn       calendar.Date
	RecordedBy string
	CreatedAt  time.Time
}

// TableName is the table of Absence.
func (Absence) TableName() string { return "absence" }

// StandAside keeps a person out of a filing for good: a member of staff himself who declares a tie, or somebody whom the desk records as recused.
// A filing he has goes back to be given to somebody else, and his panel ends. reason is a code of the pack's relations; note says more.
// Errors: NotFound; Conflict "filing.cannot" or "filing.stale"; Invalid "reason", "person" or "text".
func (s *Service) StandAside(ctx context.Context, a account.Actor, id string, version int64, personID, reason, note string) error {
	if len([]rune(note)) > TextMax {
		return fail.Invalid(fail.F("text", "answer.too_long", "n", len([]rune(note)), "max", TextMax, "over", len([]rune(note))-TextMax))
	}
	return s.DB.Tx(ctx, func(tx *gorm.DB) error {
		f, err := filing.ByID(tx, a, id)
		if err != nil {
			return err
		}
		switch {
		case !MayStandAside(a, f, personID):
			return fail.Conflict("filing.cannot")
		case f.Version != version:
			return fail.Conflict("filing.stale")
		}
		pack, err := s.Filings.Pack(f)
		if err != nil {
			return err
		}
		if !slices.ContainsFunc(pack.Work.Relations, func(o rules.Option) bool { return o.ID == reason }) {
			return fail.Invalid(fail.F("reason", "answer.choose"))
		}
		return s.exclude(tx, a, f, personID, reason, note)
	})
}

// MayStandAside says whether the actor may keep the person out of the filing: himself wherever he handles it, others from the desk.
func MayStandAside(a account.Actor, f filing.Filing, personID string) bool {
	if !a.IsStaff() || !f.Status.Open() || personID == "" {
		return false
	}
	own := personID == a.PersonID && filing.MayHandle(a, f.Owner(), f.OwnerDivision)
	return own || f.OwnerDivision != rules.DivImplementing && a.HasAt(account.RoleDocketing, f.Owner())
}

func (s *Service) exclude(tx *gorm.DB, a account.Actor, f filing.Filing, personID, reason, note string) error {
	if _, err := account.Load(tx, personID, calendar.DateOf(s.Clock.Now())); err != nil {
		return fail.Invalid(fail.F("person", "answer.choose"))
	}
	row := Exclusion{ID: store.NewID(), FilingID: f.ID, PersonID: personID, Kind: Recused, Reason: reason, RecordedBy: a.PersonID, CreatedAt: s.Clock.Now()}
	if personID == a.PersonID {
		row.Kind = Related
	}
	var n int64
	if err := tx.Model(&Exclusion{}).Where("filing_id = ? AND person_id = ? AND kind = ?", f.ID, personID, row.Kind).Count(&n).Error; err != nil || n > 0 {
		return err
	}
	if note = strings.TrimSpace(note); note != "" {
		row.NoteSealed = s.Box.SealText(seal.AD{Table: "review_exclusion", Column: "note", Row: row.ID}, note)
	}
	if err := tx.Create(&row).Error; err != nil {
		return err
	}
	if err := audit.Append(tx, audit.Entry{SubjectType: "filing", SubjectID: f.ID, Actor: filing.AuditActor(a, f.Owner()), Kind: "review.aside",
		Data: map[string]any{"person": personID, "kind": row.Kind, "reason": reason}, At: row.CreatedAt}); err != nil {
		return err
	}
	if err := endPanelOf(tx, f.ID, personID, "aside", row.CreatedAt); err != nil {
		return err
	}
	if f.Reviewer() != personID {
		return nil
	}
	return s.release(tx, a, &f, "aside")
}

// Release takes a filing from the one in charge, or lets him give it back; reason is a code of the pack's overrides. Its panel ends, and the clock
// runs on. Errors: NotFound, Conflict, Invalid "reason".
func (s *Service) Release(ctx context.Context, a account.Actor, id string, version int64, reason string) (filing.Filing, error) {
	return s.step(ctx, a, id, version, filing.ActRelease, func(tx *gorm.DB, f *filing.Filing) error {
		if err := s.overrideKnown(*f, reason); err != nil {
			return err
		}
		if err := endPanelOf(tx, f.ID, f.Reviewer(), "released", s.Clock.Now()); err != nil {
			return err
		}
		return s.release(tx, a, f, reason)
	})
}

func (s *Service) release(tx *gorm.DB, a account.Actor, f *filing.Filing, reason string) error {
	if _, ok := filing.Next(f.Status, filing.ActRelease); !ok {
		return nil // decided already: his part is done, and somebody else serves it
	}
	set := filing.Set{"reviewer_id": nil}
	if f.HandedOn() {
		set["next_action"] = *f.NextAction // another body has been asked, and still owes its answer
	}
	return s.Filings.Move(tx, f, filing.Change{Action: filing.ActRelease, Actor: a, Set: set,
		Data: map[string]any{"person": f.Reviewer(), "reason": reason}, Hidden: true})
}

// overrideKnown wants a coded reason of the pack. Error: Invalid "reason".
func (s *Service) overrideKnown(f filing.Filing, reason string) error {
	pack, err := s.Filings.Pack(f)
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(pack.Work.Overrides, func(o rules.Option) bool { return o.ID == reason }) {
		return fail.Invalid(fail.F("reason", "answer.choose"))
	}
	return nil
}

// Exclusions lists who stands aside in a filing the caller has loaded under its own visibility, oldest first.
func (s *Service) Exclusions(ctx context.Context, f filing.Filing) (out []Exclusion, err error) {
	err = s.DB.Read(ctx).Where("filing_id = ?", f.ID).Order("created_at, id").Find(&out).Error
	return out, err
}

// SetTeam puts a member of staff into a team of a body from a day on; a team he was in at that body ends the day before. An empty team only ends.
func (s *Service) SetTeam(ctx context.Context, a account.Actor, bodyID, personID, team string, from calendar.Date) error {
	team = strings.TrimSpace(team)
	if from.IsZero() || len([]rune(team)) > 60 {
		return fail.Invalid(fail.F("team", "answer.choose"))
	}
	return s.DB.Tx(ctx, func(tx *gorm.DB) error {
		if err := tx.Where("body_id = ? AND person_id = ? AND from_on >= ?", bodyID, personID, from).Delete(&TeamMember{}).Error; err != nil {
			return err
		}
		if err := tx.Model(&TeamMember{}).Where("body_id = ? AND person_id = ? AND (to_on IS NULL OR to_on >= ?)", bodyID, personID, from).
			Update("to_on", from.AddDays(-1)).Error; err != nil {
			return err
		}
		if team != "" {
			row := TeamMember{ID: store.NewID(), BodyID: bodyID, PersonID: personID, Team: team, FromOn: from, CreatedAt: s.Clock.Now()}
			if err := tx.Create(&row).Error; err != nil {
				return err
			}
		}
		return audit.Append(tx, audit.Entry{SubjectType: "person", SubjectID: personID, Actor: a.Audit("", bodyID), Kind: "staff.team",
			Data: map[string]any{"body": bodyID, "team": team, "from": from}, At: s.Clock.Now()})
	})
}

// AddAbsence notes that somebody is away from one day to another, both included. Error: Invalid "to" when the end lies before the beginning.
func (s *Service) AddAbsence(ctx context.Context, a account.Actor, personID string, from, to calendar.Date) error {
	if from.IsZero() || to.IsZero() || to.Before(from) {
		return fail.Invalid(fail.F("to", "absence.order"))
	}
	return s.DB.Tx(ctx, func(tx *gorm.DB) error {
		row := Absence{ID: store.NewID(), PersonID: personID, FromOn: from, ToOn: to, RecordedBy: a.PersonID, CreatedAt: s.Clock.Now()}
		if err := tx.Create(&row).Error; err != nil {
			return err
		}
		return audit.Append(tx, audit.Entry{SubjectType: "person", SubjectID: personID, Actor: a.Audit("", ""), Kind: "staff.away",
			Data: map[string]any{"from": from, "to": to}, At: row.CreatedAt})
	})
}
