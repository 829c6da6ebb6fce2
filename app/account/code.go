package account

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"math/big"
	"strings"
	"time"
	"unicode"

	"golang.org/x/text/width"
	"gorm.io/gorm"

	"reliefportal/app/audit"
	"reliefportal/app/fail"
	"reliefportal/app/store"
)

// CodeLife is how long a sign-in code works (ASVS 5.0, 6.5.5: ten minutes at most).
const CodeLife = 10 * time.Minute

// CodeTries is how often one code may be typed.
const CodeTries = 5

// The limits on sending to one contact. Eight digits, five tries a code and ten codes a day leave a guess a chance of
// one in two million a day.
var (
	sendsSoon = limit{most: 3, period: 15 * time.Minute}
	sendsDay  = limit{most: 10, period: 24 * time.Hour}
)

// RequestCode sends a code to what was typed, in lang. The answer is the same whether or not anybody has that contact.
// The code works only with the same browserToken, a secret of the browser that asks. Errors: a field error
// signin.contact_bad, or TooMany signin.too_many.
func (s *Service) RequestCode(ctx context.Context, typed, browserToken, lang string) error {
	return s.RequestCodeFrom(ctx, typed, browserToken, lang, "")
}

// RequestCodeFrom is RequestCode from a browser that may hold a token of KnownBrowser. Such a browser has an allowance of its own, so that
// nobody who knows a contact can use up the codes of whom it belongs to.
func (s *Service) RequestCodeFrom(ctx context.Context, typed, browserToken, lang, known string) error {
	to, err := ParseContact(typed)
	if err != nil {
		return err
	}
	purse := "code "
	if mark := s.knownMark(to, known); mark != "" {
		purse = "known " + mark + " "
	}
	return s.sendCode(ctx, to, browserToken, purse, func(tx *gorm.DB, code string) error {
		return s.messenger.SendCode(tx, to, code, lang)
	})
}

// sendCode makes a code for a contact that works with token only, within the limits counted under purse, and has send send it.
func (s *Service) sendCode(ctx context.Context, to Contact, token, purse string, send func(tx *gorm.DB, code string) error) error {
	code, err := newCode()
	if err != nil {
		return err
	}
	return s.db.Tx(ctx, func(tx *gorm.DB) error {
		if err := s.maySend(tx, to, purse); err != nil {
			return err
		}
		if err := s.keepCode(tx, s.codeRow(to, token, code)); err != nil {
			return err
		}
		return send(tx, code)
	})
}

func (s *Service) maySend(tx *gorm.DB, to Contact, purse string) error {
	index, now := hex.EncodeToString(s.box.Index(string(to.Kind), to.Value)), s.clock.Now()
	for _, l := range []limit{sendsSoon, sendsDay} {
		ok, err := l.take(tx, purse+l.period.String()+" "+index, now)
		if err != nil {
			return err
		}
		if !ok {
			return fail.TooMany("signin.too_many", "Minutes", int(sendsSoon.period/time.Minute))
		}
	}
	return nil
}

// newCode gives eight digits, each code equally likely.
func newCode() (string, error) {
	n, err := rand.Int(rand.Reader, big.NewInt(100_000_000))
	if err != nil {
		return "", fmt.Errorf("make a sign-in code: %w", err)
	}
	return fmt.Sprintf("%08d", n), nil
}

func (s *Service) codeRow(to Contact, browserToken, code string) codeRow {
	now := s.clock.Now()
	r := codeRow{
		ID: store.NewID(), ContactKind: to.Kind, ContactIndex: s.box.Index(string(to.Kind), to.Value),
		BrowserHash: s.browserHash(browserToken), ExpiresAt: now.Add(CodeLife), CreatedAt: now,
	}
	r.CodeHash = s.box.MAC("sign-in code", []byte(r.ID), []byte(code))
	return r
}

// keepCode puts the code in the place of any before it from the same browser.
func (s *Service) keepCode(tx *gorm.DB, row codeRow) error {
	older := tx.Model(&codeRow{}).Where("contact_kind = ? AND contact_index = ? AND browser_hash = ? AND used_at IS NULL", row.ContactKind, row.ContactIndex, row.BrowserHash)
	if err := older.Updates(map[string]any{"used_at": row.CreatedAt, "code_hash": []byte{}}).Error; err != nil {
		return fmt.Errorf("end older sign-in codes: %w", err)
	}
	if err := tx.Create(&row).Error; err != nil {
		return fmt.Errorf("keep a sign-in code: %w", err)
	}
	return nil
}

func (s *Service) browserHash(token string) []byte {
	return s.box.MAC("sign-in browser", []byte(token))
}

// VerifyCode takes a code typed for a contact in the browser that asked for it, and gives the person, made on the spot
// at the first success. Only the newest code of the browser counts. Errors: a field error signin.code_wrong with the
// tries Left, Expired signin.code_expired, or Forbidden signin.disabled.
func (s *Service) VerifyCode(ctx context.Context, typed, code, browserToken string) (Person, error) {
	to, err := ParseContact(typed)
	if err != nil {
		return Person{}, err
	}
	p, err := s.verify(ctx, to, digits(code), browserToken)
	if errors.Is(err, gorm.ErrDuplicatedKey) { // another browser made the same person in the same moment
		p, err = s.verify(ctx, to, digits(code), browserToken)
	}
	return p, err
}

func (s *Service) verify(ctx context.Context, to Contact, code, browserToken string) (p Person, err error) {
	err = s.withCode(ctx, to, code, browserToken, func(tx *gorm.DB) error {
		p, err = s.personOf(tx, to)
		return err
	})
	return p, err
}

