package review

import (
	"context"

	"gorm.io/gorm"

	"reliefportal/app/account"
	"reliefportal/app/calendar"
	"reliefportal/app/fail"
	"reliefportal/app/filing"
)

// Choice is one person who could be given a filing, with what stands against it.
type Choice struct {
	PersonID string
	Name     string
	Bar      Bar
	Open     int64 // filings he has open now
}

// Choices lists the people of the owning division, those with the fewest open filings first; those barred are listed with the reason.
func (s *Service) Choices(ctx context.Context, f filing.Filing) ([]Choice, error) {
	db := s.DB.Read(ctx)
	ids, err := account.PeopleWith(db, filing.RoleFor(f.OwnerDivision), f.Owner(), calendar.DateOf(s.Clock.Now()))
	if err != nil || len(ids) == 0 {
		return nil, err
	}
	var loads []struct {
		ReviewerID string
		N          int64
	}
	if err := db.Model(&filing.Filing{}).Select("reviewer_id, COUNT(*) AS n").
		Where("reviewer_id IN ? AND next_due_at IS NOT NULL", ids).Group("reviewer_id").Find(&loads).Error; err != nil {
		return nil, err
	}
	open := map[string]int64{}
	for _, l := range loads {
		open[l.ReviewerID] = l.N
	}
	barred, err := s.barred(db, f, ids)
	if err != nil {
		return nil, err
	}
	names, err := s.namesOf(db, ids)
	if err != nil {
		return nil, err
	}
	out := make([]Choice, 0, len(ids))
	for _, id := range ids {
		out = append(out, Choice{PersonID: id, Name: names[id], Bar: barred[id], Open: open[id]})
	}
	sortChoices(out)
	return out, nil
}

// Assign gives a docketed filing to a person, or to the actor himself. Of two at once one wins; the other gets Conflict
// "review.taken" with the winner's name. Errors: NotFound; Invalid "person" with the bar.
func (s *Service) Assign(ctx context.Context, a account.Actor, id string, version int64, personID string) (filing.Filing, error) {
	return s.step(ctx, a, id, version, filing.ActAssign, func(tx *gorm.DB, f *filing.Filing) error {
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
		return s.Filings.Move(tx, f, filing.Change{Action: filing.ActAssign, Actor: a,
			Set: filing.Set{"reviewer_id": personID}, Data: map[string]any{"person": personID}, Hidden: true})
	})
}

func barKey(b Bar) string {
	switch b {
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
