package privacy

import (
	"context"
	"errors"
	"fmt"
	"io"

	"gorm.io/gorm"

	"reliefportal/app/account"
	"reliefportal/app/appraisal"
	"reliefportal/app/audit"
	"reliefportal/app/calendar"
	"reliefportal/app/callback"
	"reliefportal/app/contact"
	"reliefportal/app/document"
	"reliefportal/app/fail"
	"reliefportal/app/filing"
	"reliefportal/app/jobs"
	"reliefportal/app/means"
	"reliefportal/app/notice"
	"reliefportal/app/paper"
	"reliefportal/app/restriction"
	"reliefportal/app/review"
	"reliefportal/app/seal"
	"reliefportal/app/store"
)

// Papers writes the application of a filing; package application does.
type Papers interface {
	Read(ctx context.Context, a account.Actor, id, lang string) (paper.Doc, error)
}

// Rooms are what other nouns keep about filings; each clears its own for filings that were never handed in.
type Rooms interface {
	// ForgetFilings deletes what is kept about these filings.
	ForgetFilings(tx *gorm.DB, ids []string) error
}

// Acting knows whether somebody acts in a filing of somebody else; package assist does.
type Acting interface {
	Rooms
	ActsForOthers(tx *gorm.DB, personID string) (bool, error)
}

// Deps are the neighbours of the service.
type Deps struct {
	DB         *store.DB
	Box        *seal.Box
	Clock      calendar.Clock
	Jobs       jobs.Inserter
	Packs      filing.Packs
	Accounts   *account.Service
	Contacts   *contact.Service
	Filings    *filing.Service
	Files      *document.Service
	Papers     Papers
	Reviews    *review.Service
	Means      *means.Service
	Limits     *restriction.Service
	Appraisals *appraisal.Service
	Callbacks  *callback.Service
	Assist     Acting
	Notices    *notice.Service
	// Outages keeps which drafts an outage caught.
	Outages Rooms
	// Blobs keeps the copies, apart from evidence.
	Blobs document.Blobs
}

// Service holds the use cases and is the only writer of the tables data_export and erasure.
type Service struct{ Deps }

// New makes the service.
func New(d Deps) *Service { return &Service{d} }

func (s *Service) today() calendar.Date { return calendar.Today(s.Clock) }

func (s *Service) record(tx *gorm.DB, by audit.Actor, personID, kind string, data any) error {
	return audit.Append(tx, audit.Entry{SubjectType: account.SubjectPerson, SubjectID: personID, Actor: by, Kind: kind, Data: data, At: s.Clock.Now()})
}

// AskExport has a copy made of everything about the person, after the code that was sent to his contact (package account, ToExport). While
// one is being made it gives that one. Errors: NotFound for anybody but the person himself; those of account.Service.Prove.
func (s *Service) AskExport(ctx context.Context, a account.Actor, code, browser, lang string) (e Export, err error) {
	if !IsOwner(a) {
		return e, fail.NotFound()
	}
	err = s.Accounts.Prove(ctx, a, account.ToExport, code, browser, func(tx *gorm.DB) error {
		e, err = s.begin(tx, a, lang)
		return err
	})
	return e, err
}

func (s *Service) begin(tx *gorm.DB, a account.Actor, lang string) (Export, error) {
	var open []Export
	if err := tx.Where("person_id = ? AND state = ?", a.PersonID, Waiting).Find(&open).Error; err != nil {
		return Export{}, fmt.Errorf("look for a copy under way: %w", err)
	}
	if len(open) > 0 {
		return open[0], nil
	}
	e := Export{ID: store.NewID(), PersonID: a.PersonID, Lang: lang, State: Waiting, CreatedAt: s.Clock.Now()}
	if err := tx.Create(&e).Error; err != nil {
		return e, fmt.Errorf("begin a copy: %w", err)
	}
	return e, errors.Join(s.record(tx, a.Audit("", ""), a.PersonID, "export.asked", nil), s.Jobs.Insert(tx, Make{ID: e.ID}))
}

// Exports lists the person's copies, the newest first, at most a page of them. Error: NotFound for anybody else.
func (s *Service) Exports(ctx context.Context, a account.Actor) ([]Export, error) {
	if !IsOwner(a) {
		return nil, fail.NotFound()
	}
	var out []Export
	err := s.DB.Read(ctx).Where("person_id = ?", a.PersonID).Order("created_at DESC, id DESC").Limit(filing.PageSize).Find(&out).Error
	return out, err
}

// Fetch opens a copy for its person and writes down that he did; close the file when done. Errors: NotFound for anybody else and for a copy
// that is not ready; Expired "export.gone" when its time is over.
func (s *Service) Fetch(ctx context.Context, a account.Actor, id string) (Export, io.ReadCloser, error) {
	e, err := s.own(s.DB.Read(ctx), a, id)
	switch {
	case err != nil:
		return e, nil, err
	case e.State == Gone || e.ExpiresAt != nil && !s.Clock.Now().Before(*e.ExpiresAt):
		return e, nil, fail.Expired("export.gone")
	case e.State != Ready:
		return e, nil, fail.NotFound()
	}
	err = s.DB.Tx(ctx, func(tx *gorm.DB) error {
		return s.record(tx, a.Audit("", ""), a.PersonID, "export.fetched", map[string]any{"export": e.ID})
	})
	if err != nil {
		return e, nil, err
	}
	body, err := s.Blobs.Open(ctx, *e.BlobKey)
	if err != nil {
		return e, nil, fmt.Errorf("open a copy: %w", err)
	}
	return e, body, nil
}

func (s *Service) own(db *gorm.DB, a account.Actor, id string) (Export, error) {
	var e Export
	if !IsOwner(a) {
		return e, fail.NotFound()
	}
	err := db.Where("id = ? AND person_id = ?", id, a.PersonID).Take(&e).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return e, fail.NotFound()
	}
	return e, err
}
