package notice

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"gorm.io/gorm"

	"reliefportal/app/account"
	"reliefportal/app/jobs"
)

// Deliver is the job that hands one notice to a mail server or gateway.
type Deliver struct {
	ID string `json:"id"`
}

// Kind names the job.
func (Deliver) Kind() string { return "notice.deliver" }

const (
	maxTries   = 8 // over about 80 minutes, as the queue's pauses go
	tryTimeout = time.Minute
	codeLife   = 10 * time.Minute // a sign-in code is of no use after this (package account)
	codeKept   = 24 * time.Hour   // notices with codes are deleted after this
	sweepEvery = time.Hour
)

// codeKinds are the messages that are of no use once their code is too old.
var codeKinds = []string{"code", "help_code", "contact_new", "contact_old"}

// Register adds the jobs of this package.
func (s *Service) Register(r *jobs.Registry) {
	jobs.Register(r, s.deliver, jobs.MaxTries(maxTries), jobs.Timeout(tryTimeout))
	r.Every("notice.sweep", sweepEvery, s.Sweep)
}

// deliver does one try. A notice that is gone, sent or given up is left alone, so that the job may run twice; the message carries
// its id, by which a receiver can tell a repetition.
func (s *Service) deliver(ctx context.Context, job Deliver) error {
	var r row
	err := s.DB.Read(ctx).Where("id = ? AND state = ?", job.ID, Queued).Take(&r).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("load notice: %w", err)
	}
	now := s.Clock.Now()
	failure := s.attempt(ctx, r, now)
	set := map[string]any{"tries": r.Tries + 1, "problem": "", "state": Sent, "sent_at": now}
	again := false
	if failure != nil {
		again = !failure.final && r.Tries+1 < maxTries
		set = map[string]any{"tries": r.Tries + 1, "problem": failure.problem, "state": Failed}
		if again {
			set["state"] = Queued
		}
	}
	if err := s.mark(ctx, r.ID, set); err != nil {
		return err
	}
	if failure == nil {
		return nil
	}
	s.Log.WarnContext(ctx, "notice not delivered", "notice", r.ID, "kind", r.Kind, "channel", string(r.Channel), "problem", string(failure.problem),
		"try", r.Tries+1, "again", again)
	if again {
		return failure
	}
	return nil
}

// attempt hands the notice over, unless there is a reason not to.
func (s *Service) attempt(ctx context.Context, r row, now time.Time) *failure {
	if slices.Contains(codeKinds, r.Kind) && now.Sub(r.CreatedAt) > codeLife {
		return &failure{problem: TooOld, final: true}
	}
	transport := s.Mail
	if r.Channel == account.Mobile {
		transport = s.SMS
	}
	if transport == nil {
		return &failure{problem: NoTransport, final: true}
	}
	n, err := s.open(r)
	if err != nil {
		return &failure{problem: Sealed, cause: err, final: true}
	}
	err = transport.Deliver(ctx, Letter{ID: n.ID, To: n.To, Subject: n.Subject, Text: n.Text, Lang: n.Lang, At: n.At})
	if err == nil {
		return nil
	}
	var f *failure
	if !errors.As(err, &f) {
		f = &failure{problem: Unreachable, cause: err}
	}
	return f
}

func (s *Service) mark(ctx context.Context, id string, set map[string]any) error {
	return s.DB.Tx(ctx, func(tx *gorm.DB) error {
		if err := tx.Model(&row{}).Where("id = ? AND state = ?", id, Queued).Updates(set).Error; err != nil {
			return fmt.Errorf("mark notice: %w", err)
		}
		return nil
	})
}

// Sweep deletes notices with sign-in codes once they are a day old.
func (s *Service) Sweep(ctx context.Context) error {
	return s.DB.Tx(ctx, func(tx *gorm.DB) error {
		return tx.Where("kind IN ? AND created_at < ?", codeKinds, s.Clock.Now().Add(-codeKept)).Delete(&row{}).Error
	})
}
