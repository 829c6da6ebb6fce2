package account

import (
	"context"
	"errors"
	"fmt"
	"time"

	"gorm.io/gorm"

	"reliefportal/app/fail"
	"reliefportal/app/store"
)

// helpCodes limits how many people one member of staff asks for a code (PROJECT): far above a day's work at a desk, far below a
// list of numbers being tried out.
var helpCodes = limit{most: 30, period: time.Hour}

// helpToken binds a helping code to the sign-in of the member of staff who asked for it. No browser holds such a token, so the code signs
// nobody in.
func helpToken(staff Actor) string { return "help " + staff.PersonID + " " + staff.SessionID }

// RequestHelpCode sends a person a code to read to the member of staff who is about to type for him; body is where that person works.
// Errors: a field error signin.contact_bad, or TooMany.
func (s *Service) RequestHelpCode(ctx context.Context, staff Actor, typed, body, lang string) error {
	to, err := ParseContact(typed)
	if err != nil {
		return err
	}
	if !staff.IsStaff() {
		return fail.NotFound()
	}
	return s.sendCode(ctx, to, helpToken(staff), "help ", func(tx *gorm.DB, code string) error {
		ok, err := helpCodes.take(tx, "helper "+staff.PersonID, s.clock.Now())
		if err != nil {
			return err
		}
		if !ok {
			return fail.TooMany("signin.too_many", "Minutes", int(helpCodes.period/time.Minute))
		}
		return s.messenger.SendCodeFor(tx, to, "help_code", code, lang, map[string]any{"body": body})
	})
}

// VerifyHelpCode takes the code that the person read out, and runs then with whom it belongs to, made on the spot at the first time, in
// the transaction in which the code is used up. Errors: those of VerifyCode.
func (s *Service) VerifyHelpCode(ctx context.Context, staff Actor, typed, code string, then func(tx *gorm.DB, p Person) error) error {
	to, err := ParseContact(typed)
	if err != nil {
		return err
	}
	run := func() error {
		return s.withCode(ctx, to, digits(code), helpToken(staff), func(tx *gorm.DB) error {
			p, err := s.helped(tx, staff, to)
			if err != nil {
				return err
			}
			return then(tx, p)
		})
	}
	if err = run(); errors.Is(err, gorm.ErrDuplicatedKey) { // the person signed in for the first time in the same moment
		err = run()
	}
	return err
}

func (s *Service) helped(tx *gorm.DB, staff Actor, to Contact) (Person, error) {
	var rows []contactRow
	if err := tx.Where("kind = ? AND value_index IN ?", to.Kind, s.box.Indexes(string(to.Kind), to.Value)).Limit(1).Find(&rows).Error; err != nil {
		return Person{}, fmt.Errorf("find a contact: %w", err)
	}
	by := staff.Audit("", "")
	if len(rows) == 0 {
		return s.newDebtor(tx, to, &by)
	}
	p, err := take[personRow](tx, "a person", "id = ?", rows[0].PersonID)
	if err != nil {
		return Person{}, err
	}
	if p.Status != active || p.Kind != Debtor {
		return Person{}, fail.Forbidden("signin.disabled")
	}
	return p.person(), nil
}

// NewPaperPerson makes, in the transaction, a person who has neither e-mail nor telephone and is helped at a counter: everything goes to
// him on paper. A field error is for "name".
func (s *Service) NewPaperPerson(tx *gorm.DB, staff Actor, name, lang string) (Person, error) {
	if err := checkName(name); err != nil {
		return Person{}, err
	}
	now, id := s.clock.Now(), store.NewID()
	p := personRow{ID: id, Kind: Debtor, NameSealed: s.box.SealText(nameAD(id), name), Lang: lang, Status: active, CreatedAt: now, UpdatedAt: now}
	if err := tx.Create(&p).Error; err != nil {
		return Person{}, fmt.Errorf("make a person: %w", err)
	}
	return p.person(), s.record(tx, staff.Audit("", ""), id, "person.created", map[string]any{"by": "counter"})
}
