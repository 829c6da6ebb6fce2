package filing

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"gorm.io/gorm"

	"reliefportal/app/account"
	"reliefportal/app/audit"
	"reliefportal/app/document"
	"reliefportal/app/fail"
)

// MayAttach lets document add evidence: to a draft, or while a supplement is asked for, by the debtor who owns it.
// The filing's version grows, so that a check page shown before does not file something unseen.
func (s *Service) MayAttach(_ context.Context, tx *gorm.DB, a account.Actor, id string) error {
	return s.papersChange(tx, a, id, "filing.not_draft", nil, Draft, Supplement)
}

// MayChange lets document describe or remove evidence: of a draft only. What a body was given stays as it was.
func (s *Service) MayChange(_ context.Context, tx *gorm.DB, a account.Actor, id string) error {
	return s.papersChange(tx, a, id, "filing.not_draft", nil, Draft)
}

// AddableIn are the statuses in which a person may add papers of his own accord: a body has the filing and has not decided.
var AddableIn = []Status{Submitted, Reviewing}

// MayAdd lets document add papers the person brings of his own accord, and puts a flag on the filing in the body's queue. No clock changes.
// The version grows, so that a decision written before they came is looked at again.
func (s *Service) MayAdd(_ context.Context, tx *gorm.DB, a account.Actor, id string) error {
	return s.papersChange(tx, a, id, "papers.not_addable", Set{"papers_added_at": s.Clock.Now()}, AddableIn...)
}

func (s *Service) papersChange(tx *gorm.DB, a account.Actor, id, otherwise string, set Set, in ...Status) error {
	f, err := ByID(tx, a, id)
	if err != nil {
		return err
	}
	if !a.IsDebtor() {
		return fail.NotFound()
	}
	if !slices.Contains(in, f.Status) {
		return fail.Conflict(otherwise)
	}
	if f.Status != Draft {
		if err := MayUse(tx, a, f, PowerFile); err != nil {
			return err
		}
	}
	all := Set{"version": f.Version + 1, "updated_at": s.Clock.Now()}
	for k, v := range set {
		all[k] = v
	}
	return guardedUpdate(tx, &f, all)
}

// SeePapers takes the flag off again once somebody of the body's division has looked at the papers that came. Errors: NotFound, Conflict.
func (s *Service) SeePapers(ctx context.Context, a account.Actor, id string, version int64) (Filing, error) {
	var f Filing
	err := s.db.Tx(ctx, func(tx *gorm.DB) (err error) {
		if f, err = ByID(tx, a, id); err != nil {
			return err
		}
		switch {
		case !a.IsStaff():
			return fail.NotFound()
		case !MayHandle(a, f.Owner(), f.OwnerDivision):
			return fail.Conflict("filing.cannot")
		case f.Version != version:
			return fail.Conflict("filing.stale")
		case f.PapersAddedAt == nil:
			return fail.Conflict("filing.cannot")
		}
		now := s.Clock.Now()
		if err := guardedUpdate(tx, &f, Set{"papers_added_at": nil, "version": f.Version + 1, "updated_at": now}); err != nil {
			return err
		}
		return audit.Append(tx, audit.Entry{SubjectType: "filing", SubjectID: f.ID, Actor: AuditActor(a, f.Owner()), Kind: "addition.seen",
			Visible: true, At: now})
	})
	return f, err
}

// FileRefused tells the person that a file held a virus and that he may hand in another.
func (s *Service) FileRefused(ctx context.Context, tx *gorm.DB, filingID, documentID string) error {
	f, err := theFiling(tx, filingID)
	if err != nil {
		return err
	}
	return s.tell(tx, f, "file_refused", documentID, s.OwnerArgs(ctx, f))
}

func theFiling(db *gorm.DB, id string) (Filing, error) {
	var f Filing
	return f, notFound(db.Where("id = ?", id).Take(&f).Error)
}

// LateFiles are files that wait for the virus scanner; package document has them.
type LateFiles interface {
	Late(ctx context.Context, before time.Time) ([]document.Document, error)
	ToldLate(tx *gorm.DB, ids []string) error
}

// SweepLateFiles tells people, once a file, that what they handed in has waited longer than the pack says (PROJECT), with a second way to hand
// it in. The file is kept and tried on. It returns how many filings it told of.
func (s *Service) SweepLateFiles(ctx context.Context) (int, error) {
	late, err := s.LateFiles.Late(ctx, s.Clock.Now().Add(-s.Packs.On(s.today()).PapersLate))
	if err != nil {
		return 0, err
	}
	byFiling := map[string][]string{}
	for _, d := range late {
		byFiling[d.FilingID] = append(byFiling[d.FilingID], d.ID)
	}
	told := 0
	var problems []error
	for filingID, ids := range byFiling {
		err := s.db.Tx(ctx, func(tx *gorm.DB) error {
			f, err := theFiling(tx, filingID)
			if err != nil {
				return err
			}
			if err := s.LateFiles.ToldLate(tx, ids); err != nil {
				return err
			}
			return s.tell(tx, f, "files_late", slices.Min(ids), s.OwnerArgs(ctx, f))
		})
		if err == nil {
			told++
		}
		problems = append(problems, err)
	}
	return told, errors.Join(problems...)
}

// FilesOpened gives, for each file of a filing that somebody of a body has opened, the instant it was first opened, from the record. The caller
// has checked that the filing may be seen.
func (s *Service) FilesOpened(ctx context.Context, filingID string) (map[string]time.Time, error) {
	events, err := audit.List(ctx, s.db, audit.Subject{Type: "filing", ID: filingID})
	if err != nil {
		return nil, err
	}
	out := map[string]time.Time{}
	for _, e := range events {
		if e.Kind != "document.read" {
			continue
		}
		var read struct{ Document string }
		if err := json.Unmarshal([]byte(e.Data), &read); err != nil {
			return nil, fmt.Errorf("read the record of filing %s: %w", filingID, err)
		}
		if _, before := out[read.Document]; !before {
			out[read.Document] = e.At
		}
	}
	return out, nil
}
