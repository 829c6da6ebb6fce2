package transfer

import (
	"context"
	"slices"
	"time"

	"gorm.io/gorm"

	"reliefportal/app/account"
	"reliefportal/app/calendar"
	"reliefportal/app/directory"
	"reliefportal/app/fail"
	"reliefportal/app/filing"
	"reliefportal/app/review"
	"reliefportal/app/rules"
	"reliefportal/app/seal"
	"reliefportal/app/store"
)

// Deps are the neighbours of the service.
type Deps struct {
	DB      *store.DB
	Filings *filing.Service
	Bodies  *directory.Service
	Box     *seal.Box
	Teller  filing.Teller
	Clock   calendar.Clock
}

// Service holds the use cases of handing a filing on. It is the only writer of the tables transfer_offer and transfer_appointment.
type Service struct{ Deps }

// New makes the service.
func New(d Deps) *Service { return &Service{d} }

// Proposal is what a body writes when it thinks that another is responsible.
type Proposal struct {
	To     string // id of the body
	Reason string // code of the pack
	Text   string
}

// Check checks a proposal without storing it, for the page that shows it before it is sent. Second says that the filing was offered before, so
// that the court above would name who has it. Errors: Invalid "to", "reason" or "text"; Conflict "transfer.final" when it was named already.
func (s *Service) Check(ctx context.Context, f filing.Filing, in Proposal) (second bool, err error) {
	return s.check(ctx, s.DB.Read(ctx), f, in)
}

func (s *Service) check(ctx context.Context, db *gorm.DB, f filing.Filing, in Proposal) (second bool, err error) {
	p, err := s.Filings.Pack(f)
	if err != nil {
		return false, err
	}
	fields := s.checkBody(ctx, "to", in.To)
	if in.To == f.Owner() {
		fields = append(fields, fail.F("to", "transfer.to_self"))
	}
	if _, ok := p.Handover.Reason(in.Reason); !ok {
		fields = append(fields, fail.F("reason", "answer.choose"))
	}
	if e, ok := fail.As(review.CheckText(in.Text)); ok {
		fields = append(fields, e.Fields...)
	}
	if len(fields) > 0 {
		return false, fail.Invalid(fields...)
	}
	return s.offeredBefore(db, f.ID)
}

// checkBody refuses a body that is no court, is not known, or is no more; in the last case it says which one has what it had.
func (s *Service) checkBody(ctx context.Context, field, id string) []fail.Field {
	b, err := s.Bodies.Body(ctx, id)
	if err != nil || b.Kind != directory.KindCourt {
		return []fail.Field{fail.F(field, "court.unknown")}
	}
	if heir := s.Bodies.Heir(ctx, id, s.today()); heir != id {
		return []fail.Field{fail.F(field, "transfer.to_closed", "Body", s.Bodies.BodyName(ctx, heir))}
	}
	return nil
}

// offeredBefore says whether the filing was offered already. Error: Conflict "transfer.final" when the court above has named who has it.
func (s *Service) offeredBefore(db *gorm.DB, filingID string) (bool, error) {
	var named, offers int64
	if err := db.Model(&Appointment{}).Where("filing_id = ? AND state = ?", filingID, Named).Count(&named).Error; err != nil {
		return false, err
	}
	if named > 0 {
		return false, fail.Conflict("transfer.final")
	}
	err := db.Model(&Offer{}).Where("filing_id = ?", filingID).Count(&offers).Error
	return offers > 0, err
}

// Offer asks another body to take a filing, or, when it was offered before, asks the court above to name who has it; above says which of the two.
// The owner stays the owner and its clock runs on. Errors: NotFound; Conflict; those of Check.
func (s *Service) Offer(ctx context.Context, a account.Actor, id string, version int64, in Proposal) (f filing.Filing, above bool, err error) {
	err = s.DB.Tx(ctx, func(tx *gorm.DB) error {
		if f, err = s.own(tx, a, id, version, filing.ActOffer); err != nil {
			return err
		}
		if above, err = s.check(ctx, tx, f, in); err != nil {
			return err
		}
		if !above {
			return s.offer(ctx, tx, a, &f, in)
		}
		q := Appointment{ID: store.NewID(), FilingID: f.ID, Why: WhySecondOffer, ProposedID: &in.To, Reason: in.Reason}
		q.TextSealed = s.Box.SealText(appointmentAD(q.ID, "text"), in.Text)
		return s.askAbove(ctx, tx, a, &f, filing.ActAskAbove, q, in.To)
	})
	return f, above, err
}

// own loads a filing on the actor's desk, at the version his page showed, for a step that is his.
func (s *Service) own(tx *gorm.DB, a account.Actor, id string, version int64, act filing.Action) (filing.Filing, error) {
	f, err := filing.ByID(tx, a, id)
	switch {
	case err != nil:
		return f, err
	case !a.IsStaff():
		return f, fail.NotFound()
	case f.Version != version:
		return f, fail.Conflict("filing.stale")
	case !slices.Contains(review.Actions(a, f), act):
		return f, fail.Conflict("filing.cannot")
	}
	return f, nil
}

