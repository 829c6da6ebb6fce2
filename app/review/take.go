package review

import (
	"context"
	"errors"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"reliefportal/app/account"
	"reliefportal/app/fail"
	"reliefportal/app/filing"
)

// tries is how many filings that he may not have TakeNext passes over before it gives up; a desk looks at those.
const tries = 25

// TakeNext gives the actor the filing of his division that waits for somebody and whose last day is the nearest; on the same day the more urgent.
// Of many at once each gets another: a row that a colleague is about to take is passed over and not waited for. What he may not review is passed over
// too. Error: Conflict "review.none_left" when there is nothing for him.
func (s *Service) TakeNext(ctx context.Context, a account.Actor) (filing.Filing, error) {
	var out filing.Filing
	err := s.DB.Tx(ctx, func(tx *gorm.DB) error {
		var after Place
		for range tries {
			f, err := nextFree(tx, a, after)
			if err != nil {
				return err
			}
			if filing.MayHandle(a, f.Owner(), f.OwnerDivision) {
				err = s.assign(tx, a, &f, a.PersonID, "")
				if fail.KindOf(err) != fail.KindInvalid {
					out = f
					return err
				}
			}
			after = placeOf(f)
		}
		return fail.Conflict("review.none_left")
	})
	return out, err
}

// nextFree reads and locks the first filing after a place that nobody has and that no other transaction is taking.
func nextFree(tx *gorm.DB, a account.Actor, after Place) (f filing.Filing, err error) {
	// Written out, so that the index of what nobody has serves a prepared statement too.
	q := tx.Scopes(filing.VisibleTo(a)).Where("filing.status = 'reviewing' AND filing.reviewer_id IS NULL").
		Where("filing.next_action = 'assign'") // one offered to another body is not taken meanwhile
	if !after.Zero() {
		q = q.Where("(filing.next_due_at, filing.urgency_rank, filing.id) > (?, ?, ?)", after.At, after.Rank, after.ID)
	}
	err = q.Order("filing.next_due_at, filing.urgency_rank, filing.id").Limit(1).
		Clauses(clause.Locking{Strength: "UPDATE", Options: "SKIP LOCKED"}).Take(&f).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		err = fail.Conflict("review.none_left")
	}
	return f, err
}
