package callback

import (
	"context"
	"errors"
	"strings"
	"time"

	"gorm.io/gorm"

	"reliefportal/app/account"
	"reliefportal/app/audit"
	"reliefportal/app/calendar"
	"reliefportal/app/fail"
	"reliefportal/app/rules"
	"reliefportal/app/store"
)

// audited is the whole plan of a programme, for the record: seed, dates, strata.
func (p Programme) audited() map[string]any {
	return map[string]any{"kind": p.Kind, "instrument": p.Instrument, "from": p.FromOn.String(), "to": p.ToOn.String(), "seed": p.Seed, "strata": p.Strata}
}

// programmesOf is the scope of programmes a supervisor sees: those of his bodies, and the standing ones.
func programmesOf(tx *gorm.DB, who staff) *gorm.DB {
	return tx.Where("(owner_body_id IS NULL OR owner_body_id IN ?)", append([]string{""}, who.supervises...))
}

// Programmes lists the programmes of the bodies this actor supervises, and the standing ones, the newest first.
func (s *Service) Programmes(ctx context.Context, a account.Actor) ([]Programme, error) {
	tx := s.db.Read(ctx)
	who, err := s.supervisor(tx, a)
	if err != nil {
		return nil, err
	}
	var out []Programme
	err = programmesOf(tx, who).Order("created_at DESC, id").Limit(mostProgrammes).Find(&out).Error
	return out, err
}

// mostProgrammes bounds the list: a body runs a few a year.
const mostProgrammes = 200

// Programme shows one programme to a supervisor who may see it; not found for everybody else.
func (s *Service) Programme(ctx context.Context, a account.Actor, id string) (Programme, error) {
	tx := s.db.Read(ctx)
	who, err := s.supervisor(tx, a)
	if err != nil {
		return Programme{}, err
	}
	return programmeFor(tx, who, id)
}

func programmeFor(tx *gorm.DB, who staff, id string) (Programme, error) {
	var p Programme
	err := programmesOf(tx, who).Where("id = ?", id).Take(&p).Error
	return found(p, err)
}

// MayRun says whether this actor may change, start and stop a programme: a supervisor of the body that owns it. Nobody stops the standing
// programmes: a body's own programme takes their place.
func MayRun(a account.Actor, p Programme) bool {
	return a.IsStaff() && p.OwnerBodyID != nil && a.HasAt(account.RoleSupervisor, *p.OwnerBodyID)
}

// Plan writes down a new programme as a draft. It covers the bodies under its owner, never the owner himself: nobody runs a survey about
// his own body. Invalid names the fields of ProgrammeInput.
func (s *Service) Plan(ctx context.Context, a account.Actor, in ProgrammeInput) (Programme, error) {
	now := s.clock.Now()
	if err := in.check(s.packs.On(calendar.DateOf(now))); err != nil {
		return Programme{}, err
	}
	p := Programme{ID: store.NewID(), OwnerBodyID: &in.OwnerBodyID, Seed: newSeed(), Status: Drafted, Version: 1, CreatedBy: &a.PersonID, CreatedAt: now, UpdatedAt: now}
	p.take(in)
	err := s.db.Tx(ctx, func(tx *gorm.DB) error {
		if _, err := s.supervisor(tx, a); err != nil {
			return err
		}
		if !MayRun(a, p) {
			return fail.NotFound()
		}
		if err := tx.Create(&p).Error; err != nil {
			return err
		}
		return s.record(tx, p.by(a), SubjectProgramme, p.ID, "programme.planned", p.audited())
	})
	return p, err
}

func (p *Programme) take(in ProgrammeInput) {
	p.NameZh, p.NameEn = strings.TrimSpace(in.NameZh), strings.TrimSpace(in.NameEn)
	p.Instrument, p.Kind, p.FromOn, p.ToOn = in.Instrument, in.kind, in.FromOn, in.ToOn
	p.Strata = make(Strata, len(in.Strata))
	for i, row := range in.Strata {
		row.ID = stratumID(row)
		p.Strata[i] = row
	}
}

func stratumID(row rules.Stratum) string {
	id := string(row.Event) + "-" + string(row.Party)
	if row.BodyID != "" {
		id += "-" + row.BodyID
	}
	return id
}

