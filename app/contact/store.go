package contact

import (
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"gorm.io/gorm"

	"reliefportal/app/seal"
)

// row is a line of the table safe_contact.
type row struct {
	PersonID      string `gorm:"primaryKey"`
	ProfileSealed []byte
	Version       int64
	UpdatedAt     time.Time
}

// TableName is the table of rows.
func (row) TableName() string { return "safe_contact" }

func profileAD(personID string) seal.AD {
	return seal.AD{Table: "safe_contact", Column: "profile_sealed", Row: personID}
}

// read opens the profile of a person; somebody without one gets the careful profile.
func (s *Service) read(db *gorm.DB, personID string) (Profile, error) {
	var r row
	err := db.Where("person_id = ?", personID).Take(&r).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return Profile{}, nil
	}
	if err != nil {
		return Profile{}, fmt.Errorf("read a contact profile: %w", err)
	}
	plain, err := s.box.Open(profileAD(personID), r.ProfileSealed)
	if err != nil {
		return Profile{}, fmt.Errorf("open a contact profile: %w", err)
	}
	p := Profile{Version: r.Version}
	if err := json.Unmarshal(plain, &p); err != nil {
		return Profile{}, fmt.Errorf("read a contact profile: %w", err)
	}
	return p, nil
}

// write seals a profile over the version it was made from. ok is false when that version is not there any more.
func (s *Service) write(tx *gorm.DB, personID string, p Profile, now time.Time) (ok bool, err error) {
	plain, err := json.Marshal(p)
	if err != nil {
		return false, fmt.Errorf("write a contact profile: %w", err)
	}
	r := row{PersonID: personID, ProfileSealed: s.box.Seal(profileAD(personID), plain), Version: p.Version + 1, UpdatedAt: now}
	if p.Version == 0 {
		err := tx.Create(&r).Error
		if errors.Is(err, gorm.ErrDuplicatedKey) {
			return false, nil
		}
		return err == nil, err
	}
	res := tx.Model(&row{}).Where("person_id = ? AND version = ?", personID, p.Version).
		Updates(map[string]any{"profile_sealed": r.ProfileSealed, "version": r.Version, "updated_at": now})
	return res.RowsAffected == 1, res.Error
}
