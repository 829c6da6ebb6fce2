package privacy

import (
	"archive/zip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"
	"time"
	"unicode"

	"gorm.io/gorm"

	"reliefportal/app/account"
	"reliefportal/app/callback"
	"reliefportal/app/document"
	"reliefportal/app/i18n"
)

// bundle is a copy while it is written.
type bundle struct {
	s     *Service
	e     Export
	actor account.Actor
	zip   *zip.Writer
	data  map[string]any // of data.json: rows by table
	page  page           // of the page to read
}

// write makes the file of a copy and stores it. It counts the parts as they are done, for the page on which the person waits.
func (s *Service) write(ctx context.Context, e Export) (document.Blob, error) {
	actor, err := s.Accounts.ActorOf(ctx, e.PersonID)
	if err != nil {
		return document.Blob{}, fmt.Errorf("read whom a copy is for: %w", err)
	}
	r, w := io.Pipe()
	go func() {
		b := &bundle{s: s, e: e, actor: actor, zip: zip.NewWriter(w), data: map[string]any{}, page: newPage(e)}
		w.CloseWithError(errors.Join(b.write(ctx), b.zip.Close()))
	}()
	return s.Blobs.Put(ctx, r)
}

func (b *bundle) write(ctx context.Context) error {
	steps := []func(context.Context) error{b.tables, b.profile, b.filings, b.statements, b.calls, b.traces, b.readable, b.machine}
	for i, do := range steps {
		if err := b.progress(ctx, i, len(steps)); err != nil {
			return err
		}
		if err := do(ctx); err != nil {
			return err
		}
	}
	return nil
}

func (b *bundle) progress(ctx context.Context, done, total int) error {
	return b.s.DB.Tx(ctx, func(tx *gorm.DB) error {
		return tx.Model(&Export{}).Where("id = ? AND state = ?", b.e.ID, Waiting).Updates(map[string]any{"done": done, "total": total}).Error
	})
}

// tables puts every row that concerns the person into the part for machines.
func (b *bundle) tables(ctx context.Context) error {
	for _, from := range sources {
		rows, err := b.s.rowsOf(ctx, from, b.e.PersonID)
		if err != nil {
			return err
		}
		b.data[from.Table] = rows
	}
	return nil
}

// calls adds what package callback tells.
func (b *bundle) calls(ctx context.Context) error {
	part, err := b.s.Callbacks.ParticipationOf(ctx, b.e.PersonID)
	if err != nil {
		return err
	}
	found, err := b.s.Callbacks.FindingsFor(ctx, b.e.PersonID)
	if err != nil {
		return err
	}
	b.data["calls"] = struct {
		Participation callback.Participation
		Findings      []callback.PersonalFinding
	}{part, found}
	b.page.calls(part, found)
	return nil
}

// machine writes the part for machines.
func (b *bundle) machine(context.Context) error {
	w, err := b.create("data.json")
	if err != nil {
		return err
	}
	out := json.NewEncoder(w)
	out.SetIndent("", "  ")
	out.SetEscapeHTML(false)
	return out.Encode(map[string]any{"format": "menjing-export-1", "made_at": b.s.Clock.Now(), "person": b.e.PersonID, "rows": b.data})
}

// readable writes the page to read.
func (b *bundle) readable(context.Context) error {
	w, err := b.create(i18n.T(b.e.Lang, "export.page_name") + ".html")
	if err != nil {
		return err
	}
	return b.page.render(w)
}

func (b *bundle) create(name string) (io.Writer, error) {
	return b.zip.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: b.s.Clock.Now()})
}

// file copies a stored document into the folder of its filing, exactly as it was handed in, and gives its name in the copy.
func (b *bundle) file(ctx context.Context, d document.Document, folder string, number int) (name string, err error) {
	f, err := b.s.Files.OpenOriginal(ctx, d.ID, func(db *gorm.DB) *gorm.DB { return db.Where("document.filing_id = ?", d.FilingID) })
	if err != nil {
		return "", fmt.Errorf("open document %s for a copy: %w", d.ID, err)
	}
	defer func() { err = errors.Join(err, f.Body.Close()) }()
	name = path.Join("files", folder, fmt.Sprintf("%02d-%s", number, safeName(d.Name)))
	w, err := b.zip.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Store, Modified: d.At})
	if err != nil {
		return "", err
	}
	_, err = io.Copy(w, f.Body)
	return name, err
}

// safeName is a name as a file may have it on any system: what could lead elsewhere, or hide what the file is, becomes a line.
func safeName(name string) string {
	clean := strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || strings.ContainsRune(`/\:*?"<>|`, r) {
			return '_'
		}
		return r
	}, name)
	clean = strings.Trim(clean, ". ")
	if runes := []rune(clean); len(runes) > nameMax {
		clean = string(runes[len(runes)-nameMax:]) // the ending says what it is
	}
	if clean == "" {
		return "_"
	}
	return clean
}

// nameMax is the most characters of a name in the copy; some systems take 255 bytes.
const nameMax = 60

// day is an instant as the page shows it.
func (b *bundle) day(at time.Time) string { return i18n.DateTime(b.e.Lang, at) }
