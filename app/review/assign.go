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
	}
	return "review.barred.not_of_body"
}

// barOf says what stands against one person, inside the transaction that would give him the filing.
func (s *Service) barOf(tx *gorm.DB, f filing.Filing, person account.Actor) (Bar, error) {
	took, decided, err := s.history(tx, f, []string{person.PersonID})
	if err != nil {
		return "", err
	}
	typed, err := typedBy(tx, f, []string{person.PersonID})
	if err != nil {
		return "", err
	}
	c := Candidate{Person: person, Took: took[person.PersonID], Decided: decided[person.PersonID], Typed: typed[person.PersonID]}
	return MayReview(c, f.Owner(), f.OwnerDivision), nil
}

// barred gives the bars of people known to work for the owning division.
func (s *Service) barred(db *gorm.DB, f filing.Filing, ids []string) (map[string]Bar, error) {
	took, decided, err := s.history(db, f, ids)
	if err != nil {
		return nil, err
	}
	typed, err := typedBy(db, f, ids)
	if err != nil {
		return nil, err
	}
	out := map[string]Bar{}
	for _, id := range ids {
		member := account.Actor{PersonID: id, Kind: account.Staff,
			Grants: []account.Grant{{Role: filing.RoleFor(f.OwnerDivision), BodyID: f.Owner()}}}
		out[id] = MayReview(Candidate{Person: member, Took: took[id], Decided: decided[id], Typed: typed[id]}, f.Owner(), f.OwnerDivision)
	}
	return out, nil
}

// history finds who of these people took part in the measure of the case, and who reviewed or decided the filing before this one.
func (s *Service) history(db *gorm.DB, f filing.Filing, ids []string) (took, decided map[string]bool, err error) {
	took, decided = map[string]bool{}, map[string]bool{}
	var rows []Participant
	if f.CaseNumber != "" {
		if err = db.Where("case_number = ? AND person_id IN ?", f.CaseNumber, ids).Find(&rows).Error; err != nil {
			return nil, nil, err
		}
	}
	for _, r := range rows {
		took[r.PersonID] = true
	}
	if f.ParentID == nil {
		return took, decided, nil
	}
	var before []struct{ PersonID string }
	err = db.Raw(`SELECT decided_by AS person_id FROM decision WHERE filing_id = ? UNION SELECT reviewer_id FROM filing WHERE id = ? AND reviewer_id IS NOT NULL`,
		*f.ParentID, *f.ParentID).Scan(&before).Error
	for _, b := range before {
		decided[b.PersonID] = true
	}
	return took, decided, err
}

// typedBy finds who of these people had the draft of a filing open to type in it for the person.
func typedBy(db *gorm.DB, f filing.Filing, ids []string) (map[string]bool, error) {
	var found []string
	if err := db.Table("assist_session").Where("filing_id = ? AND staff_id IN ?", f.ID, ids).Pluck("staff_id", &found).Error; err != nil {
		return nil, err
	}
	out := map[string]bool{}
	for _, id := range found {
		out[id] = true
	}
	return out, nil
}

// RecordParticipant notes that a person took part in the measure of a case, so that he can never review it. Noting it twice changes nothing.
func (s *Service) RecordParticipant(tx *gorm.DB, p Participant) error {
	var n int64
	if err := tx.Model(&Participant{}).Where("case_number = ? AND person_id = ?", p.CaseNumber, p.PersonID).Count(&n).Error; err != nil || n > 0 {
		return err
	}
	return tx.Create(&p).Error
}
