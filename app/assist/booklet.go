package assist

import (
	"context"
	"crypto/rand"
	"fmt"
	"strings"
	"time"

	"golang.org/x/text/width"
	"gorm.io/gorm"

	"reliefportal/app/account"
	"reliefportal/app/audit"
	"reliefportal/app/fail"
	"reliefportal/app/filing"
	"reliefportal/app/store"
)

// The codes on paper and in invitations: ten signs of 32, none of 0 O 1 I, so 50 random bits. With the tries below nobody finds one.
const (
	codeSigns  = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
	codeLength = 10
)

// How often a person may type a code (PROJECT): slips of the finger fit in, trying does not.
const (
	codeTries    = 10
	codeTryTime  = 15 * time.Minute
	codeTriesDay = 60
)

// bookletRow is a row of booklet_code. The code itself is on paper only.
type bookletRow struct {
	ID          string
	FilingID    string
	CodeIndex   []byte
	IssuedAt    time.Time
	WithdrawnAt *time.Time
}

// TableName is the table of bookletRow.
func (bookletRow) TableName() string { return "booklet_code" }

// newCode draws a code in its one normal form, without the dash.
func newCode() string {
	b := make([]byte, codeLength)
	_, _ = rand.Read(b) // crypto/rand never fails
	for i := range b {
		b[i] = codeSigns[b[i]&31]
	}
	return string(b)
}

// Grouped is a code as people read it, in two groups.
func Grouped(code string) string { return code[:codeLength/2] + "-" + code[codeLength/2:] }

// parseCode reads a code as typed: small or full-width letters, spaces, any dash. ok is false when it cannot be one.
func parseCode(typed string) (code string, ok bool) {
	code = strings.Map(func(r rune) rune {
		if strings.ContainsRune(" \t\n　-—－–_·", r) {
			return -1
		}
		return r
	}, strings.ToUpper(width.Narrow.String(typed)))
	if len(code) != codeLength || strings.Trim(code, codeSigns) != "" {
		return "", false
	}
	return code, true
}

// IssueBooklet gives a draft the code for its paper booklet, in two groups of five, and withdraws the one it had before. expires is when
// the draft would go if nobody touched it; a draft that lives longer takes its code with it. Only a keyed hash of the code is kept.
// Errors: NotFound; Conflict "filing.not_draft".
func (s *Service) IssueBooklet(ctx context.Context, a account.Actor, filingID string) (code string, expires time.Time, err error) {
	code = newCode()
	now := s.Clock.Now()
	err = s.DB.Tx(ctx, func(tx *gorm.DB) error {
		f, err := filing.ByID(tx, a, filingID)
		if err != nil {
			return err
		}
		if !a.IsDebtor() {
			return fail.NotFound()
		}
		if f.Status != filing.Draft || f.DraftExpiresAt == nil {
			return fail.Conflict("filing.not_draft")
		}
		expires = *f.DraftExpiresAt
		if err := tx.Model(&bookletRow{}).Where("filing_id = ? AND withdrawn_at IS NULL", f.ID).Update("withdrawn_at", now).Error; err != nil {
			return fmt.Errorf("withdraw the code of a booklet: %w", err)
		}
		row := bookletRow{ID: store.NewID(), FilingID: f.ID, CodeIndex: s.Box.Index("booklet", code), IssuedAt: now}
		if err := tx.Create(&row).Error; err != nil {
			return fmt.Errorf("keep the code of a booklet: %w", err)
		}
		return audit.Append(tx, audit.Entry{SubjectType: "filing", SubjectID: f.ID, Actor: a.Audit("", ""), Kind: "booklet.issued", At: now})
	})
	if err != nil {
		return "", time.Time{}, err
	}
	return Grouped(code), expires, nil
}

// OpenBooklet begins a session of help on the draft whose booklet bears the code. Errors: NotFound for somebody who may not help; a field
// error for "code" when no living draft has it; TooMany.
func (s *Service) OpenBooklet(ctx context.Context, staff account.Actor, typed string) (Session, error) {
	if _, _, ok := MayHelp(staff); !ok {
		return Session{}, fail.NotFound()
	}
	if err := s.countTry(ctx, "booklet", staff.PersonID); err != nil {
		return Session{}, err
	}
	code, ok := parseCode(typed)
	if !ok {
		return Session{}, fail.Invalid(fail.F("code", "helper.code_shape"))
	}
	var out Session
	err := s.DB.Tx(ctx, func(tx *gorm.DB) error {
		f, ok, err := s.draftOf(tx, code)
		if err != nil {
			return err
		}
		if !ok {
			return fail.Invalid(fail.F("code", "helper.code_unknown"))
		}
		out, err = s.open(tx, staff, f.PersonID, account.ByBooklet)
		if err != nil {
			return err
		}
		return s.bind(tx, &out, f.ID)
	})
	return out, err
}

// draftOf finds the draft of a code; ok is false when there is none, or none that can still be worked on.
func (s *Service) draftOf(tx *gorm.DB, code string) (f filing.Filing, ok bool, err error) {
	var rows []filing.Filing
	err = tx.Where("id IN (SELECT filing_id FROM booklet_code WHERE code_index IN ? AND withdrawn_at IS NULL)", s.Box.Indexes("booklet", code)).
		Where("status = ? AND draft_expires_at > ?", filing.Draft, s.Clock.Now()).Limit(1).Find(&rows).Error
	if err != nil || len(rows) == 0 {
		return filing.Filing{}, false, err
	}
	return rows[0], true, nil
}

// countTry counts one code typed by a person, in a transaction of its own, so that wrong ones count. Error: TooMany.
func (s *Service) countTry(ctx context.Context, what, personID string) error {
	return s.DB.Tx(ctx, func(tx *gorm.DB) error {
		now := s.Clock.Now()
		for _, l := range []struct {
			most   int64
			period time.Duration
		}{{codeTries, codeTryTime}, {codeTriesDay, 24 * time.Hour}} {
			ok, err := account.Allow(tx, what+" "+l.period.String()+" "+personID, l.most, l.period, now)
			if err != nil {
				return err
			}
			if !ok {
				return fail.TooMany("helper.too_many", "Minutes", int(codeTryTime/time.Minute))
			}
		}
		return nil
	})
}
