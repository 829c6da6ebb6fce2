package filing

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"gorm.io/gorm"

	"reliefportal/app/account"
	"reliefportal/app/calendar"
	"reliefportal/app/fail"
	"reliefportal/app/rules"
)

// AnswerSupplement hands the filing back to the docketing desk after the debtor has given what was missing.
// record stores the words in the same transaction. Errors: NotFound, Conflict.
func (s *Service) AnswerSupplement(ctx context.Context, a account.Actor, id string, version int64, record func(tx *gorm.DB, f Filing) error) (Filing, error) {
	var f Filing
	err := s.db.Tx(ctx, func(tx *gorm.DB) (err error) {
		if f, err = s.own(tx, a, id, version, PowerFile); err != nil {
			return err
		}
		if err := record(tx, f); err != nil {
			return err
		}
		if err := s.Move(tx, &f, Change{Action: ActAnswer, Actor: a}); err != nil {
			return err
		}
		return s.tell(tx, f, "supplement_answered", "1", s.OwnerArgs(ctx, f))
	})
	return f, err
}

// own loads the debtor's own filing, or one in which he was given the power, at the version his page showed.
func (s *Service) own(tx *gorm.DB, a account.Actor, id string, version int64, power Power) (Filing, error) {
	f, err := ByID(tx, a, id)
	if err != nil {
		return f, err
	}
	if !a.IsDebtor() {
		return f, fail.NotFound()
	}
	if f.Version != version {
		return f, fail.Conflict("filing.stale")
	}
	return f, MayUse(tx, a, f, power)
}

// Withdraw takes a draft away, or a filing back that has not been decided. Errors: NotFound, Conflict.
func (s *Service) Withdraw(ctx context.Context, a account.Actor, id string, version int64) (Filing, error) {
	var f Filing
	err := s.db.Tx(ctx, func(tx *gorm.DB) (err error) {
		if f, err = s.own(tx, a, id, version, PowerWithdraw); err != nil {
			return err
		}
		filed := f.Status != Draft
		if err := s.Move(tx, &f, Change{Action: ActWithdraw, Actor: a, Clock: Moot, Outcome: Withdrawn, Ground: "by_applicant",
			Set: Set{"draft_expires_at": nil}}); err != nil {
			return err
		}
		if !filed {
			return nil
		}
		if err := s.Jobs.Insert(tx, TakenBack{FilingID: f.ID}); err != nil {
			return err
		}
		if err := s.reopenParentWindow(tx, f); err != nil {
			return err
		}
		return s.tell(tx, f, "withdrawn", "1", s.OwnerArgs(ctx, f))
	})
	return f, err
}

// NextDoor is a remedy that follows on this filing, with the facts it would start with.
type NextDoor struct {
	Door  rules.Door
	Facts rules.Facts
	Why   rules.Text
}

// NextDoors are the ways on: what the outcome opens once it is served, or what opens because the body is late.
func (s *Service) NextDoors(ctx context.Context, f Filing, facts rules.Facts) ([]NextDoor, error) {
	p, err := s.Pack(f)
	if err != nil {
		return nil, err
	}
	r, ok := p.Remedy(f.Remedy)
	if !ok {
		return nil, nil
	}
	decided := s.decisionFacts(ctx, f)
	var out []NextDoor
	add := func(n rules.NextRemedy) {
		if next, ok := p.Remedy(n.Remedy); ok {
			carried := n.CarryOver(facts, decided)
			out = append(out, NextDoor{Door: s.certain(p, s.doorOf(p, next, carried, n.Why)), Facts: carried, Why: n.Why})
		}
	}
	switch {
	case f.Status == Closed:
		if o, ok := r.Outcome(value(f.Outcome)); ok {
			undone, err := s.undoneRemedies(ctx, p, f)
			if err != nil {
				return nil, err
			}
			for _, n := range append(undone, missingFrom(undone, o.Next)...) {
				add(n)
			}
		}
	case f.Overdue:
		for _, n := range s.lateRemedies(ctx, p, f, facts) {
			add(n)
		}
	}
	return out, nil
}

// missingFrom are the remedies of more that are not in list already.
func missingFrom(list, more []rules.NextRemedy) []rules.NextRemedy {
	var out []rules.NextRemedy
	for _, n := range more {
		if !slices.ContainsFunc(list, func(x rules.NextRemedy) bool { return x.Remedy == n.Remedy }) {
			out = append(out, n)
		}
	}
	return out
}

