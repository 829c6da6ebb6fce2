package transfer

import (
	"context"

	"gorm.io/gorm"

	"reliefportal/app/account"
	"reliefportal/app/fail"
	"reliefportal/app/filing"
	"reliefportal/app/review"
	"reliefportal/app/store"
)

// Take takes an offered filing: from now on the actor's body has it, with the clock that has run all the while. Errors: NotFound when the offer
// is not to his body; Conflict "transfer.answered" when it is no longer open.
func (s *Service) Take(ctx context.Context, a account.Actor, offerID string) (f filing.Filing, err error) {
	err = s.DB.Tx(ctx, func(tx *gorm.DB) error {
		var o Offer
		if o, f, err = s.asked(tx, a, offerID); err != nil {
			return err
		}
		if err := endOffer(tx, o.ID, s.Clock.Now(), map[string]any{"state": Taken, "answered_by": a.PersonID}); err != nil {
			return err
		}
		if err := s.moveTo(tx, a, &f, filing.ActTakeOver, filing.Set{}, hop{From: o.FromBodyID, To: o.ToBodyID, Reason: o.Reason}); err != nil {
			return err
		}
		return s.tellMoved(ctx, tx, f, "transfer_taken", o.ID, o.FromBodyID)
	})
	return f, err
}

// moveTo gives the filing to the body To of the hop. Nobody there has looked at it yet, so it has no reviewer and no panel.
func (s *Service) moveTo(tx *gorm.DB, a account.Actor, f *filing.Filing, act filing.Action, set filing.Set, h hop) error {
	if err := review.EndPanel(tx, f.ID, s.Clock.Now()); err != nil {
		return err
	}
	set["owner_body_id"], set["reviewer_id"] = h.To, nil
	return s.Filings.Move(tx, f, filing.Change{Action: act, Actor: a, Set: set, Data: h.data()})
}

// asked loads an open offer that the actor may answer, with its filing.
func (s *Service) asked(tx *gorm.DB, a account.Actor, offerID string) (o Offer, f filing.Filing, err error) {
	if o, err = offerFor(tx, a, offerID); err != nil {
		return o, f, err
	}
	if o.State != Open {
		return o, f, fail.Conflict("transfer.answered")
	}
	if err = tx.Where("id = ?", o.FilingID).Take(&f).Error; err == nil && !f.HandedOn() {
		err = fail.Conflict("transfer.answered")
	}
	return o, f, err
}

// Decline says no to an offer, with a coded reason and words; the court above then names who has it. Errors: NotFound; Conflict
// "transfer.answered"; Invalid "reason" or "text".
func (s *Service) Decline(ctx context.Context, a account.Actor, offerID, reason, text string) (f filing.Filing, err error) {
	err = s.DB.Tx(ctx, func(tx *gorm.DB) error {
		var o Offer
		if o, f, err = s.asked(tx, a, offerID); err != nil {
			return err
		}
		p, err := s.Filings.Pack(f)
		if err != nil {
			return err
		}
		var fields []fail.Field
		if _, ok := p.Handover.Decline(reason); !ok {
			fields = append(fields, fail.F("reason", "answer.choose"))
		}
		if e, ok := fail.As(review.CheckText(text)); ok {
			fields = append(fields, e.Fields...)
		}
		if len(fields) > 0 {
			return fail.Invalid(fields...)
		}
		if err := endOffer(tx, o.ID, s.Clock.Now(), map[string]any{"state": Declined, "answer": reason, "answered_by": a.PersonID,
			"answer_sealed": s.Box.SealText(offerAD(o.ID, "answer"), text)}); err != nil {
			return err
		}
		q := Appointment{ID: store.NewID(), FilingID: f.ID, OfferID: &o.ID, Why: WhyDeclined, ProposedID: &o.ToBodyID, Reason: reason}
		return s.askAbove(ctx, tx, a, &f, filing.ActDecline, q, o.ToBodyID)
	})
	return f, err
}
