package account

import (
	"context"
	"errors"
	"fmt"
	"time"

	"gorm.io/gorm"

	"reliefportal/app/calendar"
	"reliefportal/app/fail"
	"reliefportal/app/seal"
	"reliefportal/app/store"
)

// ContactWait is how long a change waits when the old contact can no longer be reached (PROJECT): long enough for somebody who still has it
// to read the notice and say no, short enough not to lose a date for it.
const ContactWait = 7 * 24 * time.Hour

// The states of a change of contact.
const (
	changeConfirming = "confirming" // codes are on their way to the new contact and the old one
	changeWaiting    = "waiting"    // the new one is confirmed, the old one cannot be
	changeDone       = "done"
	changeStopped    = "stopped"
)

// changeRow is a row of contact_change.
type changeRow struct {
	ID          string
	PersonID    string
	Kind        ContactKind
	OldID       *string // the contact that must agree; nil when the person has none
	ValueSealed []byte
	ValueIndex  []byte
	State       string
	NewOk       bool
	OldOk       bool
	AppliesAt   *time.Time
	CreatedAt   time.Time
	EndedAt     *time.Time
}

// TableName is the table of changeRow.
func (changeRow) TableName() string { return "contact_change" }

func (r changeRow) ad() seal.AD {
	return seal.AD{Table: "contact_change", Column: "value_sealed", Row: r.ID}
}

// Change is a change of contact on its way.
type Change struct {
	New       Contact
	Old       Contact       // the one that must agree; its Value is empty when there is none
	Waiting   bool          // the old one cannot be reached, and the change waits
	AppliesOn calendar.Date // civil day from which the new one counts, when Waiting
	NewOK     bool
	OldOK     bool
}

func changeToken(which, browser string) string { return "change " + which + " " + browser }

// StartChange asks for a new e-mail address or mobile number to be used instead of the one of the same kind, or beside one of the other
// kind: a code goes to the new contact and one to the old. A change begun before is given up. Errors: a field error for "contact"; TooMany.
func (s *Service) StartChange(ctx context.Context, a Actor, typed, browser, lang string) error {
	to, err := ParseContact(typed)
	if err != nil {
		return err
	}
	if !a.IsDebtor() || a.By != nil {
		return fail.NotFound()
	}
	var old *contactRow
	err = s.db.Tx(ctx, func(tx *gorm.DB) error {
		if old, err = s.agreeing(tx, a.PersonID, to.Kind); err != nil {
			return err
		}
		if old != nil && old.Kind == to.Kind && s.isSame(*old, to) {
			return fail.Invalid(fail.F("contact", "change.same"))
		}
		now := s.clock.Now()
		if err := s.endChanges(tx, a.PersonID, now); err != nil {
			return err
		}
		r := changeRow{ID: store.NewID(), PersonID: a.PersonID, Kind: to.Kind, ValueIndex: s.box.Index(string(to.Kind), to.Value), State: changeConfirming, CreatedAt: now}
		r.ValueSealed, r.OldOk = s.box.SealText(r.ad(), to.Value), old == nil
		if old != nil {
			r.OldID = &old.ID
		}
		if err := tx.Create(&r).Error; err != nil {
			return fmt.Errorf("begin a change of contact: %w", err)
		}
		return s.record(tx, a.Audit("", ""), a.PersonID, "contact.change_asked", map[string]any{"kind": to.Kind})
	})
	if err != nil {
		return err
	}
	return s.sendChangeCodes(ctx, to, old, browser, lang)
}

func (s *Service) sendChangeCodes(ctx context.Context, to Contact, old *contactRow, browser, lang string) error {
	err := s.sendCode(ctx, to, changeToken("new", browser), "change ", func(tx *gorm.DB, code string) error {
		return s.messenger.SendCodeFor(tx, to, "contact_new", code, lang, nil)
	})
	if err != nil || old == nil {
		return err
	}
	was, err := s.contactOf(*old)
	if err != nil {
		return err
	}
	return s.sendCode(ctx, was, changeToken("old", browser), "change ", func(tx *gorm.DB, code string) error {
		return s.messenger.SendCodeFor(tx, was, "contact_old", code, lang, nil)
	})
}

// agreeing is the contact that must agree to a new one of a kind: the one of that kind, else the oldest of the other.
func (s *Service) agreeing(tx *gorm.DB, personID string, kind ContactKind) (*contactRow, error) {
	var rows []contactRow
	if err := tx.Where("person_id = ? AND verified_at IS NOT NULL", personID).Order("created_at, id").Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("read the contacts of a person: %w", err)
	}
	for i := range rows {
		if rows[i].Kind == kind {
			return &rows[i], nil
		}
	}
	if len(rows) > 0 {
		return &rows[0], nil
	}
	return nil, nil
}

