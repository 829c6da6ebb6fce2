package review

import (
	"context"
	"errors"
	"slices"
	"time"

	"gorm.io/gorm"

	"reliefportal/app/account"
	"reliefportal/app/audit"
	"reliefportal/app/calendar"
	"reliefportal/app/fail"
	"reliefportal/app/filing"
	"reliefportal/app/rules"
	"reliefportal/app/store"
)

// Panel is the collegial panel (合议庭) of a filing. The one in charge (承办人) is one of its members. A filing has at most one that has not ended.
type Panel struct {
	ID       string
	FilingID string
	Number   int64 // 1 for the first of the filing
	FormedBy string
	FormedAt time.Time
	EndedAt  *time.Time
	EndedWhy string        // aside, released, formed_anew, moved; empty while it sits
	Members  []PanelMember `gorm:"-"` // the presiding one first
}

// TableName is the table of Panel.
func (Panel) TableName() string { return "panel" }

// PanelMember is one of the three.
type PanelMember struct {
	ID        string
	PanelID   string
	PersonID  string
	Presiding bool // 审判长
}

// TableName is the table of PanelMember.
func (PanelMember) TableName() string { return "panel_member" }

// Has says whether the person is a member.
func (p Panel) Has(personID string) bool {
	return slices.ContainsFunc(p.Members, func(m PanelMember) bool { return m.PersonID == personID })
}

// PanelRule is the rule of the filing's pack that wants a panel for it; ok is false where one person may decide.
func (s *Service) PanelRule(f filing.Filing) (rule rules.PanelRule, ok bool, err error) {
	pack, err := s.Filings.Pack(f)
	if err != nil {
		return rules.PanelRule{}, false, err
	}
	rule, ok = pack.PanelFor(f.Remedy)
	return rule, ok && f.OwnerDivision != rules.DivImplementing, nil
}

// PanelOf is the panel that sits on a filing; ok is false when there is none. db may be a transaction.
func PanelOf(db *gorm.DB, filingID string) (p Panel, ok bool, err error) {
	err = db.Where("filing_id = ? AND ended_at IS NULL", filingID).Take(&p).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return Panel{}, false, nil
	}
	if err != nil {
		return Panel{}, false, err
	}
	err = db.Where("panel_id = ?", p.ID).Order("presiding DESC, id").Find(&p.Members).Error
	return p, err == nil, err
}

// Panel is PanelOf for a filing the caller has loaded under its own visibility.
func (s *Service) Panel(ctx context.Context, f filing.Filing) (Panel, bool, error) {
	return PanelOf(s.DB.Read(ctx), f.ID)
}

// MayFormPanel says whether the actor may form the panel of a filing: the desk of its court, or the one in charge.
func MayFormPanel(a account.Actor, f filing.Filing) bool {
	return a.IsStaff() && f.Status == filing.Reviewing && f.ReviewerID != nil && f.OwnerDivision != rules.DivImplementing &&
		(f.Reviewer() == a.PersonID || a.HasAt(account.RoleDocketing, f.Owner()))
}

// FormPanel forms the panel of a filing that has somebody in charge: presiding and members are ids of three different people who may review it,
// one of them the one in charge. A panel that sat before ends. The day of the decision does not move.
// Errors: NotFound; Conflict "filing.cannot" or "filing.stale"; Invalid "members" or "presiding".
func (s *Service) FormPanel(ctx context.Context, a account.Actor, id string, version int64, presiding string, members []string) (out Panel, err error) {
	err = s.DB.Tx(ctx, func(tx *gorm.DB) error {
		f, err := filing.ByID(tx, a, id)
		switch {
		case err != nil:
			return err
		case !MayFormPanel(a, f):
			return fail.Conflict("filing.cannot")
		case f.Version != version:
			return fail.Conflict("filing.stale")
		}
		if err := s.mayFormOf(tx, f, presiding, members); err != nil {
			return err
		}
		out, err = s.formPanel(tx, a, f, presiding, members)
		return err
	})
	return out, err
}

// mayFormOf checks number and persons of a panel.
func (s *Service) mayFormOf(tx *gorm.DB, f filing.Filing, presiding string, members []string) error {
	rule, needed, err := s.PanelRule(f)
	if err != nil {
		return err
	}
	size := 3
	if needed {
		size = rule.Size
	}
	distinct := slices.Compact(slices.Sorted(slices.Values(members)))
	switch {
	case len(distinct) != size || len(members) != size:
		return fail.Invalid(fail.F("members", "panel.size", "N", size))
	case !slices.Contains(members, f.Reviewer()):
		return fail.Invalid(fail.F("members", "panel.in_charge"))
	case !slices.Contains(members, presiding):
		return fail.Invalid(fail.F("presiding", "panel.presiding"))
	}
	for _, id := range members {
		person, err := account.Load(tx, id, calendar.DateOf(s.Clock.Now()))
		if err != nil {
			return fail.Invalid(fail.F("members", "answer.choose"))
		}
		bar, err := s.barOf(tx, f, person)
		if err != nil {
			return err
		}
		if bar != BarNone {
			return fail.Invalid(fail.F("members", barKey(bar)))
		}
	}
	return nil
}

func (s *Service) formPanel(tx *gorm.DB, a account.Actor, f filing.Filing, presiding string, members []string) (Panel, error) {
	now := s.Clock.Now()
	var before int64
	if err := tx.Model(&Panel{}).Where("filing_id = ?", f.ID).Count(&before).Error; err != nil {
		return Panel{}, err
	}
	if err := endPanelOf(tx, f.ID, "", "formed_anew", now); err != nil {
		return Panel{}, err
	}
	p := Panel{ID: store.NewID(), FilingID: f.ID, Number: before + 1, FormedBy: a.PersonID, FormedAt: now}
	if err := tx.Create(&p).Error; err != nil {
		return Panel{}, err
	}
	for _, id := range members {
		m := PanelMember{ID: store.NewID(), PanelID: p.ID, PersonID: id, Presiding: id == presiding}
		if err := tx.Create(&m).Error; err != nil {
			return Panel{}, err
		}
		p.Members = append(p.Members, m)
	}
	slices.SortFunc(p.Members, func(x, y PanelMember) int { return b2i(y.Presiding) - b2i(x.Presiding) })
	return p, audit.Append(tx, audit.Entry{SubjectType: "filing", SubjectID: f.ID, Actor: filing.AuditActor(a, f.Owner()), Kind: "panel.formed",
		Data: map[string]any{"number": p.Number, "presiding": presiding, "members": members}, At: now})
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}

// EndPanel ends the panel that sits on a filing because the filing has left its body. Nothing happens when there is none.
func EndPanel(tx *gorm.DB, filingID string, now time.Time) error {
	return endPanelOf(tx, filingID, "", "moved", now)
}

// endPanelOf ends the panel that sits on a filing when the person is one of its members; an empty person ends it in any case.
func endPanelOf(tx *gorm.DB, filingID, personID, why string, now time.Time) error {
	p, ok, err := PanelOf(tx, filingID)
	if err != nil || !ok || personID != "" && !p.Has(personID) {
		return err
	}
	return tx.Model(&Panel{}).Where("id = ? AND ended_at IS NULL", p.ID).Updates(map[string]any{"ended_at": now, "ended_why": why}).Error
}
