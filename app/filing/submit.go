package filing

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"unicode/utf8"

	"gorm.io/gorm"

	"reliefportal/app/account"
	"reliefportal/app/calendar"
	"reliefportal/app/fail"
	"reliefportal/app/outage"
	"reliefportal/app/rules"
)

// SubmitInput is what the check page posts.
type SubmitInput struct {
	Version  int64
	Key      string // the draft's one-time token
	Declared bool   // the statement of truth was ticked
	// Made is how the statement was made where a member of staff types for the person: MadeOrally or MadeOnPaper. Otherwise empty.
	Made string
	// Checked is the hash of what the person saw (Look.Hash). It decides whether the draft is still what was checked; without it Version does.
	Checked string
	// Words is the statement of truth as the page showed it, Lang the language it was in; an empty Lang is the draft's.
	Words, Lang string
	// WhyLate is what the person says about coming late; empty says nothing.
	WhyLate string
}

// How a statement of truth was made.
const (
	MadeSelf   = "self"
	MadeOrally = "oral"           // said to the member of staff who typed
	MadePaper  = "paper"          // signed on paper, before that member of staff
	MadeByRep  = "representative" // by somebody with the power to file
)

// declaredBy says how the statement of truth was made, and before whom. Errors: Invalid "made" when staff type and did not say;
// Conflict for a representative without the power to file.
func declaredBy(tx *gorm.DB, a account.Actor, f Filing, said string) (made string, to *string, err error) {
	switch {
	case a.By != nil && said != MadeOrally && said != MadePaper:
		return "", nil, fail.Invalid(fail.F("made", "readback.made_empty"))
	case a.By != nil:
		return said, &a.By.PersonID, nil
	case a.PersonID != f.PersonID:
		return MadeByRep, &a.PersonID, MayUse(tx, a, f, PowerFile)
	}
	return MadeSelf, nil, nil
}

// Submit files a draft, once. already is true when this draft had been filed before: the first receipt stands, nothing is filed twice.
// Errors: NotFound; Invalid "declare" when the statement was not ticked, Invalid "missing" when a required page is unanswered;
// Conflict "filing.stale" when the draft changed after it was checked.
func (s *Service) Submit(ctx context.Context, a account.Actor, id string, in SubmitInput) (f Filing, already bool, err error) {
	const codes = 5 // a receipt code that is taken already is so rare that a second draw is enough
	for try := 0; try < codes; try++ {
		f, already, err = s.submitOnce(ctx, a, id, in)
		if !errors.Is(err, gorm.ErrDuplicatedKey) {
			return f, already, err
		}
	}
	return f, already, err
}

func (s *Service) submitOnce(ctx context.Context, a account.Actor, id string, in SubmitInput) (f Filing, already bool, err error) {
	err = s.db.Tx(ctx, func(tx *gorm.DB) error {
		already = false
		f, err = ByID(tx, a, id)
		if err != nil {
			return err
		}
		if !a.IsDebtor() {
			return fail.NotFound()
		}
		if f.Status != Draft {
			already = f.Ref != nil && in.Key == f.SubmitKey
			if already {
				return nil
			}
			return fail.Conflict("filing.not_draft")
		}
		return s.file(ctx, tx, a, &f, in)
	})
	// Two submits at once: the one that lost the guarded update finds the filing of the other.
	if fail.KindOf(err) == fail.KindConflict {
		if now, e := ByID(s.db.Read(ctx), a, id); e == nil && now.Ref != nil && now.SubmitKey == in.Key {
			return now, true, nil
		}
	}
	return f, already, err
}