func (s *Service) offer(ctx context.Context, tx *gorm.DB, a account.Actor, f *filing.Filing, in Proposal) error {
	dl, err := s.term(*f, func(h rules.Handover) string { return h.Clock })
	if err != nil {
		return err
	}
	o := Offer{ID: store.NewID(), FilingID: f.ID, FromBodyID: f.Owner(), ToBodyID: in.To, Division: f.OwnerDivision, Reason: in.Reason,
		OfferedBy: a.PersonID, OfferedAt: s.Clock.Now(), DueOn: dl, DueAt: dl.EndUTC(), State: Open}
	o.TextSealed = s.Box.SealText(offerAD(o.ID, "text"), in.Text)
	if err := tx.Create(&o).Error; err != nil {
		return err
	}
	if err := s.Filings.Move(tx, f, filing.Change{Action: filing.ActOffer, Actor: a, Data: hop{From: o.FromBodyID, To: o.ToBodyID, Reason: o.Reason, Until: dl}.data()}); err != nil {
		return err
	}
	if err := s.tell(ctx, tx, *f, "transfer_offered", o.ID, map[string]any{"to": s.Bodies.BodyName(ctx, o.ToBodyID), "until": dl}); err != nil {
		return err
	}
	return s.tellBody(ctx, tx, *f, "transfer_asked_staff", o.ID, filing.RoleFor(o.Division), o.ToBodyID, map[string]any{"until": dl})
}

// term is the last day of a period that begins today, by the calendar of the filing's pack.
func (s *Service) term(f filing.Filing, which func(rules.Handover) string) (calendar.Date, error) {
	p, err := s.Filings.Pack(f)
	if err != nil {
		return calendar.Date{}, err
	}
	rule, ok := p.Clock(which(p.Handover))
	if !ok {
		return calendar.Date{}, fail.Unavailable("pack.missing", nil)
	}
	return p.Calendar.End(s.today(), rule.Length).LegalEnd, nil
}

// Recall takes the question back, so that the owner goes on itself. The one offer is used up. Errors: NotFound, Conflict.
func (s *Service) Recall(ctx context.Context, a account.Actor, id string, version int64) (f filing.Filing, err error) {
	err = s.DB.Tx(ctx, func(tx *gorm.DB) error {
		if f, err = s.own(tx, a, id, version, filing.ActRecall); err != nil {
			return err
		}
		asked, err := s.endOpen(tx, f.ID, Recalled)
		if err != nil {
			return err
		}
		if err := s.Filings.Move(tx, &f, filing.Change{Action: filing.ActRecall, Actor: a, Set: goOn(f), Data: hop{From: f.Owner(), To: asked.body}.data()}); err != nil {
			return err
		}
		if err := s.tellBody(ctx, tx, f, "transfer_ended_staff", asked.id, asked.role, asked.body, nil); err != nil {
			return err
		}
		return s.tell(ctx, tx, f, "transfer_recalled", asked.id, nil)
	})
	return f, err
}

// goOn gives the filing back the step that its owner owed before another was asked.
func goOn(f filing.Filing) filing.Set {
	if f.Status == filing.Reviewing && f.ReviewerID != nil {
		return filing.Set{"next_action": "decide"}
	}
	return nil
}

// hop is what the record keeps of one step of handing on. Bodies are ids.
type hop struct {
	From   string        `json:"from,omitempty"`
	To     string        `json:"to,omitempty"`     // the body asked, or the one that has it now
	Above  string        `json:"above,omitempty"`  // the body that names who has it
	Reason string        `json:"reason,omitempty"` // code of the pack
	Until  calendar.Date `json:"until,omitzero"`
}

func (h hop) data() map[string]any {
	out := map[string]any{"from": h.From, "to": h.To}
	for name, v := range map[string]string{"above": h.Above, "reason": h.Reason} {
		if v != "" {
			out[name] = v
		}
	}
	if !h.Until.IsZero() {
		out["until"] = h.Until
	}
	return out
}

func (s *Service) today() calendar.Date { return calendar.DateOf(s.Clock.Now()) }

// endOffer ends an open offer, once: of two at the same time the second finds nothing. Error: Conflict "transfer.answered".
func endOffer(tx *gorm.DB, id string, now time.Time, set map[string]any) error {
	set["answered_at"] = now
	return ended(tx.Model(&Offer{}).Where("id = ? AND state = ?", id, Open).Updates(set))
}

// endQuestion ends an open question to the court above, once. Error: Conflict "transfer.answered".
func endQuestion(tx *gorm.DB, id string, now time.Time, set map[string]any) error {
	set["ended_at"] = now
	return ended(tx.Model(&Appointment{}).Where("id = ? AND state = ?", id, Open).Updates(set))
}

func ended(res *gorm.DB) error {
	if res.Error == nil && res.RowsAffected == 0 {
		return fail.Conflict("transfer.answered")
	}
	return res.Error
}

// openQuestion is what is open about a filing: an offer, or a question to the court above.
type openQuestion struct {
	id   string
	body string // that was asked
	role account.Role
}

// endOpen ends the offer or question that is open about a filing. Error: Conflict "transfer.answered" when there is none.
func (s *Service) endOpen(tx *gorm.DB, filingID string, state State) (openQuestion, error) {
	var o Offer
	res := tx.Where("filing_id = ? AND state = ?", filingID, Open).Limit(1).Find(&o)
	if res.Error != nil {
		return openQuestion{}, res.Error
	}
	now := s.Clock.Now()
	if res.RowsAffected > 0 {
		return openQuestion{o.ID, o.ToBodyID, filing.RoleFor(o.Division)}, endOffer(tx, o.ID, now, map[string]any{"state": state})
	}
	var q Appointment
	if err := tx.Where("filing_id = ? AND state = ?", filingID, Open).Limit(1).Find(&q).Error; err != nil {
		return openQuestion{}, err
	}
	return openQuestion{q.ID, q.AskedBodyID, appointerAt(q.AskedBodyID, s.Bodies.RoutingDesk())}, endQuestion(tx, q.ID, now, map[string]any{"state": state})
}
