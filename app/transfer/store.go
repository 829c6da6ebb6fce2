package transfer

import (
	"context"
	"errors"
	"time"

	"gorm.io/gorm"

	"reliefportal/app/account"
	"reliefportal/app/fail"
	"reliefportal/app/filing"
	"reliefportal/app/rules"
)

// offerScope limits a query on transfer_offer to what the actor may answer. Not yours is not found: the limit stands in the query.
func offerScope(a account.Actor) func(*gorm.DB) *gorm.DB {
	return func(q *gorm.DB) *gorm.DB {
		cond, some := q.Session(&gorm.Session{NewDB: true}), false
		for _, g := range a.Grants {
			if divisions := answerers(g.Role); a.IsStaff() && len(divisions) > 0 && g.BodyID != "" {
				cond, some = cond.Or("transfer_offer.to_body_id = ? AND transfer_offer.division IN ?", g.BodyID, divisions), true
			}
		}
		if !some {
			return q.Where("1 = 0")
		}
		// Whoever took part in the measure reads nothing of its review, also when it is only offered (OR art. 11(3)).
		return q.Where(cond).Where(`transfer_offer.division = ? OR NOT EXISTS (SELECT 1 FROM measure_participant mp JOIN filing mf ON mf.case_number = mp.case_number
			WHERE mf.id = transfer_offer.filing_id AND mp.person_id = ?)`, rules.DivImplementing, a.PersonID)
	}
}

func (s *Service) questionScope(a account.Actor) func(*gorm.DB) *gorm.DB {
	desk := s.Bodies.RoutingDesk()
	return func(q *gorm.DB) *gorm.DB {
		var bodies []string
		for _, g := range a.Grants {
			if a.IsStaff() && g.BodyID != "" && g.Role == appointerAt(g.BodyID, desk) {
				bodies = append(bodies, g.BodyID)
			}
		}
		return q.Where("transfer_appointment.asked_body_id IN ?", append(bodies, ""))
	}
}

func offerFor(db *gorm.DB, a account.Actor, id string) (o Offer, err error) {
	err = db.Scopes(offerScope(a)).Where("transfer_offer.id = ?", id).Take(&o).Error
	return o, notFound(err)
}

func (s *Service) questionFor(db *gorm.DB, a account.Actor, id string) (q Appointment, err error) {
	err = db.Scopes(s.questionScope(a)).Where("transfer_appointment.id = ?", id).Take(&q).Error
	return q, notFound(err)
}

func notFound(err error) error {
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return fail.NotFound()
	}
	return err
}

// OfferedRow is one line of the list of offers to a body.
type OfferedRow struct {
	Offer
	Filing filing.Filing `gorm:"-"`
}

// QuestionRow is one line of the list of questions who has a filing.
type QuestionRow struct {
	Appointment
	Filing filing.Filing `gorm:"-"`
}

// listed is how many rows a list of hand-overs shows: they are answered within a day or two, so there are never many.
const listed = 200

// OfferedTo lists the open offers that the actor may answer, those to be answered first at the top, at most 200. The filings are without
// their sealed answers.
func (s *Service) OfferedTo(ctx context.Context, a account.Actor) ([]OfferedRow, error) {
	db := s.DB.Read(ctx)
	var rows []OfferedRow
	err := db.Model(&Offer{}).Scopes(offerScope(a)).Joins("JOIN filing ON filing.id = transfer_offer.filing_id AND filing.next_action = ?", filing.NextAnswerOffer).
		Where("transfer_offer.state = ?", Open).Order("transfer_offer.due_at, transfer_offer.id").Limit(listed).Find(&rows).Error
	if err != nil {
		return nil, err
	}
	return rows, withFilings(db, rows, func(r *OfferedRow) (string, *filing.Filing) { return r.FilingID, &r.Filing })
}

// AskedOf lists the open questions who has a filing that the actor may answer, at most 200.
func (s *Service) AskedOf(ctx context.Context, a account.Actor) ([]QuestionRow, error) {
	db := s.DB.Read(ctx)
	var rows []QuestionRow
	err := db.Model(&Appointment{}).Scopes(s.questionScope(a)).Joins("JOIN filing ON filing.id = transfer_appointment.filing_id AND filing.next_action = ?", filing.NextAppoint).
		Where("transfer_appointment.state = ?", Open).Order("transfer_appointment.due_at, transfer_appointment.id").Limit(listed).Find(&rows).Error
	if err != nil {
		return nil, err
	}
	return rows, withFilings(db, rows, func(r *QuestionRow) (string, *filing.Filing) { return r.FilingID, &r.Filing })
}

