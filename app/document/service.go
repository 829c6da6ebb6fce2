package document

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"

	"gorm.io/gorm"

	"reliefportal/app/account"
	"reliefportal/app/audit"
	"reliefportal/app/calendar"
	"reliefportal/app/fail"
	"reliefportal/app/jobs"
	"reliefportal/app/seal"
	"reliefportal/app/store"
)

// Deps are the neighbours of the service. Owner and Jobs may be set after New, before the first upload.
type Deps struct {
	DB    *store.DB
	Blobs Blobs
	Box   *seal.Box
	Jobs  jobs.Inserter
	Owner Owner
	Clock calendar.Clock
	Log   *slog.Logger
}

// Service holds the use cases of evidence. It is the only writer of the table document and of the blobs.
type Service struct {
	Deps
	copying chan struct{} // one picture is decoded at a time, since each may take a quarter of a gigabyte
}

// New makes the service.
func New(d Deps) *Service { return &Service{Deps: d, copying: make(chan struct{}, 1)} }

// errUndone rolls a transaction back that was opened to look only.
var errUndone = errors.New("only looked")

// Upload stores a file as evidence of a filing that may still be changed. size is what the browser says, -1 when it does
// not; the bytes that come are counted anyway. A refusal is Invalid with field "file" and leaves everything as it was.
// Errors: Invalid, NotFound, and what Owner.MayAttach returns.
func (s *Service) Upload(ctx context.Context, actor account.Actor, filingID, paper, name string, r io.Reader, size int64) (Document, error) {
	name = cleanName(name)
	if r == nil || (name == "" && size <= 0) {
		return Document{}, refused("upload.none")
	}
	if err := s.look(ctx, actor, filingID, name, size); err != nil {
		return Document{}, err
	}
	blob, kind, err := s.take(ctx, name, r)
	if err != nil {
		return Document{}, err
	}
	d, err := s.record(ctx, actor, row{ID: store.NewID(), FilingID: filingID, PersonID: actor.PersonID, Paper: paper, Mime: kind,
		Size: blob.Size, SHA256: blob.SHA256, BlobKey: blob.Key, State: Received, CreatedAt: s.Clock.Now()}, kind.named(name))
	if err != nil {
		return Document{}, errors.Join(err, s.drop(ctx, blob.Key))
	}
	return d, nil
}

// look refuses before any byte is stored: a stranger, a full filing, a size that is too large already by what the browser says.
func (s *Service) look(ctx context.Context, actor account.Actor, filingID, name string, size int64) error {
	if size == 0 {
		return refused("upload.empty", "Name", name)
	}
	if size > MaxFile {
		return tooLarge(name, size)
	}
	err := s.DB.Tx(ctx, func(tx *gorm.DB) error {
		if err := s.room(ctx, tx, actor, filingID, max(size, 1)); err != nil {
			return err
		}
		return errUndone
	})
	if errors.Is(err, errUndone) {
		return nil
	}
	return err
}

// room asks the filing and the limits whether more bytes may be added.
func (s *Service) room(ctx context.Context, tx *gorm.DB, actor account.Actor, filingID string, more int64) error {
	if err := lockFiling(tx, filingID); err != nil {
		return err
	}
	if err := s.Owner.MayAttach(ctx, tx, actor, filingID); err != nil {
		return err
	}
	t, err := totals(tx, filingID)
	if err != nil {
		return err
	}
	if t.Files >= MaxFiles {
		return refused("upload.too_many", "Max", MaxFiles)
	}
	if t.Bytes+more > MaxFiling {
		return refused("upload.filing_full", "Max", MaxFiling>>20)
	}
	return nil
}

// take stores the bytes and checks what they are. Whatever is refused is deleted again.
func (s *Service) take(ctx context.Context, name string, r io.Reader) (Blob, Kind, error) {
	body := bufio.NewReaderSize(&capped{r: r, left: MaxFile}, sniffBytes)
	head, err := body.Peek(sniffBytes)
	if err != nil && !errors.Is(err, io.EOF) {
		return Blob{}, "", notTaken(name, err)
	}
	if len(head) == 0 {
		return Blob{}, "", refused("upload.empty", "Name", name)
	}
	kind, ok := sniff(head)
	if !ok || !kind.agrees(name) {
		return Blob{}, "", refused("upload.kind", "Name", name)
	}
	blob, err := s.Blobs.Put(ctx, body)
	if err != nil {
		return Blob{}, "", notTaken(name, err)
	}
	if err := s.checkWhole(ctx, name, kind, blob.Key); err != nil {
		return Blob{}, "", errors.Join(err, s.drop(ctx, blob.Key))
	}
	return blob, kind, nil
}