func (s *Service) file(ctx context.Context, tx *gorm.DB, a account.Actor, f *Filing, in SubmitInput) error {
	if f.SubmitKey != in.Key || in.Checked == "" && f.Version != in.Version {
		return fail.Conflict("filing.stale")
	}
	p := s.Packs.On(s.today())
	facts, files, err := s.unchanged(tx, p, *f, in)
	if err != nil {
		return err
	}
	made, to, err := declaredBy(tx, a, *f, in.Made)
	if err != nil {
		return err
	}
	caught, err := s.CaughtBy(tx, *f, facts)
	if err != nil {
		return err
	}
	now := s.Clock.Now()
	routing := p.Route(f.Remedy, facts, s.Bodies)
	body, division := s.owner(ctx, routing)
	if division == DivisionRouting {
		routing.Reason, routing.Cites = p.Desk.Reason, p.Desk.Cites
	}
	trace, err := json.Marshal(routeOf(routing))
	if err != nil {
		return err
	}
	f.PackID, f.PackHash, f.SubmittedAt = p.ID, p.Hash, &now
	look, err := s.lookAt(tx, *f, facts, files, in.Words)
	if err != nil {
		return err
	}
	sub, err := submission(*f, in, look.Hash, caught)
	if err != nil {
		return err
	}
	sub.Made, sub.MadeTo = made, to
	if err := tx.Create(&sub).Error; err != nil {
		return err
	}
	urgency, rank := urgencyOf(p, facts, s.today())
	set, err := s.filedSet(ctx, *f, facts, Set{"ref": newRef(), "pack_id": p.ID, "pack_hash": p.Hash, "submitted_at": now, "draft_expires_at": nil,
		"draft_warned_at": nil, "urgency": urgency, "urgency_rank": rank, "owner_body_id": body, "owner_division": division, "route_row": routing.Row, "trace": string(trace)})
	if err != nil {
		return err
	}
	if err := s.Move(tx, f, Change{Action: ActSubmit, Actor: a, Set: set,
		Data: map[string]any{"body": body, "division": division, "row": routing.Row, "pack": p.ID, "files": len(files), "hash": sub.FactsHash,
			"declaration": sub.Declaration, "lang": sub.Lang, "outages": len(caught), "made": made}}); err != nil {
		return err
	}
	if err := s.endParentWindow(tx, *f, now); err != nil {
		return err
	}
	if err := account.KeepName(tx, s.Box, f.PersonID, s.Applicant(*f)); err != nil {
		return err
	}
	if err := s.Jobs.Insert(tx, Filed{FilingID: f.ID}); err != nil {
		return err
	}
	return s.tell(tx, *f, "submitted", "1", s.OwnerArgs(ctx, *f))
}

// unchanged gives the answers that count and the fingerprints of the files, when they are complete and still those that were checked.
func (s *Service) unchanged(tx *gorm.DB, p *rules.Pack, f Filing, in SubmitInput) (rules.Facts, []string, error) {
	facts, err := s.Facts(f)
	if err != nil {
		return nil, nil, err
	}
	files, err := s.Files.Hashes(tx, f.ID)
	if err != nil {
		return nil, nil, err
	}
	if in.Checked != "" {
		now, err := s.lookAt(tx, f, facts, files, in.Words)
		if err != nil {
			return nil, nil, err
		}
		if now.Hash != in.Checked {
			return nil, nil, fail.Conflict("filing.stale")
		}
	}
	if err := ready(p, f, facts, in.Declared); err != nil {
		return nil, nil, err
	}
	r, _ := p.Remedy(f.Remedy) // ready has found it
	counted, _ := Counted(p, r, facts)
	if _, known := p.Fact(FactWhyLate); known && in.WhyLate != "" {
		if utf8.RuneCountInString(in.WhyLate) > longText {
			return nil, nil, fail.Invalid(fail.F("late", "answer.too_long", "n", utf8.RuneCountInString(in.WhyLate), "max", longText,
				"over", utf8.RuneCountInString(in.WhyLate)-longText))
		}
		counted = counted.Clone()
		counted[FactWhyLate] = rules.Said(in.WhyLate)
	}
	return counted, files, nil
}

// submission is the statement of truth as it is kept.
func submission(f Filing, in SubmitInput, hash string, caught []outage.Entry) (Submission, error) {
	out := Submission{FilingID: f.ID, SubmitKey: f.SubmitKey, FactsHash: hash, Declaration: DeclarationVersion, Lang: in.Lang, Words: in.Words,
		SubmittedAt: *f.SubmittedAt}
	if out.Lang == "" {
		out.Lang = f.Lang
	}
	if len(caught) == 0 {
		return out, nil
	}
	plain, err := json.Marshal(caught)
	out.Outages = string(plain)
	return out, err
}

