package insight

import (
	"context"

	"reliefportal/app/callback"
)

// Checks is what a second caller found who rang people again whose interview was drawn to be checked. They are drawn by the seed of the
// programme.
type Checks struct {
	Interviews int64 // by telephone, complete or partial: those the checks are drawn from
	Drawn      int64
	Open       int64
	Lapsed     int64 // nobody made the check in time
	ByResult   map[callback.RedialResult]int64
}

// Reached are the people who said whether the first call was as written down.
func (c Checks) Reached() int64 {
	return c.ByResult[callback.RedialAgreed] + c.ByResult[callback.RedialDiffers] + c.ByResult[callback.RedialNotCalled]
}

// Checks counts the checks of the people of a slice who were drawn in its quarter: work of callers, no answers of people.
func (s *Calls) Checks(ctx context.Context, at Slice) (Checks, error) {
	var rows []struct {
		Status string
		Result callback.RedialResult
		N      int64
	}
	from, to := at.Quarter.Span()
	err := s.DB.Read(ctx).Table("callback_case c").Joins("JOIN callback_redial r ON r.case_id = c.id").
		Where("c.programme_id = ? AND c.party = ? AND c.created_at >= ? AND c.created_at < ?", at.Programme, at.Party, from, to).
		Select("r.status, r.result, COUNT(*) AS n").Group("r.status, r.result").Scan(&rows).Error
	out := Checks{ByResult: map[callback.RedialResult]int64{}}
	for _, r := range rows {
		out.Drawn += r.N
		switch r.Status {
		case "open":
			out.Open += r.N
		case "lapsed":
			out.Lapsed += r.N
		default:
			out.ByResult[r.Result] += r.N
		}
	}
	return out, err
}
