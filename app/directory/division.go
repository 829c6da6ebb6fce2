package directory

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"gorm.io/gorm"

	"reliefportal/app/audit"
	"reliefportal/app/calendar"
	"reliefportal/app/fail"
	"reliefportal/app/store"
)

// DivisionOf returns the division of a kind that a body has on a day, as an administrator entered it.
func (s *Service) DivisionOf(_ context.Context, bodyID, kind string, on calendar.Date) (Division, bool) {
	for _, d := range s.seen.Load().divisions[bodyID] {
		if d.Kind == kind && d.on(on) {
			return d, true
		}
	}
	return Division{}, false
}

// DivisionOrDefault is DivisionOf, or else the usual division of that kind, marked Assumed. A kind nobody knows gives a Division without a name.
func (s *Service) DivisionOrDefault(ctx context.Context, bodyID, kind string, on calendar.Date) Division {
	if d, ok := s.DivisionOf(ctx, bodyID, kind, on); ok {
		return d
	}
	d := usualDivisions[kind]
	d.BodyID, d.Kind, d.Assumed = bodyID, kind, true
	return d
}

// Divisions lists the divisions a body has on a day, as entered.
func (s *Service) Divisions(_ context.Context, bodyID string, on calendar.Date) []Division {
	var out []Division
	for _, d := range s.seen.Load().divisions[bodyID] {
		if d.on(on) {
			out = append(out, d)
		}
	}
	return out
}

// History lists every division of a body, past, present and to come, by kind and then the newest first.
func (s *Service) History(_ context.Context, bodyID string) []Division {
	out := slices.Clone(s.seen.Load().divisions[bodyID])
	slices.SortStableFunc(out, func(a, b Division) int {
		return cmp.Or(cmp.Compare(slices.Index(kindOrder, a.Kind), slices.Index(kindOrder, b.Kind)), b.From.Compare(a.From))
	})
	return out
}

// SetDivision enters the division a body has from d.From on and ends the one before on the day before. Entering the same division for the same
// day again changes nothing. Errors: Invalid with the fields body_id, kind, name, name_en, from, to; Conflict "directory.division_later" (From) when
// another division of the kind is entered for that day or a later one.
func (s *Service) SetDivision(ctx context.Context, actor audit.Actor, d Division) (Division, error) {
	set, err := s.SetDivisions(ctx, actor, d)
	if err != nil {
		return Division{}, err
	}
	return set[0], nil
}

// SetDivisions is SetDivision for several at once: all of them or none, and one new reading of the directory.
func (s *Service) SetDivisions(ctx context.Context, actor audit.Actor, ds ...Division) ([]Division, error) {
	for _, d := range ds {
		fields := d.check()
		if _, ok := s.seen.Load().bodies[d.BodyID]; !ok {
			fields = append(fields, fail.F("body_id", "directory.body_unknown"))
		}
		if len(fields) > 0 {
			return nil, fail.Invalid(fields...)
		}
	}
	set := make([]Division, len(ds))
	err := s.db.Tx(ctx, func(tx *gorm.DB) (err error) {
		for i, d := range ds {
			if set[i], err = s.setDivision(tx, actor, d); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return set, s.Refresh(ctx)
}

func (s *Service) setDivision(tx *gorm.DB, actor audit.Actor, d Division) (Division, error) {
	// Locking the body makes two administrators queue, so that neither misses the other's row.
	if err := tx.Exec("UPDATE body SET updated_at = updated_at WHERE id = ?", d.BodyID).Error; err != nil {
		return Division{}, fmt.Errorf("lock body: %w", err)
	}
	rows, err := divisionsOf(tx, d.BodyID, d.Kind)
	if err != nil {
		return Division{}, err
	}
	for _, r := range rows {
		old := r.division()
		switch {
		case old.From == d.From && old.To == d.To && old.Name == d.Name && old.NameEn == d.NameEn:
			return old, nil
		case !old.From.Before(d.From):
			return Division{}, fail.Conflict("directory.division_later", "From", old.From)
		case old.on(d.From):
			if err := endDivision(tx, r, d.From.AddDays(-1)); err != nil {
				return Division{}, err
			}
		}
	}
	return s.insertDivision(tx, actor, d)
}

func endDivision(tx *gorm.DB, r divisionRow, last calendar.Date) error {
	if err := tx.Model(&r).Select("ToOn").Updates(divisionRow{ToOn: last}).Error; err != nil {
		return fmt.Errorf("end division: %w", err)
	}
	return nil
}

func (s *Service) insertDivision(tx *gorm.DB, actor audit.Actor, d Division) (Division, error) {
	at := s.clock.Now()
	d.ID, d.Assumed = store.NewID(), false
	row := divisionRow{ID: d.ID, BodyID: d.BodyID, Kind: d.Kind, Name: d.Name, NameEn: d.NameEn, FromOn: d.From, ToOn: d.To, CreatedAt: at}
	if err := tx.Create(&row).Error; err != nil {
		return Division{}, fmt.Errorf("insert division: %w", err)
	}
	return d, audit.Append(tx, audit.Entry{
		SubjectType: "body", SubjectID: d.BodyID, Actor: actor, Kind: "directory.division_set",
		Data: map[string]any{"division": d.ID, "kind": d.Kind, "name": d.Name, "from": d.From, "to": d.To}, At: at,
	})
}

// kindOrder is the order of the kinds of division: as a file passes through a court, then those that are not of courts.
var kindOrder = []string{"docketing", "review", "implementing", "civil", "supervision", "criminal", "bankruptcy", "compensation", "callback", "routing"}

// UsualDivision is the usual name of a division of a kind; false for a kind nobody knows.
func UsualDivision(kind string) (Division, bool) {
	d, ok := usualDivisions[kind]
	return d, ok
}

// CourtDivisions are the kinds of division that a court has, in the order a file passes through them.
func CourtDivisions() []string {
	return slices.DeleteFunc(slices.Clone(kindOrder), func(kind string) bool { return kind == "callback" || kind == "routing" })
}
