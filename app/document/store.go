package document

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"reliefportal/app/fail"
	"reliefportal/app/seal"
)

// row is a line of the table document.
type row struct {
	ID         string `gorm:"primaryKey"`
	FilingID   string
	PersonID   string
	Paper      string
	NameSealed []byte
	NoteSealed []byte
	Place      int64 // order within the filing, from 1; 0 for files from before there was an order
	AdditionID *string
	Mime       Kind
	Size       int64
	SHA256     string `gorm:"column:sha256"`
	BlobKey    string
	State      State
	Scan       Scan
	ScannedAt  *time.Time
	Flags      string // separated by commas
	LateToldAt *time.Time
	CopyKey    *string
	CopyMime   *Kind
	CopySize   *int64
	CopySHA256 *string `gorm:"column:copy_sha256"`
	CreatedAt  time.Time
	ReadyAt    *time.Time
}

// TableName is the table of rows.
func (row) TableName() string { return "document" }

func nameAD(id string) seal.AD { return seal.AD{Table: "document", Column: "name_sealed", Row: id} }
func noteAD(id string) seal.AD { return seal.AD{Table: "document", Column: "note_sealed", Row: id} }

// document opens what is sealed and gives the row to the outside.
func (s *Service) document(r row) (Document, error) {
	name, err := s.Box.OpenText(nameAD(r.ID), r.NameSealed)
	if err != nil {
		return Document{}, fmt.Errorf("open the name of document %s: %w", r.ID, err)
	}
	d := Document{ID: r.ID, FilingID: r.FilingID, PersonID: r.PersonID, Paper: r.Paper, Name: name, Mime: r.Mime, Size: r.Size,
		SHA256: r.SHA256, State: r.State, Scan: r.Scan, At: r.CreatedAt.UTC()}
	if len(r.NoteSealed) > 0 {
		if d.Note, err = s.Box.OpenText(noteAD(r.ID), r.NoteSealed); err != nil {
			return Document{}, fmt.Errorf("open the note of document %s: %w", r.ID, err)
		}
	}
	if r.AdditionID != nil {
		d.Addition = *r.AdditionID
	}
	if r.ScannedAt != nil {
		d.Scanned = r.ScannedAt.UTC()
	}
	if r.Flags != "" {
		d.Flags = strings.Split(r.Flags, ",")
	}
	if r.CopyKey != nil && r.CopyMime != nil && r.CopySize != nil && r.CopySHA256 != nil {
		d.HasCopy, d.CopyMime, d.CopySize, d.CopySHA256 = true, *r.CopyMime, *r.CopySize, *r.CopySHA256
	}
	return d, nil
}

// find loads a row through scope, which decides whose documents are seen. What is not seen is not found.
func find(db *gorm.DB, id string, scope func(*gorm.DB) *gorm.DB) (row, error) {
	var r row
	err := db.Scopes(scope).Where("document.id = ?", id).Take(&r).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return row{}, fail.NotFound()
	}
	if err != nil {
		return row{}, fmt.Errorf("load document: %w", err)
	}
	return r, nil
}

// lockFiling lets uploads to one filing wait for each other, so that two at once cannot pass a limit together. On SQLite
// writing transactions exclude each other anyway.
func lockFiling(tx *gorm.DB, filingID string) error {
	var id string
	err := tx.Table("filing").Clauses(clause.Locking{Strength: "UPDATE"}).Select("id").Where("id = ?", filingID).Take(&id).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return fail.NotFound()
	}
	if err != nil {
		return fmt.Errorf("lock the filing: %w", err)
	}
	return nil
}

// held is what a filing holds already; a file with a virus takes no room from those that replace it.
type held struct {
	Files int64
	Bytes int64
	Last  int64 // greatest place in the order
}

func totals(tx *gorm.DB, filingID string) (held, error) {
	var t held
	err := tx.Model(&row{}).Scopes(evidence).Select("count(CASE WHEN state <> ? THEN 1 END) AS files, coalesce(sum(CASE WHEN state <> ? THEN size END), 0) AS bytes, coalesce(max(place), 0) AS last", Refused, Refused).Where("filing_id = ?", filingID).Scan(&t).Error
	if err != nil {
		return t, fmt.Errorf("count the filing's files: %w", err)
	}
	return t, nil
}

// inOrder is the order of a filing's files: as the person added them.
const inOrder = "created_at, place, id"

// List gives the documents of a filing in the order the person gave them. The caller has checked that the filing may be seen.
func (s *Service) List(ctx context.Context, filingID string) ([]Document, error) {
	var rows []row
	if err := s.DB.Read(ctx).Scopes(evidence).Where("filing_id = ?", filingID).Order(inOrder).Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("list documents: %w", err)
	}
	out := make([]Document, len(rows))
	for i, r := range rows {
		d, err := s.document(r)
		if err != nil {
			return nil, err
		}
		out[i] = d
	}
	return out, nil
}

// Hashes gives the fingerprints of a filing's documents in the order of List.
func (s *Service) Hashes(tx *gorm.DB, filingID string) ([]string, error) {
	var out []string
	err := tx.Model(&row{}).Scopes(evidence).Where("filing_id = ?", filingID).Order(inOrder).Pluck("sha256", &out).Error
	if err != nil {
		return nil, fmt.Errorf("list fingerprints: %w", err)
	}
	return out, nil
}

// ByID gives one document through scope, which must let pass only what the person may see (it sees the table document).
// Errors: NotFound.
func (s *Service) ByID(ctx context.Context, id string, scope func(*gorm.DB) *gorm.DB) (Document, error) {
	r, err := find(s.DB.Read(ctx), id, scope)
	if err != nil {
		return Document{}, err
	}
	return s.document(r)
}
