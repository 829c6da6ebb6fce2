package review

import (
	"context"
	"time"

	"gorm.io/gorm"

	"reliefportal/app/account"
	"reliefportal/app/calendar"
	"reliefportal/app/fail"
	"reliefportal/app/filing"
	"reliefportal/app/rules"
)

// Choice is one person who could be given a filing, with what stands against it.
type Choice struct {
	PersonID string
	Name     string
	Bar      Bar
	Away     bool  // today
	Open     int64 // filings he has open now
	Points   int64 // what he has open weighs, and his part in panels of others
	Before   bool  // he had a filing of the same case lately
	Proposed bool  // the rule would give it to him; of equals one is
}

// Choices lists the people of the owning division: the one proposed first, then by what they have in hand; those barred or away come last, with the
// reason.
func (s *Service) Choices(ctx context.Context, f filing.Filing) ([]Choice, error) {
	return s.choices(s.DB.Read(ctx), f)
}

func (s *Service) choices(db *gorm.DB, f filing.Filing) ([]Choice, error) {
	today := calendar.Today(s.Clock)
	ids, err := account.PeopleWith(db, filing.RoleFor(f.OwnerDivision), f.Owner(), today)
	if err != nil || len(ids) == 0 {
		return nil, err
	}
	pack, err := s.Filings.Pack(f)
	if err != nil {
		return nil, err
	}
	w, err := s.WeightsOf(db, f.Owner(), pack)
	if err != nil {
		return nil, err
	}
	out, err := s.inHand(db, ids, w)
	if err != nil {
		return nil, err
	}
	barred, err := s.barred(db, f, ids)
	if err != nil {
		return nil, err
	}
	gone, err := away(db, ids, today)
	if err != nil {
		return nil, err
	}
	before, err := s.hadBefore(db, f, ids, w)
	if err != nil {
		return nil, err
	}
	for i := range out {
		id := out[i].PersonID
		out[i].Bar, out[i].Away, out[i].Before = barred[id], gone[id], before[id]
	}
	Propose(out, w, waited(f, today))
	return out, nil
}

// waited is for how many calendar days a filing has waited to be given to somebody.
func waited(f filing.Filing, today calendar.Date) int64 {
	if f.DocketedAt == nil {
		return 0
	}
	return int64(calendar.DateOf(*f.DocketedAt).DaysUntil(today))
}

// inHand counts what each of these people has open, in filings and in points.
func (s *Service) inHand(db *gorm.DB, ids []string, w rules.Weights) ([]Choice, error) {
	type load struct {
		PersonID string
		N        int64
		Points   int64
	}
	var own, panels []load
	if err := db.Raw(`SELECT f.reviewer_id AS person_id, COUNT(*) AS n, SUM(COALESCE(l.points, ?)) AS points FROM filing f LEFT JOIN workload l ON l.filing_id = f.id
		WHERE f.reviewer_id IN ? AND f.next_due_at IS NOT NULL GROUP BY f.reviewer_id`, w.Base, ids).Scan(&own).Error; err != nil {
		return nil, err
	}
	if err := db.Raw(`SELECT m.person_id, COUNT(*) AS n FROM panel_member m JOIN panel p ON p.id = m.panel_id AND p.ended_at IS NULL
		JOIN filing f ON f.id = p.filing_id AND f.next_due_at IS NOT NULL AND f.reviewer_id <> m.person_id
		WHERE m.person_id IN ? GROUP BY m.person_id`, ids).Scan(&panels).Error; err != nil {
		return nil, err
	}
	names, err := s.namesOf(db, ids)
	if err != nil {
		return nil, err
	}
	byID, out := map[string]int{}, make([]Choice, 0, len(ids))
	for i, id := range ids {
		byID[id] = i
		out = append(out, Choice{PersonID: id, Name: names[id]})
	}
	for _, l := range own {
		c := &out[byID[l.PersonID]]
		c.Open, c.Points = l.N, l.Points
	}
	for _, l := range panels {
		out[byID[l.PersonID]].Points += l.N * w.Panel
	}
	return out, nil
}

