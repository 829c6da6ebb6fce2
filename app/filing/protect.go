package filing

import (
	"context"
	"slices"

	"gorm.io/gorm"

	"reliefportal/app/account"
	"reliefportal/app/calendar"
	"reliefportal/app/fail"
	"reliefportal/app/rules"
)

// Protected says whether an answer to a fact may only be taken away by saying so: days, case numbers, courts, and short personal answers such as
// an identity number. A time limit or a whole filing hangs on them, and an empty box is as likely a slip as a wish. The parts of the address for
// service stand on one page that shows them together and asks for those it needs, so there an empty box is an answer.
func Protected(f rules.Fact) bool {
	if slices.Contains(rules.ServiceFacts, f.ID) {
		return false
	}
	switch f.Kind {
	case rules.FactDate, rules.FactCaseNumber, rules.FactCourt:
		return true
	}
	return f.Kind == rules.FactText && f.Personal
}

// blank says that an answer holds nothing, not even "I do not know".
func blank(v rules.Value) bool {
	return !v.Unsure && v.Choice == "" && len(v.Choices) == 0 && v.Date.IsZero() && v.Text == ""
}

// keepsProtected refuses an empty answer in the place of a protected one. The error is Invalid "value".
func keepsProtected(p *rules.Pack, stored, given rules.Facts) error {
	for id, v := range given {
		was, known := stored.Known(id)
		if fact, _ := p.Fact(id); known && Protected(fact) && blank(v) && !blank(was) {
			return fail.Invalid(fail.F("value", "answer.kept"))
		}
	}
	return nil
}

// Removable says whether the answer to a fact can be taken away from these facts by RemoveAnswer.
func Removable(p *rules.Pack, facts rules.Facts, id rules.FactID) bool {
	v, known := facts.Known(id)
	fact, _ := p.Fact(id)
	return known && Protected(fact) && !blank(v)
}

// RemoveAnswer takes one answer away because the person said so. What the answers next to it say of it goes with it: without a case number there
// is no court read from it. Errors: NotFound; Conflict "filing.stale" or "filing.not_draft".
func (s *Service) RemoveAnswer(ctx context.Context, a account.Actor, id string, version int64, fact rules.FactID) (Filing, error) {
	return s.change(ctx, a, id, version, func(tx *gorm.DB, f Filing, p *rules.Pack, facts rules.Facts) error {
		if !Removable(p, facts, fact) {
			return fail.NotFound()
		}
		delete(facts, fact)
		return s.typed(tx, a, f, p, rules.Facts{fact: {}})
	})
}

// holding lists the facts among ids that hold exactly this day.
func holding(facts rules.Facts, ids []rules.FactID, on calendar.Date) []rules.FactID {
	return slices.DeleteFunc(slices.Clone(ids), func(id rules.FactID) bool {
		have, known := facts.Known(id)
		return !known || have.Date != on
	})
}