// withFilings puts its filing into each row, all read by one query.
func withFilings[R any](db *gorm.DB, rows []R, of func(*R) (id string, into *filing.Filing)) error {
	ids := make([]string, len(rows))
	for i := range rows {
		ids[i], _ = of(&rows[i])
	}
	found, err := filingsBy(db, ids)
	for i := range rows {
		id, into := of(&rows[i])
		*into = found[id]
	}
	return err
}

func filingsBy(db *gorm.DB, ids []string) (map[string]filing.Filing, error) {
	out := map[string]filing.Filing{}
	if len(ids) == 0 {
		return out, nil
	}
	var all []filing.Filing
	err := db.Omit("facts_sealed").Where("id IN ?", ids).Find(&all).Error
	for _, f := range all {
		out[f.ID] = f
	}
	return out, err
}

// Case is a filing as the body that is asked about it sees it.
type Case struct {
	Filing    filing.Filing
	Facts     rules.Facts
	Applicant string
	Hops      []Hop
}

// Hop is one offer or one question with its words, for the bodies.
type Hop struct {
	Offer       *Offer
	Appointment *Appointment
	Text        string // why it was asked
	Answer      string // why it was declined, or why that body was named
	At          time.Time
}

// Offered opens an offer for the body that was asked. Error: NotFound.
func (s *Service) Offered(ctx context.Context, a account.Actor, id string) (Offer, Case, error) {
	o, err := offerFor(s.DB.Read(ctx), a, id)
	if err != nil {
		return o, Case{}, err
	}
	c, err := s.caseOf(ctx, o.FilingID)
	return o, c, err
}

// Question opens a question for the body above. Error: NotFound.
func (s *Service) Question(ctx context.Context, a account.Actor, id string) (Appointment, Case, error) {
	q, err := s.questionFor(s.DB.Read(ctx), a, id)
	if err != nil {
		return q, Case{}, err
	}
	c, err := s.caseOf(ctx, q.FilingID)
	return q, c, err
}

func (s *Service) caseOf(ctx context.Context, filingID string) (c Case, err error) {
	if err = s.DB.Read(ctx).Where("id = ?", filingID).Take(&c.Filing).Error; err != nil {
		return c, err
	}
	if c.Facts, err = s.Filings.Facts(c.Filing); err != nil {
		return c, err
	}
	c.Applicant = s.Filings.Applicant(c.Filing)
	c.Hops, err = s.Hops(ctx, c.Filing)
	return c, err
}

// Hops lists how a filing the caller may see was handed on, oldest first.
func (s *Service) Hops(ctx context.Context, f filing.Filing) ([]Hop, error) {
	db := s.DB.Read(ctx)
	var offers []Offer
	if err := db.Where("filing_id = ?", f.ID).Find(&offers).Error; err != nil {
		return nil, err
	}
	var questions []Appointment
	if err := db.Where("filing_id = ?", f.ID).Order("asked_at, id").Find(&questions).Error; err != nil {
		return nil, err
	}
	var out []Hop
	var problems []error
	open := func(sealed []byte, text func() (string, error)) string {
		if len(sealed) == 0 {
			return ""
		}
		plain, err := text()
		problems = append(problems, err)
		return plain
	}
	for _, o := range offers {
		out = append(out, Hop{Offer: &o, At: o.OfferedAt,
			Text:   open(o.TextSealed, func() (string, error) { return s.Box.OpenText(offerAD(o.ID, "text"), o.TextSealed) }),
			Answer: open(o.AnswerSealed, func() (string, error) { return s.Box.OpenText(offerAD(o.ID, "answer"), o.AnswerSealed) })})
	}
	for _, q := range questions {
		out = append(out, Hop{Appointment: &q, At: q.AskedAt,
			Text:   open(q.TextSealed, func() (string, error) { return s.Box.OpenText(appointmentAD(q.ID, "text"), q.TextSealed) }),
			Answer: open(q.NamedSealed, func() (string, error) { return s.Box.OpenText(appointmentAD(q.ID, "named"), q.NamedSealed) })})
	}
	return out, errors.Join(problems...)
}
