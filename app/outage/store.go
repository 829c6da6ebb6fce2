package outage

import (
	"context"
	"fmt"
	"slices"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"
)

// beatRow is the one row of outage_beat.
type beatRow struct {
	ID        int64 `gorm:"primaryKey"`
	MachineAt time.Time
}

// TableName is the table of beatRow.
func (beatRow) TableName() string { return "outage_beat" }

// hitRow says how often an outage struck a draft.
type hitRow struct {
	OutageID string `gorm:"primaryKey"`
	FilingID string `gorm:"primaryKey"`
	Failures int64
}

// TableName is the table of hitRow.
func (hitRow) TableName() string { return "outage_hit" }

// hit counts a failure for a draft. The address of a request is not to be trusted: a draft that is not the person's own is left out.
func hit(tx *gorm.DB, outageID, filingID, personID string) error {
	if filingID == "" {
		return nil
	}
	var n int64
	if err := tx.Table("filing").Where("id = ? AND person_id = ?", filingID, personID).Count(&n).Error; err != nil || n == 0 {
		return err
	}
	err := tx.Clauses(clause.OnConflict{Columns: []clause.Column{{Name: "outage_id"}, {Name: "filing_id"}},
		DoUpdates: clause.Assignments(map[string]any{"failures": gorm.Expr("outage_hit.failures + 1")})}).
		Create(&hitRow{OutageID: outageID, FilingID: filingID, Failures: 1}).Error
	if err != nil {
		return fmt.Errorf("count an outage for a draft: %w", err)
	}
	return nil
}

// mostTaken bounds the entries one filing takes along, the newest.
const mostTaken = 20

// Caught lists the entries that stood in the way of a filing, in order of time: those that struck its draft, and those that struck everybody
// while its time ran. db may be a transaction.
func (s *Service) Caught(db *gorm.DB, q Question) ([]Entry, error) {
	from := q.Began
	if !q.LastDay.IsZero() && q.LastDay.StartUTC().Before(from) {
		from = q.LastDay.StartUTC()
	}
	var rows []Entry
	err := db.Where("started_at <= ? AND ended_at >= ?", q.Until, from).Order("started_at DESC, id").Find(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("list the outages of a time: %w", err)
	}
	if len(rows) == 0 {
		return nil, nil
	}
	var struck []string
	if err := db.Model(&hitRow{}).Where("filing_id = ?", q.FilingID).Pluck("outage_id", &struck).Error; err != nil {
		return nil, fmt.Errorf("list the outages of a draft: %w", err)
	}
	out := slices.DeleteFunc(rows, func(e Entry) bool { return !slices.Contains(struck, e.ID) && !q.touches(e) })
	out = out[:min(len(out), mostTaken)]
	slices.Reverse(out)
	return out, nil
}

// Row is an entry with the number of drafts it struck.
type Row struct {
	Entry
	Drafts int64
}

// Latest lists the newest entries, at most limit.
func (s *Service) Latest(ctx context.Context, limit int) ([]Row, error) {
	var out []Row
	err := s.DB.Read(ctx).Table("outage").Select("outage.*, (SELECT count(*) FROM outage_hit h WHERE h.outage_id = outage.id) AS drafts").
		Order("started_at DESC, id").Limit(limit).Find(&out).Error
	if err != nil {
		return nil, fmt.Errorf("list the outages: %w", err)
	}
	return out, nil
}

// ForgetFilings takes drafts that go out of the ledger; the outages stay.
func (s *Service) ForgetFilings(tx *gorm.DB, ids []string) error {
	return tx.Where("filing_id IN ?", ids).Delete(&hitRow{}).Error
}
