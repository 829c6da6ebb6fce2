package filing

import (
	"context"
	"encoding/json"
	"errors"
	"maps"
	"unicode/utf8"

	"gorm.io/gorm"

	"reliefportal/app/account"
	"reliefportal/app/audit"
	"reliefportal/app/calendar"
	"reliefportal/app/casenumber"
	"reliefportal/app/fail"
	"reliefportal/app/money"
	"reliefportal/app/rules"
	"reliefportal/app/store"
)

// StartInput begins a draft. Token makes a second click find the draft of the first.
type StartInput struct {
	Remedy string
	Facts  rules.Facts
	Lang   string
	Token  string
	Parent *Filing
}

// Start opens a draft of a remedy that the portal takes in. Errors: NotFound for an unknown remedy or an actor who is not a debtor.
func (s *Service) Start(ctx context.Context, a account.Actor, in StartInput) (Filing, error) {
	p := s.Packs.On(s.today())
	r, ok := p.Remedy(in.Remedy)
	if !ok || r.Kind != rules.KindFiling || !a.IsDebtor() {
		return Filing{}, fail.NotFound()
	}
	now := s.Clock.Now()
	expires := now.Add(DraftLife)
	f := Filing{ID: store.NewID(), Status: Draft, Version: 1, Remedy: r.ID, PackID: p.ID, PackHash: p.Hash, PersonID: a.PersonID,
		Lang: in.Lang, SubmitKey: in.Token, DraftExpiresAt: &expires, CreatedAt: now, UpdatedAt: now}
	if in.Parent != nil {
		f.ParentID = &in.Parent.ID
		with, err := s.carriedAddress(s.db.Read(ctx), in.Facts, *in.Parent)
		if err != nil {
			return Filing{}, err
		}
		in.Facts = with
	}
	if err := s.sealInto(ctx, &f, in.Facts); err != nil {
		return Filing{}, err
	}
	err := s.db.Tx(ctx, func(tx *gorm.DB) error {
		if err := tx.Create(&f).Error; err != nil {
			return err
		}
		return audit.Append(tx, audit.Entry{SubjectType: "filing", SubjectID: f.ID, Actor: AuditActor(a, ""), Kind: "filing.started",
			Data: map[string]any{"remedy": r.ID}, At: now})
	})
	if errors.Is(err, gorm.ErrDuplicatedKey) {
		var first Filing
		err = notFound(s.db.Read(ctx).Where("submit_key = ? AND person_id = ?", in.Token, a.PersonID).Take(&first).Error)
		return first, err
	}
	return f, err
}

// sealInto writes the answers, and the columns that are read from them, into the row.
func (s *Service) sealInto(ctx context.Context, f *Filing, facts rules.Facts) error {
	plain, err := json.Marshal(facts)
	if err != nil {
		return err
	}
	f.FactsSealed = s.Box.Seal(factsAD(f.ID), plain)
	f.ApplicantSealed = nil
	if v, ok := facts.Known(FactApplicant); ok && v.Text != "" {
		f.ApplicantSealed = s.Box.Seal(applicantAD(f.ID), []byte(v.Text))
	}
	f.CaseNumber = ""
	if v, ok := facts.Known(FactCaseNumber); ok {
		f.CaseNumber = v.Text
	}
	f.ExecBodyID, f.ActBodyID = s.courtIn(ctx, facts, FactExecCourt), s.courtIn(ctx, facts, FactActCourt)
	return nil
}

// courtIn is the id of the court that an answer names; nil when nobody said, or the directory does not know it.
func (s *Service) courtIn(ctx context.Context, facts rules.Facts, fact rules.FactID) *string {
	v, ok := facts.Known(fact)
	if !ok {
		return nil
	}
	id := s.Bodies.BodyID(ctx, v.Text)
	if id == "" {
		return nil
	}
	return &id
}

// Answer saves answers in a draft. version is the one the form was shown with.
// Errors: NotFound; Conflict "filing.stale" when the draft has changed since, "filing.not_draft" when it was filed; Invalid "value" when an empty
// answer would wipe a protected one.
func (s *Service) Answer(ctx context.Context, a account.Actor, id string, version int64, answers rules.Facts) (Filing, error) {
	return s.AnswerWith(ctx, a, id, version, answers, nil)
}

// AnswerWith is Answer for a noun above that keeps something of its own with the answers: also, unless nil, writes it in the same transaction.
func (s *Service) AnswerWith(ctx context.Context, a account.Actor, id string, version int64, answers rules.Facts, also func(tx *gorm.DB, f Filing) error) (Filing, error) {
	return s.change(ctx, a, id, version, func(tx *gorm.DB, f Filing, p *rules.Pack, facts rules.Facts) error {
		if err := keepsProtected(p, facts, answers); err != nil {
			return err
		}
		for k, v := range answers {
			if _, ok := p.Fact(k); !ok {
				return fail.NotFound()
			}
			facts[k] = v
		}
		fromSign(p, answers, facts)
		if err := s.typed(tx, a, f, p, answers); err != nil || also == nil {
			return err
		}
		return also(tx, f)
	})
}

