package review

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"reliefportal/app/account"
	"reliefportal/app/audit"
	"reliefportal/app/fail"
	"reliefportal/app/filing"
	"reliefportal/app/rules"
	"reliefportal/app/store"
)

// Weights are one version of the weights a body uses instead of those of the rule pack.
type Weights struct {
	ID      string
	BodyID  string // empty for all bodies
	Version int64
	Data    string // JSON of rules.Weights
	SetBy   string
	SetAt   time.Time
}

// TableName is the table of Weights.
func (Weights) TableName() string { return "work_weights" }

// Workload is what a filing weighs in points, and the parts it was added up from.
type Workload struct {
	FilingID  string `gorm:"primaryKey"`
	Points    int64
	Parts     string // JSON: part → points
	CountedAt time.Time
}

// TableName is the table of Workload.
func (Workload) TableName() string { return "workload" }

// lightest is the least a filing can weigh in points, whatever is taken off.
const lightest = 1

// Weigh adds up what a filing weighs: the remedy, parties beside the applicant, things it is about, files and urgency.
func Weigh(w rules.Weights, remedy string, parties, assets, papers int64, urgent bool) (points int64, parts map[string]int64) {
	parts = map[string]int64{"base": w.Base, "remedy": w.Remedies[remedy], "parties": w.Party * parties, "assets": w.Asset * assets,
		"papers": min(w.Paper*papers, w.PaperTop), "urgent": 0}
	if urgent {
		parts["urgent"] = w.Urgent
	}
	for _, n := range parts {
		points += n
	}
	return max(points, lightest), parts
}

// WeightsOf are the weights of a body: its own newest version, else that of all bodies, else those of the pack.
func (s *Service) WeightsOf(db *gorm.DB, bodyID string, pack *rules.Pack) (rules.Weights, error) {
	var row Weights
	err := db.Where("body_id IN ?", []string{bodyID, ""}).Order("body_id DESC, version DESC").Take(&row).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return pack.Work.Weights, nil
	}
	if err != nil {
		return rules.Weights{}, err
	}
	var out rules.Weights
	return out, json.Unmarshal([]byte(row.Data), &out)
}

// SetWeights makes a new version of the weights of a body, or of all bodies when bodyID is empty. What is given out already is not weighed again.
// Errors: NotFound for anybody but an administrator; Invalid "base" or "remedies" when a filing could weigh nothing or a part is negative.
func (s *Service) SetWeights(ctx context.Context, a account.Actor, bodyID string, w rules.Weights) error {
	if !a.Has(account.RoleAdmin) {
		return fail.NotFound()
	}
	if w.Base < lightest || min(w.Party, w.Asset, w.Paper, w.PaperTop, w.Urgent, w.Panel, w.AffinityDays, w.AffinityOver, w.AgeDays) < 0 {
		return fail.Invalid(fail.F("base", "weights.negative"))
	}
	data, err := json.Marshal(w)
	if err != nil {
		return err
	}
	return s.DB.Tx(ctx, func(tx *gorm.DB) error {
		var last int64
		if err := tx.Model(&Weights{}).Where("body_id = ?", bodyID).Select("COALESCE(MAX(version), 0)").Scan(&last).Error; err != nil {
			return err
		}
		row := Weights{ID: store.NewID(), BodyID: bodyID, Version: last + 1, Data: string(data), SetBy: a.PersonID, SetAt: s.Clock.Now()}
		if err := tx.Create(&row).Error; err != nil {
			return err
		}
		return audit.Append(tx, audit.Entry{SubjectType: "weights", SubjectID: row.ID, Actor: a.Audit(account.RoleAdmin, bodyID), Kind: "weights.set",
			Data: map[string]any{"body": bodyID, "version": row.Version, "weights": w}, At: row.SetAt})
	})
}

// WorkloadOf is what a filing weighs; ok is false while it was not counted, before it is taken up.
func (s *Service) WorkloadOf(ctx context.Context, f filing.Filing) (l Workload, ok bool, err error) {
	err = s.DB.Read(ctx).Where("filing_id = ?", f.ID).Take(&l).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return l, false, nil
	}
	return l, err == nil, err
}

// weigh counts what a filing weighs now and keeps it.
func (s *Service) weigh(tx *gorm.DB, f filing.Filing) error {
	pack, err := s.Filings.Pack(f)
	if err != nil {
		return err
	}
	facts, err := s.Filings.Facts(f)
	if err != nil {
		return err
	}
	w, err := s.WeightsOf(tx, f.Owner(), pack)
	if err != nil {
		return err
	}
	var parties, papers int64
	if err := tx.Model(&Party{}).Where("filing_id = ?", f.ID).Count(&parties).Error; err != nil {
		return err
	}
	if err := tx.Table("document").Where("filing_id = ? AND state <> 'refused'", f.ID).Count(&papers).Error; err != nil {
		return err
	}
	points, parts := Weigh(w, f.Remedy, parties, assetsIn(pack, facts), papers, f.UrgencyRank < filing.NotUrgent)
	plain, err := json.Marshal(parts)
	if err != nil {
		return err
	}
	return tx.Clauses(clause.OnConflict{Columns: []clause.Column{{Name: "filing_id"}}, DoUpdates: clause.AssignmentColumns([]string{"points", "parts", "counted_at"})}).
		Create(&Workload{FilingID: f.ID, Points: points, Parts: string(plain), CountedAt: s.Clock.Now()}).Error
}

// assetsIn counts the things the answers name.
func assetsIn(p *rules.Pack, facts rules.Facts) (n int64) {
	for _, id := range p.Work.Assets {
		v, ok := facts.Known(id)
		switch {
		case !ok:
		case len(v.Choices) > 0:
			n += int64(len(v.Choices))
		default:
			n++
		}
	}
	return n
}
