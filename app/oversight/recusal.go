package oversight

import (
	"context"
	"errors"
	"slices"

	"gorm.io/gorm"

	"reliefportal/app/account"
	"reliefportal/app/calendar"
	"reliefportal/app/fail"
	"reliefportal/app/filing"
	"reliefportal/app/notice"
	"reliefportal/app/store"
)

// RecusalView is a request with its words.
type RecusalView struct {
	Recusal
	Text, Again, Answer string
	Filing              filing.Filing
}

// AskRecusal asks that the one who has the debtor's filing steps aside. Until it is decided, in three days (K30), he does not go on.
// Errors: NotFound; Conflict "recusal.nobody" while nobody has it, "recusal.before" when it was asked about him already; Invalid "reason"
// or "text".
func (s *Service) AskRecusal(ctx context.Context, a account.Actor, filingID string, reason Reason, text string) (Recusal, error) {
	var fields []fail.Field
	if !slices.Contains(Reasons, reason) {
		fields = append(fields, fail.F("reason", "answer.choose"))
	}
	if err := both(fields, checkText(text)); err != nil {
		return Recusal{}, err
	}
	var out Recusal
	err := s.DB.Tx(ctx, func(tx *gorm.DB) error {
		f, err := filing.ByID(tx, a, filingID)
		if err != nil {
			return err
		}
		if !MayAsk(a, f) {
			return fail.Conflict("recusal.nobody")
		}
		if out, err = s.newRecusal(f, a, reason, text); err != nil {
			return err
		}
		if err := tx.Create(&out).Error; err != nil {
			return err
		}
		if err := s.recordOn(tx, a, out, "filing.recusal_asked", map[string]any{"reason": reason, "due": out.DueOn}); err != nil {
			return err
		}
		return s.tellHeads(ctx, tx, f, out)
	})
	if errors.Is(err, gorm.ErrDuplicatedKey) {
		err = fail.Conflict("recusal.before")
	}
	return out, err
}

func (s *Service) newRecusal(f filing.Filing, a account.Actor, reason Reason, text string) (Recusal, error) {
	now := s.Clock.Now()
	due, err := s.due(f, RecusalRule, calendar.DateOf(now))
	if err != nil {
		return Recusal{}, err
	}
	r := Recusal{ID: store.NewID(), FilingID: f.ID, BodyID: f.Owner(), AskedBy: a.PersonID, AboutID: f.Reviewer(), Reason: reason, Status: RecusalOpen,
		Version: 1, DueOn: due, DueAt: due.EndUTC(), CreatedAt: now}
	r.TextSealed = s.Box.SealText(recusalAD(r.ID, "text"), text)
	return r, nil
}

// recordOn records a step of a request on the timeline of its filing, which the person sees, and in its own record.
func (s *Service) recordOn(tx *gorm.DB, a account.Actor, r Recusal, kind string, data map[string]any) error {
	if err := s.Filings.Note(tx, a, r.FilingID, kind, data); err != nil {
		return err
	}
	return s.record(tx, a, SubjectRecusal, r.ID, kind, map[string]any{"filing": r.FilingID, "about": r.AboutID})
}

func (s *Service) tellHeads(ctx context.Context, tx *gorm.DB, f filing.Filing, r Recusal) error {
	people, err := account.PeopleWith(tx, account.RoleSupervisor, r.BodyID, calendar.Today(s.Clock))
	if err != nil {
		return err
	}
	for _, id := range people {
		if err := s.tell(ctx, tx, f, id, "recusal", r.ID+"/"+string(r.Status), r.DueOn); err != nil {
			return err
		}
	}
	return nil
}

// Recusals lists what the actor has to decide, and what was decided: pending ones first, by the day they are due.
func (s *Service) Recusals(ctx context.Context, a account.Actor) ([]RecusalView, error) {
	return s.recusals(ctx, s.DB.Read(ctx).Scopes(recusalsOf(a)))
}

// RecusalsOn lists the debtor's requests about one filing of his, the oldest first.
func (s *Service) RecusalsOn(ctx context.Context, a account.Actor, filingID string) ([]RecusalView, error) {
	return s.recusals(ctx, s.DB.Read(ctx).Scopes(recusalsOf(a)).Where("recusal.filing_id = ?", filingID))
}

