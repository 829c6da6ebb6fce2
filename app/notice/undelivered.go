package notice

import (
	"context"
	"fmt"
	"time"

	"gorm.io/gorm"
)

// givenUp narrows notices to those that did not arrive although they should have.
func givenUp(db *gorm.DB) *gorm.DB {
	return db.Where("notice.state = ? AND notice.problem NOT IN ?", Failed, []Problem{Moot, NotWished})
}

// Undelivered gives the newest limit notices that were given up, without their words and addresses, for staff to see.
func (s *Service) Undelivered(ctx context.Context, limit int) ([]Notice, error) {
	var rows []row
	err := s.DB.Read(ctx).Scopes(givenUp).Order("created_at DESC, id DESC").Limit(limit).Find(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("read undelivered notices: %w", err)
	}
	return bare(rows), nil
}

// Unreached gives, of these filings, the events that no message could tell the debtor of by any way, the newest first: one notice an event. A
// member of staff has to reach the person in another way.
func (s *Service) Unreached(ctx context.Context, filingIDs []string) ([]Notice, error) {
	if len(filingIDs) == 0 {
		return nil, nil
	}
	var rows []row
	err := s.DB.Read(ctx).Scopes(givenUp).
		Where("filing_id IN ? AND person_id = (SELECT f.person_id FROM filing f WHERE f.id = notice.filing_id)", filingIDs).
		Where("NOT EXISTS (SELECT 1 FROM notice o WHERE o.event = notice.event AND o.person_id = notice.person_id AND o.state IN ?)", []State{Queued, Sent}).
		Order("created_at DESC, id DESC").Find(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("read what reached nobody: %w", err)
	}
	seen := map[string]bool{}
	var out []Notice
	for _, r := range rows {
		if !seen[r.Event] {
			seen[r.Event] = true
			out = append(out, r.bare())
		}
	}
	return out, nil
}

// ToldOf lists what was sent, or tried, to a person about a filing, the newest first, with addresses and without words. Staff messages
// about the same filing are not among them.
func (s *Service) ToldOf(ctx context.Context, personID, filingID string) ([]Notice, error) {
	var rows []row
	err := s.DB.Read(ctx).Where("person_id = ? AND filing_id = ?", personID, filingID).Order("created_at DESC, id DESC").Find(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("read what a person was told: %w", err)
	}
	return s.addressed(rows)
}

// silentAfter is how long an address that failed is pointed out to the person.
const silentAfter = 90 * 24 * time.Hour

// DeadAddresses gives for each address of the person at which the last message did not arrive that message, with the address and without words.
func (s *Service) DeadAddresses(ctx context.Context, personID string) ([]Notice, error) {
	var rows []row
	err := s.DB.Read(ctx).Where("person_id = ? AND created_at > ? AND state IN ?", personID, s.Clock.Now().Add(-silentAfter), []State{Sent, Failed}).
		Order("created_at DESC, id DESC").Limit(longList).Find(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("read a person's messages: %w", err)
	}
	all, err := s.addressed(rows)
	if err != nil {
		return nil, err
	}
	seen := map[string]bool{}
	var out []Notice
	for _, n := range all {
		if n.State == Stopped || seen[n.To] {
			continue
		}
		seen[n.To] = true
		if n.State == Failed {
			out = append(out, n)
		}
	}
	return out, nil
}

// longList is the most messages read to judge which addresses work.
const longList = 200

func bare(rows []row) []Notice {
	out := make([]Notice, len(rows))
	for i, r := range rows {
		out[i] = r.bare()
	}
	return out
}

// addressed opens the addresses of rows and leaves their words sealed.
func (s *Service) addressed(rows []row) ([]Notice, error) {
	out := bare(rows)
	for i, r := range rows {
		to, err := s.Box.OpenText(r.ad("to_sealed"), r.ToSealed)
		if err != nil {
			return nil, fmt.Errorf("open the address of a notice: %w", err)
		}
		out[i].To = to
	}
	return out, nil
}

// Everything lists every message to a person with its address and words, the oldest first, for the copy he asks for.
func (s *Service) Everything(ctx context.Context, personID string) ([]Notice, error) {
	var rows []row
	err := s.DB.Read(ctx).Where("person_id = ?", personID).Order("created_at, id").Find(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("read all a person was told: %w", err)
	}
	out := make([]Notice, len(rows))
	for i, r := range rows {
		if out[i], err = s.open(r); err != nil {
			return nil, err
		}
	}
	return out, nil
}