// checkWhole walks the structure of a stored file: complete, and no more pixels than can be shown. It decodes nothing.
func (s *Service) checkWhole(ctx context.Context, name string, kind Kind, key string) error {
	r, err := s.Blobs.Open(ctx, key)
	if err != nil {
		return err
	}
	size, err := kind.size(r)
	err = errors.Join(err, r.Close())
	if errors.Is(err, errBroken) {
		return refused("upload.broken", "Name", name)
	}
	if err != nil {
		return err
	}
	if size.w*size.h > MaxPixels {
		return refused("upload.picture_too_big", "Name", name, "W", size.w, "H", size.h)
	}
	return nil
}

// record writes row, audit entry and job in one transaction, after asking once more whether there is room.
func (s *Service) record(ctx context.Context, actor account.Actor, r row, name string) (Document, error) {
	r.NameSealed = s.Box.SealText(nameAD(r.ID), name)
	err := s.DB.Tx(ctx, func(tx *gorm.DB) error {
		if err := s.room(ctx, tx, actor, r.FilingID, r.Size); err != nil {
			return err
		}
		if err := tx.Create(&r).Error; err != nil {
			return fmt.Errorf("record document: %w", err)
		}
		if err := s.note(tx, actor.Audit("", ""), r, "document.added", map[string]any{"size": r.Size, "mime": r.Mime, "paper": r.Paper}); err != nil {
			return err
		}
		return s.Jobs.Insert(tx, Copy{ID: r.ID})
	})
	if err != nil {
		return Document{}, err
	}
	return s.document(r)
}

// note appends to the filing's record: which document, by its id and fingerprint, never by its name.
func (s *Service) note(tx *gorm.DB, actor audit.Actor, r row, kind string, data map[string]any) error {
	data["document"], data["sha256"] = r.ID, r.SHA256
	return audit.Append(tx, audit.Entry{SubjectType: "filing", SubjectID: r.FilingID, Actor: actor, Kind: kind, Data: data,
		Visible: true, At: s.Clock.Now()})
}

// Remove takes a document out of a filing that may still be changed, for good. Errors: NotFound, and what Owner.MayAttach returns.
func (s *Service) Remove(ctx context.Context, actor account.Actor, id string) error {
	var gone row
	err := s.DB.Tx(ctx, func(tx *gorm.DB) error {
		r, err := find(tx, id, ownOf(actor))
		if err != nil {
			return err
		}
		if err := lockFiling(tx, r.FilingID); err != nil {
			return err
		}
		if err := s.Owner.MayAttach(ctx, tx, actor, r.FilingID); err != nil {
			return err
		}
		if gone, err = find(tx, id, ownOf(actor)); err != nil { // again, now that nothing else can change it
			return err
		}
		if err := tx.Delete(&row{}, "id = ?", id).Error; err != nil {
			return fmt.Errorf("remove document: %w", err)
		}
		return s.note(tx, actor.Audit("", ""), gone, "document.removed", map[string]any{})
	})
	if err != nil {
		return err
	}
	keys := []string{gone.BlobKey}
	if gone.CopyKey != nil {
		keys = append(keys, *gone.CopyKey)
	}
	for _, key := range keys {
		if err := s.drop(ctx, key); err != nil {
			s.Log.ErrorContext(ctx, "a removed file is still stored; the sweep will delete it", "err", err)
		}
	}
	return nil
}

// ownOf lets a person see the files of his own filings and of those he was asked to act in; staff who type for him, those of the filing
// of their session.
func ownOf(actor account.Actor) func(*gorm.DB) *gorm.DB {
	const mine = "EXISTS (SELECT 1 FROM filing f WHERE f.id = document.filing_id AND f.person_id = ?)"
	const acting = "EXISTS (SELECT 1 FROM representative r WHERE r.filing_id = document.filing_id AND r.person_id = ? AND r.state = 'active')"
	return func(db *gorm.DB) *gorm.DB {
		if actor.By != nil {
			return db.Where(mine+" AND document.filing_id = ?", actor.PersonID, actor.By.FilingID)
		}
		return db.Where("("+mine+" OR "+acting+")", actor.PersonID, actor.PersonID)
	}
}

// drop deletes a blob even when the request is over.
func (s *Service) drop(ctx context.Context, key string) error {
	return s.Blobs.Delete(context.WithoutCancel(ctx), key)
}

func refused(key string, kv ...any) error { return fail.Invalid(fail.F("file", key, kv...)) }

func tooLarge(name string, size int64) error {
	return refused("upload.too_large", "Name", name, "MB", (size+1<<20-1)>>20, "Max", MaxFile>>20)
}

// notTaken tells a file that is too large from one that could not be read or stored.
func notTaken(name string, err error) error {
	if errors.Is(err, errTooLarge) {
		return refused("upload.more_than", "Name", name, "Max", MaxFile>>20)
	}
	return fmt.Errorf("take a file: %w", err)
}
