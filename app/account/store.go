package account

import (
	"context"
	"errors"
	"fmt"
	"time"

	"gorm.io/gorm"

	"reliefportal/app/calendar"
	"reliefportal/app/fail"
	"reliefportal/app/seal"
)

// personRow is a row of person.
type personRow struct {
	ID         string `gorm:"primaryKey"`
	Kind       ActorKind
	NameSealed []byte
	Lang       string
	Status     string
	Epoch      int64 // goes up when every session of the person must end
	CreatedAt  time.Time
	UpdatedAt  time.Time
}

// TableName is the table of personRow.
func (personRow) TableName() string { return "person" }

// The states of a person.
const (
	active   = "active"
	disabled = "disabled"
)

func (p personRow) person() Person {
	return Person{ID: p.ID, Kind: p.Kind, Lang: p.Lang, epoch: p.Epoch}
}

func nameAD(personID string) seal.AD {
	return seal.AD{Table: "person", Column: "name_sealed", Row: personID}
}

// contactRow is a row of contact.
type contactRow struct {
	ID          string `gorm:"primaryKey"`
	PersonID    string
	Kind        ContactKind
	ValueSealed []byte
	ValueIndex  []byte
	VerifiedAt  *time.Time
	CreatedAt   time.Time
}

// TableName is the table of contactRow.
func (contactRow) TableName() string { return "contact" }

func (c contactRow) ad() seal.AD {
	return seal.AD{Table: "contact", Column: "value_sealed", Row: c.ID}
}

// codeRow is a row of login_code.
type codeRow struct {
	ID           string `gorm:"primaryKey"`
	ContactKind  ContactKind
	ContactIndex []byte
	CodeHash     []byte
	BrowserHash  []byte
	Tries        int64
	ExpiresAt    time.Time
	UsedAt       *time.Time
	CreatedAt    time.Time
}

// TableName is the table of codeRow.
func (codeRow) TableName() string { return "login_code" }

// staffRow is a row of staff_login.
type staffRow struct {
	PersonID     string `gorm:"primaryKey"`
	Login        string
	PasswordHash string
	TotpSealed   []byte
	EmailSealed  []byte // where work is told of; empty when the person is only told on the pages
	TotpStep     int64  // the last 30-second step a code was taken for
	CreatedAt    time.Time
	UpdatedAt    time.Time
}

// TableName is the table of staffRow.
func (staffRow) TableName() string { return "staff_login" }

func (s staffRow) ad() seal.AD {
	return seal.AD{Table: "staff_login", Column: "totp_sealed", Row: s.PersonID}
}

func (s staffRow) emailAD() seal.AD {
	return seal.AD{Table: "staff_login", Column: "email_sealed", Row: s.PersonID}
}

// grantRow is a row of role_grant.
type grantRow struct {
	ID         string `gorm:"primaryKey"`
	PersonID   string
	Role       Role
	BodyID     *string
	DivisionID *string
	FromOn     calendar.Date
	ToOn       *calendar.Date // the last day it is valid
	CreatedAt  time.Time
}

// TableName is the table of grantRow.
func (grantRow) TableName() string { return "role_grant" }

func (g grantRow) grant() Grant {
	out := Grant{Role: g.Role}
	if g.BodyID != nil {
		out.BodyID = *g.BodyID
	}
	if g.DivisionID != nil {
		out.DivisionID = *g.DivisionID
	}
	return out
}

// validOn narrows grants to those valid on a day, both ends included.
func validOn(on calendar.Date) func(*gorm.DB) *gorm.DB {
	return func(db *gorm.DB) *gorm.DB {
		return db.Where("role_grant.from_on <= ? AND (role_grant.to_on IS NULL OR role_grant.to_on >= ?)", on, on)
	}
}

// PeopleWith lists, in order of id, the people not disabled who hold role at the body on a day.
func PeopleWith(db *gorm.DB, role Role, bodyID string, on calendar.Date) ([]string, error) {
	var ids []string
	err := db.Model(&grantRow{}).Scopes(validOn(on)).Joins("JOIN person ON person.id = role_grant.person_id AND person.status = ?", active).
		Where("role_grant.role = ? AND role_grant.body_id = ?", role, bodyID).
		Order("role_grant.person_id").Distinct().Pluck("role_grant.person_id", &ids).Error
	if err != nil {
		return nil, fmt.Errorf("list people with a role: %w", err)
	}
	return ids, nil
}

// take reads one row or gives fail.NotFound.
func take[T any](db *gorm.DB, what string, where string, args ...any) (T, error) {
	var out T
	err := db.Where(where, args...).Take(&out).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return out, fail.NotFound()
	}
	if err != nil {
		return out, fmt.Errorf("read %s: %w", what, err)
	}
	return out, nil
}

// purge removes what is of no more use: codes after a day, challenges, counts and sessions after their end.
func (s *Service) purge(ctx context.Context) error {
	now := s.clock.Now()
	return s.db.Tx(ctx, func(tx *gorm.DB) error {
		return errors.Join(
			tx.Where("created_at < ?", now.Add(-24*time.Hour)).Delete(&codeRow{}).Error,
			tx.Where("expires_at < ?", now).Delete(&challengeRow{}).Error,
			tx.Exec("DELETE FROM rate_window WHERE expires_at < ?", now).Error,
			tx.Where("expiry < ?", machineNow()).Delete(&sessionRow{}).Error,
		)
	})
}
