package restriction

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"gorm.io/gorm"

	"reliefportal/app/account"
	"reliefportal/app/fail"
	"reliefportal/app/rules"
	"reliefportal/app/seal"
)

const sweepBatch = 200

func factsAD(id string) seal.AD { return seal.AD{Table: "restriction", Column: "facts", Row: id} }

func notFound(err error) error {
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return fail.NotFound()
	}
	return err
}

// Mine lists the actor's entries, those still followed first, the earliest day first.
func (s *Service) Mine(ctx context.Context, a account.Actor) ([]Entry, error) {
	if !a.IsDebtor() {
		return nil, fail.NotFound()
	}
	var rows []Entry
	err := s.DB.Read(ctx).Where("person_id = ?", a.PersonID).
		Order("CASE WHEN state IN ('waiting','due') THEN 0 ELSE 1 END, due_on, id").Limit(sweepBatch).Find(&rows).Error
	return rows, err
}

// Get loads an entry of the actor with the facts for its request. Somebody else's is not found.
func (s *Service) Get(ctx context.Context, a account.Actor, id string) (Entry, rules.Facts, error) {
	var e Entry
	if !a.IsDebtor() {
		return e, nil, fail.NotFound()
	}
	if err := s.DB.Read(ctx).Where("id = ? AND person_id = ?", id, a.PersonID).Take(&e).Error; err != nil {
		return e, nil, notFound(err)
	}
	plain, err := s.Box.Open(factsAD(e.ID), e.FactsSealed)
	if err != nil {
		return e, nil, fmt.Errorf("open the facts of a restriction: %w", err)
	}
	facts := rules.Facts{}
	if err := json.Unmarshal(plain, &facts); err != nil {
		return e, nil, fmt.Errorf("read the facts of a restriction: %w", err)
	}
	return e, facts, nil
}

// Forget deletes everything a person follows.
func (s *Service) Forget(tx *gorm.DB, personID string) error {
	return tx.Where("person_id = ?", personID).Delete(&Entry{}).Error
}

// ForgetFilings lets entries go on without the drafts that go.
func (s *Service) ForgetFilings(tx *gorm.DB, ids []string) error {
	return tx.Model(&Entry{}).Where("draft_id IN ?", ids).Update("draft_id", nil).Error
}
