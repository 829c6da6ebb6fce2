package means

import (
	"context"
	"encoding/json"
	"errors"
	"slices"

	"gorm.io/gorm"

	"reliefportal/app/account"
	"reliefportal/app/audit"
	"reliefportal/app/fail"
	"reliefportal/app/filing"
	"reliefportal/app/rules"
	"reliefportal/app/store"
)

// The states of a change of circumstances.
const (
	changeOpen    = "open"
	changeFiled   = "filed" // a filing was drafted from it
	changeDropped = "dropped"
)

// Change is a change of circumstances that a person is reporting.
type Change struct {
	ID    string
	Kinds []string   // ids of the rule pack
	From  *Statement // as it stood when he began; nil when nothing had been stated
}

// Changing is the person's change that is not finished; ok is false when there is none.
func (s *Service) Changing(ctx context.Context, a account.Actor) (Change, bool, error) {
	if !a.IsDebtor() {
		return Change{}, false, fail.NotFound()
	}
	db := s.DB.Read(ctx)
	r, ok, err := openChange(db, a.PersonID)
	if err != nil || !ok {
		return Change{}, false, err
	}
	c, err := s.readChange(db, r)
	return c, err == nil, err
}

func openChange(db *gorm.DB, personID string) (r changeRow, ok bool, err error) {
	err = db.Where("person_id = ? AND state = ?", personID, changeOpen).Take(&r).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return r, false, nil
	}
	return r, err == nil, err
}

func (s *Service) readChange(db *gorm.DB, r changeRow) (Change, error) {
	c := Change{ID: r.ID}
	plain, err := s.Box.Open(changeAD(r.ID), r.KindsSealed)
	if err != nil {
		return c, err
	}
	if err := json.Unmarshal(plain, &c.Kinds); err != nil {
		return c, err
	}
	if r.FromID != nil {
		from, err := s.byID(db, *r.FromID)
		if err != nil {
			return c, err
		}
		c.From = &from
	}
	return c, nil
}

func (s *Service) kindsOf(db *gorm.DB, changeID string) ([]string, error) {
	var r changeRow
	if err := db.Where("id = ?", changeID).Take(&r).Error; err != nil {
		return nil, err
	}
	c, err := s.readChange(db, r)
	return c.Kinds, err
}

// Begin says what changed. The statement as it stands is what the new one will be held against; saying more later keeps that. Errors:
// NotFound; Invalid "kinds" when nothing known was chosen.
func (s *Service) Begin(ctx context.Context, a account.Actor, kinds []string) error {
	if !a.IsDebtor() {
		return fail.NotFound()
	}
	known := s.Packs.On(s.today()).Means
	kinds = slices.DeleteFunc(slices.Clone(kinds), func(id string) bool { _, ok := known.ChangeOf(id); return !ok })
	if len(kinds) == 0 {
		return fail.Invalid(fail.F("kinds", "changed.none_chosen"))
	}
	plain, err := json.Marshal(kinds)
	if err != nil {
		return err
	}
	return s.DB.Tx(ctx, func(tx *gorm.DB) error {
		r, ok, err := openChange(tx, a.PersonID)
		if err != nil {
			return err
		}
		if ok {
			return tx.Model(&changeRow{}).Where("id = ? AND state = ?", r.ID, changeOpen).Update("kinds_sealed", s.Box.Seal(changeAD(r.ID), plain)).Error
		}
		r = changeRow{ID: store.NewID(), PersonID: a.PersonID, State: changeOpen, CreatedAt: s.Clock.Now()}
		r.KindsSealed = s.Box.Seal(changeAD(r.ID), plain)
		now, found, err := latest(tx, a.PersonID)
		if err != nil {
			return err
		}
		if found {
			r.FromID = &now.ID
		}
		if err := tx.Create(&r).Error; err != nil {
			return err
		}
		return audit.Append(tx, audit.Entry{SubjectType: "means", SubjectID: a.PersonID, Actor: filing.AuditActor(a, ""), Kind: "means.changing", At: s.Clock.Now()})
	})
}

