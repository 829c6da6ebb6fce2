package outage

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"gorm.io/gorm"

	"reliefportal/app/account"
	"reliefportal/app/audit"
	"reliefportal/app/calendar"
	"reliefportal/app/fail"
	"reliefportal/app/store"
)

// Deps are the neighbours of the service.
type Deps struct {
	DB    *store.DB
	Clock calendar.Clock // the portal's time, in which entries are kept
	// Machine is the machine's own clock, by which silence is measured: a moved portal clock must not look like an outage.
	Machine calendar.Clock
	Log     *slog.Logger
}

// Service keeps the ledger. It is the only writer of the tables outage, outage_hit and outage_beat.
type Service struct {
	Deps
	mu      sync.Mutex
	waiting []Failure
}

// New makes the service.
func New(d Deps) *Service { return &Service{Deps: d} }

// Note remembers a failure. It never blocks and never fails: what broke may be the database itself, so it is written with the next sign of
// life. Beyond a thousand failures between two signs of life only the newest is kept up to date.
func (s *Service) Note(f Failure) {
	if f.At.IsZero() {
		f.At = s.Clock.Now()
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.waiting) >= mostWaiting {
		s.waiting[len(s.waiting)-1] = f
		return
	}
	s.waiting = append(s.waiting, f)
}

// Keep gives signs of life until ctx ends. Several instances share one row: while one of them lives the portal lives.
func (s *Service) Keep(ctx context.Context, every time.Duration) {
	tick := time.NewTicker(every)
	defer tick.Stop()
	for {
		if err := s.Beat(ctx); err != nil && ctx.Err() == nil {
			s.Log.ErrorContext(ctx, "no sign of life could be written", "error", err)
		}
		select {
		case <-tick.C:
		case <-ctx.Done():
			return
		}
	}
}

// Beat gives one sign of life: it commits a write, enters the silence before it when that was too long, and enters the failures noted since.
func (s *Service) Beat(ctx context.Context) error {
	failures := s.take()
	err := s.DB.Tx(ctx, func(tx *gorm.DB) error {
		if err := s.beat(tx); err != nil {
			return err
		}
		for _, f := range failures {
			if err := s.enterFailure(tx, f); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		s.putBack(failures)
	}
	return err
}

func (s *Service) take() []Failure {
	s.mu.Lock()
	defer s.mu.Unlock()
	out := s.waiting
	s.waiting = nil
	return out
}

func (s *Service) putBack(f []Failure) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.waiting = append(f, s.waiting...)
	s.waiting = s.waiting[:min(len(s.waiting), mostWaiting)]
}

// beat moves the last sign of life on and enters the silence before it.
func (s *Service) beat(tx *gorm.DB) error {
	machine, now := s.Machine.Now(), s.Clock.Now()
	var rows []beatRow
	if err := tx.Limit(1).Find(&rows).Error; err != nil {
		return fmt.Errorf("read the last sign of life: %w", err)
	}
	if len(rows) == 0 {
		return tx.Create(&beatRow{ID: 1, MachineAt: machine}).Error
	}
	moved := tx.Model(&beatRow{}).Where("id = 1 AND machine_at = ?", rows[0].MachineAt).Update("machine_at", machine)
	silence := machine.Sub(rows[0].MachineAt)
	if moved.Error != nil || moved.RowsAffected == 0 || silence <= SilenceAfter {
		return moved.Error // another instance gave a sign in the same moment
	}
	return s.create(tx, Entry{Kind: Down, Basis: Silence, StartedAt: now.Add(-silence), EndedAt: now}, account.System())
}

// create writes an entry and its record.
func (s *Service) create(tx *gorm.DB, e Entry, by account.Actor) error {
	e.ID, e.CreatedAt = store.NewID(), s.Clock.Now()
	if err := tx.Create(&e).Error; err != nil {
		return fmt.Errorf("enter an outage: %w", err)
	}
	return audit.Append(tx, audit.Entry{SubjectType: "outage", SubjectID: e.ID, Actor: by.Audit("", ""), Kind: "outage." + string(e.Basis), At: e.CreatedAt,
		Data: map[string]any{"kind": e.Kind, "from": e.StartedAt, "to": e.EndedAt}})
}

// enterFailure lengthens the row of failures it belongs to, or begins one.
func (s *Service) enterFailure(tx *gorm.DB, f Failure) error {
	var e Entry
	err := tx.Where("kind = ? AND basis = ? AND ended_at >= ? AND started_at <= ?", f.Kind, Failures, f.At.Add(-sameRow), f.At.Add(sameRow)).
		Order("ended_at DESC, id").Take(&e).Error
	switch {
	case errors.Is(err, gorm.ErrRecordNotFound):
		e = Entry{ID: store.NewID(), Kind: f.Kind, Basis: Failures, StartedAt: f.At, EndedAt: f.At, Failures: 1, CreatedAt: s.Clock.Now()}
		err = tx.Create(&e).Error
	case err == nil:
		if f.At.Before(e.StartedAt) {
			e.StartedAt = f.At
		}
		if f.At.After(e.EndedAt) {
			e.EndedAt = f.At
		}
		err = tx.Model(&Entry{}).Where("id = ?", e.ID).Updates(map[string]any{"started_at": e.StartedAt, "ended_at": e.EndedAt, "failures": gorm.Expr("failures + 1")}).Error
	}
	if err != nil {
		return fmt.Errorf("enter a failure: %w", err)
	}
	return hit(tx, e.ID, f.FilingID, f.PersonID)
}

// Enter writes down an outage that an administrator knows of. Errors: NotFound for anybody else; Invalid "kind", "start" or "end".
func (s *Service) Enter(ctx context.Context, a account.Actor, kind Kind, start, end time.Time) error {
	if !MayEnter(a) {
		return fail.NotFound()
	}
	if err := check(kind, start, end, s.Clock.Now()); err != nil {
		return err
	}
	return s.DB.Tx(ctx, func(tx *gorm.DB) error {
		return s.create(tx, Entry{Kind: kind, Basis: Entered, StartedAt: start.UTC(), EndedAt: end.UTC(), EnteredBy: &a.PersonID}, a)
	})
}
