package document

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"time"

	"gorm.io/gorm"

	"reliefportal/app/account"
	"reliefportal/app/audit"
	"reliefportal/app/calendar"
	"reliefportal/app/fail"
	"reliefportal/app/jobs"
)

// Copy is the job that looks at a document after it was received and makes the copy people see.
type Copy struct {
	ID string `json:"id"`
}

// Kind names the job.
func (Copy) Kind() string { return "document.copy" }

const (
	copyTimeout = 4 * time.Minute
	sweepEvery  = 6 * time.Hour
	rescanEvery = 5 * time.Minute
	verifyEvery = 24 * time.Hour
	workAge     = time.Hour      // converting takes a minute at most
	orphanAge   = 24 * time.Hour // a file without a row is deleted once it is this old; an upload takes minutes
)

// Register adds the jobs of this package.
func (s *Service) Register(r *jobs.Registry) {
	jobs.Register(r, s.copy, jobs.Timeout(copyTimeout))
	r.Every("document.sweep", sweepEvery, s.Sweep)
	r.Every("document.rescan", rescanEvery, s.Rescan)
	r.Every("document.verify", verifyEvery, s.VerifyDaily)
}

// batchSize is how many stored files or rows are looked at together.
const batchSize = 200

func everything(db *gorm.DB) *gorm.DB { return db }

func isNotFound(err error) bool {
	e, ok := fail.As(err)
	return ok && e.Kind == fail.KindNotFound
}

// copy looks at one document. It does nothing for one that is gone or done, so that it may run twice.
func (s *Service) copy(ctx context.Context, job Copy) error {
	r, err := find(s.DB.Read(ctx), job.ID, everything)
	if isNotFound(err) {
		return nil
	}
	if err != nil || r.State != Received {
		return err
	}
	if infected, err := s.scan(ctx, &r); err != nil || infected {
		return err
	}
	select {
	case s.copying <- struct{}{}:
		defer func() { <-s.copying }()
	case <-ctx.Done():
		return ctx.Err()
	}
	data, err := s.whole(ctx, r.BlobKey)
	if err != nil {
		return err
	}
	if r.Mime == PDF {
		active := pdfActive(data)
		err := s.ready(ctx, r, map[string]any{"flags": strings.Join(active, ",")}, map[string]any{"active": active})
		if errors.Is(err, errOvertaken) {
			return nil
		}
		return err
	}
	pic, err := remake(ctx, r.Mime, data)
	if errors.Is(err, errNoCopy) {
		s.Log.InfoContext(ctx, "no copy of a picture", "document", r.ID, "mime", r.Mime, "why", err)
		err = s.ready(ctx, r, nil, map[string]any{"copy": false})
		if errors.Is(err, errOvertaken) {
			return nil
		}
		return err
	}
	if err != nil {
		return err
	}
	return s.keepCopy(ctx, r, pic)
}

func (s *Service) whole(ctx context.Context, key string) (data []byte, err error) {
	body, err := s.Blobs.Open(ctx, key)
	if err != nil {
		return nil, fmt.Errorf("open a stored file: %w", err)
	}
	defer func() { err = errors.Join(err, body.Close()) }()
	return io.ReadAll(body)
}

// keepCopy stores the copy and then its row; a copy nobody points to is deleted again.
func (s *Service) keepCopy(ctx context.Context, r row, pic picture) error {
	blob, err := s.Blobs.Put(ctx, bytes.NewReader(pic.bytes))
	if err != nil {
		return fmt.Errorf("store a copy: %w", err)
	}
	set := map[string]any{"copy_key": blob.Key, "copy_mime": pic.kind, "copy_size": blob.Size, "copy_sha256": blob.SHA256}
	err = s.ready(ctx, r, set, map[string]any{"copy_sha256": blob.SHA256})
	if err != nil {
		err = errors.Join(err, s.drop(ctx, blob.Key))
	}
	if errors.Is(err, errOvertaken) {
		return nil
	}
	return err
}

// errOvertaken says that the document was removed, or done by another run, meanwhile.
var errOvertaken = errors.New("the document changed meanwhile")

// ready moves a document on, with what was found noted for the record.
func (s *Service) ready(ctx context.Context, r row, set, found map[string]any) error {
	all := map[string]any{"state": Ready, "ready_at": s.Clock.Now()}
	maps.Copy(all, set)
	return s.DB.Tx(ctx, func(tx *gorm.DB) error {
		done := tx.Model(&row{}).Where("id = ? AND state = ?", r.ID, Received).Updates(all)
		if done.Error != nil {
			return fmt.Errorf("mark document: %w", done.Error)
		}
		if done.RowsAffected == 0 {
			return errOvertaken
		}
		return audit.Append(tx, audit.Entry{SubjectType: "filing", SubjectID: r.FilingID, Actor: account.System().Audit("", ""),
			Kind: "document.ready", Data: withID(r, found), At: s.Clock.Now()})
	})
}

func withID(r row, data map[string]any) map[string]any {
	out := maps.Clone(data)
	out["document"] = r.ID
	return out
}

// Sweep deletes stored files that no row points to: what a crash between file and row, or a failed deletion, left behind; and
// what a killed process left of pictures being converted. It goes by the machine's clock, as the file system does.
func (s *Service) Sweep(ctx context.Context) error {
	now := calendar.SystemClock{}.Now()
	if err := clearWork(now.Add(-workAge)); err != nil {
		return fmt.Errorf("clear the converter's directory: %w", err)
	}
	before := now.Add(-orphanAge)
	var old []string
	err := s.Blobs.Each(ctx, func(f Stored) error {
		if f.Written.Before(before) {
			old = append(old, f.Key)
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("list stored files: %w", err)
	}
	for batch := range slices.Chunk(old, batchSize) {
		orphans, err := s.orphans(ctx, batch)
		if err != nil {
			return err
		}
		for _, key := range orphans {
			if err := s.Blobs.Delete(ctx, key); err != nil {
				return err
			}
		}
		if len(orphans) > 0 {
			s.Log.InfoContext(ctx, "deleted stored files without a row", "n", len(orphans))
		}
	}
	return nil
}

// orphans are those of keys no row points to.
func (s *Service) orphans(ctx context.Context, keys []string) ([]string, error) {
	var used []row
	err := s.DB.Read(ctx).Select("blob_key", "copy_key").Where("blob_key IN ? OR copy_key IN ?", keys, keys).Find(&used).Error
	if err != nil {
		return nil, fmt.Errorf("look up stored files: %w", err)
	}
	known := map[string]bool{}
	for _, r := range used {
		known[r.BlobKey] = true
		if r.CopyKey != nil {
			known[*r.CopyKey] = true
		}
	}
	return slices.DeleteFunc(slices.Clone(keys), func(key string) bool { return known[key] }), nil
}
