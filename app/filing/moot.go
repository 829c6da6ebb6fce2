package filing

import (
	"context"

	"reliefportal/app/notice"
)

// Moot says, just before a message is sent, whether what it tells of is over. It reads the world as it is now; a message that is only a receipt is
// never moot.
func (s *Service) Moot(ctx context.Context, o notice.Occasion) (bool, error) {
	switch o.Kind {
	case "reminder":
		return s.none(ctx, &Clock{}, "id = ? AND state = ?", o.Subject, Running)
	case "overdue", "overdue_staff":
		if o.Subject == "" {
			return s.none(ctx, &Filing{}, "id = ? AND overdue", o.FilingID)
		}
		return s.none(ctx, &Filing{}, "id = ? AND overdue AND next_clock_id = ?", o.FilingID, o.Subject)
	case "supplement":
		return s.none(ctx, &Filing{}, "id = ? AND status = ?", o.FilingID, Supplement)
	case "draft_expiring":
		return s.none(ctx, &Filing{}, "id = ? AND status = ?", o.FilingID, Draft)
	case "carried_ask":
		return s.none(ctx, &Carried{}, "filing_id = ? AND answer = ''", o.FilingID)
	}
	return false, nil
}

// none says that no row of this kind is left.
func (s *Service) none(ctx context.Context, model any, where string, args ...any) (bool, error) {
	var n int64
	err := s.db.Read(ctx).Model(model).Where(where, args...).Count(&n).Error
	return n == 0, err
}
