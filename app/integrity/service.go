package integrity

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"gorm.io/gorm"

	"reliefportal/app/jobs"
	"reliefportal/app/store"
)

// Register lets the checkers look every night.
func (s *Service) Register(r *jobs.Registry) {
	r.Every("integrity.check", 24*time.Hour, func(ctx context.Context) error {
		_, err := s.Look(ctx)
		return err
	})
}

// Result is what one checker found.
type Result struct {
	Checker string  `json:"checker"`
	Found   []Found `json:"found"`
	Problem string  `json:"problem,omitempty"` // why it could not look
}

// Sound says that the checker could look and found nothing.
func (r Result) Sound() bool { return len(r.Found) == 0 && r.Problem == "" }

// Look lets every checker look, and keeps what each found with the first time it was seen. One that cannot look keeps none of the others from it.
func (s *Service) Look(ctx context.Context) ([]Result, error) {
	out := make([]Result, 0, len(Checkers))
	var problems []error
	for _, c := range Checkers {
		began := s.Clock.Now()
		found, err := c.find(ctx, s)
		r := Result{Checker: c.Name, Found: distinct(found)}
		if err != nil {
			r.Problem = "it could not look"
			problems = append(problems, fmt.Errorf("checker %s: %w", c.Name, err))
		}
		out = append(out, r)
		took := s.Clock.Now().Sub(began)
		problems = append(problems, s.DB.Tx(ctx, func(tx *gorm.DB) error { return s.keep(tx, r, took) }))
	}
	return out, errors.Join(problems...)
}

// Counts gives how many things each checker found when it looked last, -1 for one that could not look. One that never looked is left out.
func (s *Service) Counts(ctx context.Context) (map[string]int64, error) {
	var runs []Run
	err := s.DB.Read(ctx).Find(&runs).Error
	out := make(map[string]int64, len(runs))
	for _, r := range runs {
		if out[r.Checker] = r.Found; r.Problem != "" {
			out[r.Checker] = -1
		}
	}
	return out, err
}

// distinct gives each subject once, and not more than are kept; never nil, so that JSON shows a list.
func distinct(all []Found) []Found {
	seen := map[string]bool{}
	all = slices.DeleteFunc(all, func(f Found) bool {
		twice := seen[f.Subject]
		seen[f.Subject] = true
		return twice
	})
	return append([]Found{}, all[:min(len(all), atMost)]...)
}

func (s *Service) keep(tx *gorm.DB, r Result, took time.Duration) error {
	now := s.Clock.Now()
	run := Run{Checker: r.Checker, RanAt: now, TookMs: took.Milliseconds(), Found: int64(len(r.Found)), Problem: r.Problem}
	if err := tx.Save(&run).Error; err != nil || r.Problem != "" {
		return err // what it found before stays, since nobody knows whether it is gone
	}
	var open []Finding
	if err := tx.Where("checker = ? AND ended_at IS NULL", r.Checker).Find(&open).Error; err != nil {
		return err
	}
	for _, f := range r.Found {
		i := slices.IndexFunc(open, func(o Finding) bool { return o.Subject == f.Subject })
		if i >= 0 {
			if err := tx.Model(&Finding{}).Where("id = ?", open[i].ID).Updates(map[string]any{"last_seen_at": now, "detail": f.Detail}).Error; err != nil {
				return err
			}
			open = slices.Delete(open, i, i+1)
			continue
		}
		row := Finding{ID: store.NewID(), Checker: r.Checker, Subject: f.Subject, Detail: f.Detail, FirstSeenAt: now, LastSeenAt: now}
		if err := tx.Create(&row).Error; err != nil {
			return err
		}
	}
	for _, gone := range open {
		if err := tx.Model(&Finding{}).Where("id = ?", gone.ID).Update("ended_at", now).Error; err != nil {
			return err
		}
	}
	return nil
}

// State is what is known of a checker: when it looked last, and what it found then.
type State struct {
	Checker
	Run  Run // zero before it looked for the first time
	Open []Finding
}

// States gives every checker with what it found when it looked last, in the order of Checkers.
func (s *Service) States(ctx context.Context) ([]State, error) {
	db := s.DB.Read(ctx)
	var runs []Run
	if err := db.Find(&runs).Error; err != nil {
		return nil, err
	}
	var open []Finding
	if err := db.Where("ended_at IS NULL").Order("first_seen_at, id").Find(&open).Error; err != nil {
		return nil, err
	}
	out := make([]State, 0, len(Checkers))
	for _, c := range Checkers {
		st := State{Checker: c}
		if i := slices.IndexFunc(runs, func(r Run) bool { return r.Checker == c.Name }); i >= 0 {
			st.Run = runs[i]
		}
		for _, f := range open {
			if f.Checker == c.Name {
				st.Open = append(st.Open, f)
			}
		}
		out = append(out, st)
	}
	return out, nil
}
