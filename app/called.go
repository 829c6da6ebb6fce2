package app

import (
	"context"
	"fmt"

	"gorm.io/gorm"

	"reliefportal/app/account"
	"reliefportal/app/callback"
	"reliefportal/app/fail"
	"reliefportal/app/filing"
)

// called tells callbacks what they need of a filing. It stands here because neither noun may know the other.
type called struct{}

// ForCallback implements callback.Filings. Asked about is the court that enforces, whoever decided: its staff never see the answers, and
// the court above it owns what is found.
func (called) ForCallback(ctx context.Context, tx *gorm.DB, filingID string) (callback.Subject, error) {
	var found []filing.Filing
	if err := tx.WithContext(ctx).Where("id = ?", filingID).Limit(1).Find(&found).Error; err != nil {
		return callback.Subject{}, fmt.Errorf("read a filing for its callback: %w", err)
	}
	if len(found) == 0 {
		return callback.Subject{}, fail.NotFound()
	}
	f := found[0]
	s := callback.Subject{PersonID: f.PersonID, BodyID: f.Owner(), Lang: f.Lang, PackHash: f.PackHash}
	if f.ExecBodyID != nil {
		s.BodyID = *f.ExecBodyID
	}
	if f.Outcome != nil {
		s.Outcome = *f.Outcome
	}
	return s, nil
}

// people gives callbacks the names and numbers of those to be called.
type people struct{ *account.Service }

// NamesOf implements callback.People.
func (p people) NamesOf(ctx context.Context, personIDs []string) (map[string]string, error) {
	names := make(map[string]string, len(personIDs))
	for _, id := range personIDs {
		name, err := p.NameOf(ctx, id)
		if err != nil {
			return nil, err
		}
		if name != "" {
			names[id] = name
		}
	}
	return names, nil
}