// hadBefore finds who had a filing of the same case at this body within the days of affinity.
func (s *Service) hadBefore(db *gorm.DB, f filing.Filing, ids []string, w rules.Weights) (map[string]bool, error) {
	out := map[string]bool{}
	if f.CaseNumber == "" || w.AffinityDays == 0 {
		return out, nil
	}
	var found []string
	since := s.Clock.Now().Add(-time.Duration(w.AffinityDays) * 24 * time.Hour)
	err := db.Model(&filing.Filing{}).Where("owner_body_id = ? AND case_number = ? AND ref IS NOT NULL AND reviewer_id IN ? AND id <> ? AND updated_at >= ?",
		f.Owner(), f.CaseNumber, ids, f.ID, since).Distinct().Pluck("reviewer_id", &found).Error
	for _, id := range found {
		out[id] = true
	}
	return out, err
}

// Assign gives a docketed filing to a person, or to the actor himself, without asking who was proposed. Of two at once one wins; the other gets
// Conflict "review.taken" with the winner's name. Errors: NotFound; Invalid "person" with the bar.
func (s *Service) Assign(ctx context.Context, a account.Actor, id string, version int64, personID string) (filing.Filing, error) {
	return s.step(ctx, a, id, version, filing.ActAssign, func(tx *gorm.DB, f *filing.Filing) error {
		return s.assign(tx, a, f, personID, "")
	})
}

// Give is Assign by a desk that goes by the proposal: somebody who has more in hand than the one proposed is given the filing only for a coded
// reason of the pack, which the record keeps, and nobody who is away. Errors: those of Assign; Invalid "person" or "reason".
func (s *Service) Give(ctx context.Context, a account.Actor, id string, version int64, personID, reason string) (filing.Filing, error) {
	return s.step(ctx, a, id, version, filing.ActAssign, func(tx *gorm.DB, f *filing.Filing) error {
		choices, err := s.choices(tx, *f)
		if err != nil {
			return err
		}
		asProposed, isAway := standsAs(choices, personID)
		switch {
		case isAway:
			return fail.Invalid(fail.F("person", "review.away"))
		case asProposed:
			reason = ""
		case personID != a.PersonID && reason == "":
			return fail.Invalid(fail.F("reason", "assign.reason"))
		case reason != "":
			if err := s.overrideKnown(*f, reason); err != nil {
				return err
			}
		}
		return s.assign(tx, a, f, personID, reason)
	})
}

// standsAs says whether a person is the one proposed or his equal, and whether he is away.
func standsAs(choices []Choice, personID string) (asProposed, isAway bool) {
	var best, him *Choice
	for i := range choices {
		if choices[i].Proposed {
			best = &choices[i]
		}
		if choices[i].PersonID == personID {
			him = &choices[i]
		}
	}
	if him == nil || best == nil {
		return false, him != nil && him.Away
	}
	return him == best || !him.Away && him.Bar == BarNone && him.Points == best.Points && him.Before == best.Before, him.Away
}

func (s *Service) assign(tx *gorm.DB, a account.Actor, f *filing.Filing, personID, reason string) error {
	if f.ReviewerID != nil {
		name, err := s.nameOf(tx, *f.ReviewerID)
		if err != nil {
			return err
		}
		return fail.Conflict("review.taken", "who", name)
	}
	person, err := account.Load(tx, personID, calendar.DateOf(s.Clock.Now()))
	if err != nil {
		return fail.Invalid(fail.F("person", "answer.choose"))
	}
	bar, err := s.barOf(tx, *f, person)
	if err != nil {
		return err
	}
	if bar != BarNone {
		return fail.Invalid(fail.F("person", barKey(bar)))
	}
	data := map[string]any{"person": personID}
	if reason != "" {
		data["reason"] = reason
	}
	return s.Filings.Move(tx, f, filing.Change{Action: filing.ActAssign, Actor: a, Set: filing.Set{"reviewer_id": personID}, Data: data, Hidden: true})
}

func barKey(b Bar) string {
	switch b {
	case BarAsked:
		return "review.barred.asked_aside"
	case BarMeasure:
		return "review.barred.took_part"
	case BarDecided:
		return "review.barred.decided_before"
	case BarAssisted:
		return "review.barred.assisted"
	case BarTeam:
		return "review.barred.same_team"
	case BarRecused:
		return "review.barred.recused"
	case BarRelation:
		return "review.barred.relation"
	}
	return "review.barred.not_of_body"
}

// RecordParticipant notes that a person took part in the measure of a case, so that he can never review it. Noting it twice changes nothing.
func (s *Service) RecordParticipant(tx *gorm.DB, p Participant) error {
	var n int64
	if err := tx.Model(&Participant{}).Where("case_number = ? AND person_id = ?", p.CaseNumber, p.PersonID).Count(&n).Error; err != nil || n > 0 {
		return err
	}
	return tx.Create(&p).Error
}
