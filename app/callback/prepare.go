package callback

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"reliefportal/app/account"
	"reliefportal/app/calendar"
	"reliefportal/app/fail"
	"reliefportal/app/rules"
	"reliefportal/app/seal"
	"reliefportal/app/store"
)

// Prepared is a request written for a person from what he said. It is nothing to anybody but him until he takes it up.
type Prepared struct {
	ID        string
	Remedy    string
	CreatedAt time.Time // UTC
	FilingID  string    // his draft, once he has taken it up
}

// Drafts begins a draft for a person: the facts given, on top of the names and numbers of an earlier filing of his. The same
// token begins one draft, however often it is given. It returns the filing.
type Drafts interface {
	Begin(ctx context.Context, a account.Actor, from, remedy string, facts rules.Facts, lang, token string) (filingID string, err error)
}

type preparedRow struct {
	ID          string `gorm:"primaryKey"`
	CaseID      string
	PersonID    string
	Remedy      string
	FactsSealed []byte
	CreatedAt   time.Time `gorm:"autoCreateTime:false"`
	FilingID    *string
	StartedAt   *time.Time
}

// TableName names the table.
func (preparedRow) TableName() string { return "callback_prepared" }

func preparedPlace(id string) seal.AD {
	return seal.AD{Table: "callback_prepared", Column: "facts_sealed", Row: id}
}

// prepare writes the requests an answer asks for, once per remedy and case.
func (s *Service) prepare(h *desk, it *rules.Item, v rules.Value, all rules.Facts) error {
	for _, p := range it.Prepares {
		if !holds(p.Answers, v.Choice) {
			continue
		}
		if err := s.putPrepared(h, p.Remedy, gather(p, all)); err != nil {
			return err
		}
	}
	return nil
}

// gather joins the facts of a prepared request with those that other answers add; lists are joined.
func gather(p rules.Prepare, answers rules.Facts) rules.Facts {
	out := rules.Facts{}
	add(out, p.Facts)
	for _, also := range p.Also {
		if v, ok := answers.Known(rules.FactID(also.Item)); ok && holds(also.Answers, v.Choice) {
			add(out, also.Facts)
		}
	}
	return out
}

func add(to, from rules.Facts) {
	for id, v := range from {
		have := to[id]
		v.Choices = append(slices.Clone(have.Choices), v.Choices...)
		slices.Sort(v.Choices)
		v.Choices = slices.Compact(v.Choices)
		to[id] = v
	}
}

func (s *Service) putPrepared(h *desk, remedy string, facts rules.Facts) error {
	plain, err := json.Marshal(facts)
	if err != nil {
		return fmt.Errorf("write a prepared request: %w", err)
	}
	row := preparedRow{ID: store.NewID(), CaseID: h.old.ID, PersonID: h.old.PersonID, Remedy: remedy, CreatedAt: h.now}
	row.FactsSealed = s.vault.box.Seal(preparedPlace(row.ID), plain)
	done := h.tx.Clauses(clause.OnConflict{Columns: []clause.Column{{Name: "case_id"}, {Name: "remedy"}}, DoNothing: true}).Create(&row)
	if done.Error != nil || done.RowsAffected == 0 {
		return done.Error
	}
	return s.record(h.tx, h.actor(), SubjectCase, h.old.ID, "callback.prepared", map[string]any{"remedy": remedy})
}

// PreparedFor lists the requests prepared for a person, the newest first.
func (s *Service) PreparedFor(ctx context.Context, personID string) ([]Prepared, error) {
	var rows []preparedRow
	err := s.db.Read(ctx).Where("person_id = ?", personID).Order("created_at DESC, id").Find(&rows).Error
	if err != nil {
		return nil, err
	}
	out := make([]Prepared, len(rows))
	for i, r := range rows {
		out[i] = Prepared{ID: r.ID, Remedy: r.Remedy, CreatedAt: r.CreatedAt}
		if r.FilingID != nil {
			out[i].FilingID = *r.FilingID
		}
	}
	return out, nil
}

