package transfer

import (
	"context"

	"gorm.io/gorm"

	"reliefportal/app/account"
	"reliefportal/app/fail"
	"reliefportal/app/filing"
	"reliefportal/app/review"
	"reliefportal/app/rules"
)

// askAbove asks the court above the owner and the other body who has the filing, and records the step that led there.
func (s *Service) askAbove(ctx context.Context, tx *gorm.DB, a account.Actor, f *filing.Filing, act filing.Action, q Appointment, other string) error {
	above, err := s.above(ctx, tx, f.Owner(), other)
	if err != nil {
		return err
	}
	return s.ask(ctx, tx, a, f, act, q, above, other)
}

// above is the body that names who has a filing: the nearest court above both where somebody answers for it, else the routing desk.
func (s *Service) above(ctx context.Context, tx *gorm.DB, owner, other string) (string, error) {
	desk := s.Bodies.RoutingDesk()
	up, ok := s.Bodies.CommonAbove(ctx, owner, other)
	if !ok {
		return desk, nil
	}
	up = s.Bodies.Heir(ctx, up, s.today())
	people, err := account.PeopleWith(tx, account.RoleSupervisor, up, s.today())
	if err != nil || len(people) == 0 {
		return desk, err
	}
	return up, nil
}

func (s *Service) ask(ctx context.Context, tx *gorm.DB, a account.Actor, f *filing.Filing, act filing.Action, q Appointment, above, other string) error {
	last, err := s.term(*f, func(h rules.Handover) string { return h.Above })
	if err != nil {
		return err
	}
	q.AskedBodyID, q.AskedAt, q.DueOn, q.DueAt, q.State = above, s.Clock.Now(), last, last.EndUTC(), Open
	if err := tx.Create(&q).Error; err != nil {
		return err
	}
	if err := s.Filings.Move(tx, f, filing.Change{Action: act, Actor: a, Data: hop{From: f.Owner(), To: other, Above: above, Reason: q.Reason, Until: last}.data()}); err != nil {
		return err
	}
	args := map[string]any{"above": s.Bodies.BodyName(ctx, above), "until": last}
	if err := s.tell(ctx, tx, *f, "transfer_above", q.ID, args); err != nil {
		return err
	}
	if err := s.tellBody(ctx, tx, *f, "transfer_kept_staff", q.ID, filing.RoleFor(f.OwnerDivision), f.Owner(), args); err != nil {
		return err
	}
	return s.tellBody(ctx, tx, *f, "transfer_above_staff", q.ID, appointerAt(above, s.Bodies.RoutingDesk()), above, map[string]any{"until": last})
}

// Appoint names who has a filing; that body may not offer it again. Errors: NotFound when the question was not asked of the actor's body;
// Conflict "transfer.answered"; Invalid "to" or "text".
func (s *Service) Appoint(ctx context.Context, a account.Actor, questionID, bodyID, text string) (f filing.Filing, err error) {
	err = s.DB.Tx(ctx, func(tx *gorm.DB) error {
		q, err := s.questionFor(tx, a, questionID)
		if err != nil {
			return err
		}
		if err := tx.Where("id = ?", q.FilingID).Take(&f).Error; err != nil {
			return err
		}
		if q.State != Open || !f.HandedOn() {
			return fail.Conflict("transfer.answered")
		}
		fields := s.checkBody(ctx, "to", bodyID)
		if e, ok := fail.As(review.CheckText(text)); ok {
			fields = append(fields, e.Fields...)
		}
		if len(fields) > 0 {
			return fail.Invalid(fields...)
		}
		return s.appoint(ctx, tx, a, &f, q, bodyID, text)
	})
	return f, err
}

func (s *Service) appoint(ctx context.Context, tx *gorm.DB, a account.Actor, f *filing.Filing, q Appointment, bodyID, text string) error {
	if err := endQuestion(tx, q.ID, s.Clock.Now(), map[string]any{"state": Named, "named_body_id": bodyID, "named_by": a.PersonID,
		"named_sealed": s.Box.SealText(appointmentAD(q.ID, "named"), text)}); err != nil {
		return err
	}
	was := f.Owner()
	h := hop{From: was, To: bodyID, Above: q.AskedBodyID}
	var err error
	if bodyID == was {
		err = s.Filings.Move(tx, f, filing.Change{Action: filing.ActAppoint, Actor: a, Set: goOn(*f), Data: h.data()})
	} else {
		err = s.moveTo(tx, a, f, filing.ActAppoint, filing.Set{}, h)
	}
	if err != nil {
		return err
	}
	return s.tellMoved(ctx, tx, *f, "transfer_appointed", q.ID, was)
}