// by is a supervisor as the audit record names him, with the body whose programme it is.
func (p Programme) by(a account.Actor) audit.Actor {
	body := ""
	if p.OwnerBodyID != nil {
		body = *p.OwnerBodyID
	}
	return a.Audit(account.RoleSupervisor, body)
}

// changeProgramme runs one change of a programme by a supervisor of its owner.
func (s *Service) changeProgramme(ctx context.Context, a account.Actor, id string, version int64, kind string, do func(p *Programme) error) error {
	return s.db.Tx(ctx, func(tx *gorm.DB) error {
		who, err := s.supervisor(tx, a)
		if err != nil {
			return err
		}
		old, err := programmeFor(tx, who, id)
		if err != nil {
			return err
		}
		if !MayRun(a, old) {
			return fail.NotFound()
		}
		if old.Version != version {
			return fail.Conflict("programme.changed")
		}
		next := old
		if err := do(&next); err != nil {
			return err
		}
		next.Version, next.UpdatedAt = old.Version+1, s.clock.Now()
		done := tx.Model(&Programme{}).Where("id = ? AND status = ? AND version = ?", old.ID, old.Status, old.Version).
			Select("NameZh", "NameEn", "Kind", "Instrument", "FromOn", "ToOn", "Strata", "Status", "Version", "UpdatedAt", "StartedAt", "StoppedAt").Updates(next)
		if err := oneRow(done, "programme.changed"); err != nil {
			return err
		}
		return s.record(tx, next.by(a), SubjectProgramme, id, kind, next.audited())
	})
}

// Replan changes a draft. Conflict "programme.frozen" once it was started.
func (s *Service) Replan(ctx context.Context, a account.Actor, id string, version int64, in ProgrammeInput) error {
	if err := in.check(s.packs.On(calendar.DateOf(s.clock.Now()))); err != nil {
		return err
	}
	return s.changeProgramme(ctx, a, id, version, "programme.replanned", func(p *Programme) error {
		if p.Status != Drafted {
			return fail.Conflict("programme.frozen")
		}
		p.take(in)
		return nil
	})
}

// Start freezes a programme and begins the draw with the next event.
func (s *Service) Start(ctx context.Context, a account.Actor, id string, version int64) error {
	return s.changeProgramme(ctx, a, id, version, "programme.started", func(p *Programme) error {
		if p.Status != Drafted {
			return fail.Conflict("programme.frozen")
		}
		now := s.clock.Now()
		p.Status, p.StartedAt = Running, &now
		return nil
	})
}

// Stop ends the draw. Whoever was drawn before is still asked.
func (s *Service) Stop(ctx context.Context, a account.Actor, id string, version int64) error {
	return s.changeProgramme(ctx, a, id, version, "programme.stopped", func(p *Programme) error {
		if p.Status != Running {
			return fail.Conflict("programme.not_running")
		}
		now := s.clock.Now()
		p.Status, p.StoppedAt = Stopped, &now
		return nil
	})
}

// FrameCount is how many people of a stratum were brought before a programme, by what became of them.
type FrameCount struct {
	Stratum string
	State   FrameState
	Reason  string
	N       int
}

// Draw is the frame of a programme: counts, and a page of its rows, the newest first.
type Draw struct {
	Programme Programme
	Counts    []FrameCount
	Rows      []FrameRow // without the person
	Next      *Cursor
}

// DrawOf shows the frame of a programme to a supervisor, PageSize rows before the cursor. It names no person: who was drawn is for the
// callers, and what he answered for nobody.
func (s *Service) DrawOf(ctx context.Context, a account.Actor, id string, before Cursor) (Draw, error) {
	p, err := s.Programme(ctx, a, id)
	if err != nil {
		return Draw{}, err
	}
	out := Draw{Programme: p}
	tx := s.db.Read(ctx)
	out.Counts, err = frameCounts(tx, id)
	if err != nil {
		return Draw{}, err
	}
	q := tx.Where("programme_id = ?", id)
	if !before.At.IsZero() {
		q = q.Where("(at, id) < (?, ?)", before.At, before.ID)
	}
	err = q.Omit("person_id").Order("at DESC, id DESC").Limit(PageSize + 1).Find(&out.Rows).Error
	if len(out.Rows) > PageSize {
		out.Rows = out.Rows[:PageSize]
		last := out.Rows[PageSize-1]
		out.Next = &Cursor{At: last.At, ID: last.ID}
	}
	return out, err
}