// change loads a draft at the version its page showed, lets alter change its answers, and saves them. The draft lives on from now.
func (s *Service) change(ctx context.Context, a account.Actor, id string, version int64,
	alter func(tx *gorm.DB, f Filing, p *rules.Pack, facts rules.Facts) error) (Filing, error) {
	var out Filing
	err := s.db.Tx(ctx, func(tx *gorm.DB) error {
		f, err := ByID(tx, a, id)
		switch {
		case err != nil:
			return err
		case !a.IsDebtor():
			return fail.NotFound()
		case f.Status != Draft:
			return fail.Conflict("filing.not_draft")
		case f.Version != version:
			return fail.Conflict("filing.stale")
		}
		facts, err := s.Facts(f)
		if err != nil {
			return err
		}
		if err := alter(tx, f, s.Packs.On(s.today()), facts); err != nil {
			return err
		}
		out = f
		return s.store(ctx, tx, &out, facts, Set{"draft_expires_at": s.Clock.Now().Add(DraftLife), "draft_warned_at": nil})
	})
	return out, err
}

// store writes the answers of a draft with its next version, and the columns in more.
func (s *Service) store(ctx context.Context, tx *gorm.DB, f *Filing, facts rules.Facts, more Set) error {
	next := *f
	if err := s.sealInto(ctx, &next, facts); err != nil {
		return err
	}
	set := Set{"facts_sealed": next.FactsSealed, "applicant_sealed": next.ApplicantSealed, "case_number": next.CaseNumber,
		"exec_body_id": next.ExecBodyID, "act_body_id": next.ActBodyID, "version": f.Version + 1, "updated_at": s.Clock.Now()}
	maps.Copy(set, more)
	return guardedUpdate(tx, f, set)
}

// fromSign fills in what the type sign of the case number tells and nobody has answered.
func fromSign(p *rules.Pack, given, facts rules.Facts) {
	v, ok := given.Known(FactCaseNumber)
	if !ok {
		return
	}
	n, err := casenumber.Parse(v.Text)
	if err != nil {
		return
	}
	for id, told := range p.Signs[n.Type] {
		if !facts.Asked(id) {
			facts[id] = told
		}
	}
}

const (
	shortText = 200
	longText  = 3000
)

// MaxOf is the most characters (text) or the largest number a fact may hold.
func MaxOf(f rules.Fact) int {
	switch {
	case f.Max > 0:
		return f.Max
	case f.Kind == rules.FactLongText:
		return longText
	case f.Kind == rules.FactText:
		return shortText
	}
	return 0
}

// CheckValue says whether an answer may be saved for a question: shape only, never law. The error is Invalid with the field "value".
func CheckValue(p *rules.Pack, q *rules.Question, v rules.Value, today calendar.Date) error {
	fact, _ := p.Fact(q.Fact)
	if v.Unsure {
		if !q.Unsure {
			return fail.Invalid(fail.F("value", "answer.needed"))
		}
		return nil
	}
	switch fact.Kind {
	case rules.FactChoice, rules.FactYesNo:
		return checkChoice(fact, q, v)
	case rules.FactChoices:
		for _, id := range v.Choices {
			if _, ok := fact.Option(id); !ok {
				return fail.Invalid(fail.F("value", chooseKey(q)))
			}
		}
		// Where "I do not know" is offered, or an answer is needed, nothing ticked is no answer.
		if len(v.Choices) == 0 && (q.Required || q.Unsure) {
			return fail.Invalid(fail.F("value", chooseKey(q)))
		}
	case rules.FactDate:
		return checkDate(q, v, today)
	case rules.FactMoney:
		if v.Money < 0 || v.Money > money.Fen(1e15) {
			return fail.Invalid(fail.F("value", "money.too_large"))
		}
	case rules.FactNumber:
		if v.Number < 0 || (fact.Max > 0 && v.Number > int64(fact.Max)) {
			return fail.Invalid(fail.F("value", "answer.number_range", "max", fact.Max))
		}
	case rules.FactCaseNumber:
		if v.Text == "" && !q.Required {
			return nil
		}
		if _, err := casenumber.ParseAt(v.Text, today); err != nil {
			return fail.Invalid(fail.At("value", err))
		}
	default:
		return checkText(fact, q, v)
	}
	return nil
}

func checkChoice(fact rules.Fact, q *rules.Question, v rules.Value) error {
	if v.Choice == "" && !q.Required {
		return nil
	}
	if _, ok := fact.Option(v.Choice); !ok {
		return fail.Invalid(fail.F("value", chooseKey(q)))
	}
	return nil
}

func chooseKey(q *rules.Question) string {
	if q.Unsure {
		return "answer.choose_or_unsure"
	}
	return "answer.choose"
}

func checkDate(q *rules.Question, v rules.Value, today calendar.Date) error {
	if v.Date.IsZero() {
		if q.Required {
			return fail.Invalid(fail.F("value", "date.empty"))
		}
		return nil
	}
	if q.Past && v.Date.After(today) {
		return fail.Invalid(fail.F("value", "date.future"))
	}
	return nil
}

func checkText(fact rules.Fact, q *rules.Question, v rules.Value) error {
	n, most := utf8.RuneCountInString(v.Text), MaxOf(fact)
	if q.Required && n == 0 {
		return fail.Invalid(fail.F("value", "answer.empty"))
	}
	if fact.ID == FactApplicant && most > 0 && n > most {
		return fail.Invalid(fail.F("value", "answer.name_too_long", "n", n, "max", most))
	}
	if most > 0 && n > most {
		return fail.Invalid(fail.F("value", "answer.too_long", "n", n, "max", most, "over", n-most))
	}
	return nil
}
