package callback

import (
	"context"
	"crypto/rand"
	"strings"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"reliefportal/app/account"
	"reliefportal/app/calendar"
	"reliefportal/app/fail"
	"reliefportal/app/notice"
	"reliefportal/app/store"
)

// Mode is the channel an attempt or an answer came through.
type Mode string

// The modes.
const (
	ByPhone  Mode = "phone"
	ByWeb    Mode = "web"
	BySMS    Mode = "sms"
	ByMail   Mode = "mail"
	ByOffice Mode = "office" // the program or a supervisor, without talking to the person
)

// RefusedForGood is the outcome code of a person who never wants to be contacted again. It is final over every channel.
const RefusedForGood = "51"

// Stop says that a person is never to be asked again; a row of callback_stop, which nothing changes or removes.
type Stop struct {
	PersonID string `gorm:"primaryKey"`
	Code     string // outcome code of the pack: refused for good, died, has a guardian
	Mode     Mode
	CaseID   *string
	At       time.Time
}

// TableName names the table.
func (Stop) TableName() string { return "callback_stop" }

func stopOf(tx *gorm.DB, personID string) (Stop, bool, error) {
	var rows []Stop
	err := tx.Where("person_id = ?", personID).Limit(1).Find(&rows).Error
	if err != nil || len(rows) == 0 {
		return Stop{}, false, err
	}
	return rows[0], true, nil
}

// IsStopped says that a person must not be asked anything, over any channel. Every sender of a survey asks this in its transaction.
func (s *Service) IsStopped(tx *gorm.DB, personID string) (bool, error) {
	_, stopped, err := stopOf(tx, personID)
	return stopped, err
}

// stop writes down that a person is never asked again. The first reason stands.
func stop(tx *gorm.DB, c Case, code string, mode Mode, at time.Time) error {
	row := Stop{PersonID: c.PersonID, Code: code, Mode: mode, CaseID: &c.ID, At: at}
	return tx.Clauses(clause.OnConflict{DoNothing: true}).Create(&row).Error
}

// RefuseForGood ends a case because its person does not want to be contacted again, whatever stage it is at, and keeps him from every
// later survey. It was said over mode. A case that is closed already stays as it was closed, and the refusal counts from now on.
func (s *Service) RefuseForGood(ctx context.Context, caseID string, mode Mode) error {
	return s.db.Tx(ctx, func(tx *gorm.DB) error {
		c, err := found(caseByID(tx, caseID))
		if err != nil {
			return err
		}
		return s.refuse(tx, c, mode)
	})
}

func (s *Service) refuse(tx *gorm.DB, c Case, mode Mode) error {
	now := s.clock.Now()
	if err := stop(tx, c, RefusedForGood, mode, now); err != nil {
		return err
	}
	if c.Status == Closed {
		return s.record(tx, system(), SubjectCase, c.ID, "callback.stopped", map[string]any{"code": RefusedForGood, "mode": mode})
	}
	if err := s.vault.putAttempt(tx, c.ID, c.PersonID, Report{Code: RefusedForGood, mode: mode}, now); err != nil {
		return err
	}
	return s.closeByCode(tx, c, RefusedForGood, "callback.refused", mode)
}

// closeByCode closes an open case under a code that needs no weighing against what came before.
func (s *Service) closeByCode(tx *gorm.DB, c Case, code, kind string, mode Mode) error {
	step, ok := Next(c.Status, ActExpire)
	if !ok {
		return fail.Conflict("callback.closed")
	}
	next := c
	next.Status, next.FinalCode, next.AppointmentAt, next.AppointmentWith = step.To, &code, nil, nil
	next.free()
	next.Attempts++
	if err := saveCase(tx, c, &next, s.clock.Now()); err != nil {
		return err
	}
	if err := s.settle(tx, next, mode); err != nil {
		return err
	}
	return s.record(tx, system(), SubjectCase, c.ID, kind, map[string]any{"code": code, "mode": mode})
}

// refusalLength is how many characters a refusal code has: fifty random bits in the alphabet of rand.Text (A-Z, 2-7), against a limit on
// tries by address.
const refusalLength = 10

type refusalRow struct {
	Tag    []byte `gorm:"primaryKey"`
	CaseID string
}

// TableName names the table.
func (refusalRow) TableName() string { return "callback_refusal" }

// newRefusalCode makes a code and keeps its keyed hash.
func (s *Service) newRefusalCode(tx *gorm.DB, caseID string) (string, error) {
	code := rand.Text()[:refusalLength]
	row := refusalRow{Tag: s.vault.box.Index("refusal", code), CaseID: caseID}
	return code[:5] + "-" + code[5:], tx.Create(&row).Error
}

// plainCode takes out what people put between the groups of a code.
func plainCode(typed string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' {
			return r - 'a' + 'A'
		}
		if r >= 'A' && r <= 'Z' || r >= '2' && r <= '7' {
			return r
		}
		return -1
	}, typed)
}

// RefuseByCode is RefuseForGood for somebody who holds the code of the message before the first call. An unknown code is Invalid at the
// field "code".
func (s *Service) RefuseByCode(ctx context.Context, typed string, mode Mode) error {
	return s.db.Tx(ctx, func(tx *gorm.DB) error {
		var rows []refusalRow
		err := tx.Where("tag IN ?", s.vault.box.Indexes("refusal", plainCode(typed))).Limit(1).Find(&rows).Error
		if err != nil {
			return err
		}
		if len(rows) == 0 {
			return fail.Invalid(fail.F("code", "callback.code_unknown"))
		}
		c, err := found(caseByID(tx, rows[0].CaseID))
		if err != nil {
			return err
		}
		return s.refuse(tx, c, mode)
	})
}

// announce tells a person before the first call who will call, why, that it is voluntary, and how to refuse for good. The message is
// about no filing, so that nobody who reads the messages of a filing learns that its person is asked.
func (s *Service) announce(tx *gorm.DB, c Case) error {
	if s.Teller == nil {
		return nil
	}
	code, err := s.newRefusalCode(tx, c.ID)
	if err != nil {
		return err
	}
	return s.Teller.Send(tx, notice.Message{
		PersonID: c.PersonID, Kind: "callback_soon", Lang: c.Lang, SendKey: "callback_soon/" + c.ID,
		Args: map[string]any{"code": code, "due": calendar.DateOf(c.DueAt), "until": calendar.DateOf(c.CloseBy.Add(-time.Microsecond))},
	})
}

// Refuse is for the person himself, signed in: never to be asked again. With no case of his at all there is nothing to refuse yet, and
// it counts all the same.
func (s *Service) Refuse(ctx context.Context, a account.Actor) error {
	if a.Kind != account.Debtor {
		return fail.NotFound()
	}
	return s.db.Tx(ctx, func(tx *gorm.DB) error {
		var open []Case
		if err := tx.Where("person_id = ? AND status = 'open'", a.PersonID).Limit(1).Find(&open).Error; err != nil {
			return err
		}
		if len(open) > 0 {
			return s.refuse(tx, open[0], ByWeb)
		}
		row := Stop{PersonID: a.PersonID, Code: RefusedForGood, Mode: ByWeb, At: s.clock.Now()}
		done := tx.Clauses(clause.OnConflict{DoNothing: true}).Create(&row)
		if done.Error != nil || done.RowsAffected == 0 {
			return done.Error
		}
		return s.record(tx, a.Audit("", ""), SubjectCase, store.NewID(), "callback.stopped", map[string]any{"code": RefusedForGood, "mode": ByWeb})
	})
}
