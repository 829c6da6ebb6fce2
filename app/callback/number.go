package callback

import (
	"context"
	"slices"
	"strings"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"reliefportal/app/account"
	"reliefportal/app/fail"
	"reliefportal/app/rules"
	"reliefportal/app/seal"
	"reliefportal/app/store"
)

// NumberState is what the callers know of a number.
type NumberState string

// The states of a number.
const (
	NumberUnknown NumberState = "unknown"
	NumberWorks   NumberState = "works"   // the person himself was reached on it
	NumberWrong   NumberState = "wrong"   // out of use
	NumberNotHis  NumberState = "not_his" // it rings at somebody else's
)

// Number is one number of a person. State never leads back from wrong or not his, except by the person confirming it anew.
type Number struct {
	ID     string
	Number string // in full
	Source string // "account": confirmed by a code; "given": told to a caller
	State  NumberState
}

// Usable says that the number may be rung.
func (n Number) Usable() bool { return n.State == NumberUnknown || n.State == NumberWorks }

func firstUsable(numbers []Number) (Number, bool) {
	i := slices.IndexFunc(numbers, Number.Usable)
	if i < 0 {
		return Number{}, false
	}
	return numbers[i], true
}

type numberRow struct {
	ID           string `gorm:"primaryKey"`
	PersonID     string
	Tag          []byte
	NumberSealed []byte
	Source       string
	State        NumberState
	CreatedAt    time.Time `gorm:"autoCreateTime:false"`
	UpdatedAt    time.Time `gorm:"autoUpdateTime:false"`
}

// TableName names the table.
func (numberRow) TableName() string { return "callback_number" }

func numberPlace(id string) seal.AD {
	return seal.AD{Table: "callback_number", Column: "number_sealed", Row: id}
}

// numbers gives the numbers of a person, with those of his account taken over first.
func (s *Service) numbers(tx *gorm.DB, personID string) ([]Number, error) {
	mobiles, _, err := s.people.ReachIn(tx, personID)
	if err != nil {
		return nil, err
	}
	known, err := s.vault.numbersOf(tx, personID)
	if err != nil {
		return nil, err
	}
	added := false
	for _, m := range mobiles {
		if !slices.ContainsFunc(known, func(n Number) bool { return n.Number == m }) {
			added = true
			if err := s.vault.putNumber(tx, personID, m, "account", s.clock.Now()); err != nil {
				return nil, err
			}
		}
	}
	if !added {
		return known, nil
	}
	return s.vault.numbersOf(tx, personID)
}

// numbersOf reads the numbers of a person: those that were reached first, then the newest.
func (v vault) numbersOf(tx *gorm.DB, personID string) ([]Number, error) {
	var rows []numberRow
	err := tx.Where("person_id = ?", personID).Order("CASE state WHEN 'works' THEN 0 WHEN 'unknown' THEN 1 ELSE 2 END, created_at DESC, id").Find(&rows).Error
	if err != nil {
		return nil, err
	}
	out := make([]Number, len(rows))
	for i, r := range rows {
		number, err := v.box.OpenText(numberPlace(r.ID), r.NumberSealed)
		if err != nil {
			return nil, err
		}
		out[i] = Number{ID: r.ID, Number: number, Source: r.Source, State: r.State}
	}
	return out, nil
}

func (v vault) putNumber(tx *gorm.DB, personID, number, source string, now time.Time) error {
	row := numberRow{ID: store.NewID(), PersonID: personID, Tag: v.box.Index("number", number), Source: source, State: NumberUnknown, CreatedAt: now, UpdatedAt: now}
	row.NumberSealed = v.box.SealText(numberPlace(row.ID), number)
	return tx.Clauses(clause.OnConflict{DoNothing: true}).Create(&row).Error
}

// noteNumber keeps what the attempt showed of the number that was rung. another says that this number is no good and a further one is
// known, so that the case goes on.
func (s *Service) noteNumber(h *desk, o rules.OutcomeCode, r *Report) (another bool, err error) {
	all, err := s.vault.numbersOf(h.tx, h.old.PersonID)
	if err != nil {
		return false, err
	}
	i := slices.IndexFunc(all, func(n Number) bool { return n.ID == r.NumberID })
	if r.NumberID == "" {
		i = slices.IndexFunc(all, Number.Usable)
	}
	if i < 0 {
		if r.NumberID != "" {
			return false, fail.Invalid(fail.F("number", "callback.number_unknown"))
		}
		return false, nil
	}
	r.NumberID = all[i].ID
	if o.Number == "" {
		return false, nil
	}
	all[i].State = NumberState(o.Number)
	err = h.tx.Model(&numberRow{}).Where("id = ?", r.NumberID).Updates(map[string]any{"state": all[i].State, "updated_at": h.now}).Error
	_, usable := firstUsable(all)
	return !all[i].Usable() && usable, err
}

// AddNumber keeps a further mobile number that the person told the caller who holds the case. Invalid at the field "another" when it is no
// mobile number.
func (s *Service) AddNumber(ctx context.Context, a account.Actor, id, number string) error {
	c, err := account.ParseContact(strings.TrimSpace(number))
	if err != nil || c.Kind != account.Mobile {
		return fail.Invalid(fail.F("another", "callback.number_unreadable"))
	}
	_, err = s.act(ctx, a, id, ActRelease, func(h *desk) error {
		if err := s.vault.putNumber(h.tx, h.old.PersonID, c.Value, "given", h.now); err != nil {
			return err
		}
		h.claim()
		return s.save(h, "callback.number_added", nil)
	})
	return err
}

// leaveList takes a case without a usable number off the calling list: it ends under the code for that, or waits for the person to answer
// by himself when he has an e-mail address.
func (s *Service) leaveList(h *desk) error {
	_, email, err := s.people.ReachIn(h.tx, h.old.PersonID)
	if err != nil {
		return err
	}
	return s.noPhone(h, email)
}

// CodeNoNumber is the outcome of a person who cannot be rung at all.
const CodeNoNumber = "72"

func (s *Service) noPhone(h *desk, email bool) error {
	report := Report{Code: CodeNoNumber, mode: ByOffice}
	if err := s.vault.putAttempt(h.tx, h.old.ID, h.who.PersonID, report, h.now); err != nil {
		return err
	}
	tried := append(triedOf(h.attempts), Tried{At: h.now, Code: CodeNoNumber, Mode: ByOffice})
	h.new.Attempts, h.new.ByPhone = len(tried), false
	h.new.free()
	if !email {
		if err := s.close(h, tried); err != nil {
			return err
		}
	}
	if err := s.save(h, "callback.off_list", map[string]any{"code": CodeNoNumber, "closed": h.new.Status == Closed}); err != nil || !email {
		return err
	}
	_, err := s.invite(h, ByMessage)
	return err
}