func frameCounts(tx *gorm.DB, id string) ([]FrameCount, error) {
	var out []FrameCount
	err := tx.Model(&FrameRow{}).Where("programme_id = ?", id).Select("stratum, state, reason, COUNT(*) AS n").
		Group("stratum, state, reason").Order("stratum, state, reason").Scan(&out).Error
	return out, err
}

// ErrRedraw reports a frame that its seed does not lead to.
var ErrRedraw = errors.New("the frame differs from what its seed draws")

// Redraw draws the frame of a programme again from its seed and reports the first row that would have come out otherwise.
func (s *Service) Redraw(ctx context.Context, id string) error {
	tx := s.db.Read(ctx)
	var p Programme
	if err := tx.Where("id = ?", id).Take(&p).Error; err != nil {
		return err
	}
	after := ""
	for {
		var rows []FrameRow
		if err := tx.Where("programme_id = ? AND id > ?", id, after).Order("id").Limit(dispositionBatch).Find(&rows).Error; err != nil || len(rows) == 0 {
			return err
		}
		for _, r := range rows {
			if !r.follows(p) {
				return ErrRedraw
			}
			after = r.ID
		}
	}
}

// follows says that a frame row is what seed and plan of its programme give.
func (r FrameRow) follows(p Programme) bool {
	stratum, ok := p.Strata.Of(r.Event, r.Party, r.BodyID)
	drawn := IsDrawn(r.Chance, r.PerMille)
	return ok && stratum.ID == r.Stratum && stratum.PerMille == r.PerMille && r.Chance == Chance(p.Seed, r.EventKey) &&
		(r.State == Excluded || drawn == (r.State == Drawn))
}

// ProgrammeProgress is how far the field work of a programme has come. It holds counts only.
type ProgrammeProgress struct {
	Drawn     int
	Open      int // on the list, or waiting for an answer over the web
	Final     int
	Referred  int // with the supervisor
	Missed    int // cases with an appointment nobody kept
	ByClass   []Tally
	RedialsOf map[string]int // checks by status
	Now       time.Time
}

// ProgressOf counts how far a programme has come.
func (s *Service) ProgressOf(ctx context.Context, a account.Actor, id string) (ProgrammeProgress, error) {
	if _, err := s.Programme(ctx, a, id); err != nil {
		return ProgrammeProgress{}, err
	}
	tx := s.db.Read(ctx)
	out := ProgrammeProgress{Now: s.clock.Now(), RedialsOf: map[string]int{}}
	err := tx.Model(&Case{}).Where("programme_id = ?", id).Select(`COUNT(*) AS drawn,
COUNT(CASE WHEN status = 'open' THEN 1 END) AS open, COUNT(CASE WHEN status = 'closed' THEN 1 END) AS final,
COUNT(CASE WHEN status = 'open' AND referred_at IS NOT NULL THEN 1 END) AS referred, COUNT(CASE WHEN missed > 0 THEN 1 END) AS missed`).
		Row().Scan(&out.Drawn, &out.Open, &out.Final, &out.Referred, &out.Missed)
	if err != nil {
		return out, err
	}
	if out.ByClass, err = s.Dispositions(ctx, id); err != nil {
		return out, err
	}
	var checks []struct {
		Status string
		N      int
	}
	err = tx.Table("callback_redial r").Joins("JOIN callback_case c ON c.id = r.case_id").Where("c.programme_id = ?", id).
		Select("r.status, COUNT(*) AS n").Group("r.status").Scan(&checks).Error
	for _, c := range checks {
		out.RedialsOf[c.Status] = c.N
	}
	return out, err
}

// BodiesUnder lists the bodies right under one, by name: those a programme can be kept to.
func (s *Service) BodiesUnder(ctx context.Context, bodyID string) ([]string, error) {
	var out []string
	err := s.db.Read(ctx).Table("body").Where("parent_id = ?", bodyID).Order("name").Pluck("id", &out).Error
	return out, err
}
