package filing

import (
	"context"
	"encoding/json"

	"gorm.io/gorm"

	"reliefportal/app/audit"
	"reliefportal/app/calendar"
	"reliefportal/app/rules"
)

// kindFollowed is the entry in a draft's record that a day in it moved with the decision it follows on.
const kindFollowed = "draft.service_followed"

// followService brings the drafts that follow on a decision up to a corrected day of service: a day that was carried over and that the person
// left as it was moves along; one he gave himself stays. The record of the draft says so either way.
func (s *Service) followService(tx *gorm.DB, parent Filing, was calendar.Date, by audit.Actor) error {
	var drafts []Filing
	if err := tx.Where("parent_id = ? AND status = ?", parent.ID, Draft).Order("id").Find(&drafts).Error; err != nil {
		return err
	}
	for i := range drafts {
		if err := s.follow(tx, &drafts[i], parent, was, by); err != nil {
			return err
		}
	}
	return nil
}

func (s *Service) follow(tx *gorm.DB, d *Filing, parent Filing, was calendar.Date, by audit.Actor) error {
	p, err := s.Pack(parent)
	if err != nil {
		return err
	}
	facts, err := s.Facts(*d)
	if err != nil {
		return err
	}
	carried := carriedDay(p, parent, d.Remedy)
	moved := holding(facts, carried, was)
	if len(carried) == 0 {
		return nil
	}
	for _, id := range moved {
		facts[id] = rules.On(parent.ServedOn)
	}
	if err := s.store(tx.Statement.Context, tx, d, facts, Set{}); err != nil {
		return err
	}
	return audit.Append(tx, audit.Entry{SubjectType: "filing", SubjectID: d.ID, Actor: by, Kind: kindFollowed, Visible: true, At: s.Clock.Now(),
		Data: Moved{From: was, To: parent.ServedOn, Facts: moved}})
}

// carriedDay are the facts of a next filing that were carried over from the day of service of a decision.
func carriedDay(p *rules.Pack, parent Filing, remedy string) []rules.FactID {
	r, ok := p.Remedy(parent.Remedy)
	if !ok {
		return nil
	}
	o, _ := r.Outcome(value(parent.Outcome))
	var out []rules.FactID
	for _, n := range o.Next {
		if n.Remedy != remedy {
			continue
		}
		for to, from := range n.Carry {
			if from == rules.DecisionServedOn {
				out = append(out, to)
			}
		}
	}
	return out
}

// Moved says that the day of service a draft hangs on was corrected. Facts are the answers that moved along; none when the person had given
// a day himself.
type Moved struct {
	From  calendar.Date  `json:"from"`
	To    calendar.Date  `json:"to"`
	Facts []rules.FactID `json:"facts,omitempty"`
}

// LastFollowed is the last correction a draft was told of. ok is false when there was none.
func (s *Service) LastFollowed(ctx context.Context, f Filing) (out Moved, ok bool, err error) {
	if f.ParentID == nil {
		return out, false, nil
	}
	events, err := s.Timeline(ctx, f)
	if err != nil {
		return out, false, err
	}
	for _, e := range events {
		if e.Kind == kindFollowed {
			return out, true, json.Unmarshal([]byte(e.Data), &out)
		}
	}
	return out, false, nil
}
