package finder

import (
	"errors"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"
)

// byToken finds the row of a token that is still kept at now.
func byToken(db *gorm.DB, token string, now time.Time) (r row, ok bool, err error) {
	if token == "" {
		return row{}, false, nil
	}
	err = db.Where("token_hash = ? AND expires_at > ?", hash(token), now).Take(&r).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return row{}, false, nil
	}
	return r, err == nil, err
}

// locked makes two answers of one visitor at once wait for each other, so that none is lost. SQLite has one writer anyway.
func locked(tx *gorm.DB) *gorm.DB { return tx.Clauses(clause.Locking{Strength: "UPDATE"}) }
