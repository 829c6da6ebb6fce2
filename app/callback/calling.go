package callback

import (
	"context"
	"slices"
	"strings"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"reliefportal/app/account"
	"reliefportal/app/calendar"
	"reliefportal/app/contact"
	"reliefportal/app/fail"
	"reliefportal/app/i18n"
)

// profileOf gives the safe-contact profile of one person.
func (s *Service) profileOf(tx *gorm.DB, personID string) (contact.Profile, error) {
	if s.Profiles == nil {
		return contact.Profile{}, nil
	}
	all, err := s.Profiles.AllIn(tx, []string{personID})
	return all[personID], err
}

// mayDial asks the profile of a person at the very moment of the call. The time of an appointment he chose himself, so on its day only the
// wish not to be called at all stands against it. When not, next is the first moment that would do, zero for never.
func (e edition) mayDial(c Case, p contact.Profile, at time.Time) (ok bool, next time.Time) {
	ok, reason, next := p.MayDial(at, e.hours)
	if ok || reason == contact.NoCallsWished {
		return ok, next
	}
	if c.AppointmentAt != nil && calendar.DateOf(*c.AppointmentAt) == calendar.DateOf(at) && e.callable(c, at) {
		return true, at
	}
	return false, next
}

// Take gives a caller the next person of his list: the one who has waited longest and may be rung at this moment. It is a claim like any
// other; NotFound means that there is nobody to ring now.
func (s *Service) Take(ctx context.Context, a account.Actor) (Case, error) {
	after := Cursor{}
	for {
		rows, next, err := s.takeable(ctx, a, after)
		if err != nil {
			return Case{}, err
		}
		for _, row := range rows {
			c, err := s.Claim(ctx, a, row.ID)
			if err == nil || fail.KindOf(err) != fail.KindConflict && fail.KindOf(err) != fail.KindNotFound {
				return c, err
			}
		}
		if next == nil {
			return Case{}, fail.NotFound()
		}
		after = *next
	}
}

// takeAtOnce is how many people Take looks at before it looks further: a few more than one, as colleagues take at the same moment.
const takeAtOnce = 5

// takeable is a page of the list. It begins with what the caller already holds, so that nobody is left hanging.
func (s *Service) takeable(ctx context.Context, a account.Actor, after Cursor) ([]Row, *Cursor, error) {
	tx := s.db.Read(ctx)
	who, err := s.caller(tx, a)
	if err != nil {
		return nil, nil, err
	}
	rows, next, err := s.duePage(tx, who, s.clock.Now(), after, takeAtOnce)
	slices.SortStableFunc(rows, func(x, y Row) int { return holdFirst(x) - holdFirst(y) })
	return rows, next, err
}

func holdFirst(r Row) int {
	if r.Mine {
		return 0
	}
	return 1
}

// callerRow is one row of callback_caller.
type callerRow struct {
	PersonID  string `gorm:"primaryKey"`
	Langs     string
	UpdatedAt time.Time `gorm:"autoUpdateTime:false"`
}

// TableName names the table.
func (callerRow) TableName() string { return "callback_caller" }

// langsOf lists the languages a caller speaks; Chinese for one who has not said.
func langsOf(tx *gorm.DB, personID string) ([]string, error) {
	var rows []callerRow
	err := tx.Where("person_id = ?", personID).Limit(1).Find(&rows).Error
	if err != nil || len(rows) == 0 {
		return []string{i18n.Chinese}, err
	}
	return strings.Fields(rows[0].Langs), nil
}

// Languages lists the languages in which the actor, a caller, rings people.
func (s *Service) Languages(ctx context.Context, a account.Actor) ([]string, error) {
	who, err := s.caller(s.db.Read(ctx), a)
	return who.langs, err
}

// SetLanguages says in which languages the actor, a caller, rings people. Invalid at the field "langs" when none, or an unknown one, is
// named.
func (s *Service) SetLanguages(ctx context.Context, a account.Actor, langs []string) error {
	if len(langs) == 0 || slices.ContainsFunc(langs, func(l string) bool { return !slices.Contains(i18n.Languages, l) }) {
		return fail.Invalid(fail.F("langs", "callback.langs_missing"))
	}
	return s.db.Tx(ctx, func(tx *gorm.DB) error {
		who, err := s.caller(tx, a)
		if err != nil {
			return err
		}
		row := callerRow{PersonID: a.PersonID, Langs: strings.Join(langs, " "), UpdatedAt: s.clock.Now()}
		err = tx.Clauses(clause.OnConflict{Columns: []clause.Column{{Name: "person_id"}}, DoUpdates: clause.AssignmentColumns([]string{"langs", "updated_at"})}).Create(&row).Error
		if err != nil {
			return err
		}
		return s.record(tx, who.asCaller(), SubjectCaller, a.PersonID, "callback.languages", map[string]any{"langs": row.Langs})
	})
}

// AppointmentGrace is how long a promised call may be late. After that the appointment was missed: the case is everybody's again, and the
// supervisor sees it.
const AppointmentGrace = 30 * time.Minute

// MissedAppointments sends cases whose promised call nobody made back to the list. It is safe to run at any time and by several instances.
func (s *Service) MissedAppointments(ctx context.Context) error {
	now := s.clock.Now()
	var late []Case
	err := s.db.Read(ctx).Where("status = 'open' AND appointment_at IS NOT NULL AND appointment_at <= ?", now.Add(-AppointmentGrace)).
		Where("(claimed_until IS NULL OR claimed_until <= ?)", now).Order("appointment_at, id").Limit(sweepAtMost).Find(&late).Error
	if err != nil {
		return err
	}
	for _, c := range late {
		if err := s.missed(ctx, c); err != nil && fail.KindOf(err) != fail.KindConflict {
			return err
		}
	}
	return nil
}

func (s *Service) missed(ctx context.Context, c Case) error {
	return s.db.Tx(ctx, func(tx *gorm.DB) error {
		next := c
		next.Missed++
		next.AppointmentAt, next.AppointmentWith = nil, nil
		if err := saveCase(tx, c, &next, s.clock.Now()); err != nil {
			return err
		}
		return s.record(tx, system(), SubjectCase, c.ID, "callback.appointment_missed", map[string]any{"at": *c.AppointmentAt, "times": next.Missed})
	})
}