// doorOf is the next remedy's door with its window. An outcome, or a clock that ran out, opens the way it names by itself: answers that
// once led elsewhere do not shut it.
func (s *Service) doorOf(p *rules.Pack, next *rules.Remedy, facts rules.Facts, why rules.Text) rules.Door {
	for _, d := range p.Doors(facts, s.today(), s.Bodies) {
		if d.Remedy == next && d.State != rules.DoorShut && d.State != rules.DoorMaybe {
			return d
		}
	}
	return rules.Door{Remedy: next, State: rules.DoorOpen, Why: why}
}

// lateRemedies are the remedies that the missed clock names.
func (s *Service) lateRemedies(ctx context.Context, p *rules.Pack, f Filing, facts rules.Facts) []rules.NextRemedy {
	var c Clock
	if f.NextClockID == nil || s.db.Read(ctx).Where("id = ?", *f.NextClockID).Take(&c).Error != nil {
		return nil
	}
	return s.lateFor(ctx, p, f, c, facts)
}

// lateFor are the remedies that a clock names for when it has run out, each with everything answered so far and with what the pack drafts
// for it in words.
func (s *Service) lateFor(ctx context.Context, p *rules.Pack, f Filing, c Clock, facts rules.Facts) []rules.NextRemedy {
	rule, _ := p.Clock(c.Rule)
	var out []rules.NextRemedy
	for _, id := range rule.OnExpiry {
		n := rules.NextRemedy{Remedy: id, Why: rule.ExpiryText, Carry: same(facts), Set: rules.Facts{}}
		drafted := p.LateDrafts[id]
		maps.Copy(n.Carry, drafted.Carry)
		maps.Copy(n.Set, drafted.Set)
		maps.Copy(n.Set, drafted.Words(f.Lang, s.placesOf(ctx, f, c)))
		out = append(out, n)
	}
	return out
}

// placesOf are the values of the places in drafted words, dates as they are written on paper.
func (s *Service) placesOf(ctx context.Context, f Filing, c Clock) map[string]string {
	return map[string]string{"code": f.Code(), "body": s.Bodies.BodyName(ctx, f.Owner()), "received": DayIn(f.Lang, f.ReceivedOn()),
		"due": DayIn(f.Lang, c.LegalEndOn)}
}

// DayIn writes a civil day as a drafted paper does: 2026年11月9日, or 9 November 2026.
func DayIn(lang string, d calendar.Date) string {
	y, m, day := d.Parts()
	if lang == "en" {
		return fmt.Sprintf("%d %s %d", day, m, y)
	}
	return fmt.Sprintf("%d年%d月%d日", y, int(m), day)
}

func same(facts rules.Facts) map[rules.FactID]rules.FactID {
	out := map[rules.FactID]rules.FactID{}
	for id := range facts {
		out[id] = id
	}
	return out
}

// decisionFacts are the pseudo facts a next remedy may carry on.
func (s *Service) decisionFacts(ctx context.Context, f Filing) rules.Facts {
	out := rules.Facts{}
	if !f.ServedOn.IsZero() {
		out[rules.DecisionServedOn] = rules.On(f.ServedOn)
	}
	if f.DecidedAt != nil {
		out[rules.DecisionMadeOn] = rules.On(calendar.DateOf(*f.DecidedAt))
	}
	if f.DocketNumber != "" {
		out[rules.DecisionNumber] = rules.Said(f.DocketNumber)
	}
	if name := s.Bodies.BodyName(ctx, f.Owner()); name != "" {
		out[rules.DecisionCourt] = rules.Said(name)
	}
	if d := f.ReceivedOn(); !d.IsZero() {
		out[rules.FilingReceivedOn] = rules.On(d)
	}
	return out
}

// StartNext begins the next remedy with the facts carried over. Errors: NotFound when that way is not open from here.
func (s *Service) StartNext(ctx context.Context, a account.Actor, id, remedy, lang, token string) (Filing, error) {
	f, facts, err := s.Get(ctx, a, id)
	if err != nil {
		return Filing{}, err
	}
	if a.By != nil || a.PersonID != f.PersonID { // a new filing is the person's own, and so is the wish for it
		return Filing{}, fail.Conflict("helper.only_owner")
	}
	next, err := s.NextDoors(ctx, f, facts)
	if err != nil {
		return Filing{}, err
	}
	for _, n := range next {
		if n.Door.Remedy.ID == remedy {
			return s.Start(ctx, a, StartInput{Remedy: remedy, Facts: n.Facts, Lang: lang, Token: token, Parent: &f})
		}
	}
	return Filing{}, fail.NotFound()
}

// ByRef looks a receipt code up. Error: NotFound.
func (s *Service) ByRef(ctx context.Context, ref string) (Filing, error) {
	var f Filing
	err := s.db.Read(ctx).Select(light).Where("ref = ?", ref).Take(&f).Error
	return f, notFound(err)
}
