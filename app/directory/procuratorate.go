package directory

import (
	"context"
	"fmt"
	"strings"
	"time"

	"gorm.io/gorm"

	"reliefportal/app/audit"
	"reliefportal/app/fail"
)

// ProcuratorateOf names the procuratorate that supervises a court: the one an administrator entered (confirmed), or else the one derived from the
// name of the court. It is empty when nobody entered one and none can be derived, or when the court is unknown.
func (s *Service) ProcuratorateOf(courtID string) (name string, confirmed bool) {
	seen := s.seen.Load()
	court, ok := seen.bodies[courtID]
	if !ok || court.Kind != KindCourt {
		return "", false
	}
	if b, ok := seen.bodies[court.ProcuratorateID]; ok {
		return b.Name, true
	}
	name, _ = Procuratorate(court.Name)
	return name, false
}

// Procuratorate implements rules.Procuratorates: the confirmed name for the court of this full name, and false while nobody has entered one.
func (s *Service) Procuratorate(court string) (string, bool) {
	name, confirmed := s.ProcuratorateOf(s.seen.Load().ids[court])
	return name, confirmed
}

// SetProcuratorate enters the procuratorate that supervises a court, by its full Chinese name; one nobody entered before becomes a body of its own.
// Entering the same name again changes nothing. Errors: NotFound for a court nobody knows; Invalid "name" when it is empty, too long, the name of
// another kind of body, or does not end as such names do.
func (s *Service) SetProcuratorate(ctx context.Context, actor audit.Actor, courtID, name string) (Body, error) {
	court, err := s.Body(ctx, courtID)
	if err != nil {
		return Body{}, err
	}
	if court.Kind != KindCourt {
		return Body{}, fail.NotFound()
	}
	name = strings.TrimSpace(name)
	if fields := s.checkProcuratorate(name); len(fields) > 0 {
		return Body{}, fail.Invalid(fields...)
	}
	if old := s.seen.Load().bodies[court.ProcuratorateID]; old.Name == name {
		return old, nil
	}
	if err := s.db.Tx(ctx, func(tx *gorm.DB) error { return s.setProcuratorate(tx, actor, court, name) }); err != nil {
		return Body{}, err
	}
	if err := s.Refresh(ctx); err != nil {
		return Body{}, err
	}
	return s.BodyByName(ctx, name)
}

func (s *Service) checkProcuratorate(name string) []fail.Field {
	if fields := checkName(name, ""); len(fields) > 0 {
		return fields
	}
	if other, ok := s.seen.Load().bodies[s.seen.Load().ids[name]]; ok && other.Kind != KindProcuratorate {
		return []fail.Field{fail.F("name", "directory.name_other_kind")}
	}
	// 检察院 itself, or a branch of one: 北京市人民检察院第一分院.
	if !strings.Contains(name, "检察院") {
		return []fail.Field{fail.F("name", "directory.no_procuratorate")}
	}
	return nil
}

func (s *Service) setProcuratorate(tx *gorm.DB, actor audit.Actor, court Body, name string) error {
	at := s.clock.Now()
	b := Body{ID: IDOf(name), Kind: KindProcuratorate, Name: name, Province: court.Province}
	if _, err := insertMissing(tx, []Body{b}, at); err != nil {
		return err
	}
	var id string
	if err := tx.Model(&bodyRow{}).Where("name = ? AND kind = ?", name, KindProcuratorate).Pluck("id", &id).Error; err != nil {
		return fmt.Errorf("find a procuratorate: %w", err)
	}
	if id == "" {
		return fail.Invalid(fail.F("name", "directory.name_other_kind"))
	}
	if err := linkProcuratorate(tx, court.ID, id, at); err != nil {
		return err
	}
	return audit.Append(tx, audit.Entry{
		SubjectType: "body", SubjectID: court.ID, Actor: actor, Kind: "directory.procuratorate_set",
		Data: map[string]any{"procuratorate": id, "name": name, "before": court.ProcuratorateID}, At: at,
	})
}

func linkProcuratorate(tx *gorm.DB, courtID, id string, at time.Time) error {
	err := tx.Model(&bodyRow{}).Where("id = ?", courtID).Updates(map[string]any{"procuratorate_id": id, "updated_at": at}).Error
	if err != nil {
		return fmt.Errorf("link a procuratorate: %w", err)
	}
	return nil
}

// ProcuratorateAbove is the id of the confirmed procuratorate of the court above a court; empty when there is none, or nobody has entered it.
func (s *Service) ProcuratorateAbove(courtID string) string {
	bodies := s.seen.Load().bodies
	return bodies[bodies[courtID].ParentID].ProcuratorateID
}
