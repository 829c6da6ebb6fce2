package restriction

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"gorm.io/gorm"

	"reliefportal/app/account"
	"reliefportal/app/audit"
	"reliefportal/app/calendar"
	"reliefportal/app/fail"
	"reliefportal/app/filing"
	"reliefportal/app/jobs"
	"reliefportal/app/notice"
	"reliefportal/app/rules"
	"reliefportal/app/seal"
	"reliefportal/app/store"
)

// Subject is the subject type of entries in the audit record.
const Subject = "restriction"

// Deps are the neighbours of the service.
type Deps struct {
	DB      *store.DB
	Filings *filing.Service
	Packs   filing.Packs
	Box     *seal.Box
	Teller  filing.Teller
	Jobs    jobs.Inserter
	Clock   calendar.Clock
}

// Service holds the use cases and is the only writer of its table.
type Service struct{ Deps }

// NewService makes the service.
func NewService(d Deps) *Service { return &Service{d} }

func (s *Service) today() calendar.Date { return calendar.Today(s.Clock) }

// termOf finds the term of an entry's kind and event in the pack in force.
func (s *Service) termOf(kind, event string) (rules.RestrictionTerm, error) {
	r, ok := s.Packs.On(s.today()).Restriction(kind)
	if !ok {
		return rules.RestrictionTerm{}, fail.Invalid(fail.F("kind", "answer.choose"))
	}
	t, ok := r.Term(event)
	if !ok {
		return t, fail.Invalid(fail.F("event", "answer.choose"))
	}
	return t, nil
}

// Note keeps a restriction the person tells of. The same token twice gives the same entry. Errors: NotFound for anybody but a debtor; Invalid
// "kind", "event" or "value" (the day).
func (s *Service) Note(ctx context.Context, a account.Actor, in New) (Entry, error) {
	if !a.IsDebtor() {
		return Entry{}, fail.NotFound()
	}
	term, err := s.termOf(in.Kind, in.Event)
	if err != nil {
		return Entry{}, err
	}
	switch {
	case in.On.IsZero():
		return Entry{}, fail.Invalid(fail.F("value", "date.empty"))
	case in.On.After(s.today()):
		return Entry{}, fail.Invalid(fail.F("value", "date.future"))
	}
	e, err := s.entry(a.PersonID, in, term)
	if err != nil {
		return Entry{}, err
	}
	err = s.DB.Tx(ctx, func(tx *gorm.DB) error { return s.create(tx, a.Audit("", ""), e) })
	if errors.Is(err, gorm.ErrDuplicatedKey) {
		var first Entry
		err = notFound(s.DB.Read(ctx).Where("token = ? AND person_id = ?", in.Token, a.PersonID).Take(&first).Error)
		return first, err
	}
	return e, err
}

func (s *Service) entry(personID string, in New, term rules.RestrictionTerm) (Entry, error) {
	p, now := s.Packs.On(s.today()), s.Clock.Now()
	dl := p.Calendar.End(in.On, term.Within)
	e := Entry{ID: store.NewID(), PersonID: personID, Kind: in.Kind, Event: in.Event, HappenedOn: in.On, DueOn: dl.LegalEnd, Provisional: dl.Provisional,
		PackHash: p.Hash, State: Waiting, Version: 1, Token: in.Token, CreatedAt: now, UpdatedAt: now}
	if s.today().After(e.DueOn) {
		e.State = Due
	}
	plain, err := json.Marshal(in.Facts)
	if err != nil {
		return Entry{}, fmt.Errorf("note a restriction: %w", err)
	}
	e.FactsSealed = s.Box.Seal(factsAD(e.ID), plain)
	return e, nil
}

func (s *Service) create(tx *gorm.DB, by audit.Actor, e Entry) error {
	if err := tx.Create(&e).Error; err != nil {
		return err
	}
	return s.record(tx, by, e, "restriction.noted", map[string]any{"kind": e.Kind, "event": e.Event, "due": e.DueOn})
}

func (s *Service) record(tx *gorm.DB, by audit.Actor, e Entry, kind string, data any) error {
	return audit.Append(tx, audit.Entry{SubjectType: Subject, SubjectID: e.ID, Actor: by, Kind: kind, Data: data, At: s.Clock.Now()})
}

// FromDecision notes the restriction that a served decision ends, for the person it was decided for. It does nothing for any other decision, and
// nothing twice.
func (s *Service) FromDecision(ctx context.Context, filingID string) error {
	return s.DB.Tx(ctx, func(tx *gorm.DB) error {
		var f filing.Filing
		if err := tx.Where("id = ?", filingID).Take(&f).Error; err != nil || f.Outcome == nil {
			return err
		}
		kind, term, ok := s.Packs.On(s.today()).LiftedBy(f.Remedy, *f.Outcome)
		if !ok || f.ServedOn.IsZero() {
			return nil
		}
		facts, err := s.Filings.Facts(f)
		if err != nil {
			return err
		}
		e, err := s.entry(f.PersonID, New{Kind: kind.ID, Event: term.ID, On: f.ServedOn, Facts: facts, Lang: f.Lang, Token: "filing/" + f.ID + "/" + kind.ID}, term)
		if err != nil {
			return err
		}
		e.FilingID = &f.ID
		if err := s.onTheDayNamed(tx, &e); err != nil {
			return err
		}
		var n int64
		if err := tx.Model(&Entry{}).Where("token = ?", e.Token).Count(&n).Error; err != nil || n > 0 {
			return err
		}
		return s.create(tx, filing.AuditActor(account.System(), ""), e)
	})
}

