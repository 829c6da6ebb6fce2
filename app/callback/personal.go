package callback

import (
	"context"
	"errors"
	"fmt"
	"time"

	"gorm.io/gorm"

	"reliefportal/app/rules"
)

// Participation is what the portal knows of a person's part in calls and questionnaires, for the person himself. Answers are not in it: they
// are kept apart from people, and a copy that put them together again would break that promise.
type Participation struct {
	Calls    []PastCall
	Numbers  []Number
	Stopped  bool // he is never asked again
	Prepared []PreparedFacts
}

// PastCall is one case of a person. Times are UTC.
type PastCall struct {
	BodyID   string
	Event    string
	Kind     rules.Purpose
	Status   Status
	Code     string // outcome, "" while open
	Opened   time.Time
	Attempts []PastAttempt
}

// PastAttempt is one attempt to reach the person.
type PastAttempt struct {
	At   time.Time
	Mode Mode
	Code string
}

// PreparedFacts are the answers of his from which a request was prepared, as he was told.
type PreparedFacts struct {
	Remedy string
	Facts  rules.Facts
	At     time.Time
}

// ParticipationOf gathers it.
func (s *Service) ParticipationOf(ctx context.Context, personID string) (out Participation, err error) {
	db := s.db.Read(ctx)
	var cases []Case
	if err := db.Where("person_id = ?", personID).Order("created_at, id").Find(&cases).Error; err != nil {
		return out, fmt.Errorf("read a person's calls: %w", err)
	}
	for _, c := range cases {
		call := PastCall{BodyID: c.BodyID, Event: c.Reason, Kind: c.Kind, Status: c.Status, Opened: c.CreatedAt}
		if c.FinalCode != nil {
			call.Code = *c.FinalCode
		}
		var tries []attemptRow
		if err := db.Where("case_id = ?", c.ID).Order("at, id").Find(&tries).Error; err != nil {
			return out, fmt.Errorf("read attempts: %w", err)
		}
		for _, t := range tries {
			call.Attempts = append(call.Attempts, PastAttempt{At: t.At, Mode: t.Mode, Code: t.Code})
		}
		out.Calls = append(out.Calls, call)
	}
	if out.Numbers, err = s.vault.numbersOf(db, personID); err != nil {
		return out, err
	}
	if out.Stopped, err = s.IsStopped(db, personID); err != nil {
		return out, err
	}
	out.Prepared, err = s.preparedFacts(db, personID)
	return out, err
}

func (s *Service) preparedFacts(db *gorm.DB, personID string) ([]PreparedFacts, error) {
	var rows []preparedRow
	if err := db.Where("person_id = ?", personID).Order("created_at, id").Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("read prepared requests: %w", err)
	}
	var out []PreparedFacts
	for _, r := range rows {
		facts, err := s.vault.openPrepared(r)
		if err != nil {
			return nil, err
		}
		out = append(out, PreparedFacts{Remedy: r.Remedy, Facts: facts, At: r.CreatedAt})
	}
	return out, nil
}

// IsAsking says that a call or a questionnaire of the person is under way.
func (s *Service) IsAsking(tx *gorm.DB, personID string) (bool, error) {
	var n int64
	err := tx.Model(&Case{}).Where("person_id = ? AND status = ?", personID, Open).Count(&n).Error
	return n > 0, err
}

// Forget deletes what a person said, the numbers he gave, and the thread that leads from him to his answers. That he was called, how it
// ended, and that he never wants to be called stays: it protects him, and names nothing he said. Findings stay with whoever looks into them.
func (s *Service) Forget(tx *gorm.DB, personID string) error {
	var ids []string
	if err := tx.Model(&Case{}).Where("person_id = ?", personID).Pluck("id", &ids).Error; err != nil {
		return fmt.Errorf("list a person's calls: %w", err)
	}
	for _, id := range ids {
		respondent, _, err := s.vault.respondentOf(tx, id)
		if err != nil {
			return err
		}
		err = errors.Join(tx.Where("respondent = ?", respondent).Delete(&answerRow{}).Error, tx.Where("id = ?", respondent).Delete(&Respondent{}).Error,
			tx.Where("case_id = ?", id).Delete(&linkRow{}).Error, tx.Where("case_id = ?", id).Delete(&Invite{}).Error)
		if err != nil {
			return fmt.Errorf("forget a call: %w", err)
		}
	}
	return errors.Join(tx.Where("person_id = ?", personID).Delete(&preparedRow{}).Error, tx.Where("person_id = ?", personID).Delete(&numberRow{}).Error)
}

// ForgetFilings deletes what was prepared from a call and led to drafts that go.
func (s *Service) ForgetFilings(tx *gorm.DB, ids []string) error {
	return tx.Where("filing_id IN ?", ids).Delete(&preparedRow{}).Error
}
