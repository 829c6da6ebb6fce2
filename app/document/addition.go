package document

import (
	"context"
	"errors"
	"fmt"
	"time"
	"unicode/utf8"

	"gorm.io/gorm"

	"reliefportal/app/account"
	"reliefportal/app/audit"
	"reliefportal/app/fail"
	"reliefportal/app/seal"
	"reliefportal/app/store"
)

// Addition is papers a person adds of his own accord while a body has his filing. Each has a receipt of its own.
type Addition struct {
	ID       string
	FilingID string
	Number   int64     // 1 for the first of the filing
	Said     string    // what the person wrote with it; may be empty
	At       time.Time // instant it was received
}

// SaidMax is the most characters of what a person writes with an addition (PROJECT).
const SaidMax = 1000

// Adding is what the form of a later addition hands in. Token is the one-time token of the form: twice sent, once added.
type Adding struct {
	Attachment
	Said  string
	Token string
}

// additionRow is a line of the table addition.
type additionRow struct {
	ID         string `gorm:"primaryKey"`
	FilingID   string
	Number     int64
	PersonID   string
	SaidSealed []byte
	SubmitKey  string
	CreatedAt  time.Time
}

// TableName is the table of rows.
func (additionRow) TableName() string { return "addition" }

func saidAD(id string) seal.AD { return seal.AD{Table: "addition", Column: "said_sealed", Row: id} }

// Add stores files that a person adds after filing, with a receipt number of their own and word to the body; no clock changes. Bad files are
// among Refused, the others are added. A form sent twice gives the first addition again. Errors: Invalid when no file was taken or the words
// are too long, NotFound, and what Owner.MayAdd returns.
func (s *Service) Add(ctx context.Context, actor account.Actor, in Adding) (Addition, []fail.Field, error) {
	if n := utf8.RuneCountInString(in.Said); n > SaidMax {
		return Addition{}, nil, fail.Invalid(fail.F("said", "answer.too_long", "n", n, "max", SaidMax, "over", n-SaidMax))
	}
	if in.Token == "" {
		return Addition{}, nil, fail.NotFound()
	}
	if first, err := s.addedBy(ctx, actor, in); err == nil || !isNotFound(err) {
		return first, nil, err
	}
	add := additionRow{ID: store.NewID(), FilingID: in.FilingID, PersonID: actor.PersonID, SubmitKey: in.Token, CreatedAt: s.Clock.Now()}
	add.SaidSealed = s.Box.SealText(saidAD(add.ID), in.Said)
	got, err := s.attach(ctx, actor, in.Attachment, s.Owner.MayAdd, func(tx *gorm.DB, rows []row) error { return s.recordAddition(tx, actor, &add, rows) })
	if errors.Is(err, gorm.ErrDuplicatedKey) {
		first, err := s.addedBy(ctx, actor, in)
		return first, nil, err
	}
	if err != nil {
		return Addition{}, nil, err
	}
	out, err := s.addition(add)
	return out, got.Refused, err
}

// recordAddition gives the addition its number (the filing is locked) and ties the files to it.
func (s *Service) recordAddition(tx *gorm.DB, actor account.Actor, add *additionRow, rows []row) error {
	var last int64
	if err := tx.Model(&additionRow{}).Select("coalesce(max(number), 0)").Where("filing_id = ?", add.FilingID).Scan(&last).Error; err != nil {
		return fmt.Errorf("count additions: %w", err)
	}
	add.Number = last + 1
	if err := tx.Create(add).Error; err != nil {
		return fmt.Errorf("record an addition: %w", err)
	}
	hashes := make([]string, len(rows))
	for i := range rows {
		rows[i].AdditionID, hashes[i] = &add.ID, rows[i].SHA256
	}
	return audit.Append(tx, audit.Entry{SubjectType: "filing", SubjectID: add.FilingID, Actor: actor.Audit("", ""), Kind: "addition.received",
		Data: map[string]any{"addition": add.ID, "number": add.Number, "files": hashes}, Visible: true, At: add.CreatedAt})
}

// addedBy finds the addition that a form with this token made before.
func (s *Service) addedBy(ctx context.Context, actor account.Actor, in Adding) (Addition, error) {
	return s.findAddition(s.DB.Read(ctx).Where("submit_key = ? AND person_id = ? AND filing_id = ?", in.Token, actor.PersonID, in.FilingID))
}

// AdditionOf gives one addition of a filing by its number. The caller has checked that the filing may be seen. Errors: NotFound.
func (s *Service) AdditionOf(ctx context.Context, filingID string, number int64) (Addition, error) {
	return s.findAddition(s.DB.Read(ctx).Where("filing_id = ? AND number = ?", filingID, number))
}

func (s *Service) findAddition(db *gorm.DB) (Addition, error) {
	var r additionRow
	err := db.Take(&r).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return Addition{}, fail.NotFound()
	}
	if err != nil {
		return Addition{}, fmt.Errorf("load an addition: %w", err)
	}
	return s.addition(r)
}

// Additions gives the later additions of a filing, the first one first. The caller has checked that the filing may be seen.
func (s *Service) Additions(ctx context.Context, filingID string) ([]Addition, error) {
	var rows []additionRow
	if err := s.DB.Read(ctx).Where("filing_id = ?", filingID).Order("number").Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("list additions: %w", err)
	}
	out := make([]Addition, len(rows))
	for i, r := range rows {
		var err error
		if out[i], err = s.addition(r); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func (s *Service) addition(r additionRow) (Addition, error) {
	said, err := s.Box.OpenText(saidAD(r.ID), r.SaidSealed)
	if err != nil {
		return Addition{}, fmt.Errorf("open what was said with addition %s: %w", r.ID, err)
	}
	return Addition{ID: r.ID, FilingID: r.FilingID, Number: r.Number, Said: said, At: r.CreatedAt.UTC()}, nil
}
