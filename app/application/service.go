package application

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"reliefportal/app/account"
	"reliefportal/app/calendar"
	"reliefportal/app/document"
	"reliefportal/app/fail"
	"reliefportal/app/filing"
	"reliefportal/app/i18n"
	"reliefportal/app/paper"
	"reliefportal/app/rules"
	"reliefportal/app/store"
)

// Annexer gives what another noun adds to the application of a filing, in the language of the paper. Of a filing that was handed over it gives
// what was frozen with it.
type Annexer func(ctx context.Context, f filing.Filing, lang string) ([]Annex, error)

// Deps are the neighbours of the service.
type Deps struct {
	DB      *store.DB
	Filings *filing.Service
	Files   *document.Service
	Bodies  rules.Courts
	Clock   calendar.Clock
	Log     *slog.Logger
	// Annexers are asked in their order.
	Annexers []Annexer
}

// Service writes applications.
type Service struct{ Deps }

// New makes the service.
func New(d Deps) *Service { return &Service{Deps: d} }

// Read is the application of a filing the actor may see, as it would be handed over now, or as it was. Error: NotFound.
func (s *Service) Read(ctx context.Context, a account.Actor, id, lang string) (paper.Doc, error) {
	in, err := s.input(ctx, a, id, lang)
	if err != nil {
		return paper.Doc{}, err
	}
	return Compose(in), nil
}

// Booklet is the application of a draft to be completed by hand, with a cover that says what to do with it. code is shown on the cover and lets
// staff go on with the same draft until expires. Errors: NotFound; Conflict "filing.not_draft".
func (s *Service) Booklet(ctx context.Context, a account.Actor, id, lang, code string, expires time.Time) (paper.Doc, error) {
	in, err := s.input(ctx, a, id, lang)
	if err != nil {
		return paper.Doc{}, err
	}
	if in.Code != "" {
		return paper.Doc{}, fail.Conflict("filing.not_draft")
	}
	in.Blanks = true
	return Bind(in, code, calendar.DateOf(expires)), nil
}

func (s *Service) input(ctx context.Context, a account.Actor, id, lang string) (Input, error) {
	f, facts, err := s.Filings.Get(ctx, a, id)
	if err != nil {
		return Input{}, err
	}
	return s.of(ctx, f, facts, lang)
}

// of gathers everything that belongs to the application of a filing. Files that came later belong to a supplement.
func (s *Service) of(ctx context.Context, f filing.Filing, facts rules.Facts, lang string) (Input, error) {
	p, err := s.Filings.Pack(f)
	if err != nil {
		return Input{}, err
	}
	r, ok := p.Remedy(f.Remedy)
	if !ok {
		return Input{}, fail.Unavailable("pack.missing", nil)
	}
	docs, err := s.Files.List(ctx, f.ID)
	if err != nil {
		return Input{}, err
	}
	in := Input{Lang: lang, Pack: p, Remedy: r, Facts: facts, Bodies: s.Bodies, Route: f.Route(), Code: f.Code(), Drawn: f.UpdatedAt}
	if f.SubmittedAt != nil {
		made, _, err := filing.SubmissionOf(s.DB.Read(ctx), f.ID)
		if err != nil {
			return Input{}, err
		}
		in.At, in.Made = *f.SubmittedAt, made.Made
		if made.Lang == lang {
			in.Words = made.Words
		}
	}
	for _, d := range docs {
		if in.At.IsZero() || !d.At.After(in.At) {
			in.Files = append(in.Files, d)
		}
	}
	for _, annexer := range s.Annexers {
		more, err := annexer(ctx, f, lang)
		if err != nil {
			return Input{}, err
		}
		in.Annexes = append(in.Annexes, more...)
	}
	return in, nil
}

// Freeze draws the application of a filing that was handed over and keeps it, once. The paper is Chinese whatever language the person read in. A
// character the font lacks does not lose a word: the paper is kept as DOCX then, and the log says so. Errors: of the storage; the job tries again.
func (s *Service) Freeze(ctx context.Context, filingID string) error {
	f, err := s.Filings.Filed(ctx, filingID)
	if err != nil {
		return err
	}
	if _, ok, err := s.Files.Application(ctx, f.ID); err != nil || ok {
		return err
	}
	facts, err := s.Filings.Facts(f)
	if err != nil {
		return err
	}
	in, err := s.of(ctx, f, facts, i18n.Chinese)
	if err != nil {
		return err
	}
	body, kind, ending, err := s.draw(ctx, Compose(in), f.ID)
	if err != nil {
		return err
	}
	_, err = s.Files.KeepApplication(ctx, f.ID, f.PersonID, in.Remedy.Paper.Zh+" "+f.Code()+ending, kind, body)
	return err
}

func (s *Service) draw(ctx context.Context, d paper.Doc, filingID string) (body []byte, kind document.Kind, ending string, err error) {
	var out bytes.Buffer
	err = paper.PDF(&out, d)
	if err == nil {
		return out.Bytes(), document.PDF, ".pdf", nil
	}
	if !errors.Is(err, paper.ErrGlyph) {
		return nil, "", "", fmt.Errorf("draw an application: %w", err)
	}
	s.Log.WarnContext(ctx, "an application is kept as DOCX: the font for papers lacks characters of it", "filing", filingID, "missing", len(paper.Missing(err)))
	out.Reset()
	if err := paper.DOCX(&out, d); err != nil {
		return nil, "", "", err
	}
	return out.Bytes(), document.DOCX, ".docx", nil
}
