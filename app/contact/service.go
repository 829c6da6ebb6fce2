package contact

import (
	"context"

	"gorm.io/gorm"

	"reliefportal/app/account"
	"reliefportal/app/audit"
	"reliefportal/app/calendar"
	"reliefportal/app/fail"
	"reliefportal/app/seal"
	"reliefportal/app/store"
)

// Service keeps the profiles and is the only writer of their table.
type Service struct {
	db    *store.DB
	box   *seal.Box
	clock calendar.Clock
}

// New makes the service.
func New(db *store.DB, box *seal.Box, clock calendar.Clock) *Service {
	return &Service{db: db, box: box, clock: clock}
}

// Of gives the profile of a person; somebody who has written none gets the careful one.
func (s *Service) Of(ctx context.Context, personID string) (Profile, error) {
	return s.read(s.db.Read(ctx), personID)
}

// In is Of inside a transaction.
func (s *Service) In(tx *gorm.DB, personID string) (Profile, error) { return s.read(tx, personID) }

// Save keeps the actor's own profile over the version it was made from. The record says that it changed, never what it says.
// Errors: NotFound for anybody but a debtor, Invalid per field, Conflict "contact.stale" when it was changed meanwhile.
func (s *Service) Save(ctx context.Context, a account.Actor, p Profile) error {
	if !a.IsDebtor() {
		return fail.NotFound()
	}
	if err := p.Check(); err != nil {
		return err
	}
	return s.db.Tx(ctx, func(tx *gorm.DB) error {
		now := s.clock.Now()
		ok, err := s.write(tx, a.PersonID, p, now)
		if err != nil {
			return err
		}
		if !ok {
			return fail.Conflict("contact.stale")
		}
		return audit.Append(tx, audit.Entry{SubjectType: account.SubjectPerson, SubjectID: a.PersonID, Actor: a.Audit("", ""),
			Kind: "person.contact_profile", At: now})
	})
}

// Forget deletes how a person wishes to be reached; the careful profile counts again.
func (s *Service) Forget(tx *gorm.DB, personID string) error {
	return tx.Where("person_id = ?", personID).Delete(&row{}).Error
}
