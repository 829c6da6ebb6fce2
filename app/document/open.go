package document

import (
	"context"
	"fmt"
	"io"

	"gorm.io/gorm"

	"reliefportal/app/fail"
)

// File is a stored file ready to be sent: close Body when done. Serve an original only as an attachment, and
// both with X-Content-Type-Options: nosniff.
type File struct {
	Body   io.ReadCloser
	Mime   Kind
	Size   int64 // bytes
	SHA256 string
	Name   string // to save it under
}

// OpenOriginal gives the bytes exactly as they were handed in. scope decides whose documents are seen. Errors: NotFound.
func (s *Service) OpenOriginal(ctx context.Context, id string, scope func(*gorm.DB) *gorm.DB) (File, error) {
	r, d, err := s.forReading(ctx, id, scope)
	if err != nil {
		return File{}, err
	}
	return s.file(ctx, r.BlobKey, File{Mime: d.Mime, Size: d.Size, SHA256: d.SHA256, Name: d.Name})
}

// OpenCopy gives the copy without metadata. Errors: NotFound, also while there is no copy.
func (s *Service) OpenCopy(ctx context.Context, id string, scope func(*gorm.DB) *gorm.DB) (File, error) {
	r, d, err := s.forReading(ctx, id, scope)
	if err != nil {
		return File{}, err
	}
	if !d.HasCopy {
		return File{}, fail.NotFound()
	}
	return s.file(ctx, *r.CopyKey, File{Mime: d.CopyMime, Size: d.CopySize, SHA256: d.CopySHA256, Name: d.CopyMime.named(d.Name)})
}

// OpenChecked gives what a body may look at: the copy, or the original where there is none. A file that waits for the scanner, or was refused,
// is given to nobody. Errors: NotFound; Conflict "papers.not_checked".
func (s *Service) OpenChecked(ctx context.Context, id string, scope func(*gorm.DB) *gorm.DB) (File, error) {
	_, d, err := s.forReading(ctx, id, scope)
	switch {
	case err != nil:
		return File{}, err
	case !d.Cleared():
		return File{}, fail.Conflict("papers.not_checked")
	case d.HasCopy:
		return s.OpenCopy(ctx, id, scope)
	}
	return s.OpenOriginal(ctx, id, scope)
}

func (s *Service) forReading(ctx context.Context, id string, scope func(*gorm.DB) *gorm.DB) (row, Document, error) {
	r, err := find(s.DB.Read(ctx), id, scope)
	if err != nil {
		return row{}, Document{}, err
	}
	d, err := s.document(r)
	return r, d, err
}

func (s *Service) file(ctx context.Context, key string, f File) (File, error) {
	body, err := s.Blobs.Open(ctx, key)
	if err != nil {
		return File{}, fmt.Errorf("open a stored file: %w", err)
	}
	f.Body = body
	return f, nil
}
