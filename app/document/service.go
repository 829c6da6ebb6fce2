package document

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"time"
	"unicode/utf8"

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
	// Scanner looks for viruses before a body is given a file; nil when none is set up.
	Scanner Scanner
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

// Incoming is one file as a person chose it. Size is what the browser says in bytes, -1 when it does not; the bytes that come are counted
// anyway. A nil Body is a file that could not be taken in on its way.
type Incoming struct {
	Name string
	Size int64
	Body io.Reader
}

// Attachment is what one form hands in: files of one kind, and what they show in the person's words (may be empty).
type Attachment struct {
	FilingID string
	Paper    string // key of the paper, from the rule pack
	Note     string
	Files    []Incoming
	// Once leaves out a file that the same person handed in after Since as the same paper: a form sent twice makes one of it.
	Once  bool
	Since time.Time // UTC; zero means ever. What was filed before may be handed in again when the court asks for it
}

// Attached is what became of an Attachment. Refused has one field "file" for each file that was not taken; the others stay.
type Attached struct {
	Documents []Document
	Refused   []fail.Field
	Again     int // files that were there already
}

// NoteMax is the most characters of a note (PROJECT).
const NoteMax = 200

// Upload stores one file as evidence of a filing that may still be changed. A refusal is Invalid with field "file" and leaves everything as
// it was. Errors: Invalid, NotFound, and what Owner.MayAttach returns.
func (s *Service) Upload(ctx context.Context, actor account.Actor, filingID, paper, name string, r io.Reader, size int64) (Document, error) {
	got, err := s.Attach(ctx, actor, Attachment{FilingID: filingID, Paper: paper, Files: []Incoming{{Name: name, Size: size, Body: r}}})
	if err != nil {
		return Document{}, err
	}
	return got.Documents[0], nil
}

// Attach stores files as evidence of a filing that may still be changed, in their order. One bad file keeps no good one out: it is among
// Refused. Errors: Invalid when none was taken (with a field for each) or the note is too long, NotFound, and what Owner.MayAttach returns.
func (s *Service) Attach(ctx context.Context, actor account.Actor, in Attachment) (Attached, error) {
	return s.attach(ctx, actor, in, s.Owner.MayAttach, nil)
}

// may asks the filing's side whether its evidence may change.
type may func(ctx context.Context, tx *gorm.DB, actor account.Actor, filingID string) error

// attach takes the files, then writes all rows in one transaction; beside writes what else belongs to it.
func (s *Service) attach(ctx context.Context, actor account.Actor, in Attachment, allowed may, beside func(tx *gorm.DB, rows []row) error) (Attached, error) {
	if n := utf8.RuneCountInString(in.Note); n > NoteMax {
		return Attached{}, fail.Invalid(fail.F("note", "answer.too_long", "n", n, "max", NoteMax, "over", n-NoteMax))
	}
	if len(in.Files) == 0 {
		return Attached{}, refused("upload.none")
	}
	before, err := s.look(ctx, actor, in.FilingID, allowed)
	if err != nil {
		return Attached{}, err
	}
	rows, bad, err := s.takeAll(ctx, actor, in, before)
	if err == nil && len(rows) == 0 {
		err = fail.Invalid(bad...)
	}
	again := 0
	if err == nil {
		before := len(rows)
		rows, err = s.record(ctx, actor, in, rows, allowed, beside)
		again = before - len(rows)
	}
	if err != nil {
		return Attached{}, errors.Join(err, s.dropRows(ctx, rows))
	}
	out := Attached{Refused: bad, Again: again}
	for _, r := range rows {
		d, err := s.document(r)
		if err != nil {
			return Attached{}, err
		}
		out.Documents = append(out.Documents, d)
	}
	return out, nil
}

// look refuses a stranger before any byte is stored, and says what the filing holds already.
func (s *Service) look(ctx context.Context, actor account.Actor, filingID string, allowed may) (held, error) {
	var t held
	err := s.DB.Tx(ctx, func(tx *gorm.DB) (err error) {
		if t, err = s.held(ctx, tx, actor, filingID, allowed); err != nil {
			return err
		}
		return errUndone
	})
	if errors.Is(err, errUndone) {
		err = nil
	}
	return t, err
}

