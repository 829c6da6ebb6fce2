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
	return s.open(r)
}

func (s *Service) open(r row) (Profile, error) {
	plain, err := s.box.Open(profileAD(r.PersonID), r.ProfileSealed)
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

// AllIn reads the profiles of many people at once; somebody who has written none is missing, and the zero profile is his.
func (s *Service) AllIn(tx *gorm.DB, personIDs []string) (map[string]Profile, error) {
	out := make(map[string]Profile, len(personIDs))
	if len(personIDs) == 0 {
		return out, nil
	}
	var rows []row
	if err := tx.Where("person_id IN ?", personIDs).Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("read contact profiles: %w", err)
	}
	for _, r := range rows {
		p, err := s.open(r)
		if err != nil {
			return nil, err
		}
		out[r.PersonID] = p
	}
	return out, nil
}
