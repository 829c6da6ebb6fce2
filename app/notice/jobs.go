package notice

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"gorm.io/gorm"

	"reliefportal/app/account"
	"reliefportal/app/contact"
	"reliefportal/app/i18n"
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
	codeKept   = 24 * time.Hour   // notices that are of no use any more are deleted after this
	sweepEvery = time.Hour
)

// codeKinds are the messages that are of no use once their code is too old.
var codeKinds = []string{"code", "help_code", "contact_new", "contact_old", "export_code"}

// shortKinds are deleted after a day: codes, and the last word to an address that was erased.
var shortKinds = append([]string{"account_erased"}, codeKinds...)

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
	stop, err := s.look(ctx, &r)
	if err != nil {
		return err
	}
	if stop != "" {
		return s.mark(ctx, r, map[string]any{"problem": stop, "state": Failed}, false)
	}
	return s.try(ctx, r)
}

// try hands a notice over and writes down what came of it.
func (s *Service) try(ctx context.Context, r row) error {
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
	if err := s.mark(ctx, r, set, failure != nil && !again); err != nil {
		return err
	}
	if failure == nil {
		return nil
	}
	if s.Troubled != nil && (failure.problem == Unreachable || failure.problem == Later) {
		s.Troubled(r.Kind, r.Channel)
	}
	s.Log.WarnContext(ctx, "notice not delivered", "notice", r.ID, "kind", r.Kind, "channel", string(r.Channel), "problem", string(failure.problem),
		"try", r.Tries+1, "again", again)
	if again {
		return failure
	}
	return nil
}

// look asks the world again just before a notice goes: whether it is still called for, and how the person wishes to be written to by now. It
// gives the reason not to send it, and words the row anew when the person has asked for neutral words meanwhile.
func (s *Service) look(ctx context.Context, r *row) (stop Problem, err error) {
	if r.PersonID == nil {
		return "", nil
	}
	profile, err := s.Safe.In(s.DB.Read(ctx), *r.PersonID)
	if err != nil {
		return "", err
	}
	if !profile.MaySend(r.Channel) {
		return NotWished, nil
	}
	if s.Moot != nil {
		over, err := s.Moot(ctx, Occasion{Kind: r.Kind, FilingID: deref(r.FilingID), PersonID: *r.PersonID, Subject: r.Subject})
		if err != nil {
			return "", fmt.Errorf("ask whether a notice is still called for: %w", err)
		}
		if over {
			return Moot, nil
		}
	}
	if profile.Neutral() && !r.Neutral {
		return "", s.neutralise(r, profile)
	}
	return "", nil
}

// neutralise words a row anew that was queued before the person asked for neutral words.
func (s *Service) neutralise(r *row, profile contact.Profile) error {
	args, err := s.openArgs(*r)
	if err != nil {
		return err
	}
	to, err := s.Box.OpenText(r.ad("to_sealed"), r.ToSealed)
	if err != nil {
		return fmt.Errorf("open the address of a notice: %w", err)
	}
	s.wordInto(r, to, kinds[r.Kind], profile, args)
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
	l := Letter{ID: n.ID, To: n.To, Subject: n.Subject, Text: n.Text, Lang: n.Lang, At: n.At}
	if n.Neutral {
		l.From = neutralSender(n.Lang)
	}
	err = transport.Deliver(ctx, l)
	if err == nil {
		return nil
	}
	var f *failure
	if !errors.As(err, &f) {
		f = &failure{problem: Unreachable, cause: err}
	}
	return f
}

// mark writes the result of a try; the words sent stay with it. A notice given up goes a second way in the same transaction.
func (s *Service) mark(ctx context.Context, r row, set map[string]any, gaveUp bool) error {
	set["neutral"], set["subject_sealed"], set["body_sealed"] = r.Neutral, r.SubjectSealed, r.BodySealed
	return s.DB.Tx(ctx, func(tx *gorm.DB) error {
		done := tx.Model(&row{}).Where("id = ? AND state = ?", r.ID, Queued).Updates(set)
		if done.Error != nil {
			return fmt.Errorf("mark notice: %w", done.Error)
		}
		if done.RowsAffected == 0 {
			return nil
		}
		if gaveUp {
			if err := s.anotherWay(tx, r); err != nil {
				return err
			}
		}
		if set["state"] == Queued || s.keeps(r.Channel) {
			return nil
		}
		return s.forgetLink(tx, r)
	})
}

// keeps says that a channel sends nothing, so that the outbox is where its messages are read.
func (s *Service) keeps(channel account.ContactKind) bool {
	_, mail := s.Mail.(Keep)
	_, sms := s.SMS.(Keep)
	return channel == account.Email && mail || channel == account.Mobile && sms
}

// forgetLink takes the link out of a message that went its way or never will: whoever can open the outbox later cannot go where it leads.
func (s *Service) forgetLink(tx *gorm.DB, r row) error {
	if !kinds[r.Kind].link {
		return nil
	}
	args, err := s.openArgs(r)
	if err != nil {
		return err
	}
	address, ok := args["address"].(string)
	if !ok {
		return nil
	}
	n, err := s.open(r)
	if err != nil {
		return err
	}
	gone := i18n.T(r.Lang, "notice.link_gone")
	args["address"] = gone
	if err := s.sealArgs(&r, args); err != nil {
		return err
	}
	s.sealIn(&r, n.To, n.Subject, strings.ReplaceAll(n.Text, address, gone))
	return tx.Model(&row{}).Where("id = ?", r.ID).Updates(map[string]any{"args_sealed": r.ArgsSealed, "subject_sealed": r.SubjectSealed, "body_sealed": r.BodySealed}).Error
}

// Sweep deletes notices that are of no use after a day.
func (s *Service) Sweep(ctx context.Context) error {
	return s.DB.Tx(ctx, func(tx *gorm.DB) error {
		return tx.Where("kind IN ? AND created_at < ?", shortKinds, s.Clock.Now().Add(-codeKept)).Delete(&row{}).Error
	})
}