func (s *Service) recusals(ctx context.Context, q *gorm.DB) ([]RecusalView, error) {
	var rows []Recusal
	if err := q.Order("CASE WHEN status IN ('open','again') THEN 0 ELSE 1 END, due_at, id").Limit(PageSize).Find(&rows).Error; err != nil {
		return nil, err
	}
	ids := make([]string, 0, len(rows))
	for _, r := range rows {
		ids = append(ids, r.FilingID)
	}
	filings, err := s.Filings.Named(ctx, ids)
	if err != nil {
		return nil, err
	}
	out := make([]RecusalView, 0, len(rows))
	for _, r := range rows {
		v := RecusalView{Recusal: r, Filing: filings[r.FilingID]}
		for _, f := range []struct {
			to     *string
			column string
			sealed []byte
		}{{&v.Text, "text", r.TextSealed}, {&v.Again, "again", r.AgainSealed}, {&v.Answer, "answer", r.AnswerSealed}} {
			if *f.to, err = s.Box.OpenText(recusalAD(r.ID, f.column), f.sealed); err != nil {
				return nil, err
			}
		}
		out = append(out, v)
	}
	return out, nil
}

// RecusalOf shows one request. Error: NotFound for everybody who neither made it nor decides it.
func (s *Service) RecusalOf(ctx context.Context, a account.Actor, id string) (RecusalView, error) {
	all, err := s.recusals(ctx, s.DB.Read(ctx).Scopes(recusalsOf(a)).Where("recusal.id = ?", id))
	if err != nil {
		return RecusalView{}, err
	}
	if len(all) == 0 {
		return RecusalView{}, fail.NotFound()
	}
	return all[0], nil
}

// AskAgain asks once more, after a refusal (CPL 50). Errors: NotFound; Conflict "filing.stale" or "recusal.done"; Invalid "text".
func (s *Service) AskAgain(ctx context.Context, a account.Actor, id string, version int64, text string) error {
	if err := checkText(text); err != nil {
		return err
	}
	return s.onRecusal(ctx, a, id, version, func(tx *gorm.DB, r *Recusal, f filing.Filing) error {
		if !a.IsDebtor() || r.Status != RecusalRefused {
			return fail.Conflict("recusal.done")
		}
		due, err := s.due(f, RecusalRule, calendar.Today(s.Clock))
		if err != nil {
			return err
		}
		err = guarded(tx, r, r.ID, version, map[string]any{"status": RecusalAgain, "again_sealed": s.Box.SealText(recusalAD(r.ID, "again"), text),
			"due_on": due, "due_at": due.EndUTC(), "overdue": false})
		if err != nil {
			return err
		}
		if err := s.recordOn(tx, a, *r, "filing.recusal_again", map[string]any{"due": due}); err != nil {
			return err
		}
		return s.tellHeads(ctx, tx, f, *r)
	})
}

// DecideRecusal is the decision of the head of the body. When it is granted, the filing goes to somebody else: whoever had it can never be
// given it again, and its clock runs on. Errors: NotFound; Conflict; Invalid "grant" or "text".
func (s *Service) DecideRecusal(ctx context.Context, a account.Actor, id string, version int64, grant bool, text string) error {
	if err := checkText(text); err != nil {
		return err
	}
	return s.onRecusal(ctx, a, id, version, func(tx *gorm.DB, r *Recusal, f filing.Filing) error {
		if !MayDecide(a, *r) {
			return fail.Conflict("recusal.done")
		}
		to := r.Status.decided(grant)
		err := guarded(tx, r, r.ID, version, map[string]any{"status": to, "answer_sealed": s.Box.SealText(recusalAD(r.ID, "answer"), text),
			"decided_by": a.PersonID, "decided_at": s.Clock.Now()})
		if err != nil {
			return err
		}
		if err := s.recordOn(tx, a, *r, "filing.recusal_"+string(to), nil); err != nil {
			return err
		}
		if grant {
			if err := s.Reviews.Recuse(tx, a, f, r.AboutID, r.Reason.relation()); err != nil {
				return err
			}
		}
		return s.Teller.Send(tx, notice.Message{PersonID: f.PersonID, FilingID: f.ID, Kind: "recusal_decided", Lang: f.Lang, Args: s.Filings.OwnerArgs(ctx, f),
			SendKey: "recusal/" + r.ID + "/" + string(to)})
	})
}

func (s *Service) onRecusal(ctx context.Context, a account.Actor, id string, version int64, do func(*gorm.DB, *Recusal, filing.Filing) error) error {
	return s.DB.Tx(ctx, func(tx *gorm.DB) error {
		var r Recusal
		if err := tx.Scopes(recusalsOf(a)).Where("recusal.id = ?", id).Take(&r).Error; err != nil {
			return notFound(err)
		}
		if r.Version != version {
			return fail.Conflict("filing.stale")
		}
		f, err := s.Filings.FiledIn(tx, r.FilingID)
		if err != nil {
			return err
		}
		return do(tx, &r, f)
	})
}
