package notice

import (
	"context"
	"fmt"
	"time"

	"gorm.io/gorm"

	"reliefportal/app/account"
	"reliefportal/app/seal"
)

// row is a line of the table notice.
type row struct {
	ID            string `gorm:"primaryKey"`
	SendKey       string
	FilingID      *string
	PersonID      *string
	Channel       account.ContactKind
	ToSealed      []byte
	SubjectSealed []byte
	BodySealed    []byte
	Lang          string
	Kind          string
	State         State
	Tries         int64
	Problem       Problem
	CreatedAt     time.Time
	SentAt        *time.Time
	Event         string // groups what tells one person of one thing
	Subject       string
	Neutral       bool
	ArgsSealed    []byte
	SecondOf      *string
}

// TableName is the table of rows.
func (row) TableName() string { return "notice" }

func (r row) ad(column string) seal.AD { return seal.AD{Table: "notice", Column: column, Row: r.ID} }

// sealIn puts the address and words into the row, sealed.
func (s *Service) sealIn(r *row, to, subject, body string) {
	r.ToSealed = s.Box.SealText(r.ad("to_sealed"), to)
	r.SubjectSealed = s.Box.SealText(r.ad("subject_sealed"), subject)
	r.BodySealed = s.Box.SealText(r.ad("body_sealed"), body)
}

// bare gives a row without its words and address.
func (r row) bare() Notice {
	n := Notice{ID: r.ID, Kind: r.Kind, Channel: r.Channel, Lang: r.Lang, State: r.State, Problem: r.Problem, Tries: r.Tries, At: r.CreatedAt.UTC(),
		Neutral: r.Neutral}
	if r.State == Failed && r.Problem.stopped() {
		n.State = Stopped
	}
	if r.SentAt != nil {
		n.SentAt = r.SentAt.UTC()
	}
	if r.FilingID != nil {
		n.FilingID = *r.FilingID
	}
	if r.SecondOf != nil {
		n.SecondOf = *r.SecondOf
	}
	return n
}

// open gives a row with its words, or fails when it cannot be opened with the keys at hand.
func (s *Service) open(r row) (Notice, error) {
	n := r.bare()
	for _, part := range []struct {
		column string
		sealed []byte
		into   *string
	}{{"to_sealed", r.ToSealed, &n.To}, {"subject_sealed", r.SubjectSealed, &n.Subject}, {"body_sealed", r.BodySealed, &n.Text}} {
		text, err := s.Box.OpenText(r.ad(part.column), part.sealed)
		if err != nil {
			return Notice{}, fmt.Errorf("open notice %s: %w", r.ID, err)
		}
		*part.into = text
	}
	return n, nil
}

// Outbox gives the newest limit notices with their words, for the outbox page of a development program. Never show it in
// production: it holds sign-in codes.
func (s *Service) Outbox(ctx context.Context, limit int) ([]Notice, error) {
	var rows []row
	if err := s.DB.Read(ctx).Order("created_at DESC, id DESC").Limit(limit).Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("read the outbox: %w", err)
	}
	out := make([]Notice, len(rows))
	for i, r := range rows {
		n, err := s.open(r)
		if err != nil {
			return nil, err
		}
		out[i] = n
	}
	return out, nil
}

// languageOf is the language a person chose.
func languageOf(tx *gorm.DB, personID string) (lang string, err error) {
	if err := tx.Raw("SELECT lang FROM person WHERE id = ?", personID).Row().Scan(&lang); err != nil {
		return "", fmt.Errorf("read a person's language: %w", err)
	}
	return lang, nil
}

// ForgetFilings deletes messages about drafts that go.
func (s *Service) ForgetFilings(tx *gorm.DB, ids []string) error {
	return tx.Where("filing_id IN ?", ids).Delete(&row{}).Error
}

// Forget deletes what a person was told apart from his filings; what he was told of a filing belongs to its file, as the proof that he was.
func (s *Service) Forget(tx *gorm.DB, personID string) error {
	return tx.Where("person_id = ? AND filing_id IS NULL", personID).Delete(&row{}).Error
}