// urgencyOf gives what is urgent in these answers as a filing keeps it, and the rank of the weightiest reason.
func urgencyOf(p *rules.Pack, facts rules.Facts, on calendar.Date) (codes string, rank int64) {
	found := p.UrgencyOf(facts, on)
	if len(found) == 0 {
		return "", NotUrgent
	}
	list := make([]string, 0, len(found))
	for _, u := range found {
		mark := u.Code
		if day, ok := facts.Known(u.Day); ok && !day.Date.IsZero() {
			mark += ":" + day.Date.String()
		}
		list = append(list, mark)
	}
	_, at, _ := p.Urgency(found[0].Code)
	return strings.Join(list, ","), int64(at)
}

// filedSet adds the answers that are filed to the columns of the submit: those of pages that no longer apply stay out.
func (s *Service) filedSet(ctx context.Context, f Filing, facts rules.Facts, set Set) (Set, error) {
	next := f
	if err := s.sealInto(ctx, &next, facts); err != nil {
		return nil, err
	}
	set["facts_sealed"], set["applicant_sealed"], set["case_number"] = next.FactsSealed, next.ApplicantSealed, next.CaseNumber
	set["exec_body_id"], set["act_body_id"] = next.ExecBodyID, next.ActBodyID
	return set, nil
}

// ready refuses a submit that is not complete. Being late is no reason: whether a filing is in time is for the body to say.
func ready(p *rules.Pack, f Filing, facts rules.Facts, declared bool) error {
	r, ok := p.Remedy(f.Remedy)
	if !ok {
		return fail.Unavailable("pack.missing", nil)
	}
	var fields []fail.Field
	if len(MissingPages(Pages(p, r, facts), facts)) > 0 {
		fields = append(fields, fail.F("missing", "check.missing"))
	}
	if !declared {
		fields = append(fields, fail.F("declare", "check.declare"))
	}
	if len(fields) > 0 {
		return fail.Invalid(fields...)
	}
	return nil
}

// owner is the body and division a routing puts the filing in the hands of. What no rule decides, or names a court the
// directory does not know, goes to the routing desk: a filing is never ownerless and never sent back.
func (s *Service) owner(ctx context.Context, r rules.Routing) (bodyID, division string) {
	if !r.Arbiter && r.Court != "" {
		if id := s.Bodies.BodyID(ctx, r.Court); id != "" {
			return s.Bodies.Heir(ctx, id, s.today()), r.Division
		}
	}
	return s.Bodies.RoutingDesk(), DivisionRouting
}

// RouteTo works out the owner when a person has named the executing court of a filing that no rule could route. It gives the
// columns and the audit data for Move. Error: Invalid "court" when the directory does not know it.
func (s *Service) RouteTo(ctx context.Context, f Filing, court string) (Set, map[string]any, error) {
	id := s.Bodies.BodyID(ctx, court)
	if _, ok := s.Bodies.Court(court); !ok || id == "" {
		return nil, nil, fail.Invalid(fail.F("court", "court.unknown"))
	}
	facts, err := s.Facts(f)
	if err != nil {
		return nil, nil, err
	}
	p, err := s.Pack(f)
	if err != nil {
		return nil, nil, err
	}
	facts[FactExecCourt] = rules.Said(court)
	routing := p.Route(f.Remedy, facts, s.Bodies)
	body, division := s.owner(ctx, routing)
	if division == DivisionRouting {
		// The rules still do not say: the person at the desk does, and the court he named enters it.
		body, division = id, rules.DivDocketing
	}
	trace, err := json.Marshal(routeOf(routing))
	if err != nil {
		return nil, nil, err
	}
	plain, err := json.Marshal(facts)
	if err != nil {
		return nil, nil, err
	}
	return Set{"facts_sealed": s.Box.Seal(factsAD(f.ID), plain), "owner_body_id": body, "owner_division": division, "exec_body_id": id, "route_row": routing.Row, "trace": string(trace)},
		map[string]any{"from": f.Owner(), "body": body, "division": division, "row": routing.Row}, nil
}