// withCode runs then in the transaction in which a right code is used up. It commits a wrong try too, so refused holds what to tell the
// person after the commit.
func (s *Service) withCode(ctx context.Context, to Contact, code, token string, then func(tx *gorm.DB) error) error {
	var refused error
	err := s.db.Tx(ctx, func(tx *gorm.DB) error {
		refused = nil
		row, err := s.newest(tx, to, token)
		if err != nil {
			return err
		}
		// the count of tries is changed first, and so keeps a second try of the same code waiting
		refused, err = s.try(tx, row, code)
		if err != nil || refused != nil {
			return err
		}
		return then(tx)
	})
	if err == nil {
		err = refused
	}
	return err
}

func expired() error { return fail.Expired("signin.code_expired") }

// newest reads the last code this browser asked for, when it can still be used.
func (s *Service) newest(tx *gorm.DB, to Contact, browserToken string) (codeRow, error) {
	var rows []codeRow
	err := tx.Where("contact_kind = ? AND contact_index IN ? AND browser_hash = ? AND used_at IS NULL", to.Kind, s.box.Indexes(string(to.Kind), to.Value), s.browserHash(browserToken)).
		Order("created_at DESC, id DESC").Limit(1).Find(&rows).Error
	if err != nil {
		return codeRow{}, fmt.Errorf("read a sign-in code: %w", err)
	}
	if len(rows) == 0 || !s.clock.Now().Before(rows[0].ExpiresAt) {
		return codeRow{}, expired()
	}
	return rows[0], nil
}

// try counts a try and, when the code is right, uses it up.
func (s *Service) try(tx *gorm.DB, row codeRow, code string) (refused, err error) {
	counted := tx.Model(&codeRow{}).Where("id = ? AND tries < ? AND used_at IS NULL", row.ID, CodeTries).Update("tries", gorm.Expr("tries + 1"))
	if counted.Error != nil {
		return nil, fmt.Errorf("count a try: %w", counted.Error)
	}
	if counted.RowsAffected == 0 {
		return expired(), nil
	}
	if err := tx.Select("tries").Where("id = ?", row.ID).Take(&row).Error; err != nil {
		return nil, fmt.Errorf("read the tries of a code: %w", err)
	}
	if !s.box.CheckMAC(row.CodeHash, "sign-in code", []byte(row.ID), []byte(code)) {
		return s.wrong(row.Tries), s.recordWrong(tx, row.ID)
	}
	used := map[string]any{"used_at": s.clock.Now(), "code_hash": []byte{}}
	if err := tx.Model(&codeRow{}).Where("id = ?", row.ID).Updates(used).Error; err != nil {
		return nil, fmt.Errorf("use up a sign-in code: %w", err)
	}
	return nil, nil
}

func (s *Service) wrong(tries int64) error {
	left := CodeTries - tries
	if left <= 0 {
		return expired()
	}
	return fail.Invalid(fail.F("code", "signin.code_wrong", "Left", int(left)))
}

func (s *Service) recordWrong(tx *gorm.DB, codeID string) error {
	return audit.Append(tx, audit.Entry{
		SubjectType: "signin", SubjectID: codeID, Actor: audit.Actor{Kind: string(Anonymous)}, Kind: "signin.code_wrong", At: s.clock.Now(),
	})
}

// personOf finds whose contact it is or makes a new debtor with it.
func (s *Service) personOf(tx *gorm.DB, to Contact) (Person, error) {
	var rows []contactRow
	err := tx.Where("kind = ? AND value_index IN ?", to.Kind, s.box.Indexes(string(to.Kind), to.Value)).Limit(1).Find(&rows).Error
	if err != nil {
		return Person{}, fmt.Errorf("find a contact: %w", err)
	}
	if len(rows) == 0 {
		return s.newDebtor(tx, to, nil)
	}
	p, err := take[personRow](tx, "a person", "id = ?", rows[0].PersonID)
	if err != nil {
		return Person{}, err
	}
	if p.Status != active {
		return Person{}, fail.Forbidden("signin.disabled")
	}
	by := audit.Actor{ID: p.ID, Kind: string(p.Kind)}
	return p.person(), s.record(tx, by, p.ID, "signin.code", map[string]any{"by": to.Kind})
}

// newDebtor makes a person with a contact; by is who typed it, the person himself when nil.
func (s *Service) newDebtor(tx *gorm.DB, to Contact, by *audit.Actor) (Person, error) {
	now := s.clock.Now()
	p := personRow{ID: store.NewID(), Kind: Debtor, Lang: "zh-Hans", Status: active, CreatedAt: now, UpdatedAt: now}
	if err := tx.Create(&p).Error; err != nil {
		return Person{}, fmt.Errorf("make a person: %w", err)
	}
	c := contactRow{ID: store.NewID(), PersonID: p.ID, Kind: to.Kind, ValueIndex: s.box.Index(string(to.Kind), to.Value), VerifiedAt: &now, CreatedAt: now}
	c.ValueSealed = s.box.SealText(c.ad(), to.Value)
	if err := tx.Create(&c).Error; err != nil {
		return Person{}, fmt.Errorf("keep a contact: %w", err)
	}
	if by == nil {
		by = &audit.Actor{ID: p.ID, Kind: string(Debtor)}
	}
	return p.person(), s.record(tx, *by, p.ID, "person.created", map[string]any{"by": to.Kind})
}

// digits brings typed digits to ASCII and drops spaces and dashes between them.
func digits(typed string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || r == '-' {
			return -1
		}
		return r
	}, width.Fold.String(typed))
}
