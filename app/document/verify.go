package document

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"time"

	"gorm.io/gorm"

	"reliefportal/app/store"
)

// Report is what Verify found. A sound store has no Missing and no Damaged; Orphans younger than a day may be uploads
// under way.
type Report struct {
	Checked int      // originals and copies read and hashed
	Missing []string // ids of documents whose original or copy is gone
	Damaged []string // ids of documents whose bytes do not match size or fingerprint, or do not open
	Orphans []string // keys of stored files no document points to
}

// OK tells whether every document has its bytes and they are what they were.
func (r Report) OK() bool { return len(r.Missing) == 0 && len(r.Damaged) == 0 }

// Check is the outcome of one Verify, kept for the administrator. All are numbers of files or documents.
type Check struct {
	ID                                 string `gorm:"primaryKey"`
	At                                 time.Time
	Checked, Missing, Damaged, Orphans int64
}

// TableName is the table of checks.
func (Check) TableName() string { return "document_check" }

// verifyPause keeps a restart from reading every file again: the daily work also runs when the program starts.
const verifyPause = 20 * time.Hour

// VerifyDaily verifies all files once a day, keeps what it found, and fails when a file is missing or damaged, so that staff see it among the
// failed work.
func (s *Service) VerifyDaily(ctx context.Context) error {
	last, ok, err := s.LastCheck(ctx)
	now := s.Clock.Now()
	if err != nil || ok && now.Sub(last.At) < verifyPause {
		return err
	}
	rep, err := s.Verify(ctx)
	if err != nil {
		return err
	}
	check := Check{ID: store.NewID(), At: now, Checked: int64(rep.Checked), Missing: int64(len(rep.Missing)), Damaged: int64(len(rep.Damaged)), Orphans: int64(len(rep.Orphans))}
	if err := s.DB.Tx(ctx, func(tx *gorm.DB) error { return tx.Create(&check).Error }); err != nil {
		return fmt.Errorf("keep the check of files: %w", err)
	}
	if !rep.OK() {
		s.Log.ErrorContext(ctx, "stored files are not what they were", "missing", rep.Missing, "damaged", rep.Damaged)
		return fmt.Errorf("%d files missing, %d damaged of %d", check.Missing, check.Damaged, check.Checked)
	}
	return nil
}

// LastCheck is the newest check; ok is false before the first.
func (s *Service) LastCheck(ctx context.Context) (last Check, ok bool, err error) {
	var rows []Check
	if err := s.DB.Read(ctx).Order("at DESC, id").Limit(1).Find(&rows).Error; err != nil {
		return Check{}, false, fmt.Errorf("load the last check of files: %w", err)
	}
	if len(rows) == 0 {
		return Check{}, false, nil
	}
	return rows[0], true, nil
}

// Verify reads and hashes every stored file again and compares it with its row.
func (s *Service) Verify(ctx context.Context) (Report, error) {
	var rep Report
	for after := ""; ; {
		var rows []row
		if err := s.DB.Read(ctx).Where("id > ?", after).Order("id").Limit(batchSize).Find(&rows).Error; err != nil {
			return rep, fmt.Errorf("list documents: %w", err)
		}
		for _, r := range rows {
			if err := s.verifyRow(ctx, r, &rep); err != nil {
				return rep, err
			}
			after = r.ID
		}
		if len(rows) < batchSize {
			break
		}
	}
	return rep, s.verifyStored(ctx, &rep)
}

func (s *Service) verifyRow(ctx context.Context, r row, rep *Report) error {
	want := []Blob{{Key: r.BlobKey, Size: r.Size, SHA256: r.SHA256}}
	if r.CopyKey != nil && r.CopySize != nil && r.CopySHA256 != nil {
		want = append(want, Blob{Key: *r.CopyKey, Size: *r.CopySize, SHA256: *r.CopySHA256})
	}
	for _, blob := range want {
		rep.Checked++
		got, err := s.rehash(ctx, blob.Key)
		switch {
		case errors.Is(err, ErrNoBlob):
			gone, err := s.removed(ctx, r.ID)
			if err != nil || gone {
				return err
			}
			rep.Missing = append(rep.Missing, r.ID)
		case errors.Is(err, ErrDamaged), err == nil && got != blob:
			rep.Damaged = append(rep.Damaged, r.ID)
		case err != nil:
			return err
		}
	}
	return nil
}

// removed tells whether a document was removed by its owner since its row was read.
func (s *Service) removed(ctx context.Context, id string) (bool, error) {
	_, err := find(s.DB.Read(ctx), id, everything)
	if isNotFound(err) {
		return true, nil
	}
	return false, err
}

func (s *Service) rehash(ctx context.Context, key string) (blob Blob, err error) {
	body, err := s.Blobs.Open(ctx, key)
	if err != nil {
		return Blob{}, err
	}
	defer func() { err = errors.Join(err, body.Close()) }()
	sum := sha256.New()
	n, err := io.Copy(sum, body)
	return Blob{Key: key, Size: n, SHA256: hex.EncodeToString(sum.Sum(nil))}, err
}

func (s *Service) verifyStored(ctx context.Context, rep *Report) error {
	var keys []string
	look := func() error {
		orphans, err := s.orphans(ctx, keys)
		rep.Orphans, keys = append(rep.Orphans, orphans...), keys[:0]
		return err
	}
	err := s.Blobs.Each(ctx, func(f Stored) error {
		if keys = append(keys, f.Key); len(keys) < batchSize {
			return nil
		}
		return look()
	})
	if err != nil {
		return err
	}
	return look()
}
