package oversight

import (
	"context"
	"errors"
	"time"

	"gorm.io/gorm"

	"reliefportal/app/account"
	"reliefportal/app/calendar"
	"reliefportal/app/filing"
	"reliefportal/app/jobs"
)

// sweepBatch is how many dates that have passed one run takes.
const sweepBatch = 200

// Register adds the background work: dates that have passed are told of within ten minutes.
func (s *Service) Register(r *jobs.Registry) {
	r.Every("oversight.due", 10*time.Minute, func(ctx context.Context) error {
		_, err := s.Sweep(ctx)
		return err
	})
}

// Sweep marks the remarks and requests whose date has passed, tells whoever waits and whoever owes, and passes remarks on to the
// procuratorate above. It returns how many it marked; running it twice does nothing twice.
func (s *Service) Sweep(ctx context.Context) (int, error) {
	now := s.Clock.Now()
	var remarks []Remark
	if err := s.DB.Read(ctx).Where("status = ? AND NOT overdue AND due_at <= ?", RemarkOpen, now).Order("due_at, id").Limit(sweepBatch).Find(&remarks).Error; err != nil {
		return 0, err
	}
	var recusals []Recusal
	err := s.DB.Read(ctx).Where("status IN ? AND NOT overdue AND due_at <= ?", []RecusalStatus{RecusalOpen, RecusalAgain}, now).
		Order("due_at, id").Limit(sweepBatch).Find(&recusals).Error
	if err != nil {
		return 0, err
	}
	var problems []error
	for _, r := range remarks {
		problems = append(problems, s.remarkLate(ctx, r))
	}
	for _, r := range recusals {
		problems = append(problems, s.recusalLate(ctx, r))
	}
	return len(remarks) + len(recusals), errors.Join(problems...)
}

func (s *Service) remarkLate(ctx context.Context, r Remark) error {
	return s.DB.Tx(ctx, func(tx *gorm.DB) error {
		f, err := s.Filings.FiledIn(tx, r.FilingID)
		if err != nil {
			return err
		}
		set := map[string]any{"overdue": true}
		if above := s.Bodies.ProcuratorateAbove(r.BodyID); above != "" {
			set["above_id"] = above
		}
		if err := guarded(tx, &r, r.ID, r.Version, set); err != nil {
			return err
		}
		if err := s.record(tx, account.System(), SubjectRemark, r.ID, "remark.overdue", map[string]any{"above": r.AboveID}); err != nil {
			return err
		}
		if err := s.tell(ctx, tx, f, r.AuthorID, "remark_late", r.ID, r.DueOn); err != nil {
			return err
		}
		if err := s.tellBody(ctx, tx, f, r, "remark_late", []account.Role{account.RoleSupervisor}); err != nil {
			return err
		}
		return s.tellAbove(ctx, tx, f, r)
	})
}

// tellAbove tells the supervision of the court above, and the procuratorate the remark is passed on to.
func (s *Service) tellAbove(ctx context.Context, tx *gorm.DB, f filing.Filing, r Remark) error {
	body, err := s.Bodies.Body(ctx, r.BodyID)
	if err != nil {
		return err
	}
	today := calendar.Today(s.Clock)
	people, err := account.PeopleWith(tx, account.RoleSupervisor, body.ParentID, today)
	if err != nil {
		return err
	}
	if r.AboveID != nil {
		more, err := account.PeopleWith(tx, account.RoleProcurator, *r.AboveID, today)
		if err != nil {
			return err
		}
		people = append(people, more...)
	}
	for _, id := range people {
		if err := s.tell(ctx, tx, f, id, "remark_late", r.ID, r.DueOn); err != nil {
			return err
		}
	}
	return nil
}

func (s *Service) recusalLate(ctx context.Context, r Recusal) error {
	return s.DB.Tx(ctx, func(tx *gorm.DB) error {
		f, err := s.Filings.FiledIn(tx, r.FilingID)
		if err != nil {
			return err
		}
		if err := guarded(tx, &r, r.ID, r.Version, map[string]any{"overdue": true}); err != nil {
			return err
		}
		if err := s.recordOn(tx, account.System(), r, "filing.recusal_late", nil); err != nil {
			return err
		}
		body, err := s.Bodies.Body(ctx, r.BodyID)
		if err != nil {
			return err
		}
		for _, id := range []string{r.BodyID, body.ParentID} {
			people, err := account.PeopleWith(tx, account.RoleSupervisor, id, calendar.Today(s.Clock))
			if err != nil {
				return err
			}
			for _, person := range people {
				if err := s.tell(ctx, tx, f, person, "recusal_late", r.ID+"/"+string(r.Status), r.DueOn); err != nil {
					return err
				}
			}
		}
		return nil
	})
}