func (s *Service) contactOf(r contactRow) (Contact, error) {
	value, err := s.box.OpenText(r.ad(), r.ValueSealed)
	if err != nil {
		return Contact{}, fmt.Errorf("open a contact: %w", err)
	}
	return Contact{r.Kind, value}, nil
}

func (s *Service) isSame(r contactRow, to Contact) bool {
	c, err := s.contactOf(r)
	return err == nil && c == to
}

func (s *Service) endChanges(tx *gorm.DB, personID string, now time.Time) error {
	err := tx.Model(&changeRow{}).Where("person_id = ? AND state IN ?", personID, []string{changeConfirming, changeWaiting}).
		Updates(map[string]any{"state": changeStopped, "ended_at": now}).Error
	if err != nil {
		return fmt.Errorf("give up a change of contact: %w", err)
	}
	return nil
}

func openChange(db *gorm.DB, personID string) (changeRow, error) {
	return take[changeRow](db, "a change of contact", "person_id = ? AND state IN ?", personID, []string{changeConfirming, changeWaiting})
}

// ChangeOf is the change of contact a person has begun. Error: NotFound when there is none.
func (s *Service) ChangeOf(ctx context.Context, personID string) (Change, error) {
	db := s.db.Read(ctx)
	r, err := openChange(db, personID)
	if err != nil {
		return Change{}, err
	}
	value, err := s.box.OpenText(r.ad(), r.ValueSealed)
	if err != nil {
		return Change{}, fmt.Errorf("open a change of contact: %w", err)
	}
	out := Change{New: Contact{r.Kind, value}, Waiting: r.State == changeWaiting, NewOK: r.NewOk, OldOK: r.OldOk}
	if r.AppliesAt != nil {
		out.AppliesOn = calendar.DateOf(*r.AppliesAt)
	}
	if r.OldID == nil {
		return out, nil
	}
	old, err := take[contactRow](db, "a contact", "id = ?", *r.OldID)
	if err != nil {
		return Change{}, err
	}
	out.Old, err = s.contactOf(old)
	return out, err
}

// ConfirmNew takes the code that went to the new contact, ConfirmOld the one that went to the old. Once both are right the change is made:
// done is true, and every session of the person has ended. Errors: those of VerifyCode, with the field "new" or "old"; NotFound without a
// change; Conflict "change.taken" when the new contact belongs to somebody.
func (s *Service) ConfirmNew(ctx context.Context, a Actor, code, browser string) (done bool, err error) {
	return s.confirm(ctx, a, "new", code, browser)
}

// ConfirmOld is described at ConfirmNew.
func (s *Service) ConfirmOld(ctx context.Context, a Actor, code, browser string) (done bool, err error) {
	return s.confirm(ctx, a, "old", code, browser)
}

func (s *Service) confirm(ctx context.Context, a Actor, which, code, browser string) (done bool, err error) {
	ch, err := s.ChangeOf(ctx, a.PersonID)
	if err != nil {
		return false, err
	}
	to := ch.New
	if which == "old" {
		to = ch.Old
	}
	err = s.withCode(ctx, to, digits(code), changeToken(which, browser), func(tx *gorm.DB) error {
		r, err := openChange(tx, a.PersonID)
		if err != nil {
			return err
		}
		if err := tx.Model(&changeRow{}).Where("id = ?", r.ID).Update(which+"_ok", true).Error; err != nil {
			return fmt.Errorf("confirm a contact: %w", err)
		}
		r.NewOk, r.OldOk = r.NewOk || which == "new", r.OldOk || which == "old"
		if done = r.NewOk && r.OldOk; !done {
			return nil
		}
		return s.applyChange(tx, a, r)
	})
	if errors.Is(err, gorm.ErrDuplicatedKey) {
		err = fail.Conflict("change.taken")
	}
	if e, ok := fail.As(err); ok && len(e.Fields) == 1 {
		e.Fields[0].Name = which
	}
	return done && err == nil, err
}

// WaitForChange is for somebody who no longer has the old contact: once the new one is confirmed, the change is made after ContactWait,
// and the old contact is told how to stop it. Errors: NotFound without a change; Invalid "new" before the new one is confirmed.
func (s *Service) WaitForChange(ctx context.Context, a Actor, lang string) error {
	return s.db.Tx(ctx, func(tx *gorm.DB) error {
		r, err := openChange(tx, a.PersonID)
		if err != nil {
			return err
		}
		if !r.NewOk {
			return fail.Invalid(fail.F("new", "change.new_first"))
		}
		applies := s.clock.Now().Add(ContactWait)
		done := tx.Model(&changeRow{}).Where("id = ? AND state = ?", r.ID, changeConfirming).Updates(map[string]any{"state": changeWaiting, "applies_at": applies})
		if done.Error != nil || done.RowsAffected == 0 || r.OldID == nil {
			return done.Error
		}
		old, err := take[contactRow](tx, "a contact", "id = ?", *r.OldID)
		if err != nil {
			return err
		}
		was, err := s.contactOf(old)
		if err != nil {
			return err
		}
		return errors.Join(s.messenger.SendTo(tx, was, "contact_wait", lang, "contact_wait/"+r.ID, map[string]any{"due": calendar.DateOf(applies)}),
			s.record(tx, a.Audit("", ""), a.PersonID, "contact.change_waits", map[string]any{"kind": r.Kind}))
	})
}

