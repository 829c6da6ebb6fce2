package privacy

import (
	"context"
	"errors"
	"fmt"
	"time"

	"gorm.io/gorm"

	"reliefportal/app/account"
	"reliefportal/app/calendar"
	"reliefportal/app/document"
	"reliefportal/app/jobs"
	"reliefportal/app/notice"
)

// Make is the job that makes a copy.
type Make struct {
	ID string `json:"id"`
}

// Kind names the job.
func (Make) Kind() string { return "privacy.export" }

// Erase is the job that erases what is queued for a person.
type Erase struct {
	PersonID string `json:"person"`
}

// Kind names the job.
func (Erase) Kind() string { return "privacy.erase" }

const (
	makeTimeout = 5 * time.Minute // a filing holds up to 100 MB of files
	sweepEvery  = time.Hour
	orphanAge   = 24 * time.Hour // of the machine's clock; a copy takes minutes
	givenUp     = 24 * time.Hour // a copy that is still not made by then has failed
)

// Register adds the jobs of this package.
func (s *Service) Register(r *jobs.Registry) {
	jobs.Register(r, s.make, jobs.Timeout(makeTimeout), jobs.Once())
	jobs.Register(r, s.erase)
	r.Every("privacy.sweep", sweepEvery, s.Sweep)
}

// make makes a copy and tells its person. It does nothing for one that is done or gone, so that it may run twice.
func (s *Service) make(ctx context.Context, job Make) error {
	var e Export
	err := s.DB.Read(ctx).Where("id = ? AND state = ?", job.ID, Waiting).Take(&e).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("read a copy to make: %w", err)
	}
	blob, err := s.write(ctx, e)
	if err != nil {
		return err
	}
	now := s.Clock.Now()
	ends := now.Add(ExportLife)
	err = s.DB.Tx(ctx, func(tx *gorm.DB) error {
		done := tx.Model(&Export{}).Where("id = ? AND state = ?", e.ID, Waiting).Updates(map[string]any{"state": Ready, "blob_key": blob.Key, "size": blob.Size,
			"sha256": blob.SHA256, "ready_at": now, "expires_at": ends, "done": gorm.Expr("total")})
		if done.Error != nil {
			return fmt.Errorf("keep a copy: %w", done.Error)
		}
		if done.RowsAffected == 0 {
			return errOvertaken
		}
		return errors.Join(s.record(tx, account.System().Audit("", ""), e.PersonID, "export.ready", map[string]any{"export": e.ID, "bytes": blob.Size}),
			s.Notices.Send(tx, notice.Message{PersonID: e.PersonID, Kind: "export_ready", SendKey: "export/" + e.ID, Args: map[string]any{"due": calendar.DateOf(ends)}}))
	})
	if err != nil {
		err = errors.Join(err, s.Blobs.Delete(context.WithoutCancel(ctx), blob.Key))
	}
	if errors.Is(err, errOvertaken) {
		return nil
	}
	return err
}

// errOvertaken says that a copy was erased, or made by another run, meanwhile.
var errOvertaken = errors.New("the copy changed meanwhile")

// removeExports deletes every copy of a person, also those being made; the bytes go once the transaction stands.
func (s *Service) removeExports(tx *gorm.DB, personID string) ([]func(context.Context) error, error) {
	var rows []Export
	if err := tx.Where("person_id = ?", personID).Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("list copies to delete: %w", err)
	}
	if err := tx.Where("person_id = ?", personID).Delete(&Export{}).Error; err != nil {
		return nil, fmt.Errorf("delete copies: %w", err)
	}
	var after []func(context.Context) error
	for _, e := range rows {
		if e.BlobKey != nil {
			after = append(after, func(ctx context.Context) error { return s.Blobs.Delete(ctx, *e.BlobKey) })
		}
	}
	return after, nil
}

// Sweep deletes copies whose time is over, gives up those that could not be made, and deletes stored files that no row points to.
func (s *Service) Sweep(ctx context.Context) error {
	now := s.Clock.Now()
	var old []Export
	if err := s.DB.Read(ctx).Where("state = ? AND expires_at <= ?", Ready, now).Find(&old).Error; err != nil {
		return fmt.Errorf("list copies that are over: %w", err)
	}
	var problems []error
	for _, e := range old {
		err := s.DB.Tx(ctx, func(tx *gorm.DB) error {
			done := tx.Model(&Export{}).Where("id = ? AND state = ?", e.ID, Ready).Updates(map[string]any{"state": Gone, "blob_key": nil})
			return errors.Join(done.Error, s.record(tx, account.System().Audit("", ""), e.PersonID, "export.gone", map[string]any{"export": e.ID}))
		})
		if err == nil {
			err = s.Blobs.Delete(ctx, *e.BlobKey)
		}
		problems = append(problems, err)
	}
	problems = append(problems, s.DB.Tx(ctx, func(tx *gorm.DB) error {
		return tx.Model(&Export{}).Where("state = ? AND created_at < ?", Waiting, now.Add(-givenUp)).Update("state", Failed).Error
	}), s.sweepFiles(ctx))
	return errors.Join(problems...)
}

// sweepFiles deletes what a crash between file and row left behind.
func (s *Service) sweepFiles(ctx context.Context) error {
	before := calendar.SystemClock{}.Now().Add(-orphanAge)
	return s.Blobs.Each(ctx, func(f document.Stored) error {
		if !f.Written.Before(before) {
			return nil
		}
		var n int64
		if err := s.DB.Read(ctx).Model(&Export{}).Where("blob_key = ?", f.Key).Count(&n).Error; err != nil || n > 0 {
			return err
		}
		return s.Blobs.Delete(ctx, f.Key)
	})
}
