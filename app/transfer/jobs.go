package transfer

import (
	"context"
	"errors"
	"time"

	"gorm.io/gorm"

	"reliefportal/app/account"
	"reliefportal/app/calendar"
	"reliefportal/app/fail"
	"reliefportal/app/filing"
	"reliefportal/app/jobs"
	"reliefportal/app/store"
)

// Register adds the periodic work: silence is looked for every minute, bodies that have closed every hour.
func (s *Service) Register(r *jobs.Registry) {
	r.Every("transfer.silence", time.Minute, func(ctx context.Context) error {
		_, err := s.SweepSilence(ctx)
		return err
	})
	r.Every("transfer.closed_bodies", time.Hour, func(ctx context.Context) error {
		_, err := s.SweepClosed(ctx)
		return err
	})
}

const sweepBatch = 200

// SweepSilence goes on where a body that was asked has said nothing by the end of its last day, and ends what has become pointless. It returns
// how many it dealt with. Each is read anew in its own transaction, so running it twice does nothing twice.
func (s *Service) SweepSilence(ctx context.Context) (int, error) {
	count := 0
	var problems []error
	for _, kind := range []struct {
		table, next string
		deal        func(context.Context, *gorm.DB, string) error
	}{{"transfer_offer", filing.NextAnswerOffer, s.silentOffer}, {"transfer_appointment", filing.NextAppoint, s.silentQuestion}} {
		var ids []string
		err := s.DB.Read(ctx).Table(kind.table).Joins("JOIN filing ON filing.id = "+kind.table+".filing_id").
			Where(kind.table+".state = ? AND ("+kind.table+".due_at <= ? OR filing.next_action IS NULL OR filing.next_action <> ?)", Open, s.Clock.Now(), kind.next).
			Order(kind.table+".due_at, "+kind.table+".id").Limit(sweepBatch).Pluck(kind.table+".id", &ids).Error
		problems = append(problems, err)
		for _, id := range ids {
			err := s.DB.Tx(ctx, func(tx *gorm.DB) error { return kind.deal(ctx, tx, id) })
			switch {
			case err == nil:
				count++
			case fail.KindOf(err) != fail.KindConflict: // somebody was faster, and the next sweep looks again
				problems = append(problems, err)
			}
		}
	}
	return count, errors.Join(problems...)
}

func (s *Service) silentOffer(ctx context.Context, tx *gorm.DB, id string) error {
	var o Offer
	var f filing.Filing
	if err := tx.Where("id = ?", id).Take(&o).Error; err != nil {
		return err
	}
	if err := tx.Where("id = ?", o.FilingID).Take(&f).Error; err != nil {
		return err
	}
	now := s.Clock.Now()
	if !f.HandedOn() {
		return endOffer(tx, o.ID, now, map[string]any{"state": Moot})
	}
	if o.DueAt.After(now) {
		return fail.Conflict("transfer.answered")
	}
	if err := endOffer(tx, o.ID, now, map[string]any{"state": Silent}); err != nil {
		return err
	}
	q := Appointment{ID: store.NewID(), FilingID: f.ID, OfferID: &o.ID, Why: WhySilence, ProposedID: &o.ToBodyID, Reason: o.Reason}
	return s.askAbove(ctx, tx, account.System(), &f, filing.ActSilence, q, o.ToBodyID)
}

// silentQuestion passes a question on which the court above said nothing to the routing desk. The desk is asked once: when it is late, a checker
// shows it until somebody has answered.
func (s *Service) silentQuestion(ctx context.Context, tx *gorm.DB, id string) error {
	var q Appointment
	var f filing.Filing
	if err := tx.Where("id = ?", id).Take(&q).Error; err != nil {
		return err
	}
	if err := tx.Where("id = ?", q.FilingID).Take(&f).Error; err != nil {
		return err
	}
	now, desk := s.Clock.Now(), s.Bodies.RoutingDesk()
	if !f.HandedOn() {
		return endQuestion(tx, q.ID, now, map[string]any{"state": Moot})
	}
	if q.DueAt.After(now) || q.AskedBodyID == desk {
		return fail.Conflict("transfer.answered")
	}
	if err := endQuestion(tx, q.ID, now, map[string]any{"state": PassedUp}); err != nil {
		return err
	}
	next := Appointment{ID: store.NewID(), FilingID: f.ID, OfferID: q.OfferID, Why: WhyAboveSilent, ProposedID: q.ProposedID, Reason: q.Reason}
	other := ""
	if q.ProposedID != nil {
		other = *q.ProposedID
	}
	return s.ask(ctx, tx, account.System(), &f, filing.ActPassUp, next, desk, other)
}

