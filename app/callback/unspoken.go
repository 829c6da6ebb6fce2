package callback

import (
	"context"
	"slices"

	"gorm.io/gorm"

	"reliefportal/app/account"
	"reliefportal/app/calendar"
	"reliefportal/app/fail"
)

// ForLanguage is why a case is with the supervisor although no caller sent it there: nobody who may ring about its body speaks the language.
const ForLanguage = "language"

// speakers are the people who call today, each with the bodies he has a tie to and the languages he speaks.
func speakers(tx *gorm.DB, today calendar.Date) ([]staff, error) {
	var ids []string
	err := tx.Table("role_grant g").Joins("JOIN person p ON p.id = g.person_id AND p.status = 'active'").
		Where("g.role = ? AND g.from_on <= ? AND (g.to_on IS NULL OR g.to_on >= ?)", account.RoleCaller, today, today).
		Order("g.person_id").Distinct().Pluck("g.person_id", &ids).Error
	if err != nil {
		return nil, err
	}
	out := make([]staff, len(ids))
	for i, id := range ids {
		out[i].PersonID = id
		if out[i].offices, err = officesOf(tx, id); err != nil {
			return nil, err
		}
		if out[i].langs, err = langsOf(tx, id); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// speaks says that one of them may ring about the body in the language.
func speaks(all []staff, bodyID, lang string) bool {
	return slices.ContainsFunc(all, func(w staff) bool { return !holds(w.offices, bodyID) && holds(w.langs, lang) })
}

// Unspoken puts cases that no caller can ring in their language before the supervisor, and gives them back to the callers once one can. It is
// safe to run at any time and by several instances.
func (s *Service) Unspoken(ctx context.Context) error {
	db, now := s.db.Read(ctx), s.clock.Now()
	callers, err := speakers(db, calendar.DateOf(now))
	if err != nil {
		return err
	}
	var groups []struct {
		BodyID, Lang string
		Referred     bool
	}
	err = db.Table("callback_case").Where("status = 'open' AND by_phone AND (referred_at IS NULL OR referred_for = ?)", ForLanguage).
		Select("body_id, lang, referred_at IS NOT NULL AS referred").Group("body_id, lang, referred_at IS NOT NULL").Scan(&groups).Error
	if err != nil {
		return err
	}
	for _, g := range groups {
		if speaks(callers, g.BodyID, g.Lang) != g.Referred {
			continue
		}
		if err := s.moveSpoken(ctx, g.BodyID, g.Lang, !g.Referred); err != nil {
			return err
		}
	}
	return nil
}

// moveSpoken sends the cases about a body in a language to the supervisor, or back.
func (s *Service) moveSpoken(ctx context.Context, bodyID, lang string, refer bool) error {
	now := s.clock.Now()
	q := s.db.Read(ctx).Where("status = 'open' AND by_phone AND body_id = ? AND lang = ?", bodyID, lang).Where("(claimed_until IS NULL OR claimed_until <= ?)", now)
	if refer {
		q = q.Where("referred_at IS NULL")
	} else {
		q = q.Where("referred_for = ? AND referred_at IS NOT NULL", ForLanguage)
	}
	var cases []Case
	if err := q.Order("due_at, id").Limit(sweepAtMost).Find(&cases).Error; err != nil {
		return err
	}
	for _, c := range cases {
		err := s.db.Tx(ctx, func(tx *gorm.DB) error {
			next, kind := c, "callback.sent_back"
			next.free()
			next.ReferredAt, next.ReferredFor = nil, ""
			if refer {
				next.ReferredAt, next.ReferredFor, kind = &now, ForLanguage, "callback.unspoken"
			}
			if err := saveCase(tx, c, &next, now); err != nil {
				return err
			}
			return s.record(tx, system(), SubjectCase, c.ID, kind, map[string]any{"lang": lang})
		})
		if err != nil && fail.KindOf(err) != fail.KindConflict {
			return err
		}
	}
	return nil
}

// handOver takes a case nobody can ring in its language off the calling list and sends its person the link to answer alone.
func (s *Service) handOver(tx *gorm.DB, c Case, who staff) error {
	if c.ReferredFor != ForLanguage {
		return fail.Invalid(fail.F("outcome", "callback.outcome_unknown"))
	}
	next := c
	next.ReferredAt, next.ReferredFor, next.ByPhone = nil, "", false
	if err := saveCase(tx, c, &next, s.clock.Now()); err != nil {
		return err
	}
	if err := s.record(tx, who.asSupervisor(c), SubjectCase, c.ID, "callback.handed_over", nil); err != nil {
		return err
	}
	_, err := s.invite(&desk{tx: tx, now: s.clock.Now(), old: next, new: next}, ByMessage)
	return err
}
