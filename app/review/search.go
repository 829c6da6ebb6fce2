package review

import (
	"context"
	"errors"
	"slices"
	"strings"

	"gorm.io/gorm"

	"reliefportal/app/account"
	"reliefportal/app/casenumber"
	"reliefportal/app/filing"
	"reliefportal/app/jobs"
	"reliefportal/app/rules"
	"reliefportal/app/store"
)

// The kinds of keyed words in the index of the queue.
const (
	queueWords = "queue"
	queueBody  = "queue body"
)

// longestQuery is how many words of a search count; whoever pastes a letter finds by its first words.
const longestQuery = 24

// Reindex is the job that makes a filing found by its words again, after it was handed in or got another owner or number.
type Reindex struct {
	FilingID string `json:"filing_id"`
}

// Kind names the job.
func (Reindex) Kind() string { return "review.index" }

// Register adds the jobs of review bodies.
func (s *Service) Register(r *jobs.Registry) {
	jobs.Register(r, func(ctx context.Context, j Reindex) error { return s.Index(ctx, j.FilingID) }, jobs.Once())
}

// Renamed asks for a filing to be indexed again; it stands in filing.Deps.
func (s *Service) Renamed(tx *gorm.DB, f filing.Filing) error {
	return s.Jobs.Insert(tx, Reindex{FilingID: f.ID})
}

// Index writes the keyed words of a filing: its numbers, the names of its sides, and what the person wrote. Identity numbers are left out. A
// filing that was handed in to nobody yet is left out too.
func (s *Service) Index(ctx context.Context, filingID string) error {
	return s.DB.Tx(ctx, func(tx *gorm.DB) error {
		var f filing.Filing
		err := tx.Where("id = ? AND ref IS NOT NULL AND owner_body_id IS NOT NULL", filingID).Take(&f).Error
		if errors.Is(err, gorm.ErrRecordNotFound) {
			return nil
		}
		if err != nil {
			return err
		}
		text, err := s.wordsOf(tx, f)
		if err != nil {
			return err
		}
		doc := append(s.Box.Tokens(queueWords, text), s.Box.Token(queueBody, f.Owner()))
		value := "?"
		if s.DB.Dialect() == store.Postgres {
			value = "to_tsvector('simple', ?)"
		}
		return tx.Exec("INSERT INTO filing_search (filing_id, doc) VALUES (?, "+value+") ON CONFLICT (filing_id) DO UPDATE SET doc = excluded.doc",
			f.ID, strings.Join(doc, " ")).Error
	})
}

// wordsOf is everything a filing may be looked for by.
func (s *Service) wordsOf(tx *gorm.DB, f filing.Filing) (string, error) {
	pack, err := s.Filings.Pack(f)
	if err != nil {
		return "", err
	}
	facts, err := s.Filings.Facts(f)
	if err != nil {
		return "", err
	}
	parties, err := s.partiesIn(tx, f.ID)
	if err != nil {
		return "", err
	}
	parts := []string{f.CaseNumber, f.DocketNumber, s.Filings.Applicant(f)}
	for _, p := range parties {
		parts = append(parts, p.Name)
	}
	for _, fact := range pack.Facts {
		// What somebody told in his own words is found; of short answers that are personal, such as an identity number, nothing is.
		if fact.Kind != rules.FactLongText && (fact.Kind != rules.FactText || fact.Personal) {
			continue
		}
		if v, ok := facts.Known(fact.ID); ok {
			parts = append(parts, v.Text)
		}
	}
	return strings.Join(parts, "\n"), nil
}

// find narrows a query to what the words mean: a receipt code, a whole case number, or words that all stand in the filing.
func (s *Service) find(db *gorm.DB, a account.Actor, text string) *gorm.DB {
	if text = strings.TrimSpace(text); text == "" {
		return db
	}
	if ref, ok := filing.ParseRef(text); ok {
		return db.Where("filing.ref = ?", ref)
	}
	if n, err := casenumber.Parse(text); err == nil {
		return db.Where("(filing.case_number = ? OR filing.docket_number = ?)", n.String(), n.String())
	}
	groups := s.Box.QueryTokens(queueWords, text)
	if len(groups) == 0 {
		return db.Where("1 = 0")
	}
	groups = append(groups[:min(len(groups), longestQuery)], s.bodyTokens(a))
	if s.DB.Dialect() == store.Postgres {
		return db.Where("filing.id IN (SELECT filing_id FROM filing_search WHERE doc @@ to_tsquery('simple', ?))", joined(groups, "", " | ", " & "))
	}
	return db.Where("filing.id IN (SELECT s.filing_id FROM filing_fts JOIN filing_search s ON s.seq = filing_fts.rowid WHERE filing_fts MATCH ?)",
		joined(groups, `"`, " OR ", " AND "))
}

// bodyTokens are those of the bodies the actor works for, so that the index is read for them alone.
func (s *Service) bodyTokens(a account.Actor) []string {
	var out []string
	for _, g := range a.Grants {
		if g.BodyID != "" {
			out = append(out, s.Box.Token(queueBody, g.BodyID))
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// joined writes groups of tokens as a query: of each group one, of all groups every one. Tokens are letters only, so nothing needs escaping.
func joined(groups [][]string, quote, or, and string) string {
	parts := make([]string, 0, len(groups))
	for _, g := range groups {
		words := make([]string, 0, len(g))
		for _, w := range g {
			words = append(words, quote+w+quote)
		}
		parts = append(parts, "("+strings.Join(words, or)+")")
	}
	return strings.Join(parts, and)
}
