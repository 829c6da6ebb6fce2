package directory

import (
	"fmt"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"reliefportal/app/calendar"
)

type bodyRow struct {
	ID        string `gorm:"primaryKey"`
	Kind      string
	Name      string
	NameEn    string
	Level     int
	ParentID  *string
	Province  string
	Sign      string
	SignBasis string
	Uncertain bool
	// ProcuratorateID is set for courts only.
	ProcuratorateID *string
	ClosedOn        calendar.Date
	SuccessorID     *string
	CreatedAt       time.Time
	UpdatedAt       time.Time
}

// TableName is the table of bodyRow.
func (bodyRow) TableName() string { return "body" }

func bodyRowOf(b Body, at time.Time) bodyRow {
	r := bodyRow{
		ID: b.ID, Kind: string(b.Kind), Name: b.Name, NameEn: b.NameEn, Level: b.Level, Province: b.Province,
		Sign: b.Sign, SignBasis: b.SignBasis, Uncertain: b.Uncertain, CreatedAt: at, UpdatedAt: at,
	}
	if b.ParentID != "" {
		r.ParentID = &b.ParentID
	}
	if b.ProcuratorateID != "" {
		r.ProcuratorateID = &b.ProcuratorateID
	}
	r.ClosedOn = b.ClosedOn
	if b.SuccessorID != "" {
		r.SuccessorID = &b.SuccessorID
	}
	return r
}

func (r bodyRow) body() Body {
	b := Body{
		ID: r.ID, Kind: BodyKind(r.Kind), Name: r.Name, NameEn: r.NameEn, Level: r.Level, Province: r.Province,
		Sign: r.Sign, SignBasis: r.SignBasis, Uncertain: r.Uncertain,
	}
	if r.ParentID != nil {
		b.ParentID = *r.ParentID
	}
	if r.ProcuratorateID != nil {
		b.ProcuratorateID = *r.ProcuratorateID
	}
	b.ClosedOn = r.ClosedOn
	if r.SuccessorID != nil {
		b.SuccessorID = *r.SuccessorID
	}
	return b
}

type divisionRow struct {
	ID        string `gorm:"primaryKey"`
	BodyID    string
	Kind      string
	Name      string
	NameEn    string
	FromOn    calendar.Date
	ToOn      calendar.Date
	CreatedAt time.Time
}

// TableName is the table of divisionRow.
func (divisionRow) TableName() string { return "division" }

func (r divisionRow) division() Division {
	return Division{ID: r.ID, BodyID: r.BodyID, Kind: r.Kind, Name: r.Name, NameEn: r.NameEn, From: r.FromOn, To: r.ToOn}
}

// batch keeps a statement well below the most parameters either database takes.
const batch = 500

// insertMissing adds bodies that are not there yet, by id or name; parents must come before their children.
func insertMissing(tx *gorm.DB, bodies []Body, at time.Time) (added int, err error) {
	rows := make([]bodyRow, 0, len(bodies))
	for _, b := range bodies {
		rows = append(rows, bodyRowOf(b, at))
	}
	for len(rows) > 0 {
		n := min(batch, len(rows))
		part := rows[:n]
		done := tx.Clauses(clause.OnConflict{DoNothing: true}).Create(&part)
		if done.Error != nil {
			return 0, fmt.Errorf("insert bodies: %w", done.Error)
		}
		added += int(done.RowsAffected)
		rows = rows[n:]
	}
	return added, nil
}

// bodyIDs returns the id of every body by its name.
func bodyIDs(tx *gorm.DB) (map[string]string, error) {
	var rows []bodyRow
	if err := tx.Select("id", "name").Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("list bodies: %w", err)
	}
	ids := make(map[string]string, len(rows))
	for _, r := range rows {
		ids[r.Name] = r.ID
	}
	return ids, nil
}

// divisionsOf returns every division of a kind that a body has or will have, oldest first.
func divisionsOf(tx *gorm.DB, bodyID, kind string) ([]divisionRow, error) {
	var rows []divisionRow
	err := tx.Where("body_id = ? AND kind = ?", bodyID, kind).Order("from_on").Find(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("list divisions: %w", err)
	}
	return rows, nil
}
