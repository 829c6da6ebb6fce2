package document

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"gorm.io/gorm"

	"reliefportal/app/account"
	"reliefportal/app/audit"
)

// Verdict is what a scanner found in a file.
type Verdict struct {
	Clean bool
	Found string // name of the virus, as the scanner calls it; empty when clean
}

// Scanner looks for viruses. An error means that it gave no answer, never that the file is clean.
type Scanner interface {
	Scan(ctx context.Context, r io.Reader) (Verdict, error)
}

// scan asks the scanner about a file that waits for it and brings r up to date. While there is no answer the file goes to nobody: the error
// makes the job come again. A file that waits although no scanner is set up any more goes on without; whoever took it away has decided so.
func (s *Service) scan(ctx context.Context, r *row) (infected bool, err error) {
	if r.Scan != ScanWaiting {
		return false, nil
	}
	if s.Scanner == nil {
		s.Log.WarnContext(ctx, "a file waited for a virus scanner that is not set up any more", "document", r.ID)
		return false, s.scanned(ctx, r, ScanNone)
	}
	body, err := s.Blobs.Open(ctx, r.BlobKey)
	if err != nil {
		return false, fmt.Errorf("open a stored file: %w", err)
	}
	verdict, err := s.Scanner.Scan(ctx, body)
	if err = errors.Join(err, body.Close()); err != nil {
		return false, fmt.Errorf("ask the virus scanner: %w", err)
	}
	if verdict.Clean {
		return false, s.scanned(ctx, r, ScanClean)
	}
	return true, s.refuse(ctx, *r, verdict.Found)
}

func (s *Service) scanned(ctx context.Context, r *row, answer Scan) error {
	now := s.Clock.Now()
	return s.DB.Tx(ctx, func(tx *gorm.DB) error {
		done := tx.Model(&row{}).Where("id = ? AND scan = ?", r.ID, ScanWaiting).Updates(map[string]any{"scan": answer, "scanned_at": now})
		if done.Error != nil || done.RowsAffected == 0 { // removed, or scanned by another run, meanwhile
			return done.Error
		}
		r.Scan, r.ScannedAt = answer, &now
		return s.systemNote(tx, *r, "document.scanned", map[string]any{"scan": answer})
	})
}

// refuse marks an infected file and lets the person know, in one transaction.
func (s *Service) refuse(ctx context.Context, r row, found string) error {
	return s.DB.Tx(ctx, func(tx *gorm.DB) error {
		done := tx.Model(&row{}).Where("id = ? AND state = ?", r.ID, Received).
			Updates(map[string]any{"state": Refused, "scan": ScanInfected, "scanned_at": s.Clock.Now()})
		if done.Error != nil || done.RowsAffected == 0 {
			return done.Error
		}
		if err := s.systemNote(tx, r, "document.refused", map[string]any{"found": found}); err != nil {
			return err
		}
		return s.Owner.FileRefused(ctx, tx, r.FilingID, r.ID)
	})
}

func (s *Service) systemNote(tx *gorm.DB, r row, kind string, data map[string]any) error {
	return audit.Append(tx, audit.Entry{SubjectType: "filing", SubjectID: r.FilingID, Actor: account.System().Audit("", ""), Kind: kind,
		Data: withID(r, data), At: s.Clock.Now()})
}

// rescanAfter is how long a file waits for its own job before the periodic work looks at it too; the job's own tries end after 80 minutes.
const rescanAfter = 2 * time.Minute

// Rescan looks again at files that still wait for the scanner, the oldest first, so that a scanner that was down for hours is caught up with.
// It stops at the first file that gets no answer.
func (s *Service) Rescan(ctx context.Context) error {
	var ids []string
	err := s.DB.Read(ctx).Model(&row{}).Where("scan = ? AND created_at <= ?", ScanWaiting, s.Clock.Now().Add(-rescanAfter)).
		Order("created_at, id").Limit(batchSize).Pluck("id", &ids).Error
	if err != nil {
		return fmt.Errorf("list files that wait for the scanner: %w", err)
	}
	for _, id := range ids {
		if err := s.Recheck(ctx, id); err != nil {
			return err
		}
	}
	return nil
}

// Recheck looks at one document at once: scanner, copy, flags. It does nothing for one that is done or gone.
func (s *Service) Recheck(ctx context.Context, id string) error { return s.copy(ctx, Copy{ID: id}) }

// Late are documents that came at or before an instant, still wait for the scanner, and whose person was not told; at most a batch.
func (s *Service) Late(ctx context.Context, before time.Time) ([]Document, error) {
	var rows []row
	err := s.DB.Read(ctx).Where("scan = ? AND created_at <= ? AND late_told_at IS NULL", ScanWaiting, before).
		Order("created_at, id").Limit(batchSize).Find(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("list late files: %w", err)
	}
	out := make([]Document, len(rows))
	for i, r := range rows {
		if out[i], err = s.document(r); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// ToldLate notes that the person was told of late documents of a filing.
func (s *Service) ToldLate(tx *gorm.DB, ids []string) error {
	err := tx.Model(&row{}).Where("id IN ? AND late_told_at IS NULL", ids).Update("late_told_at", s.Clock.Now()).Error
	if err != nil {
		return fmt.Errorf("note that a person was told: %w", err)
	}
	return nil
}
