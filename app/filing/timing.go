package filing

import (
	"context"
	"encoding/json"
	"errors"

	"gorm.io/gorm"

	"reliefportal/app/calendar"
	"reliefportal/app/outage"
	"reliefportal/app/rules"
)

// Timing is whether a filing comes within the applicant's time limit. It never stops a filing: whether a late one is heard is for the body.
type Timing struct {
	// Window is the time limit worked out for the day asked about; nil when the remedy has none or the answers do not tell.
	Window *rules.WindowResult
	// On is the day asked about: the day of receipt of what was filed.
	On calendar.Date
	// Late says that even the latest arguable last day has passed, InTime that the safe one has not. Neither holds when the day the time began is
	// not known and the safe day has passed.
	Late, InTime bool
}

// TimingOn works out the time limit of a remedy for a day (civil date in China).
func TimingOn(p *rules.Pack, remedy string, facts rules.Facts, on calendar.Date, courts rules.Courts) Timing {
	t := Timing{On: on}
	for _, d := range p.Doors(facts, on, courts) {
		if d.Remedy.ID == remedy && d.Window != nil {
			t.Window = d.Window
			t.Late, t.InTime = d.State == rules.DoorLate, d.Window.Left >= 0
		}
	}
	return t
}

// lastDay is the last day of the time limit; zero when there is none.
func (t Timing) lastDay() calendar.Date {
	if t.Window == nil {
		return calendar.Date{}
	}
	return t.Window.Deadline.LegalEnd
}

// Outages is the ledger of outages.
type Outages interface {
	Caught(db *gorm.DB, q outage.Question) ([]outage.Entry, error)
}

// CaughtBy lists the outages that stood in the way of a draft until now. db may be a transaction.
func (s *Service) CaughtBy(db *gorm.DB, f Filing, facts rules.Facts) ([]outage.Entry, error) {
	if s.Outages == nil {
		return nil, nil
	}
	p, err := s.Pack(f)
	if err != nil {
		return nil, err
	}
	t := TimingOn(p, f.Remedy, facts, s.today(), s.Bodies)
	q := outage.Question{FilingID: f.ID, Began: f.CreatedAt, Until: s.Clock.Now()}
	if t.Window != nil && !t.InTime {
		q.LastDay = t.lastDay()
	}
	return s.Outages.Caught(db, q)
}

// CaughtNow is CaughtBy for a page.
func (s *Service) CaughtNow(ctx context.Context, f Filing, facts rules.Facts) ([]outage.Entry, error) {
	return s.CaughtBy(s.db.Read(ctx), f, facts)
}

// SubmissionOf gives the statement of truth behind a filing. The caller has checked that the filing may be seen. ok is false for a draft.
func SubmissionOf(db *gorm.DB, filingID string) (sub Submission, ok bool, err error) {
	err = db.Where("filing_id = ?", filingID).Take(&sub).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return sub, false, nil
	}
	return sub, err == nil, err
}

// TookAlong lists the outages a filing took along. The caller has checked that the filing may be seen.
func (s *Service) TookAlong(ctx context.Context, filingID string) ([]outage.Entry, error) {
	sub, ok, err := SubmissionOf(s.db.Read(ctx), filingID)
	if err != nil || !ok {
		return nil, err
	}
	return sub.Took()
}

// Took lists the outages the filing took along when it was filed, in order of time.
func (s Submission) Took() ([]outage.Entry, error) {
	if s.Outages == "" {
		return nil, nil
	}
	var out []outage.Entry
	err := json.Unmarshal([]byte(s.Outages), &out)
	return out, err
}
