package means

import (
	"encoding/json"
	"errors"
	"time"

	"gorm.io/gorm"

	"reliefportal/app/calendar"
)

// row is the table means_statement.
type row struct {
	ID         string
	PersonID   string
	Version    int64
	DataSealed []byte
	CreatedAt  time.Time
}

// TableName is the table of row.
func (row) TableName() string { return "means_statement" }

// attachment is the table means_attachment.
type attachment struct {
	FilingID    string `gorm:"primaryKey"`
	StatementID string
	BeforeID    *string
	ChangeID    *string
	AttachedOn  calendar.Date
	CreatedAt   time.Time
}

// TableName is the table of attachment.
func (attachment) TableName() string { return "means_attachment" }

// changeRow is the table means_change.
type changeRow struct {
	ID          string
	PersonID    string
	FromID      *string
	KindsSealed []byte
	FilingID    *string
	State       string
	CreatedAt   time.Time
	EndedAt     *time.Time
}

// TableName is the table of changeRow.
func (changeRow) TableName() string { return "means_change" }

// latest reads the newest version of a person's statement; ok is false when nothing was stated.
func latest(db *gorm.DB, personID string) (r row, ok bool, err error) {
	err = db.Where("person_id = ?", personID).Order("version DESC").Take(&r).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return row{}, false, nil
	}
	return r, err == nil, err
}

// open unseals a version.
func (s *Service) open(r row) (Statement, error) {
	out := Statement{ID: r.ID, PersonID: r.PersonID, Version: r.Version, At: r.CreatedAt}
	plain, err := s.Box.Open(dataAD(r.ID), r.DataSealed)
	if err != nil {
		return Statement{}, err
	}
	return out, json.Unmarshal(plain, &out.Data)
}

// byID reads one version.
func (s *Service) byID(db *gorm.DB, id string) (Statement, error) {
	var r row
	if err := db.Where("id = ?", id).Take(&r).Error; err != nil {
		return Statement{}, err
	}
	return s.open(r)
}

// Marks tells which statement a filing shows, for the fingerprint of what its check page showed. db may be a transaction.
func Marks(db *gorm.DB, filingID string) (map[string]string, error) {
	var shown []attachment
	if err := db.Where("filing_id = ?", filingID).Limit(1).Find(&shown).Error; err != nil || len(shown) == 0 {
		return nil, err
	}
	return map[string]string{"means": shown[0].StatementID}, nil
}
