package filing

import (
	"context"

	"gorm.io/gorm"
)

const replayBatch = 100

// EachLatest shows visit the last n filings that were handed in, the newest first, each with its clocks, the oldest first. It limits nothing to
// an actor: it is for work that no person looks into, such as rehearsing a pack.
func (s *Service) EachLatest(ctx context.Context, n int, visit func(f Filing, clocks []Clock) error) error {
	var last Filing
	for n > 0 {
		batch, err := s.latest(ctx, min(n, replayBatch), last)
		if err != nil || len(batch) == 0 {
			return err
		}
		clocks, err := clocksOf(s.db.Read(ctx), batch)
		if err != nil {
			return err
		}
		for _, f := range batch {
			if err := visit(f, clocks[f.ID]); err != nil {
				return err
			}
		}
		n, last = n-len(batch), batch[len(batch)-1]
	}
	return nil
}

// latest reads the filings handed in before one; a zero Filing begins with the newest.
func (s *Service) latest(ctx context.Context, n int, after Filing) (out []Filing, err error) {
	q := s.db.Read(ctx).Where("submitted_at IS NOT NULL")
	if after.SubmittedAt != nil {
		q = q.Where("(submitted_at, id) < (?, ?)", *after.SubmittedAt, after.ID)
	}
	err = q.Order("submitted_at DESC, id DESC").Limit(n).Find(&out).Error
	return out, err
}

func clocksOf(db *gorm.DB, filings []Filing) (map[string][]Clock, error) {
	ids := make([]string, 0, len(filings))
	for _, f := range filings {
		ids = append(ids, f.ID)
	}
	var all []Clock
	if err := db.Where("filing_id IN ?", ids).Order("created_at, id").Find(&all).Error; err != nil {
		return nil, err
	}
	out := map[string][]Clock{}
	for _, c := range all {
		out[c.FilingID] = append(out[c.FilingID], c)
	}
	return out, nil
}
