package review

import (
	"context"
	"errors"
	"strings"

	"gorm.io/gorm"

	"reliefportal/app/account"
	"reliefportal/app/filing"
)

// DecisionOf gives the newest decision on a filing the caller has loaded under its own visibility; ok is false when there is none.
// A decision that was not served is not for the debtor's eyes; see ForDebtor.
func (s *Service) DecisionOf(ctx context.Context, f filing.Filing) (d Decision, text string, ok bool, err error) {
	err = s.DB.Read(ctx).Where("filing_id = ?", f.ID).Order("version DESC").Take(&d).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return Decision{}, "", false, nil
	}
	if err != nil {
		return Decision{}, "", false, err
	}
	plain, err := s.Box.Open(decisionAD(d.ID, "text"), d.TextSealed)
	return d, string(plain), err == nil, err
}

// Codes are the grounds of a decision.
func (d Decision) Codes() []string {
	if d.Grounds == "" {
		return nil
	}
	return strings.Split(d.Grounds, ",")
}

// SupplementOf gives the request for what is missing and the answer to it; ok is false when nothing was asked.
func (s *Service) SupplementOf(ctx context.Context, f filing.Filing) (sup Supplement, ask, answer string, ok bool, err error) {
	err = s.DB.Read(ctx).Where("filing_id = ?", f.ID).Take(&sup).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return Supplement{}, "", "", false, nil
	}
	if err != nil {
		return Supplement{}, "", "", false, err
	}
	text, err := s.Box.Open(supplementAD(sup.ID, "text"), sup.TextSealed)
	if err != nil {
		return Supplement{}, "", "", false, err
	}
	if len(sup.AnswerSealed) > 0 {
		given, err := s.Box.Open(supplementAD(sup.ID, "answer"), sup.AnswerSealed)
		if err != nil {
			return Supplement{}, "", "", false, err
		}
		answer = string(given)
	}
	return sup, string(text), answer, true, nil
}

// TookPart names the people who took part in the measure of the filing's case.
func (s *Service) TookPart(ctx context.Context, f filing.Filing) ([]string, error) {
	if f.CaseNumber == "" {
		return nil, nil
	}
	var ids []string
	db := s.DB.Read(ctx)
	if err := db.Model(&Participant{}).Where("case_number = ?", f.CaseNumber).Order("created_at").Pluck("person_id", &ids).Error; err != nil {
		return nil, err
	}
	names, err := s.namesOf(db, ids)
	if err != nil {
		return nil, err
	}
	out := make([]string, 0, len(ids))
	for _, id := range ids {
		out = append(out, names[id])
	}
	return out, nil
}

// NameOf is the name of a member of staff.
func (s *Service) NameOf(ctx context.Context, personID string) (string, error) {
	return s.nameOf(s.DB.Read(ctx), personID)
}

func (s *Service) nameOf(db *gorm.DB, id string) (string, error) {
	names, err := s.namesOf(db, []string{id})
	return names[id], err
}

func (s *Service) namesOf(db *gorm.DB, ids []string) (map[string]string, error) {
	return account.Names(db, s.Box, ids)
}
