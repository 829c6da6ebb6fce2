package document

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf8"

	"gorm.io/gorm"

	"reliefportal/app/account"
	"reliefportal/app/fail"
)

// Description is what a person says of a file: its name, what paper it is, what it shows.
type Description struct {
	Name  string
	Paper string // key of the paper, from the rule pack
	Note  string
}

// Describe changes what a person says of a file of a draft. The file itself is never touched, and its name keeps the
// ending of its kind. Errors: NotFound; Invalid "name" or "note"; what Owner.MayChange returns.
func (s *Service) Describe(ctx context.Context, actor account.Actor, id string, said Description) (Document, error) {
	name := cleanName(said.Name)
	var wrong []fail.Field
	if name == "" {
		wrong = append(wrong, fail.F("name", "papers.name_empty"))
	}
	if n := utf8.RuneCountInString(said.Note); n > NoteMax {
		wrong = append(wrong, fail.F("note", "answer.too_long", "n", n, "max", NoteMax, "over", n-NoteMax))
	}
	if len(wrong) > 0 {
		return Document{}, fail.Invalid(wrong...)
	}
	var r row
	err := s.change(ctx, actor, id, func(tx *gorm.DB, found row) error {
		r = found
		r.NameSealed, r.Paper, r.NoteSealed = s.Box.SealText(nameAD(id), r.Mime.ending(name)), said.Paper, nil
		if said.Note != "" {
			r.NoteSealed = s.Box.SealText(noteAD(id), said.Note)
		}
		if err := tx.Model(&row{}).Where("id = ?", id).Select("name_sealed", "paper", "note_sealed").Updates(&r).Error; err != nil {
			return fmt.Errorf("describe document: %w", err)
		}
		return s.note(tx, actor.Audit("", ""), r, "document.described", map[string]any{"paper": r.Paper})
	})
	if err != nil {
		return Document{}, err
	}
	return s.document(r)
}

// ending gives a name the person chose the usual ending of the kind unless it has one of the kind's endings; a full stop inside the name
// begins no ending.
func (k Kind) ending(name string) string {
	if slices.Contains(endings[k], strings.ToLower(filepath.Ext(name))) {
		return name
	}
	return name + endings[k][0]
}

// change runs do on a document of a filing that the actor may see and no body has seen yet, with the filing locked.
func (s *Service) change(ctx context.Context, actor account.Actor, id string, do func(tx *gorm.DB, r row) error) error {
	return s.DB.Tx(ctx, func(tx *gorm.DB) error {
		r, err := find(tx, id, everything)
		if err != nil {
			return err
		}
		if err := lockFiling(tx, r.FilingID); err != nil {
			return err
		}
		if err := s.Owner.MayChange(ctx, tx, actor, r.FilingID); err != nil {
			return err
		}
		if r, err = find(tx, id, everything); err != nil { // again, now that nothing else can change it
			return err
		}
		return do(tx, r)
	})
}