// SweepClosed gives what a closed body had to its successor: open filings, with their clocks, and questions. It returns how many filings moved.
func (s *Service) SweepClosed(ctx context.Context) (int, error) {
	closed := s.Bodies.ClosedOn(ctx, s.today())
	if len(closed) == 0 {
		return 0, nil
	}
	var ids []string
	err := s.DB.Read(ctx).Model(&filing.Filing{}).Where("owner_body_id IN ? AND next_due_at IS NOT NULL", closed).Order("next_due_at, id").Limit(sweepBatch).Pluck("id", &ids).Error
	count := 0
	problems := []error{err}
	for _, id := range ids {
		err := s.DB.Tx(ctx, func(tx *gorm.DB) error { return s.succeed(ctx, tx, id) })
		if err == nil {
			count++
		} else if fail.KindOf(err) != fail.KindConflict {
			problems = append(problems, err)
		}
	}
	for _, id := range closed {
		problems = append(problems, s.DB.Tx(ctx, func(tx *gorm.DB) error { return s.readdress(ctx, tx, id) }))
	}
	return count, errors.Join(problems...)
}

// succeed gives one filing to the successor of its owner. What was asked of another body stays asked.
func (s *Service) succeed(ctx context.Context, tx *gorm.DB, id string) error {
	var f filing.Filing
	if err := tx.Where("id = ?", id).Take(&f).Error; err != nil {
		return err
	}
	was := f.Owner()
	heir := s.Bodies.Heir(ctx, was, s.today())
	if heir == was || !f.Status.Open() {
		return fail.Conflict("filing.stale")
	}
	set := filing.Set{}
	if f.HandedOn() {
		set["next_action"] = *f.NextAction
		if err := s.succeedOffer(tx, f, heir, set); err != nil {
			return err
		}
	}
	if err := s.moveTo(tx, account.System(), &f, filing.ActSucceed, set, hop{From: was, To: heir}); err != nil {
		return err
	}
	return s.tellMoved(ctx, tx, f, "transfer_succeeded", was, was)
}

// succeedOffer lets the successor stand for the body that has offered the filing. When it is the very body that was asked, nothing is left to
// ask, and the filing is simply its own.
func (s *Service) succeedOffer(tx *gorm.DB, f filing.Filing, heir string, set filing.Set) error {
	var o Offer
	res := tx.Where("filing_id = ? AND state = ?", f.ID, Open).Limit(1).Find(&o)
	if res.Error != nil || res.RowsAffected == 0 {
		return res.Error
	}
	if o.ToBodyID != heir {
		return tx.Model(&Offer{}).Where("id = ?", o.ID).Update("from_body_id", heir).Error
	}
	delete(set, "next_action")
	return endOffer(tx, o.ID, s.Clock.Now(), map[string]any{"state": Moot})
}

// readdress gives the open questions that a closed body was asked to its successor, with the same last day.
func (s *Service) readdress(ctx context.Context, tx *gorm.DB, bodyID string) error {
	heir := s.Bodies.Heir(ctx, bodyID, s.today())
	var offers []Offer
	if err := tx.Where("to_body_id = ? AND state = ?", bodyID, Open).Find(&offers).Error; err != nil {
		return err
	}
	for _, o := range offers {
		set := map[string]any{"to_body_id": heir}
		if o.FromBodyID == heir {
			set = map[string]any{"due_at": s.Clock.Now(), "due_on": calendar.DateOf(s.Clock.Now())} // it would ask itself: the court above says
		}
		if err := tx.Model(&Offer{}).Where("id = ? AND state = ?", o.ID, Open).Updates(set).Error; err != nil {
			return err
		}
	}
	return tx.Model(&Appointment{}).Where("asked_body_id = ? AND state = ?", bodyID, Open).Update("asked_body_id", heir).Error
}