// Drop ends the change without a filing. Dropping none is no error.
func (s *Service) Drop(ctx context.Context, a account.Actor) error {
	if !a.IsDebtor() {
		return fail.NotFound()
	}
	return s.DB.Tx(ctx, func(tx *gorm.DB) error { return s.end(tx, a.PersonID, changeDropped, nil) })
}

func (s *Service) end(tx *gorm.DB, personID, state string, filingID *string) error {
	return tx.Model(&changeRow{}).Where("person_id = ? AND state = ?", personID, changeOpen).
		Updates(map[string]any{"state": state, "filing_id": filingID, "ended_at": s.Clock.Now()}).Error
}

// File drafts the filing a change leads to, with the answers of the statement and the statement itself, before and after. token makes a second
// click find the draft of the first. extra are more facts, such as the case of an earlier filing. Errors: NotFound when nothing is being
// changed; Invalid "means" while the statement is not ready.
func (s *Service) File(ctx context.Context, a account.Actor, remedy, lang, token string, extra rules.Facts) (filing.Filing, error) {
	c, ok, err := s.Changing(ctx, a)
	if err != nil {
		return filing.Filing{}, err
	}
	if !ok {
		return filing.Filing{}, fail.NotFound()
	}
	now, err := s.Current(ctx, a)
	if err != nil {
		return filing.Filing{}, err
	}
	if !now.Ready() {
		return filing.Filing{}, fail.Invalid(fail.F("means", "means.not_ready"))
	}
	facts := rules.Facts{"topic": rules.Pick("life"), "change": rules.Picks(s.says(c.Kinds)...), "person_kind": rules.Pick("person")}
	if now.Order.How == TakesMonthly || now.Order.How == TakesAll {
		facts["taking"] = rules.Pick(rules.Yes)
	}
	for id, v := range extra {
		facts[id] = v
	}
	f, err := s.Filings.Start(ctx, a, filing.StartInput{Remedy: remedy, Facts: facts, Lang: lang, Token: token})
	if err != nil {
		return f, err
	}
	if err := s.attach(ctx, a, f.ID, f.Version, now, &c); err != nil {
		return f, err
	}
	err = s.DB.Tx(ctx, func(tx *gorm.DB) error { return s.end(tx, a.PersonID, changeFiled, &f.ID) })
	return f, err
}

// says are the answers of the fact "change" that the changes stand for, each once.
func (s *Service) says(kinds []string) []string {
	m := s.Packs.On(s.today()).Means
	var out []string
	for _, id := range kinds {
		if c, ok := m.ChangeOf(id); ok && !slices.Contains(out, c.Says) {
			out = append(out, c.Says)
		}
	}
	return out
}

// Groups are the parts of the statement that change with what changed, in the order they are asked.
func Groups(m rules.Means, kinds []string) []rules.MeansGroup {
	var out []rules.MeansGroup
	for _, g := range rules.MeansGroups {
		if slices.ContainsFunc(kinds, func(id string) bool { c, _ := m.ChangeOf(id); return slices.Contains(c.Groups, g) }) {
			out = append(out, g)
		}
	}
	return out
}

// Step is what became of one line between two versions.
type Step struct {
	Before, After *Line // nil: it was not there
}

// Same says that the line did not change.
func (s Step) Same() bool { return s.Before != nil && s.After != nil && *s.Before == *s.After }

// Compare holds two versions against each other, line by line: those that stayed or changed in their old order, then the new ones.
func Compare(before, after Data) []Step {
	var out []Step
	for _, l := range before.Lines {
		step := Step{Before: &l}
		if now, ok := after.Line(l.ID); ok {
			step.After = &now
		}
		out = append(out, step)
	}
	for _, l := range after.Lines {
		if _, ok := before.Line(l.ID); !ok {
			out = append(out, Step{After: &l})
		}
	}
	return out
}