// held locks the filing, asks whether its evidence may change, and counts what it holds.
func (s *Service) held(ctx context.Context, tx *gorm.DB, actor account.Actor, filingID string, allowed may) (held, error) {
	if err := lockFiling(tx, filingID); err != nil {
		return held{}, err
	}
	if err := allowed(ctx, tx, actor, filingID); err != nil {
		return held{}, err
	}
	return totals(tx, filingID)
}

// fits says whether one more file of size bytes stays under the filing's limits.
func (t held) fits(size int64) error {
	if t.Files >= MaxFiles {
		return refused("upload.too_many", "Max", MaxFiles)
	}
	if t.Bytes+max(size, 1) > MaxFiling {
		return refused("upload.filing_full", "Max", MaxFiling>>20)
	}
	return nil
}

// takeAll stores the bytes of each file that can be taken. An error that is no refusal ends it; the caller drops what was stored.
func (s *Service) takeAll(ctx context.Context, actor account.Actor, in Attachment, t held) (rows []row, bad []fail.Field, err error) {
	for _, f := range in.Files {
		r, err := s.takeOne(ctx, actor, in, f, t)
		if e, ok := fail.As(err); ok && e.Kind == fail.KindInvalid {
			bad = append(bad, e.Fields...)
			continue
		}
		if err != nil {
			return rows, nil, err
		}
		t.Files, t.Bytes = t.Files+1, t.Bytes+r.Size
		rows = append(rows, r)
	}
	return rows, bad, nil
}

func (s *Service) takeOne(ctx context.Context, actor account.Actor, in Attachment, f Incoming, t held) (row, error) {
	name := cleanName(f.Name)
	switch {
	case name == "" && f.Size <= 0:
		return row{}, refused("upload.none")
	case f.Size == 0:
		return row{}, refused("upload.empty", "Name", name)
	case f.Size > MaxFile:
		return row{}, tooLarge(name, f.Size)
	case f.Body == nil:
		return row{}, refused("upload.not_stored", "Name", name)
	}
	if err := t.fits(f.Size); err != nil {
		return row{}, err
	}
	blob, kind, err := s.take(ctx, name, f.Body)
	if err != nil {
		return row{}, err
	}
	if err := t.fits(blob.Size); err != nil {
		return row{}, errors.Join(err, s.drop(ctx, blob.Key))
	}
	r := row{ID: store.NewID(), FilingID: in.FilingID, PersonID: actor.PersonID, Paper: in.Paper, Mime: kind, Size: blob.Size, SHA256: blob.SHA256,
		BlobKey: blob.Key, State: Received, Scan: ScanNone, CreatedAt: s.Clock.Now()}
	if s.Scanner != nil {
		r.Scan = ScanWaiting
	}
	r.NameSealed = s.Box.SealText(nameAD(r.ID), kind.named(name))
	if in.Note != "" {
		r.NoteSealed = s.Box.SealText(noteAD(r.ID), in.Note)
	}
	return r, nil
}