// onTheDayNamed has the restriction gone by the day that the decision itself names, where it names one.
func (s *Service) onTheDayNamed(tx *gorm.DB, e *Entry) error {
	named, err := filing.LiftedOn(tx, *e.FilingID)
	if err != nil || named.IsZero() {
		return err
	}
	e.DueOn, e.Provisional, e.State = named, false, Waiting
	if s.today().After(named) {
		e.State = Due
	}
	return nil
}

// Say is what the person saw when looking.
type Say string

// The answers.
const (
	SayGone  Say = "gone"  // it is not there any more
	SayStill Say = "still" // it is still there
	SayDrop  Say = "drop"  // do not follow it any more
)

// Answer keeps what the person saw. Where it is still there after its day, the request to end it is drafted with the facts filled in, once; its id
// comes back. Errors: NotFound; Invalid "seen"; Conflict "restriction.stale".
func (s *Service) Answer(ctx context.Context, a account.Actor, id string, version int64, say Say, lang string) (Entry, error) {
	e, facts, err := s.Get(ctx, a, id)
	if err != nil {
		return Entry{}, err
	}
	if e.Version != version {
		return e, fail.Conflict("restriction.stale")
	}
	next := map[Say]State{SayGone: Gone, SayStill: e.State, SayDrop: Dropped}
	to, ok := next[say]
	if !ok {
		return e, fail.Invalid(fail.F("seen", "answer.choose"))
	}
	if say == SayStill && s.today().After(e.DueOn) {
		to = Due
		if e.DraftID == nil {
			draft, err := s.draft(ctx, a, e, facts, lang)
			if err != nil {
				return e, err
			}
			e.DraftID = &draft
		}
	}
	return e, s.DB.Tx(ctx, func(tx *gorm.DB) error {
		now := s.Clock.Now()
		res := tx.Model(&Entry{}).Where("id = ? AND version = ?", e.ID, version).
			Updates(map[string]any{"state": to, "draft_id": e.DraftID, "checked_at": now, "updated_at": now, "version": version + 1})
		if res.Error == nil && res.RowsAffected == 0 {
			return fail.Conflict("restriction.stale")
		}
		if res.Error != nil {
			return res.Error
		}
		e.State, e.CheckedAt, e.Version = to, &now, version+1
		if to == Gone && e.FilingID != nil {
			if err := s.Jobs.Insert(tx, WentAway{FilingID: *e.FilingID}); err != nil {
				return err
			}
		}
		return s.record(tx, a.Audit("", ""), e, "restriction."+string(say), nil)
	})
}

// draft writes the request to end a restriction. The token is the entry's, so that however often it is asked there is one draft.
func (s *Service) draft(ctx context.Context, a account.Actor, e Entry, facts rules.Facts, lang string) (string, error) {
	term, err := s.termOf(e.Kind, e.Event)
	if err != nil {
		return "", err
	}
	facts = facts.Clone()
	facts["cleared_on"] = rules.On(e.HappenedOn)
	out := term.Correct.CarryOver(facts, nil)
	places := map[string]string{"event": term.Label.In(lang), "day": filing.DayIn(lang, e.HappenedOn), "due": filing.DayIn(lang, e.DueOn),
		"checked": filing.DayIn(lang, s.today())}
	for id, v := range term.Correct.Words(lang, places) {
		out[id] = v
	}
	in := filing.StartInput{Remedy: term.Correct.Remedy, Facts: out, Lang: lang, Token: "restriction/" + e.ID}
	if e.FilingID != nil {
		parent, _, err := s.Filings.Get(ctx, a, *e.FilingID)
		if err != nil {
			return "", err
		}
		in.Parent = &parent
	}
	f, err := s.Filings.Start(ctx, a, in)
	return f.ID, err
}

// Sweep turns the entries whose day has passed to due and tells their people, once, and returns how many it turned.
func (s *Service) Sweep(ctx context.Context) (int, error) {
	var rows []Entry
	err := s.DB.Read(ctx).Where("state = ? AND due_on < ?", Waiting, s.today()).Order("due_on, id").Limit(sweepBatch).Find(&rows).Error
	if err != nil {
		return 0, err
	}
	turned := 0
	var problems []error
	for _, e := range rows {
		err := s.DB.Tx(ctx, func(tx *gorm.DB) error { return s.turn(tx, e) })
		if err == nil {
			turned++
		}
		problems = append(problems, err)
	}
	return turned, errors.Join(problems...)
}

func (s *Service) turn(tx *gorm.DB, e Entry) error {
	res := tx.Model(&Entry{}).Where("id = ? AND state = ? AND version = ?", e.ID, Waiting, e.Version).
		Updates(map[string]any{"state": Due, "version": e.Version + 1, "updated_at": s.Clock.Now()})
	if res.Error != nil || res.RowsAffected == 0 {
		return res.Error
	}
	if err := s.record(tx, filing.AuditActor(account.System(), ""), e, "restriction.due", nil); err != nil {
		return err
	}
	return s.Teller.Send(tx, notice.Message{PersonID: e.PersonID, Kind: "restriction_due", Subject: e.ID, SendKey: "restriction/" + e.ID + "/due",
		Args: map[string]any{"due": e.DueOn}})
}

// Moot says that the person need not be told of an entry any more.
func (s *Service) Moot(ctx context.Context, o notice.Occasion) (bool, error) {
	if o.Kind != "restriction_due" {
		return false, nil
	}
	var n int64
	err := s.DB.Read(ctx).Model(&Entry{}).Where("id = ? AND state = ?", o.Subject, Due).Count(&n).Error
	return n == 0, err
}
