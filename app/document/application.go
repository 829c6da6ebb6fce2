package document

import (
	"bytes"
	"context"
	"errors"
	"fmt"

	"gorm.io/gorm"

	"reliefportal/app/account"
	"reliefportal/app/fail"
	"reliefportal/app/store"
)

// PaperApplication is the kind of the written application that the portal keeps of a filing. It is no evidence: lists, limits and the
// fingerprint of what was checked leave it out.
const PaperApplication = "application"

// DOCX is the kind an application is kept in when the font of the PDF lacks a character of it. It is never taken from outside.
const DOCX Kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

// evidence limits a query to what people handed in.
func evidence(db *gorm.DB) *gorm.DB { return db.Where("document.paper <> ?", PaperApplication) }

// KeepApplication stores the written application of a filing, once: a second call gives the first one back and keeps nothing.
func (s *Service) KeepApplication(ctx context.Context, filingID, personID, name string, kind Kind, body []byte) (Document, error) {
	if kept, ok, err := s.Application(ctx, filingID); err != nil || ok {
		return kept, err
	}
	blob, err := s.Blobs.Put(ctx, bytes.NewReader(body))
	if err != nil {
		return Document{}, fmt.Errorf("store an application: %w", err)
	}
	now := s.Clock.Now()
	r := row{ID: store.NewID(), FilingID: filingID, PersonID: personID, Paper: PaperApplication, Mime: kind, Size: blob.Size, SHA256: blob.SHA256,
		BlobKey: blob.Key, State: Ready, Scan: ScanNone, CreatedAt: now, ReadyAt: &now}
	r.NameSealed = s.Box.SealText(nameAD(r.ID), name)
	err = s.DB.Tx(ctx, func(tx *gorm.DB) error {
		if err := tx.Create(&r).Error; err != nil {
			return err
		}
		return s.note(tx, account.System().Audit("", ""), r, "document.application", map[string]any{"size": r.Size, "mime": r.Mime})
	})
	if err != nil {
		err = errors.Join(err, s.drop(ctx, blob.Key))
	}
	if errors.Is(err, gorm.ErrDuplicatedKey) {
		kept, ok, err := s.Application(ctx, filingID)
		if err == nil && !ok {
			err = fail.NotFound()
		}
		return kept, err
	}
	if err != nil {
		return Document{}, fmt.Errorf("record an application: %w", err)
	}
	return s.document(r)
}

// Application is the written application kept of a filing; ok is false while there is none. The caller has checked that the filing may be seen.
func (s *Service) Application(ctx context.Context, filingID string) (d Document, ok bool, err error) {
	var rows []row
	err = s.DB.Read(ctx).Where("filing_id = ? AND paper = ?", filingID, PaperApplication).Limit(1).Find(&rows).Error
	if err != nil || len(rows) == 0 {
		return d, false, err
	}
	d, err = s.document(rows[0])
	return d, err == nil, err
}
