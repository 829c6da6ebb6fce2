package assist

import (
	"context"
	"fmt"
	"strings"

	"gorm.io/gorm"

	"reliefportal/app/account"
	"reliefportal/app/filing"
	"reliefportal/app/rules"
	"reliefportal/app/store"
)

// online is how a representative types.
const online = "online"

// Typed implements filing.Scribe.
func (s *Service) Typed(tx *gorm.DB, a account.Actor, f filing.Filing, page string, facts []rules.FactID) error {
	ids := make([]string, len(facts))
	for i, id := range facts {
		ids[i] = string(id)
	}
	e := Entry{ID: store.NewID(), FilingID: f.ID, ByID: a.PersonID, ByKind: KindRepresentative, How: online, Page: page,
		Facts: strings.Join(ids, ","), At: s.Clock.Now()}
	if a.By != nil {
		e.ByID, e.ByKind, e.How, e.BodyID = a.By.PersonID, KindStaff, string(a.By.How), &a.By.BodyID
	}
	if err := tx.Create(&e).Error; err != nil {
		return fmt.Errorf("keep who typed: %w", err)
	}
	return nil
}

// Typists gives, for a filing, the last entry for each answer that somebody else typed, by the id of the answer. The caller has loaded
// the filing through what he may see.
func (s *Service) Typists(ctx context.Context, filingID string) (map[rules.FactID]Entry, error) {
	var rows []Entry
	if err := s.DB.Read(ctx).Where("filing_id = ?", filingID).Order("at, id").Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("read who typed: %w", err)
	}
	out := map[rules.FactID]Entry{}
	for _, r := range rows {
		for id := range strings.SplitSeq(r.Facts, ",") {
			out[rules.FactID(id)] = r
		}
	}
	return out, nil
}