// StopChange gives a change up. Error: NotFound when there is none.
func (s *Service) StopChange(ctx context.Context, a Actor) error {
	return s.db.Tx(ctx, func(tx *gorm.DB) error {
		if _, err := openChange(tx, a.PersonID); err != nil {
			return err
		}
		return errors.Join(s.endChanges(tx, a.PersonID, s.clock.Now()), s.record(tx, a.Audit("", ""), a.PersonID, "contact.change_stopped", nil))
	})
}

// applyChange puts the new contact in the place of the one of its kind, ends every session, and tells both.
func (s *Service) applyChange(tx *gorm.DB, a Actor, r changeRow) error {
	now := s.clock.Now()
	value, err := s.box.OpenText(r.ad(), r.ValueSealed)
	if err != nil {
		return fmt.Errorf("open a change of contact: %w", err)
	}
	row := contactRow{ID: store.NewID(), PersonID: r.PersonID, Kind: r.Kind, ValueIndex: s.box.Index(string(r.Kind), value), VerifiedAt: &now, CreatedAt: now}
	row.ValueSealed = s.box.SealText(row.ad(), value)
	tell := []Contact{{r.Kind, value}}
	if r.OldID != nil {
		old, err := take[contactRow](tx, "a contact", "id = ?", *r.OldID)
		if err != nil {
			return err
		}
		was, err := s.contactOf(old)
		if err != nil {
			return err
		}
		if old.Kind == r.Kind {
			tell = append(tell, was)
			if err := tx.Delete(&contactRow{}, "id = ?", old.ID).Error; err != nil {
				return fmt.Errorf("let go of a contact: %w", err)
			}
		}
	}
	if err := tx.Create(&row).Error; err != nil {
		return fmt.Errorf("keep a contact: %w", err)
	}
	if err := tx.Model(&changeRow{}).Where("id = ?", r.ID).Updates(map[string]any{"state": changeDone, "ended_at": now, "old_id": nil}).Error; err != nil {
		return fmt.Errorf("end a change of contact: %w", err)
	}
	if err := tx.Model(&personRow{}).Where("id = ?", r.PersonID).Updates(map[string]any{"epoch": gorm.Expr("epoch + 1"), "updated_at": now}).Error; err != nil {
		return fmt.Errorf("end the sessions of a person: %w", err)
	}
	p, err := take[personRow](tx, "a person", "id = ?", r.PersonID)
	if err != nil {
		return err
	}
	for i, to := range tell { // the key of a message is kept in the open, so the contact is not in it
		if err := s.messenger.SendTo(tx, to, "contact_done", p.Lang, fmt.Sprintf("contact_done/%s/%d", r.ID, i), nil); err != nil {
			return err
		}
	}
	return s.record(tx, a.Audit("", ""), r.PersonID, "contact.changed", map[string]any{"kind": r.Kind})
}

// changeBatch is how many waiting changes one round makes.
const changeBatch = 100

// applyWaiting makes the changes whose waiting time is over. One whose new contact belongs to somebody meanwhile is given up.
func (s *Service) applyWaiting(ctx context.Context) error {
	var rows []changeRow
	if err := s.db.Read(ctx).Where("state = ? AND applies_at <= ?", changeWaiting, s.clock.Now()).Order("applies_at, id").Limit(changeBatch).Find(&rows).Error; err != nil {
		return fmt.Errorf("list changes of contact: %w", err)
	}
	var problems []error
	for _, r := range rows {
		err := s.db.Tx(ctx, func(tx *gorm.DB) error {
			now, err := openChange(tx, r.PersonID)
			if err != nil || now.ID != r.ID || now.State != changeWaiting {
				return nil // stopped, or begun anew, in the same moment
			}
			return s.applyChange(tx, System(), r)
		})
		if errors.Is(err, gorm.ErrDuplicatedKey) {
			err = s.db.Tx(ctx, func(tx *gorm.DB) error { return s.endChanges(tx, r.PersonID, s.clock.Now()) })
		}
		problems = append(problems, err)
	}
	return errors.Join(problems...)
}
