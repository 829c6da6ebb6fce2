package filing

import (
	"context"
	"errors"
	"time"

	"gorm.io/gorm"

	"reliefportal/app/account"
	"reliefportal/app/calendar"
)

// DraftLife is how long a draft is kept after its last change, DraftWarning how long before its end the person is told (PROJECT).
const (
	DraftLife    = 60 * 24 * time.Hour
	DraftWarning = 7 * 24 * time.Hour
)

// Going is the day a draft goes, when that day is near enough to be told. A draft that was warned of late lives until the warning has had its time.
func (f Filing) Going(now time.Time) (calendar.Date, bool) {
	if f.Status != Draft || f.DraftExpiresAt == nil || f.DraftExpiresAt.After(now.Add(DraftWarning)) {
		return calendar.Date{}, false
	}
	return calendar.DateOf(f.ends(now)), true
}

// ends is the instant a draft goes: at its term, but never earlier than DraftWarning after the person was told.
func (f Filing) ends(now time.Time) time.Time {
	told := now
	if f.DraftWarnedAt != nil {
		told = *f.DraftWarnedAt
	}
	if safe := told.Add(DraftWarning); safe.After(*f.DraftExpiresAt) {
		return safe
	}
	return *f.DraftExpiresAt
}

// SweepDrafts warns of drafts that are about to go and closes those whose time is over. No draft goes that its person was not told of
// DraftWarning before, also when the portal stood still for weeks. It returns how many it closed.
func (s *Service) SweepDrafts(ctx context.Context) (int, error) {
	now := s.Clock.Now()
	closed, last := 0, Filing{}
	var problems []error
	for {
		q := s.db.Read(ctx).Where("status = ? AND draft_expires_at <= ?", Draft, now.Add(DraftWarning))
		if last.ID != "" {
			q = q.Where("(draft_expires_at, id) > (?, ?)", *last.DraftExpiresAt, last.ID)
		}
		var rows []Filing
		err := q.Order("draft_expires_at, id").Limit(sweepBatch).Find(&rows).Error
		if err != nil || len(rows) == 0 {
			return closed, errors.Join(append(problems, err)...)
		}
		for _, f := range rows {
			over, err := s.sweepDraft(ctx, f, now)
			problems = append(problems, err)
			if over {
				closed++
			}
		}
		last = rows[len(rows)-1]
	}
}

func (s *Service) sweepDraft(ctx context.Context, f Filing, now time.Time) (over bool, err error) {
	over = f.DraftWarnedAt != nil && !f.ends(now).After(now)
	if !over && f.DraftWarnedAt != nil {
		return false, nil
	}
	last := calendar.DateOf(f.ends(now))
	err = s.db.Tx(ctx, func(tx *gorm.DB) error {
		if over {
			return s.Move(tx, &f, Change{Action: ActExpire, Actor: account.System(), Outcome: Expired, Ground: "left_alone"})
		}
		done := tx.Model(&Filing{}).Where("id = ? AND status = ? AND version = ? AND draft_warned_at IS NULL", f.ID, Draft, f.Version).
			UpdateColumn("draft_warned_at", now)
		if done.Error != nil || done.RowsAffected == 0 {
			return done.Error // the person came back in the same moment
		}
		return s.tell(tx, f, "draft_expiring", last.String(), map[string]any{"due": last})
	})
	return over && err == nil, err
}
