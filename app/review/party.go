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

// Party is another side of a filing, whom the court tells within its time that the filing was taken up (OR art. 2). It has no account of its own, so
// the notice goes out on paper.
type Party struct {
	ID         string
	FilingID   string
	Role       string // code of the pack's parties
	NameSealed []byte
	ToldOn     *calendar.Date // civil day in China; nil while it was not told
	ToldHow    string         // ServedPost or ServedInPerson
	RecordedBy string
	CreatedAt  time.Time
	Name       string `gorm:"-"`
}

// TableName is the table of Party.
func (Party) TableName() string { return "filing_party" }

// PartyNameMax is the most characters of a name.
const PartyNameMax = 60

// MayTell says whether the actor keeps the list of the other sides: whoever works for the division or the desk of its court.
func MayTell(a account.Actor, f filing.Filing) bool {
	return a.IsStaff() && f.Status.Open() && (filing.MayHandle(a, f.Owner(), f.OwnerDivision) || a.HasAt(account.RoleDocketing, f.Owner()))
}

// Parties lists the other sides of a filing the caller has loaded under its own visibility, in the order they were written down.
func (s *Service) Parties(ctx context.Context, f filing.Filing) ([]Party, error) {
	return s.partiesIn(s.DB.Read(ctx), f.ID)
}

func (s *Service) partiesIn(db *gorm.DB, filingID string) (out []Party, err error) {
	if err = db.Where("filing_id = ?", filingID).Order("created_at, id").Find(&out).Error; err != nil {
		return nil, err
	}
	for i := range out {
		if out[i].Name, err = s.Box.OpenText(partyAD(out[i].ID), out[i].NameSealed); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// AddParty writes down another side. Errors: NotFound; Conflict "filing.cannot"; Invalid "name" or "role".
func (s *Service) AddParty(ctx context.Context, a account.Actor, id, role, name string) error {
	name = strings.TrimSpace(name)
	return s.DB.Tx(ctx, func(tx *gorm.DB) error {
		f, pack, err := s.forParties(tx, a, id)
		if err != nil {
			return err
		}
		var fields []fail.Field
		switch n := len([]rune(name)); {
		case n == 0:
			fields = append(fields, fail.F("name", "answer.empty"))
		case n > PartyNameMax:
			fields = append(fields, fail.F("name", "answer.too_long", "n", n, "max", PartyNameMax, "over", n-PartyNameMax))
		}
		if !slices.ContainsFunc(pack.Work.Parties, func(o rules.Option) bool { return o.ID == role }) {
			fields = append(fields, fail.F("role", "answer.choose"))
		}
		if len(fields) > 0 {
			return fail.Invalid(fields...)
		}
		p := Party{ID: store.NewID(), FilingID: f.ID, Role: role, RecordedBy: a.PersonID, CreatedAt: s.Clock.Now()}
		p.NameSealed = s.Box.SealText(partyAD(p.ID), name)
		if err := tx.Create(&p).Error; err != nil {
			return err
		}
		if err := s.noted(tx, a, f, "party.added", map[string]any{"party": p.ID, "role": role}); err != nil {
			return err
		}
		if err := s.weigh(tx, f); err != nil {
			return err
		}
		return s.Renamed(tx, f)
	})
}

// TellParty records that a side was told on a day, by post or in person. Errors: NotFound; Conflict "filing.cannot" or "party.told"; Invalid "kind"
// or "value".
func (s *Service) TellParty(ctx context.Context, a account.Actor, id, partyID, how string, on calendar.Date) error {
	return s.DB.Tx(ctx, func(tx *gorm.DB) error {
		f, _, err := s.forParties(tx, a, id)
		if err != nil {
			return err
		}
		if how == ServedPortal {
			how = "" // the other side has no account here
		}
		if err := checkService(how, on, f.ReceivedOn(), calendar.Today(s.Clock)); err != nil {
			return err
		}
		res := tx.Model(&Party{}).Where("id = ? AND filing_id = ? AND told_on IS NULL", partyID, f.ID).Updates(map[string]any{"told_on": on, "told_how": how})
		if res.Error != nil {
			return res.Error
		}
		if res.RowsAffected == 0 {
			return fail.Conflict("party.told")
		}
		return s.noted(tx, a, f, "party.told", map[string]any{"party": partyID, "how": how, "on": on})
	})
}

func (s *Service) forParties(tx *gorm.DB, a account.Actor, id string) (filing.Filing, *rules.Pack, error) {
	f, err := filing.ByID(tx, a, id)
	if err != nil {
		return f, nil, err
	}
	if !MayTell(a, f) {
		return f, nil, fail.Conflict("filing.cannot")
	}
	pack, err := s.Filings.Pack(f)
	return f, pack, err
}

func (s *Service) noted(tx *gorm.DB, a account.Actor, f filing.Filing, kind string, data map[string]any) error {
	return audit.Append(tx, audit.Entry{SubjectType: "filing", SubjectID: f.ID, Actor: filing.AuditActor(a, f.Owner()), Kind: kind, Data: data, At: s.Clock.Now()})
}

func partyAD(id string) seal.AD { return seal.AD{Table: "filing_party", Column: "name", Row: id} }