// Circumstances is what a person told of his circumstances when he was last asked about them.
type Circumstances struct {
	At    time.Time // UTC
	Facts rules.Facts
}

// CircumstancesOf gives what the actor told, and agreed to have used for a request of his own, within the time after which he is asked anew. It
// never holds anything said about how he was treated: that is another instrument. ok is false when there is nothing.
func (s *Service) CircumstancesOf(ctx context.Context, a account.Actor) (c Circumstances, ok bool, err error) {
	now := s.clock.Now()
	pack := s.packs.On(calendar.DateOf(now))
	var rows []preparedRow
	err = s.db.Read(ctx).Table("callback_prepared p").Joins("JOIN callback_case c ON c.id = p.case_id AND c.kind = ?", rules.Circumstances).
		Where("p.person_id = ? AND p.filing_id IS NULL", a.PersonID).Order("p.created_at DESC, p.id").Select("p.*").Find(&rows).Error
	if err != nil || len(rows) == 0 || !calendar.DateOf(now).Before(FreeAgain(&pack.Calls, pack.Calendar, calendar.DateOf(rows[0].CreatedAt))) {
		return c, false, err
	}
	c = Circumstances{At: rows[0].CreatedAt, Facts: rules.Facts{}}
	for _, r := range rows {
		if r.CaseID != rows[0].CaseID {
			break
		}
		facts, _, err := s.openPrepared(ctx, r)
		if err != nil {
			return c, false, err
		}
		add(c.Facts, facts)
	}
	return c, true, nil
}

// TakeUp makes a prepared request a draft of the person's own and returns the filing. Taken up twice it is the same draft.
// Not his, and no request at all, are both not found.
func (s *Service) TakeUp(ctx context.Context, a account.Actor, id, lang string) (filingID string, err error) {
	var row preparedRow
	err = s.db.Read(ctx).Where("id = ? AND person_id = ?", id, a.PersonID).Take(&row).Error
	if row, err = found(row, err); err != nil {
		return "", err
	}
	if row.FilingID != nil {
		return *row.FilingID, nil
	}
	if s.Drafts == nil {
		return "", fail.Unavailable("callback.no_drafts", nil)
	}
	facts, from, err := s.openPrepared(ctx, row)
	if err != nil {
		return "", err
	}
	if filingID, err = s.Drafts.Begin(ctx, a, from, row.Remedy, facts, lang, row.ID); err != nil {
		return "", err
	}
	now := s.clock.Now()
	return filingID, s.db.Tx(ctx, func(tx *gorm.DB) error {
		done := tx.Model(&preparedRow{}).Where("id = ? AND filing_id IS NULL", id).Updates(map[string]any{"filing_id": filingID, "started_at": now})
		if done.Error != nil || done.RowsAffected == 0 {
			return done.Error
		}
		return s.record(tx, a.Audit("", ""), SubjectCase, row.CaseID, "callback.taken_up", map[string]any{"remedy": row.Remedy})
	})
}

func (s *Service) openPrepared(ctx context.Context, row preparedRow) (facts rules.Facts, from string, err error) {
	if facts, err = s.vault.openPrepared(row); err != nil {
		return nil, "", err
	}
	var c Case
	err = s.db.Read(ctx).Where("id = ?", row.CaseID).Take(&c).Error
	return facts, c.FilingID, err
}

func (v vault) openPrepared(row preparedRow) (facts rules.Facts, err error) {
	plain, err := v.box.Open(preparedPlace(row.ID), row.FactsSealed)
	if err != nil {
		return nil, fmt.Errorf("open a prepared request: %w", err)
	}
	if err := json.Unmarshal(plain, &facts); err != nil {
		return nil, fmt.Errorf("read a prepared request: %w", err)
	}
	return facts, nil
}
