package appraisal

import (
	"encoding/json"
	"errors"
	"time"

	"gorm.io/gorm"

	"reliefportal/app/calendar"
)

// priceRow is the table appraisal_price. It holds nothing personal.
type priceRow struct {
	ID        string
	Kind      Kind
	Region    string
	Bands     string // JSON
	Source    string
	FromOn    calendar.Date
	ToOn      *calendar.Date
	Version   int64
	CreatedAt time.Time
	UpdatedAt time.Time
}

// TableName is the table of priceRow.
func (priceRow) TableName() string { return "appraisal_price" }

func (r priceRow) price() (Price, error) {
	p := Price{ID: r.ID, Kind: r.Kind, Region: r.Region, Source: r.Source, From: r.FromOn, Version: r.Version}
	if r.ToOn != nil {
		p.To = *r.ToOn
	}
	return p, json.Unmarshal([]byte(r.Bands), &p.Bands)
}

// prices reads the whole list, by kind and region, the newest first.
func prices(db *gorm.DB) ([]Price, error) {
	var rows []priceRow
	if err := db.Order("kind, region, from_on DESC").Find(&rows).Error; err != nil {
		return nil, err
	}
	out := make([]Price, 0, len(rows))
	for _, r := range rows {
		p, err := r.price()
		if err != nil {
			return nil, err
		}
		out = append(out, p)
	}
	return out, nil
}

// checkRow is the table appraisal_check.
type checkRow struct {
	ID               string
	PersonID         string
	Version          int64
	InstitutionIndex []byte // keyed; none when the institution is not known
	DataSealed       []byte
	CreatedAt        time.Time
}

// TableName is the table of checkRow.
func (checkRow) TableName() string { return "appraisal_check" }

// latest reads the newest version of what a person stated; ok is false when nothing was.
func latest(db *gorm.DB, personID string) (r checkRow, ok bool, err error) {
	err = db.Where("person_id = ?", personID).Order("version DESC").Take(&r).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return checkRow{}, false, nil
	}
	return r, err == nil, err
}

// open unseals a version.
func (s *Service) open(r checkRow) (Check, error) {
	out := Check{ID: r.ID, Version: r.Version, At: r.CreatedAt}
	plain, err := s.Box.Open(dataAD(r.ID), r.DataSealed)
	if err != nil {
		return Check{}, err
	}
	return out, json.Unmarshal(plain, &out.Data)
}
