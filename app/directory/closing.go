package directory

import (
	"context"

	"gorm.io/gorm"

	"reliefportal/app/audit"
	"reliefportal/app/calendar"
	"reliefportal/app/fail"
)

// Close says that a body is no more from a day on (a civil date), and which body has what it had. Courts are merged and renamed; what was sent
// to the old one must not get lost. Errors: NotFound; Invalid "on" or "successor", also when the successor would lead back to the body.
func (s *Service) Close(ctx context.Context, actor audit.Actor, id string, on calendar.Date, successorID string) error {
	if _, err := s.Body(ctx, id); err != nil {
		return err
	}
	if on.IsZero() {
		return fail.Invalid(fail.F("on", "date.empty"))
	}
	next, err := s.Body(ctx, successorID)
	if err != nil || next.closed(on) || s.Heir(ctx, successorID, on) == id || successorID == id {
		return fail.Invalid(fail.F("successor", "directory.successor_bad"))
	}
	err = s.db.Tx(ctx, func(tx *gorm.DB) error {
		now := s.clock.Now()
		row := bodyRow{ClosedOn: on, SuccessorID: &successorID, UpdatedAt: now}
		if err := tx.Model(&bodyRow{}).Where("id = ?", id).Select("closed_on", "successor_id", "updated_at").Updates(row).Error; err != nil {
			return err
		}
		return audit.Append(tx, audit.Entry{SubjectType: "body", SubjectID: id, Actor: actor, Kind: "directory.body_closed",
			Data: map[string]any{"on": on, "successor": successorID}, At: now})
	})
	if err != nil {
		return err
	}
	return s.Refresh(ctx)
}

// Heir is the body that has on a day what a body had: itself while it stands, else its successor, and the successor of that one. An id nobody
// knows is its own heir.
func (s *Service) Heir(_ context.Context, id string, on calendar.Date) string {
	seen := s.seen.Load()
	for range len(seen.bodies) {
		b, ok := seen.bodies[id]
		if !ok || !b.closed(on) || b.SuccessorID == "" {
			return id
		}
		id = b.SuccessorID
	}
	return id
}

// ClosedOn lists the ids of the bodies that are no more on a day.
func (s *Service) ClosedOn(_ context.Context, on calendar.Date) []string {
	var out []string
	for id, b := range s.seen.Load().bodies {
		if b.closed(on) && b.SuccessorID != "" {
			out = append(out, id)
		}
	}
	return out
}

// CommonAbove is the id of the nearest court above both bodies (共同上级); false when there is none or its place is not certain.
func (s *Service) CommonAbove(ctx context.Context, a, b string) (string, bool) {
	up, ok := s.Tree().CommonAbove(s.BodyName(ctx, a), s.BodyName(ctx, b))
	return up.ID, ok
}
