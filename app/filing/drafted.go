package filing

import (
	"context"
	"time"

	"gorm.io/gorm"

	"reliefportal/app/account"
	"reliefportal/app/audit"
	"reliefportal/app/calendar"
	"reliefportal/app/fail"
	"reliefportal/app/rules"
	"reliefportal/app/store"
)

// draftNext drafts the first filing that a missed clock of a body opens, with everything known filled in, so that the person only confirms. The
// clock's id is unique among drafts: however often the sweep runs, it is drafted once.
func (s *Service) draftNext(ctx context.Context, tx *gorm.DB, f Filing, c Clock, now time.Time) error {
	facts, err := s.Facts(f)
	if err != nil {
		return err
	}
	p, err := s.Pack(f)
	if err != nil {
		return err
	}
	today := s.Packs.On(calendar.DateOf(now))
	for _, n := range s.lateFor(ctx, p, f, c, facts) {
		r, ok := today.Remedy(n.Remedy)
		if !ok || r.Kind != rules.KindFiling {
			continue
		}
		return s.draftFor(ctx, tx, f, c, r, n.CarryOver(facts, s.decisionFacts(ctx, f)), now)
	}
	return nil
}

func (s *Service) draftFor(ctx context.Context, tx *gorm.DB, f Filing, c Clock, r *rules.Remedy, facts rules.Facts, now time.Time) error {
	p, expires := s.Packs.On(calendar.DateOf(now)), now.Add(DraftLife)
	d := Filing{ID: store.NewID(), Status: Draft, Version: 1, Remedy: r.ID, PackID: p.ID, PackHash: p.Hash, PersonID: f.PersonID, Lang: f.Lang,
		ParentID: &f.ID, SubmitKey: store.NewID(), DraftedFor: &c.ID, DraftExpiresAt: &expires, CreatedAt: now, UpdatedAt: now}
	if err := s.sealInto(ctx, &d, facts); err != nil {
		return err
	}
	if err := tx.Create(&d).Error; err != nil {
		return err
	}
	if err := audit.Append(tx, audit.Entry{SubjectType: "filing", SubjectID: d.ID, Actor: AuditActor(account.System(), ""), Kind: "filing.started",
		Data: map[string]any{"remedy": r.ID, "for": c.Rule}, At: now}); err != nil {
		return err
	}
	return audit.Append(tx, audit.Entry{SubjectType: "filing", SubjectID: f.ID, Actor: AuditActor(account.System(), ""), Kind: "filing.drafted",
		Data: map[string]any{"remedy": r.ID, "draft": d.ID}, Visible: true, At: now})
}

// dropDrafted takes away what was drafted because this filing was late, once the body has acted after all. A draft the person has worked on stays:
// nothing a person wrote is taken away.
func (s *Service) dropDrafted(tx *gorm.DB, f Filing) error {
	var drafts []Filing
	err := tx.Where("parent_id = ? AND drafted_for IS NOT NULL AND status = ? AND version = 1", f.ID, Draft).Find(&drafts).Error
	if err != nil {
		return err
	}
	for _, d := range drafts {
		err := s.Move(tx, &d, Change{Action: ActExpire, Actor: account.System(), Outcome: Expired, Ground: "moot", Set: Set{"draft_expires_at": nil}})
		if err != nil && fail.KindOf(err) != fail.KindConflict {
			return err
		}
	}
	return nil
}

// Drafted is the filing that was drafted because this one is late, while it is still a draft; ok is false when there is none.
func (s *Service) Drafted(ctx context.Context, f Filing) (d Filing, ok bool, err error) {
	if !f.Overdue || f.NextClockID == nil {
		return Filing{}, false, nil
	}
	var found []Filing
	err = s.db.Read(ctx).Select(light).Where("parent_id = ? AND person_id = ? AND drafted_for = ? AND status = ?", f.ID, f.PersonID, *f.NextClockID, Draft).
		Limit(1).Find(&found).Error
	if err != nil || len(found) == 0 {
		return Filing{}, false, err
	}
	return found[0], true, nil
}

// endParentWindow ends the person's own clock on the decision this filing goes on from: it was used, so nothing reminds of it any more.
func (s *Service) endParentWindow(tx *gorm.DB, f Filing, now time.Time) error {
	if f.ParentID == nil {
		return nil
	}
	p, err := s.Pack(f)
	if err != nil {
		return err
	}
	r, ok := p.Remedy(f.Remedy)
	if !ok || r.Window == nil {
		return nil
	}
	return tx.Model(&Clock{}).Where("filing_id = ? AND who = ? AND rule = ? AND state = ?", *f.ParentID, rules.WhoApplicant, r.Window.Clock, Running).
		Updates(map[string]any{"state": Met, "ended_at": now}).Error
}

// reopenParentWindow lets the person's own clock run on that ended because this filing was handed in, after it was taken back in time.
func (s *Service) reopenParentWindow(tx *gorm.DB, f Filing) error {
	if f.ParentID == nil || f.SubmittedAt == nil {
		return nil
	}
	return tx.Model(&Clock{}).Where("filing_id = ? AND who = ? AND state = ? AND ended_at = ? AND due_at > ?", *f.ParentID, rules.WhoApplicant, Met, *f.SubmittedAt, s.Clock.Now()).
		Updates(map[string]any{"state": Running, "ended_at": nil}).Error
}