// take stores the bytes and checks what they are. Whatever is refused is deleted again.
func (s *Service) take(ctx context.Context, name string, r io.Reader) (Blob, Kind, error) {
	source := &capped{r: r, left: MaxFile}
	body := bufio.NewReaderSize(source, sniffBytes)
	head, err := body.Peek(sniffBytes)
	if err != nil && !errors.Is(err, io.EOF) {
		return Blob{}, "", s.notTaken(ctx, name, source, err)
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
		return Blob{}, "", s.notTaken(ctx, name, source, err)
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

// record writes rows, audit entries and jobs in one transaction, after asking once more whether there is room.
// It gives the rows that are kept; those left out because the file was there already have lost their bytes again.
func (s *Service) record(ctx context.Context, actor account.Actor, in Attachment, taken []row, allowed may, beside func(*gorm.DB, []row) error) (rows []row, err error) {
	var spare []row
	err = s.DB.Tx(ctx, func(tx *gorm.DB) error {
		rows, spare = taken, nil
		t, err := s.held(ctx, tx, actor, in.FilingID, allowed)
		if err != nil {
			return err
		}
		if in.Once {
			if rows, spare, err = apart(tx, taken, in.Since); err != nil {
				return err
			}
		}
		if beside != nil {
			if err := beside(tx, rows); err != nil {
				return err
			}
		}
		for i := range rows {
			r := &rows[i]
			if err := t.fits(r.Size); err != nil {
				return err
			}
			t.Files, t.Bytes, t.Last = t.Files+1, t.Bytes+r.Size, t.Last+1
			r.Place = t.Last
			if err := s.recordOne(tx, actor, *r); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return taken, err // the caller drops them all
	}
	return rows, s.dropRows(ctx, spare)
}

// apart parts files that are new from those the filing has already since then from the same person as the same paper, or that came twice in one
// form. The filing is locked.
func apart(tx *gorm.DB, taken []row, since time.Time) (fresh, spare []row, err error) {
	seen := map[string]bool{}
	for _, r := range taken {
		var n int64
		err := tx.Model(&row{}).Where("filing_id = ? AND person_id = ? AND paper = ? AND sha256 = ? AND addition_id IS NULL AND state <> ? AND created_at > ?",
			r.FilingID, r.PersonID, r.Paper, r.SHA256, Refused, since).Count(&n).Error
		if err != nil {
			return nil, nil, fmt.Errorf("look for the same file: %w", err)
		}
		if n > 0 || seen[r.SHA256] {
			spare = append(spare, r)
			continue
		}
		seen[r.SHA256] = true
		fresh = append(fresh, r)
	}
	return fresh, spare, nil
}

func (s *Service) recordOne(tx *gorm.DB, actor account.Actor, r row) error {
	if err := tx.Create(&r).Error; err != nil {
		return fmt.Errorf("record document: %w", err)
	}
	if err := s.note(tx, actor.Audit("", ""), r, "document.added", map[string]any{"size": r.Size, "mime": r.Mime, "paper": r.Paper}); err != nil {
		return err
	}
	return s.Jobs.Insert(tx, Copy{ID: r.ID})
}

func (s *Service) dropRows(ctx context.Context, rows []row) error {
	var errs []error
	for _, r := range rows {
		errs = append(errs, s.drop(ctx, r.BlobKey))
	}
	return errors.Join(errs...)
}

// note appends to the filing's record: which document, by its id and fingerprint, never by its name.
func (s *Service) note(tx *gorm.DB, actor audit.Actor, r row, kind string, data map[string]any) error {
	data["document"], data["sha256"] = r.ID, r.SHA256
	return audit.Append(tx, audit.Entry{SubjectType: "filing", SubjectID: r.FilingID, Actor: actor, Kind: kind, Data: data,
		Visible: true, At: s.Clock.Now()})
}

// Remove takes a document out of a draft, for good. Errors: NotFound, and what Owner.MayChange returns.
func (s *Service) Remove(ctx context.Context, actor account.Actor, id string) error {
	var gone row
	err := s.change(ctx, actor, id, func(tx *gorm.DB, r row) error {
		gone = r
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

// drop deletes a blob even when the request is over.
func (s *Service) drop(ctx context.Context, key string) error {
	return s.Blobs.Delete(context.WithoutCancel(ctx), key)
}

func refused(key string, kv ...any) error { return fail.Invalid(fail.F("file", key, kv...)) }

func tooLarge(name string, size int64) error {
	return refused("upload.too_large", "Name", name, "MB", (size+1<<20-1)>>20, "Max", MaxFile>>20)
}

// notTaken tells a file that is too large, or whose sender broke off, from one that could not be stored, such as on a full disk. The last is the
// portal's fault: it is logged, and the person is told that he may try again.
func (s *Service) notTaken(ctx context.Context, name string, source *capped, err error) error {
	switch {
	case errors.Is(err, errTooLarge):
		return refused("upload.more_than", "Name", name, "Max", MaxFile>>20)
	case source.failed != nil || ctx.Err() != nil:
		return fmt.Errorf("take a file: %w", err)
	}
	s.Log.ErrorContext(ctx, "a file could not be stored", "err", err)
	return refused("upload.not_stored", "Name", name)
}
