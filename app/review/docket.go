package review

import (
	"context"

	"reliefportal/app/account"
	"reliefportal/app/filing"
)

// Why another filing may be about the same matter.
const (
	SameRequest = "same_request" // the same person asks for the same thing in the same case
	SameCase    = "same_case"    // the same case number, by whomever
	SamePaper   = "same_paper"   // the same file was handed in, byte for byte
)

// Hint is another filing of the desk that may be about the same matter. It is a hint and nothing else: a filing is refused for a coded ground only.
type Hint struct {
	filing.Filing
	Why []string
}

// hintsAtMost is how many others are shown.
const hintsAtMost = 8

// Hints finds the filings on this person's desk that may be about the same matter, the likeliest first, then the newest.
func (s *Service) Hints(ctx context.Context, a account.Actor, f filing.Filing) ([]Hint, error) {
	db := s.DB.Read(ctx)
	var out []Hint
	seen := map[string]int{}
	add := func(why, where string, args ...any) error {
		var rows []filing.Filing
		err := db.Scopes(filing.VisibleTo(a)).Omit("facts_sealed").Where("filing.id <> ?", f.ID).Where(where, args...).
			Order("filing.submitted_at DESC, filing.id DESC").Limit(hintsAtMost).Find(&rows).Error
		for _, r := range rows {
			at, known := seen[r.ID]
			if !known {
				at = len(out)
				seen[r.ID] = at
				out = append(out, Hint{Filing: r})
			}
			out[at].Why = append(out[at].Why, why)
		}
		return err
	}
	if f.CaseNumber != "" {
		if err := add(SameRequest, "filing.person_id = ? AND filing.case_number = ? AND filing.remedy = ?", f.PersonID, f.CaseNumber, f.Remedy); err != nil {
			return nil, err
		}
	}
	if err := add(SamePaper, `filing.id IN (SELECT other.filing_id FROM document mine JOIN document other ON other.sha256 = mine.sha256 AND other.filing_id <> mine.filing_id
		WHERE mine.filing_id = ?)`, f.ID); err != nil {
		return nil, err
	}
	if f.CaseNumber != "" {
		if err := add(SameCase, "filing.case_number = ? AND filing.ref IS NOT NULL", f.CaseNumber); err != nil {
			return nil, err
		}
	}
	return out[:min(len(out), hintsAtMost)], nil
}
