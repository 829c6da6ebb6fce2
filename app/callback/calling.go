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

// Take looks at one person first, who mostly may be rung, and at ever more when he may not be.
const (
	takeFirst = 1
	takeMost  = 64
)

// Take gives a caller the next person of his list: the one he already holds, else the one who has waited longest and may be rung at this
// moment. It is a claim like any other. Whoever turns out to be for another time of day is put back to that time, so that the list does not
// begin with people nobody may ring. NotFound means that there is nobody to ring now.
func (s *Service) Take(ctx context.Context, a account.Actor) (Case, error) {
	var out *Case
	err := s.db.Tx(ctx, func(tx *gorm.DB) error {
		out = nil
		who, err := s.caller(tx, a)
		if err != nil {
			return err
		}
		if out, err = heldBy(tx, who, s.clock.Now()); err != nil || out != nil {
			return err
		}
		out, err = s.takeNext(tx, who)
		return err
	})
	if err == nil && out == nil {
		err = fail.NotFound()
	}
	if err != nil {
		return Case{}, err
	}
	return *out, nil
}

// heldBy finds a case the caller holds already; nil for none.
func heldBy(tx *gorm.DB, who staff, now time.Time) (*Case, error) {
	var rows []Case
	err := notAbout(tx, who.offices).Where("status = 'open' AND claimed_by = ? AND claimed_until > ?", who.PersonID, now).Order("id").Limit(1).Find(&rows).Error
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	return &rows[0], nil
}

// takeNext walks the list. Rows that colleagues look at in this moment are passed over, so that twenty callers do not wait for each other.
func (s *Service) takeNext(tx *gorm.DB, who staff) (*Case, error) {
	now := s.clock.Now()
	after, ever := s.listFrom(now)
	for size := takeFirst; ever; size = min(size*4, takeMost) {
		var cases []Case
		q := dueQuery(tx, who, now, after, size).Clauses(clause.Locking{Strength: "UPDATE", Options: "SKIP LOCKED"})
		if err := q.Find(&cases).Error; err != nil || len(cases) == 0 {
			return nil, err
		}
		attempts, err := attemptsOf(tx, ids(cases)...)
		if err != nil {
			return nil, err
		}
		profiles, err := s.profilesOf(tx, cases)
		if err != nil {
			return nil, err
		}
		for _, c := range cases {
			taken, err := s.tryTake(tx, who, c, attempts[c.ID], profiles[c.PersonID])
			if taken != nil || err != nil {
				return taken, err
			}
			after = Cursor{At: c.DueAt, ID: c.ID}
		}
	}
	return nil, nil
}

// listFrom is where the list begins at now; ever is false when nobody at all may be rung. Outside the ordinary hours only those can be on it who
// wished to be rung today, so that nobody reads past everybody who waits for the next working day.
func (s *Service) listFrom(now time.Time) (from Cursor, ever bool) {
	pack := s.packs.On(calendar.DateOf(now))
	hours := NewHours(&pack.Calls, pack.Calendar)
	if hours.Open(now) {
		return Cursor{}, true
	}
	_, ever = hours.Slot(now, true)
	return Cursor{At: calendar.DateOf(now).StartUTC()}, ever
}

// tryTake claims a case, or puts it where it belongs and gives nil.
func (s *Service) tryTake(tx *gorm.DB, who staff, c Case, attempts []attemptRow, profile contact.Profile) (*Case, error) {
	e, err := s.edition(c)
	if err != nil {
		return nil, err
	}
	h := &desk{tx: tx, who: who, now: s.clock.Now(), old: c, new: c, edition: e, attempts: attempts, profile: profile}
	if refusal := h.mayRing(); refusal != nil {
		if !e.callable(c, h.now) || fail.KindOf(refusal) != fail.KindConflict {
			return nil, nil // nobody may be rung now, and later the same moment is as good
		}
		h.new.DueAt = h.later()
		return nil, s.save(h, "callback.put_back", map[string]any{"until": h.new.DueAt})
	}
	left, err := s.claimNow(h)
	if left || err != nil {
		return nil, err
	}
	return &h.new, nil
}

// later is the next moment at which a person who must not be rung now may be.
func (h *desk) later() time.Time {
	tried, from := calls(triedOf(h.attempts)), h.now
	if day := countDay(h.calls, tried, calendar.DateOf(h.now)); day.attempts >= h.calls.MaxPerDay || day.connected >= h.calls.MaxConnected {
		from = calendar.DateOf(h.now).EndUTC()
	}
	due, ok := h.own().NextOutside(from, spent(h.calls, h.own(), tried))
	if !ok {
		return h.old.CloseBy
	}
	if allowed, next := h.mayDial(h.old, h.profile, due); !allowed {
		due = next
	}
	if due.IsZero() || due.After(h.old.CloseBy) {
		return h.old.CloseBy
	}
	return due
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
