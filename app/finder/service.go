package finder

import (
	"context"
	"encoding/json"
	"errors"

	"gorm.io/gorm"

	"reliefportal/app/calendar"
	"reliefportal/app/rules"
	"reliefportal/app/seal"
	"reliefportal/app/store"
)

// Deps are the neighbours of the service.
type Deps struct {
	DB    *store.DB
	Box   *seal.Box
	Clock calendar.Clock
}

// Service keeps and gives back visitors' answers. It is the only writer of finder_visit.
type Service struct{ Deps }

// New makes the service.
func New(d Deps) *Service { return &Service{d} }

// Visit gives the answers that belong to a token. ok is false when there are none, or their time is over.
func (s *Service) Visit(ctx context.Context, token string) (v Visit, ok bool, err error) {
	r, ok, err := byToken(s.DB.Read(ctx), token, s.Clock.Now())
	if err != nil || !ok {
		return Visit{}, false, err
	}
	v, err = s.open(r)
	return v, err == nil, err
}

// Answer adds answers to those of the token and gives the token under which all of them are kept: the same one, or a new one when this
// is the first answer or the old ones are gone.
func (s *Service) Answer(ctx context.Context, token, lang string, answers rules.Facts) (string, error) {
	const tries = 5 // codes grow by one sign with each try, so that a crowded table never runs out
	for try := range tries {
		kept, err := s.answerOnce(ctx, token, lang, answers, codeSigns+try)
		if !errors.Is(err, gorm.ErrDuplicatedKey) {
			return kept, err
		}
	}
	return "", errors.New("no free code for a visit")
}

const codeSigns = 4

func (s *Service) answerOnce(ctx context.Context, token, lang string, answers rules.Facts, signs int) (kept string, err error) {
	err = s.DB.Tx(ctx, func(tx *gorm.DB) error {
		now := s.Clock.Now()
		r, ok, err := byToken(locked(tx), token, now)
		if err != nil {
			return err
		}
		if kept = token; !ok {
			kept = newToken()
			r = row{ID: store.NewID(), Code: newCode(signs), TokenHash: hash(kept), Lang: lang, CreatedAt: now}
		}
		facts, err := s.facts(r)
		if err != nil {
			return err
		}
		for id, v := range answers {
			facts[id] = v
		}
		if r.FactsSealed, err = s.sealed(r.ID, facts); err != nil {
			return err
		}
		r.UpdatedAt, r.ExpiresAt = now, now.Add(Life)
		if !ok {
			return tx.Create(&r).Error
		}
		return tx.Model(&row{}).Where("id = ?", r.ID).Select("facts_sealed", "updated_at", "expires_at").
			Updates(map[string]any{"facts_sealed": r.FactsSealed, "updated_at": r.UpdatedAt, "expires_at": r.ExpiresAt}).Error
	})
	return kept, err
}

// Forget removes the answers of a token; forgetting what is not there is no error.
func (s *Service) Forget(ctx context.Context, token string) error {
	return s.DB.Tx(ctx, func(tx *gorm.DB) error {
		return tx.Where("token_hash = ?", hash(token)).Delete(&row{}).Error
	})
}

// Sweep removes the answers whose time is over and says how many it removed.
func (s *Service) Sweep(ctx context.Context) (removed int64, err error) {
	err = s.DB.Tx(ctx, func(tx *gorm.DB) error {
		done := tx.Where("expires_at <= ?", s.Clock.Now()).Delete(&row{})
		removed = done.RowsAffected
		return done.Error
	})
	return removed, err
}

func (s *Service) open(r row) (Visit, error) {
	facts, err := s.facts(r)
	return Visit{Code: r.Code, Facts: facts, UpdatedAt: r.UpdatedAt, ExpiresAt: r.ExpiresAt}, err
}

// facts opens the sealed answers; a row that is only being made has none.
func (s *Service) facts(r row) (rules.Facts, error) {
	facts := rules.Facts{}
	if len(r.FactsSealed) == 0 {
		return facts, nil
	}
	plain, err := s.Box.Open(factsAD(r.ID), r.FactsSealed)
	if err != nil {
		return nil, err
	}
	return facts, json.Unmarshal(plain, &facts)
}

func (s *Service) sealed(id string, facts rules.Facts) ([]byte, error) {
	plain, err := json.Marshal(facts)
	if err != nil {
		return nil, err
	}
	return s.Box.Seal(factsAD(id), plain), nil
}
